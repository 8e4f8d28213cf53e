"""What the tests of packages share: the frozen program, made once in a run, and when something changed."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAKERS = ROOT / "packaging" / "makers"
FROZEN = ROOT / "build" / "package" / "memorybook"
PATIENCE_S = 900
AS_IT_IS = "MEMORYBOOK_FROZEN_AS_IT_IS"
"""Said in the environment: the folder that is there is looked at, whatever has changed since it was made."""


def make(*command: str) -> str:
    """Run ``packaging/makers``, one at a time on this computer; what it said. Fails the test if it fails."""
    FROZEN.parent.mkdir(parents=True, exist_ok=True)
    with (FROZEN.parent / ".making").open("w") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)  # every worker of the run comes here; the first one does the work
        done = subprocess.run(
            [sys.executable, str(MAKERS), *command],
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def frozen() -> Path:
    """The folder of the frozen program. Nobody writes into it: copy what you change."""
    if not (os.environ.get(AS_IT_IS) and FROZEN.is_dir()):
        make("freeze", "--if-needed")
    return FROZEN
