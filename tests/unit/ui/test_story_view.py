"""The story itself, with pages that are read late: what is chosen stays, and what is marked is what goes."""


import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from memorybook.domain.changes import ChangeSet
from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import EntryId
from memorybook.services.vault import Vault
from memorybook.ui.story.listing import StoryList
from memorybook.ui.story.outline import PIECE
from memorybook.ui.story.presenter import StoryPresenter
from memorybook.ui.story.view import StoryPage
from tests.unit.ui.post import Post

MANY = 2 * PIECE + 20
"""So many pages that the oldest ones are not read with the first ones."""


class Desk:
    """A story, and answers that come once the test asks for them."""

    def __init__(self, vault: Vault, qtbot: QtBot) -> None:
        self.vault = vault
        self.post = Post()
        self.page = StoryPage()
        qtbot.addWidget(self.page)
        self.presenter = StoryPresenter(
            self.page, journal=vault.journal, album=vault.album, deliver=self.post
        )
        self.page.presenter = self.presenter
        self.page.resize(1000, 700)
        self.page.show()
        qtbot.waitExposed(self.page)

    def show(self) -> None:
        """Turn to the story, after something was changed in it."""
        self.presenter.changed(ChangeSet(entries=frozenset({EntryId(1)})))
        self.presenter.show()

    def keep(self, title: str, day: VagueDate = UNKNOWN, number: EntryId | None = None) -> EntryId:
        entry = self.vault.journal.keep(number, EntryDraft(title=title, day=day)).result()
        assert entry is not None
        return entry.id

    @property
    def rows(self) -> StoryList:
        (found,) = self.page.findChildren(StoryList)
        return found

    @property
    def marked(self) -> str:
        return self.rows.currentIndex().data() or ""

    @property
    def reads(self) -> str:
        (found,) = self.page.findChildren(QLabel, "reading-title")
        return found.text()

    def place(self, title: str) -> QPoint:
        model = self.rows.model()
        index = next(at for row in range(model.rowCount()) if (at := model.index(row, 0)).data() == title)
        return self.rows.visualRect(index).center()

    def click_at(self, place: QPoint) -> None:
        QTest.mouseClick(self.rows.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def click(self, title: str) -> None:
        self.click_at(self.place(title))

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.rows, key)


@pytest.fixture
def desk(dressed: QApplication, qtbot: QtBot, vault: Vault) -> Desk:
    return Desk(vault, qtbot)


def many_pages(desk: Desk) -> None:
    """Newest first "page 0", "page 1" and so on, a few in a month."""
    for number in range(MANY):
        desk.keep(f"page {number}", VagueDate(2024 - number // 12, 12 - number % 12))
    desk.show()
    desk.post.arrive()
    assert (desk.marked, desk.reads) == ("page 0", "page 0")


def test_the_key_in_the_list_means_the_page_that_is_marked(desk: Desk) -> None:
    for day, title in enumerate(("The sea", "The lamp", "The garden"), start=1):
        desk.keep(title, VagueDate(2026, 3, day))
    desk.show()
    desk.post.arrive()
    desk.press(Qt.Key.Key_Down)
    assert (desk.marked, desk.reads) == ("The lamp", "The garden")
    desk.press(Qt.Key.Key_Delete)
    desk.post.arrive()
    assert desk.vault.journal.drawer().result() == ()
    assert (desk.marked, desk.reads) == ("The lamp", "The lamp")
    desk.press(Qt.Key.Key_Delete)
    desk.post.arrive()
    assert [row.title for row in desk.vault.journal.drawer().result()] == ["The lamp"]


def test_a_page_that_is_chosen_is_not_left_for_a_date_that_was_gone_to_before(desk: Desk) -> None:
    many_pages(desk)
    oldest = VagueDate(2024 - (MANY - 1) // 12)
    desk.presenter.go_to(oldest)
    desk.click("page 3")
    desk.post.arrive()
    assert (desk.marked, desk.reads) == ("page 3", "page 3")
    desk.show()
    desk.post.arrive()
    assert (desk.marked, desk.reads) == ("page 3", "page 3"), "nor when the list is read again"
    desk.presenter.go_to(oldest)
    desk.click("page 3")
    desk.post.arrive()
    assert desk.marked == "page 3", "the very same page was chosen as well"
    desk.presenter.go_to(oldest)
    desk.post.arrive()
    assert desk.marked == f"page {MANY // 12 * 12}"


def test_a_date_that_could_not_be_read_is_not_gone_to_later(desk: Desk) -> None:
    many_pages(desk)
    desk.presenter.go_to(VagueDate(2024 - (MANY - 1) // 12))
    desk.post.fail()
    desk.show()
    desk.post.arrive()
    assert (desk.marked, desk.reads) == ("page 0", "page 0")


def test_what_is_chosen_while_the_list_is_read_again_stays_chosen(desk: Desk) -> None:
    many_pages(desk)
    place = desk.place("page 3")
    desk.show()
    desk.post.arrive_one()  # where all of them stand is known, and no more
    assert not desk.marked
    desk.click_at(place)
    desk.post.arrive()
    assert (desk.marked, desk.reads) == ("page 3", "page 3")


def test_a_page_that_is_chosen_again_while_the_list_is_read_has_its_new_words(desk: Desk) -> None:
    desk.keep("The sea", VagueDate(2026, 3, 1))
    number = desk.keep("The lamp", VagueDate(2026, 3, 2))
    desk.show()
    desk.post.arrive()
    place = desk.place("The lamp")
    desk.keep("The lamp, at night", VagueDate(2026, 3, 2), number)
    desk.show()
    desk.post.arrive_one()
    desk.click_at(place)
    desk.post.arrive()
    assert (desk.marked, desk.reads) == ("The lamp, at night", "The lamp, at night")
