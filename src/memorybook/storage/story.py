"""The pages of the book as lists: newest first, oldest first, some of them, or those with certain words.

What a filter looks at is in the index the story is read by, so that the pages it leaves out are not read.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryKind, EntryRow
from memorybook.domain.ids import BabyId, EntryId, PersonId
from memorybook.domain.paging import Cursor, EntryPage
from memorybook.domain.people import Person
from memorybook.domain.story import EVERYTHING, Me, Month, StoryFilter
from memorybook.domain.tags import folded
from memorybook.errors import BookDamaged
from memorybook.storage.attachments import SHOWN_PHOTOS
from memorybook.storage.connection import Connection, Row
from memorybook.storage.search import ENTRY_OF_ROW, PLAIN, number
from memorybook.storage.text import storable

_ROW = """
    entry.id, entry.day, entry.day_key, entry.kind, entry.title, entry.excerpt, entry.in_book,
    person.name AS author_name
"""
_PAGES = "entry INDEXED BY entry_story"
_PLACE = "(entry.day_key, entry.id)"
_PHOTOS = f"({SHOWN_PHOTOS})"


@dataclass(frozen=True, slots=True)
class _Condition:
    """SQL that is true of the pages a list shows, and its values."""

    sql: str
    values: dict[str, object] = field(repr=False)


def page(
    connection: Connection, after: Cursor | None, limit: int, only: StoryFilter = EVERYTHING
) -> EntryPage:
    """Up to ``limit`` pages behind ``after``, newest day first; those without a day come last."""
    rows = _rows(connection, only, "<", after, limit + 1)
    following = _place(rows[limit - 1]) if len(rows) > limit else None
    return EntryPage(_list_rows(connection, rows[:limit]), following)


def page_before(
    connection: Connection, before: Cursor | None, limit: int, only: StoryFilter = EVERYTHING
) -> EntryPage:
    """The ``limit`` pages right before ``before``, or at the very end of the list, in its order."""
    rows = _rows(connection, only, ">", before, limit + 1)
    preceding = _place(rows[limit - 1]) if len(rows) > limit else None
    following = _place(rows[0]) if rows and before is not None else None
    return EntryPage(_list_rows(connection, rows[:limit][::-1]), following, preceding)


def page_from(
    connection: Connection, day: VagueDate, limit: int, only: StoryFilter = EVERYTHING
) -> EntryPage:
    """As :func:`page`, from the newest page of this day, month or year on, or of the next before it."""
    start = Cursor(_last_key(day) + 1, EntryId(0))
    found = page(connection, start, limit, only)
    if found.rows:
        start = Cursor(found.rows[0].day.sort_key, found.rows[0].id)
    newer = _rows(connection, only, ">", start, 1)
    return replace(found, preceding=start if newer else None)


def all_for_book(connection: Connection) -> tuple[EntryRow, ...]:
    """Every page with something on it, oldest day first; those without a day come last."""
    rows = connection.execute(
        f"""
        SELECT {_ROW} FROM {_PAGES} LEFT JOIN person ON person.id = entry.author_id
        WHERE {_SHOWN} ORDER BY entry.day_key, entry.id
        """  # noqa: S608 - the pieces are the constants above
    ).fetchall()
    undated = next((n for n, row in enumerate(rows) if row["day_key"]), len(rows))
    return _list_rows(connection, rows[undated:] + rows[:undated])


def of_days(connection: Connection, days: Sequence[str], but: str) -> tuple[EntryRow, ...]:
    """The pages of these days of the year, each as "-05-22", newest first, without those of the date ``but``.

    All are of an exact date.
    """
    rows = connection.execute(
        f"""
        SELECT {_ROW} FROM entry INDEXED BY entry_of_day LEFT JOIN person ON person.id = entry.author_id
        WHERE {_SHOWN} AND substr(entry.day, 5) IN (SELECT value FROM json_each(:days)) AND entry.day <> :but
        ORDER BY entry.day_key DESC, entry.id DESC
        """,  # noqa: S608 - the pieces are the constants above
        {"days": json.dumps(days), "but": but},
    ).fetchall()
    return _list_rows(connection, rows)


def count(connection: Connection, only: StoryFilter = EVERYTHING) -> int:
    """How many pages have something on them."""
    condition = _condition(only)
    row = connection.execute(
        f"SELECT count(*) FROM {_PAGES} WHERE {condition.sql}",  # noqa: S608 - made of constants
        condition.values,
    ).fetchone()
    return int(row[0]) if row is not None else 0


def months(connection: Connection, only: StoryFilter = EVERYTHING) -> tuple[Month, ...]:
    """How many pages each month has, newest first; what has no year comes behind."""
    condition = _condition(only)
    rows = connection.execute(
        f"""
        WITH RECURSIVE heading (month) AS (
            SELECT * FROM (SELECT entry.day_key / 100 FROM {_PAGES}
                           WHERE {condition.sql} ORDER BY entry.day_key DESC LIMIT 1)
            UNION ALL
            SELECT (SELECT entry.day_key / 100 FROM {_PAGES}
                    WHERE {condition.sql} AND entry.day_key < heading.month * 100
                    ORDER BY entry.day_key DESC LIMIT 1)
            FROM heading WHERE heading.month IS NOT NULL
        )
        SELECT month, (SELECT count(*) FROM {_PAGES}
                       WHERE {condition.sql} AND entry.day_key >= month * 100
                         AND entry.day_key < (month + 1) * 100) AS pages
        FROM heading WHERE month IS NOT NULL ORDER BY month DESC
        """,  # noqa: S608 - made of constants
        condition.values,
    )  # from heading to heading: grouping would sort every page
    return tuple(Month(row["month"] // 100, row["month"] % 100, row["pages"]) for row in rows)


def neighbours(
    connection: Connection, entry_id: EntryId, only: StoryFilter = EVERYTHING
) -> tuple[EntryId | None, EntryId | None]:
    """The pages before and behind this one in the list: the newer and the older one.

    The page itself need not be in the list. LookupError when there is no such page.
    """
    row = connection.execute("SELECT id, day_key FROM entry WHERE id = :id", {"id": entry_id}).fetchone()
    if row is None:
        raise LookupError("no such entry")
    newer, older = (_rows(connection, only, which, _place(row), 1) for which in "><")
    return EntryId(newer[0]["id"]) if newer else None, EntryId(older[0]["id"]) if older else None


def tags(connection: Connection) -> tuple[str, ...]:
    """Every tag of a page that is shown, as it was typed last, in the order of the alphabet."""
    rows = connection.execute(
        f"""
        SELECT entry_tag.name, max(entry.id) FROM entry_tag JOIN entry ON entry.id = entry_tag.entry
        WHERE {_SHOWN} GROUP BY entry_tag.folded ORDER BY entry_tag.folded
        """  # noqa: S608 - a constant
    )
    return tuple(row["name"] for row in rows)


def people_with_pages(connection: Connection) -> tuple[Person, ...]:
    """The people who wrote a page that is shown, in the order they came into the book."""
    rows = connection.execute(
        f"""
        SELECT id, name FROM person
        WHERE EXISTS (SELECT 1 FROM entry WHERE entry.author_id = person.id AND {_SHOWN}) ORDER BY id
        """  # noqa: S608 - a constant
    )
    return tuple(Person(PersonId(row["id"]), row["name"]) for row in rows)


def found(
    connection: Connection,
    expression: str,
    limit: int,
    *,
    only: StoryFilter = EVERYTHING,
    after: Cursor | None = None,
) -> tuple[tuple[tuple[EntryRow, str], ...], Cursor | None]:
    """Pages that match an FTS5 expression, newest day first, each with its words; and where to go on."""
    condition = _condition(only)
    chosen = f"AND {ENTRY_OF_ROW} IN (SELECT entry.id FROM {_PAGES} WHERE {condition.sql})"  # noqa: S608
    rows = connection.execute(
        f"""
        SELECT {_ROW}, {PLAIN} AS plain
        FROM (SELECT {ENTRY_OF_ROW} AS id FROM entry_search
              WHERE entry_search MATCH :expression AND rowid > :number {"" if only == EVERYTHING else chosen}
              ORDER BY rowid LIMIT :limit) AS hit
        JOIN entry ON entry.id = hit.id JOIN entry_text ON entry_text.entry = hit.id
        LEFT JOIN person ON person.id = entry.author_id
        ORDER BY entry.day_key DESC, entry.id DESC
        """,  # noqa: S608 - the pieces are constants
        {
            **condition.values,
            "expression": expression,
            "number": -1 if after is None else number(after.id, after.day_key),
            "limit": limit + 1,
        },
    ).fetchall()
    listed = _list_rows(connection, rows[:limit])
    following = _place(rows[limit - 1]) if len(rows) > limit else None
    return tuple(zip(listed, (row["plain"] for row in rows), strict=False)), following


_SHOWN = "entry.is_empty = 0 AND entry.deleted_at IS NULL"


def _rows(
    connection: Connection, only: StoryFilter, which: str, place: Cursor | None, limit: int
) -> list[Row]:
    """Rows on one side of ``place``: those behind it (``<``) or before it (``>``), the nearest first."""
    condition = _condition(only)
    order = "DESC" if which == "<" else "ASC"
    side = f"AND {_PLACE} {which} (:day_key, :id)" if place is not None else ""
    return connection.execute(
        f"""
        SELECT {_ROW} FROM {_PAGES} LEFT JOIN person ON person.id = entry.author_id
        WHERE {condition.sql} {side} ORDER BY entry.day_key {order}, entry.id {order} LIMIT :limit
        """,  # noqa: S608 - the pieces are constants
        {
            **condition.values,
            "day_key": place.day_key if place is not None else 0,
            "id": place.id if place is not None else 0,
            "limit": limit,
        },
    ).fetchall()


def _condition(only: StoryFilter) -> _Condition:
    parts, values = [_SHOWN], dict[str, object]()
    if only.kinds:
        kinds = {f"kind{n}": kind.value for n, kind in enumerate(sorted(only.kinds))}
        parts.append(f"entry.kind IN ({', '.join(f':{name}' for name in kinds)})")
        values |= kinds
    if isinstance(only.author, Me):
        parts.append("entry.author_id IS NULL")
    elif only.author is not None:
        parts.append("+entry.author_id = :author")
        values["author"] = only.author
    if only.baby is not None:
        parts.append("entry.id IN (SELECT entry FROM entry_baby WHERE baby = :baby)")
        values["baby"] = only.baby
    if only.tag.strip():
        parts.append("entry.id IN (SELECT entry FROM entry_tag WHERE folded = :tag)")
        values["tag"] = folded(storable(only.tag))
    if only.photos is not None:
        parts.append(f"entry.id {'' if only.photos else 'NOT'} IN (SELECT entry FROM {_PHOTOS})")  # noqa: S608
    if only.in_book is not None:
        parts.append("entry.in_book = :in_book")
        values["in_book"] = int(only.in_book)
    return _Condition(" AND ".join(parts), values)


def _last_key(day: VagueDate) -> int:
    """The highest key that a page of this day, month or year can have."""
    if day.year is None:
        return day.sort_key
    return day.sort_key + (9999 if day.month is None else 99 if day.day is None else 0)


def _place(row: Row) -> Cursor:
    return Cursor(row["day_key"], EntryId(row["id"]))


def _list_rows(connection: Connection, rows: Sequence[Row]) -> tuple[EntryRow, ...]:
    """The lines of a list. Raises BookDamaged for a day or a kind that was never written."""
    photos = _by_entry(connection, rows, "photo", _PHOTOS)
    babies = _by_entry(connection, rows, "baby", "entry_baby")
    tags = _by_entry(connection, rows, "name", "entry_tag")
    try:
        return tuple(
            EntryRow(
                id=EntryId(row["id"]),
                day=VagueDate.parse(row["day"]),
                kind=EntryKind(row["kind"]),
                title=row["title"],
                excerpt=row["excerpt"],
                author_name=row["author_name"],
                photo_count=len(photos.get(row["id"], ())),
                in_book=bool(row["in_book"]),
                babies=tuple(map(BabyId, babies.get(row["id"], ()))),
                tags=tuple(tags.get(row["id"], ())),
            )
            for row in rows
        )
    except ValueError:
        raise BookDamaged from None


_FEW = 1_000


def _by_entry(connection: Connection, rows: Sequence[Row], column: str, table: str) -> dict[int, list[Any]]:
    """What each of these pages has in a table of its own, in order; for very many pages all there is."""
    some = ""
    if len(rows) <= _FEW:
        some = f"WHERE entry IN ({', '.join(str(int(row['id'])) for row in rows)})"
    grouped: dict[int, list[Any]] = {}
    for row in connection.execute(f"SELECT entry, {column} FROM {table} {some} ORDER BY entry, position"):  # noqa: S608
        grouped.setdefault(row["entry"], []).append(row[column])
    return grouped
