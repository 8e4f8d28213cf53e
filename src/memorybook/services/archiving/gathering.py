"""Reading all that a book knows out of it, as it is at one moment."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from memorybook.domain.backup import BookCounts
from memorybook.domain.health import DamagedThing
from memorybook.domain.ids import MediaId
from memorybook.errors import ArchiveStopped, BookDamaged
from memorybook.storage import archive_rows, origin
from memorybook.storage.archive_kinds import KINDS, PHOTOS, PREFERENCES, RECORDINGS, Kind
from memorybook.storage.archive_rows import Item, Key
from memorybook.storage.connection import Connection
from memorybook.storage.counts import counts
from memorybook.storage.worker import VaultWorker

NOT_OF_THE_BOOK = (
    "way.",
    "sheet.",
    "backup",
    "copies",
    "copy",
    "health",
    "room",
    "pictures given up",
    "recordings given up",
)
"""How the keys of preferences begin that say how this one book is opened and copied, not what is in it."""

_PIECE = 40
"""So many things are read before others have their turn: a few milliseconds, or some tens."""

_TRIES = 3

Media = dict[int, tuple[MediaId, MediaId | None]]


@dataclass(slots=True)
class Gathered:
    """All the words of a book, in memory; what was not as it was kept is among ``damaged`` alone."""

    counts: BookCounts
    begun: str = ""
    numbers: dict[str, int] = field(default_factory=dict)
    items: dict[str, list[Item]] = field(default_factory=dict, repr=False)
    damaged: list[DamagedThing] = field(default_factory=list)
    photos: Media = field(default_factory=dict)
    recordings: Media = field(default_factory=dict)

    def of(self, kind: Kind) -> list[Item]:
        """Those of one kind."""
        return self.items.get(kind.name, [])


def gather(worker: VaultWorker, stop: threading.Event) -> Gathered:
    """Everything as it is at one moment. Blocks; not for the vault's own thread.

    It is read a little at a time, so that whoever writes meanwhile need not wait; once more when something
    was written in between; and in one go when that goes on. Where a page of the file is damaged, what it
    holds is told apart from the rest one by one, and named.
    Raises ArchiveStopped, BookClosed, and BookDamaged when not even a list of what there is can be read.
    """
    for _ in range(_TRIES):
        written = _written(worker)
        with suppress(LookupError):  # something went between the list of what there is and its turn
            found = _in_pieces(worker, stop)
            if _written(worker) == written:
                return found
    found_at_once = worker.read(lambda connection: _at_once(connection, stop)).result()
    if found_at_once is None:
        raise ArchiveStopped
    return found_at_once


def _written(worker: VaultWorker) -> int:
    return worker.read(lambda _: worker.written).result()


def _in_pieces(worker: VaultWorker, stop: threading.Event) -> Gathered:
    found = worker.read(_begun).result()
    for kind in KINDS:
        found.items[kind.name] = []
        keys = worker.read(_keys_of(kind)).result()
        for start in range(0, len(keys), _PIECE):
            if stop.is_set():
                raise ArchiveStopped
            some = keys[start : start + _PIECE]
            try:
                _sort(found, kind, worker.read(_several(kind, some)).result())
            except BookDamaged:  # a page of the file: it takes with it whatever is read together with it
                for key in some:
                    _sort(found, kind, [_alone(worker, kind, key)])
    return found


def _at_once(connection: Connection, stop: threading.Event) -> Gathered | None:
    found = _begun(connection)
    for kind in KINDS:
        found.items[kind.name] = []
        for key in _keys(connection, kind):
            if stop.is_set():
                return None
            _sort(found, kind, [_read(connection, kind, key)])
    return found


def _sort(found: Gathered, kind: Kind, read: Iterable[Item | DamagedThing]) -> None:
    for each in read:
        if isinstance(each, DamagedThing):
            found.damaged.append(each)
        else:
            found.items[kind.name].append(each)


def _read(connection: Connection, kind: Kind, key: Key) -> Item | DamagedThing:
    try:
        return archive_rows.item(connection, kind, key)
    except BookDamaged:
        return archive_rows.damaged(connection, kind, key)


def _keys_of(kind: Kind) -> Callable[[Connection], tuple[Key, ...]]:
    return lambda connection: _keys(connection, kind)


def _several(kind: Kind, keys: tuple[Key, ...]) -> Callable[[Connection], list[Item | DamagedThing]]:
    return lambda connection: [_read(connection, kind, key) for key in keys]


def _alone(worker: VaultWorker, kind: Kind, key: Key) -> Item | DamagedThing:
    try:
        return worker.read(lambda connection: archive_rows.item(connection, kind, key)).result()
    except BookDamaged:
        return _known(worker, kind, key)


def _known(worker: VaultWorker, kind: Kind, key: Key) -> DamagedThing:
    try:
        return worker.read(lambda connection: archive_rows.damaged(connection, kind, key)).result()
    except BookDamaged:
        return archive_rows.nameless(kind, key)


def _begun(connection: Connection) -> Gathered:
    known = origin.get(connection)
    return Gathered(
        counts(connection),
        "" if known is None else known.created,
        archive_rows.numbers(connection),
        photos=archive_rows.media(connection, PHOTOS),
        recordings=archive_rows.media(connection, RECORDINGS),
    )


def _keys(connection: Connection, kind: Kind) -> tuple[Key, ...]:
    return tuple(_of_the_book(kind, archive_rows.keys(connection, kind)))


def _of_the_book(kind: Kind, keys: tuple[Key, ...]) -> Iterator[Key]:
    for key in keys:
        if kind is not PREFERENCES or not str(key).startswith(NOT_OF_THE_BOOK):
            yield key
