"""What goes in: the record and every page, each on a line of its own, in or out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from memorybook.domain.entry import EntryRow
from memorybook.domain.people import Baby, Ceremony
from memorybook.ui.book.check_list import CheckList
from memorybook.ui.core import i18n, theme
from memorybook.ui.core.called import heading
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import LineLabel, label

Kind = Literal["baby", "ceremony", "entry"]
Key = tuple[Kind, int]
"""What a line stands for."""

_KIND, _ID = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
_IN, _OUT = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class EntryChoices(QWidget):
    """The list, how many of it are in, and all or none of them. ``changed`` when a choice is."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = False
        self._remembered: Mapping[Key, Qt.CheckState] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._nothing = label(tr("What you write can be chosen here."), "soft")
        column.addWidget(self._nothing)
        head = FlowLayout(gap=theme.current().px(6))
        self._count = LineLabel("", "field")
        self._count.setObjectName("book-count")
        head.addWidget(self._count)
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

    def show_rows(
        self,
        rows: Sequence[EntryRow],
        babies: Sequence[Baby] = (),
        ceremonies: Sequence[Ceremony] = (),
        word: str = "",
    ) -> None:
        """What can go in. A choice made before stays, new lines come in as they are marked.

        ``word`` is the book's for a baby without a name.
        """
        self._filling = True
        before = self.states()
        self._model.clear()
        for baby in babies:
            text = heading(baby.draft, word) or tr("What is written down of dates and measurements")
            self._add(("baby", baby.id), text, text, on=baby.draft.in_book, before=before)
        for ceremony in ceremonies:
            text = ceremony.draft.label.strip() or tr("A farewell")
            self._add(("ceremony", ceremony.id), text, text, on=ceremony.draft.in_book, before=before)
        for row in rows:
            text = row.title or row.excerpt or tr("A photo")
            when = i18n.short_day(row.day)
            said = ", ".join(part for part in (i18n.day_text(row.day), text) if part)
            line = f"{when} · {text}" if when else text
            self._add(("entry", row.id), line, said, on=row.in_book, before=before)
        self._filling = False
        self._show_count()

    def _add(
        self, key: Key, text: str, said: str, *, on: bool, before: Mapping[Key, Qt.CheckState]
    ) -> None:
        item = QStandardItem(text)
        item.setCheckState(before.get(key, _IN if on else _OUT))
        item.setCheckable(False)  # the whole line is the target, see CheckList
        item.setData(key[0], _KIND)
        item.setData(key[1], _ID)
        item.setData(said, Qt.ItemDataRole.AccessibleTextRole)
        self._model.appendRow(item)

    def states(self) -> dict[Key, Qt.CheckState]:
        """What was decided for each line so far."""
        return {**self._remembered, **{self._key(item): item.checkState() for item in self._items()}}

    def remember(self, states: Mapping[Key, Qt.CheckState]) -> None:
        """Decisions from before, for the rows that are shown next."""
        self._remembered = dict(states)

    def chosen(self) -> frozenset[Key]:
        """What goes in."""
        return frozenset(self._key(item) for item in self._items() if item.checkState() is _IN)

    def _items(self) -> Iterator[QStandardItem]:
        return (self._model.item(row) for row in range(self._model.rowCount()))

    @staticmethod
    def _key(item: QStandardItem) -> Key:
        return item.data(_KIND), item.data(_ID)

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
