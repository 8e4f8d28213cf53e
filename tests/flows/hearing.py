"""What a screen reader hears of what is on the screen, as another process gets it."""

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.flows.driver import Driver

Part = dict[str, Any]
"""One part of the screen, with what ``reads_aloud`` finds out about it."""

_READER = [
    "/usr/bin/python3",  # the system's Python has pyatspi
    str(Path(__file__).with_name("reads_aloud.py")),
]


def everything(driver: Driver) -> list[Part]:
    """All that could be read aloud of every window, also of places that are not in sight."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as trouble:
        reading = subprocess.Popen(_READER, stdout=said, stderr=trouble)
        driver.wait(lambda: reading.poll() is not None, seconds=90)  # it is we who have to answer
        said.seek(0)
        trouble.seek(0)
        assert reading.returncode == 0, trouble.read()
        parts: list[Part] = json.loads(said.read())
    return parts


def in_sight(driver: Driver) -> list[Part]:
    """What is shown at this moment."""
    return [part for part in everything(driver) if "showing" in part["states"]]
