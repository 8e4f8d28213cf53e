"""The key that leads to the next marked word is answered whenever it is pressed."""

from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar, cast

import pytest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from memorybook.domain.spelling import Dictionary
from memorybook.services.spelling import Spelling, SpellingState
from memorybook.ui.core import tasks
from memorybook.ui.kit.editor import PageText
from memorybook.ui.write.spelling import PageSpelling

T = TypeVar("T")


class Late:
    """A dictionary that is found later than the key is pressed."""

    def __init__(self) -> None:
        self.found: Future[SpellingState] = Future()

    def state(self, _language: str) -> Future[SpellingState]:
        return self.found

    def check(self, words: Sequence[str]) -> Future[dict[str, bool]]:
        return _now({word: word != "thier" for word in words})

    def suggest(self, _word: str) -> Future[tuple[str, ...]]:
        return _now(("their",))


def _now(value: T) -> Future[T]:
    future: Future[T] = Future()
    future.set_result(value)
    return future


@pytest.mark.parametrize(
    ("active", "answer"), [(True, "their"), (False, "")], ids=["a dictionary", "none for the language"]
)
def test_the_key_waits_until_it_is_known_which_dictionary_holds(
    dressed: QApplication, qtbot: QtBot, active: bool, answer: str
) -> None:
    page = PageText(name="text", says="Your words")
    qtbot.addWidget(page)
    page.setPlainText("thier light")
    page.show()
    page.setFocus()
    late = Late()
    spelling = PageSpelling(page, spelling=cast(Spelling, late), deliver=tasks.delivery_to(page))
    spelling.seek_next()
    assert not spelling.is_on
    assert not page.findChildren(QMenu)
    found = Dictionary("en_GB", Path("/nowhere"))
    late.found.set_result(SpellingState("", (found,), found if active else None))
    if answer:
        qtbot.waitUntil(lambda: answer in texts(page))
        page.findChildren(QMenu)[0].close()
    else:
        tasks.deliver(_now(None), page, lambda _: page.setPlainText("behind it"), lambda _: None)
        qtbot.waitUntil(lambda: page.toPlainText() == "behind it")
        assert not page.findChildren(QMenu)


def texts(page: PageText) -> list[str]:
    return [action.text() for menu in page.findChildren(QMenu) for action in menu.actions()]
