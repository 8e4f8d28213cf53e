"""The index of words. It keeps no text of its own: what it says is where, the entries say what.

Its rows are numbered backwards by day and then by entry, so that the newest pages with a word stand first
and reading ends with them, however many there are. (FTS5 can read from the end too, but for the beginning
of a word it first lists all there is, entry by entry, in memory that is wiped each time it grows.)
Many entries are best written the newest first: FTS5 begins a new segment whenever a number is not the
next higher one.
"""

from memorybook.domain.ids import EntryId
from memorybook.domain.search import indexed
from memorybook.storage.connection import Connection

_ENTRY_BITS = 24
_LAST = 1 << 51
_HIGHEST = chr(0x10FFFF)

PLAIN = "ifnull(entry_text.plain, replace(entry_text.body, char(10, 10), char(10)))"
"""The words of an entry without their styles, in SQL."""

ENTRY_OF_ROW = f"(({_LAST} - rowid) & {(1 << _ENTRY_BITS) - 1})"
"""The id of the entry that a row is about, in SQL."""


def index(connection: Connection, entry_id: EntryId) -> None:
    """Make the index agree with the entry as it is now: within the transaction that changed it.

    When the entry has moved to another day, :func:`forget` comes first.
    """
    row = connection.execute(
        f"""
        SELECT day_key, is_empty = 0 AND deleted_at IS NULL AS is_shown, title, {PLAIN} AS plain, recipient,
               (SELECT group_concat(photo.caption || ' ' || photo.description, ' ')
                FROM entry_photo JOIN photo ON photo.id = entry_photo.photo
                WHERE entry_photo.entry = entry.id AND photo.deleted_at IS NULL) AS captions,
               (SELECT group_concat(recording.title || ' ' || recording.notes, ' ')
                FROM entry_recording JOIN recording ON recording.id = entry_recording.recording
                WHERE entry_recording.entry = entry.id AND recording.deleted_at IS NULL) AS heard,
               (SELECT group_concat(name, ' ') FROM entry_tag WHERE entry_tag.entry = entry.id) AS tags
        FROM entry JOIN entry_text ON entry_text.entry = entry.id WHERE entry.id = :id
        """,  # noqa: S608 - a constant
        {"id": entry_id},
    ).fetchone()
    if row is None:
        return
    forget(connection, entry_id, row["day_key"])
    if row["is_shown"]:
        connection.execute(
            """
            INSERT INTO entry_search (rowid, title, body, recipient, captions, tags)
            VALUES (:number, :title, :body, :recipient, :captions, :tags)
            """,
            {
                "number": number(entry_id, row["day_key"]),
                "title": _indexed(row["title"]),
                "body": _indexed(row["plain"]),
                "recipient": _indexed(row["recipient"]),
                "captions": _indexed(f"{row['captions'] or ''} {row['heard'] or ''}"),
                "tags": _indexed(row["tags"] or ""),
            },
        )


def forget(connection: Connection, entry_id: EntryId, day_key: int) -> None:
    """Take an entry out of the place it has as a page of this day."""
    connection.execute(
        "DELETE FROM entry_search WHERE rowid = :number", {"number": number(entry_id, day_key)}
    )


def rebuild(connection: Connection) -> None:
    """Write the index anew without anything of the entries that were taken out of it.

    Until then their words stay in it, marked as gone. What the old index said is overwritten in the file.
    """
    connection.execute("INSERT INTO entry_search (entry_search) VALUES ('optimize')")


def words(connection: Connection, start: str, most: int = 2_000) -> list[str]:
    """The words in the index that begin with ``start``, in order."""
    rows = connection.execute(
        "SELECT term FROM entry_word WHERE term >= :start AND term < :end LIMIT :most",
        {"start": start, "end": start + _HIGHEST, "most": most},
    )
    return [row["term"] for row in rows]


def number(entry_id: EntryId, day_key: int) -> int:
    """The row of an entry in the index, as a page of this day."""
    return _LAST - (day_key << _ENTRY_BITS | entry_id)


def _indexed(text: str) -> str:
    """As a query is read. FTS5 itself knows the accents of Latin letters alone, and ends at a NUL."""
    return indexed(text).replace("\0", " ")
