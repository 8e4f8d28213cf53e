"""A day the family keeps: a due date, an anniversary, or a day with words of its own."""

import enum
from dataclasses import dataclass, field

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.ids import BabyId, OccasionId


class OccasionKind(enum.StrEnum):
    """What sort of day it is, for its wording. The value is what the database stores."""

    DUE_DATE = "due"
    ANNIVERSARY = "anniversary"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class OccasionDraft:
    """A day as it is written down. ``label`` is the family's own words; ``yearly`` repeats it."""

    label: str = field(default="", repr=False)
    day: VagueDate = UNKNOWN
    kind: OccasionKind = OccasionKind.OTHER
    yearly: bool = False
    note: str = field(default="", repr=False)
    baby: BabyId | None = None


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day as it is kept."""

    id: OccasionId
    draft: OccasionDraft
