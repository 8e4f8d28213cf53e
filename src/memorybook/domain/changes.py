"""What a change to the book touched, so that a screen refreshes what it shows and nothing else."""

from dataclasses import dataclass, field

from memorybook.domain.ids import EntryId, KeepsakeId, OccasionId, PhotoId, RecordingId


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Ids that were added or changed, and who asked (the name of a screen, or empty).

    ``record`` is said of babies and ceremonies, ``drawer`` of whatever went into the drawer or left it,
    ``spelling`` of the words that the family spells its own way, ``damage`` when something was found that
    cannot be read as it was kept, or can be again.
    """

    entries: frozenset[EntryId] = field(default_factory=frozenset)
    photos: frozenset[PhotoId] = field(default_factory=frozenset)
    recordings: frozenset[RecordingId] = field(default_factory=frozenset)
    keepsakes: frozenset[KeepsakeId] = field(default_factory=frozenset)
    occasions: frozenset[OccasionId] = field(default_factory=frozenset)
    people: bool = False
    record: bool = False
    tags: bool = False
    drawer: bool = False
    spelling: bool = False
    preferences: bool = False
    editions: bool = False
    damage: bool = False
    origin: str = ""
