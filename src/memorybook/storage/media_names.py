"""Which media files the rows of a book name: what belongs to it, and what nothing names any more."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from memorybook.domain.health import DamagedThing, Thing
from memorybook.domain.ids import MediaId
from memorybook.storage.connection import Connection, Row

_PHOTO = "SELECT media, digest, rendition, view FROM photo"
_RECORDING = "SELECT media, digest, NULL AS rendition, NULL AS view FROM recording"
_KEPT_PHOTO = """
    SELECT id, caption AS title, taken, byte_size, media, digest, rendition, view FROM photo ORDER BY id
"""
_KEPT_RECORDING = """
    SELECT id, title, taken, byte_size, media, digest, NULL AS rendition, NULL AS view
    FROM recording ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Named:
    """The files of one photo or recording: its original with the SHA-256 of it, and what was made from it."""

    original: MediaId
    digest: bytes = field(repr=False)
    made: tuple[MediaId, ...] = ()

    @property
    def names(self) -> tuple[MediaId, ...]:
        """All of them, the original first."""
        return self.original, *self.made

    def is_whole(self, digests: Mapping[MediaId, bytes]) -> bool:
        """Whether all of it is among files that could be read, whose SHA-256 these are."""
        return digests.get(self.original) == self.digest and all(each in digests for each in self.made)


@dataclass(frozen=True, slots=True)
class KeptMedia:
    """The files of one photo or recording, with what it is called should they be lost.

    ``length`` are the bytes of its original.
    """

    thing: Thing
    id: int
    title: str = field(repr=False)
    day: str = field(repr=False)
    files: Named
    length: int

    def without(self, lost: str) -> DamagedThing:
        """It, as something of which so much is lost."""
        return DamagedThing(self.thing, self.id, self.title, self.day, lost)


def named(connection: Connection) -> tuple[Named, ...]:
    """Every photo and recording, those that were put away too. The vault's thread."""
    photos = connection.execute(f"{_PHOTO} ORDER BY id").fetchall()
    recordings = connection.execute(f"{_RECORDING} ORDER BY id").fetchall()
    return tuple(map(_named, (*photos, *recordings)))


def kept(connection: Connection) -> tuple[KeptMedia, ...]:
    """As :func:`named`, with what each photo and recording is called. The vault's thread."""
    photos = connection.execute(_KEPT_PHOTO).fetchall()
    recordings = connection.execute(_KEPT_RECORDING).fetchall()
    return (
        *(_kept(Thing.PHOTO, row) for row in photos),
        *(_kept(Thing.RECORDING, row) for row in recordings),
    )


def of(connection: Connection, thing: Thing, row_id: int) -> Named | None:
    """The files that one row names; ``None`` for what has no files, or is not there. The vault's thread."""
    if thing is Thing.PHOTO:
        statement = f"{_PHOTO} WHERE id = :id"
    elif thing is Thing.RECORDING:
        statement = f"{_RECORDING} WHERE id = :id"
    else:
        return None
    row = connection.execute(statement, {"id": row_id}).fetchone()
    return None if row is None else _named(row)


def _named(row: Row) -> Named:
    made = (row["rendition"], row["view"])
    return Named(
        MediaId(row["media"]),
        bytes(row["digest"]),
        tuple(MediaId(each) for each in made if each is not None),
    )


def _kept(thing: Thing, row: Row) -> KeptMedia:
    return KeptMedia(thing, row["id"], row["title"], row["taken"], _named(row), row["byte_size"])
