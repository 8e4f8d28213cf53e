"""The index of words. It keeps no text of its own: what it says is where, the entries say what.

Its rows are numbered by day and then by entry, so that the newest pages with a word are read off its end,
however many there are.
"""

import unicodedata

from memorybook.domain.ids import EntryId
from memorybook.domain.search import fold
from memorybook.storage.connection import Connection

ENTRY_BITS = 24
"""How much of a row's number is the entry's id. What stands before it is its ``day_key``."""


def index(connection: Connection, entry_id: EntryId) -> None:
    """Make the index agree with the entry as it is now: within the transaction that changed it.

    When the entry has moved to another day, :func:`forget` comes first.
    """
    row = connection.execute(
        """
        SELECT day_key, is_empty = 0 AND deleted_at IS NULL AS is_shown, title, plain, recipient,
               (SELECT group_concat(photo.caption || ' ' || photo.description, ' ')
                FROM entry_photo JOIN photo ON photo.id = entry_photo.photo
                WHERE entry_photo.entry = entry.id) AS captions
        FROM entry WHERE id = :id
        """,
        {"id": entry_id},
    ).fetchone()
    if row is None:
        return
    forget(connection, entry_id, row["day_key"])
    if row["is_shown"]:
        connection.execute(
            """
            INSERT INTO entry_search (rowid, title, body, recipient, captions)
            VALUES (:number, :title, :body, :recipient, :captions)
            """,
            {
                "number": _number(entry_id, row["day_key"]),
                "title": _indexed(row["title"]),
                "body": _indexed(row["plain"]),
                "recipient": _indexed(row["recipient"]),
                "captions": _indexed(row["captions"] or ""),
            },
        )


def forget(connection: Connection, entry_id: EntryId, day_key: int) -> None:
    """Take an entry out of the place it has as a page of this day."""
    connection.execute(
        "DELETE FROM entry_search WHERE rowid = :number", {"number": _number(entry_id, day_key)}
    )


def _number(entry_id: EntryId, day_key: int) -> int:
    return day_key << ENTRY_BITS | entry_id


def _indexed(text: str) -> str:
    """As the search field is read: composed, without capitals and accents of any script.

    FTS5 itself knows the accents of Latin letters alone, and stops at a NUL.
    """
    return fold(unicodedata.normalize("NFC", text)).replace("\0", " ")
