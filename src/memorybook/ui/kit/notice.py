"""A quiet line that says what happened. It stays until it no longer holds or is put away."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.labels import label, surface


class Notice(QWidget):
    """Hidden until :meth:`say`. Announced to screen readers as it appears."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame = surface("quiet")
        outer.addWidget(frame)
        row = QHBoxLayout(frame)
        row.setContentsMargins(px(16), px(10), px(8), px(10))
        self._text = label()
        self._text.setObjectName(name)
        row.addWidget(self._text, 1)
        self._away = Button(
            "",
            self.hide,
            name=f"{name}-away",
            variant="quiet",
            icon="remove",
            tint="ink_soft",
            says=tr("Put this message away"),
        )
        row.addWidget(self._away)
        self.hide()

    def say(self, text: str) -> None:
        """Show a sentence, in place of the one before."""
        self._text.setText(text)
        self._text.setAccessibleName(text)
        self.show()

    def text(self) -> str:
        """The sentence that is shown, or nothing."""
        return "" if self.isHidden() else self._text.text()
