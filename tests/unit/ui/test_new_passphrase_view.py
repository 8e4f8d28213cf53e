"""The page of a new passphrase, while it is not known yet which passphrases there are."""


import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QRadioButton
from pytestqt.qtbot import QtBot

from memorybook.errors import KeyFilesDamaged
from memorybook.services.vault import Vault
from memorybook.ui.kit.buttons import Button
from memorybook.ui.recovery.new_passphrase import NewPassphrasePage
from memorybook.ui.recovery.presenter import NewPassphrasePresenter
from tests.books import PASSPHRASE
from tests.unit.ui.post import Post

NEW = "three maples and a stone wall"
SAMS = "a third door nobody uses"


class Desk:
    """The page, and answers that come once the test asks for them."""

    def __init__(self, vault: Vault, qtbot: QtBot) -> None:
        self.vault = vault
        self.post = Post()
        self.page = NewPassphrasePage()
        qtbot.addWidget(self.page)
        self.page.presenter = NewPassphrasePresenter(self.page, ways=vault.ways, deliver=self.post)
        self.page.show()

    @property
    def button(self) -> Button:
        (found,) = self.page.findChildren(Button, "next-passphrase-keep")
        return found

    def type(self, passphrase: str) -> None:
        for name in ("next-passphrase", "next-passphrase-again"):
            (line,) = self.page.findChildren(QLineEdit, name)
            line.setText(passphrase)

    def press_return(self) -> None:
        (line,) = self.page.findChildren(QLineEdit, "next-passphrase-again")
        QTest.keyClick(line, Qt.Key.Key_Return)

    def choice(self, number: int) -> QRadioButton:
        return self.page.findChildren(QRadioButton, f"replace-{number}")[-1]  # those before go later

    def opens(self, *passphrases: str) -> list[bool]:
        return [self.vault.admits(each) for each in passphrases]


@pytest.fixture
def desk(dressed: QApplication, qtbot: QtBot, vault: Vault) -> Desk:
    return Desk(vault, qtbot)


def test_none_is_added_beside_the_forgotten_one_before_it_is_known(desk: Desk) -> None:
    desk.page.presenter.show()
    desk.type(NEW)
    desk.button.click()
    desk.press_return()
    desk.post.arrive()
    assert desk.opens(PASSPHRASE, NEW) == [True, False]
    desk.button.click()
    desk.post.arrive()
    assert desk.opens(PASSPHRASE, NEW) == [False, True]


def test_none_is_added_where_it_could_not_be_read_which_there_are(desk: Desk) -> None:
    desk.page.presenter.show()
    desk.type(NEW)
    _, _, failed = desk.post.asked.pop()
    failed(KeyFilesDamaged())
    assert not desk.button.isEnabled()
    desk.press_return()
    assert not desk.post.asked


def test_the_one_that_was_chosen_is_replaced_also_when_the_list_comes_again(desk: Desk) -> None:
    desk.vault.ways.add_passphrase("Sam", SAMS).result()
    desk.page.presenter.show()
    desk.post.arrive()
    desk.page.presenter.show()
    desk.choice(1).click()
    desk.post.arrive()
    assert desk.choice(1).isChecked()
    desk.type(NEW)
    desk.button.click()
    desk.post.arrive()
    assert desk.opens(PASSPHRASE, SAMS, NEW) == [True, False, True]
