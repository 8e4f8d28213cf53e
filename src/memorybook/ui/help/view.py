"""The page "What is protected, and what is not": one card for each situation, nothing to fill in."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractSlider, QHBoxLayout, QVBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.help import words
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.labels import label, surface

_MEASURE = 680
_STEPS: dict[int, QAbstractSlider.SliderAction] = {
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}


class HelpPage(QWidget):
    """Needs no book. ``backWanted`` when the reader has read enough, by button or by Escape."""

    backWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scroll = ScrollColumn(width=_MEASURE)
        self._scroll.verticalScrollBar().setSingleStep(px(30))
        outer.addWidget(self._scroll)
        column = self._scroll.column
        head = QHBoxLayout()
        self._back = Button(tr("Back"), self.backWanted.emit, name="help-back", variant="quiet", icon="back")
        self._back.installEventFilter(self)
        head.addWidget(self._back)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(label(tr("What is protected, and what is not"), "title"))
        column.addWidget(label(words.introduction(), "soft"))
        column.addSpacing(px(4))
        for situation in words.situations():
            column.addWidget(_card(situation))
        column.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._scroll.verticalScrollBar().setValue(0)
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The one button has the keyboard and would look for another to go to: the arrows turn the page."""
        if watched is self._back and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._turn(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._turn(event):
            super().keyPressEvent(event)

    def _turn(self, event: QKeyEvent) -> bool:
        step = _STEPS.get(event.key())
        if event.key() == Qt.Key.Key_Escape:
            self.backWanted.emit()
        elif step is not None:
            self._scroll.verticalScrollBar().triggerAction(step)
        else:
            return False
        return True


def _card(situation: words.Situation) -> QWidget:
    px = theme.current().px
    card = surface("card")
    card.setObjectName(f"help-{situation.name}")
    card.setAccessibleName(situation.title)
    column = QVBoxLayout(card)
    column.setContentsMargins(px(20), px(16), px(20), px(18))
    column.setSpacing(px(8))
    column.addWidget(label(situation.title, "card-title"))
    for paragraph in situation.paragraphs:
        column.addWidget(label(paragraph))
    return card
