"""Which pages, photos and recordings are marked for the printed book, without reading them."""

from memorybook.domain.ids import EntryId, PhotoId, RecordingId
from memorybook.storage.connection import Connection

_ON_PAGES = """
    SELECT entry_photo.photo AS thing, entry.in_book, entry.deleted_at
    FROM entry_photo JOIN entry ON entry.id = entry_photo.entry
    UNION ALL
    SELECT keepsake_photo.photo, keepsake.in_book, keepsake.deleted_at
    FROM keepsake_photo JOIN keepsake ON keepsake.id = keepsake_photo.keepsake
"""
_HEARD_ON_PAGES = """
    SELECT entry_recording.recording AS thing, entry.in_book, entry.deleted_at
    FROM entry_recording JOIN entry ON entry.id = entry_recording.entry
"""


def entries(connection: Connection) -> tuple[EntryId, ...]:
    """Pages with something on them that are neither for the parent alone nor put away."""
    rows = connection.execute(
        "SELECT id FROM entry WHERE is_empty = 0 AND deleted_at IS NULL AND in_book = 1 ORDER BY id"
    )
    return tuple(EntryId(row["id"]) for row in rows)


def photos(connection: Connection) -> tuple[PhotoId, ...]:
    """Photos that are in the book and not put away, covered ones among them."""
    rows = connection.execute("SELECT id FROM photo WHERE deleted_at IS NULL AND in_book = 1 ORDER BY id")
    return tuple(PhotoId(row["id"]) for row in rows)


def recordings(connection: Connection) -> tuple[RecordingId, ...]:
    """Recordings that are in the book and not put away."""
    rows = connection.execute("SELECT id FROM recording WHERE deleted_at IS NULL AND in_book = 1 ORDER BY id")
    return tuple(RecordingId(row["id"]) for row in rows)


def private_photos(connection: Connection) -> frozenset[PhotoId]:
    """Those that are with something that is for the parent alone, put away or not, and with nothing else."""
    return frozenset(map(PhotoId, _private(connection, _ON_PAGES)))


def private_recordings(connection: Connection) -> frozenset[RecordingId]:
    """Those that are on pages that are for the parent alone, put away or not, and on no other."""
    return frozenset(map(RecordingId, _private(connection, _HEARD_ON_PAGES)))


def _private(connection: Connection, places: str) -> list[int]:
    rows = connection.execute(
        f"""
        SELECT thing FROM ({places}) GROUP BY thing
        HAVING min(in_book) = 0 AND NOT max(in_book = 1 AND deleted_at IS NULL)
        """  # noqa: S608 - the constants above
    )
    return [row["thing"] for row in rows]
