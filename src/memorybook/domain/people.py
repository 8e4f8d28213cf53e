"""The people who write in the book or are quoted in it, and the babies it is about."""

from dataclasses import dataclass, field

from memorybook.domain.ids import BabyId, PersonId


@dataclass(frozen=True, slots=True)
class Person:
    """Someone whose words are in the book, under the name they chose."""

    id: PersonId
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Baby:
    """A baby or a pregnancy. The name may be empty and is then never printed nor asked for again."""

    id: BabyId
    name: str = field(repr=False)
