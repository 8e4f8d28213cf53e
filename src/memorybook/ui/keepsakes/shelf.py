"""The keepsakes as cards, in the parent's order; nothing is shown for what is not there."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from memorybook.domain.ids import KeepsakeId, PhotoId
from memorybook.domain.photo import Photo
from memorybook.ui.core import theme
from memorybook.ui.core.called import names
from memorybook.ui.core.i18n import count_text, tr
from memorybook.ui.keepsakes.card import Card
from memorybook.ui.keepsakes.columns import ColumnsLayout
from memorybook.ui.keepsakes.front import Front
from memorybook.ui.keepsakes.presenter import Shelf, names_shown
from memorybook.ui.kit.beginning import Beginning
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.flow import FlowLayout, lie_or_stand
from memorybook.ui.kit.labels import label

_CARD, _NARROW = 250, 620


class ShelfView(Beginning):
    """Sends what the person wants; :meth:`show_shelf` keeps the cards that stay as they are."""

    addWanted = Signal()
    openWanted = Signal(int)
    moveWanted = Signal(int, int)
    uncoverWanted = Signal(int)
    drawerWanted = Signal()
    focused = Signal(QWidget)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        self._cards: dict[KeepsakeId, Card] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(14))
        column.addLayout(self._head())
        self._empty = label(
            tr(
                "A blanket, a band with a name on it, a candle, a card: what is kept can be written down "
                "here, with a picture or without one. “In the blue box” is enough."
            ),
            "soft",
        )
        column.addWidget(self._empty)
        self._board = QWidget()
        self._columns = ColumnsLayout(self._board, narrowest=px(_CARD), gap=px(16))
        column.addWidget(self._board)
        self._away = Button(
            tr("Keepsakes put away…"), self.drawerWanted.emit, name="keepsakes-drawer", variant="aside"
        )
        column.addWidget(self._away, 0, Qt.AlignmentFlag.AlignLeading)
        for part in (self._empty, self._arrange, self._away):
            part.hide()  # what there is to say is known with the keepsakes
        self.begin_at(self._add)

    def _head(self) -> QBoxLayout:
        px = theme.current().px
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(px(12))
        self._title = title = FlowLayout(gap=px(12))
        title.addWidget(label(tr("Keepsakes"), "title", wraps=False))
        self._count = label("", "soft", wraps=False)
        self._count.setObjectName("keepsakes-count")
        title.addWidget(self._count)
        self._top.addLayout(title, 1)
        self._arrange = Button(tr("Change the order"), name="keepsakes-order", variant="chip")
        self._arrange.setCheckable(True)
        self._arrange.toggled.connect(lambda _: self._show_order())
        self._top.addWidget(self._arrange, 0, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self._add = Button(
            tr("Add a keepsake"), self.addWanted.emit, name="add-keepsake", variant="primary"
        )
        self._top.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        return self._top

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = theme.current().px
        parts = [*(self._title.itemAt(number) for number in range(self._title.count())),
                 *(self._top.itemAt(number) for number in (1, 2))]  # fmt: skip
        needed = sum(part.sizeHint().width() + px(12) for part in parts if part is not None)
        lie_or_stand(self._top, narrow=self.width() < max(needed, px(_NARROW)))

    def show_shelf(self, shelf: Shelf, *, covered: Callable[[Photo], bool]) -> None:
        """Show these cards. The keyboard stays where it was, as far as that is still there."""
        focused = self._focused()
        called = names(shelf.babies, shelf.word)
        cards: list[QWidget] = []
        before, self._cards = self._cards, {}
        for keepsake in shelf.keepsakes:
            shown = (keepsake, shelf.front(keepsake), names_shown(shelf, called, keepsake))
            card = before.get(keepsake.id)
            if card is None or card.shown != shown:
                front = shown[1]
                card = self._make(Card(*shown, covered=front is not None and covered(front)))
            else:
                del before[keepsake.id]
            self._cards[keepsake.id] = card
            cards.append(card)
        for gone in before.values():
            self._columns.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self._columns.put_in_order(cards)
        for earlier, later in pairwise(cards):
            QWidget.setTabOrder(earlier, later)
        number = len(cards)
        self._count.setText(count_text("{n} keepsake", "{n} keepsakes", number) if number else "")
        self._empty.setVisible(not number)
        self._arrange.setVisible(number > 1)
        self._board.setVisible(bool(number))
        self._away.setVisible(bool(shelf.away))
        self._show_order()
        if focused is not None:
            self._focus_again(*focused)

    def _make(self, card: Card) -> Card:
        number = int(card.id)
        card.clicked.connect(lambda: self.openWanted.emit(number))
        card.moveWanted.connect(lambda step: self.moveWanted.emit(number, step))
        card.stepWanted.connect(lambda step: self._step(card, step))
        if card.front is not None:
            photo = int(card.front.photo.id)
            card.uncoverWanted.connect(lambda: self.uncoverWanted.emit(photo))
        self._columns.addWidget(card)
        card.show()
        return card

    # pictures

    def fronts(self) -> list[Front]:
        """The pictures of the cards, in order."""
        return [card.front for card in self._cards.values() if card.front is not None]

    def fronts_of(self, photo: PhotoId) -> list[Front]:
        """Where a photo is shown."""
        return [front for front in self.fronts() if front.photo.id == photo]

    # the order and the keyboard

    def _show_order(self) -> None:
        on = self._arrange.isChecked() and len(self._cards) > 1
        cards = list(self._cards.values())
        for number, card in enumerate(cards):
            card.show_order(on=on, first=number == 0, last=number == len(cards) - 1)

    def card(self, keepsake: KeepsakeId | None) -> Card | None:
        """The card of a keepsake, if it is listed."""
        return None if keepsake is None else self._cards.get(keepsake)

    def _step(self, card: Card, step: int) -> None:
        cards = list(self._cards.values())
        at = cards.index(card) + step
        if 0 <= at < len(cards):
            cards[at].setFocus(Qt.FocusReason.TabFocusReason)
            self.focused.emit(cards[at])

    def _focused(self) -> tuple[KeepsakeId, int, int] | None:
        """Which card has the keyboard, which of its movers (or 0), and at which place it is."""
        inside: QWidget | None = self.window().focusWidget()
        for place, (number, card) in enumerate(self._cards.items()):
            if inside is not None and (inside is card or card.isAncestorOf(inside)):
                step = next((step for step in (-1, 1) if inside is card.mover(step)), 0)
                return number, step, place
        return None

    def _focus_again(self, number: KeepsakeId, step: int, place: int) -> None:
        card = self._cards.get(number)
        if card is None:  # it is not listed any more
            cards = list(self._cards.values())
            (cards[min(place, len(cards) - 1)] if cards else self._add).setFocus()
            return
        mover = card.mover(step) if step else None
        target = mover if mover is not None and mover.isEnabled() else card
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.focused.emit(card)
