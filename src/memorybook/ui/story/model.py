"""The rows of the story: pages, with a heading wherever the month changes; most of them not read yet."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryRow
from memorybook.domain.ids import EntryId
from memorybook.ui.core import i18n
from memorybook.ui.core.i18n import tr
from memorybook.ui.story.heights import Heights
from memorybook.ui.story.outline import Outline

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
HEADING_ROLE = Qt.ItemDataRole.UserRole + 2
Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


def _month(day: VagueDate) -> tuple[bool, int | None, int | None]:
    """What pages under one heading share."""
    return day.is_known, day.year, day.month if day.year is not None else None


class StoryModel(QAbstractListModel):
    """Either all of a list, of which pages are filled in as they are seen, or a list that grows at its end.

    Pages are numbered from 0 without the headings, as in :class:`Outline`.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages: list[EntryRow | None] = []
        self._starts: list[int] = []
        self._headings: list[VagueDate] = []
        self._places: dict[EntryId, int] = {}
        self._more = False
        self._growing = False

    def show_outline(self, outline: Outline) -> None:
        """Take the shape of a whole list, with no page read."""
        self.beginResetModel()
        self._pages = [None] * outline.total
        self._starts = list(outline.starts)
        self._headings = [group.day for group in outline.groups]
        self._places = {}
        self._more = self._growing = False
        self.endResetModel()

    def fill(self, first: int, rows: Sequence[EntryRow]) -> None:
        """Put read pages into their places."""
        rows = rows[: max(len(self._pages) - first, 0)]
        for page, row in enumerate(rows, start=first):
            self._pages[page] = row
            self._places[row.id] = page
        self._tell(first, len(rows))

    def drop(self, first: int, count: int) -> None:
        """Forget pages that are far away; their places stay."""
        for page in range(first, min(first + count, len(self._pages))):
            row = self._pages[page]
            if row is not None:
                self._places.pop(row.id, None)
                self._pages[page] = None

    def _tell(self, first: int, count: int) -> None:
        if count:
            rows = self.heights()
            self.dataChanged.emit(
                self.index(rows.row_of(first)), self.index(rows.row_of(first + count - 1)), []
            )

    def replace(self, rows: Sequence[EntryRow], *, more: bool) -> None:
        """Show a list from its beginning that is known no further."""
        self.beginResetModel()
        self._pages, self._starts, self._headings, self._places = [], [], [], {}
        self._append(rows)
        self._more, self._growing = more, True
        self.endResetModel()

    def extend(self, rows: Sequence[EntryRow], *, more: bool) -> None:
        """Show what follows."""
        if rows:
            first = self.rowCount()
            months = [_month(row.day) for row in rows]
            last = self._pages[-1] if self._pages else None
            before = [_month(last.day) if last is not None else None, *months]
            headings = sum(month != above for month, above in zip(months, before, strict=False))
            self.beginInsertRows(QModelIndex(), first, first + len(rows) + headings - 1)
            self._append(rows)
            self.endInsertRows()
        self._more = more

    def _append(self, rows: Sequence[EntryRow]) -> None:
        for row in rows:
            last = self._pages[-1] if self._pages else None
            if last is None or _month(last.day) != _month(row.day):
                self._starts.append(len(self._pages))
                self._headings.append(row.day)
            self._places[row.id] = len(self._pages)
            self._pages.append(row)

    @property
    def has_more(self) -> bool:
        """Whether the list goes on behind the last row."""
        return self._more

    @property
    def is_growing(self) -> bool:
        """Whether the list is read from its beginning on; else all of it has its places."""
        return self._growing

    @property
    def page_count(self) -> int:
        """How many pages are in the list, read or not."""
        return len(self._pages)

    def heights(self, page: int = 1, heading: int = 1) -> Heights:
        """Where the rows stand when a page and a heading are this tall."""
        return Heights(self._starts, len(self._pages), page, heading)

    def page_number(self, index: Index) -> int | None:
        """Which page a row is; ``None`` for a heading."""
        return self.heights().page_of(index.row()) if index.isValid() else None

    def index_of_page(self, page: int) -> QModelIndex:
        """The row of a page, read or not; an invalid index outside of the list."""
        if not 0 <= page < len(self._pages):
            return QModelIndex()
        return self.index(self.heights().row_of(page))

    def is_read(self, page: int) -> bool:
        """Whether what a page is called has been read."""
        return self._pages[page] is not None

    def entry_at(self, index: Index) -> EntryRow | None:
        """The page of a row; ``None`` for a heading and for one that is not read."""
        page = self.page_number(index)
        return self._pages[page] if page is not None and page < len(self._pages) else None

    def place_of(self, entry_id: EntryId) -> int | None:
        """Where a page is; ``None`` when it has not been read."""
        return self._places.get(entry_id)

    def index_of(self, entry_id: EntryId) -> QModelIndex:
        """The row of a page; an invalid index when it has not been read."""
        place = self._places.get(entry_id)
        return QModelIndex() if place is None else self.index_of_page(place)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._pages) + len(self._starts)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.page_number(index) is None:
            return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        rows = self.heights()
        page = rows.page_of(index.row())
        if page is None:
            if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, HEADING_ROLE}:
                return i18n.month_heading(self._headings[rows.heading_of(index.row())])
            return None
        row = self._pages[page]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if row is None else row.title or row.excerpt
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "" if row is None else _spoken(row)
        return None


def _spoken(row: EntryRow) -> str:
    parts = (
        i18n.long_day(row.day),
        row.title,
        row.excerpt,
        row.author_name or tr("me"),
        "" if row.in_book else tr("only me"),
    )
    return ", ".join(part for part in parts if part)
