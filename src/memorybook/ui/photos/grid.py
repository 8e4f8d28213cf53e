"""The photos side by side: looked at by a click or Return, uncovered by the same, chosen by Space or Ctrl."""

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from memorybook.domain.ids import PhotoId
from memorybook.domain.photo import PhotoRow
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.messages import sentence
from memorybook.ui.photos.choice import Choice
from memorybook.ui.photos.delegate import TileDelegate
from memorybook.ui.photos.loader import TileLoader
from memorybook.ui.photos.model import PhotosModel
from memorybook.ui.photos.tiles import TileView

_Flag = QItemSelectionModel.SelectionFlag
_ARROWS = frozenset(
    {
        Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
        Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
    }
)  # fmt: skip
_RESIZED_MS = 120
_AHEAD = 1  # screens of tiles fetched beyond those in sight


class PhotoGrid(TileView):
    """``opened`` and ``uncoverWanted`` carry a photo's id, ``menuWanted`` a place on the screen.

    ``chosenChanged`` follows what is chosen, ``putAwayWanted`` the key for it, ``sizeWanted`` a step to
    larger or smaller tiles. Nothing can be dragged out: a photo leaves the book only as a copy that is
    asked for.
    """

    opened = Signal(object)
    uncoverWanted = Signal(object)
    menuWanted = Signal(QPoint)
    chosenChanged = Signal()
    putAwayWanted = Signal()
    sizeWanted = Signal(int)
    escaped = Signal()

    def __init__(self, photos: PhotosModel, loader: TileLoader, parent: QWidget | None = None) -> None:
        super().__init__(photos, TileDelegate(photos, loader.pixmap), parent)
        self.setObjectName("photo-grid")
        self.setAccessibleName(tr("Your photos"))
        self.setDragEnabled(False)
        self.setSelectionMode(PhotoGrid.SelectionMode.ExtendedSelection)
        self.choice = Choice(photos, self.selectionModel())
        self._loader = loader
        self._pressed = QPersistentModelIndex()
        self._pressed_at: QPoint | None = None
        self._band = QRect()
        self._before = QItemSelection()
        self._dropping = False
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_RESIZED_MS)
        self._settling.timeout.connect(self._fetch)
        self._asked_size = QSize()
        self.seen.connect(self._look)
        loader.came.connect(self._came)
        loader.failed.connect(lambda photo, error: photos.name_problem(photo, sentence(error)))
        self.selectionModel().selectionChanged.connect(self._chosen_changed)
        photos.modelReset.connect(self.chosenChanged)

    # pixels

    def _look(self) -> None:
        """Other tiles are in sight. While the window is being drawn larger the old pixels are stretched."""
        grid = self.cells()
        if QSize(grid.width, grid.high) == self._asked_size:
            self._fetch()
        else:
            self._settling.start()

    def _fetch(self) -> None:
        if not self.isVisible():
            return
        grid, sight = self.cells(), self.in_sight()
        self._asked_size = QSize(grid.width, grid.high)
        self._loader.show_at(self._asked_size, self.devicePixelRatioF(), theme.current().px(7))
        more = len(sight) * _AHEAD
        after = range(sight.stop, min(sight.stop + more, grid.count))
        before = range(sight.start - 1, max(sight.start - more, 0) - 1, -1)
        rows = [self._photos.row_at(place) for part in (sight, after, before) for place in part]
        self._loader.want([row.id for row in rows if self._photos.shows(row)])

    def fetch_again(self) -> None:
        """Other photos may be shown, or the same are others now."""
        self._fetch()
        self.viewport().update()

    def _came(self, photo: PhotoId) -> None:
        self._photos.name_problem(photo, "")
        index = self._photos.index_of(photo)
        if index.isValid():
            self.viewport().update(self.visualRect(index))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fetch()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._loader.want(())

    # what is chosen

    @property
    def choosing(self) -> bool:
        """Whether a click chooses instead of opening."""
        return self._tiles.choosing

    def choose_several(self, *, on: bool) -> None:
        """Have clicks choose, or open again; then nothing is chosen any more."""
        self._tiles.choosing = on
        if not on:
            self.clearSelection()
        self.viewport().update()
        self.chosenChanged.emit()

    def chosen(self) -> tuple[PhotoId, ...]:
        """What is chosen, in the order of the grid."""
        return self.choice.ids()

    def current(self) -> PhotoRow | None:
        """The photo the keyboard is on."""
        index = self.currentIndex()
        return self._photos.row_at(index.row()) if index.isValid() else None

    def go_to(self, photo: PhotoId) -> None:
        """Put the keyboard on a photo and bring it into sight."""
        index = self._photos.index_of(photo)
        if index.isValid():
            self.choice.begin_at(index)
            self.selectionModel().setCurrentIndex(index, _Flag.NoUpdate)
            self.scrollTo(index)

    def stay_at(self, index: QModelIndex) -> None:
        """Keep the keyboard on a photo, wherever it is now. Who sees the first photos goes on seeing them:
        what has come in stands before the others."""
        bar = self.verticalScrollBar()
        self.setAutoScroll(bar.value() > bar.minimum())
        self.choice.begin_at(index)
        self.selectionModel().setCurrentIndex(index, _Flag.NoUpdate)
        self.setAutoScroll(True)

    def show_dropping(self, *, on: bool) -> None:
        """Something is held above the page that can be let go here."""
        self._dropping = on
        self.viewport().update()

    def _chosen_changed(self) -> None:
        self.viewport().update()
        self.chosenChanged.emit()

    def _open(self, place: int) -> None:
        row = self._photos.row_at(place)
        if self._photos.shows(row):
            self.opened.emit(row.id)
        else:
            self.uncoverWanted.emit(row.id)

    # the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        index = self.indexAt(place)
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed, self._pressed_at = QPersistentModelIndex(index), place
            keeps = event.modifiers() & Qt.KeyboardModifier.ControlModifier or self.choosing
            self._before = self.selectionModel().selection() if keeps else QItemSelection()
            if not index.isValid() and not event.modifiers() and not self.choosing:
                self.clearSelection()
        elif event.button() is Qt.MouseButton.RightButton and index.isValid():
            if not self.selectionModel().isSelected(index):
                self.clearSelection()
            self.selectionModel().setCurrentIndex(index, _Flag.NoUpdate)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._pressed_at is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        far = (place - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        if self._band.isNull() and not far:
            return
        self._band = QRect(self._pressed_at, place).normalized()
        frame = self._band.translated(-self._shift(), self.verticalOffset())
        within = self.cells().touching(frame.left(), frame.top(), frame.right(), frame.bottom())
        self.choice.choose_places(within, self._before)
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed_at = self._pressed, None
        drawn, self._band = not self._band.isNull(), QRect()
        self.viewport().update()
        index = self.indexAt(event.position().toPoint())
        left = event.button() is Qt.MouseButton.LeftButton
        if not left or drawn or not index.isValid() or index != pressed:
            return
        self._pressed = QPersistentModelIndex()
        self.selectionModel().setCurrentIndex(index, _Flag.NoUpdate)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.choice.to(index.row())
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier or self.choosing:
            self.choice.toggle(index.row())
        else:
            self.choice.begin_at(index)
            self._open(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second of two quick clicks does nothing: the first may have uncovered what is under it now."""
        if self.choosing or event.modifiers():
            self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.sizeWanted.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard and self.currentIndex().isValid():
            rect = self.visualRect(self.currentIndex())
            place = self.viewport().mapToGlobal(rect.center())
        self.menuWanted.emit(place)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, with_shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        current = self.currentIndex()
        if key in _ARROWS:
            super().keyPressEvent(event)
            if with_shift and self.currentIndex().isValid():
                self.choice.to(self.currentIndex().row(), otherwise_from=current)
            elif self.currentIndex().isValid():
                self.choice.begin_at(self.currentIndex())
        elif key == Qt.Key.Key_A and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.selectAll()
        elif key == Qt.Key.Key_Space and current.isValid():
            self.choice.toggle(current.row())
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and current.isValid():
            self._open(current.row())
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and not event.modifiers():
            self.putAwayWanted.emit()
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_key = event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        if by_key and not self.currentIndex().isValid() and self.in_sight():
            first = self._photos.index(self.in_sight().start)
            self.selectionModel().setCurrentIndex(first, _Flag.NoUpdate)
        self.viewport().update()

    def paint_over(self, painter: QPainter) -> None:
        """The frame drawn with the mouse, and the one that says that something can be dropped here."""
        if not self._band.isNull():
            look = theme.current()
            wash = look.colour("sage")
            wash.setAlphaF(0.12)
            painter.setPen(QPen(look.colour("sage"), 1))
            painter.fillRect(self._band, wash)
            painter.drawRect(self._band)
        if self._dropping:
            look = theme.current()
            painter.setPen(QPen(look.colour("sage"), 3))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -2, -2))
