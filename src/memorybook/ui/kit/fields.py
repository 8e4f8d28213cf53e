"""Fields a person types into: a passphrase that can be shown, and a line with its label."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.labels import label


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
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
            | Qt.InputMethodHint.ImhHiddenText
        )
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

    def forget(self) -> None:
        """Empty the field, its undo history with it."""
        self.line.setText("")
        self._capitals.hide()
        self.line.setModified(False)
        if self._eye.isChecked():
            self._eye.setChecked(False)
