"""A look at everything a book consists of: the pages of its file, its tables, its things, its media files."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from memorybook.domain.backup import BookCounts, Step, Told
from memorybook.domain.health import FILES, PAGES, DamagedThing
from memorybook.errors import BookDamaged, CheckStopped
from memorybook.storage import header, media_names, schema, survey, unfinished
from memorybook.storage.connection import Connection
from memorybook.storage.counts import counts
from memorybook.storage.media import ENDING, MediaStore
from memorybook.storage.media_health import first_lost
from memorybook.storage.media_names import KeptMedia
from memorybook.storage.migrate import version_of
from memorybook.storage.survey import Run, Survey
from memorybook.storage.veil import Veil

Stopped = Callable[[], bool]

_PAGES_AT_ONCE = 64  # half a millisecond


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a look at a book found. ``strays`` are files that nothing names; they stay where they are."""

    survey: Survey = field(default_factory=Survey)
    things: tuple[DamagedThing, ...] = ()
    bad_pages: tuple[int, ...] = ()
    counts: BookCounts | None = None
    unknown_schema: bool = False
    strays: int = 0


def bad_pages(database: Path, key: bytes, salt: bytes, told: Told, stopped: Stopped) -> tuple[int, ...]:
    """The numbers of the pages that are not as they were written. The file has to be closed.

    Half a page at the end counts as one. Raises CheckStopped within a millisecond, and ``OSError``.
    """
    total = -(-database.stat().st_size // header.PAGE_BYTES)
    found = []
    for number, whole in enumerate(header.whole_pages(database, key, salt), 1):
        if not whole:
            found.append(number)
        if number % _PAGES_AT_ONCE == 0 or number == total:
            if stopped():
                raise CheckStopped
            told(Step(PAGES, number, total))
    return tuple(found)


def inspect(
    run: Run,
    bad: tuple[int, ...],
    pages: int,
    media: MediaStore | None,
    folder: Path,
    *,
    deep: bool,
    told: Told,
    stopped: Stopped,
) -> Inspection:
    """Look at all of a book but its pages and its key files; ``bad`` is what was found among its ``pages``.

    Without ``media`` their files are not looked at; with ``deep`` they are read to their ends. Blocks for as
    long as that takes. Raises CheckStopped, and as ``run`` but for BookDamaged.
    """
    unknown, missing = _tables(run, pages)
    found = survey.look(run, told, stopped)
    veil = found.veil if found.things else None
    things = list(found.things)
    strays = 0
    if media is not None:
        present = _files_in(folder)
        kept = _media(run, veil)
        for done, each in enumerate(kept, 1):
            if stopped():
                raise CheckStopped
            lost = first_lost(media, each, deep=deep, stopped=stopped)
            if lost is not None and each in _media(run, veil):  # it may have been deleted meanwhile
                things.append(lost)
            told(Step(FILES, done, len(kept)))
        strays = 0 if found.things else _strays(run, present)
    if stopped():
        raise CheckStopped
    try:
        how_much = run(counts, veil)
    except BookDamaged:
        how_much = None
    return Inspection(found, tuple(things), (*bad, *missing), how_much, unknown, strays)


def _tables(run: Run, pages: int) -> tuple[bool, tuple[int, ...]]:
    """Whether they are others than ours; and which pages are not there that are said to be."""

    def work(connection: Connection) -> tuple[bool, tuple[int, ...]]:
        row = connection.execute("PRAGMA page_count").fetchone()
        missing = range(pages + 1, (0 if row is None else int(row[0])) + 1)
        return schema.of(connection) != schema.expected(version_of(connection)), tuple(missing)

    try:
        return run(work, None)
    except BookDamaged:
        return False, ()


def _media(run: Run, veil: Veil | None) -> tuple[KeptMedia, ...]:
    """Nothing of a book that cannot be opened."""
    try:
        return run(media_names.kept, veil)
    except BookDamaged:
        return ()


def _files_in(folder: Path) -> frozenset[str]:
    try:
        return frozenset(path.stem for path in folder.iterdir() if path.name.endswith(ENDING))
    except OSError:
        return frozenset()


def _strays(run: Run, present: frozenset[str]) -> int:
    """Files that no row names and that are not about to be written or destroyed.

    They may belong to a younger copy of this book, so that they are counted and left alone.
    """

    def work(connection: Connection) -> int:
        known = {name for each in media_names.named(connection) for name in each.names}
        return len(present - known - set(unfinished.left(connection)))

    try:
        return run(work, None)
    except BookDamaged:
        return 0
