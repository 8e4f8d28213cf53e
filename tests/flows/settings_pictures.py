"""Pictures of the settings: every card, every small window, with one and with four passphrases."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QDialog, QProgressBar, QScrollBar

from memorybook.domain.entry import EntryDraft
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.settings.view import SettingsPage
from tests.flows.driver import Driver

PASSPHRASE = "quiet lantern over water"
LABELS = ("Mine", "Sam’s", "For my sister, should something happen to me & nobody can find the page")
WINDOWS = {
    "add": ("add-way", "new-way-no"),
    "change": ("change-way-4", "change-way-no"),
    "rename": ("rename-way-4", "rename-way-no"),
    "remove": ("remove-way-4", "remove-way-no"),
    "withdraw": ("withdraw-sheet", "withdraw-explain-no"),
    "archive": ("archive-folder", "archive-unprotected-no"),
    "archive-password": ("archive-locked", "archive-password-no"),
}


def make(driver: Driver, folder: Path) -> None:
    """A book that takes a moment to be written anew."""
    vault = driver.application.library.create(folder, PASSPHRASE)
    for number in range(60):
        vault.journal.keep(None, EntryDraft(title=str(number), body=os.urandom(300_000).hex())).result()
    vault.close()


def everything(driver: Driver, to: Path) -> None:
    """The settings of the open book, as they begin and with all that can be set."""
    driver.press("place-settings")
    driver.find("change-way-1")
    _pages(driver, to, "one")
    vault = driver.book.vault
    for label in LABELS:
        vault.ways.add_passphrase(label, f"a passphrase for {label}").result()
    vault.ways.mark_sheet_shown().result()
    with _without_a_bus():
        driver.press("place-settings")
        driver.find("remove-way-4")
        driver.find("keyring-look")
        _pages(driver, to, "four-no-keyring")
    driver.press("keyring-look")
    driver.press("keyring-yes")
    driver.find("keyring-after-lock-no")
    _pages(driver, to, "four")
    for name, (opens, leaves) in WINDOWS.items():
        driver.press(opens)
        driver.picture(to / f"settings-window-{name}.png")
        driver.press(leaves)
        driver.wait(lambda: not driver.all(QDialog))
    _add_someone(driver, to)
    driver.press("keyring-no")
    driver.wait(lambda: driver.sees("From now on this computer asks for the passphrase."))
    _show(driver, "settings-keyring")
    driver.picture(to / "settings-keyring-left.png")
    _withdraw(driver, to)
    for way in vault.ways.all().result()[1:]:
        vault.ways.remove(way.id).result()


def _add_someone(driver: Driver, to: Path) -> None:
    driver.press("add-way")
    driver.type_into("new-way-label", "Grandma")
    driver.type_into("new-way-passphrase", "maple")
    driver.press("new-way-keep")
    driver.picture(to / "settings-window-add-differ.png")
    driver.type_into("new-way-again", "maple")
    driver.press("new-way-keep")
    driver.picture(to / "settings-window-add-short.png")
    driver.press("new-way-keep")
    driver.wait(lambda: not driver.all(QDialog))
    driver.picture(to / "settings-added.png")


def _withdraw(driver: Driver, to: Path) -> None:
    driver.press("withdraw-sheet")
    driver.press("withdraw-explain-yes")
    driver.picture(to / "settings-window-withdraw-passphrase.png")
    driver.type_into("withdraw-passphrase", "three maples and a stone wall")
    driver.type_into("withdraw-again", "three maples and a stone wall")
    driver.press("withdraw-keep")
    bar = driver.find("renewal-bar", QProgressBar)
    driver.wait(lambda: bar.value() > 0)
    driver.picture(to / "settings-window-renewal.png")
    driver.press("renewal-stop")
    driver.wait(lambda: not driver.all(QDialog))
    _show(driver, "settings-sheet")
    driver.picture(to / "settings-withdrawal-stopped.png")


def _pages(driver: Driver, to: Path, name: str) -> None:
    """The whole length of the page, a window after another."""
    bar = _bar(driver)
    bar.setValue(0)
    number = 1
    while True:
        driver.picture(to / f"settings-{name}-{number}.png")
        if bar.value() == bar.maximum():
            break
        bar.setValue(bar.value() + bar.pageStep() - 40)
        number += 1
    bar.setValue(0)


def _show(driver: Driver, card: str) -> None:
    _column(driver).bring_into_view(driver.find(card))


def _bar(driver: Driver) -> QScrollBar:
    return _column(driver).verticalScrollBar()


def _column(driver: Driver) -> ScrollColumn:
    found = driver.all(SettingsPage)[0].findChild(ScrollColumn)
    assert found is not None
    return found


@contextmanager
def _without_a_bus() -> Iterator[None]:
    address = os.environ.pop("DBUS_SESSION_BUS_ADDRESS", "")
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent/bus"
    try:
        yield
    finally:
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = address
