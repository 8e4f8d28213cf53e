"""Cards under headings, in two columns where there is room for them."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.support.card import OrganisationCard
from memorybook.ui.support.parts import tall_as_needed, wrapped

TWO_COLUMNS = 720  # pixels at 100 %, of the whole pane
NARROW = 480


class CardGrid(QWidget):
    """A heading and the cards below it."""

    def __init__(self, heading: str, cards: Sequence[OrganisationCard]) -> None:
        super().__init__()
        px = theme.current().px
        tall_as_needed(self)
        self._cards = list(cards)
        self._columns = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(8), 0, 0)
        column.setSpacing(px(10))
        column.addWidget(wrapped(heading, "section"))
        self._grid = QGridLayout()
        self._grid.setSpacing(px(12))
        self._filler = QWidget()
        self._grid.addWidget(self._filler, 0, 1)
        column.addLayout(self._grid)

    def arrange(self, room: int) -> None:
        """Fit into a pane of this width, in pixels as drawn."""
        px = theme.current().px
        for card in self._cards:
            card.fit(narrow=room < px(NARROW))
        columns = 2 if room >= px(TWO_COLUMNS) else 1
        if columns == self._columns:
            return
        self._columns = columns
        for number, card in enumerate(self._cards):
            self._grid.removeWidget(card)  # one that is taken out in another way keeps its former height
            self._grid.addWidget(card, number // columns, number % columns)
        # An empty column is narrower than one with a card.
        self._filler.setVisible(columns == 2 and len(self._cards) == 1)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, columns - 1)
