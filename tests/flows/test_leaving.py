"""The book closes by itself when the computer is left: said over a real bus, heard by the real window."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from memorybook.services.vault import Library
from memorybook.ui.shell.calls import Call
from tests.books import PASSPHRASE
from tests.flows.driver import PATIENCE_S, Driver, running
from tests.flows.leaving import ANOTHER, Logind, logind, save_screen
from tests.flows.locking import is_closed, opened, text_of

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]

WORDS = "in the middle of a senten"


@pytest.fixture
def login() -> Iterator[Logind]:
    with logind(os.environ["DBUS_SYSTEM_BUS_ADDRESS"]) as login:
        yield login


@pytest.fixture
def driver(login: Logind, library: Library, tmp_path: Path) -> Iterator[Driver]:
    book = tmp_path / "book"
    library.create(book, PASSPHRASE).close()
    with running() as driver:
        driver.show(book)
        yield driver


def writing(driver: Driver, login: Logind) -> None:
    opened(driver, PASSPHRASE)
    login.wait_until_sleep_is_held_up()
    driver.wait(lambda: "GetSession" in [name for name, _ in login.asked])
    driver.type_into("entry-text", WORDS)


def kept_all(driver: Driver) -> None:
    is_closed(driver)
    opened(driver, PASSPHRASE)
    assert text_of(driver) == WORDS


def test_locking_the_screen_closes_the_book(driver: Driver, login: Logind) -> None:
    writing(driver, login)
    login.lock()
    kept_all(driver)


def test_another_session_is_not_ours(driver: Driver, login: Logind) -> None:
    writing(driver, login)
    login.lock(ANOTHER)
    login.switch_user(ANOTHER)
    login.sleep(begins=False)
    login.lock()  # told in this order, and heard in it
    kept_all(driver)
    assert [name for name, _ in login.asked].count("Get") == 0


def test_another_persons_turn_closes_the_book(driver: Driver, login: Logind) -> None:
    writing(driver, login)
    login.switch_user()
    kept_all(driver)


def test_sleep_waits_until_the_book_is_closed(driver: Driver, login: Logind) -> None:
    writing(driver, login)
    assert login.sleep_waits()
    assert ("Inhibit", "sleep", "delay") in [
        (name, body[0], body[-1]) for name, body in login.asked if name == "Inhibit"
    ]
    login.sleep()
    is_closed(driver)
    driver.wait(lambda: not login.sleep_waits())
    opened(driver, PASSPHRASE)
    assert text_of(driver) == WORDS


@pytest.mark.parametrize("name", ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"])
def test_a_screen_saver_closes_the_book(driver: Driver, login: Logind, name: str) -> None:
    writing(driver, login)
    save_screen(os.environ["DBUS_SESSION_BUS_ADDRESS"], name, active=True)
    kept_all(driver)


def test_a_closed_book_hears_nothing(driver: Driver, login: Logind) -> None:
    writing(driver, login)
    driver.key("Ctrl+L")
    is_closed(driver)
    driver.wait(lambda: not login.sleep_waits())
    driver.type_into("passphrase", "half a passphra")
    login.lock()
    login.sleep()
    opened(driver, PASSPHRASE, typed="half a passphra")


def test_without_a_session_of_its_own_every_lock_counts(driver: Driver, login: Logind) -> None:
    login.knows_session = False
    writing(driver, login)
    login.lock(ANOTHER)
    kept_all(driver)


def test_listening_brings_in_no_network(driver: Driver, login: Logind) -> None:
    writing(driver, login)
    assert "PySide6.QtDBus" in sys.modules
    assert not [name for name in sys.modules if "QtNetwork" in name]
    assert "Qt6Network" not in Path("/proc/self/maps").read_text()
    listeners = [name for name in sys.modules if "session_lock_" in name]
    assert listeners == ["memorybook.ui.core.session_lock_linux"]


def test_a_flood_of_locks_closes_the_book_once_and_loses_nothing(driver: Driver, login: Logind) -> None:
    writing(driver, login)
    for _ in range(2_000):
        login.lock()
    kept_all(driver)


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_a_session_that_ends_while_the_window_comes_ends_the_program(
    monkeypatch: pytest.MonkeyPatch, asked: signal.Signals
) -> None:
    driver = Driver()
    application = driver.application
    monkeypatch.setattr(application, "listen_for_calls", lambda _: os.kill(os.getpid(), asked))
    too_late = QTimer(application.qt)
    too_late.timeout.connect(lambda: application.qt.exit(1))
    too_late.start(int(PATIENCE_S * 1000))
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        assert application.run(None, meeting=Nobody()) == 0
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        too_late.stop()
        driver.decoder.close()
        application.window.deleteLater()
        driver.settle()


class Nobody:
    """Where no second start is ever heard."""

    descriptor = -1

    def calls(self) -> list[Call]:
        return []
