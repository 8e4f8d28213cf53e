"""A quiet line that says what happened. It stays until it no longer holds or is put away."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.long_words import breakable
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.column import bring_into_sight
from memorybook.ui.kit.flow import lie_or_stand
from memorybook.ui.kit.labels import label, surface

_LARGE = 1.2
_MOST_PADDING = 12  # above and below the words, in pixels as drawn, where there is little room


def is_large() -> bool:
    """Whether letters are so large that a line above a page has to be short."""
    return theme.current().scale > _LARGE


class Notice(QWidget):
    """Hidden until :meth:`say`. Announced to screen readers as it appears.

    In a narrow place the action stands below the words unless one line has room for both (``stands``).
    One that is ``passing`` goes when its page is left, unless something can still be done about what it
    says. ``away`` names the button that puts it away, where that is in a language of its own. ``putAway``
    tells that the person has done so.
    """

    putAway = Signal()

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
        self._passing, self._stands, self._said = passing, stands, ""
        px = theme.current().px
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame = surface("quiet")
        outer.addWidget(frame)
        row = self._row = QHBoxLayout(frame)
        padding = min(px(10), _MOST_PADDING)
        row.setContentsMargins(px(16), padding, px(8), padding)
        self._text = label()
        self._text.setObjectName(name)
        words = self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        lie_or_stand(words, narrow=stands)
        words.addWidget(self._text, 1)
        row.addLayout(words, 1)
        self._action = Button("", name=f"{name}-action", variant="link")
        self._action.clicked.connect(self._act)
        self._act_on: Callable[[], object] | None = None
        beside = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        words.addWidget(self._action, 0, beside if stands else Qt.AlignmentFlag(0))
        self._away = Button(
            "",
            self._put_away,
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
        self._said = text
        self._text.setText(breakable(text))
        self._text.setAccessibleName(text)
        self._place_action()
        self.show()

    def say_in_sight(self, text: str) -> None:
        """The same, with the page scrolled to it: it may have been asked for from a place far below."""
        self.say(text)
        bring_into_sight(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_action()

    def _place_action(self) -> None:
        """Beside the words where one line has room for both, else below them."""
        if self._stands:
            margins = self._row.contentsMargins()
            room = self.width() - margins.left() - margins.right()
            room -= self._row.spacing() + self._away.sizeHint().width()
            wanted = self._text.fontMetrics().horizontalAdvance(self._said) + 2
            wanted += self._words.spacing() + self._action.sizeHint().width()
            stands = "\n" in self._said or wanted > room
            lie_or_stand(self._words, narrow=stands)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._passing and self._act_on is None and not event.spontaneous():
            self.hide()

    def _put_away(self) -> None:
        self.hide()
        self.putAway.emit()

    def _act(self) -> None:
        self.hide()
        if self._act_on is not None:
            self._act_on()

    def text(self) -> str:
        """The sentence that is shown, or nothing."""
        return "" if self.isHidden() else self._said
