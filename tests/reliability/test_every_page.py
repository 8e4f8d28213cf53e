"""One bit turned over in every page of a book: it is noticed, what it costs is named, the rest is read."""

import random
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest

from memorybook.domain.health import SMALL_PICTURE, WORDS, DamagedThing, Thing
from memorybook.errors import BookDamaged
from memorybook.storage import (
    babies,
    ceremonies,
    editions,
    entries,
    inspection,
    keepsakes,
    occasions,
    people,
    photo_files,
    photos,
    recordings,
    story,
    survey,
)
from memorybook.storage.connection import Connection, check_sentinel
from memorybook.storage.faults import DatabaseFault
from memorybook.storage.header import PAGE_BYTES
from memorybook.storage.worker import VaultWorker
from tests.reliability.every_page import PLACES, Made, make, turn_over
from tests.unit.storage.making import opened

LISTS: dict[Thing, Callable[[Connection], tuple[Any, ...]]] = {
    Thing.PERSON: people.people,
    Thing.BABY: babies.all_of_them,
    Thing.CEREMONY: ceremonies.all_of_them,
    Thing.DAY: occasions.all_of_them,
    Thing.EDITION: editions.all_of_them,
    Thing.PHOTO: photos.all_of_them,
    Thing.RECORDING: recordings.all_of_them,
    Thing.KEEPSAKE: keepsakes.all_of_them,
}

MOST_CLOSED = 10
"""The first page, those with the tables' definitions, and the one with the row that every read ends with."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(tmp_path_factory.mktemp("pages") / "book")


@pytest.fixture(scope="module")
def whole(made: Made) -> bytes:
    return made.book.path.read_bytes()


def test_one_bit_in_any_place_of_any_page_is_noticed(made: Made, whole: bytes) -> None:
    chosen = random.Random(1)  # noqa: S311
    pages = len(whole) // PAGE_BYTES
    assert pages >= 300
    made.book.path.write_bytes(whole)
    assert _bad(made) == ()
    for page in range(1, pages + 1):
        for place in PLACES:
            damaged = turn_over(whole, page, place, chosen)
            _write_page(made, damaged, page)
            assert _bad(made) == (page,), (page, place)
        _write_page(made, whole, page)


@pytest.mark.parametrize("part", range(4))
def test_what_a_damaged_page_costs_is_named_and_the_rest_is_read(
    made: Made, whole: bytes, part: int
) -> None:
    chosen = random.Random(2)  # noqa: S311
    pages = len(whole) // PAGE_BYTES
    closed = hurt = 0
    for page in range(1 + part, pages + 1, 4):
        made.book.path.write_bytes(turn_over(whole, page, [*PLACES][page % len(PLACES)], chosen))
        worker = VaultWorker(made.book, lambda _: None)
        try:
            worker.read(lambda _: None).result()
        except BookDamaged:
            closed += 1
        else:
            hurt += bool(_read(worker, made))
        worker.close()
    assert closed <= MOST_CLOSED
    assert hurt > 10


def _read(worker: VaultWorker, made: Made) -> int:
    """Read all there is; how many things were lost."""
    pages = worker.browse(lambda connection: story.page(connection, None, 1000)).result().rows
    found = {thing: worker.browse(read).result() for thing, read in LISTS.items()}
    ids = {thing: {int(each.id) for each in things} for thing, things in found.items()}
    ids[Thing.PAGE] = {int(row.id) for row in pages}
    for thing, listed in ids.items():
        assert listed <= made.ids[thing]
        assert listed | _lost(worker.browsing.things, thing, WORDS) == made.ids[thing], thing
    with suppress(BookDamaged):  # at once where nothing of them is damaged, and one by one otherwise
        texts = worker.read(lambda c: [entries.get(c, each).draft.body for each in made.entries]).result()
        assert texts == [draft.body for draft in made.entries.values()]
        return len(_lost_pictures(worker, made))
    for entry_id, draft in made.entries.items():
        try:
            kept = worker.browse(partial(entries.get, entry_id=entry_id)).result()
        except BookDamaged:
            assert int(entry_id) in _lost(worker.browsing.things, Thing.PAGE, WORDS)
        else:
            assert (kept.draft.body, kept.draft.title) == (draft.body, draft.title)
    return len(_lost_pictures(worker, made))


def _lost_pictures(worker: VaultWorker, made: Made) -> tuple[DamagedThing, ...]:
    """Read the small pictures; everything that is known to be lost then."""
    failed = set()
    for photo_id, thumbnail in made.thumbnails.items():
        try:
            assert worker.read(partial(photo_files.thumbnail, photo_id=photo_id)).result() == thumbnail
        except BookDamaged:
            failed.add(int(photo_id))
    known = worker.browsing.things
    if failed:
        known = survey.look(lambda work, veil: worker.read(work, veil).result()).things
        lost = _lost(known, Thing.PHOTO, SMALL_PICTURE) | _lost(known, Thing.PHOTO, WORDS)
        assert failed <= lost
    return known


def _lost(things: Iterable[DamagedThing], thing: Thing, lost: str) -> set[int]:
    return {each.id for each in things if (each.thing, each.lost) == (thing, lost)}


def test_without_the_checks_some_of_it_is_given_out_as_if_it_were_whole(made: Made, whole: bytes) -> None:
    """The control: plain reads of the same damaged books, in which texts end in zeros and nothing fails."""
    chosen = random.Random(3)  # noqa: S311
    silent = 0
    for page in range(60, len(whole) // PAGE_BYTES + 1):
        made.book.path.write_bytes(turn_over(whole, page, "content", chosen))
        connection = opened(made.book)
        with suppress(*DatabaseFault):
            if _reads_wrong(connection, made):
                silent += 1
                assert _is_caught(connection)
        connection.close()
    made.book.path.write_bytes(whole)
    assert silent > 5


def _reads_wrong(connection: Connection, made: Made) -> bool:
    for entry_id, draft in made.entries.items():
        values = {"id": entry_id}
        row = connection.execute("SELECT body FROM entry_text WHERE entry = :id", values).fetchone()
        if row is not None and row["body"] != draft.body:
            return True
    return False


def _write_page(made: Made, content: bytes, page: int) -> None:
    start = (page - 1) * PAGE_BYTES
    with made.book.path.open("r+b") as file:
        file.seek(start)
        file.write(content[start : start + PAGE_BYTES])


def _is_caught(connection: Connection) -> bool:
    try:
        check_sentinel(connection)
    except DatabaseFault:
        return True
    return False


def _bad(made: Made) -> tuple[int, ...]:
    book = made.book
    return inspection.bad_pages(book.path, book.key, book.salt, lambda _: None, lambda: False)


def test_a_book_that_was_cut_short_lacks_the_pages_behind(made: Made, whole: bytes) -> None:
    made.book.path.write_bytes(whole[: PAGE_BYTES * 100 + 7])
    assert _bad(made) == (101,)
    made.book.path.write_bytes(whole)
