"""The open book beside the choices, and the way to turn its pages."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from memorybook.ui.book.spread import Spread
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import number_text, tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.labels import LineLabel, label

_SLOW_MS = 800


class BookPreview(QWidget):
    """Two pages, or one, and where in the book they are. ``turned`` when other pages are in view."""

    turned = Signal()
    uncoverWanted = Signal()
    coverWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(20), px(12), px(20))
        self.spread = Spread()
        self.spread.setAccessibleName(tr("The pages of the book"))
        self.spread.turned.connect(self._show_place)
        column.addWidget(self.spread, 1)
        self._empty = label(tr("Choose what goes in, and the pages appear here."), "soft")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._empty, 1)
        turning = QHBoxLayout()
        self._before = self._turner(-1, name="book-before", icon="previous", says=tr("Turn back"))
        self._place = LineLabel("", "soft")
        self._place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._place.setObjectName("book-place")
        self._after = self._turner(1, name="book-after", icon="next", says=tr("Turn over"))
        turning.addStretch(1)
        for widget in (self._before, self._place, self._after):
            turning.addWidget(widget)
        turning.addStretch(1)
        column.addLayout(turning)
        self._look = Button(
            tr("Look at the covered photos here"),
            self.uncoverWanted.emit,
            name="book-uncover",
            variant="soft-link",
        )
        self._again = Button(
            tr("Cover them again"), self.coverWanted.emit, name="book-cover", variant="soft-link"
        )
        for button in (self._look, self._again):
            button.hide()
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)
        self._slow.timeout.connect(lambda: self._place.setText(tr("Making the pages…")))
        self._show_place()

    def _turner(self, step: int, *, name: str, icon: str, says: str) -> Button:
        return Button(
            "",
            lambda: self.spread.turn(step),
            name=name,
            variant="quiet",
            icon=icon,
            tint="ink_soft",
            says=says,
        )

    def show_covering(self, *, covered: bool, uncovered: bool) -> None:
        """Offer to look at what is covered, or to cover what was looked at."""
        held = self._look.hasFocus() or self._again.hasFocus()
        self._look.setVisible(covered)
        self._again.setVisible(uncovered and not covered)
        if held:
            (self._look if covered else self._again).setFocus()

    def say_empty(self, *, empty: bool) -> None:
        """What stands here while there are no pages: nothing can go in yet, or nothing was chosen."""
        self._empty.setText(
            tr("What you write, and the photos and keepsakes you add, can become a book here.")
            if empty
            else tr("Choose what goes in, and the pages appear here.")
        )

    def show_count(self, count: int, width_mm: float, height_mm: float, *, at: int, whole: bool) -> None:
        """The pages were made anew, or until they are ``whole`` those around page ``at``."""
        self.spread.show_count(count, width_mm, height_mm, at=at, whole=whole)

    def say_making(self, *, making: bool) -> None:
        """Say that pages are being made, once it takes a while."""
        if making:
            self._slow.start()
        else:
            self._slow.stop()
            self._show_place()

    @property
    def has_pages(self) -> bool:
        """Whether there is anything to show."""
        return self.spread.count > 0

    def _show_place(self) -> None:
        shown = self.spread.shown()
        self._empty.setVisible(not shown)
        self.spread.setVisible(bool(shown))
        for button, step in ((self._before, -1), (self._after, 1)):
            button.setVisible(bool(shown))
            button.setEnabled(self.spread.can_turn(step))
        total = self.spread.count
        if shown and not self.spread.is_whole:
            text = tr("Making the pages…")  # which ones these are is not known yet
        elif len(shown) == 2:
            first, last = shown[0] + 1, shown[1] + 1
            text = tr("pages {first}–{last} of {total}").format(
                first=number_text(first), last=number_text(last), total=number_text(total)
            )
        elif shown:
            text = tr("page {first} of {total}").format(
                first=number_text(shown[0] + 1), total=number_text(total)
            )
        else:
            text = ""
        self._place.setText(text)
        self.spread.setAccessibleDescription(text)
        self.turned.emit()
