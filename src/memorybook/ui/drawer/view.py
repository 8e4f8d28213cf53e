"""The place where deleted pages wait: what they are, their words, and the two ways they can go."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from memorybook.domain.drawer import DrawerRow
from memorybook.domain.entry import Entry
from memorybook.domain.ids import EntryId
from memorybook.errors import MemoryBookError
from memorybook.services import markup
from memorybook.ui.core import dialogs, messages, theme
from memorybook.ui.core.i18n import count_text, tr
from memorybook.ui.drawer import presenter as presenting
from memorybook.ui.drawer.delegate import ROW_HEIGHT, DrawerDelegate
from memorybook.ui.drawer.model import DrawerModel
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.editor import PageText
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.notice import Notice

_ROWS = 5


class DrawerPage(QWidget):
    """Shows what :class:`DrawerPresenter` says. ``backWanted`` leads to the story."""

    backWanted = Signal()
    presenter: presenting.DrawerPresenter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scroll = ScrollColumn(width=680)
        outer.addWidget(self._scroll)
        column = self._scroll.column
        back = Button(
            tr("Our story"),
            self.backWanted.emit,
            name="drawer-back",
            variant="quiet",
            icon="back",
        )
        column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeading)
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
        self._model = DrawerModel()
        self._model.setParent(self)
        self._list = QListView()
        self._list.setObjectName("drawer-list")
        self._list.setAccessibleName(tr("Pages put away"))
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
        self._title = label("", "title")
        self._title.setObjectName("drawer-title")
        self._text = PageText(name="drawer-text", says=tr("The words of this page"), read_only=True)
        page.addWidget(self._title)
        page.addWidget(self._text)
        self._scroll.column.addWidget(self._page)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._notice.hide()  # what was said the last time

    # what a person does

    def _ids(self) -> tuple[EntryId, ...]:
        chosen = sorted(self._list.selectionModel().selectedIndexes(), key=lambda index: index.row())
        return tuple(self._model.row(index).id for index in chosen)

    def _choose(self) -> None:
        ids = self._ids()
        self._bring.setEnabled(bool(ids))
        self._delete.setEnabled(bool(ids))
        self.presenter.choose(ids)

    def _bring_back(self) -> None:
        if ids := self._ids():
            self.presenter.bring_back(ids)

    def _ask_to_delete(self) -> None:
        ids = self._ids()
        if not ids:
            return
        question = dialogs.ask(
            self,
            count_text("Delete this page for ever?", "Delete {n} pages for ever?", len(ids)),
            tr(
                "Its words and its earlier versions will be gone from the book. Nobody can bring them back. "
                "Its photos stay in the book."
            ),
            yes=tr("Delete for ever"),
            no=tr("Keep"),
            name="drawer-ask",
            agreed=lambda: self.presenter.delete_for_ever(ids),
        )
        for button in question.findChildren(Button):  # Return alone destroys nothing
            keeps = button.objectName() == "drawer-ask-no"
            button.setDefault(keeps)
            if keeps:
                button.setFocus()

    # what the presenter says

    def show_rows(self, rows: Sequence[DrawerRow]) -> None:
        """Everything that waits; the first is chosen, so that its words can be read."""
        self._model.replace(rows)
        self._fit()
        some = bool(rows)
        self._intro.setText(
            tr("Pages you put away wait in this drawer, inside your book. Nothing leaves it by itself.")
            if some
            else tr("Nothing is put away. A page that is waits here, and can be brought back.")
        )
        self._list.setVisible(some)
        self._page.setVisible(some)
        self._bring.setEnabled(some)
        self._delete.setEnabled(some)
        self.show_no_page()
        if some:
            self._list.setCurrentIndex(self._model.index(0))

    def show_page(self, entry: Entry) -> None:
        """The words of the page that is chosen."""
        self._title.setText(entry.draft.title)
        self._title.setVisible(bool(entry.draft.title))
        self._text.show_blocks(list(markup.parse(entry.draft.body)))
        self._text.setVisible(bool(entry.draft.body))

    def show_no_page(self) -> None:
        """No page is chosen, or several are."""
        self._title.hide()
        self._text.hide()

    def show_brought_back(self, ids: tuple[EntryId, ...]) -> None:
        """Pages are in the story again."""
        self._notice.say(
            count_text("The page is in your story again.", "{n} pages are in your story again.", len(ids))
        )

    def show_deleting(self) -> None:
        """Pages are being deleted for ever, which takes a while in a very large book."""
        self._bring.setEnabled(False)
        self._delete.setEnabled(False)
        self._notice.say(tr("Deleting for ever. In a very large book this takes a few seconds."))

    def show_gone(self, number: int) -> None:
        """So many pages were deleted for ever."""
        self._notice.say(
            count_text("The page is gone for ever.", "{n} pages are gone for ever.", number)
        )

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read or done."""
        self._notice.say(messages.sentence(error))


if TYPE_CHECKING:
    _: type[presenting.DrawerView] = DrawerPage
