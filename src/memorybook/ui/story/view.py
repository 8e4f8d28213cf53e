"""The story screen: search and list on one side, the page that is read on the other."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListView, QVBoxLayout, QWidget

from memorybook.domain.entry import Entry, EntryRow
from memorybook.domain.ids import EntryId, PhotoId
from memorybook.domain.photo import Photo
from memorybook.errors import MemoryBookError
from memorybook.ui.core import messages, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.fields import OWN_WORDS
from memorybook.ui.kit.labels import label, surface
from memorybook.ui.kit.notice import Notice
from memorybook.ui.story import presenter as presenting
from memorybook.ui.story.delegate import StoryDelegate
from memorybook.ui.story.model import StoryModel
from memorybook.ui.story.reading import ReadingPane

_ROWS_AHEAD = 60
_NARROW = 640
_UNLIMITED = 16_777_215


class StoryPage(QWidget):
    """Shows what :class:`StoryPresenter` says. ``editWanted`` carries the id of the page to change."""

    editWanted = Signal(int)
    presenter: presenting.StoryPresenter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading: EntryId | None = None
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self._panel = self._make_panel()
        across.addWidget(self._panel)
        self._pane = ReadingPane()
        self._pane.editWanted.connect(self._want_edit)
        self._pane.previousWanted.connect(lambda: self._step(-1))
        self._pane.nextWanted.connect(lambda: self._step(1))
        self._pane.backWanted.connect(lambda: self._open_pane(on=False))
        self._alone = False
        self._pane_is_open = False
        across.addWidget(self._pane, 1)

    def _make_panel(self) -> QFrame:
        px = theme.current().px
        panel = surface("panel")
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, px(24), 0, 0)
        column.setSpacing(px(8))
        self._search = QLineEdit()
        self._search.setObjectName("story-search")
        self._search.setPlaceholderText(tr("Search your story"))
        self._search.setAccessibleName(tr("Search your story"))
        self._search.setInputMethodHints(OWN_WORDS)
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(lambda words: self.presenter.search(words))
        held = QHBoxLayout()
        held.setContentsMargins(px(22), 0, px(22), 0)
        held.addWidget(self._search)
        column.addLayout(held)
        self._words = label("", "soft")
        self._words.setContentsMargins(px(22), px(12), px(22), 0)
        self._words.hide()
        column.addWidget(self._words)
        self._notice = Notice(name="story-notice")
        column.addWidget(self._notice)
        self._model = StoryModel(self)
        self._list = QListView()
        self._list.setObjectName("story-list")
        self._list.setAccessibleName(tr("Pages of your story"))
        self._list.setModel(self._model)
        self._list.setItemDelegate(StoryDelegate(self._list))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setMouseTracking(True)
        self._list.selectionModel().currentChanged.connect(self._chosen)
        self._list.clicked.connect(lambda _: self._open_pane(on=True))
        self._list.activated.connect(lambda _: self._open_pane(on=True))
        self._list.verticalScrollBar().valueChanged.connect(self._scrolled)
        column.addWidget(self._list, 1)
        theme.current().changed.connect(self._fit)
        return panel

    def _fit(self) -> None:
        """List and page side by side, or one at a time where there is no room for both."""
        px = theme.current().px
        self._alone = self.width() < px(_NARROW)
        wide = min(px(376), self.width() * 40 // 100)
        self._panel.setMinimumWidth(0 if self._alone else wide)
        self._panel.setMaximumWidth(_UNLIMITED if self._alone else wide)
        self._panel.setVisible(not (self._alone and self._pane_is_open))
        self._pane.setVisible(not self._alone or self._pane_is_open)
        self._pane.stand_alone(alone=self._alone)
        self._list.doItemsLayout()

    def _open_pane(self, *, on: bool) -> None:
        self._pane_is_open = on
        self._fit()
        if not on:
            self._list.setFocus()
        elif self._alone:
            self._pane.take_focus()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]  # Qt hands over its own event
        self._fit()

    def _chosen(self, current: QModelIndex, previous: QModelIndex) -> None:  # noqa: ARG002 - a signal's two
        row = self._model.entry_at(current)
        if row is not None:
            self.presenter.choose(row.id)

    def _scrolled(self, value: int) -> None:
        bar = self._list.verticalScrollBar()
        if self._model.has_more and bar.maximum() - value < theme.current().px(63) * _ROWS_AHEAD:
            self.presenter.more()

    def _want_edit(self) -> None:
        if self._reading is not None:
            self.editWanted.emit(self._reading)

    def _step(self, step: int) -> None:
        if self._reading is None:
            return
        neighbour = self._model.neighbour(self._reading, step)
        if neighbour is not None:
            self._list.setCurrentIndex(self._model.index_of(neighbour))

    def focus_search(self) -> None:
        """Put the caret into the search field."""
        self._search.setFocus()
        self._search.selectAll()

    # what the presenter says

    def show_rows(self, rows: Sequence[EntryRow], *, more: bool) -> None:
        """A list from its beginning, with its first page to read."""
        self._notice.hide()
        self._words.hide()
        kept = self._reading
        self._model.replace(rows, more=more)
        self._list.scrollToTop()
        index = self._model.index_of(kept) if kept is not None else QModelIndex()
        first = self._model.first()
        if not index.isValid() and first is not None:
            index = self._model.index_of(first)
        if index.isValid():
            self._list.setCurrentIndex(index)
        else:
            self.presenter.choose(None)

    def add_rows(self, rows: Sequence[EntryRow], *, more: bool) -> None:
        """The list goes on."""
        self._model.extend(rows, more=more)
        self._show_arrows()

    def show_nothing_written(self) -> None:
        """The book has no page yet."""
        self._words.setText(tr("What you write will be listed here, by month."))
        self._words.show()

    def show_nothing_found(self) -> None:
        """The search found no page."""
        self._words.setText(tr("No page has these words. A part of a word is enough."))
        self._words.show()

    def show_entry(self, entry: Entry, photos: Sequence[Photo]) -> None:
        """Show one page to read."""
        self._reading = entry.id
        self._pane.show_entry(entry, photos)
        self._show_arrows()

    def _show_arrows(self) -> None:
        if self._reading is not None:
            self._pane.allow(
                previous=self._model.neighbour(self._reading, -1) is not None,
                following=self._model.neighbour(self._reading, 1) is not None,
            )

    def show_picture(self, photo: PhotoId, jpeg: bytes) -> None:
        """A picture of the page that is read has come."""
        self._pane.show_picture(photo, jpeg)

    def show_no_entry(self) -> None:
        """Nothing is chosen."""
        self._reading = None
        self._pane.clear()

    def show_problem(self, error: MemoryBookError) -> None:
        """A list or a page could not be read."""
        self._notice.say(messages.sentence(error))


if TYPE_CHECKING:
    _: type[presenting.StoryView] = StoryPage
