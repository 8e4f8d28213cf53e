"""What stands on a day of the month."""

import calendar
import datetime
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Marked:
    """One date on a day: what it is called, whether it is a remembrance day that was added, and its id."""

    name: str = field(repr=False)
    remembrance: bool = False
    occasion: int = 0


def days_in(month: datetime.date) -> int:
    """How many days the month of a day has."""
    return calendar.monthrange(month.year, month.month)[1]
