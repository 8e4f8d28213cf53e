"""How much is in a book: what a copy is known by, and what a look at the whole book tells."""

from memorybook.domain.backup import BookCounts
from memorybook.storage.connection import Connection, check_sentinel

_WRITTEN = ("entry", "photo", "recording", "keepsake", "occasion", "baby", "ceremony")
"""What somebody puts into a book, each with when it was changed last."""


def counts(connection: Connection) -> BookCounts:
    """Count what is in an open book, or in a copy of one that was opened to be checked.

    On the connection's thread; one pass over the rows, no text is read. What lies in the drawer is left out,
    also of ``newest``. Raises BookDamaged or the database errors of a damaged page; one that stays unread
    is nobody's matter here: what is counted was not compared with its digest.
    """
    found = BookCounts(
        pages=_number(connection, "SELECT count(*) FROM entry WHERE is_empty = 0 AND deleted_at IS NULL"),
        photos=_rows(connection, "photo"),
        recordings=_rows(connection, "recording"),
        keepsakes=_number(connection, _KEEPSAKES),
        days=_rows(connection, "occasion"),
        babies=_rows(connection, "baby"),
        media_bytes=_number(connection, _MEDIA_BYTES),
        newest=max(_newest(connection, table) for table in _WRITTEN),
    )
    check_sentinel(connection)
    return found


_SHOWN = "FROM {table} WHERE deleted_at IS NULL"

_KEEPSAKES = """
    SELECT count(*) FROM keepsake
    WHERE deleted_at IS NULL AND (
        trim(kind || title || words || kept || given_by) <> '' OR day <> ''
        OR EXISTS (SELECT 1 FROM keepsake_photo JOIN photo ON photo.id = keepsake_photo.photo
                   WHERE keepsake_photo.keepsake = keepsake.id AND photo.deleted_at IS NULL))
"""

_MEDIA_BYTES = """
    SELECT (SELECT ifnull(sum(byte_size), 0) FROM photo WHERE deleted_at IS NULL)
         + (SELECT ifnull(sum(byte_size), 0) FROM recording WHERE deleted_at IS NULL)
"""


def _rows(connection: Connection, table: str) -> int:
    return _number(connection, f"SELECT count(*) {_SHOWN.format(table=table)}")


def _newest(connection: Connection, table: str) -> str:
    """ISO 8601 in UTC, which sorts as text; empty when there is nothing."""
    empty = " AND is_empty = 0" if table == "entry" else ""
    row = connection.execute(
        f"SELECT ifnull(max(changed_at), '') {_SHOWN.format(table=table)}{empty}"
    ).fetchone()
    return "" if row is None else str(row[0])


def _number(connection: Connection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return 0 if row is None else int(row[0])
