"""What is protected can be read from the closed book and from the settings, by mouse and by keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QScrollArea

from memorybook.ui.help import words
from memorybook.ui.help.view import HelpPage
from memorybook.ui.lock.view import LockScreen
from tests.flows.driver import Driver, running
from tests.flows.test_refusals import begin

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]


@pytest.fixture
def driver() -> Iterator[Driver]:
    with running() as driver:
        driver.show()
        yield driver


def turned(driver: Driver) -> int:
    return driver.all(HelpPage)[0].findChildren(QScrollArea)[0].verticalScrollBar().value()


def read_with_keys(driver: Driver) -> None:
    """Down to the end, up again, and out by Escape."""
    assert turned(driver) == 0
    driver.key("Down")
    driver.wait(lambda: turned(driver) > 0)
    driver.key("End")
    bar = driver.all(HelpPage)[0].findChildren(QScrollArea)[0].verticalScrollBar()
    driver.wait(lambda: turned(driver) == bar.maximum() > 0)
    driver.key("Home")
    driver.wait(lambda: turned(driver) == 0)
    driver.key("PgDown")
    driver.wait(lambda: turned(driver) > 100)


def test_from_the_closed_book_and_back(driver: Driver, tmp_path: Path) -> None:
    driver.press("closed-help")
    for situation in words.situations():
        assert driver.sees(situation.title)
        assert all(driver.sees(paragraph) for paragraph in situation.paragraphs)
    read_with_keys(driver)
    driver.key("Esc")
    driver.wait(lambda: driver.all(LockScreen))
    driver.press("closed-help")
    assert turned(driver) == 0
    driver.press("help-back")
    driver.wait(lambda: driver.all(LockScreen))


def test_from_the_settings_and_back(driver: Driver, tmp_path: Path) -> None:
    begin(driver, tmp_path)
    driver.press("place-settings")
    driver.press("show-help")
    driver.wait(lambda: driver.all(HelpPage))
    read_with_keys(driver)
    driver.key("Esc")
    driver.find("show-help")


def test_it_fits_into_a_small_window_in_large_letters(driver: Driver) -> None:
    driver.settings.text_scale = 200
    driver.application.restyle()
    driver.window.resize(1024, 640)
    driver.press("closed-help")
    page = driver.all(HelpPage)[0]
    driver.wait(lambda: page.findChildren(QScrollArea)[0].verticalScrollBar().maximum() > 0)
    room = page.findChildren(QScrollArea)[0].viewport()
    for told in page.findChildren(QLabel):
        left = told.mapTo(room, told.rect().topLeft()).x()
        assert left >= 0
        assert left + told.width() <= room.width(), told.text()
        assert told.height() >= told.heightForWidth(told.width()), told.text()
    driver.settings.text_scale = 100
    driver.application.restyle()
