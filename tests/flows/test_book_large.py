"""A book of many pages: what is looked at stays in view, and is there before the other pages are made."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from memorybook.domain.entry import EntryDraft
from memorybook.rendering import typesetter
from memorybook.ui.book.view import BookPage
from tests.flows.driver import Driver, running
from tests.flows.test_refusals import begin

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(180)]

_PAGES = 30


class Gate:
    """Lets so many parts of a book be set, and holds up the next ones until it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._room = threading.Semaphore(0)
        self.tried = 0
        real = typesetter.svg

        def through(data: bytes, letters: typesetter.Letters, files: dict[str, bytes]) -> list[bytes]:
            self.tried += 1
            self._room.acquire()
            return real(data, letters, files)

        monkeypatch.setattr(typesetter, "svg", through)

    def let(self, count: int) -> None:
        self._room.release(count)


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[Driver]:
    """An open book with pages enough that not all of them are waited for."""
    with running() as driver:
        driver.show()
        begin(driver, tmp_path / "book")
        for number in range(_PAGES):
            driver.book.vault.journal.keep(
                None, EntryDraft(f"Day {number}", "Some words. " * (10 + 40 * (number % 3)))
            ).result()
        yield driver


def drawn(driver: Driver) -> BookPage:
    page = driver.book.book_page
    driver.wait(lambda: page.presenter.hand.edition is not None and page.is_drawn, seconds=60)
    return page


def test_the_page_in_view_comes_first_and_is_still_in_view_when_all_are_there(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.press("place-book")
    page = drawn(driver)
    driver.press("book-chapters-time")  # as many chapters would be, parts enough
    page = drawn(driver)
    spread = page._preview.spread
    spread.turn_to(spread.count // 2)
    driver.wait(lambda: spread.is_drawn)
    preview = page.presenter.pages._preview
    assert preview is not None
    seen = preview.spot(spread.first).entry
    assert seen is not None
    monkeypatch.setattr("memorybook.rendering.preview._NEAR", -2)
    gate = Gate(monkeypatch)
    try:
        driver.press("book-style-album")
        gate.let(2)
        driver.wait(lambda: not spread.is_whole)
        place = driver.find("book-place", QLabel)
        assert place.text() == "Making the pages…"
        assert not any(driver.find(name, QPushButton).isEnabled() for name in ("book-before", "book-after"))
        before = spread.first
        spread.setFocus()
        driver.key("End")
        assert spread.first == before, "nothing is turned over to that is not there"
    finally:
        gate.let(1000)
    drawn(driver)
    preview = page.presenter.pages._preview
    assert preview is not None
    assert seen in [preview.spot(index).entry for index in spread.shown()]
    assert place.text().startswith("page")
    assert gate.tried > 2
