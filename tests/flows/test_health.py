"""Whether everything is whole, in a real window: looked through, named when it is not, and brought back."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListView

from memorybook.domain.entry import EntryDraft
from memorybook.services.vault import Vault
from memorybook.storage import replicas
from memorybook.storage.book import BookFile
from memorybook.storage.connection import transaction
from memorybook.ui.shell.wholeness import DamageLine
from tests.corpus import pictures
from tests.flows.driver import Driver, running

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(180)]

PASSPHRASE = "quiet lantern over water"
FIRST, SECOND = "The first page", "The second page"


def untold(_: object) -> None:
    """Of no interest here."""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "book"


@pytest.fixture
def driver(book: Path) -> Iterator[Driver]:
    with running() as driver:
        driver.show()
        vault = driver.application.library.create(book, PASSPHRASE)
        try:
            fill(vault, book.parent)
        finally:
            vault.close()
        yield driver


def fill(vault: Vault, place: Path) -> None:
    """Two pages, a photo, and a whole copy of all that on a stick."""
    for title in (FIRST, SECOND):
        vault.journal.keep(None, EntryDraft(title=title, body=f"{title}. " * 20)).result()
    picture = place / "picture.jpg"
    picture.write_bytes(pictures.jpeg(pictures.motif()))
    vault.album.bring([picture], told=untold).done.result()
    (place / "stick").mkdir()
    at = vault.backups.add_place(place / "stick").result()
    vault.backups.copy(at.id, untold, threading.Event()).result()


def open_book(driver: Driver, book: Path) -> None:
    driver.application.window.locking.choose_book(book)
    driver.wait(lambda: driver.find("passphrase").isEnabled())
    driver.type_into("passphrase", PASSPHRASE)
    driver.press("open-book")
    driver.find("entry-text")


def settings(driver: Driver, book: Path) -> None:
    open_book(driver, book)
    driver.press("place-settings")
    driver.find("health-check")


def damage_original(book: Path) -> None:
    """One bit in the body of the photo."""
    file = max((book / "media").iterdir(), key=lambda file: file.stat().st_size)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def damage_page(book: Path) -> None:
    """The words of the first page, behind the app's back."""
    way = replicas.unlock(book, PASSPHRASE)[0]
    connection = BookFile(book, way.seed.database_key(), way.key_file.db_salt).connect()
    try:
        with transaction(connection):
            connection.execute("UPDATE entry SET day = 'never' WHERE id = 1")
    finally:
        connection.close()


def test_a_whole_book_says_so_with_what_is_in_it(driver: Driver, book: Path) -> None:
    settings(driver, book)
    driver.wait(lambda: driver.find("health-last", QLabel).text() == "It has not been looked through yet.")
    driver.press("health-deep")
    driver.press("health-check")
    driver.wait(lambda: driver.sees("Everything is whole. 2 pages, 1 photo."))
    driver.wait(lambda: driver.find("health-last", QLabel).text().startswith("Last looked through today"))


def test_a_damaged_photo_is_named_and_comes_back_from_a_copy(driver: Driver, book: Path) -> None:
    damage_original(book)
    settings(driver, book)
    driver.press("health-deep")
    driver.press("health-check")
    driver.wait(lambda: driver.sees("Everything else is whole."))
    driver.wait(lambda: driver.sees("The original of a photo"))
    assert driver.sees("There is a good copy, made today at")
    driver.press("health-bring-back")
    driver.wait(lambda: driver.sees("1 thing is back as it was kept."))
    driver.press("health-check")
    driver.wait(lambda: driver.sees("Everything is whole. 2 pages, 1 photo."))


def test_a_damaged_small_picture_is_made_again_and_it_is_said(driver: Driver, book: Path) -> None:
    file = min((book / "media").iterdir(), key=lambda file: file.stat().st_size)
    file.unlink()
    settings(driver, book)
    driver.press("health-check")
    driver.wait(lambda: driver.sees("Small pictures that were damaged were made again"))
    driver.wait(lambda: driver.sees("Everything is whole. 2 pages, 1 photo."))


def test_what_was_put_right_on_opening_is_told_in_one_line(driver: Driver, book: Path) -> None:
    with (book / "book.db").open("r+b") as file:
        file.seek(200)
        file.write(b"no longer what it was")
    open_book(driver, book)
    driver.wait(lambda: driver.sees("The beginning of the book’s file was damaged. It was put back"))
    driver.press("place-settings")
    driver.wait(lambda: "The beginning of the book" in driver.find("health-known", QLabel).text())
    assert driver.all(DamageLine) == []  # all of it is said here
    driver.press("place-write")
    driver.wait(lambda: driver.sees("The beginning of the book"))
    driver.press("damage-line-away")
    driver.wait(lambda: not driver.sees("The beginning of the book"))


def test_a_damaged_page_is_left_out_and_it_is_said(driver: Driver, book: Path) -> None:
    damage_page(book)
    open_book(driver, book)
    driver.press("place-story")
    driver.wait(lambda: driver.sees("1 thing in this book cannot be read"))
    driver.wait(lambda: driver.find("story-list", QListView).model().rowCount() >= 1)
    driver.press("damage-line-action")
    driver.wait(lambda: driver.focused().objectName() == "health-check")
    driver.press("health-check")
    driver.wait(lambda: driver.sees("There is a good copy, made today at"))
    assert not driver.sees("Everything is whole")
    driver.find("health-bring-back").setFocus()
    driver.key("Space")
    driver.wait(lambda: driver.sees("1 thing is back as it was kept."))
    driver.wait(lambda: driver.focused().objectName() == "health-check")  # not in the card below
    rows = driver.book.vault.journal.page(limit=10).result().rows
    assert {row.title for row in rows} == {FIRST, SECOND}


def test_what_was_found_unasked_leads_to_what_can_be_done(driver: Driver, book: Path) -> None:
    damage_original(book)
    open_book(driver, book)
    found = driver.book.vault.health.check(untold, threading.Event(), deep=True).result()
    line = driver.window.findChild(DamageLine)
    assert line is not None
    line.tell_found(found)
    driver.press("damage-line-action")
    driver.wait(lambda: driver.sees("There is a good copy, made today at"))
    driver.press("health-bring-back")
    driver.wait(lambda: driver.sees("1 thing is back as it was kept."))


def test_tab_comes_to_every_part_of_the_card(driver: Driver, book: Path) -> None:
    settings(driver, book)
    driver.find("archive-locked").setFocus()
    for name in ("health-deep", "health-check", "health-earlier"):
        driver.key("Tab")
        driver.wait(lambda name=name: driver.focused().objectName() == name)
    button = driver.focused()
    drawn = button.grab().toImage()
    driver.window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, on=False)
    assert button.grab().toImage() == drawn, "the ring of the look alone, and no frame of the style's own"
