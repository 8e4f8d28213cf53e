"""Puts the window together from the real parts."""

from pathlib import Path

from memorybook.services.vault import Library
from memorybook.system import replacement
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
from memorybook.system.settings import Settings
from memorybook.ui.shell.application import Application


def run(book: Path | None, *, locked: bool = False, minimised: bool = False) -> int:
    """Show the window until it is closed; the exit code of the program."""
    clock = SystemClock()
    decoder = Decoder()

    def replace(book: Path, *, minimised: bool) -> None:
        decoder.rest()
        replacement.replace_process(replacement.command(book, minimised=minimised))

    library = Library(decoder=decoder, clock=clock)
    try:
        application = Application(library, Settings(), clock=clock, replace=replace)
        return application.run(book, locked=locked, minimised=minimised)
    finally:
        decoder.close()
