"""The days of a printed book: those of the family's list that have something to say."""

from memorybook.domain.book import PlannedDate
from memorybook.domain.occasion import OccasionDraft, OccasionKind
from memorybook.storage import occasions
from memorybook.storage.connection import Connection
from memorybook.storage.whole import Damaged


def planned(connection: Connection, damaged: Damaged) -> tuple[PlannedDate, ...]:
    """In the order of the calendar: first the days that were, then those of every year, at last those
    nobody knows. Without those not in the book, and without a bare day of which nothing is said; one that is
    not as it was kept is told to ``damaged``.
    """
    kept = (occasion.draft for occasion in occasions.all_of_them(connection, damaged))
    filled = [day for day in kept if day.in_book and _says_something(day)]
    filled.sort(key=lambda day: (not day.day.is_known, day.day.year is None))
    return tuple(PlannedDate(day.day, day.label.strip(), day.note.strip(), day.kind) for day in filled)


def _says_something(day: OccasionDraft) -> bool:
    """A date with a kind, as a due date, needs no words; one that nobody knows does."""
    return bool(
        day.label.strip() or day.note.strip() or (day.kind is not OccasionKind.OTHER and day.day.is_known)
    )
