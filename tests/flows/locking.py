"""What every test of closing the book does: open it, see that it is closed, read what was kept."""

from PySide6.QtWidgets import QLineEdit

from memorybook.ui.kit.editor import PageText
from memorybook.ui.lock.view import LockScreen
from tests.flows.driver import Driver


def opened(driver: Driver, passphrase: str, *, typed: str = "") -> None:
    """Open the book whose passphrase is asked for; ``typed`` stands in the field already."""
    field = driver.find("passphrase", QLineEdit)
    driver.wait(field.isEnabled)
    assert field.text() == typed
    driver.type_into("passphrase", passphrase, replace=True)
    driver.press("open-book")
    driver.find("entry-text")


def is_closed(driver: Driver) -> None:
    """Wait until the book is closed and can be opened again; nothing else is on the screen."""
    driver.wait(lambda: driver.all(LockScreen))
    driver.wait(lambda: driver.find("open-book").isEnabled())
    assert not driver.all(PageText)
    assert [window for window in driver.windows() if window is not driver.window] == []


def text_of(driver: Driver) -> str:
    """The words of the newest page, from the disk."""
    vault = driver.book.vault
    rows = vault.journal.all_for_book().result()
    return vault.journal.entry(rows[0].id).result().draft.body.strip()
