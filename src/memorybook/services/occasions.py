"""The days the family keeps, and the reminders of those that have one."""

import datetime
from collections.abc import Iterable
from concurrent.futures import Future
from pathlib import Path

from memorybook.domain.changes import ChangeSet
from memorybook.domain.health import Thing
from memorybook.domain.ids import OccasionId
from memorybook.domain.occasion import Occasion, OccasionDraft
from memorybook.domain.recurrence import Rules
from memorybook.domain.reminders import DueReminder, due
from memorybook.services.calendar_file import CalendarFile
from memorybook.services.destroying import once_folded
from memorybook.services.exporting import save_calendar
from memorybook.services.leftovers import Leftovers
from memorybook.services.preferences import DATES, OFF, REMINDERS
from memorybook.services.remembrance import rules
from memorybook.services.times import stamp
from memorybook.storage import occasions, preferences
from memorybook.storage.connection import Connection
from memorybook.storage.worker import VaultWorker
from memorybook.system.clock import Clock


class Occasions:
    """Every method but one returns at once; its future resolves on the vault's thread. Any thread may call.

    Reading fails with BookDamaged when something is not as it was kept. No day leaves the book by itself.
    """

    def __init__(self, worker: VaultWorker, clock: Clock) -> None:
        self._worker = worker
        self._clock = clock

    def all(self) -> Future[tuple[Occasion, ...]]:
        """Those that were not put away, in the order of the calendar; those nobody knows come first."""
        return self._worker.browse(occasions.all_of_them)

    def whole(self) -> Future[tuple[tuple[Occasion, ...], int]]:
        """As :meth:`all`, without those that are not as they were kept; and how many of these there are."""

        def work(connection: Connection) -> tuple[tuple[Occasion, ...], int]:
            damaged: list[int] = []
            kept = occasions.all_of_them(connection, damaged.append)
            lost = {each.id for each in self._worker.browsing.things if each.thing is Thing.DAY}
            return kept, len(lost.union(damaged))

        return self._worker.browse(work)

    def add(self, draft: OccasionDraft, *, origin: str = "") -> Future[Occasion]:
        """Keep a new day. A remembrance day that is on the list already is not added a second time."""
        draft = occasions.normal(draft)
        at = stamp(self._clock)

        def work(connection: Connection) -> tuple[Occasion, ChangeSet | None]:
            if draft.remembrance:
                there = occasions.of_remembrance(connection, draft.remembrance)
                if there is not None:
                    return there, None
            made = occasions.add(connection, draft, at)
            return made, _changed(made.id, origin=origin)

        return self._worker.write(work)

    def change(self, occasion_id: OccasionId, draft: OccasionDraft, *, origin: str = "") -> Future[Occasion]:
        """Keep a day differently. LookupError when there is no such day."""
        draft = occasions.normal(draft)
        at = stamp(self._clock)

        def work(connection: Connection) -> tuple[Occasion, ChangeSet | None]:
            kept = occasions.get(connection, occasion_id)
            if kept.draft == draft:
                return kept, None
            return occasions.change(connection, kept, draft, at), _changed(occasion_id, origin=origin)

        return self._worker.write(work)

    def put_away(self, ids: Iterable[OccasionId], *, origin: str = "") -> Future[None]:
        """Put days into the drawer; their reminders rest there. LookupError when there is no such day."""
        return self._set_put_away(ids, stamp(self._clock), origin)

    def bring_back(self, ids: Iterable[OccasionId], *, origin: str = "") -> Future[None]:
        """Put them back on the list. LookupError when there is no such day."""
        return self._set_put_away(ids, None, origin)

    def put_away_rows(self) -> Future[tuple[Occasion, ...]]:
        """Those that were put away, the last one first. None leaves by itself, however long it waits."""
        return self._worker.browse(occasions.put_away)

    def delete_for_ever(self, ids: Iterable[OccasionId], *, origin: str = "") -> Future[int]:
        """Destroy those of these that were put away; how many there were.

        Their words are overwritten in the file, and no log keeps them. Those that were not put away stay.
        """
        chosen = tuple(dict.fromkeys(ids))

        def work(connection: Connection) -> tuple[int, ChangeSet | None]:
            gone = [each for each in chosen if occasions.destroy(connection, each)]
            return len(gone), _changed(*gone, drawer=True, origin=origin) if gone else None

        return once_folded(self._worker, self._worker.write(work))

    def due_reminders(
        self, today: datetime.date, known: Rules | None = None
    ) -> Future[tuple[DueReminder, ...]]:
        """The reminders to show, the soonest day first: none while they rest, or the page is put away.

        One is there from so many days before its day until the day has passed, unless it was put aside for
        this time. ``known`` are the rules of remembrance days; those that come with the program otherwise.
        """
        known = rules() if known is None else known

        def work(connection: Connection) -> tuple[DueReminder, ...]:
            if OFF in (preferences.get(connection, key) for key in (DATES, REMINDERS)):
                return ()
            return due(occasions.with_reminders(connection), today, known)

        return self._worker.browse(work)

    def dismiss(self, reminder: DueReminder, *, origin: str = "") -> Future[None]:
        """Put a reminder aside until its day comes round the next time. Without its day nothing is done."""

        def work(connection: Connection) -> tuple[None, ChangeSet | None]:
            occasion_id = reminder.occasion.id
            done = occasions.dismiss(connection, occasion_id, reminder.occurrence.begins)
            return None, _changed(occasion_id, origin=origin) if done else None

        return self._worker.write(work)

    def save_calendar(self, target: Path, file: CalendarFile) -> None:
        """Put a calendar file where it was asked for. Blocks: not for the window's thread, nor the vault's.

        Raises StorageFull or CalendarNotSaved; then nothing is left behind.
        """
        save_calendar(target, [file.data], leftovers=Leftovers(self._worker))

    def _set_put_away(self, ids: Iterable[OccasionId], at: str | None, origin: str) -> Future[None]:
        chosen = tuple(dict.fromkeys(ids))

        def work(connection: Connection) -> tuple[None, ChangeSet | None]:
            moved = [each for each in chosen if occasions.set_put_away(connection, each, at)]
            return None, _changed(*moved, drawer=True, origin=origin) if moved else None

        return self._worker.write(work)


def _changed(*ids: OccasionId, drawer: bool = False, origin: str) -> ChangeSet:
    return ChangeSet(occasions=frozenset(ids), drawer=drawer, origin=origin)
