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
if sys.argv[2] == "packaged":
    sys.frozen = True
from memorybook.system.hardening import harden
harden()
umask = os.umask(0o077)
print(json.dumps({
    "umask": umask,
    "core": resource.getrlimit(resource.RLIMIT_CORE),
    "dumpable": ctypes.CDLL(None).prctl(3, 0, 0, 0, 0),
    "library path": os.environ.get("LD_LIBRARY_PATH"),
    "original": os.environ.get("LD_LIBRARY_PATH_ORIG"),
}))
"""


def hardened(kind: str, **environment: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-I", "-c", REPORT, str(SOURCE), kind],
        env=environment,
        capture_output=True,
        check=True,
        timeout=60,
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_files_are_private_and_memory_is_never_dumped() -> None:
    found = hardened("installed")
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


def test_an_installed_program_keeps_the_library_path() -> None:
    assert hardened("installed", LD_LIBRARY_PATH="/opt/lib")["library path"] == "/opt/lib"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LD_LIBRARY_PATH": "/bundle"}, None),
        ({"LD_LIBRARY_PATH": "/bundle", "LD_LIBRARY_PATH_ORIG": "/opt/lib"}, "/opt/lib"),
        ({"LD_LIBRARY_PATH": "/bundle", "LD_LIBRARY_PATH_ORIG": ""}, None),
        ({}, None),
    ],
)
def test_a_packaged_program_does_not_hand_its_libraries_on(
    environment: dict[str, str], expected: str | None
) -> None:
    found = hardened("packaged", **environment)
    assert (found["library path"], found["original"]) == (expected, None)
