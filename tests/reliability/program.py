"""The program itself on the screen, driven from outside by real keys, and its memory read by another."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from PySide6.QtGui import QGuiApplication

from memorybook.ui.core.theme import LIGHT
from tests.desktop.environment import private_folders

PATIENCE_S = 30.0
_POLL_S = 0.002
_CHUNK = 8 << 20


class Program:
    """``python -m memorybook BOOK`` in a home of its own. A context manager: it is ended at its end.

    Its memory may be read by root alone. Without root it runs in a user namespace that belongs to the
    reader, who therefore may: nothing of the program is changed for it.
    """

    def __init__(
        self,
        book: Path,
        home: Path,
        *,
        environment: dict[str, str] | None = None,
        instead: Sequence[str] = (),
        packaged: Path | None = None,
        before: Sequence[str] = (),
    ) -> None:
        """``instead`` are the arguments of a Python that shows the window otherwise.

        ``packaged`` is a program to run in Python's place; ``before``, a command that becomes the next one.
        """
        self._own = [*([] if os.geteuid() == 0 else ["unshare", "-r"]), *before]
        self._errors = home / "errors"
        home.mkdir(exist_ok=True)
        environment = os.environ | private_folders(home) | (environment or {})
        command = [str(packaged), str(book)] if packaged else [sys.executable, "-m", "memorybook", str(book)]
        if instead:
            command = [sys.executable, *instead]
        self._told = home / "told"
        with self._errors.open("wb") as errors, self._told.open("wb") as told:
            self.process = subprocess.Popen(
                [*self._own, *command], env=environment, stderr=errors, stdout=told
            )
        self.pid = self.process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE_S)

    def told(self) -> str:
        """What the program wrote to its standard output."""
        return self._told.read_text()

    def said(self) -> str:
        """What the program wrote to its standard error."""
        return self._errors.read_text()

    def wait(self, holds: Callable[[], object], what: str) -> None:
        until = time.monotonic() + PATIENCE_S
        while not holds():
            assert self.process.poll() is None, f"the program has ended: {self.said()}"
            assert time.monotonic() < until, f"waited for {what}: {self.said()}"
            time.sleep(_POLL_S)

    # the screen

    def windows(self) -> list[str]:
        return _xdotool("search", "--onlyvisible", "--name", "^Memory Book$").split()

    def is_put_away(self) -> bool:
        """Whether the window manager has it as one that is minimised, and not as one that is yet to come."""
        for window in _xdotool("search", "--name", "^Memory Book$").split():
            asked = ["xprop", "-id", window, "-notype", "WM_STATE"]
            if "Iconic" in subprocess.run(asked, capture_output=True, text=True, check=False).stdout:
                return not self.windows()
        return False

    def minimise(self) -> None:
        _xdotool("windowminimize", self.windows()[0])

    def show_again(self) -> None:
        """Ask for the window until it is there: one the window manager does not know of yet hears nothing."""

        def shown() -> bool:
            for window in _xdotool("search", "--name", "^Memory Book$").split():
                _xdotool("windowactivate", window)
            return bool(self.windows())

        self.wait(shown, "the window that was put away")

    def place(self) -> tuple[int, int, int, int] | None:
        """Left, top, width and height of the window's inside, if there is one at this moment."""
        for window in self.windows():
            told = dict(line.split("=") for line in _xdotool("getwindowgeometry", "--shell", window).split())
            if "X" in told:
                return int(told["X"]), int(told["Y"]), int(told["WIDTH"]), int(told["HEIGHT"])
        return None

    def _corner(self) -> str:
        """The colour near the right edge, where there is nothing but the page."""
        place = self.place()
        if place is None:
            return ""
        left, top, width, height = place
        pixel = QGuiApplication.primaryScreen().grabWindow(0, left + width - 12, top + height // 2, 1, 1)
        return pixel.toImage().pixelColor(0, 0).name().upper()

    def wait_for_closed_book(self) -> None:
        self.wait(lambda: self._corner() == LIGHT.linen.upper(), "the closed book")

    def wait_for_page(self) -> None:
        self.wait(lambda: self._corner() == LIGHT.paper.upper(), "the page")

    def is_closed_again(self, before: str) -> bool:
        """Whether a fresh process has painted its window."""
        return self.begun() != before and self._corner() == LIGHT.linen.upper()

    def lock(self) -> float:
        """Press the key that closes the book; the seconds until a fresh process has painted its window."""
        before = self.begun()
        began = time.monotonic()
        self.press("ctrl+l")
        self.wait(lambda: self.is_closed_again(before), "a fresh process")
        return time.monotonic() - began

    # the keyboard

    def type(self, text: str) -> None:
        _xdotool("windowactivate", "--sync", self.windows()[0])
        # The window manager calls it active a moment before it has the keyboard.
        self.wait(lambda: _xdotool("getwindowfocus").strip() in self.windows(), "the keyboard")
        _xdotool("type", "--delay", "2", text)

    def press(self, key: str) -> None:
        _xdotool("key", key)

    def unlock(self, passphrase: str) -> None:
        self.wait_for_closed_book()
        self.type(passphrase)
        self.press("Return")
        self.wait_for_page()

    # the process

    def begun(self) -> str:
        """Where the arguments lie in its memory: another place for every program that is begun."""
        return (Path("/proc") / str(self.pid) / "stat").read_text().rpartition(")")[2].split()[45]

    def arguments(self) -> list[str]:
        return (Path("/proc") / str(self.pid) / "cmdline").read_text().split("\0")[:-1]

    def environment(self) -> bytes:
        return (Path("/proc") / str(self.pid) / "environ").read_bytes()

    def descriptors(self) -> list[str]:
        return [str(each.readlink()) for each in (Path("/proc") / str(self.pid) / "fd").iterdir()]

    def threads(self) -> list[str]:
        tasks = (Path("/proc") / str(self.pid) / "task").iterdir()
        return sorted((task / "comm").read_text().strip() for task in tasks)

    def children(self) -> list[str]:
        tasks = (Path("/proc") / str(self.pid) / "task").iterdir()
        return [child for task in tasks for child in (task / "children").read_text().split()]

    def copies(self, secrets: Iterable[bytes]) -> dict[bytes, int]:
        """How often each of these is in the memory of the process."""
        found = dict.fromkeys(secrets, 0)
        longest = max(map(len, found))
        maps = (Path("/proc") / str(self.pid) / "maps").read_text().splitlines()
        with (Path("/proc") / str(self.pid) / "mem").open("rb", buffering=0) as memory:
            for line in maps:
                span, rights, *_ = line.split()
                if not rights.startswith("r") or line.endswith(("[vvar]", "[vsyscall]", "[vvar_vclock]")):
                    continue
                begin, end = (int(number, 16) for number in span.split("-"))
                for start in range(begin, end, _CHUNK):
                    size = min(_CHUNK + longest - 1, end - start)
                    try:
                        memory.seek(start)
                        part = memory.read(size)
                    except OSError:  # given back since the list was made
                        continue
                    for secret in found:
                        found[secret] += part.count(secret)
        return found


def _xdotool(*words: str) -> str:
    return subprocess.run(["xdotool", *words], capture_output=True, text=True, check=False).stdout
