"""The row below the grid while several photos are chosen: what can be done with all of them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from memorybook.domain.photo import PhotoRow
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import count_text, tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import LineLabel, surface
from memorybook.ui.photos.cells import side_of


class ChosenBar(QWidget):
    """Says how many are chosen, and has a signal for each thing to do with them; ``done`` ends choosing."""

    coverWanted = Signal()
    uncoverWanted = Signal()
    bookWanted = Signal()
    onlyMeWanted = Signal()
    putAwayWanted = Signal()
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame = surface("footer")
        outer.addWidget(frame)
        inner = QVBoxLayout(frame)
        self._inner = inner
        row = QWidget()
        inner.addWidget(row)
        flow = FlowLayout(row, gap=px(8))
        self._number = LineLabel(role="strong")
        self._number.setObjectName("photos-chosen")
        flow.addWidget(self._number)
        self._cover = self._button(tr("Keep covered"), "photos-cover", self.coverWanted.emit)
        self._cover.setAccessibleDescription(tr("They are shown only when they are asked for"))
        self._bare = self._button(
            tr("Leave uncovered"), "photos-uncover", self.uncoverWanted.emit
        )
        self._bare.setAccessibleDescription(tr("They are shown without being asked for"))
        self._in = self._button(tr("In our book"), "photos-in-book", self.bookWanted.emit)
        self._out = self._button(tr("Only me"), "photos-only-me", self.onlyMeWanted.emit)
        self._away = self._button(tr("Put away"), "photos-put-away", self.putAwayWanted.emit)
        self._done = self._button(tr("Done"), "photos-choosing-done", self.done.emit)
        for button in (self._cover, self._bare, self._in, self._out, self._away, self._done):
            flow.addWidget(button)
        self.hide()

    def _button(self, text: str, name: str, pressed: Callable[[], object]) -> Button:
        return Button(text, pressed, name=name, variant="quiet")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        look = theme.current()
        side = side_of(self.width(), look.scale)
        self._inner.setContentsMargins(side, look.px(10), side, look.px(10))

    def show_chosen(self, rows: Sequence[PhotoRow], *, choosing: bool) -> None:
        """These are chosen. What would change none of them is not offered."""
        text = count_text("{n} photo chosen", "{n} photos chosen", len(rows)) if rows else tr("Choose photos")
        self._number.setText(text)
        self._number.updateGeometry()
        self._cover.setVisible(any(not row.covered for row in rows))
        self._bare.setVisible(any(row.covered for row in rows))
        self._in.setVisible(any(not row.in_book for row in rows))
        self._out.setVisible(any(row.in_book for row in rows))
        self._away.setVisible(bool(rows))
        self.setVisible(bool(rows) or choosing)
