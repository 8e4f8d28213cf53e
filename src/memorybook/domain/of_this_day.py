"""What is in the book of one day of the year, in whatever year."""

import enum
from dataclasses import dataclass, field

from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryRow
from memorybook.domain.ids import PhotoId
from memorybook.domain.keepsake import Keepsake
from memorybook.domain.occasion import Occasion
from memorybook.domain.people import Baby, Ceremony
from memorybook.domain.recording import Recording


class BabyDay(enum.StrEnum):
    """Which of a baby's dates it is; the value is the name of the field of ``BabyDraft``."""

    LEARNED = "learned"
    DUE = "due"
    BORN = "born"
    DIED = "died"


@dataclass(frozen=True, slots=True)
class DatedPhoto:
    """A photo without its pixels; a covered one stays covered."""

    id: PhotoId
    day: VagueDate
    covered: bool


@dataclass(frozen=True, slots=True)
class OfThisDay:
    """Everything with that day and month as its exact date, each list the newest year first.

    What bears the date of today itself is not among it, nor what was put away or is "about" that day. Days
    of the family without their year come last. ``damaged`` when there are things in the book, of this day or
    of another, that are not as they were kept: they are not among it.
    """

    pages: tuple[EntryRow, ...] = ()
    photos: tuple[DatedPhoto, ...] = ()
    recordings: tuple[Recording, ...] = ()
    keepsakes: tuple[Keepsake, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    ceremonies: tuple[Ceremony, ...] = ()
    babies: tuple[tuple[Baby, BabyDay, VagueDate], ...] = field(default=(), repr=False)
    damaged: bool = False

    @property
    def is_empty(self) -> bool:
        """There is nothing of that day."""
        return not any(
            (
                self.pages,
                self.photos,
                self.recordings,
                self.keepsakes,
                self.occasions,
                self.ceremonies,
                self.babies,
            )
        )
