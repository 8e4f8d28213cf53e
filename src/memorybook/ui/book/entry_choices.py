"""Which pages go in: every page on a line of its own, in or out."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QListView, QVBoxLayout, QWidget

from memorybook.domain.entry import EntryRow
from memorybook.domain.ids import EntryId
from memorybook.ui.book.check_list import CheckList
from memorybook.ui.core import i18n, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.labels import label

_ID = Qt.ItemDataRole.UserRole + 1
_IN, _OUT = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class EntryChoices(QWidget):
    """The list, how many of it are in, and all or none of them. ``changed`` when a choice is."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = False
        self._remembered: Mapping[EntryId, Qt.CheckState] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._nothing = label(tr("What you write can be chosen here."), "soft")
        column.addWidget(self._nothing)
        head = QHBoxLayout()
        self._count = label("", "field")
        self._count.setObjectName("book-count")
        head.addWidget(self._count, 1)
        self._all = self._button(tr("All"), tr("Choose every page"), name="book-all", on=True)
        self._none = self._button(tr("None"), tr("Leave every page out"), name="book-none", on=False)
        head.addWidget(self._all)
        head.addWidget(self._none)
        column.addLayout(head)
        self._model = QStandardItemModel(self)
        self._model.itemChanged.connect(self._changed)
        self._list = CheckList()
        self._list.setObjectName("book-entries")
        self._list.setAccessibleName(tr("What goes in"))
        self._list.setProperty("surface", "card")
        self._list.setModel(self._model)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMinimumHeight(theme.current().px(210))
        self._list.toggled.connect(self._toggle)
        column.addWidget(self._list, 1)
        self._show_count()

    def _button(self, text: str, says: str, *, name: str, on: bool) -> Button:
        return Button(text, lambda: self._check_all(on=on), name=name, variant="link", says=says)

    def show_rows(self, rows: Sequence[EntryRow]) -> None:
        """What can go in. A choice made before stays, new pages come in as they are marked."""
        self._filling = True
        before = self.states()
        self._model.clear()
        for row in rows:
            text = row.title or row.excerpt or tr("A photo")
            when = i18n.short_day(row.day)
            item = QStandardItem(f"{when} · {text}" if when else text)
            item.setCheckState(before.get(row.id, _IN if row.in_book else _OUT))
            item.setCheckable(False)  # the whole line is the target, see CheckList
            item.setData(row.id, _ID)
            said = ", ".join(part for part in (i18n.day_text(row.day), text) if part)
            item.setData(said, Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(item)
        self._filling = False
        self._show_count()

    def states(self) -> dict[EntryId, Qt.CheckState]:
        """What was decided for each page so far."""
        return {**self._remembered, **{self._id(item): item.checkState() for item in self._items()}}

    def remember(self, states: Mapping[EntryId, Qt.CheckState]) -> None:
        """Decisions from before, for the rows that are shown next."""
        self._remembered = dict(states)

    def chosen(self) -> frozenset[EntryId]:
        """The pages that go in."""
        return frozenset(self._id(item) for item in self._items() if item.checkState() is _IN)

    def _items(self) -> Iterator[QStandardItem]:
        return (self._model.item(row) for row in range(self._model.rowCount()))

    @staticmethod
    def _id(item: QStandardItem) -> EntryId:
        return EntryId(item.data(_ID))

    def _toggle(self, row: int) -> None:
        item = self._model.item(row)
        item.setCheckState(_OUT if item.checkState() is _IN else _IN)

    def _check_all(self, *, on: bool) -> None:
        self._filling = True
        for item in self._items():
            item.setCheckState(_IN if on else _OUT)
        self._filling = False
        self._changed()

    def _changed(self) -> None:
        if not self._filling:
            self._show_count()
            self.changed.emit()

    def _show_count(self) -> None:
        total = self._model.rowCount()
        self._nothing.setVisible(not total)
        for widget in (self._count, self._all, self._none, self._list):
            widget.setVisible(bool(total))
        chosen = len(self.chosen())
        self._count.setText(tr("What goes in: {chosen} of {total}").format(chosen=chosen, total=total))
