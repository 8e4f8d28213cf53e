"""A quiet line that says what happened. It stays until it no longer holds or is put away."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.labels import label, surface


class Notice(QWidget):
    """Hidden until :meth:`say`. Announced to screen readers as it appears.

    In a narrow place the action stands below the words (``stands``). One that is ``passing`` goes when its
    page is left, unless something can still be done about what it says. ``away`` names the button that puts
    it away, where that is in a language of its own.
    """

    def __init__(
        self,
        *,
        name: str,
        stands: bool = False,
        passing: bool = False,
        away: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._passing = passing
        px = theme.current().px
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame = surface("quiet")
        outer.addWidget(frame)
        row = QHBoxLayout(frame)
        row.setContentsMargins(px(16), px(10), px(8), px(10))
        self._text = label()
        self._text.setObjectName(name)
        words = QVBoxLayout() if stands else QHBoxLayout()
        words.addWidget(self._text, 1)
        row.addLayout(words, 1)
        self._action = Button("", name=f"{name}-action", variant="link")
        self._action.clicked.connect(self._act)
        self._act_on: Callable[[], object] | None = None
        words.addWidget(self._action, 0, Qt.AlignmentFlag.AlignLeft if stands else Qt.AlignmentFlag(0))
        self._away = Button(
            "",
            self.hide,
            name=f"{name}-away",
            variant="quiet",
            icon="remove",
            tint="ink_soft",
            says=away or tr("Put this message away"),
        )
        row.addWidget(self._away, 0, Qt.AlignmentFlag.AlignTop if stands else Qt.AlignmentFlag(0))
        self.hide()

    def say(self, text: str, *, action: str = "", acts: Callable[[], object] | None = None) -> None:
        """Show a sentence, in place of the one before, with a way to answer it if there is one."""
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.setVisible(bool(action))
        self._act_on = acts
        self._text.setText(text)
        self._text.setAccessibleName(text)
        self.show()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._passing and self._act_on is None and not event.spontaneous():
            self.hide()

    def _act(self) -> None:
        self.hide()
        if self._act_on is not None:
            self._act_on()

    def text(self) -> str:
        """The sentence that is shown, or nothing."""
        return "" if self.isHidden() else self._text.text()
