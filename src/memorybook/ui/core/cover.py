"""Hides what is on the screen at once, for the moment in which somebody comes in. Nothing is closed by it."""

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QVBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.labels import label

COVER_KEY = QKeySequence("Ctrl+H")


class Covering(QObject):
    """``wanted`` is emitted by every dialog in which the key is pressed.

    ``covered`` tells that the screen has been covered: whoever shows what a person has uncovered (a
    passphrase in clear, for one) hides it again, so that it is not in sight when the page comes back.
    ``hidden`` is what was above the page, while it is covered.
    """

    wanted = Signal()
    covered = Signal()
    hidden: "HiddenDialogs | None" = None


_covering: list[Covering] = []


def current() -> Covering:
    """The one of this process."""
    if not _covering:
        _covering.append(Covering())
    return _covering[0]


def listen_in(dialog: QDialog) -> None:
    """Let the key work above this dialog, also while the window behind it has the keyboard."""
    key = QShortcut(COVER_KEY, dialog)
    key.setContext(Qt.ShortcutContext.ApplicationShortcut)
    key.activated.connect(current().wanted)


def open_in_sight(dialog: QDialog, *, anywhere: bool = False) -> None:
    """Open a dialog above what it was asked from, which an answer that comes late may not find in sight.

    Under the cover it waits for the page to come back. Above another place, unless it may be ``anywhere`` in
    the open book, and above the closed book it is left alone before it was seen.
    """
    above, hidden = dialog.parentWidget(), current().hidden
    if above is None or above.isVisible() or (anywhere and _book_is_in_sight(above)):
        QDialog.open(dialog)
    elif hidden is not None:
        hidden.wait(dialog, anywhere=anywhere)
    else:
        dialog.reject()


def _book_is_in_sight(part: QWidget) -> bool:
    """Whether some other place of the book that ``part`` belongs to is shown."""
    window = part.window()
    outside = (window, window.centralWidget() if isinstance(window, QMainWindow) else window)
    around = part.parentWidget()
    while around is not None and around not in outside:
        if around.isVisible():
            return True
        around = around.parentWidget()
    return False


class CoverPage(QWidget):
    """A calm, plain page with one button. ``uncoverWanted`` and ``closeWanted`` carry what was pressed."""

    uncoverWanted = Signal()
    closeWanted = Signal()

    def __init__(self, close_key: QKeySequence, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "linen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setSpacing(theme.current().px(14))
        column.addStretch(1)
        says = label(tr("Covered. Nothing is closed."), "soft")
        says.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(says)
        keys = COVER_KEY.toString(QKeySequence.SequenceFormat.NativeText)
        self._button = Button(
            tr("Uncover  ({keys})").format(keys=keys), self.uncoverWanted.emit, name="uncover"
        )
        self._button.setAccessibleName(tr("Uncover"))
        self._button.setAccessibleDescription(keys)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.setFocusProxy(self._button)
        for sequence, wanted in ((COVER_KEY, self.uncoverWanted), (close_key, self.closeWanted)):
            key = QShortcut(sequence, self)
            key.activated.connect(wanted)


class HiddenDialogs:
    """The dialogs above a window, also those that come late, until they are brought back or put away."""

    def __init__(self, window: QWidget) -> None:
        self._focused = QApplication.focusWidget()
        self._dialogs = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
        self._waiting: list[tuple[QDialog, bool]] = []
        for dialog in reversed(self._dialogs):
            dialog.hide()
        current().hidden = self

    def wait(self, dialog: QDialog, *, anywhere: bool) -> None:
        """Hold back a dialog that comes while the window is covered."""
        self._waiting.append((dialog, anywhere))

    def bring_back(self) -> None:
        """Show them as they were, with the keyboard where it was."""
        current().hidden = None
        for dialog in self._dialogs:
            if shiboken6.isValid(dialog):
                QDialog.open(dialog)
        for dialog, anywhere in self._waiting:
            if shiboken6.isValid(dialog):
                open_in_sight(dialog, anywhere=anywhere)
        if self._focused is not None and shiboken6.isValid(self._focused):
            self._focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> None:
        """End them as if each had been left alone."""
        current().hidden = None
        for dialog in reversed([*self._dialogs, *(dialog for dialog, _ in self._waiting)]):
            if shiboken6.isValid(dialog):
                dialog.reject()
