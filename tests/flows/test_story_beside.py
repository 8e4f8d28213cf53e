"""Our story beside the writing page: whose keys they are, and where a date leads."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget

from memorybook.ui.kit.editor import PageText
from tests.flows.driver import Driver, running
from tests.flows.test_refusals import begin
from tests.flows.test_story import a_few_pages, choose, focused, reads, story, titles

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[Driver]:
    with running() as driver:
        driver.show()
        begin(driver, tmp_path / "book")
        yield driver


def test_a_page_that_is_open_in_writing_is_put_away_here_and_the_keys_stay_here(driver: Driver) -> None:
    """The writing page begins anew behind the story: what is pressed next must not end up on it unseen."""
    a_few_pages(driver.book.vault)
    driver.key("Ctrl+2")
    driver.wait(lambda: len(titles(driver)) == 9 and all(titles(driver)))
    driver.key("Down")
    reads(driver, "The garden")
    driver.key("Ctrl+E")
    driver.wait(lambda: driver.find("entry-title", QLineEdit).text() == "The garden")
    driver.key("Ctrl+2")
    driver.wait(lambda: driver.book.place == "story")
    story(driver).setFocus()
    driver.key("Home")
    driver.key("Delete")
    driver.wait(lambda: driver.book.writing.entry_id is None)
    driver.wait(lambda: driver.sees("The page is put away."))
    assert focused(driver) == "story-list"
    driver.key("Ctrl+Z")
    reads(driver, "The garden")
    driver.key("Ctrl+1")
    assert focused(driver) == "entry-text"
    assert driver.find("entry-text", PageText).toPlainText() == ""


def test_a_day_without_its_year_is_nowhere_to_go(driver: Driver) -> None:
    a_few_pages(driver.book.vault)
    driver.key("Ctrl+2")
    driver.wait(lambda: len(titles(driver)) == 9 and all(titles(driver)))
    driver.key("Down")
    reads(driver, "The garden")
    driver.key("Ctrl+G")
    driver.type_into("jump-day", "5")
    driver.choose_month("jump-month", 3)
    driver.press("jump-go")
    driver.wait(lambda: driver.sees("A year is needed here."))
    driver.type_into("jump-year", "2025")
    driver.press("jump-go")
    reads(driver, "מכתב")


def test_who_is_put_away_or_writes_no_more_is_not_asked_for(driver: Driver) -> None:
    """A chip without a word on it would hide most of the story, and nobody could tell why."""
    a_few_pages(driver.book.vault)
    journal, record = driver.book.vault.journal, driver.book.vault.record
    driver.key("Ctrl+2")
    driver.wait(lambda: len(titles(driver)) == 9)
    (wren,) = record.babies().result()
    choose(driver, "About", "Wren")
    driver.wait(lambda: titles(driver)[1:] == ["The garden"])
    driver.key("Ctrl+3")
    record.remove_baby(wren.id).result()
    record.delete_for_ever([wren.id]).result()
    driver.key("Ctrl+2")
    driver.wait(lambda: len(titles(driver)) == 9 and all(titles(driver)))
    choose(driver, "Written by", "Sam")
    driver.wait(lambda: titles(driver)[1:] == ["Wave of light"])
    (sams,) = [row.id for row in journal.all_for_book().result() if row.title == "Wave of light"]
    driver.key("Ctrl+1")
    journal.delete(sams).result()
    driver.key("Ctrl+2")
    driver.wait(lambda: len(titles(driver)) == 8 and all(titles(driver)))
    assert not [each for each in driver.all(QWidget) if each.objectName().startswith("filter-on-")]
