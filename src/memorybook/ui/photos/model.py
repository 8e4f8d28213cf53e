"""The rows of the grid: what is known of every photo that is shown, without its pixels."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from memorybook.domain.ids import PhotoId
from memorybook.domain.photo import PhotoRow
from memorybook.ui.kit.labels import tool_tip
from memorybook.ui.photos.naming import spoken, under

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_LONG = 16  # letters that the smallest tile has room for


class PhotosModel(QAbstractListModel):
    """All rows are there from the beginning. ``shows`` says whether the pixels of one may be painted."""

    def __init__(self, shows: Callable[[PhotoRow], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shows = shows
        self._rows: list[PhotoRow] = []
        self._places: dict[PhotoId, int] = {}
        self._problems: dict[PhotoId, str] = {}

    def replace(self, rows: Sequence[PhotoRow]) -> bool:
        """Show these. Returns whether they are the same photos in the same order, each maybe changed."""
        same = [row.id for row in rows] == [row.id for row in self._rows]
        if not same:
            self.beginResetModel()
        self._rows = list(rows)
        self._places = {row.id: place for place, row in enumerate(rows)}
        if same:
            self.tell()
        else:
            self.endResetModel()
        return same

    def tell(self) -> None:
        """Rows may read differently now."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), [])

    def name_problem(self, photo: PhotoId, problem: str) -> None:
        """A photo cannot be shown, and this says why; nothing once it can."""
        if self._problems.get(photo, "") != problem:
            self._problems[photo] = problem
            index = self.index_of(photo)
            if index.isValid():
                self.dataChanged.emit(index, index, [])

    def problem(self, photo: PhotoId) -> str:
        """Why it cannot be shown, or nothing."""
        return self._problems.get(photo, "")

    @property
    def ids(self) -> tuple[PhotoId, ...]:
        """All that are shown, in their order."""
        return tuple(row.id for row in self._rows)

    def row_at(self, place: int) -> PhotoRow:
        """What is known of the photo at a place."""
        return self._rows[place]

    def rows_of(self, ids: Iterable[PhotoId]) -> list[PhotoRow]:
        """What is known of these photos, of those that are shown."""
        return [self._rows[self._places[photo]] for photo in ids if photo in self._places]

    def index_of(self, photo: PhotoId) -> QModelIndex:
        """Its row; an invalid index when it is not shown."""
        place = self._places.get(photo)
        return QModelIndex() if place is None else self.index(place)

    def shows(self, row: PhotoRow) -> bool:
        """Whether the pixels of a photo may be painted."""
        return self._shows(row)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return under(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row, shown=self._shows(row), problem=self._problems.get(row.id, ""))
        if role == Qt.ItemDataRole.ToolTipRole and len(row.caption) > _LONG:
            return tool_tip(row.caption)
        return None
