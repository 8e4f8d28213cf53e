"""Fields a person types into: a line with its label, a passphrase, and a line that gives nothing away."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from memorybook.ui.core import cover, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.passphrases import Remark
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.labels import label

OWN_WORDS = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
"""Asks keyboards and input methods not to learn what a person writes in the book."""

_NEVER_LEARNED = OWN_WORDS | Qt.InputMethodHint.ImhNoAutoUppercase
# Each of these puts what it takes into the clipboard.
_TAKING_AWAY = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.DeleteEndOfLine,
)


class PrivateLine(QLineEdit):
    """A line that is read while it is typed and never goes anywhere: it can be pasted into, not copied from.

    Keyboards and input methods are asked not to learn it. What is selected is kept from other programs by
    the guard of the clipboard.
    """

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setInputMethodHints(_NEVER_LEARNED)
        self.setDragEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if any(event.matches(key) for key in _TAKING_AWAY):
            event.accept()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Paste"), self.paste)
        menu.popup(event.globalPos())

    def forget(self) -> None:
        """Empty the line, its undo history with it."""
        self.setText("")
        self.setModified(False)


class LabelledLine(QWidget):
    """A line edit under its label; the label is its accessible name."""

    def __init__(self, text: str, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = self.lines = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(6))
        caption = label(text, "field")
        self.line = QLineEdit()
        self.line.setObjectName(name)
        self.line.setAccessibleName(text)
        self.line.setInputMethodHints(OWN_WORDS)
        caption.setBuddy(self.line)
        column.addWidget(caption)
        self.row = QHBoxLayout()
        self.row.setSpacing(theme.current().px(6))
        self.row.addWidget(self.line, 1)
        column.addLayout(self.row)
        self.setFocusProxy(self.line)

    def text(self) -> str:
        """What was typed."""
        return self.line.text()


class PassphraseLine(LabelledLine):
    """A passphrase: hidden unless shown, and never learned by a keyboard or an input method."""

    def __init__(self, text: str, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(text, name=name, parent=parent)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(_NEVER_LEARNED | Qt.InputMethodHint.ImhHiddenText)
        self._eye = Button(
            "",
            name=f"{name}-show",
            variant="quiet",
            icon="show",
            tint="ink_soft",
            says=tr("Show the passphrase"),
        )
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self.reveal)
        self.row.addWidget(self._eye)
        self._capitals = label(tr("Caps Lock seems to be on."), "small")
        self._capitals.setObjectName(f"{name}-capitals")
        self._capitals.hide()
        self.lines.addWidget(self._capitals)
        self.line.installEventFilter(self)
        cover.current().covered.connect(self._conceal)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A capital letter without Shift, or a small one with it, tells that Caps Lock is on."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            text = event.text()
            if len(text) == 1 and text.isalpha() and text.lower() != text.upper():
                shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._capitals.setVisible(text.isupper() != shift)
        return super().eventFilter(watched, event)

    def reveal(self, shown: bool) -> None:
        """Show or hide what is typed."""
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._eye.use_icon("hide" if shown else "show")
        says = tr("Hide the passphrase") if shown else tr("Show the passphrase")
        self._eye.setAccessibleName(says)
        self._eye.setToolTip(says)

    def _conceal(self) -> None:
        if self._eye.isChecked():
            self._eye.setChecked(False)

    def forget(self) -> None:
        """Empty the field, its undo history with it."""
        self.line.setText("")
        self._capitals.hide()
        self.line.setModified(False)
        self._conceal()


def passphrase_remark(remark: Remark) -> str:
    """What is said about a new passphrase that is not taken yet."""
    if remark == "missing":
        return tr("Please type a passphrase first.")
    if remark == "differ":
        return tr("The two are not the same yet. The eye beside them shows what was typed.")
    return tr(
        "This passphrase is short, and a short one can be guessed. A longer one is safer. "
        "To use this one all the same, press the button once more."
    )
