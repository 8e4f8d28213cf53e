"""What a damaged book still shows: reads that leave out what is lost, and remember what that is."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from memorybook.domain.changes import ChangeSet
from memorybook.domain.health import DamagedThing
from memorybook.errors import BookDamaged
from memorybook.storage import survey
from memorybook.storage.connection import Connection
from memorybook.storage.survey import Run, Survey

T = TypeVar("T")

_AGAIN_SECONDS = 60.0
"""How soon the whole book is looked over once more after that has found nothing that was not known."""


class Browsing:
    """Belongs to the vault's thread, but for :attr:`things`. ``run`` runs a read on that thread, at once."""

    def __init__(self, run: Run, publish: Callable[[ChangeSet], None]) -> None:
        self._run = run
        self._publish = publish
        self._gate = threading.Lock()
        self._survey: Survey | None = None
        self._look_again_at = 0.0

    @property
    def things(self) -> tuple[DamagedThing, ...]:
        """What is left out. Any thread; waits for nothing."""
        with self._gate:
            return () if self._survey is None else self._survey.things

    def read(
        self,
        work: Callable[[Connection], T],
        otherwise: Callable[[Connection], T] | None = None,
        *,
        last: bool = True,
    ) -> T:
        """What ``work`` reads; where that is damaged, what it reads without the things that are lost.

        Or what ``otherwise`` reads then. Raises BookDamaged when that asks for one of these, or when nothing
        can be read at all; unless this is the ``last`` try, LookNeededError when :meth:`look_over` may help.
        """
        otherwise = otherwise or work
        known = self._survey
        if known is None or not known.things:
            for _ in range(2 if known is None else 1):  # at first it may have been the connection alone
                with suppress(BookDamaged):
                    return self._run(work, None)
        if known is not None:
            try:
                return self._veiled(work, otherwise, known)
            except _MoreDamagedError:
                if last or time.monotonic() < self._look_again_at:
                    raise BookDamaged from None
        if last:
            raise BookDamaged
        raise LookNeededError

    def adopt(self, found: Survey) -> None:
        """Leave out what was found to be lost, and nothing else."""
        before = self.things
        with self._gate:
            self._survey = found if found.things else None
        if self.things != before:
            self._publish(ChangeSet(damage=True))

    def look_over(self, run: Run) -> None:
        """Look through all there is to know what is lost. Not the vault's thread, which goes on meanwhile.

        ``run`` runs a read there and waits for it. Raises as that, but for BookDamaged.
        """
        found = survey.look(run)
        before = self.things
        with self._gate:
            self._survey = found
        if found.things != before:
            self._publish(ChangeSet(damage=True))
        else:
            self._look_again_at = time.monotonic() + _AGAIN_SECONDS

    def _veiled(
        self, work: Callable[[Connection], T], otherwise: Callable[[Connection], T], known: Survey
    ) -> T:
        for veil in (known.narrow, known.veil):
            try:
                return self._run(otherwise, veil)
            except LookupError:
                return self._run(work, None)  # it is lost, or it is not in the book at all
            except BookDamaged:
                continue
        raise _MoreDamagedError


class LookNeededError(Exception):
    """Something is damaged, and nobody has looked yet what is lost. Handled within the worker."""


class _MoreDamagedError(Exception):
    """More than was known; or what no list can do without."""
