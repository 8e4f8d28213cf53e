"""A screen with one card in the middle, of several that follow one another."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.kit.closed_card import Card
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.labels import surface

_NARROW = 480


class CardPage(QWidget):
    """Shows one card at a time, ``shown``. ``ground`` is the surface behind it.

    Call :meth:`set_cards` before anything else.
    """

    shown: Card

    def __init__(self, *, ground: str = "linen", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", ground)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.scrolled = ScrollColumn()
        outer.addWidget(self.scrolled)
        column = self.scrolled.column
        column.addStretch(1)
        card = surface("card")
        self._card_column = QVBoxLayout(card)
        self._card_column.setSpacing(theme.current().px(14))
        self._cards: tuple[Card, ...] = ()
        column.addWidget(card)
        column.addStretch(1)

    def set_cards(self, *cards: Card) -> None:
        """All there are. None is seen before it is turned to; until then ``shown`` is the first."""
        self._cards, self.shown = cards, cards[0]
        for each in cards:
            each.hide()
            self._card_column.addWidget(each)

    def put_below(self, widget: QWidget) -> None:
        """Below the card, and below what was put there before."""
        column = self.scrolled.column
        column.insertWidget(column.count() - 1, widget, 0, Qt.AlignmentFlag.AlignHCenter)

    def turn_to(self, card: Card) -> None:
        """Show another card, with the keyboard in it. Nothing that was typed waits in the one before."""
        if card is not self.shown:
            self.shown.forget()
        self.shown = card
        self.scrolled.set_width(card.width_wanted)
        for each in self._cards:
            each.setVisible(each is card)
        card.setFocus()
        self.scrolled.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = theme.current().px
        side = px(40 if self.width() >= px(_NARROW) else 20)
        self._card_column.setContentsMargins(side, px(36), side, px(28))

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing that was typed waits behind another screen."""
        super().hideEvent(event)
        if not event.spontaneous():
            for card in self._cards:
                card.forget()
