"""The days of a printed book: those of the family's list that have something to say."""

from memorybook.domain.book import PlannedDate
from memorybook.storage import occasions
from memorybook.storage.connection import Connection


def planned(connection: Connection) -> tuple[PlannedDate, ...]:
    """In the order of the calendar: first the days that were, then those of every year, at last those
    nobody knows. Without those not in the book.
    """
    kept = (occasion.draft for occasion in occasions.all_of_them(connection))
    filled = [day for day in kept if day.in_book and (day.label.strip() or day.note.strip())]
    filled.sort(key=lambda day: (not day.day.is_known, day.day.year is None))
    return tuple(PlannedDate(day.day, day.label.strip(), day.note.strip()) for day in filled)
