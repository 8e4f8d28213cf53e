"""Which pages, photos and recordings are marked for the printed book, without reading them."""

from memorybook.domain.ids import EntryId, PhotoId, RecordingId
from memorybook.storage.connection import Connection


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
