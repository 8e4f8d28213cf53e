"""The list of pages: a list view whose rows are placed by the headings alone, however many there are."""

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.story.delegate import HEADING_HEIGHT, PAGE_HEIGHT, StoryDelegate
from memorybook.ui.story.heights import Heights
from memorybook.ui.story.model import StoryModel

_Move = QAbstractItemView.CursorAction
_Hint = QAbstractItemView.ScrollHint
Index = QModelIndex | QPersistentModelIndex


class StoryList(QListView):
    """A QListView asks every row for its height whenever one is added; a hundred thousand take seconds.

    Here heights are worked out, so it is told where rows stand, and paints those in sight. ``typed`` carries
    letters typed while the list has the keyboard, ``seen`` tells that other rows are in sight, and
    ``deleteWanted`` that the key for it was pressed.
    """

    typed = Signal(str)
    seen = Signal()
    deleteWanted = Signal()

    def __init__(self, story: StoryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._story = story
        self.setObjectName("story-list")
        self.setAccessibleName(tr("Pages of your story"))
        self.setModel(story)
        self.delegate = StoryDelegate(self)
        self.setItemDelegate(self.delegate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self.seen)
        theme.current().changed.connect(self._dress)

    def _dress(self) -> None:
        row = self._row_at_top()
        self.doItemsLayout()
        if row is not None:
            self.verticalScrollBar().setValue(self._heights().span(row)[0])

    def _heights(self) -> Heights:
        px = theme.current().px
        return self._story.heights(px(PAGE_HEIGHT), px(HEADING_HEIGHT))

    def _row_at_top(self) -> int | None:
        return self._heights().row_at(self.verticalOffset())

    def pages_in_sight(self) -> tuple[int, int] | None:
        """The first and the last page that can be seen."""
        rows = self._heights()
        if not rows.pages:
            return None
        top = self.verticalOffset()
        first = rows.row_at(max(top, 0)) or 0
        last = rows.row_at(top + self.viewport().height())
        last = rows.rows - 1 if last is None else last
        return _nearest_page(rows, first), _nearest_page(rows, last)

    def bring_to_top(self, index: Index) -> None:
        """Scroll so that a page stands first in sight, under the heading of its month."""
        rows = self._heights()
        top, _ = rows.span(index.row())
        if index.row() and rows.page_of(index.row() - 1) is None:
            top = rows.span(index.row() - 1)[0]
        self.verticalScrollBar().setValue(top)

    # where rows stand

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid():
            return QRect()
        top, height = self._heights().span(index.row())
        return QRect(0, top - self.verticalOffset(), self.viewport().width(), height)

    def indexAt(self, p: QPoint) -> QModelIndex:
        row = self._heights().row_at(p.y() + self.verticalOffset())
        return QModelIndex() if row is None else self._story.index(row)

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = _Hint.EnsureVisible) -> None:
        if not index.isValid():
            return
        rows = self._heights()
        top, height = rows.span(index.row())
        room, now = self.viewport().height(), self.verticalOffset()
        above = top
        if index.row() and rows.page_of(index.row() - 1) is None:
            above = rows.span(index.row() - 1)[0]  # a heading comes into sight with its first page
        bar = self.verticalScrollBar()
        if hint is _Hint.PositionAtTop or (hint is _Hint.EnsureVisible and above < now):
            bar.setValue(above)
        elif hint is _Hint.PositionAtCenter:
            bar.setValue(top + height // 2 - room // 2)
        elif hint is _Hint.PositionAtBottom or top + height > now + room:
            bar.setValue(top + height - room)

    def doItemsLayout(self) -> None:
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        rows, bar = self._heights(), self.verticalScrollBar()
        room = self.viewport().height()
        bar.setSingleStep(rows.page // 2)
        bar.setPageStep(room)
        bar.setRange(0, max(0, rows.total - room))
        QAbstractItemView.updateGeometries(self)
        self.seen.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002 - Qt's signature
        # Moved along, what was painted stays in sight after a leap of more than what is shown.
        self.viewport().update()

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        return 0

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.center())
        chosen = QItemSelection()
        if index.isValid():
            chosen.select(index, index)
        self.selectionModel().select(chosen, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for index in selection.indexes():  # one page at a time can be chosen
            region += self.visualRect(index)
        return region

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A month is nothing to choose: what was chosen stays so."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._story.page_number(index) is None:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        else:
            super().mousePressEvent(event)

    # keys

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: object) -> QModelIndex:  # noqa: ARG002 - Qt's signature
        pages = self._story.page_count
        current = self._story.page_number(self.currentIndex())
        if not pages:
            return QModelIndex()
        if current is None:
            return self._story.index_of_page(0)
        leap = max(1, self.viewport().height() // self._heights().page - 1)
        step = {
            _Move.MoveUp: -1,
            _Move.MovePrevious: -1,
            _Move.MoveDown: 1,
            _Move.MoveNext: 1,
            _Move.MovePageUp: -leap,
            _Move.MovePageDown: leap,
            _Move.MoveHome: -pages,
            _Move.MoveEnd: pages,
        }.get(action, 0)
        return self._story.index_of_page(max(0, min(current + step, pages - 1)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and not event.modifiers():
            self.deleteWanted.emit()
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Qt would look through every row, page by page; the field of the search does it better."""
        if search.strip():
            self.typed.emit(search)

    def currentChanged(self, current: Index, previous: Index) -> None:
        # QListView tells screen readers the place a row has in its own layout, which stays empty here.
        QAbstractItemView.currentChanged(self, current, previous)
        if current.isValid() and QAccessible.isActive():
            told = QAccessibleEvent(self, QAccessible.Event.Focus)
            told.setChild(current.row())
            QAccessible.updateAccessibility(told)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        rows, top = self._heights(), self.verticalOffset()
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        hovered = self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos()))
        under_mouse = self.viewport().underMouse()
        usual = QStyle.StateFlag(option.state)
        usual &= ~(QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus)
        row = rows.row_at(top + max(event.rect().top(), 0))
        while row is not None and row < rows.rows:
            index = self._story.index(row)
            option.rect = self.visualRect(index)
            if option.rect.top() > event.rect().bottom():
                break
            option.state = usual
            if self.selectionModel().isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            if index == self.currentIndex() and self.hasFocus():
                option.state |= QStyle.StateFlag.State_HasFocus
            if under_mouse and index == hovered:
                option.state |= QStyle.StateFlag.State_MouseOver
            self.delegate.paint(painter, option, index)
            row += 1
        painter.end()


def _nearest_page(rows: Heights, row: int) -> int:
    page = rows.page_of(row)
    if page is None:
        page = rows.page_of(row + 1) if row + 1 < rows.rows else rows.pages - 1
    return max(0, min(page if page is not None else 0, rows.pages - 1))
