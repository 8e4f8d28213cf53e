"""Writing what an archive says into a new and empty book, with the numbers it had, and with its digests."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlcipher3 import dbapi2

from memorybook.domain.dates import VagueDate
from memorybook.domain.ids import EntryId, MediaId, VersionId
from memorybook.domain.people import BabyDraft
from memorybook.domain.photo import DecodedPicture
from memorybook.domain.recording import Probed
from memorybook.domain.search import beginning
from memorybook.domain.tags import folded
from memorybook.domain.versions import text
from memorybook.errors import BookDamaged
from memorybook.storage import babies, entries, people, photo_files, photos, recordings, versions
from memorybook.storage.archive_kinds import (
    DAYS,
    KINDS,
    PAGES,
    PHOTOS,
    PREFERENCES,
    RECORDINGS,
    VERSIONS,
    Kind,
    Linked,
)
from memorybook.storage.connection import Connection

Values = dict[str, object]
Plain = Callable[[str], str]
"""The words of a body without its styles."""


def put(connection: Connection, kind: Kind, item: Mapping[str, Any], plain: Plain) -> None:
    """Add one thing, and read it back against its digest. Not for photos and recordings.

    What it names and is not in the book is left off its lists. Raises BookDamaged when it does not say what
    its digest says, and the database's own errors for what cannot be in a book at all.
    """
    values = _values(kind, item)
    if kind is PAGES:
        values |= {"is_empty": 0, "excerpt": beginning(plain(item["body"]))}
    if kind is VERSIONS:
        words = len(item["title"].split()) + len(plain(item["body"]).split())
        values |= {"length": 0, "words": words, "excerpt": beginning(plain(item["body"]))}
    _insert(connection, kind.table, values)
    if kind is PAGES:
        _put_text(connection, item, plain)
    _put_lists(connection, kind, item)
    if kind is PAGES:
        entries.refresh(connection, EntryId(item["id"]))
    if kind is VERSIONS:
        whole = versions.get(connection, VersionId(item["id"]))
        connection.execute(
            "UPDATE entry_version SET length = :length WHERE id = :id",
            {"length": len(text(whole.draft)), "id": item["id"]},
        )
    _check(connection, kind, item)


def put_photo(
    connection: Connection,
    item: Mapping[str, Any],
    picture: DecodedPicture,
    thumbnail: bytes,
    *,
    media: MediaId,
    rendition: MediaId,
    view: MediaId | None,
) -> None:
    """Add one photo whose files are on the disk. ``picture`` is what was found in its original.

    ``thumbnail`` is of the picture as it is shown, with its edit. Raises as :func:`put`.
    """
    values = _values(PHOTOS, item)
    values |= {
        "media": media,
        "rendition": rendition,
        "view": view,
        "day_key": values["day_key"] or _came_in(item),
        **photos.facts(picture),
    }
    _insert(connection, PHOTOS.table, values)
    photo_files.put_thumbnail(connection, item["id"], thumbnail)
    _put_lists(connection, PHOTOS, item)
    _check(connection, PHOTOS, item)


def put_recording(
    connection: Connection, item: Mapping[str, Any], probed: Probed, *, media: MediaId
) -> None:
    """Add one recording whose file is on the disk. ``probed`` is what was found in it. Raises as :func:`put`.

    What this computer cannot make out of it stays as the archive says.
    """
    values = _values(RECORDINGS, item)
    values |= {"media": media, "day_key": values["day_key"] or _came_in(item)}
    _insert(connection, RECORDINGS.table, values)
    recordings.put_picture(connection, item["id"], probed)
    if probed.playable:
        recordings.note(connection, item["id"], probed)
    _put_lists(connection, RECORDINGS, item)
    _check(connection, RECORDINGS, item)


def stand_in(connection: Connection, kind_table: str, number: int, at: str) -> None:
    """A nameless person, or a baby of whom nothing is written down and who is put aside.

    For one that pages name and that could not be read when the archive was made: without it the pages would
    not be what their digests say.
    """
    if kind_table == "person":
        made: int = people.add_person(connection, "", at).id
    else:
        made = babies.add(connection, BabyDraft(), at).id
        connection.execute("UPDATE baby SET deleted_at = :at WHERE id = :id", {"at": at, "id": made})
    connection.execute(
        f"UPDATE {kind_table} SET id = :number WHERE id = :made",  # noqa: S608 - one of two constants
        {"number": number, "made": made},
    )


def is_there(connection: Connection, table: str, number: int) -> bool:
    """Whether a table has a row of this number."""
    row = connection.execute(f"SELECT 1 FROM {table} WHERE id = :id", {"id": number}).fetchone()  # noqa: S608
    return row is not None


def is_new(connection: Connection) -> bool:
    """Whether nothing is in this book yet but what was chosen for it."""
    return all(
        connection.execute(f"SELECT 1 FROM {kind.table} LIMIT 1").fetchone() is None  # noqa: S608
        for kind in KINDS
        if kind is not PREFERENCES
    )


def go_on_from(connection: Connection, numbers: Mapping[str, int]) -> None:
    """Have no new thing get a number that another one had before."""
    for kind in KINDS:
        if kind.key == "id" and kind.table in numbers:
            values = {"name": kind.table, "seq": numbers[kind.table]}
            connection.execute(
                "INSERT INTO sqlite_sequence (name, seq) SELECT :name, 0"
                " WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = :name)",
                values,
            )
            connection.execute(
                "UPDATE sqlite_sequence SET seq = max(seq, :seq) WHERE name = :name", values
            )


def _values(kind: Kind, item: Mapping[str, Any]) -> Values:
    values: Values = {}
    try:
        day = VagueDate.parse(item[kind.day]) if kind.day else None
    except ValueError:
        raise BookDamaged from None
    for column in kind.columns:
        value = item[kind.named(column)]
        if column in kind.blobs:
            value = bytes.fromhex(value)
        elif column in kind.flags:
            value = int(value)
        elif column in kind.numbers:
            value = " ".join(map(str, value))
        elif column in kind.lines:
            value = "\n".join(value)
        values[column] = value
    if day is not None and kind is not VERSIONS:
        values["day_key"] = day.sort_key
    return values


def _insert(connection: Connection, table: str, values: Values) -> None:
    try:
        connection.execute(
            f"INSERT INTO {table} ({', '.join(values)})"  # noqa: S608 - the columns of archive_kinds
            f" VALUES ({', '.join(f':{column}' for column in values)})",
            values,
        )
    except (dbapi2.IntegrityError, dbapi2.DataError, OverflowError):
        raise BookDamaged from None


def _put_text(connection: Connection, item: Mapping[str, Any], plain: Plain) -> None:
    body, words = item["body"], plain(item["body"])
    told_by_body = words == body.replace("\n\n", "\n")
    _insert(
        connection,
        "entry_text",
        {"entry": item["id"], "plain": None if told_by_body else words, "body": body},
    )


def _put_lists(connection: Connection, kind: Kind, item: Mapping[str, Any]) -> None:
    for each in kind.lists:
        for position, value in enumerate(item[each.key]):
            owner: Values = {each.owner: item["id"], "position": position}
            if each.key == "tags":
                _insert(connection, each.table, {**owner, "name": value, "folded": folded(value)})
            elif each.key == "measurements":
                _insert(connection, each.table, {**owner, **value})
            elif _names_something(connection, each, value):
                _insert(connection, each.table, {**owner, each.columns[0]: value})


def _names_something(connection: Connection, each: Linked, number: int) -> bool:
    return is_there(connection, each.columns[0], number)


def _came_in(item: Mapping[str, Any]) -> int:
    return int(item["created_at"][:10].replace("-", ""))


def _check(connection: Connection, kind: Kind, item: Mapping[str, Any]) -> None:
    if kind.key == "id":
        kind.check(connection, item["id"])
    if kind is DAYS and not item["uid"]:
        raise BookDamaged  # by it calendars know the day again
