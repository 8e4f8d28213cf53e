"""A day the family keeps: a due date, an anniversary, or a day with words of its own."""

import enum
from dataclasses import dataclass, field

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.ids import BabyId, OccasionId

LONGEST_REMINDER = 365
"""Days before: longer, and the reminder of a day would begin before the day has passed the last time."""


class OccasionKind(enum.StrEnum):
    """What sort of day it is, for its wording. The value is what the database stores."""

    DUE_DATE = "due"
    ANNIVERSARY = "anniversary"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class OccasionDraft:
    """A day as it is written down. ``label`` is the family's own words; ``yearly`` repeats it.

    ``baby`` is ``None`` for all. ``remembrance`` is the id of a day that many families keep, or empty; its
    rule says when it is, and ``day`` only where the rule is not known any more. ``reminder`` is how many days
    before the day it begins to show, 0 on the day itself, ``None`` for off; ``reminder_words`` is what it
    says, empty for the label. Raises ``ValueError`` for a reminder below 0 or above LONGEST_REMINDER.
    """

    label: str = field(default="", repr=False)
    day: VagueDate = UNKNOWN
    kind: OccasionKind = OccasionKind.OTHER
    yearly: bool = False
    note: str = field(default="", repr=False)
    baby: BabyId | None = None
    remembrance: str = ""
    reminder: int | None = None
    reminder_words: str = field(default="", repr=False)
    in_book: bool = True

    def __post_init__(self) -> None:
        if self.reminder is not None and not 0 <= self.reminder <= LONGEST_REMINDER:
            raise ValueError("reminder out of range")

    @property
    def has_a_day(self) -> bool:
        """A day is known, exactly or about, or its rule says it: what a reminder needs to begin."""
        return self.day.day is not None or bool(self.remembrance)

    @property
    def comes_round(self) -> bool:
        """Whether it is a day of every year: chosen so, or because its year is not said. A year cannot be."""
        if self.remembrance:
            return True
        return self.day.is_known and self.day.month is not None and (self.yearly or self.day.year is None)

    @property
    def keeps_28_february(self) -> bool:
        """It comes round and is of 29 February: in years without one it is kept on the 28th."""
        return not self.remembrance and self.comes_round and (self.day.month, self.day.day) == (2, 29)


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day as it is kept. Times are ISO 8601 in UTC.

    ``uid`` is random and stays: by it a calendar knows the day again when it is saved once more.
    """

    id: OccasionId
    draft: OccasionDraft
    created_at: str = ""
    deleted_at: str | None = None
    uid: str = field(default="", repr=False)
