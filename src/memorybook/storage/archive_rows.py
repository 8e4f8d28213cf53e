"""Reading everything a book knows, item by item, as an archive says it. The media themselves are files."""

from typing import Any

from memorybook.domain.health import DamagedThing
from memorybook.domain.ids import MediaId
from memorybook.errors import BookDamaged
from memorybook.storage.archive_kinds import PAGES, PHOTOS, RECORDINGS, Kind, Linked
from memorybook.storage.connection import Connection, Row

Item = dict[str, Any]
"""One thing: texts, numbers, true and false, ``None``, and lists of those or of objects."""

Key = int | str


def keys(connection: Connection, kind: Kind) -> tuple[Key, ...]:
    """What identifies each of a kind, in order."""
    rows = connection.execute(f"SELECT {kind.key} FROM {kind.table} ORDER BY {kind.key}")  # noqa: S608
    return tuple(row[0] for row in rows.fetchall())


def item(connection: Connection, kind: Kind, key: Key) -> Item:
    """One thing, whole. Raises BookDamaged when it is not as it was kept, LookupError when there is none."""
    if isinstance(key, int):
        kind.check(connection, key)
    row = connection.execute(
        f"SELECT {', '.join(kind.columns)} FROM {kind.table} WHERE {kind.key} = :key",  # noqa: S608
        {"key": key},
    ).fetchone()
    if row is None:
        raise LookupError(f"no such {kind.table}")
    found = {kind.named(column): _plain(kind, column, row) for column in kind.columns}
    if kind is PAGES:
        found["body"] = _body(connection, key)
    for each in kind.lists:
        found[each.key] = _list(connection, each, key)
    return found


def damaged(connection: Connection, kind: Kind, key: Key) -> DamagedThing:
    """What is still known of one that could not be read: its title and its day, where they can be."""
    known = {"title": "", "day": ""}
    columns = {"title": kind.title, "day": kind.day}
    for name, column in columns.items():
        if column:
            row = connection.execute(
                f"SELECT {column} FROM {kind.table} WHERE {kind.key} = :key", {"key": key}  # noqa: S608
            ).fetchone()
            known[name] = "" if row is None else str(row[0])
    return nameless(kind, key, **known)


def nameless(kind: Kind, key: Key, title: str = "", day: str = "") -> DamagedThing:
    """One of which nothing more is known."""
    return DamagedThing(kind.thing, key if isinstance(key, int) else 0, title, day, "words")


def numbers(connection: Connection) -> dict[str, int]:
    """The highest number that each kind of thing ever had: what was deleted does not get another's again."""
    rows = connection.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name").fetchall()
    return {str(row["name"]): int(row["seq"]) for row in rows}


def media(connection: Connection, kind: Kind) -> dict[int, tuple[MediaId, MediaId | None]]:
    """The file of each original, and of each photo the picture for the screen as it is shown."""
    if kind is PHOTOS:
        sql = "SELECT id, media, ifnull(view, rendition) AS shown FROM photo"
    elif kind is RECORDINGS:
        sql = "SELECT id, media, NULL AS shown FROM recording"
    else:
        raise ValueError("it has no media")
    return {
        int(row["id"]): (MediaId(row["media"]), None if row["shown"] is None else MediaId(row["shown"]))
        for row in connection.execute(sql).fetchall()
    }


def _plain(kind: Kind, column: str, row: Row) -> object:
    value = row[column]
    if column in kind.blobs:
        return bytes(value).hex()
    if column in kind.flags:
        return bool(value)
    if column in kind.numbers:
        return [int(each) for each in value.split()]
    if column in kind.lines:
        return value.split("\n") if value else []
    return value


def _body(connection: Connection, key: Key) -> str:
    row = connection.execute("SELECT body FROM entry_text WHERE entry = :key", {"key": key}).fetchone()
    if row is None:
        raise BookDamaged
    return str(row["body"])


def _list(connection: Connection, each: Linked, key: Key) -> list[object]:
    rows = connection.execute(
        f"SELECT {', '.join(each.columns)} FROM {each.table} WHERE {each.owner} = :key"  # noqa: S608
        f" ORDER BY position, {each.columns[0]}",
        {"key": key},
    ).fetchall()
    if len(each.columns) == 1:
        return [row[0] for row in rows]
    return [{column: row[column] for column in each.columns} for row in rows]
