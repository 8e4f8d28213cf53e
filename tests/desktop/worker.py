"""Gives a pytest process, which may be one of several xdist workers, a screen and a home of its own."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.desktop.environment import SCREENS_VARIABLE, private_environment, private_folders


def has_desktop() -> bool:
    """Whether this process was started inside a private desktop."""
    return SCREENS_VARIABLE in os.environ


def settle() -> None:
    """Point this process at its own screen and home; called before anything asks Qt for its platform."""
    if has_desktop():
        os.environ.update(own_share(os.environ))
        return
    folder = Path(tempfile.mkdtemp(prefix="memorybook-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    alone = private_environment(os.environ, folder) | {"QT_QPA_PLATFORM": "offscreen"}
    os.environ.clear()
    os.environ.update(alone)


def own_share(desktop: Mapping[str, str]) -> dict[str, str]:
    """The screen and the folders of one xdist worker; nothing to change for a process without workers."""
    name = desktop.get("PYTEST_XDIST_WORKER", "")
    if not name:
        return {}
    screens = desktop[SCREENS_VARIABLE].split()
    own_screen = screens[int(name.removeprefix("gw")) % len(screens)]
    return {"DISPLAY": own_screen} | private_folders(Path(desktop["XAUTHORITY"]).parent / name)
