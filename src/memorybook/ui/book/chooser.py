"""Choosing one by one: everything that can be printed, part by part, in or out, and in which order."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QWidget

from memorybook.domain.book import Edition
from memorybook.domain.ids import BabyId, PhotoId
from memorybook.domain.material import Item, Key, Material, Part
from memorybook.services import choosing
from memorybook.ui.book.choosing_filters import ChoosingFilters
from memorybook.ui.book.choosing_list import ChoosingList, ChoosingModel
from memorybook.ui.book.selection import ORDERED, Order, arranged, ids_of, in_order, order_of, put_in
from memorybook.ui.book.wording import part_names
from memorybook.ui.core import closing, theme
from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.core.i18n import count_text, number_text, tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import LineLabel, label

_LIST = 350
_LEAST = 130
_AROUND = 430


class Chooser(Sheet):
    """``done`` gets the edition as it was made here. ``need`` asks for a small picture.

    What was chosen is not lost when the book closes above it: it counts as done then.
    """

    def __init__(
        self,
        parent: QWidget,
        edition: Edition,
        material: Material,
        babies: Mapping[BabyId, str],
        *,
        need: Callable[[PhotoId], object],
        done: Callable[[Edition], object],
    ) -> None:
        super().__init__(parent, tr("Choose one by one"), name="chooser", width=760)
        px = theme.current().px
        self._edition = self._at_first = edition
        self._material, self._done = material, done
        self._covered = frozenset(PhotoId(it.id) for it in material.of(Part.PHOTOS) if it.covered)
        self._part = Part.ENTRIES
        self._parts = self._make_parts()
        self._filters = ChoosingFilters(babies, material.me)
        self._filters.changed.connect(self._list_anew)
        self.column.addWidget(self._filters)
        self._model = ChoosingModel(material.word, need)
        self._model.setParent(self)
        self._list = ChoosingList(self._model)
        room = parent.window().height() - px(_AROUND)
        self._list.setFixedHeight(max(min(px(_LIST), room), px(_LEAST)))
        self._list.toggled.connect(self._toggle)
        self._list.moved.connect(self._move)
        self._list.stepped.connect(self._move_by)
        self._list.selectionModel().currentChanged.connect(lambda *_: self._show_moves())
        self.column.addWidget(self._list)
        self._make_bulk()
        self._make_order()
        if back := sum(not item.in_book for item in material.of(Part.ENTRIES)):
            text = count_text(
                "{n} page is for you only. It is in no book.",
                "{n} pages are for you only. They are in no book.",
                back,
            )
            self.column.addWidget(label(text, "small"))
        self.add_button(tr("Leave as it was"), self.reject, name="chooser-no")
        self.add_button(tr("Done"), self._take, name="chooser-yes", primary=True)
        self._turn_to(next((part for part in Part if self._all(part)), Part.ENTRIES))
        self._list.setFocus()
        closing.current().begins.connect(self._keep_at_closing)
        self.finished.connect(self._let_go)

    def _make_parts(self) -> QButtonGroup:
        chips = FlowLayout(gap=theme.current().px(8))
        group = QButtonGroup(self)
        names = part_names()
        for number, part in enumerate(Part):
            if not self._all(part):
                continue
            chip = Button(names[part], name=f"choosing-{part.value}", variant="chip")
            chip.setCheckable(True)
            group.addButton(chip, number)
            chips.addWidget(chip)
        group.idClicked.connect(lambda number: self._turn_to(tuple(Part)[number]))
        if len(group.buttons()) > 1:
            self.column.addLayout(chips)
        return group

    def _make_bulk(self) -> None:
        row = FlowLayout(gap=theme.current().px(12))
        self._count = LineLabel("", "field")
        self._count.setObjectName("choosing-count")
        row.addWidget(self._count)
        for text, name, on in (
            (tr("All of these"), "choosing-all", True),
            (tr("None of these"), "choosing-none", False),
        ):
            row.addWidget(Button(text, partial(self._set_all, on=on), name=name, variant="link"))
        self.column.addLayout(row)

    def _make_order(self) -> None:
        self._ordering = QWidget()
        row = FlowLayout(self._ordering, gap=theme.current().px(8))
        row.addWidget(LineLabel(tr("Order"), "field"))
        self._orders: dict[Order, Button] = {}
        for order, text in ((Order.TIME, tr("Oldest first")), (Order.REVERSE, tr("Newest first"))):
            chip = Button(text, partial(self._sort, order), name=f"order-{order}", variant="chip")
            chip.setCheckable(True)
            self._orders[order] = chip
            row.addWidget(chip)
        self._up = Button(
            tr("Move up"), lambda: self._move_by(-1), name="choosing-up", variant="chip", icon="up"
        )
        self._down = Button(
            tr("Move down"), lambda: self._move_by(1), name="choosing-down", variant="chip", icon="down"
        )
        for button in (self._up, self._down):
            row.addWidget(button)
        self.column.addWidget(self._ordering)

    def show_thumbnail(self, photo: PhotoId, jpeg: bytes) -> None:
        """The small picture of a photo has come."""
        self._model.show_thumbnail(photo, jpeg)

    # what is listed

    def _all(self, part: Part) -> list[Item]:
        return [item for item in self._material.of(part) if item.in_book]

    def _turn_to(self, part: Part) -> None:
        self._part = part
        if (chip := self._parts.button(tuple(Part).index(part))) is not None:
            chip.setChecked(True)
        self._filters.offer(part, self._all(part))
        self._list_anew()
        if self.isVisible():
            self.fit()

    def _arranged(self) -> list[Item]:
        items = self._all(self._part)
        if self._part not in ORDERED:
            return items
        found = {item.id: item for item in items}
        order = arranged([item.id for item in items], ids_of(self._edition, self._part))
        return [found[each] for each in order]

    def _list_anew(self, current: Key | None = None) -> None:
        items = choosing.matching(self._arranged(), self._filters.only(self._part))
        movable = self._part in ORDERED and len(items) > 1
        self._model.show_items(items, self._going(), self._covered, movable=movable)
        row = next((row for row, item in enumerate(items) if item.key == current), 0)
        self._list.setCurrentIndex(self._model.index(row))
        self._ordering.setVisible(movable)
        self._show_state()

    def _going(self) -> frozenset[Key]:
        return choosing.chosen(self._edition, self._material)

    def _rows(self) -> list[Item]:
        return [self._model.item(row) for row in range(self._model.rowCount())]

    def _show_state(self) -> None:
        going = self._going()
        items = self._all(self._part)
        chosen = sum(item.key in going for item in items)
        going_in, all_of_them = number_text(chosen), number_text(len(items))
        self._count.setText(tr("{chosen} of {total} go in").format(chosen=going_in, total=all_of_them))
        order = order_of(self._edition, self._material, self._part) if self._part in ORDERED else Order.TIME
        for each, chip in self._orders.items():
            chip.setChecked(each is order)
        self._show_moves()

    def _show_moves(self) -> None:
        row, going = self._list.currentIndex().row(), self._going()
        held = row >= 0 and self._model.item(row).key in going
        named = held and self._model.item(row).id in ids_of(self._edition, self._part)
        self._up.setEnabled(named and row > 0)
        self._down.setEnabled(named and row + 1 < self._model.rowCount())

    # what the person does

    def _toggle(self, row: int) -> None:
        key = self._model.item(row).key
        self._set([key], on=key not in self._going())

    def _set_all(self, *, on: bool) -> None:
        self._set([item.key for item in self._rows()], on=on)

    def _set(self, keys: list[Key], *, on: bool) -> None:
        change = put_in if on else choosing.leave
        self._edition = change(self._edition, self._material, keys)
        self._model.show_going(self._going())
        self._show_state()

    def _sort(self, order: Order) -> None:
        row = self._list.currentIndex().row()
        current = self._model.item(row).key if row >= 0 else None
        self._edition = in_order(self._edition, self._material, self._part, order)
        self._list_anew(current)

    def _move_by(self, step: int) -> None:
        """In front of the next one above that is in, or behind the next one below."""
        row, items, going = self._list.currentIndex().row(), self._rows(), self._going()
        way = range(row - 1, -1, -1) if step < 0 else range(row + 1, len(items))
        target = next((each for each in way if items[each].key in going), None)
        if row >= 0 and target is not None:
            self._move(row, target if step < 0 else target + 1)

    def _move(self, row: int, before: int) -> None:
        """Put a row in front of another one, among those that are listed."""
        items = self._rows()
        moved = items[row]
        ids = ids_of(self._edition, self._part)
        if not 0 <= before <= len(items) or moved.id not in ids:
            return
        rest = [each for each in ids if each != moved.id]
        stays = frozenset(rest)
        behind = [item.id for item in items[before:] if item.id in stays]
        ahead = [item.id for item in items[:before] if item.id in stays]
        place = rest.index(ahead[-1]) + 1 if ahead else rest.index(behind[0]) if behind else 0
        self._edition = choosing.move(self._edition, [moved.key], place)
        self._list_anew(moved.key)

    def _take(self) -> None:
        self.accept()
        self._done(self._edition)

    def _keep_at_closing(self) -> None:
        if self._edition != self._at_first:
            self._done(self._edition)

    def _let_go(self) -> None:
        """It is over: what closes the book later finds nothing here."""
        self._at_first = self._edition
