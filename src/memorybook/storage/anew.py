"""The file of a book written anew from what people put into it, when damage lies where nothing of that is.

The index of words, the orders of the lists and free pages can all be made again from the tables. What is
damaged there makes searching or keeping fail, and holds back every copy, although nothing is lost.
"""

import hashlib
import marshal
import re
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from memorybook.domain.backup import Step, Told
from memorybook.domain.health import ANEW, SMALL_PICTURE, DamagedThing, Thing
from memorybook.domain.ids import EntryId
from memorybook.errors import BookDamaged, CheckStopped, MemoryBookError, StorageFull
from memorybook.files import (
    free_bytes,
    private_folder,
    put_in_place,
    sync_file,
    sync_folder,
    translate_os_error,
)
from memorybook.storage import changes, header, inspection, schema, search, survey
from memorybook.storage import connection as connections
from memorybook.storage import origin as origins
from memorybook.storage.book import DATABASE, BookFile
from memorybook.storage.connection import Connection, Row, check_sentinel, for_upkeep, transaction, unsynced
from memorybook.storage.faults import DatabaseFault, translate
from memorybook.storage.migrate import migrate, newest, version_of
from memorybook.storage.origin import Origin

_FOLDER = ".anew-"
_OURS = re.compile(rf"{re.escape(_FOLDER)}[0-9a-f]{{16}}")
_LITTLE = 16 << 20
_AT_ONCE = 200
_STEPS = 1_000

SMALL = {Thing.PHOTO: "thumbnail", Thing.RECORDING: "recording_picture"}
"""The tables of what is made from originals and can be made again."""

_NUMBERS = "sqlite_sequence"
"""The highest number each table ever gave out. Without it the highest that is there counts."""


def sweep(folder: Path) -> None:
    """Remove what ended processes left in a book's folder. With the book's lock held."""
    with suppress(OSError):
        for item in list(folder.iterdir()):
            if _OURS.fullmatch(item.name) and not item.is_symlink():
                shutil.rmtree(item, ignore_errors=True)


def write(
    book: BookFile,
    told: Told = lambda _: None,
    stopped: Callable[[], bool] = lambda: False,
    without: Sequence[DamagedThing] = (),
    *,
    origin: Origin | None = None,
) -> bool:
    """Write ``book.db`` anew; ``False``, and nothing is changed, when no page is damaged or something goes.

    ``without`` are things whose small pictures in the tables are left out: they are made again afterwards.
    With an ``origin`` the one page of ``meta`` may be what is damaged: it is filled with that. What it says
    besides is about files that a process was ended over; a copy is due then.
    The book's lock has to be held, and the file closed with nothing in its log. The new file takes the place
    of the old one in one step, once it was read back, each row of it is what the old one said and each thing
    agrees with its digest. Blocks for seconds in a large book. Raises CheckStopped within 100 ms,
    StorageFull, BookReadOnly or StorageFailed, having changed nothing.
    """
    sweep(book.folder)
    try:
        bad = inspection.bad_pages(book.path, book.key, book.salt, lambda _: None, stopped)
        if not bad:
            return False
        if free_bytes(book.folder) < 2 * book.path.stat().st_size + _LITTLE:
            raise StorageFull
        workshop = private_folder(book.folder / f"{_FOLDER}{secrets.token_hex(8)}")
        try:
            new = BookFile(workshop, book.key, book.salt)
            _fill(book, new, told, stopped, without, None if origin is None else (origin, bad))
            _prove(new, stopped, without)
            sync_file(new.path)
            if book.has_log():
                return False
            put_in_place(new.path, book.folder / DATABASE)
        finally:
            shutil.rmtree(workshop, ignore_errors=True)
    except BookDamaged:
        return False
    except DatabaseFault as error:
        problem = CheckStopped() if stopped() else translate(error, book.path)
        if problem is None:
            raise
        if isinstance(problem, BookDamaged):
            return False
        raise problem from None
    except OSError as error:
        raise translate_os_error(error) from None
    with suppress(MemoryBookError, OSError):
        sync_folder(book.folder)
        header.keep_copy(book.folder, book.path)
    return True


def _fill(
    book: BookFile,
    new: BookFile,
    told: Told,
    stopped: Callable[[], bool],
    without: Sequence[DamagedThing],
    meta: tuple[Origin, tuple[int, ...]] | None,
) -> None:
    """Copy every table but the index of words, and make that anew. Raises BookDamaged or database errors."""
    source = connections.connect(book.path, book.key, book.salt, newest=newest())
    try:
        version = version_of(source)
        if schema.of(source) != schema.expected(version):
            raise BookDamaged  # something in it is not ours: it would be lost
        if meta is not None and not _is_meta(source, meta[1]):
            raise BookDamaged
        target = connections.begin(new.path, new.key, new.salt)
        try:
            migrate(target, version)
            with unsynced(target), for_upkeep(source):
                _copy(source, target, told, stopped, without, None if meta is None else meta[0])
        finally:
            target.close()
    finally:
        source.close()


def _copy(
    source: Connection,
    target: Connection,
    told: Told,
    stopped: Callable[[], bool],
    without: Sequence[DamagedThing],
    meta: Origin | None,
) -> None:
    tables = [name for name in _tables(source) if meta is None or name != "meta"]
    for table in tables:
        target.execute(f'DELETE FROM "{table}"')  # noqa: S608 - our own tables
    target.execute("PRAGMA foreign_keys = OFF")
    for number, table in enumerate(tables):
        told(Step(ANEW, number, len(tables) + 1))
        with transaction(target):
            rows = _left(source, target, table, without)
            said = _rows_over(target, table, _columns(source, table), rows, stopped)
        if meta is None:  # that is one of its rows; every other page is known to be whole
            check_sentinel(source)
        if said != _digest(_read(target, table)):
            raise BookDamaged
    with transaction(target):
        if meta is not None:
            origins.put(target, meta)
            changes.put(target, str(1 + secrets.randbits(40)))
        _index(target, stopped)
    with suppress(BookDamaged, *DatabaseFault), transaction(target):
        numbers = source.execute(f"SELECT name, seq FROM {_NUMBERS}").fetchall()  # noqa: S608
        if meta is None:
            check_sentinel(source)
        target.execute(f"DELETE FROM {_NUMBERS}")  # noqa: S608
        for row in numbers:
            target.execute(
                f"INSERT INTO {_NUMBERS} (name, seq) VALUES (:name, :seq)",  # noqa: S608
                {"name": row["name"], "seq": row["seq"]},
            )
    told(Step(ANEW, len(tables) + 1, len(tables) + 1))


def _is_meta(source: Connection, bad: tuple[int, ...]) -> bool:
    """Whether ``meta`` is what is damaged, and nothing else."""
    row = source.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'meta'").fetchone()
    return row is not None and bad == (row[0],)


def _tables(connection: Connection) -> list[str]:
    """Those with something that people put into them, in the order in which they were made."""
    rows = connection.execute(
        """
        SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0
        AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'entry_search*' ORDER BY rowid
        """
    )
    return [str(row["name"]) for row in rows.fetchall()]


def _read(connection: Connection, table: str) -> Iterator[Row]:
    """Every row of a table, by none of its orders: those may be what is damaged."""
    return iter(connection.execute(f'SELECT * FROM "{table}" NOT INDEXED'))  # noqa: S608 - our own tables


def _left(
    source: Connection, target: Connection, table: str, without: Sequence[DamagedThing]
) -> Iterator[Row]:
    """Every row of a table but those of lost small pictures: these are not even stepped over."""
    gone = {each.id for each in without if SMALL.get(each.thing) == table}
    if not gone:
        yield from _read(source, table)
        return
    owner = next(thing.value for thing in SMALL if SMALL[thing] == table)
    for row in target.execute(f"SELECT id FROM {owner} ORDER BY id").fetchall():  # noqa: S608 - our own tables
        if row["id"] not in gone:
            yield from source.execute(f"SELECT * FROM {table} WHERE {owner} = :id", {"id": row["id"]})  # noqa: S608


def _columns(connection: Connection, table: str) -> list[str]:
    return [str(row["name"]) for row in connection.execute(f"PRAGMA table_info({table})").fetchall()]


def _rows_over(
    target: Connection, table: str, columns: Sequence[str], rows: Iterator[Row], stopped: Callable[[], bool]
) -> bytes:
    places = ", ".join(f":{name}" for name in columns)
    sql = f'INSERT INTO "{table}" ({", ".join(columns)}) VALUES ({places})'  # noqa: S608 - our own columns
    digest = hashlib.blake2b(digest_size=32)
    for number, row in enumerate(rows):
        if number % _AT_ONCE == 0 and stopped():
            raise CheckStopped
        values = tuple(row)
        digest.update(marshal.dumps(values, 2))
        target.execute(sql, dict(zip(columns, values, strict=True)))
    return digest.digest()


def _digest(rows: Iterator[Row]) -> bytes:
    digest = hashlib.blake2b(digest_size=32)
    for row in rows:
        digest.update(marshal.dumps(tuple(row), 2))
    return digest.digest()


def _index(target: Connection, stopped: Callable[[], bool]) -> None:
    """The index of words takes the newest first much more quickly."""
    found = target.execute("SELECT id FROM entry ORDER BY day_key DESC, id DESC").fetchall()
    for row in found:
        if stopped():
            raise CheckStopped
        search.index(target, EntryId(row["id"]))


def _prove(new: BookFile, stopped: Callable[[], bool], without: Sequence[DamagedThing]) -> None:
    """Raise BookDamaged unless the new file is whole, down to each thing's digest but those left out."""
    left_out = {(each.thing, each.id, SMALL_PICTURE) for each in without}
    if inspection.bad_pages(new.path, new.key, new.salt, lambda _: None, stopped):
        raise BookDamaged
    connection = connections.connect(new.path, new.key, new.salt, newest=newest())
    try:
        connection.set_progress_handler(stopped, _STEPS)
        with for_upkeep(connection):
            checked = [row[0] for row in connection.execute("PRAGMA integrity_check").fetchall()]
        found = survey.look(survey.on(connection), stopped=stopped).things
        if checked != ["ok"] or any((each.thing, each.id, each.lost) not in left_out for each in found):
            raise BookDamaged
    finally:
        connection.close()
    if new.has_log():
        raise BookDamaged  # what is in it would be lost
