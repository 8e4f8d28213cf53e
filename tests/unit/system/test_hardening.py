"""What ``harden`` does, read off a process of its own that has called it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[3] / "src"
REPORT = """
import ctypes, json, os, resource, sys
sys.path.insert(0, sys.argv[1])
from memorybook.system.hardening import harden
harden()
umask = os.umask(0o077)
print(json.dumps({
    "umask": umask,
    "core": resource.getrlimit(resource.RLIMIT_CORE),
    "dumpable": ctypes.CDLL(None).prctl(3, 0, 0, 0, 0),
}))
"""


def hardened() -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-I", "-c", REPORT, str(SOURCE)],
        capture_output=True,
        check=True,
        timeout=60,
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_files_are_private_and_memory_is_never_dumped() -> None:
    found = hardened()
    assert (found["umask"], found["core"], found["dumpable"]) == (0o077, [0, 0], 0)


_NEIGHBOUR = """
import ctypes, os, sys
sys.path.insert(0, sys.argv[1])
from memorybook.system.hardening import harden
if os.geteuid() == 0:  # root may read everything: be somebody else, both of us
    os.setgroups([])
    os.setresgid(65534, 65534, 65534)
    os.setresuid(65534, 65534, 65534)
ready, go_on = os.pipe(), os.pipe()
quiet = os.fork()
if not quiet:
    ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # becoming somebody else has closed this process already
    if sys.argv[2] == "hardened":
        harden()
    os.write(ready[1], b"r")
    os.read(go_on[0], 1)
    os._exit(0)
os.read(ready[0], 1)
for name in ("environ", "mem", "maps", "fd"):
    try:
        place = f"/proc/{quiet}/{name}"
        os.listdir(place) if name == "fd" else open(place, "rb").read(0 if name == "mem" else 1)
        print(name, "read")
    except OSError as error:
        print(name, type(error).__name__)
os.write(go_on[1], b"g")
os.waitpid(quiet, 0)
"""


def read_by_a_neighbour(kind: str) -> dict[str, str]:
    """What another program of the same account gets to see of a process."""
    command = [sys.executable, "-I", "-c", _NEIGHBOUR, str(SOURCE), kind]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return dict(line.split(" ") for line in done.stdout.splitlines())


def test_another_program_of_the_same_account_reads_nothing_of_this_one() -> None:
    assert set(read_by_a_neighbour("hardened").values()) == {"PermissionError"}
    control = read_by_a_neighbour("plain")
    assert control["environ"] == control["fd"] == "read", "control: nothing else forbids it here"


_PARENT = """
import os, subprocess, sys
sys.path.insert(0, sys.argv[1])
if sys.argv[2] == "packaged":
    sys.frozen, sys._MEIPASS = True, "/opt/memorybook"
import runpy
sys.argv[1:] = ["--version"]
try:
    runpy.run_module("memorybook", run_name="__main__")
except SystemExit:
    pass
sys.stdout.flush()
subprocess.run(["/usr/bin/env"], check=True)
"""
"""The program itself, and then another one, begun as it begins a file manager: with all that there is."""

_OF_THE_START = {
    "LD_LIBRARY_PATH": "/opt/memorybook",
    "QT_PLUGIN_PATH": "/opt/memorybook/PySide6/Qt/plugins",
    "QML2_IMPORT_PATH": "/opt/memorybook/PySide6/Qt/qml",
    "OPENSSL_MODULES": "/opt/memorybook/ossl-modules",
    "_MEIPASS2": "/opt/memorybook",
    "_PYI_APPLICATION_HOME_DIR": "/opt/memorybook",
    "_PYI_ARCHIVE_FILE": "/opt/memorybook/memorybook",
    "_PYI_PARENT_PROCESS_LEVEL": "1",
    "PYINSTALLER_STRICT_UNPACK_MODE": "1",
}
_OF_THE_PERSON = {"HOME": "/home/a", "PATH": "/usr/bin", "QT_SCALE_FACTOR": "2", "APPDIR": "/opt/memory"}


def child_of_the_program(kind: str, environment: dict[str, str]) -> dict[str, str]:
    """The environment that a program finds which was started by ours."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", _PARENT, str(SOURCE), kind],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    version, *lines = done.stdout.splitlines()
    assert version.startswith("Memory Book ")
    return dict(line.split("=", 1) for line in lines)


def test_a_child_of_an_installed_program_has_what_the_person_has() -> None:
    environment = _OF_THE_START | _OF_THE_PERSON
    assert child_of_the_program("installed", environment) | environment == child_of_the_program(
        "installed", environment
    )


@pytest.mark.parametrize("before", [None, "", "/opt/lib:/usr/local/lib"])
def test_a_child_of_a_packaged_program_loads_nothing_of_it(before: str | None) -> None:
    given = _OF_THE_START | _OF_THE_PERSON | ({} if before is None else {"LD_LIBRARY_PATH_ORIG": before})
    found = child_of_the_program("packaged", given)
    assert {name: found[name] for name in _OF_THE_PERSON} == _OF_THE_PERSON
    assert found.get("LD_LIBRARY_PATH") == (before or None)
    assert not {*found} & ({*_OF_THE_START, "LD_LIBRARY_PATH_ORIG"} - {"LD_LIBRARY_PATH"})
