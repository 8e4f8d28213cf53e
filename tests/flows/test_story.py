"""Our story in the real window: by keyboard alone and by mouse, long lists, filters, dates, the drawer."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QWidget

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.entry import EntryDraft, EntryKind
from memorybook.domain.people import BabyDraft
from memorybook.services.vault import Vault
from memorybook.ui.kit.editor import PageText
from memorybook.ui.story.listing import StoryList
from memorybook.ui.story.model import HEADING_ROLE, ROW_ROLE
from tests.flows.driver import Driver, running
from tests.flows.test_refusals import begin

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[Driver]:
    with running() as driver:
        driver.show()
        begin(driver, tmp_path / "book")
        yield driver


def keep(vault: Vault, title: str, body: str = "", day: VagueDate = UNKNOWN, **more: object) -> None:
    draft = EntryDraft(title, body, day, **more)  # type: ignore[arg-type]  # handed through
    assert vault.journal.keep(None, draft).result() is not None


def a_few_pages(vault: Vault) -> None:
    """Four pages of three months, and one whose day nobody knows."""
    sam = vault.people.add("Sam").result()
    wren = vault.record.keep_baby(None, BabyDraft(names="Wren")).result()
    assert wren is not None
    long = "We planted the maple.\n\n" + "And on it went. " * 400 + "\n\nThe candle burned for an hour."
    keep(vault, "The garden", long, VagueDate(2026, 11, 21), tags=("garden",), babies=(wren.id,))
    keep(vault, "Wave of light", "We lit the candle.", VagueDate(2026, 10, 15), author=sam.id)
    keep(vault, "A letter", "Dear one", VagueDate(2026, 10, 3), kind=EntryKind.LETTER, in_book=False)
    keep(vault, "מכתב", "הדלקנו נר candle", VagueDate(2024, 2))
    keep(vault, "Some day", "No day is known")


def story(driver: Driver) -> StoryList:
    return driver.find("story-list", StoryList)


def titles(driver: Driver) -> list[str]:
    model = story(driver).model()
    rows = [model.index(place, 0) for place in range(model.rowCount())]
    return [index.data(HEADING_ROLE) or getattr(index.data(ROW_ROLE), "title", "") for index in rows]


def reads(driver: Driver, title: str) -> None:
    driver.wait(lambda: driver.find("reading-title", QLabel).text() == title)


def focused(driver: Driver) -> str:
    return driver.focused().objectName()


def tab_to(driver: Driver, name: str, key: str = "Tab") -> None:
    for _ in range(30):
        if focused(driver) == name:
            return
        driver.key(key)
    raise AssertionError(f"{name} is not reached by {key}; at {focused(driver)}")


def test_by_keyboard_alone(driver: Driver) -> None:
    a_few_pages(driver.book.vault)
    driver.key("Ctrl+2")
    driver.wait(lambda: len(titles(driver)) == 9 and all(titles(driver)))
    driver.key("Down")
    driver.wait(lambda: focused(driver) == "story-list")
    reads(driver, "The garden")
    driver.key("End")
    reads(driver, "Some day")
    driver.key("Home")
    reads(driver, "The garden")
    driver.key("Down")
    reads(driver, "Wave of light")
    driver.key("Return")
    assert focused(driver) == "reading-text"
    driver.key("Alt+Down")
    reads(driver, "A letter")
    assert "only me" in driver.find("reading-line", QLabel).text()
    driver.key("Alt+Up")
    reads(driver, "Wave of light")
    driver.key("Escape")
    assert focused(driver) == "story-list"
    driver.key("m")
    assert focused(driver) == "story-search"
    driver.type_into_focused("aple")
    driver.wait(lambda: titles(driver) == ["November 2026", "The garden"])
    driver.key("Escape")
    driver.wait(lambda: len(titles(driver)) == 9 and all(titles(driver)))
    driver.key("Down")
    driver.key("Home")
    driver.key("Down")
    reads(driver, "Wave of light")
    driver.key("Delete")
    driver.wait(lambda: driver.sees("The page is put away."))
    reads(driver, "A letter")
    driver.key("Ctrl+Z")
    reads(driver, "Wave of light")
    driver.key("Delete")
    reads(driver, "A letter")
    tab_to(driver, "story-notice-action", "Shift+Tab")
    driver.key("Space")
    reads(driver, "Wave of light")
    driver.key("Ctrl+G")
    driver.wait(lambda: focused(driver) == "jump-year")
    driver.type_into_focused("2025")
    driver.key("Return")
    reads(driver, "מכתב")
    driver.key("Ctrl+E")
    driver.wait(lambda: driver.book.place == "write")
    driver.wait(lambda: driver.find("entry-title", QLineEdit).text() == "מכתב")


def test_the_chips_and_the_menu_by_keys(driver: Driver) -> None:
    a_few_pages(driver.book.vault)
    driver.key("Ctrl+2")
    driver.wait(lambda: len(titles(driver)) == 9)
    tab_to(driver, "filter-letters")
    driver.key("Space")
    driver.wait(lambda: titles(driver) == ["October 2026", "A letter"])
    driver.key("Space")
    driver.wait(lambda: len(titles(driver)) == 9)
    choose(driver, "Written by", "Sam")
    driver.wait(lambda: titles(driver) == ["October 2026", "Wave of light"])
    tab_to(driver, "filter-on-author", "Shift+Tab")
    driver.key("Space")
    driver.wait(lambda: len(titles(driver)) == 9)
    for menu, entry, found in (
        ("About", "Wren", "The garden"),
        ("Tag", "garden", "The garden"),
        ("For whom", "Only me", "A letter"),
        ("Kind", "Letters", "A letter"),
    ):
        choose(driver, menu, entry)
        driver.wait(lambda found=found: titles(driver)[1:] == [found])
        tab_to(driver, "filter-all", "Shift+Tab")
        driver.key("Space")
        driver.wait(lambda: len(titles(driver)) == 9)
    choose(driver, "Photos", "With photos")
    driver.wait(lambda: driver.sees("No page is like this."))
    tab_to(driver, "story-words-action")
    driver.key("Space")
    driver.wait(lambda: len(titles(driver)) == 9)
    choose(driver, "Go to a month", "2024", "February")
    reads(driver, "מכתב")


def choose(driver: Driver, *path: str) -> None:
    """From the menu behind "More", by its arrow keys."""
    tab_to(driver, "filter-more", "Tab" if focused(driver).startswith("filter") else "Shift+Tab")
    driver.key("Space")
    for depth, text in enumerate(path):
        driver.wait(lambda depth=depth: len(driver.all(QMenu)) == depth + 1)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        driver.wait(lambda menu=menu, text=text: text in [each.text() for each in menu.actions()])
        for _ in range(20):
            active = menu.activeAction()
            if active is not None and active.text() == text:
                break
            QTest.keyClick(menu, Qt.Key.Key_Down)
        assert menu.activeAction().text() == text
        last = depth == len(path) - 1
        QTest.keyClick(menu, Qt.Key.Key_Return if last else Qt.Key.Key_Right)
    driver.wait(lambda: not driver.all(QMenu))


def test_by_mouse(driver: Driver) -> None:
    a_few_pages(driver.book.vault)
    driver.press("place-story")
    driver.wait(lambda: len(titles(driver)) == 9 and all(titles(driver)))
    rows = story(driver)
    place = rows.visualRect(rows.model().index(3, 0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    reads(driver, "Wave of light")
    heading = rows.visualRect(rows.model().index(2, 0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=heading)
    reads(driver, "Wave of light")
    driver.press("reading-next")
    reads(driver, "A letter")
    driver.press("reading-previous")
    driver.press("reading-previous")
    reads(driver, "The garden")
    assert not driver.find("reading-previous").isEnabled()
    driver.press("reading-delete")
    reads(driver, "Wave of light")
    driver.press("story-notice-action")
    reads(driver, "The garden")
    driver.type_into("story-search", "candle")
    driver.wait(lambda: titles(driver)[1::2] == ["The garden", "Wave of light", "מכתב"])
    text = driver.find("reading-text", PageText)
    marks = text.extraSelections()
    assert [mark.cursor.selectedText() for mark in marks] == ["candle"]  # type: ignore[attr-defined]
    place = text.cursorRect(marks[0].cursor).center()  # type: ignore[attr-defined]
    driver.wait(lambda: text.visibleRegion().contains(place))
    QTest.mouseClick(story(driver).viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 320))
    driver.press("filter-letters")
    driver.wait(lambda: driver.sees("No page has these words."))


class Painted(QObject):
    """What of a widget was painted since this began."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return False


def test_a_leap_to_the_end_is_painted_whole(driver: Driver) -> None:
    for number in range(40):
        keep(driver.book.vault, f"Page {number}", day=VagueDate(2026, 1 + number % 12, 3))
    driver.key("Ctrl+2")
    driver.wait(lambda: len(titles(driver)) == 52 and all(titles(driver)[:12]))
    driver.key("Down")
    driver.be_still()
    shown = story(driver).viewport()
    painted = Painted(shown)
    driver.key("End")
    driver.wait(lambda: not (QRegion(shown.rect()) - painted.region))


def test_in_a_narrow_window_list_and_page_take_turns(driver: Driver) -> None:
    a_few_pages(driver.book.vault)
    driver.window.resize(640, 620)
    driver.press("place-story")
    driver.wait(lambda: len(titles(driver)) == 9 and all(titles(driver)))
    driver.key("Down")
    driver.key("Down")
    driver.key("Return")
    reads(driver, "Wave of light")
    assert not driver.window.findChild(StoryList).isVisible()
    driver.key("Escape")
    driver.wait(lambda: focused(driver) == "story-list")
    driver.key("Return")
    reads(driver, "Wave of light")
    driver.press("reading-back")
    driver.wait(lambda: focused(driver) == "story-list")


def test_in_a_narrow_window_a_page_that_is_still_read_is_left_by_escape(driver: Driver) -> None:
    a_few_pages(driver.book.vault)
    driver.window.resize(640, 620)
    driver.press("place-story")
    driver.wait(lambda: len(titles(driver)) == 9 and all(titles(driver)))
    go_on = threading.Event()
    driver.book.vault._worker.read(lambda _: go_on.wait(60))
    try:
        driver.key("Down")
        driver.key("Return")
        driver.wait(lambda: not driver.window.findChild(StoryList).isVisible())
        driver.key("Escape")
        driver.wait(lambda: focused(driver) == "story-list")
        driver.key("Return")
    finally:
        go_on.set()
    reads(driver, "The garden")
    driver.wait(lambda: focused(driver) == "reading-back")


def test_deleted_pages_wait_in_the_drawer_and_go_by_an_act_of_their_own(driver: Driver) -> None:
    a_few_pages(driver.book.vault)
    driver.key("Ctrl+2")
    driver.wait(lambda: len(titles(driver)) == 9 and all(titles(driver)))
    driver.key("Down")
    for title in ("The garden", "Wave of light"):
        reads(driver, title)
        driver.key("Delete")
    reads(driver, "A letter")
    tab_to(driver, "filter-more", "Shift+Tab")
    driver.key("Space")
    driver.key("Up")
    driver.key("Return")
    driver.wait(lambda: driver.book.place == "drawer")
    driver.wait(lambda: driver.find("drawer-title", QLabel).text() == "Wave of light")
    tab_to(driver, "drawer-bring-back")
    driver.key("Space")
    driver.wait(lambda: driver.sees("The page is in your story again."))
    driver.wait(lambda: driver.find("drawer-title", QLabel).text() == "The garden")
    driver.press("drawer-delete")
    driver.wait(lambda: focused(driver) == "drawer-ask-no")
    driver.key("Return")
    driver.wait(lambda: not [w for w in driver.windows() if w.objectName() == "drawer-ask"])
    assert len(driver.book.vault.journal.drawer().result()) == 1, "Return alone destroys nothing"
    driver.press("drawer-delete")
    driver.press("drawer-ask-yes")
    driver.wait(lambda: driver.sees("The page is gone for ever."))
    driver.wait(lambda: driver.sees("Nothing is put away."))
    driver.press("drawer-back")
    assert not driver.sees("The page is put away."), "it cannot be brought back any more"
    driver.wait(lambda: titles(driver)[:3] == ["October 2026", "Wave of light", "A letter"])
