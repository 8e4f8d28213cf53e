"""Single things out of a copy into the open book: their rows, what belongs to them and what they name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlcipher3 import dbapi2

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.entry import Entry, EntryDraft, EntryKind
from memorybook.domain.health import Thing
from memorybook.domain.ids import EntryId, PersonId
from memorybook.domain.versions import text
from memorybook.errors import BookDamaged
from memorybook.storage import attachments, entries, search, versions
from memorybook.storage.connection import Connection, Row
from memorybook.storage.kinds import KINDS, Kind

Plain = Callable[[str], str]
"""The words of a page without their styles."""

_BELONGS: Mapping[Thing, Mapping[str, str]] = {
    Thing.BABY: {"measurement": "baby"},
    Thing.PHOTO: {
        "thumbnail": "photo",
        "photo_baby": "photo",
        "entry_photo": "photo",
        "keepsake_photo": "photo",
    },
    Thing.RECORDING: {
        "recording_picture": "recording",
        "recording_baby": "recording",
        "entry_recording": "recording",
    },
    Thing.PAGE: {
        "entry_text": "entry",
        "entry_baby": "entry",
        "entry_tag": "entry",
        "entry_photo": "entry",
        "entry_recording": "entry",
    },
    Thing.KEEPSAKE: {"keepsake_photo": "keepsake", "keepsake_baby": "keepsake"},
}
"""The tables of what belongs to one thing, each with the column that says to which."""

_SMALL = {Thing.PHOTO: "thumbnail", Thing.RECORDING: "recording_picture"}

_NAMES = {
    "author_id": "person",
    "baby": "baby",
    "baby_id": "baby",
    "photo": "photo",
    "recording": "recording",
    "entry": "entry",
    "keepsake": "keepsake",
}
"""The columns that name a row of another table."""

_COMES_ALONG = {"person": Thing.PERSON, "baby": Thing.BABY}
"""What is brought back with a thing that names it: its words are proved together with these."""

Values = dict[str, Any]


class NoPlaceError(Exception):
    """Something else stands where this would have to go. Handled within the services."""


@dataclass(frozen=True, slots=True)
class Rows:
    """One thing as a copy holds it, proved by its digest."""

    thing: Thing
    row: Values = field(repr=False)
    belongings: Mapping[str, Sequence[Values]] = field(repr=False)
    named: tuple["Rows", ...] = field(repr=False)
    draft: EntryDraft | None = field(default=None, repr=False)

    @property
    def title(self) -> str:
        """What it is called there."""
        return str(self.row[_title_of(self.thing)])

    @property
    def day(self) -> str:
        """Its day there, EDTF."""
        return str(self.row.get("taken", self.row.get("day", "")))


def kind_of(thing: Thing) -> Kind | None:
    """The kind whose rows these things are; ``None`` for what has none."""
    return next((kind for kind in KINDS if kind.thing is thing and not kind.goes_with), None)


def _title_of(thing: Thing) -> str:
    titles = {Thing.PERSON: "name", Thing.EDITION: "name", Thing.BABY: "names", Thing.PHOTO: "caption"}
    return titles.get(thing, "label" if thing in {Thing.DAY, Thing.CEREMONY} else "title")


def read(connection: Connection, thing: Thing, row_id: int) -> Rows | None:
    """The thing as this database, a copy's, holds it; ``None`` when it is not there, or not whole."""
    kind = kind_of(thing)
    if kind is None:
        return None
    try:
        found = kind.read(connection, row_id)
    except (LookupError, BookDamaged):
        return None
    row = connection.execute(f"SELECT * FROM {kind.table} WHERE id = :id", {"id": row_id}).fetchone()  # noqa: S608
    if row is None:
        return None
    belongings = {
        table: [
            _values(each)
            for each in connection.execute(
                f"SELECT * FROM {table} WHERE {column} = :id",  # noqa: S608 - the names above
                {"id": row_id},
            ).fetchall()
        ]
        for table, column in _BELONGS.get(thing, {}).items()
    }
    own = _values(row)
    named = {
        (_COMES_ALONG[table], each)
        for values in (own, *(line for lines in belongings.values() for line in lines))
        for table, each in _names(values)
        if table in _COMES_ALONG and _COMES_ALONG[table] is not thing
    }
    along = tuple(rows for what, each in sorted(named, key=str) if (rows := read(connection, what, each)))
    draft = found.draft if isinstance(found, Entry) else None
    return Rows(thing, own, belongings, along, draft)


def _values(row: Row) -> Values:
    found: Any = row
    return {name: row[name] for name in found.keys()}  # noqa: SIM118 - a row gives its values otherwise


def _names(values: Values) -> list[tuple[str, int]]:
    return [
        (table, values[column]) for column, table in _NAMES.items() if values.get(column) is not None
    ]


def made_at(connection: Connection, thing: Thing, row_id: int) -> str | None:
    """When this thing came into the book, as the row says; ``None`` when there is none."""
    kind = kind_of(thing)
    if kind is None or thing is Thing.EARLIER_VERSION:
        return None
    row = connection.execute(
        f"SELECT created_at FROM {kind.table} WHERE id = :id",  # noqa: S608 - a constant
        {"id": row_id},
    ).fetchone()
    return None if row is None else str(row["created_at"])


def digest_of(connection: Connection, thing: Thing, row_id: int) -> bytes | None:
    """The digest of its words that the row names; ``None`` when there is none."""
    kind = kind_of(thing)
    if kind is None or thing in {Thing.PERSON, Thing.PHOTO, Thing.RECORDING}:
        return None
    row = connection.execute(
        f"SELECT digest FROM {kind.table} WHERE id = :id",  # noqa: S608 - a constant
        {"id": row_id},
    ).fetchone()
    return None if row is None else bytes(row["digest"])


def put_back(connection: Connection, rows: Rows, at: str, plain: Plain, *, aside: bool) -> None:
    """Have a thing say what it says in the copy, under its own id. Within a transaction.

    With ``aside``, what can still be read of a page becomes an earlier version first. Raises BookDamaged or
    database errors when its place in the file is damaged, NoPlaceError when something else is in it.
    """
    row_id = int(rows.row["id"])
    if aside and rows.draft is not None:
        _put_aside(connection, EntryId(row_id), rows.draft, at, plain)
    try:
        _bring_along(connection, rows)
        _put(connection, rows, row_id)
        if rows.thing is Thing.PAGE:
            search.index(connection, EntryId(row_id))
    except dbapi2.IntegrityError:
        raise NoPlaceError from None
    _prove(connection, rows.thing, row_id)


def put_beside(connection: Connection, rows: Rows, plain: Plain) -> int:
    """Have a thing of the copy be in the book once more, under a new id, which is returned.

    Raises as :func:`put_back`; NoPlaceError for what can be in a book only once.
    """
    try:
        _bring_along(connection, rows)
        if rows.draft is not None:
            draft = attachments.with_what_is_shown(connection, entries.by_someone(connection, rows.draft))
            babies = tuple(baby for baby in draft.babies if _is_there(connection, "baby", baby))
            draft = replace(draft, babies=babies)
            return entries.insert(connection, draft, plain(draft.body), str(rows.row["created_at"]))
        kind = kind_of(rows.thing)
        row_id = _insert(connection, "" if kind is None else kind.table, {**rows.row, "id": None})
        _put_belongings(connection, rows, row_id)
    except dbapi2.IntegrityError:
        raise NoPlaceError from None
    _prove(connection, rows.thing, row_id)
    return row_id


def put_small(connection: Connection, rows: Rows) -> None:
    """Have the small picture of a photo or recording be that of the copy. Raises as :func:`put_back`."""
    table = _SMALL[rows.thing]
    row_id = int(rows.row["id"])
    for line in rows.belongings[table]:
        _upsert(connection, table, _BELONGS[rows.thing][table], line)
    _prove(connection, rows.thing, row_id)


def _prove(connection: Connection, thing: Thing, row_id: int) -> None:
    try:
        for kind in KINDS:
            if kind.thing is thing:
                kind.read(connection, row_id)
    except LookupError:
        raise BookDamaged from None


def _bring_along(connection: Connection, rows: Rows) -> None:
    for each in rows.named:
        kind = kind_of(each.thing)
        if kind is not None and not _is_there(connection, kind.table, int(each.row["id"])):
            _put(connection, each, int(each.row["id"]))


def _put(connection: Connection, rows: Rows, row_id: int) -> None:
    kind = kind_of(rows.thing)
    if kind is None or not all(_is_there(connection, *each) for each in _names(rows.row)):
        raise NoPlaceError
    _upsert(connection, kind.table, "id", rows.row)
    for table, column in _BELONGS.get(rows.thing, {}).items():
        connection.execute(f"DELETE FROM {table} WHERE {column} = :id", {"id": row_id})  # noqa: S608
    _put_belongings(connection, rows, row_id)


def _put_belongings(connection: Connection, rows: Rows, row_id: int) -> None:
    """Those whose other ends are in the book: a photo may have been deleted for ever since."""
    for table, column in _BELONGS.get(rows.thing, {}).items():
        for line in rows.belongings[table]:
            values = {**line, column: row_id}
            if all(_is_there(connection, *each) for each in _names(values)):
                _insert(connection, table, values)


def _is_there(connection: Connection, table: str, row_id: int) -> bool:
    found = connection.execute(f"SELECT 1 FROM {table} WHERE id = :id", {"id": row_id})  # noqa: S608
    return found.fetchone() is not None


def _insert(connection: Connection, table: str, values: Values) -> int:
    columns = ", ".join(values)
    places = ", ".join(f":{name}" for name in values)
    return connection.execute(
        f"INSERT INTO {table} ({columns}) VALUES ({places})",  # noqa: S608 - columns of our own tables
        values,
    ).lastrowid


def _upsert(connection: Connection, table: str, key: str, values: Values) -> None:
    columns = ", ".join(values)
    places = ", ".join(f":{name}" for name in values)
    changes = ", ".join(f"{name} = excluded.{name}" for name in values if name != key)
    connection.execute(
        f"INSERT INTO {table} ({columns}) VALUES ({places}) ON CONFLICT ({key}) DO UPDATE SET {changes}",  # noqa: S608
        values,
    )


def _put_aside(connection: Connection, entry_id: EntryId, draft: EntryDraft, at: str, plain: Plain) -> None:
    """Keep what a page says now, though it differs from its digest: it may be what was meant."""
    row = connection.execute(
        "SELECT entry.*, entry_text.body FROM entry LEFT JOIN entry_text ON entry = id WHERE id = :id",
        {"id": entry_id},
    ).fetchone()
    if row is None:
        return
    says = EntryDraft(
        title=row["title"],
        body=row["body"] or "",
        day=_day(row["day"]),
        kind=_kind(row["kind"]),
        author=None if row["author_id"] is None else PersonId(row["author_id"]),
        recipient=row["recipient"],
        photos=attachments.photos_of(connection, entry_id),
        in_book=bool(row["in_book"]),
        babies=entries.babies_of(connection, entry_id),
        tags=entries.tags_of(connection, entry_id),
        recordings=attachments.recordings_of(connection, entry_id),
    )
    if not says.is_empty and text(says) != text(draft):
        kept = Entry(entry_id, says, None, row["created_at"], row["changed_at"])
        versions.put(connection, kept, plain(says.body), at)


def _day(value: str) -> VagueDate:
    try:
        return VagueDate.parse(value)
    except ValueError:
        return UNKNOWN


def _kind(value: str) -> EntryKind:
    try:
        return EntryKind(value)
    except ValueError:
        return EntryKind.ENTRY


