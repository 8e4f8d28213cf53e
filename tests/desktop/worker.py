"""Gives a pytest process, which may be one of several xdist workers, a seat of its own."""

import atexit
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.desktop.environment import SEATS_VARIABLE, private_environment


def has_desktop() -> bool:
    """Whether this process was started inside a private desktop."""
    return SEATS_VARIABLE in os.environ


def settle() -> None:
    """Point this process at its own seat; called before anything asks Qt for its platform."""
    if has_desktop():
        os.environ.update(own_share(os.environ))
        return
    folder = Path(tempfile.mkdtemp(prefix="memorybook-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    alone = private_environment(os.environ, folder) | {"QT_QPA_PLATFORM": "offscreen"}
    os.environ.clear()
    os.environ.update(alone)


def own_share(desktop: Mapping[str, str]) -> dict[str, str]:
    """The seat of one xdist worker; nothing to change for a process without workers."""
    name = desktop.get("PYTEST_XDIST_WORKER", "")
    if not name:
        return {}
    seats: list[dict[str, str]] = json.loads(desktop[SEATS_VARIABLE])
    number = int(name.removeprefix("gw"))
    assert number < len(seats), f"{name} has no seat: python -m tests.desktop --seats N, one for each worker"
    return seats[number]
