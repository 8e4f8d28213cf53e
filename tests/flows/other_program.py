"""Another program on the same screen: what it gets to see of our clipboard, and what it puts there itself."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication

from tests.flows.driver import Driver

Board = Literal["clipboard", "primary"]

# What every owner of a selection answers to, and the names under which X knows plain text.
PROTOCOL = {"TARGETS", "MULTIPLE", "TIMESTAMP", "SAVE_TARGETS"}
PLAIN_TEXT = {"text/plain", "text/plain;charset=utf-8", "UTF8_STRING", "STRING", "TEXT", "COMPOUND_TEXT"}

_SNOOP = 'while :; do xclip -o -selection primary 2>/dev/null; done > "$0"'


def read(driver: Driver, board: Board, kind: str = "UTF8_STRING") -> str:
    """What another program gets when it asks; nothing when there is nothing to get."""
    asking = subprocess.Popen(
        ["xclip", "-o", "-selection", board, "-t", kind],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    driver.wait(lambda: asking.poll() is not None)  # it is we who have to answer
    return asking.communicate()[0]


def forms(driver: Driver, board: Board) -> set[str]:
    """The forms in which another program could have what lies there."""
    return set(read(driver, board, "TARGETS").split()) - PROTOCOL


@contextmanager
def puts(driver: Driver, data: bytes, kind: str = "UTF8_STRING") -> Iterator[None]:
    """Another program owns the clipboard."""
    owner = subprocess.Popen(
        ["xclip", "-i", "-quiet", "-selection", "clipboard", "-t", kind],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert owner.stdin is not None
    owner.stdin.write(data)
    owner.stdin.close()
    board = QGuiApplication.clipboard()
    driver.wait(lambda: not board.ownsClipboard() and board.mimeData().formats())
    try:
        yield
    finally:
        owner.kill()
        owner.wait()


@contextmanager
def snooping(log: Path) -> Iterator[None]:
    """Another program asks for the mouse selection over and over, and writes down whatever it gets."""
    snoop = subprocess.Popen(["sh", "-c", _SNOOP, str(log)], start_new_session=True)
    try:
        yield
    finally:
        snoop.kill()
        snoop.wait()


def double_click(place: QPoint) -> None:
    """The mouse itself, not an event made inside the window: X tells a selection's age by it."""
    subprocess.run(["xdotool", "mousemove", "--sync", str(place.x()), str(place.y())], check=True)
    subprocess.run(["xdotool", "click", "--repeat", "2", "--delay", "60", "1"], check=True)
