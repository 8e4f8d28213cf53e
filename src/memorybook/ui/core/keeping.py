"""One form while it is open: what is typed into it is kept by itself, one writing after the other."""

import datetime
from collections.abc import Callable
from concurrent.futures import Future
from typing import Final, Generic, Protocol, TypeVar

from memorybook.errors import MemoryBookError
from memorybook.ui.core.delivery import Deliver

D = TypeVar("D")
R = TypeVar("R")

AGAIN_MS: Final = 3_000
"""How soon what the book did not take is tried again, in every place where something is written."""


class FormView(Protocol):
    """What is said beside a form."""

    def show_kept(self, at: datetime.datetime | None) -> None:
        """All that was typed is kept; ``None`` while nothing has been typed yet."""

    def show_not_kept(self, error: MemoryBookError) -> None:
        """The last words are on the screen and not in the book yet."""


class Keeping(Generic[D, R]):
    """Reads the form with ``read`` and hands it to ``write``, never twice at once. GUI thread.

    A first writing gives the record its id: a second one at the same time would make a second record.
    """

    def __init__(
        self,
        view: FormView,
        kept: D,
        *,
        read: Callable[[], D],
        write: Callable[[D], Future[R]],
        written: Callable[[R], None],
        deliver: Deliver,
        now: Callable[[], datetime.datetime],
    ) -> None:
        self._view = view
        self._kept = kept
        self._read = read
        self._write = write
        self._written = written
        self._deliver = deliver
        self._now = now
        self._kept_at: datetime.datetime | None = None
        self._writing = False
        self._then: list[Callable[[bool], None]] = []

    def keep(self) -> None:
        """Keep what the form holds, if it differs from what is kept."""
        if self._writing:
            return  # what the form holds by then is compared again once this writing is done
        draft = self._read()
        if draft == self._kept:
            self._view.show_kept(self._kept_at)
            self._settled(kept=True)
            return
        self._writing = True

        def done(result: R) -> None:
            self._writing = False
            self._kept, self._kept_at = draft, self._now()
            self._written(result)
            self.keep()

        def failed(error: MemoryBookError) -> None:
            self._writing = False
            self._view.show_not_kept(error)
            self._settled(kept=False)

        self._deliver(self._write(draft), done, failed)

    def flush(self, then: Callable[[bool], None]) -> None:
        """Keep the form and call ``then``: with ``True`` when all of it is kept."""
        self._then.append(then)
        self.keep()

    def _settled(self, *, kept: bool) -> None:
        waiting, self._then = self._then, []
        for then in waiting:
            then(kept)
