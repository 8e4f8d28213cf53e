"""The key that closes the book, wherever the keyboard is: a dialog must not stand in its way."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

CLOSE_KEY = QKeySequence("Ctrl+L")


class Closing(QObject):
    """``wanted`` is emitted by every dialog in which the key is pressed.

    ``begins`` tells that the book closes, before the dialogs above it go, hidden ones too: one in which words
    were written keeps them.
    """

    wanted = Signal()
    begins = Signal()


_closing: list[Closing] = []


def current() -> Closing:
    """The one of this process."""
    if not _closing:
        _closing.append(Closing())
    return _closing[0]


def listen_in(dialog: QDialog) -> None:
    """Let the key work above this dialog, also while the window behind it has the keyboard."""
    key = QShortcut(CLOSE_KEY, dialog)
    key.setContext(Qt.ShortcutContext.ApplicationShortcut)
    key.activated.connect(current().wanted)


def put_away_menus() -> None:
    """Close every menu and list that has dropped down."""
    popup = QApplication.activePopupWidget()
    while popup is not None:
        popup.close()
        popup = QApplication.activePopupWidget()


def put_away_dialogs(window: QWidget) -> None:
    """Close every menu and dialog above a window, as if each had been left alone."""
    put_away_menus()
    current().begins.emit()
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible():
            dialog.reject()
