"""Making a book: chosen one by one, kept to be made again, saved for each purpose, in the real window."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListView, QPushButton

from memorybook.domain.book import Edition, PageSize, Preset
from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import EntryId
from memorybook.domain.material import Part
from memorybook.domain.photo import PhotoDraft
from memorybook.services.vault import Vault
from memorybook.ui.book.view import BookPage
from memorybook.ui.kit.checks import CheckBox
from memorybook.ui.kit.editor import PageText
from memorybook.ui.lock.view import LockScreen
from tests.corpus import pictures
from tests.flows.driver import Driver, running
from tests.flows.test_refusals import PASSPHRASE, begin

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(180)]

TITLES = ("The sea", "The lamp", "The garden")


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[Driver]:
    """An open book with three pages that can be printed, one that cannot, and a photo nobody described."""
    with running() as driver:
        driver.show()
        begin(driver, tmp_path / "book")
        journal = driver.book.vault.journal
        for title in TITLES:
            journal.keep(None, EntryDraft(title, "Some words.")).result()
        first = journal.keep(None, EntryDraft("With a photo", "Look.")).result()
        assert first is not None
        driver.book.vault.album.add(first.id, pictures.jpeg(pictures.scene(400, 300))).result()
        journal.keep(None, EntryDraft("A secret", "For me alone.", in_book=False)).result()
        yield driver


def vault(driver: Driver) -> Vault:
    return driver.book.vault


def make(driver: Driver) -> BookPage:
    driver.press("place-book")
    page = driver.book.book_page
    driver.wait(lambda: page.presenter.hand.edition is not None and page.is_drawn, seconds=60)
    return page


def edition(driver: Driver) -> Edition:
    return driver.book.book_page.presenter.edition


def titles(driver: Driver, page: BookPage) -> list[str]:
    found = {item.id: item.title for item in page.presenter.material.of(Part.ENTRIES)}
    return [found[each] for each in edition(driver).entries]


def listed(driver: Driver) -> list[str]:
    rows = driver.find("choosing-list", QListView)
    return [rows.model().index(row, 0).data() for row in range(rows.model().rowCount())]


def test_one_by_one_by_the_keyboard_and_in_an_order_of_ones_own(driver: Driver) -> None:
    page = make(driver)
    assert "A secret" not in titles(driver, page)
    driver.press("book-choose")
    assert listed(driver) == [*TITLES, "With a photo"]
    driver.wait(lambda: driver.sees("1 page is for you only"))
    driver.wait(lambda: driver.focused().objectName() == "choosing-list")
    driver.key("Space")
    driver.key("End")
    driver.key("Alt+Up")
    assert listed(driver) == [TITLES[0], TITLES[1], "With a photo", TITLES[2]]
    driver.wait(lambda: driver.sees("3 of 4 go in"))
    driver.press("choosing-none")
    driver.wait(lambda: driver.sees("0 of 4 go in"))
    driver.press("choosing-all")
    driver.press("order-reverse")
    assert listed(driver)[0] == "With a photo"
    driver.press("chooser-no")
    assert titles(driver, page) == [*TITLES, "With a photo"], "left as it was"
    driver.press("book-choose")
    driver.wait(lambda: driver.focused().objectName() == "choosing-list")
    driver.key("Space")
    driver.key("End")
    driver.key("Alt+Up")
    driver.press("chooser-yes")
    driver.wait(lambda: titles(driver, page) == [TITLES[1], "With a photo", TITLES[2]])
    assert driver.find("book-pages-figure", QLabel).text() == "3 of 4"


def test_what_was_chosen_is_there_again_and_says_what_has_come_since(driver: Driver) -> None:
    page = make(driver)
    driver.type_into("book-title", "Wren", replace=True)
    driver.press("book-size-a4")
    driver.wait(lambda: vault(driver).editions.all().result())
    vault(driver).journal.keep(None, EntryDraft("New", "Words that came later.")).result()
    driver.press("place-close-book")
    driver.wait(lambda: driver.all(LockScreen) and driver.find("open-book").isEnabled())
    driver.type_into("passphrase", PASSPHRASE)
    driver.press("open-book")
    driver.find("place-book")
    page = make(driver)
    assert (edition(driver).title, edition(driver).page_size) == ("Wren", PageSize.A4)
    assert titles(driver, page) == [*TITLES, "With a photo"]
    driver.wait(lambda: driver.sees("1 page has come since you made this book."))
    driver.press("book-came-action")
    driver.wait(lambda: titles(driver, page) == [*TITLES, "With a photo", "New"])
    (kept,) = vault(driver).editions.all().result()
    page.presenter.editions.put_away(kept.id)
    driver.wait(lambda: not vault(driver).editions.all().result())
    driver.wait(lambda: page.presenter.hand.id is None)
    page.presenter.editions.open_drawer()
    driver.press(f"book-back-{kept.id}")
    driver.wait(lambda: page.presenter.hand.id == kept.id and edition(driver).title == "Wren")


def save(driver: Driver, path: Path) -> None:
    driver.press("save-pdf")
    driver.choose_files(path)
    driver.wait(lambda: driver.sees("Saved as"), seconds=60)


def test_a_print_service_gets_a_cover_beside_it_and_never_a_password(driver: Driver, tmp_path: Path) -> None:
    page = make(driver)
    driver.press("book-password")
    driver.press("book-for-press")
    assert not edition(driver).with_password
    assert page.presenter.edition.preset is Preset.PRESS
    driver.press("book-size-6x9")
    driver.press("book-for-keep")
    assert edition(driver).page_size is PageSize.A5
    driver.press("book-for-press")
    assert edition(driver).page_size is PageSize.SIX_NINE, "what was chosen for it stays chosen"
    driver.press("book-paper-premium")
    driver.wait(lambda: page.is_drawn, seconds=60)
    place = tmp_path / "print"
    place.mkdir()
    (place / "book, cover.pdf").write_bytes(b"another one")
    save(driver, place / "book.pdf")
    assert driver.sees("book, cover 2.pdf")
    assert (place / "book, cover.pdf").read_bytes() == b"another one"
    with pikepdf.open(place / "book.pdf") as pdf, pikepdf.open(place / "book, cover 2.pdf") as cover:
        assert len(pdf.pages) % 2 == 0
        assert "/TrimBox" in pdf.pages[0]
        assert len(cover.pages) == 1


def test_a_password_is_asked_twice_and_kept_nowhere(driver: Driver, tmp_path: Path) -> None:
    page = make(driver)
    driver.press("book-password")
    driver.wait(lambda: page.is_drawn, seconds=60)
    driver.press("save-pdf")
    driver.type_into("pdf-password-first", "a lamp in the rain")
    driver.press("pdf-password-yes")
    driver.wait(lambda: driver.sees("The two are not the same yet."))
    driver.type_into("pdf-password-again", "a lamp in the rain")
    driver.press("pdf-password-yes")
    driver.choose_files(tmp_path / "locked.pdf")
    driver.wait(lambda: driver.sees("It opens with its password alone."), seconds=60)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(tmp_path / "locked.pdf")
    with pikepdf.open(tmp_path / "locked.pdf", password="a lamp in the rain") as pdf:
        assert pdf.encryption.R == 6
    (kept,) = vault(driver).editions.all().result()
    assert kept.edition.with_password
    driver.press("save-pdf")
    for field in ("pdf-password-first", "pdf-password-again"):
        driver.type_into(field, "a lamp in the rain")
    driver.press("pdf-password-yes")
    driver.choose_files(tmp_path / "again.pdf")
    page.presenter.change(replace(edition(driver), with_password=False))
    driver.wait(lambda: driver.sees("Saved as again.pdf"), seconds=60)
    assert driver.sees("It opens with its password alone."), "what is said is of the file that was made"


def test_pictures_nobody_described_are_listed_and_can_be_described(driver: Driver) -> None:
    page = make(driver)
    driver.wait(lambda: driver.sees("1 picture has no words for somebody who cannot see it."))
    driver.wait(lambda: driver.sees("This photo is 400 × 300."))
    driver.press("book-describe")
    driver.type_into("describe-words", "A lamp on a table")
    driver.press("describe-done")
    (row,) = vault(driver).album.rows().result()
    driver.wait(lambda: vault(driver).album.photos([row.id]).result()[0].description == "A lamp on a table")
    driver.wait(lambda: not driver.sees("has no words"))
    photo = vault(driver).album.photos([row.id]).result()[0]
    vault(driver).album.keep(photo.id, replace(photo.draft, description="")).result()
    page.presenter.typeset()
    driver.wait(lambda: driver.sees("has no words"))
    driver.press("book-describe")
    QTest.mouseClick(driver.find("describe-decoration"), Qt.MouseButton.LeftButton)
    driver.press("describe-done")
    driver.wait(lambda: edition(driver).decorative == {row.id})
    driver.wait(lambda: not driver.sees("has no words"))


def test_a_soft_photo_can_be_printed_smaller_and_as_large_as_it_was_again(driver: Driver) -> None:
    make(driver)
    (row,) = vault(driver).album.rows().result()
    driver.wait(lambda: driver.sees("It can be smaller on the page, or kept as it is."))
    driver.press("book-soft-look")
    driver.find("soft-smaller").setFocus()
    driver.key("Space")
    driver.press("soft-done")
    driver.wait(lambda: edition(driver).smaller == {row.id})
    driver.wait(lambda: driver.sees("1 photo is printed smaller, as you chose."))
    driver.wait(lambda: not driver.sees("This photo is 400 × 300."))
    driver.press("book-soft-look")
    box = driver.find("soft-smaller")
    assert isinstance(box, CheckBox)
    assert box.isChecked()
    box.setFocus()
    driver.key("Space")
    driver.press("soft-done")
    driver.wait(lambda: driver.sees("It can be smaller on the page, or kept as it is."))
    assert edition(driver).smaller == frozenset()


def test_words_for_a_picture_are_kept_when_the_book_is_closed_above_them(driver: Driver) -> None:
    make(driver)
    driver.press("book-describe")
    driver.type_into("describe-words", "A hand on a blanket")
    driver.key("Ctrl+L")
    driver.wait(lambda: driver.all(LockScreen) and driver.find("open-book").isEnabled())
    driver.type_into("passphrase", PASSPHRASE)
    driver.press("open-book")
    driver.find("place-book")
    (row,) = vault(driver).album.rows().result()
    assert row.description == "A hand on a blanket"


def test_what_was_chosen_one_by_one_is_kept_when_the_book_is_closed_above_it(driver: Driver) -> None:
    page = make(driver)
    driver.press("book-choose")
    driver.wait(lambda: driver.focused().objectName() == "choosing-list")
    driver.key("Space")
    driver.press("chooser-no")
    assert titles(driver, page) == [*TITLES, "With a photo"], "left as it was"
    driver.press("book-choose")
    driver.wait(lambda: driver.focused().objectName() == "choosing-list")
    driver.key("Space")
    driver.wait(lambda: driver.sees("3 of 4 go in"))
    driver.key("Ctrl+L")
    driver.wait(lambda: driver.all(LockScreen) and driver.find("open-book").isEnabled())
    driver.type_into("passphrase", PASSPHRASE)
    driver.press("open-book")
    driver.find("place-book")
    page = make(driver)
    assert titles(driver, page) == [*TITLES[1:], "With a photo"]


def test_words_that_are_typed_while_the_book_is_read_again_go_on_where_they_were(driver: Driver) -> None:
    page = make(driver)
    driver.press("place-write")
    vault(driver).journal.keep(None, EntryDraft("The window", "Some words.")).result()
    driver.settle()
    before, go_on = page.presenter.material, threading.Event()
    vault(driver)._worker.read(lambda _: go_on.wait(60))
    try:
        driver.press("place-book")
        driver.type_into("book-title", "For Wren ")
        driver.press("book-offer-dedication")
    finally:
        go_on.set()
    driver.wait(lambda: page.presenter.material is not before)
    assert driver.focused().objectName() == "book-dedication"
    driver.type_into_focused("With love ")
    driver.find("book-title").setFocus()
    driver.type_into_focused("and Paul")
    assert edition(driver).title == "For Wren and Paul"
    assert edition(driver).dedication == "With love"


def test_a_picture_on_the_cover_is_never_one_that_is_covered(driver: Driver) -> None:
    (row,) = vault(driver).album.rows().result()
    make(driver)
    driver.press("book-cover-choose")
    rows = driver.find("photo-chooser-list", QListView)
    assert rows.model().rowCount() == 1
    driver.key("Space")
    driver.press("photo-chooser-yes")
    driver.wait(lambda: edition(driver).cover == row.id)
    driver.press("book-cover-off")
    driver.wait(lambda: edition(driver).cover is None)
    vault(driver).album.keep(row.id, PhotoDraft(covered=True)).result()
    driver.press("book-cover-choose")
    driver.wait(lambda: driver.sees("There is no other photo in the book."))
    driver.press("photo-chooser-no")


def test_one_page_alone_where_it_is_read_and_where_it_is_written(driver: Driver, tmp_path: Path) -> None:
    driver.press("place-story")
    driver.press("reading-save")
    driver.press("one-page-yes")
    driver.choose_files(tmp_path / "read.pdf")
    driver.wait(lambda: driver.sees("Saved as read.pdf"), seconds=60)
    driver.press("one-page-done")
    driver.press("place-write")
    driver.press("new-page")
    driver.type_into("entry-text", "A letter of this evening")
    driver.choose_from_menu("entry-more", "Save this page as a PDF…")
    driver.press("one-page-yes")
    driver.choose_files(tmp_path / "written.pdf")
    driver.wait(lambda: driver.sees("Saved as written.pdf"), seconds=60)
    driver.press("one-page-done")
    for name in ("read", "written"):
        with pikepdf.open(tmp_path / f"{name}.pdf") as pdf:
            assert len(pdf.pages) == 1


def test_one_page_alone_says_which_of_its_signs_cannot_be_printed(driver: Driver) -> None:
    written = vault(driver).journal.keep(None, EntryDraft("A sign", "Here: \ue000")).result()
    assert written is not None
    driver.book.writing.open(written.id)
    driver.press("place-write")
    driver.wait(lambda: driver.find("entry-text", PageText).toPlainText().startswith("Here"))
    driver.choose_from_menu("entry-more", "Save this page as a PDF…")
    driver.wait(lambda: driver.sees("No typeface on this computer has these signs: U+E000."))
    driver.press("one-page-no")


def test_one_page_alone_asks_about_its_covered_photo(driver: Driver, tmp_path: Path) -> None:
    (row,) = vault(driver).album.rows().result()
    vault(driver).album.keep(row.id, PhotoDraft(covered=True)).result()
    pages = vault(driver).books.material().result().of(Part.ENTRIES)
    driver.book.writing.open(EntryId(next(each.id for each in pages if each.title == "With a photo")))
    driver.press("place-write")
    driver.wait(lambda: driver.find("entry-text", PageText).toPlainText() == "Look.")
    for name, too in (("without", False), ("with", True)):
        driver.choose_from_menu("entry-more", "Save this page as a PDF…")
        assert not driver.find("one-page-covered", CheckBox).isChecked()
        if too:
            driver.press("one-page-covered")
        driver.press("one-page-yes")
        driver.choose_files(tmp_path / f"{name}.pdf")
        driver.wait(lambda name=name: driver.sees(f"Saved as {name}.pdf"), seconds=60)
        driver.press("one-page-done")
        with pikepdf.open(tmp_path / f"{name}.pdf") as pdf:
            assert bool(pdf.pages[0].get_images()) is too


def test_a_book_with_nothing_in_it_says_so_kindly(tmp_path: Path) -> None:
    with running() as driver:
        driver.show()
        begin(driver, tmp_path / "book")
        driver.press("place-book")
        driver.wait(lambda: driver.sees("can become a book here."))
        assert not driver.find("save-pdf").isEnabled()
        assert "book-choose" not in [each.objectName() for each in driver.all(QPushButton)]
