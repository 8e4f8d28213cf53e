"""The place where things wait that were put away: what they are, and the two ways they can go."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from memorybook.domain.drawer import DrawerRow
from memorybook.domain.entry import Entry
from memorybook.errors import MemoryBookError
from memorybook.ui.core import messages, theme
from memorybook.ui.core.i18n import count_text, tr
from memorybook.ui.drawer import presenter as presenting
from memorybook.ui.drawer.delegate import ROW_HEIGHT, DrawerDelegate
from memorybook.ui.drawer.deleting import ask_to_delete
from memorybook.ui.drawer.detail import Detail
from memorybook.ui.drawer.model import DrawerModel, picture_size
from memorybook.ui.drawer.waiting import Ref, Waiting
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.notice import Notice

_ROWS = 5


class DrawerPage(QWidget):
    """Shows what :class:`DrawerPresenter` says. ``backWanted`` leads to the place it came from."""

    backWanted = Signal()
    presenter: presenting.DrawerPresenter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scroll = ScrollColumn(width=680)
        outer.addWidget(self._scroll)
        column = self._scroll.column
        self._back = Button(
            tr("Our story"), self.backWanted.emit, name="drawer-back", variant="quiet", icon="back"
        )
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(label(tr("Put away"), "title"))
        self._intro = label("", "soft")
        self._intro.setObjectName("drawer-intro")
        column.addWidget(self._intro)
        self._notice = Notice(name="drawer-notice")
        column.addWidget(self._notice)
        self._add_list()
        self._add_page()
        column.addStretch(1)
        self.show_rows(())

    def _add_list(self) -> None:
        self._model = DrawerModel(lambda ref: self.presenter.need(ref))
        self._model.setParent(self)
        self._list = QListView()
        self._list.setObjectName("drawer-list")
        self._list.setAccessibleName(tr("What is put away"))
        self._list.setProperty("surface", "card")
        self._list.setModel(self._model)
        self._list.setItemDelegate(DrawerDelegate(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMouseTracking(True)
        self._list.selectionModel().selectionChanged.connect(lambda *_: self._choose())
        theme.current().changed.connect(self._fit)
        self._scroll.column.addWidget(self._list)

    def _fit(self) -> None:
        """As tall as what is in it, up to a handful of rows; more of them scroll."""
        self._list.doItemsLayout()
        px, rows = theme.current().px, self._model.rowCount()
        shown = rows if rows <= _ROWS else _ROWS + 0.5  # half a row says that there are more
        self._list.setFixedHeight(round(px(ROW_HEIGHT) * shown) + px(14))

    def _add_page(self) -> None:
        px = theme.current().px
        self._page = QWidget()
        page = QVBoxLayout(self._page)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(px(14))
        row = QWidget()
        buttons = FlowLayout(row, gap=px(10))
        self._bring = Button(tr("Bring back"), self._bring_back, name="drawer-bring-back", variant="primary")
        self._delete = Button(tr("Delete for ever…"), self._ask_to_delete, name="drawer-delete")
        buttons.addWidget(self._bring)
        buttons.addWidget(self._delete)
        page.addWidget(row)
        self._detail = Detail()
        self._detail.uncoverWanted.connect(lambda: self.presenter.uncover())
        page.addWidget(self._detail)
        self._scroll.column.addWidget(self._page)

    def name_back(self, place: str) -> None:
        """What the place is called that :attr:`backWanted` leads to."""
        self._back.setText(place)
        self._back.setAccessibleName(place)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._notice.hide()  # what was said the last time

    # what a person does

    def _chosen(self) -> tuple[Waiting, ...]:
        chosen = sorted(self._list.selectionModel().selectedIndexes(), key=lambda index: index.row())
        return tuple(self._model.row(index) for index in chosen)

    def _refs(self) -> tuple[Ref, ...]:
        return tuple(each.ref for each in self._chosen())

    def _choose(self) -> None:
        refs = self._refs()
        self._bring.setEnabled(bool(refs))
        self._delete.setEnabled(bool(refs))
        self.presenter.choose(refs)

    def _bring_back(self) -> None:
        if refs := self._refs():
            self.presenter.bring_back(refs)

    def _ask_to_delete(self) -> None:
        if chosen := self._chosen():
            refs = tuple(each.ref for each in chosen)
            ask_to_delete(self, chosen, lambda: self.presenter.delete_for_ever(refs))

    # what the presenter says

    def show_rows(self, rows: Sequence[Waiting]) -> None:
        """Everything that waits. What was chosen stays so; else the first is, and it is seen what it is."""
        before = self._refs()
        self._model.replace(rows)
        self._fit()
        some = bool(rows)
        self._intro.setText(
            tr("What you put away waits in this drawer, inside your book. Nothing leaves it by itself.")
            if some
            else tr("Nothing is put away. What is put away waits here, and can be brought back.")
        )
        self._list.setVisible(some)
        self._page.setVisible(some)
        self._bring.setEnabled(some)
        self._delete.setEnabled(some)
        self.show_nothing()
        if some:
            self._choose_again([number for number, row in enumerate(rows) if row.ref in before] or [0])

    def _choose_again(self, numbers: Sequence[int]) -> None:
        chosen = QItemSelection()
        for number in numbers:
            chosen.select(self._model.index(number), self._model.index(number))
        selection = self._list.selectionModel()
        selection.setCurrentIndex(self._model.index(numbers[0]), QItemSelectionModel.SelectionFlag.NoUpdate)
        selection.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def show_small(self, ref: Ref, jpeg: bytes) -> None:
        """The small picture of a row has come."""
        self._model.show_small(ref, jpeg, picture_size())

    def cover_rows(self) -> None:
        """Something was uncovered, or is covered again."""
        self._model.cover()

    def show_page(self, entry: Entry) -> None:
        """The words of the page that is chosen."""
        self._detail.show_page(entry)

    def show_thing(self, waiting: Waiting) -> None:
        """The words of the photo, the recording or the keepsake that is chosen."""
        self._detail.show_thing(waiting)

    def show_picture(self, jpeg: bytes) -> None:
        """The picture of what is chosen."""
        self._detail.show_picture(jpeg)

    def show_covered(self) -> None:
        """The picture of what is chosen is covered."""
        self._detail.show_covered()

    def show_nothing(self) -> None:
        """Nothing is chosen, or several things are."""
        self._detail.clear()

    def show_brought_back(self, waiting: tuple[Waiting, ...]) -> None:
        """Things are back where they were."""
        many = len(waiting)
        if all(isinstance(each.what, DrawerRow) for each in waiting):
            said = count_text("The page is in your story again.", "{n} pages are in your story again.", many)
        else:
            said = count_text("It is back where it was.", "{n} things are back where they were.", many)
        self._notice.say(said)

    def show_deleting(self) -> None:
        """Pages are being deleted for ever, which takes a while in a very large book."""
        self._bring.setEnabled(False)
        self._delete.setEnabled(False)
        self._notice.say(tr("Deleting for ever. In a very large book this takes a few seconds."))

    def show_gone(self, waiting: tuple[Waiting, ...]) -> None:
        """These were deleted for ever."""
        number = len(waiting)
        if all(isinstance(each.what, DrawerRow) for each in waiting):
            said = count_text("The page is gone for ever.", "{n} pages are gone for ever.", number)
        else:
            said = count_text("It is gone for ever.", "{n} things are gone for ever.", number)
        self._notice.say(said)

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read or done."""
        self._notice.say(messages.sentence(error))


if TYPE_CHECKING:
    _: type[presenting.DrawerView] = DrawerPage
