"""The window of a book that this computer remembers, with GNOME's keyring and with one that is silent."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from memorybook.services.vault import Library
from memorybook.system.keyring.computer import SECONDS_PER_CALL
from memorybook.ui.shell.open_book import OpenBook
from tests.books import PASSPHRASE
from tests.flows.driver import Driver, running
from tests.keyrings import SECONDS, Session, bus, desktop_keyring, silence

__all__ = ["bus", "desktop_keyring"]

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]

BEFORE_THE_KEYRING_IS_GIVEN_UP = SECONDS_PER_CALL - 1
"""Seconds: what takes longer has waited for it."""


@pytest.fixture
def remembered(bus: Session, library: Library, tmp_path: Path) -> Iterator[Path]:
    """A book that this computer remembers, closed; its keyring has ended since."""
    process = bus.begin_keyring("--unlock")
    book = library.create(tmp_path / "Memory Book", PASSPHRASE)
    book.ways.remember_here().result(SECONDS)
    book.close()
    bus.end_part(process)
    yield book.folder
    for thread in threading.enumerate():
        if thread.name == "memorybook-keyring":
            thread.join(SECONDS)


def asking(driver: Driver, book: Path) -> None:
    driver.show()
    driver.application.window.locking.start(book, ask_keyring=True)


def until_asked(driver: Driver, was_asked: Callable[[], None]) -> None:
    """Let the window go on until the silent keyring has been asked for something."""
    waiting = threading.Thread(target=was_asked)
    waiting.start()
    driver.wait(lambda: not waiting.is_alive())


def test_a_remembered_book_opens_by_itself(
    desktop_keyring: Session, library: Library, tmp_path: Path
) -> None:
    book = library.create(tmp_path / "Memory Book", PASSPHRASE)
    book.ways.remember_here().result(SECONDS)
    book.close()
    with running() as driver:
        asking(driver, book.folder)
        driver.wait(lambda: driver.all(OpenBook))


def test_the_passphrase_opens_it_while_the_keyring_is_silent(bus: Session, remembered: Path) -> None:
    with silence(bus) as was_asked, running() as driver:
        asking(driver, remembered)
        until_asked(driver, was_asked)
        driver.type_into("passphrase", PASSPHRASE)
        driver.press("open-book")
        driver.wait(lambda: driver.all(OpenBook), BEFORE_THE_KEYRING_IS_GIVEN_UP)


def test_a_window_closes_while_the_keyring_is_silent(bus: Session, remembered: Path) -> None:
    with silence(bus) as was_asked:
        with running() as driver:
            asking(driver, remembered)
            until_asked(driver, was_asked)
            began = time.monotonic()
        assert time.monotonic() - began < BEFORE_THE_KEYRING_IS_GIVEN_UP
