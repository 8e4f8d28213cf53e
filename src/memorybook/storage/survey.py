"""Reading everything in a book thing by thing, to know which of it is not as it was kept.

A page that is damaged fails what it is read with, and every statement after it. So things are read a few
at a time, each time with the sentinel, and halved until what fails stands alone.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from memorybook.domain.backup import Step, Told
from memorybook.domain.dates import VagueDate
from memorybook.domain.health import LINKS, ROWS, WORDS, DamagedThing, Thing
from memorybook.errors import BookDamaged, CheckStopped
from memorybook.storage.connection import Connection, Row, check_sentinel
from memorybook.storage.kinds import IN_DIGEST, KINDS, LINKS_OF, PLAIN_TABLES, SHOWN_BY_OTHERS, Kind
from memorybook.storage.veil import Veil, copied_with

T = TypeVar("T")

_TOGETHER = 64


class Run(Protocol):
    """Runs a read with the sentinel behind it, on a connection that is new after every failure."""

    def __call__(self, work: Callable[[Connection], T], veil: Veil | None, /) -> T:
        """The result. Raises BookDamaged, or what else went wrong with the disk."""


def on(connection: Connection) -> Run:
    """Runs everything on this connection: for a book that is expected to be whole.

    After the first damaged page nothing more can be read of it.
    """

    def run(work: Callable[[Connection], T], _veil: Veil | None, /) -> T:
        result = work(connection)
        check_sentinel(connection)
        return result

    return run


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found: the things that are lost, and what lists can still show.

    The ``narrow`` veil is over the tables that lost something, and quick to draw. The whole one does without
    every index of the book, too: those may be what is damaged.
    """

    things: tuple[DamagedThing, ...] = ()
    veil: Veil = field(default_factory=Veil)
    narrow: Veil = field(default_factory=Veil)


def look(
    run: Run, told: Told = lambda _: None, stopped: Callable[[], bool] = lambda: False
) -> Survey:
    """Read everything there is, a few things at a time.

    Raises CheckStopped within the time of a few reads, and as ``run`` but for BookDamaged.
    """
    listed = {kind.table: _ids(run, kind) for kind in KINDS if not kind.goes_with}
    total = sum(len(listed[kind.goes_with or kind.table]) for kind in KINDS)
    whole: dict[str, tuple[int, ...]] = {}
    # Rows that come later stand behind the last one; where its page is lost, nothing can have come.
    highest: dict[str, int | None] = {}
    things: list[DamagedThing] = []
    hurt: set[str] = set()
    unlinked: dict[str, frozenset[int]] = {}
    unproved: frozenset[int] = frozenset()
    veil: Veil | None = None
    done = 0
    for kind in KINDS:
        there: list[int] = []
        ids = whole[kind.goes_with] if kind.goes_with else listed[kind.table]
        gone: list[int] = []
        for found, lost in _sifted(run, kind, ids, veil):
            if stopped():
                raise CheckStopped
            there += found
            gone += lost
            done += len(found) + len(lost)
            told(Step(ROWS, min(done, total), total))
        bare, silent = _bare(run, kind, gone, veil)
        if kind.table == "entry":
            unproved = _unproved(run, kind, sorted(set(gone) - bare), veil, silent)
            bare |= unproved
        unlinked |= dict.fromkeys(silent, bare)
        there = sorted(bare.union(there))
        things += [_named(run, kind, each, links=each in bare) for each in gone]
        if gone:
            hurt.add(kind.table)
        if not kind.goes_with:
            whole[kind.table] = tuple(there)
            lost_end = not ids or (ids[-1] in gone and not _goes_on(run, kind.table, ids[-1]))
            highest[kind.table] = None if lost_end else ids[-1]
            if not ids and _rows(run, f"SELECT * FROM {kind.table}") == []:  # noqa: S608 - a constant
                highest[kind.table] = 0
            if gone and kind.table in SHOWN_BY_OTHERS:
                # What shows others is read without those that are lost: they do not cost it its own words.
                veil = Veil({name: whole[name] for name in SHOWN_BY_OTHERS if name in whole}, highest)
    empty = frozenset(table for table in PLAIN_TABLES if not _reads(run, table))
    things += [DamagedThing(Thing.OTHER, 0, table, "", WORDS) for table in sorted(empty)]
    few = {table: ids for table, ids in whole.items() if table in hurt}
    narrow = Veil(few, highest, empty, unlinked, unproved)
    return Survey(tuple(things), Veil(whole, highest, empty, unlinked, unproved), narrow)


def _ids(run: Run, kind: Kind) -> Sequence[int]:
    """Every id there is, or, where no page that lists them can be read, every one that was given out."""
    for sql in (f"SELECT id FROM {kind.table}", *kind.ids):  # noqa: S608 - a constant
        found = _rows(run, sql)
        if found is not None:
            return sorted(int(row[0]) for row in found)
    for sql in (
        "SELECT seq FROM sqlite_sequence WHERE name = :table",
        f"SELECT max(id) FROM {kind.table}",  # noqa: S608 - a constant
    ):
        found = _rows(run, sql, table=kind.table)
        if found and found[0][0] is not None:
            return range(1, int(found[0][0]) + 1)
    return ()


def _sifted(
    run: Run, kind: Kind, ids: Sequence[int], veil: Veil | None
) -> Iterator[tuple[list[int], list[int]]]:
    """Which of them are whole, and which are lost, over and over; those that are not there are neither.

    What is read before a statement fails counts, since it was compared with its digest: a damaged page that
    is given out without a word is full of zeros. What fails first of all on a new connection is lost.
    """
    start = 0
    while start < len(ids):
        batch = ids[start : start + _TOGETHER]
        reading = _Reading(kind, batch)
        if _answer(run, reading, veil) is None:
            if reading.tried <= 1:
                start += 1
                yield [], [batch[0]]
                continue
            # The last one that was tried may be innocent, and is the first on the next connection.
            reading.take_back()
        start += reading.tried
        yield reading.whole, reading.lost


class _Reading:
    """Reads some things one after the other, and knows how far it came."""

    def __init__(self, kind: Kind, batch: Sequence[int]) -> None:
        self._kind = kind
        self._batch = batch
        self._begin()

    def _begin(self) -> None:
        self.tried = 0
        self.whole: list[int] = []
        self.lost: list[int] = []

    def __call__(self, connection: Connection) -> bool:
        self._begin()  # a read may be tried once more
        for row_id in self._batch:
            self.tried += 1
            try:
                self._kind.read(connection, row_id)
            except BookDamaged:
                self.lost.append(row_id)
            except LookupError:
                if self._kind.goes_with:
                    self.lost.append(row_id)
            else:
                self.whole.append(row_id)
        return True

    def take_back(self) -> None:
        """Forget the one that was tried last."""
        self.tried -= 1
        last = self._batch[self.tried]
        self.whole = [each for each in self.whole if each != last]
        self.lost = [each for each in self.lost if each != last]


def _bare(
    run: Run, kind: Kind, gone: Sequence[int], veil: Veil | None
) -> tuple[frozenset[int], frozenset[str]]:
    """Which of these are whole but for what belongs to them, and the tables of that which do not read."""
    silent = frozenset(table for table in LINKS_OF.get(kind.table, ()) if gone and not _reads(run, table))
    if not silent:
        return frozenset(), silent
    shown = veil or Veil()
    found = _sifted(run, kind, gone, Veil(shown.whole, shown.highest, silent))
    return frozenset(row_id for whole, _ in found for row_id in whole), silent


def _unproved(
    run: Run, kind: Kind, gone: Sequence[int], veil: Veil | None, silent: frozenset[str]
) -> frozenset[int]:
    """Which of these pages are whole but for lost tags and babies, which their digests are over.

    Only those that an order of the lost table names: any other that differs from its digest is damaged.
    """
    named: set[int] = set()
    for table, order in IN_DIGEST.items():
        if gone and table in silent:
            sql = f"SELECT DISTINCT entry FROM {table} INDEXED BY {order}"  # noqa: S608 - constants
            named |= {int(row[0]) for row in _rows(run, sql) or ()}
    chosen = frozenset(named.intersection(gone))
    if not chosen:
        return frozenset()
    shown = veil or Veil()
    over = Veil(shown.whole, shown.highest, silent, unproved=chosen)
    return frozenset(each for whole, _ in _sifted(run, kind, sorted(chosen), over) for each in whole)


def _named(run: Run, kind: Kind, row_id: int, *, links: bool) -> DamagedThing:
    title, day = "", ""
    for sql in kind.names:
        found = _rows(run, sql, id=row_id)
        if found:
            title, day = str(found[0][0]), _day(found[0][1])
            break
    return DamagedThing(kind.thing, row_id, title, day, LINKS if links else kind.lost)


def _day(value: object) -> str:
    """As EDTF, also where it was a key of the lists: 20260503."""
    try:
        if isinstance(value, int):
            return str(VagueDate(value // 10_000 or None, value // 100 % 100 or None, value % 100 or None))
        return str(VagueDate.parse(str(value)))
    except ValueError:
        return ""


def _reads(run: Run, table: str) -> bool:
    return _rows(run, f"SELECT * FROM {table}") is not None  # noqa: S608 - a constant


def _goes_on(run: Run, table: str, row_id: int) -> bool:
    """Whether what stands behind a lost row can be read: the row differs then, and its pages are whole."""
    return all(
        _rows(run, f"SELECT * FROM {name} WHERE {column} > :id", id=row_id) is not None  # noqa: S608
        for name, column in copied_with(table)
    )


def _rows(run: Run, sql: str, **values: object) -> list[Row] | None:
    return _answer(run, lambda connection: connection.execute(sql, values).fetchall())


def _answer(run: Run, work: Callable[[Connection], T], veil: Veil | None = None) -> T | None:
    try:
        return run(work, veil)
    except BookDamaged:
        return None
