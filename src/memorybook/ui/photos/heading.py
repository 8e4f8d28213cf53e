"""The top of the page with all photos: its title, how many there are, the chips, and the way to add some."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.labels import label
from memorybook.ui.photos.cells import side_of
from memorybook.ui.photos.filters import PhotoChips


class Heading(QWidget):
    """In one line where there is room for it; otherwise the chips stand below the title, as they wrap.

    Where the page is low, kinds of photos are chosen from the menu instead of filling lines with chips.
    """

    def __init__(self, add: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        self._grid = QGridLayout(self)
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(10))
        words = QWidget()
        line = QHBoxLayout(words)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(12))
        line.addWidget(label(tr("Photos"), "title", wraps=False))
        self._count = label(role="soft", wraps=False)
        self._count.setObjectName("photos-count")
        line.addWidget(self._count)
        line.addStretch(1)
        self._words = words
        self.chips = PhotoChips()
        self.chips.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.chips.rearranged.connect(self._arrange)
        self.add = Button(tr("Add photos"), add, name="photos-add", variant="primary")
        self._rows = 0
        self._is_low = False
        self._arrange()

    def show_count(self, text: str) -> None:
        """How many photos there are."""
        self._count.setText(text)
        self._arrange()

    def show_low(self, *, low: bool) -> None:
        """Whether the page has little height."""
        if low != self._is_low:
            self._is_low = low
            self._arrange()

    def _arrange(self) -> None:
        px = theme.current().px
        side = side_of(self.width(), theme.current().scale)
        self._grid.setContentsMargins(side, 0, side, 0)
        beside = self._words.sizeHint().width() + self.add.sizeHint().width() + 2 * side + 2 * px(12)
        in_line = beside + self.chips.line_width() <= self.width()
        rows = 1 if in_line else 2 if beside <= self.width() else 3
        self.chips.keep_short(short=self._is_low and self.chips.line_width() > self.width() - 2 * side)
        # Asked for the least it needs, a layout would put each chip into a line of its own.
        high = self.chips.height_for(self.chips.line_width() if in_line else self.width() - 2 * side)
        self.chips.setFixedHeight(high)
        if rows == self._rows:
            return
        self._rows = rows
        self.chips.put(trailing=in_line)
        for widget in (self._words, self.chips, self.add):
            self._grid.removeWidget(widget)
        self._grid.addWidget(self._words, 0, 0)
        if rows == 3:
            self._grid.addWidget(self.add, 1, 0, Qt.AlignmentFlag.AlignLeading)
        else:
            self._grid.addWidget(self.add, 0, 2, Qt.AlignmentFlag.AlignVCenter)
        if in_line:
            self._grid.addWidget(self.chips, 0, 1)
        else:
            self._grid.addWidget(self.chips, rows - 1, 0, 1, 3)
        self._grid.setColumnStretch(0, 0 if in_line else 1)
        self._grid.setColumnStretch(1, 1 if in_line else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._rows:
            self._arrange()
