"""The drawer itself, with a list that comes after something was chosen in it."""


import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QListView
from pytestqt.qtbot import QtBot

from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import EntryId
from memorybook.services.vault import Vault
from memorybook.ui.drawer.presenter import DrawerPresenter
from memorybook.ui.drawer.view import DrawerPage
from memorybook.ui.kit.buttons import Button
from tests.unit.ui.post import Post


class Desk:
    """A drawer, and answers that come once the test asks for them."""

    def __init__(self, vault: Vault, qtbot: QtBot) -> None:
        self.vault = vault
        self.post = Post()
        self.page = DrawerPage()
        qtbot.addWidget(self.page)
        self.page.presenter = DrawerPresenter(
            self.page,
            journal=vault.journal,
            album=vault.album,
            recordings=vault.recordings,
            keepsakes=vault.keepsakes,
            occasions=vault.occasions,
            deliver=self.post,
        )
        self.page.resize(800, 700)
        self.page.show()

    def put_away(self, title: str) -> EntryId:
        entry = self.vault.journal.keep(None, EntryDraft(title=title)).result()
        assert entry is not None
        self.vault.journal.delete(entry.id).result()
        return entry.id

    @property
    def rows(self) -> QListView:
        (found,) = self.page.findChildren(QListView, "drawer-list")
        return found

    def choose(self, *titles: str) -> None:
        self.rows.clearSelection()
        for row in range(self.rows.model().rowCount()):
            index = self.rows.model().index(row, 0)
            if index.data() in titles:
                self.rows.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.Select)

    @property
    def chosen(self) -> list[str]:
        return sorted(index.data() for index in self.rows.selectedIndexes())

    def press(self, name: str) -> None:
        (found,) = [each for each in self.page.findChildren(Button, name) if each.isVisible()]
        found.click()


@pytest.fixture
def desk(dressed: QApplication, qtbot: QtBot, vault: Vault) -> Desk:
    desk = Desk(vault, qtbot)
    for title in ("The garden", "The lamp", "The sea"):
        desk.put_away(title)
    desk.page.presenter.show()
    desk.post.arrive()
    return desk


def waiting(desk: Desk) -> list[str]:
    return sorted(row.title for row in desk.vault.journal.drawer().result())


def test_what_was_chosen_is_what_goes_also_when_the_list_comes_late(desk: Desk) -> None:
    desk.page.presenter.show()
    desk.choose("The garden")
    desk.put_away("A letter")
    desk.post.arrive()
    assert desk.chosen == ["The garden"]
    desk.press("drawer-delete")
    (question,) = desk.page.findChildren(QDialog)
    assert any("The garden" in each.text() for each in question.findChildren(QLabel)), "it is named"
    desk.press("drawer-ask-yes")
    desk.post.arrive()
    assert waiting(desk) == ["A letter", "The lamp", "The sea"]


def test_several_that_were_chosen_stay_so_without_those_that_are_gone(desk: Desk) -> None:
    desk.choose("The lamp")
    desk.press("drawer-bring-back")
    desk.choose("The lamp", "The garden", "The sea")
    desk.post.arrive()
    assert desk.chosen == ["The garden", "The sea"]


def test_the_first_is_chosen_when_nothing_is_left_of_what_was(desk: Desk) -> None:
    first = desk.rows.model().index(0, 0).data()
    assert desk.chosen == [first]
    desk.choose("The lamp")
    desk.press("drawer-bring-back")
    desk.post.arrive()
    assert desk.chosen == [desk.rows.model().index(0, 0).data()]
    assert waiting(desk) == ["The garden", "The sea"]
