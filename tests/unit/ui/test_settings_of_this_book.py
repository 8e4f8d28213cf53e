"""The cards of what is chosen for one book, with answers that come after something was chosen in them."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from memorybook.domain.wording import WORD, Word
from memorybook.errors import MemoryBookError
from memorybook.services.preferences import DATES, ME, NUMBER_OF_WORDS, OFF, ON
from memorybook.services.vault import Vault
from memorybook.ui.settings.of_this_book import BookCards


class Desk:
    """The cards, and answers that come once the test asks for them."""

    def __init__(self, vault: Vault, qtbot: QtBot) -> None:
        self.vault = vault
        self.asked: list[tuple[Future[Any], Callable[[Any], None]]] = []
        self.cards = BookCards(
            vault.preferences, spelling=vault.spelling, deliver=self._deliver, failed=self._failed
        )
        self.page = QWidget()
        qtbot.addWidget(self.page)
        column = QVBoxLayout(self.page)
        for card in self.cards.cards:
            column.addWidget(card)

    def _deliver(
        self, future: Future[Any], done: Callable[[Any], None], failed: Callable[[MemoryBookError], None], /
    ) -> None:
        self.asked.append((future, done))

    def _failed(self, error: MemoryBookError) -> None:
        raise error

    def arrive(self) -> None:
        while self.asked:
            future, done = self.asked.pop(0)
            done(future.result(timeout=30))

    def button(self, name: str) -> QAbstractButton:
        (found,) = self.page.findChildren(QAbstractButton, name)
        return found

    @property
    def name(self) -> QLineEdit:
        (found,) = self.page.findChildren(QLineEdit, "own-name")
        return found

    def kept(self, key: str) -> str | None:
        return self.vault.preferences.get(key).result()


@pytest.fixture
def desk(dressed: QApplication, qtbot: QtBot, vault: Vault) -> Desk:
    vault.preferences.put(ME, "Paul").result()
    vault.preferences.put(WORD, Word.BABY).result()
    return Desk(vault, qtbot)


def test_a_word_that_is_chosen_before_the_card_is_filled_leaves_the_name(desk: Desk) -> None:
    desk.cards.show()
    desk.button("book-word-daughter").click()
    desk.cards.keep_now()
    desk.arrive()
    assert (desk.kept(WORD), desk.kept(ME)) == (Word.DAUGHTER, "Paul")
    assert desk.button("book-word-daughter").isChecked()
    assert desk.name.text() == "Paul"


def test_the_name_is_filled_in_while_a_word_that_was_chosen_is_not_kept_yet(desk: Desk) -> None:
    desk.cards.show()
    desk.button("book-word-daughter").click()
    desk.arrive()
    assert desk.button("book-word-daughter").isChecked()
    assert desk.name.text() == "Paul"


def test_what_was_typed_is_newer_than_what_was_asked_for_before(desk: Desk) -> None:
    desk.cards.show()
    desk.arrive()
    desk.cards.show()
    QTest.keyClicks(desk.name, "ine ")
    desk.cards.keep_now()
    desk.arrive()
    assert desk.name.text() == "Pauline ", "also the caret stays where it was"
    assert desk.kept(ME) == "Pauline"
    desk.button("book-word-son").click()
    desk.cards.keep_now()
    desk.arrive()
    assert (desk.kept(WORD), desk.kept(ME)) == (Word.SON, "Pauline")


def test_a_choice_writes_nothing_that_stands_beside_it(desk: Desk) -> None:
    desk.cards.show()
    desk.arrive()
    desk.vault.preferences.put(ME, "Paula").result()
    desk.button("book-word-son").click()
    desk.cards.keep_now()
    desk.cards.show()
    desk.arrive()
    assert (desk.kept(ME), desk.name.text()) == ("Paula", "Paula")


def test_a_box_says_what_was_chosen_in_it_last(desk: Desk) -> None:
    desk.cards.show()
    desk.arrive()
    desk.cards.show()
    desk.button("writing-number").click()
    desk.button("dates-page").click()
    desk.arrive()
    assert (desk.kept(NUMBER_OF_WORDS), desk.kept(DATES)) == (ON, OFF)
    assert desk.button("writing-number").isChecked()
    assert not desk.button("dates-page").isChecked()
    desk.vault.preferences.put(DATES, ON).result()
    desk.cards.show()
    desk.arrive()
    assert desk.button("dates-page").isChecked(), "what was chosen elsewhere since then"
