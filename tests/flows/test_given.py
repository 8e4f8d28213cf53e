"""What the program is begun with from a file manager, the first time or beside an open book."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog

from memorybook.errors import NoCopyHere
from memorybook.ui.lock.view import LockScreen
from memorybook.ui.restore.view import RestorePage
from memorybook.ui.shell import given
from tests.books import PASSPHRASE
from tests.flows.driver import Driver, running

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]

KEPT = Path(__file__).parents[1] / "vaults" / "schema1"


@pytest.fixture
def driver() -> Iterator[Driver]:
    with running() as driver:
        yield driver


def make(driver: Driver, folder: Path) -> Path:
    driver.application.library.create(folder, PASSPHRASE).close()
    return folder


def open_book(driver: Driver) -> None:
    driver.type_into("passphrase", PASSPHRASE)
    driver.press("open-book")
    driver.find("entry-text")


@pytest.mark.parametrize("how", ["begun", "given later"])
def test_a_copy_in_one_file_is_what_the_window_asks_about(driver: Driver, how: str) -> None:
    source = KEPT / "book.mbbackup"
    if how == "given later":
        driver.show()
        driver.application.given.open(source)
    else:
        driver.show(source)
    driver.find("restore-passphrase")
    assert driver.all(RestorePage)
    driver.key("Escape")
    driver.key("Escape")
    driver.wait(lambda: driver.all(LockScreen))


def test_a_place_of_copies_leads_to_bringing_one_back(driver: Driver) -> None:
    (place,) = KEPT.glob("Memory Book *")
    driver.show(place)
    driver.wait(lambda: driver.all(RestorePage))
    driver.find("restore-passphrase")


@pytest.mark.parametrize("kind", ["a folder", "a link to it", "a file in it"])
def test_a_book_is_asked_for_its_passphrase(driver: Driver, tmp_path: Path, kind: str) -> None:
    book = make(driver, tmp_path / "Our book")
    given = {"a folder": book, "a link to it": tmp_path / "link", "a file in it": book / "book.db"}[kind]
    (tmp_path / "link").symlink_to(book)
    driver.show(given)
    wanted = given if given.is_dir() else book
    driver.wait(lambda: driver.application.window.locking.folder == wanted)
    open_book(driver)


@pytest.mark.parametrize("kind", ["a picture", "a folder of other things", "nothing there"])
def test_whatever_else_it_is_gets_a_sentence_in_the_window(driver: Driver, tmp_path: Path, kind: str) -> None:
    given = tmp_path / kind
    if kind == "a picture":
        given.write_bytes(b"\xff\xd8\xff")
    elif kind == "a folder of other things":
        given.mkdir()
        make(driver, given / "a book in it")  # which is no copy
    driver.show(given)
    if kind == "a picture":
        driver.wait(lambda: driver.sees(NoCopyHere.sentence))
        driver.find("restore-file")
    else:
        driver.wait(lambda: driver.sees("The book is not here"))
        driver.find("open-another")


def test_what_was_given_last_counts_however_late_the_drive_of_the_first_answers(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, other = make(driver, tmp_path / "ours"), make(driver, tmp_path / "hers")
    asleep, awake, heard = tmp_path / "asleep", threading.Event(), threading.Event()
    is_in, run = given._is_in, driver.application.background.run
    asked: list[Future[Any]] = []

    def slow(path: Path, folder: Path) -> bool:
        assert path != asleep or awake.wait(60)
        return is_in(path, folder)

    def watched(work: Callable[[], Any]) -> Future[Any]:
        asked.append(run(work))
        return asked[-1]

    monkeypatch.setattr(given, "_is_in", slow)
    monkeypatch.setattr(driver.application.given, "_run", watched)
    driver.show(book)
    open_book(driver)
    asked.clear()
    driver.application.given.open(asleep)
    driver.application.given.open(other)
    driver.find("given-yes")
    asked[0].add_done_callback(lambda _: heard.set())  # after the window was told
    awake.set()
    driver.wait(heard.is_set)
    driver.settle()
    driver.press("given-yes")
    driver.wait(lambda: driver.application.window.locking.folder == other)


def test_what_is_given_beside_an_open_book_waits_for_an_answer(driver: Driver, tmp_path: Path) -> None:
    book, other = make(driver, tmp_path / "ours"), make(driver, tmp_path / "hers")
    driver.show(book)
    open_book(driver)
    driver.type_into("entry-text", "Words that stay.")
    (tmp_path / "link").symlink_to(book)
    for same in (book, tmp_path / "link", book / "book.db"):
        driver.application.given.open(same)
    driver.application.given.open(KEPT / "book.mbbackup")
    driver.application.given.open(other)
    driver.find("given-no")
    assert [each.objectName() for each in driver.all(QDialog)] == ["given"]
    driver.press("given-no")
    driver.wait(lambda: not driver.all(QDialog))
    assert driver.application.window.folder == book

    driver.application.given.open(other)
    driver.press("given-yes")
    driver.wait(lambda: driver.application.window.locking.folder == other)
    driver.wait(lambda: driver.find("passphrase").isEnabled())
    driver.wait(lambda: any(words.endswith("/hers") for words in driver.words()))
    vault = driver.application.library.open(book, PASSPHRASE)
    try:
        (row,) = vault.journal.all_for_book().result()
        assert vault.journal.entry(row.id).result().draft.body.strip() == "Words that stay."
    finally:
        vault.close()
