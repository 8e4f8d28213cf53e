"""The index of words. It keeps no text of its own: what it says is where, the entries say what."""

import unicodedata

from memorybook.domain.ids import EntryId
from memorybook.domain.search import fold
from memorybook.storage.connection import Connection


def index(connection: Connection, entry_id: EntryId) -> None:
    """Make the index agree with the entry as it is now: within the transaction that changed it."""
    connection.execute("DELETE FROM entry_search WHERE rowid = :id", {"id": entry_id})
    row = connection.execute(
        """
        SELECT title, plain, recipient,
               (SELECT group_concat(photo.caption || ' ' || photo.description, ' ')
                FROM entry_photo JOIN photo ON photo.id = entry_photo.photo
                WHERE entry_photo.entry = entry.id) AS captions
        FROM entry WHERE id = :id AND is_empty = 0 AND deleted_at IS NULL
        """,
        {"id": entry_id},
    ).fetchone()
    if row is not None:
        connection.execute(
            """
            INSERT INTO entry_search (rowid, title, body, recipient, captions)
            VALUES (:id, :title, :body, :recipient, :captions)
            """,
            {
                "id": entry_id,
                "title": _indexed(row["title"]),
                "body": _indexed(row["plain"]),
                "recipient": _indexed(row["recipient"]),
                "captions": _indexed(row["captions"] or ""),
            },
        )


def _indexed(text: str) -> str:
    """As the search field is read: composed, without capitals and accents of any script.

    FTS5 itself knows the accents of Latin letters alone, and stops at a NUL.
    """
    return fold(unicodedata.normalize("NFC", text)).replace("\0", " ")
