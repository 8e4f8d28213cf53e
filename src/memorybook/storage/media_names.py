"""Which media files the rows of a book name: what belongs to it, and what nothing names any more."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from memorybook.domain.ids import MediaId
from memorybook.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class Named:
    """The files of one photo or recording: its original with the SHA-256 of it, and what was made from it."""

    original: MediaId
    digest: bytes = field(repr=False)
    made: tuple[MediaId, ...] = ()

    def is_whole(self, digests: Mapping[MediaId, bytes]) -> bool:
        """Whether all of it is among files that could be read, whose SHA-256 these are."""
        return digests.get(self.original) == self.digest and all(each in digests for each in self.made)


def named(connection: Connection) -> tuple[Named, ...]:
    """Every photo and recording, those that were put away too. The vault's thread."""
    photos = connection.execute("SELECT media, digest, rendition, view FROM photo ORDER BY id").fetchall()
    recordings = connection.execute("SELECT media, digest FROM recording ORDER BY id").fetchall()
    return (
        *(
            Named(
                MediaId(row["media"]),
                bytes(row["digest"]),
                tuple(MediaId(each) for each in (row["rendition"], row["view"]) if each is not None),
            )
            for row in photos
        ),
        *(Named(MediaId(row["media"]), bytes(row["digest"])) for row in recordings),
    )
