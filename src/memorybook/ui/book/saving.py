"""Making the PDF: what is told meanwhile, how it is stopped, and the cover that lies beside it."""

import datetime
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from memorybook.domain.book import BookPlan, Edition, Preset
from memorybook.errors import MemoryBookError
from memorybook.rendering.saving import save_book, save_with_cover
from memorybook.services.vault import Vault
from memorybook.ui.core.delivery import Deliver, Run


@dataclass(frozen=True, slots=True)
class Target:
    """Where the PDF goes, the cover of a print service beside it, and the password it opens with."""

    path: Path
    cover: Path
    password: str | None = field(default=None, repr=False)


class SavingView(Protocol):
    """What the screen is told of a PDF that is being made."""

    def show_saving(self, done: int, total: int) -> None:
        """It is being made; so many photographs of so many are in."""

    def show_saved(self, path: Path, cover: Path | None) -> None:
        """It is where it was asked for, and so is its cover, if it has one."""

    def show_stopped(self) -> None:
        """The person stopped it; nothing of it is left."""

    def show_problem(self, error: MemoryBookError) -> None:
        """It could not be made; the book is as it was."""


class Saving:
    """Makes one PDF at a time, off the window's thread; told and asked on the GUI thread."""

    def __init__(
        self, view: SavingView, vault: Vault, run: Run, deliver: Deliver, now: Callable[[], datetime.datetime]
    ) -> None:
        self._view, self._vault = view, vault
        self._run, self._deliver, self._now = run, deliver, now
        self._running = self._stopped = False
        self._when_idle: list[Callable[[], object]] = []

    @property
    def is_running(self) -> bool:
        """Whether a PDF is being made."""
        return self._running

    def stop(self) -> None:
        """Give up the PDF that is being made: nothing of it is written."""
        self._stopped = True

    def when_idle(self, act: Callable[[], object]) -> None:
        """Do something once no PDF is being made, which is now unless one is."""
        if self._running:
            self._when_idle.append(act)
        else:
            act()

    def save(self, edition: Edition, target: Target, pages: Callable[[BookPlan], int]) -> None:
        """Make the PDF of an edition. ``pages`` tells how many pages it has; called in the background."""
        if self._running:
            return
        self._running, self._stopped = True, False
        self._view.show_saving(0, 0)
        created = self._now()

        def planned(plan: BookPlan) -> None:
            work = self._run(lambda: self._write(edition, plan, created, target, pages))
            self._deliver(work, saved, failed)

        def saved(target: Target) -> None:
            self._running = False
            self._view.show_saved(target.path, target.cover if edition.preset is Preset.PRESS else None)
            self._rest()

        def failed(error: MemoryBookError) -> None:
            self._running = False
            if self._stopped:
                self._view.show_stopped()
            else:
                self._view.show_problem(error)
            self._rest()

        self._deliver(self._vault.books.plan(edition), planned, failed)

    def _write(
        self,
        edition: Edition,
        plan: BookPlan,
        created: datetime.datetime,
        target: Target,
        pages: Callable[[BookPlan], int],
    ) -> Target:
        if edition.preset is Preset.PRESS:
            count = pages(plan)
            save_with_cover(
                self._vault,
                plan,
                count + count % 2,  # the file has an even number of them
                edition.paper,
                target.path,
                target.cover,
                created=created,
                progress=self._progress,
                cancelled=lambda: self._stopped,
            )
            return target
        save_book(
            self._vault,
            plan,
            target.path,
            created=created,
            password=target.password,
            booklet=edition.booklet and edition.preset is Preset.HOME,
            progress=self._progress,
            cancelled=lambda: self._stopped,
        )
        return target

    def _progress(self, done: int, total: int) -> None:
        told: Future[tuple[int, int]] = Future()
        told.set_result((done, total))
        self._deliver(told, lambda figures: self._view.show_saving(*figures), self._view.show_problem)

    def _rest(self) -> None:
        waiting, self._when_idle = self._when_idle, []
        for act in waiting:
            act()
