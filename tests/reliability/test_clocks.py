"""The computer's clock is wrong, jumps, or is in another country: nothing is lost, and the order stays."""

import datetime
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from memorybook.domain.entry import Entry, EntryDraft
from memorybook.domain.ids import PlaceId
from memorybook.services.vault import Library, Vault
from memorybook.storage import retention
from memorybook.storage.backup_format import sequence_of
from memorybook.system.decoder import Decoder
from memorybook.ui.lock.view import LockScreen
from tests.books import FAST, PASSPHRASE
from tests.clocks import BEGIN, WrongClock, journey
from tests.flows.driver import running

pytestmark = pytest.mark.slow

COPIES = 12


@pytest.fixture
def clock() -> WrongClock:
    return WrongClock()


@pytest.fixture(name="wrong_library")
def _wrong_library(decoder: Decoder, clock: WrongClock) -> Library:
    return Library(decoder=decoder, clock=clock, kdf=FAST)


@pytest.fixture
def book(wrong_library: Library, tmp_path: Path) -> Iterator[Vault]:
    vault = wrong_library.create(tmp_path / "Memory Book", PASSPHRASE)
    yield vault
    vault.close()


def kept(book: Vault, body: str, entry: Entry | None = None) -> Entry:
    made = book.journal.keep(None if entry is None else entry.id, EntryDraft(body=body)).result()
    assert made is not None
    return made


def test_pages_stay_in_the_order_they_were_written_in_and_when_they_were_is_not_rewritten(
    wrong_library: Library, book: Vault, clock: WrongClock
) -> None:
    pages = [kept(book, "The first page.")]
    for number, moment in enumerate(journey()):
        clock.set(moment)
        pages.append(kept(book, f"Page {number}."))
        for page in pages[:2]:  # both were written under another clock
            after = kept(book, f"Changed {number}.", page)
            assert after.created_at == page.created_at
            versions = [row.id for row in book.journal.versions(page.id).result()]
            assert versions == sorted(versions, reverse=True)
    assert [page.id for page in pages] == sorted(page.id for page in pages)
    assert pages[0].created_at == "2026-10-03T20:00:00Z"
    book.close()
    again = wrong_library.open(book.folder, PASSPHRASE)
    found = {row.id: again.journal.entry(row.id).result() for row in again.journal.page(None).result().rows}
    assert {each.id: each.created_at for each in pages} == {
        each.id: each.created_at for each in found.values()
    }
    again.close()


def test_a_wrong_clock_leaves_the_last_words_of_a_page_among_its_versions(
    book: Vault, clock: WrongClock
) -> None:
    page = kept(book, "What was written in the evening, all of it. " * 20)
    clock.set(BEGIN.replace(year=2036))
    for body in ("", "x", "y"):
        page = kept(book, body or "-", page)
    rows = book.journal.versions(page.id).result()
    bodies = [book.journal.version(row.id).result().draft.body for row in rows]
    assert any("in the evening" in body for body in bodies)


def copies(place: Path) -> list[int]:
    return sorted(sequence_of(path.name) or 0 for path in place.glob("Memory Book */snapshots/*"))


def test_a_clock_that_jumps_takes_no_copy_away(book: Vault, clock: WrongClock, tmp_path: Path) -> None:
    """What stays is decided by number alone; ten years forward and back between one copy and the next."""
    (tmp_path / "copies").mkdir()
    place: PlaceId = book.backups.add_place(tmp_path / "copies").result().id
    moments = (BEGIN, *journey())
    stops = threading.Event()
    for number in range(1, COPIES + 1):
        clock.set(moments[number % len(moments)])
        kept(book, f"Before copy {number}.")
        snapshot = book.backups.copy(place, lambda _: None, stops).result()
        assert snapshot.sequence == number
        expected = [each for each in range(1, number + 1) if retention.stays(each, number)]
        assert copies(tmp_path / "copies") == expected
    assert [each.sequence for each in book.backups.snapshots(place).result()] == expected[::-1]


def test_being_due_is_answered_under_every_clock(book: Vault, clock: WrongClock) -> None:
    """What was noted under a clock that is ahead does not keep a book from being looked through for years."""
    for moment in (BEGIN.replace(year=2036), BEGIN, *journey()):
        clock.set(moment)
        book.health.check(lambda _: None, threading.Event()).result()
        assert not book.health.is_due().result()
        clock.set(moment - datetime.timedelta(hours=1))
        assert book.health.is_due().result(), "a look that is still to come was under another clock"
        book.backups.reminder().result()
        book.backups.due().result()


@pytest.mark.desktop
def test_the_book_closes_when_time_has_passed_and_not_when_the_clock_says_so(
    library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "Memory Book"
    library.create(folder, PASSPHRASE).close()
    clock = WrongClock()
    with running(clock=clock) as driver:
        driver.show(folder)
        driver.type_into("passphrase", PASSPHRASE)
        driver.press("open-book")
        driver.find("entry-text")
        for number, moment in enumerate(journey()):
            clock.set(moment)
            driver.type_into_focused(f"word {number} ")
        line = driver.find("kept-state", QLabel)
        driver.wait(lambda: line.text().startswith("Kept at"))
        assert driver.book.vault.journal.page(None).result().rows[0].excerpt.startswith("word 0 word 1 ")
        clock.slept += driver.settings.idle_minutes * 60
        driver.wait(lambda: driver.all(LockScreen))
        driver.wait(lambda: driver.find("open-book").isEnabled())
