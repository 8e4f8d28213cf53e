"""Bringing a book back in a real window: from copies, from an archive, from what is left of a damaged one."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QRadioButton

from memorybook.domain.archive import ArchiveForm
from memorybook.domain.entry import EntryDraft
from memorybook.domain.restoring import Copy, CopyKind
from memorybook.services import restoring
from memorybook.services.recovery import RecoverySheet
from memorybook.services.vault import Vault
from memorybook.ui.lock.view import LockScreen
from memorybook.ui.restore.looking import Found
from memorybook.ui.restore.view import RestorePage
from tests.corpus import pictures
from tests.flows.driver import Driver, running
from tests.flows.fitting import misfits

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(180)]

PASSPHRASE = "quiet lantern over water"
FIRST, LATER = "The first page", "A later page"


@pytest.fixture
def driver() -> Iterator[Driver]:
    with running() as driver:
        driver.show()
        yield driver


def untold(_: object) -> None:
    """Of no interest here."""


def write(vault: Vault, title: str) -> None:
    vault.journal.keep(None, EntryDraft(title=title, body=f"{title}. " * 20)).result()


def make_book(driver: Driver, folder: Path, *, pages: tuple[str, ...] = (FIRST,)) -> RecoverySheet:
    """A closed book with these pages and one photo in it; the sheet that opens it."""
    vault = driver.application.library.create(folder, PASSPHRASE)
    try:
        for title in pages:
            write(vault, title)
        picture = folder.parent / "picture.jpg"
        picture.write_bytes(pictures.jpeg(pictures.motif()))
        vault.album.bring([picture], told=untold).done.result()
        return vault.ways.sheet().result()
    finally:
        vault.close()


def titles(driver: Driver) -> set[str]:
    return {row.title for row in driver.book.vault.journal.page(limit=10).result().rows}


def open_with(driver: Driver, passphrase: str = PASSPHRASE) -> None:
    driver.wait(lambda: driver.find("passphrase").isEnabled())
    driver.type_into("passphrase", passphrase)
    driver.press("open-book")


def bring_from(driver: Driver, link: str, source: Path) -> None:
    """From the closed book to the folder or file that was chosen."""
    driver.press(link)
    driver.press("restore-file" if source.is_file() else "restore-folder")
    driver.choose_files(source)


def check(driver: Driver) -> None:
    """Give the passphrase of a copy and wait until everything in it is looked at."""
    driver.type_into("restore-passphrase", PASSPHRASE)
    driver.press("restore-go-on")
    driver.find("restore-take")


def content(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def damage(folder: Path) -> None:
    """So much of the database that it does not open, and so little that most of it can be read."""
    file = folder / "book.db"
    size = file.stat().st_size
    with file.open("r+b") as database:
        for place in (100, 4096 + 100, 2 * 4096 + 100):
            assert place < size
            database.seek(place)
            database.write(bytes(64))
    (folder / "book.page1").unlink(missing_ok=True)


def test_a_book_comes_back_on_a_new_computer_by_keyboard_alone(driver: Driver, tmp_path: Path) -> None:
    make_book(driver, tmp_path / "away" / "book")
    shutil.move(tmp_path / "away" / "book", tmp_path / "stick")
    before = content(tmp_path / "stick")

    driver.find("begin-from-copy").setFocus()
    driver.key("Space")
    driver.wait(lambda: driver.focused().objectName() == "restore-folder")
    driver.key("Space")
    driver.choose_files(tmp_path / "stick")
    driver.wait(lambda: driver.focused().objectName() == "restore-passphrase")
    driver.all(RestorePage)[0].presenter.choose_place(tmp_path / "here")
    driver.wait(lambda: str(tmp_path / "here") in driver.find("restore-place", QLabel).accessibleName())
    driver.type_into_focused("a wrong one")
    driver.key("Return")
    driver.wait(lambda: driver.sees("The passphrase did not match"))
    driver.wait(lambda: driver.focused().objectName() == "restore-passphrase" and not driver.all(QDialog))
    driver.type_into_focused(PASSPHRASE)
    driver.key("Return")
    driver.wait(lambda: driver.focused().objectName() == "restore-take")
    assert "1 page, 1 photo" in driver.find("restore-amount", QLabel).text()
    assert "written or added" in driver.find("restore-newest", QLabel).text()
    assert not (tmp_path / "here").exists(), "nothing is in its place before that was agreed to"
    driver.key("Space")
    driver.wait(lambda: driver.focused().objectName() == "restore-open")
    assert not driver.all(QLabel) or not driver.sees("is kept beside it")
    driver.key("Space")
    open_with(driver)
    driver.find("entry-text")
    assert titles(driver) == {FIRST}
    assert driver.book.vault.folder == tmp_path / "here"
    assert content(tmp_path / "stick") == before


def test_the_words_open_a_copy_and_a_mistyped_one_is_pointed_at(driver: Driver, tmp_path: Path) -> None:
    sheet = make_book(driver, tmp_path / "book")
    shutil.copytree(tmp_path / "book", tmp_path / "copy")
    bring_from(driver, "begin-from-copy", tmp_path / "copy")
    driver.press("restore-use-other")
    driver.press("restore-go-on")
    driver.wait(lambda: driver.sees("Word 1 is still empty"))
    for position, word in enumerate(sheet.words, start=1):
        driver.type_into(f"restore-word-{position}", "zzz" if position == 3 else word)
    driver.press("restore-go-on")
    driver.wait(lambda: driver.sees("Please look at word 3 again"))
    driver.type_into("restore-word-3", sheet.words[2], replace=True)
    driver.press("restore-go-on")
    driver.find("restore-take")
    driver.press("restore-leave")
    driver.find("restore-folder")
    driver.press("restore-back")
    driver.wait(lambda: driver.all(LockScreen))
    assert not list(tmp_path.glob(".*")), "what was looked at and not wanted is taken away"


def test_a_damaged_book_gives_way_to_a_copy_and_is_kept(driver: Driver, tmp_path: Path) -> None:
    book = tmp_path / "book"
    make_book(driver, book)
    shutil.copytree(book, tmp_path / "copy")
    damage(book)
    driver.application.window.locking.choose_book(book)
    open_with(driver)
    driver.press("welcome-notice-action")
    driver.wait(lambda: driver.sees("This book is damaged"))
    driver.press("restore-folder")
    driver.choose_files(tmp_path / "copy")
    check(driver)
    assert "takes the place of the book" in driver.find("restore-follows", QLabel).text()
    damaged = content(book)
    driver.press("restore-take")
    driver.find("restore-open")
    (kept,) = tmp_path.glob("book before *")
    assert f"“{kept.name}”" in driver.find("restore-kept", QLabel).text()
    assert content(kept).items() >= damaged.items()
    driver.press("restore-open")
    open_with(driver)
    driver.find("entry-text")
    assert titles(driver) == {FIRST}
    assert driver.book.vault.folder == book


def test_what_can_be_read_of_a_damaged_book_is_gathered(driver: Driver, tmp_path: Path) -> None:
    book = tmp_path / "book"
    make_book(driver, book, pages=(FIRST, LATER))
    damage(book)
    before = content(book)
    driver.application.window.locking.choose_book(book)
    open_with(driver)
    driver.press("welcome-notice-action")
    driver.press("restore-rescue")
    driver.type_into("restore-passphrase", PASSPHRASE)
    driver.press("restore-go-on")
    driver.wait(lambda: driver.sees("is in a new book") or driver.sees("could be gathered"))
    assert "2 pages, 1 photo" in driver.find("restore-amount", QLabel).text()
    assert content(book) == before
    driver.press("restore-take")
    open_with(driver)
    driver.find("entry-text")
    assert driver.book.vault.folder != book
    assert titles(driver) == {FIRST, LATER}


def test_stopping_leaves_nothing_and_asks_again(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_book(driver, tmp_path / "book")
    shutil.copytree(tmp_path / "book", tmp_path / "copy")
    driver.application.window.locking.choose_book(tmp_path / "book")
    before = content(tmp_path / "book")
    take = restoring.Restoring.take

    def once_stopped(self: Any, *given: Any) -> Any:
        stop: threading.Event = given[-1]
        assert stop.wait(30)
        return take(self, *given)

    monkeypatch.setattr(restoring.Restoring, "take", once_stopped)
    bring_from(driver, "use-copy", tmp_path / "copy")
    driver.type_into("restore-passphrase", PASSPHRASE)
    driver.press("restore-go-on")
    driver.press("restoring-stop")
    driver.wait(lambda: driver.sees("Bringing the book back was stopped"))
    assert driver.find("restore-go-on").isEnabled()
    assert content(tmp_path / "book") == before
    assert not list(tmp_path.glob(".*"))


def test_several_copies_are_listed_and_an_earlier_one_can_be_had(driver: Driver, tmp_path: Path) -> None:
    make_book(driver, tmp_path / "book")
    vault = driver.application.library.open(tmp_path / "book", PASSPHRASE)
    try:
        (tmp_path / "stick").mkdir()
        place = vault.backups.add_place(tmp_path / "stick").result()
        for title in (LATER, "The newest page"):
            vault.backups.copy(place.id, untold, threading.Event()).result()
            write(vault, title)
    finally:
        vault.close()
    shutil.move(tmp_path / "book", tmp_path / "lost")
    driver.application.window.locking.choose_book(tmp_path / "book")
    driver.wait(lambda: driver.sees("The book is not here"))
    bring_from(driver, "from-copy", tmp_path / "stick")
    driver.wait(lambda: len(driver.all(QRadioButton)) == 2)
    driver.press("copy-1")
    driver.press("copies-go-on")
    check(driver)
    driver.press("restore-take")
    driver.press("restore-open")
    open_with(driver)
    driver.find("entry-text")
    assert titles(driver) == {FIRST}
    assert driver.book.vault.folder == tmp_path / "book"


def test_arrows_in_a_long_list_of_copies_keep_the_one_they_come_to_in_sight(
    driver: Driver, tmp_path: Path
) -> None:
    name = "afolderwithanamethatnobodycanbreakanywhere" * 4
    copies = tuple(
        Copy(CopyKind.FILE, tmp_path / f"{name}-{number}.mbbackup", "", number, "", 1, looks_complete=True)
        for number in range(25)
    )
    driver.press("begin-from-copy")
    driver.all(RestorePage)[0].show_copies(Found(tmp_path / name, copies))
    driver.wait(lambda: driver.focused().objectName() == "copy-0")
    for number in range(1, 21):
        driver.key("Down")
        driver.wait(lambda number=number: driver.focused().objectName() == f"copy-{number}")
    radio = driver.focused()
    driver.wait(lambda: radio.visibleRegion().boundingRect() == radio.rect())
    assert misfits(driver.windows()) == []


def test_tab_goes_from_what_was_found_to_every_other_way(driver: Driver, tmp_path: Path) -> None:
    copies = (Copy(CopyKind.FILE, tmp_path / "a.mbbackup", "", 1, "", 1, looks_complete=True),) * 2
    driver.press("begin-from-copy")
    driver.find("restore-folder")
    page = driver.all(RestorePage)[0]
    page.show_found([Found(tmp_path, copies)] * 2)
    driver.wait(lambda: driver.focused().objectName() == "restore-found-0")
    ways = ("restore-found-1", "restore-folder", "restore-file", "restore-back", "restore-found-0")
    follow(driver, *ways)
    page.show_copies(Found(tmp_path, copies))
    driver.wait(lambda: driver.focused().objectName() == "copy-0")
    follow(driver, "copies-go-on", "copies-other", "restore-back", "copy-0")


def follow(driver: Driver, *names: str) -> None:
    """Press Tab again and again, and come to these."""
    for name in names:
        driver.key("Tab")
        driver.wait(lambda name=name: driver.focused().objectName() == name)


def test_an_earlier_state_takes_the_place_of_the_open_book(driver: Driver, tmp_path: Path) -> None:
    book = tmp_path / "book"
    make_book(driver, book)
    driver.application.window.locking.choose_book(book)
    open_with(driver)
    driver.find("entry-text")
    vault = driver.book.vault
    (tmp_path / "stick").mkdir()
    place = vault.backups.add_place(tmp_path / "stick").result()
    vault.backups.copy(place.id, untold, threading.Event()).result()
    write(vault, LATER)
    driver.press("place-settings")
    driver.press("health-earlier")
    driver.press("restore-folder")
    driver.choose_files(tmp_path / "stick")
    driver.find("restore-take")
    assert "which is closed for it" in driver.find("restore-follows", QLabel).text()
    driver.press("restore-take")
    driver.wait(lambda: driver.sees("Your book is back as it was when the copy was made"))
    (kept,) = tmp_path.glob("book before *")
    open_with(driver)
    driver.find("entry-text")
    assert titles(driver) == {FIRST}
    before = driver.application.library.open(kept, PASSPHRASE)
    try:
        rows = before.journal.page(limit=10).result().rows
        assert {row.title for row in rows} == {FIRST, LATER}
    finally:
        before.close()


def test_an_archive_becomes_a_new_book(driver: Driver, tmp_path: Path) -> None:
    make_book(driver, tmp_path / "book", pages=(FIRST, LATER))
    vault = driver.application.library.open(tmp_path / "book", PASSPHRASE)
    archive = tmp_path / "archive.zip"
    try:
        form = ArchiveForm.LOCKED_ZIP
        vault.archive.save(archive, form, password="a gate", told=untold, stop=threading.Event()).result()
    finally:
        vault.close()
    bring_from(driver, "begin-from-copy", archive)
    driver.find("archive-go-on")
    driver.all(RestorePage)[0].presenter.choose_place(tmp_path / "new")
    driver.wait(lambda: str(tmp_path / "new") in driver.find("archive-place", QLabel).accessibleName())
    driver.type_into("archive-password", "another gate")
    driver.type_into("archive-passphrase", "three maples and a wall")
    driver.type_into("archive-again", "three maples")
    driver.press("archive-go-on")
    driver.wait(lambda: driver.sees("The two are not the same yet"))
    driver.type_into("archive-again", "three maples and a wall", replace=True)
    driver.press("archive-go-on")
    driver.wait(lambda: driver.sees("The password did not open this archive"))
    driver.type_into("archive-password", "a gate", replace=True)
    driver.press("archive-go-on")
    driver.wait(lambda: driver.sees("The book is made"))
    assert "2 pages, 1 photo" in driver.find("restore-amount", QLabel).text()
    driver.press("restore-take")
    open_with(driver, "three maples and a wall")
    driver.find("entry-text")
    assert titles(driver) == {FIRST, LATER}
    assert driver.book.vault.folder == tmp_path / "new"


def test_a_place_without_a_copy_says_so_and_leads_on(driver: Driver, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    bring_from(driver, "begin-from-copy", tmp_path / "empty")
    driver.wait(lambda: driver.sees("No copy of a book was found here"))
    assert driver.find("restore-folder", QPushButton).isEnabled()
    driver.key("Esc")
    driver.wait(lambda: driver.all(LockScreen))
