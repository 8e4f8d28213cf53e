"""Pictures of an open book at work: writing, the story, the drawer, the family, the record in print."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListView, QMenu

from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryDraft, EntryKind
from memorybook.domain.people import BabyDraft, CeremonyDraft
from memorybook.services import sample
from memorybook.services.vault import Library
from memorybook.ui.book.view import BookPage
from memorybook.ui.family.view import FamilyPage
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.checks import CheckBox
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.editor import PageText
from memorybook.ui.settings.view import SettingsPage
from tests import dictionaries
from tests.flows.driver import Driver

PASSPHRASE = "quiet lantern over water"
LONG = "Wren Elisabeth Amaranth, our much loved first one with the longest of all the names"
KNOWN = "The quiet light over sea came in at window and we sat there a long while"
PAGES = 2_000
# Where the actions of the page stand in its menu, counted from the last.
AWAY, VERSIONS = -1, -6


def dictionary(folder: Path) -> None:
    """An English one that knows most of the page that is pictured."""
    dictionaries.write(folder, "en_GB", tuple(KNOWN.lower().split(" ")))


def make(library: Library, folder: Path) -> dict[str, Path]:
    """The sample, and a book of many pages over many years."""
    books = {"sample": folder / "Sample", "large": folder / "Large"}
    vault = library.create(books["sample"], PASSPHRASE)
    sample.make_sample(vault)
    vault.close()
    vault = library.create(books["large"], PASSPHRASE)
    for number in range(PAGES):
        day = VagueDate(2026 - number // 250, 1 + number // 21 % 12, 1 + number % 28)
        words = f"The light came in at the window, and we sat there a long while. {number}"
        vault.journal.keep(None, EntryDraft(f"An evening by the sea, {number}", words, day))
    vault.journal.months().result()
    vault.close()
    return books


def of_the_sample(driver: Driver, to: Path) -> None:
    """Everything that is pictured in the sample."""
    _writing(driver, to)
    _story(driver, to)
    _drawer(driver, to)
    _family(driver, to)
    _names(driver, to)
    _printed(driver, to)
    _spelling(driver, to)


def of_many_pages(driver: Driver, to: Path) -> None:
    """A list that goes on for long, at its beginning and at its end."""
    driver.press("place-story")
    rows = driver.find("story-list", QListView)
    driver.wait(lambda: rows.model().rowCount() > PAGES)
    driver.wait(lambda: driver.find("story-list", QListView).currentIndex().isValid())
    driver.picture(to / "many-pages.png")
    driver.key("Down")
    driver.key("End")
    driver.wait(lambda: rows.currentIndex().row() == rows.model().rowCount() - 1)
    driver.wait(rows.currentIndex().data)  # a row has its place before it has its words
    driver.picture(to / "many-pages-end.png")


# the writing page


def _writing(driver: Driver, to: Path) -> None:
    journal = driver.book.vault.journal
    row = journal.page(limit=1).result().rows[0]
    driver.press("place-write")
    driver.press("new-page")
    driver.find("prompt-text")
    driver.picture(to / "write-prompt.png")
    driver.book.writing.open(row.id)
    text = driver.find("entry-text", PageText)
    driver.wait(lambda: text.toPlainText())
    driver.press("entry-more")
    driver.picture(to / "write-menu.png")
    _leave_menus(driver)
    text.setFocus()
    driver.key("Ctrl+F")
    driver.type_into_focused("the")
    driver.picture(to / "write-find.png")
    driver.key("Ctrl+A")
    driver.type_into_focused("nowhere at all")
    driver.picture(to / "write-find-nothing.png")
    driver.key("Escape")
    _choose(driver, VERSIONS)
    driver.wait(lambda: driver.all(PageText))
    driver.picture(to / "versions-none.png")
    driver.press("versions-done")
    text.setFocus()
    driver.key("Ctrl+A")
    driver.type_into_focused("The quiet light came in")
    entry = driver.book.writing.entry_id
    driver.wait(lambda: journal.versions(entry).result())
    _choose(driver, VERSIONS)
    driver.picture(to / "versions.png")
    driver.press("versions-back")
    driver.find("write-notice")
    driver.picture(to / "versions-brought-back.png")
    _choose(driver, AWAY)
    driver.find("write-notice")
    driver.picture(to / "write-put-away.png")
    driver.press("write-notice-action")
    driver.wait(lambda: not journal.drawer().result())


def _spelling(driver: Driver, to: Path) -> None:
    driver.book.vault.spelling.choose("en_GB").result()
    driver.press("place-write")
    driver.press("new-page")
    driver.type_into("entry-text", "The quiet ligth came in at the window and we rememberd the sea ")
    text = driver.find("entry-text", PageText)
    driver.wait(lambda: len(text.extraSelections()) == 2)
    driver.picture(to / "write-spelling.png")
    cursor = QTextCursor(text.document())
    cursor.setPosition(text.toPlainText().index("ligth") + 2)
    place = text.cursorRect(cursor).center()
    viewport = text.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, viewport.mapToGlobal(place))
    QApplication.postEvent(viewport, event)
    driver.wait(lambda: driver.all(QMenu))
    driver.wait(lambda: not driver.all(QMenu)[0].actions()[0].text().startswith("Looking"))
    driver.picture(to / "write-spelling-menu.png")
    _leave_menus(driver)


# our story and what is put away


def _story(driver: Driver, to: Path) -> None:
    driver.press("place-story")
    rows = driver.find("story-list", QListView)
    driver.wait(lambda: rows.model().rowCount() > 10)
    driver.press("filter-more")
    driver.picture(to / "story-menu.png")
    menu = driver.all(QMenu)[0]
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Right)
    driver.wait(lambda: len(driver.all(QMenu)) == 2)
    driver.picture(to / "story-submenu.png")
    _leave_menus(driver)
    driver.press("filter-letters")
    for path in (("Written by", "Sam"), ("Tag", None)):
        _filter(driver, *path)
    driver.picture(to / "story-filters.png")
    driver.press("filter-all")
    driver.wait(lambda: rows.model().rowCount() > 10)
    driver.type_into("story-search", "rain")
    driver.wait(lambda: rows.model().rowCount() < 30 and rows.currentIndex().isValid())
    driver.picture(to / "story-search.png")
    driver.type_into("story-search", "zeppelins", replace=True)
    driver.wait(lambda: driver.sees("No page has these words."))
    driver.picture(to / "story-nothing-found.png")
    driver.type_into("story-search", " ", replace=True)
    driver.key("Escape")
    driver.key("Ctrl+G")
    driver.find("jump-year")
    driver.picture(to / "story-date.png")
    driver.press("jump-no")


def _drawer(driver: Driver, to: Path) -> None:
    journal = driver.book.vault.journal
    driver.press("place-settings")
    driver.find("change-way-1")
    _settings(driver, to)
    driver.press("open-drawer")
    driver.find("drawer-intro")
    driver.picture(to / "drawer-empty.png")
    for row in journal.page(limit=3).result().rows[1:3]:
        journal.delete(row.id).result()
    driver.press("place-settings")
    driver.press("open-drawer")
    if driver.window.width() >= 1280 and driver.settings.text_scale == 100:
        driver.wait(lambda: driver.find("drawer-title", QLabel).text())
    driver.picture(to / "drawer-two.png")


def _settings(driver: Driver, to: Path) -> None:
    column = driver.all(SettingsPage)[0].findChild(ScrollColumn)
    assert column is not None
    for name in ("book-word-own", "spelling-language", "open-drawer"):
        if _is_there(driver, name):
            column.bring_into_view(driver.find(name))
            driver.picture(to / f"card-{name}.png")


# the family


def _family(driver: Driver, to: Path) -> None:
    record = driver.book.vault.record
    driver.press("place-family")
    driver.find("add-baby")
    driver.press(f"baby-change-{record.babies().result()[-1].id}")
    driver.find("baby-names")
    _ends(driver, to, "baby-form")
    driver.press("family-back")
    driver.press("add-baby")
    driver.find("baby-names")
    _ends(driver, to, "baby-form-empty")
    driver.press("family-back")
    driver.press(f"farewell-change-{record.ceremonies().result()[0].id}")
    driver.find("farewell-label")
    _ends(driver, to, "farewell-form")
    driver.press("family-back")
    driver.press("add-farewell")
    driver.find("farewell-label")
    driver.picture(to / "farewell-form-empty.png")
    driver.press("family-back")
    driver.press(f"baby-change-{record.babies().result()[0].id}")
    driver.press("family-away")
    driver.find("family-notice-action")
    driver.picture(to / "family-put-away.png")
    driver.press("family-notice-action")


def _ends(driver: Driver, to: Path, name: str) -> None:
    """The form from its top, and all the way down with everything folded open."""
    driver.picture(to / f"{name}.png")
    bar = _column(driver).verticalScrollBar()
    bar.setValue(bar.maximum())
    driver.picture(to / f"{name}-end.png")
    for offer in _offers(driver.all(Button)):
        offer()
    driver.be_still()
    bar.setValue(bar.maximum() // 3)
    driver.picture(to / f"{name}-open.png")
    bar.setValue(bar.maximum())
    driver.picture(to / f"{name}-open-end.png")


def _offers(buttons: Iterable[Button]) -> list[Callable[[], object]]:
    return [button.click for button in buttons if "-offer-" in button.objectName()]


def _column(driver: Driver) -> ScrollColumn:
    page = driver.all(FamilyPage)[0]
    return next(column for column in page.findChildren(ScrollColumn) if column.isVisible())


def _names(driver: Driver, to: Path) -> None:
    """A very long name, and none at all."""
    vault = driver.book.vault
    vault.record.keep_baby(None, BabyDraft(names=LONG, died=VagueDate(2024))).result()
    vault.record.keep_baby(None, BabyDraft(died=VagueDate(2023, 3))).result()
    vault.record.keep_ceremony(None, CeremonyDraft(label=LONG, place=LONG)).result()
    vault.people.add(LONG).result()
    babies = vault.record.babies().result()
    long, nameless = babies[-2:]
    draft = EntryDraft(
        LONG, f"{LONG}\n", kind=EntryKind.LETTER, recipient=LONG, babies=(long.id, nameless.id), tags=(LONG,)
    )
    entry = vault.journal.keep(None, draft).result()
    assert entry is not None
    driver.press("place-family")
    driver.find(f"baby-change-{nameless.id}")
    driver.picture(to / "family-names.png")
    bar = _column(driver).verticalScrollBar()
    bar.setValue(bar.maximum())
    driver.picture(to / "family-names-end.png")
    driver.press(f"baby-change-{nameless.id}")
    driver.find("baby-names")
    driver.picture(to / "baby-form-no-name.png")
    driver.press("family-back")
    driver.book.writing.open(entry.id)
    driver.press("place-write")
    driver.wait(lambda: driver.find("entry-text", PageText).toPlainText() == LONG)
    driver.picture(to / "write-names.png")
    driver.press("place-story")
    driver.press("filter-all")
    _filter(driver, "About", LONG)
    _filter(driver, "Tag", LONG)
    driver.picture(to / "story-names.png")


def _printed(driver: Driver, to: Path) -> None:
    """The pages of the record in the book that is printed."""
    driver.press("place-book")
    page = driver.all(BookPage)[0]
    driver.wait(lambda: page.is_drawn, seconds=90)
    for number in (1, 2, 3):
        driver.press("book-after")
        driver.wait(lambda: page.is_drawn, seconds=90)
        driver.picture(to / f"book-record-{number}.png")
    driver.press("book-choose")
    driver.picture(to / "book-choose.png")
    driver.press("chooser-no")
    driver.find("book-for-press", Button).click()
    driver.find("book-for-home", Button).click()
    driver.find("book-password", CheckBox).click()
    driver.wait(lambda: page.is_drawn, seconds=90)
    driver.picture(to / "book-home.png")
    driver.press("save-pdf")
    driver.picture(to / "book-password.png")
    driver.press("pdf-password-no")


# menus


def _choose(driver: Driver, place: int) -> None:
    driver.press("entry-more")
    menu = driver.find("entry-more-menu", QMenu)
    there = menu.actionGeometry(menu.actions()[place]).center()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=there)
    driver.wait(lambda: not driver.all(QMenu))


def _filter(driver: Driver, title: str, text: str | None) -> None:
    """From the menu behind "More": this entry, or the second. A new tag may still be on its way there."""

    def choose() -> bool:
        driver.press("filter-more")
        menu = driver.find("filter-menu", QMenu)
        above = next((action for action in menu.actions() if action.text() == title), None)
        sub = above.menu() if above is not None else None
        entries = sub.actions() if isinstance(sub, QMenu) else []
        wanted = entries[1:2] if text is None else [each for each in entries if each.text() == text]
        if above is not None and wanted:
            menu.setActiveAction(above)
            QTest.keyClick(menu, Qt.Key.Key_Right)
            driver.wait(lambda: len(driver.all(QMenu)) == 2)
            shown = next(each for each in driver.all(QMenu) if each is not menu)
            place = shown.actionGeometry(wanted[0]).center()
            QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=place)
        _leave_menus(driver)
        return bool(wanted)

    driver.wait(choose)
    driver.settle()


def _leave_menus(driver: Driver) -> None:
    while menus := driver.all(QMenu):
        QTest.keyClick(menus[-1], Qt.Key.Key_Escape)
        driver.settle()


def _is_there(driver: Driver, name: str) -> bool:
    return any(widget.objectName() == name for widget in driver.all(Button))
