"""Puts the window together from the real parts."""

from pathlib import Path

from memorybook.services.vault import Library
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
from memorybook.system.settings import Settings
from memorybook.ui.shell.application import Application


def run(book: Path | None) -> int:
    """Show the window until it is closed; the exit code of the program."""
    clock = SystemClock()
    decoder = Decoder()
    try:
        return Application(Library(decoder=decoder, clock=clock), Settings(), clock=clock).run(book)
    finally:
        decoder.close()
