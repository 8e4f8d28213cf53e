"""One window for each person: a second start of the program asks the first one to come to the front.

It asks by pipes with a name, which have no address that another computer or another person could reach. What
goes through them is what the second start was given: the folder or file to open, and the desktop's leave to
come forward. Where there can be no such pipes, every start has a window of its own. Two of them never open
one book: that has a lock of its own.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, Protocol

PATIENCE_S: Final = 6.0
"""How long the first window may take to answer: a computer that is busy starting it needs some of that."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a start was given. ``token`` and ``startup`` are what the desktop calls the click it came from."""

    path: Path | None = field(default=None, repr=False)
    token: str = field(default="", repr=False)
    startup: str = field(default="", repr=False)


class Call(Protocol):
    """A second start that waits for an answer, with what it was given."""

    @property
    def path(self) -> Path | None:
        """The folder or file."""

    @property
    def token(self) -> str:
        """The leave to come to the front, as Wayland gives it."""

    @property
    def startup(self) -> str:
        """The id of the launch, as X11 gives it."""

    def answer(self) -> bool:
        """Say that the window comes to the front; whether anybody was still waiting. Blocks for nothing."""


class FirstWindow(Protocol):
    """Held by the program that has the window; it goes away with the process."""

    @property
    def descriptor(self) -> int:
        """Can be read when somebody has asked. On Windows an event that is set then, another after each."""

    def calls(self) -> Sequence[Call]:
        """Who has asked since the last time. Blocks for nothing, raises nothing."""

    def close(self) -> None:
        """Let the next one be the first."""


Met = FirstWindow | Literal["answered"] | None
"""This program has the window; or another one has, and is in front now; or nobody can tell."""


def meet(asked: Asked, *, asks: bool = True, patience: float = PATIENCE_S) -> Met:
    """Become the first, or have the first one come to the front with what this start was given.

    Blocks for at most ``patience`` seconds, and so long only when the first one does not answer: then a
    window of its own is the better way. ``asks`` is false for a program that takes the place of one that had
    the window. Raises nothing.
    """
    if sys.platform == "win32":
        from memorybook.system import first_window_windows

        return first_window_windows.meet(asked, asks=asks, patience=patience)
    from memorybook.system import first_window_posix

    return first_window_posix.meet(asked, asks=asks, patience=patience)
