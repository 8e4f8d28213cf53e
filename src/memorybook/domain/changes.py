"""What a change to the book touched, so that a screen refreshes what it shows and nothing else."""

from dataclasses import dataclass, field

from memorybook.domain.ids import EntryId, OccasionId, PhotoId


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Ids that were added or changed, and who asked (the name of a screen, or empty)."""

    entries: frozenset[EntryId] = field(default_factory=frozenset)
    photos: frozenset[PhotoId] = field(default_factory=frozenset)
    occasions: frozenset[OccasionId] = field(default_factory=frozenset)
    people: bool = False
    preferences: bool = False
    origin: str = ""
