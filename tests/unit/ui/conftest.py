"""One QApplication for the tests of widgets, dressed as the app dresses it."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import SIGNAL, QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication

from memorybook.ui.core import closing, cover, tasks, theme


@pytest.fixture(autouse=True)
def nobody_goes_on_listening() -> Iterator[None]:
    """Fail a test that leaves something behind which hears what the whole process is told.

    When that comes to work of a window that is gone, it breaks a test that has nothing to do with it.
    """
    before = _listeners()
    yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    left = [name for name, count in _listeners().items() if count > before[name]]
    assert not left, "what was made in the test still listens"


def _listeners() -> dict[str, int]:
    told = {
        "the screen is covered": (cover.current(), SIGNAL("covered()")),
        "the book closes": (closing.current(), SIGNAL("begins()")),
        "the look changes": (theme.current(), SIGNAL("changed()")),
    }
    return {name: teller.receivers(signal) for name, (teller, signal) in told.items()}


@pytest.fixture
def book(qapp: QApplication) -> Iterator[QObject]:
    """What belongs to an open book ends with this, as it does with the book."""
    del qapp
    book = QObject()
    yield book
    shiboken6.delete(book)


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    qapp.setStyle("Fusion")
    theme.load_fonts()
    tasks.start()
    theme.current().apply("light", 100)
    return qapp
