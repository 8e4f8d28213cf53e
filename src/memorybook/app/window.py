"""Puts the window together from the real parts."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from memorybook.system import replacement
from memorybook.system.clock import SystemClock
from memorybook.system.first_window import FirstWindow
from memorybook.system.settings import Settings
from memorybook.ui.shell.application import Application

if TYPE_CHECKING:
    from memorybook.services.vault import Library
    from memorybook.system.decoder import Decoder


class _LaterLibrary:
    """The library, made at the first question, on the thread that asks.

    Database, cryptography and all that a book needs take longer to load than the closed book takes to show.
    """

    def __init__(self, make: Callable[[], "Library"]) -> None:
        self._make = make
        self._made: Library | None = None
        self._gate = threading.Lock()

    def stop_asking(self) -> None:
        """As the library's; one that was never made has asked nobody."""
        if self._made is not None:
            self._made.stop_asking()

    def __getattr__(self, name: str) -> Any:
        with self._gate:
            if self._made is None:
                self._made = self._make()
        return getattr(self._made, name)


def run(
    book: Path | None,
    *,
    locked: bool = False,
    minimised: bool = False,
    renewed: int | None = None,
    kept: str = "",
    first: FirstWindow | None = None,
) -> int:
    """Show the window until it is closed; the exit code of the program.

    ``first`` is where second starts are heard, if that could be had.
    """
    clock = SystemClock()
    decoders: list[Decoder] = []

    def make() -> "Library":
        from memorybook.services.vault import Library
        from memorybook.system.decoder import Decoder

        decoders.append(Decoder())
        return Library(decoder=decoders[0], clock=clock)

    def replace(book: Path, *, minimised: bool, renewed: int | None, kept: str) -> None:
        for decoder in decoders:
            decoder.rest()
        replacement.replace_process(
            replacement.command(book, minimised=minimised, renewed=renewed, kept=kept)
        )

    library = cast("Library", _LaterLibrary(make))
    try:
        application = Application(library, Settings(), clock=clock, replace=replace)
        return application.run(
            book, locked=locked, minimised=minimised, renewed=renewed, kept=kept, meeting=first
        )
    finally:
        for decoder in decoders:
            decoder.close()
        if first is not None:
            first.close()
