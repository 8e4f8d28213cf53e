"""The people who write in the book or are quoted in it, the babies it is about, and their farewells."""

from dataclasses import dataclass, field, replace

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.gestation import Gestation
from memorybook.domain.ids import BabyId, CeremonyId, PersonId

MEASURES = ("weight", "length", "head", "hand", "foot")
"""The codes of what is usually measured; a measurement may have the family's own word instead."""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone whose words are in the book, under the name they chose."""

    id: PersonId
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Measurement:
    """``what`` is one of :data:`MEASURES` or own words; ``value`` is as entered, its unit included."""

    what: str = field(repr=False)
    value: str = field(repr=False)

    @property
    def is_empty(self) -> bool:
        """Nothing was entered. A word of one's own says something; one of ours alone does not."""
        return not self.value.strip() and (not self.what.strip() or self.what in MEASURES)


@dataclass(frozen=True, slots=True)
class BabyDraft:
    """What is written down of a baby or a pregnancy. Everything may be missing, and one date is enough.

    ``names`` is exactly as typed, and when it is empty nobody asks for it. ``word`` is the word used for
    this baby (see :mod:`~memorybook.domain.wording`); empty for the book's.
    """

    names: str = field(default="", repr=False)
    word: str = field(default="", repr=False)
    due: VagueDate = field(default=UNKNOWN, repr=False)
    learned: VagueDate = field(default=UNKNOWN, repr=False)
    born: VagueDate = field(default=UNKNOWN, repr=False)
    died: VagueDate = field(default=UNKNOWN, repr=False)
    gestation: Gestation | None = field(default=None, repr=False)
    measurements: tuple[Measurement, ...] = field(default=(), repr=False)
    place: str = field(default="", repr=False)
    carers: str = field(default="", repr=False)
    met: str = field(default="", repr=False)
    notes: str = field(default="", repr=False)
    in_book: bool = True

    @property
    def is_empty(self) -> bool:
        """Nothing is written down. Whether it would be printed is not content."""
        texts = (self.names, self.word, self.place, self.carers, self.met, self.notes)
        days = (self.due, self.learned, self.born, self.died)
        return not (
            any(text.strip() for text in texts)
            or any(day.is_known for day in days)
            or self.gestation is not None
            or any(not measurement.is_empty for measurement in self.measurements)
        )

    @property
    def says_something(self) -> bool:
        """There is something to print: the word used for a baby makes no page alone."""
        return not replace(self, word="").is_empty


@dataclass(frozen=True, slots=True)
class Baby:
    """A baby or a pregnancy as it is kept. ``created_at`` is ISO 8601 in UTC."""

    id: BabyId
    draft: BabyDraft
    created_at: str

    @property
    def name(self) -> str:
        """The names as typed; may be empty, and is then never printed nor asked for again."""
        return self.draft.names


@dataclass(frozen=True, slots=True)
class CeremonyDraft:
    """A ceremony or a farewell. ``label`` is the family's own word for it, ``rests`` where the baby rests."""

    label: str = field(default="", repr=False)
    day: VagueDate = field(default=UNKNOWN, repr=False)
    place: str = field(default="", repr=False)
    readings: str = field(default="", repr=False)
    music: str = field(default="", repr=False)
    who: str = field(default="", repr=False)
    rests: str = field(default="", repr=False)
    notes: str = field(default="", repr=False)
    baby: BabyId | None = None
    in_book: bool = True

    @property
    def is_empty(self) -> bool:
        """Nothing is written down. Which baby it was for is not content by itself."""
        texts = (self.label, self.place, self.readings, self.music, self.who, self.rests, self.notes)
        return not (any(text.strip() for text in texts) or self.day.is_known)


@dataclass(frozen=True, slots=True)
class Ceremony:
    """A ceremony or a farewell as it is kept."""

    id: CeremonyId
    draft: CeremonyDraft


@dataclass(frozen=True, slots=True)
class KeptAside:
    """What was removed from the record and can be brought back at any time, the last one first."""

    babies: tuple[Baby, ...] = ()
    ceremonies: tuple[Ceremony, ...] = ()
