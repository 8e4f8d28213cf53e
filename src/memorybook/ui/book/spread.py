"""Two pages side by side, as the book will lie open, and the way to turn them."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.images import image_from

_A5 = (148.0, 210.0)
_MM_PER_INCH = 25.4
_ROUNDED = 2  # pixels by which a page may be wider or narrower than its place
_SMALLEST_SHARE = 0.62  # two pages are shown while each is this large beside what one alone would be


class Spread(QWidget):
    """Paints the pages it is given. ``pagesWanted`` asks for (first page, how many, pixels an inch)."""

    pagesWanted = Signal(int, int, float)
    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("book-preview")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._count = 0
        self._first = 0
        self.is_whole = True
        self._pages: dict[int, QImage] = {}
        self._page_mm = _A5

    def show_count(self, count: int, width_mm: float, height_mm: float, *, at: int, whole: bool) -> None:
        """The pages were made anew; page ``at`` is where the person was looking.

        Until they are ``whole`` there are those in view alone, and none is turned over.
        """
        self._count = count
        self.is_whole = whole
        self._page_mm = (width_mm, height_mm)
        self._pages.clear()
        self._first = self._spread_of(min(at, max(count - 1, 0)))
        self._ask()

    def show_page(self, index: int, png: bytes) -> None:
        """A page has been drawn."""
        image = image_from(png, "png")
        box, across = self._frame()
        fits = abs(image.width() - box.width() / across * self.devicePixelRatioF()) <= _ROUNDED
        if index in self._pages and not fits:
            return  # drawn for another size of the window, and overtaken by the one for this size
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self._pages = {number: kept for number, kept in self._pages.items() if number in self.shown()}
        self._pages[index] = image
        self.update()

    def forget(self) -> None:
        """The pages are being made anew; until then their sheets are empty."""
        self._pages.clear()
        self.update()

    def clear(self) -> None:
        """There is nothing to show."""
        self._count = self._first = 0
        self._pages.clear()
        self.update()
        self.turned.emit()

    def shown(self) -> list[int]:
        """The pages in view, counted from 0. A book opens with one page, which lies on the right."""
        if not self._count:
            return []
        if not self.is_double or self._first == 0:
            return [self._first]
        return [page for page in (self._first, self._first + 1) if page < self._count]

    @property
    def is_drawn(self) -> bool:
        """Whether every page in view has been drawn."""
        return bool(self._count) and all(page in self._pages for page in self.shown())

    @property
    def first(self) -> int:
        """The first page in view, counted from 0."""
        return self._first

    @property
    def count(self) -> int:
        """How many pages the book has."""
        return self._count

    @property
    def is_double(self) -> bool:
        """Whether there is room for two pages."""
        page_ratio = self._page_mm[0] / self._page_mm[1]
        alone = min(self.width(), self.height() * page_ratio)
        return min(self.width() / 2, self.height() * page_ratio) > alone * _SMALLEST_SHARE

    def _spread_of(self, page: int) -> int:
        if not self.is_double or page == 0:
            return page
        return page - 1 if page % 2 == 0 else page

    def turn(self, step: int) -> None:
        """Go on (1) or back (-1) by what is in view; to the ends by large steps."""
        shown = self.shown()
        if not shown or not self.is_whole:
            return
        target = shown[-1] + 1 if step > 0 else shown[0] - 1
        if 0 <= target < self._count:
            self.turn_to(target)

    def turn_to(self, page: int) -> None:
        """Show the pages that hold one, counted from 0."""
        if not self.is_whole:
            return
        self._first = self._spread_of(max(0, min(page, self._count - 1)))
        self._ask()

    def can_turn(self, step: int) -> bool:
        """Whether there is a page that way."""
        shown = self.shown()
        return self.is_whole and bool(shown) and (shown[-1] + 1 < self._count if step > 0 else shown[0] > 0)

    def _ask(self) -> None:
        missing = [page for page in self.shown() if page not in self._pages]
        if missing and self.width() > 0:
            self.pagesWanted.emit(missing[0], len(missing), self._ppi())
        self.update()
        self.turned.emit()

    def _frame(self) -> tuple[QRectF, int]:
        """Where the open book lies, in logical pixels, and how many pages wide it is."""
        across = 2 if self.is_double else 1
        margin = 20.0
        width_mm, height_mm = self._page_mm[0] * across, self._page_mm[1]
        scale = max(
            min((self.width() - 2 * margin) / width_mm, (self.height() - 2 * margin) / height_mm), 0.05
        )
        # Whole pixels, so that a page is painted as it was drawn and its letters stay sharp.
        box = QRect(0, 0, round(self._page_mm[0] * scale) * across, round(height_mm * scale))
        box.moveCenter(self.rect().center())
        return QRectF(box), across

    def _ppi(self) -> float:
        box, across = self._frame()
        return box.width() / across / (self._page_mm[0] / _MM_PER_INCH) * self.devicePixelRatioF()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._count:
            self._first = self._spread_of(self._first)
            self._pages.clear()
            self._ask()

    def sizeHint(self) -> QSize:
        return QSize(560, 460)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Right | Qt.Key.Key_PageDown | Qt.Key.Key_Down:
                self.turn(1)
            case Qt.Key.Key_Left | Qt.Key.Key_PageUp | Qt.Key.Key_Up:
                self.turn(-1)
            case Qt.Key.Key_Home:
                self.turn_to(0)
            case Qt.Key.Key_End:
                self.turn_to(self._count - 1)
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole is painted
        shown = self.shown()
        if not shown:
            return
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        box, across = self._frame()
        page_width = box.width() / across
        for page in shown:
            on_right = across == 2 and page % 2 == 0
            place = QRectF(box.left() + (page_width if on_right else 0), box.top(), page_width, box.height())
            if across == 2 and len(shown) == 1 and self._count == 1:
                place.moveCenter(box.center())
            self._paint_shadow(painter, place)
            painter.fillRect(place, look.colour("sheet"))
            if page in self._pages:
                self._paint_page(painter, place, self._pages[page])
        if len(shown) == 2:
            painter.fillRect(QRectF(box.center().x(), box.top(), 1, box.height()), look.colour("line"))
        if self.hasFocus():
            painter.setPen(look.colour("sage"))
            painter.drawRect(box.adjusted(-4, -4, 4, 4))

    def _paint_page(self, painter: QPainter, place: QRectF, image: QImage) -> None:
        """As it was drawn, so that its letters are sharp; until it is drawn for this size, stretched."""
        if abs(image.width() - place.width() * self.devicePixelRatioF()) <= _ROUNDED:
            painter.drawImage(place.topLeft(), image)
        else:
            painter.drawImage(place, image)

    def _paint_shadow(self, painter: QPainter, place: QRectF) -> None:
        shadow = theme.current().colour("shadow")
        for spread in range(8, 0, -1):
            shadow.setAlpha(10)
            painter.fillRect(place.adjusted(-spread, -spread + 3, spread, spread + 3), shadow)
