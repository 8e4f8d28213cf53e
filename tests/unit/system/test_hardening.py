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
