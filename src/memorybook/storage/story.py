"""The pages of the book as lists: newest first, oldest first, or those with certain words."""

from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryKind, EntryRow
from memorybook.domain.ids import EntryId
from memorybook.domain.paging import Cursor, EntryPage
from memorybook.errors import BookDamaged
from memorybook.storage.connection import Connection, Row
from memorybook.storage.search import ENTRY_OF_ROW

_ROW = """
    entry.id, entry.day, entry.day_key, entry.kind, entry.title, entry.excerpt, entry.in_book,
    person.name AS author_name,
    (SELECT count(*) FROM entry_photo WHERE entry_photo.entry = entry.id) AS photo_count
"""

_SHOWN = "entry.is_empty = 0 AND entry.deleted_at IS NULL"


def page(connection: Connection, after: Cursor | None, limit: int) -> EntryPage:
    """Up to ``limit`` pages behind ``after``, newest day first; those without a day come last."""
    behind = "AND (entry.day_key, entry.id) < (:day_key, :id)" if after is not None else ""
    rows = connection.execute(
        f"""
        SELECT {_ROW} FROM entry INDEXED BY entry_story LEFT JOIN person ON person.id = entry.author_id
        WHERE {_SHOWN} {behind}
        ORDER BY entry.day_key DESC, entry.id DESC LIMIT :limit
        """,  # noqa: S608 - the pieces are the constants above
        {
            "day_key": after.day_key if after is not None else 0,
            "id": after.id if after is not None else 0,
            "limit": limit + 1,
        },
    ).fetchall()
    shown = rows[:limit]
    following = Cursor(shown[-1]["day_key"], EntryId(shown[-1]["id"])) if len(rows) > limit else None
    return EntryPage(tuple(_list_row(row) for row in shown), following)


def all_for_book(connection: Connection) -> tuple[EntryRow, ...]:
    """Every page with something on it, oldest day first; those without a day come last."""
    rows = connection.execute(
        f"""
        SELECT {_ROW} FROM entry LEFT JOIN person ON person.id = entry.author_id
        WHERE {_SHOWN} ORDER BY entry.day_key = 0, entry.day_key, entry.id
        """  # noqa: S608 - the pieces are the constants above
    )
    return tuple(_list_row(row) for row in rows)


def count(connection: Connection) -> int:
    """How many pages have something on them."""
    row = connection.execute(f"SELECT count(*) FROM entry WHERE {_SHOWN}").fetchone()  # noqa: S608
    return int(row[0]) if row is not None else 0


def found(connection: Connection, expression: str, limit: int) -> tuple[tuple[EntryRow, str], ...]:
    """Pages that match an FTS5 expression, newest day first, each with its plain words."""
    rows = connection.execute(
        f"""
        SELECT {_ROW}, entry.plain
        FROM (SELECT {ENTRY_OF_ROW} AS id FROM entry_search WHERE entry_search MATCH :expression
              ORDER BY rowid LIMIT :limit) AS hit
        JOIN entry ON entry.id = hit.id LEFT JOIN person ON person.id = entry.author_id
        ORDER BY entry.day_key DESC, entry.id DESC
        """,  # noqa: S608 - the pieces are constants
        {"expression": expression, "limit": limit},
    )
    return tuple((_list_row(row), row["plain"]) for row in rows)


def _list_row(row: Row) -> EntryRow:
    """A line of a list. Raises BookDamaged for a day or a kind that was never written."""
    try:
        return EntryRow(
            id=EntryId(row["id"]),
            day=VagueDate.parse(row["day"]),
            kind=EntryKind(row["kind"]),
            title=row["title"],
            excerpt=row["excerpt"],
            author_name=row["author_name"],
            photo_count=row["photo_count"],
            in_book=bool(row["in_book"]),
        )
    except ValueError:
        raise BookDamaged from None
