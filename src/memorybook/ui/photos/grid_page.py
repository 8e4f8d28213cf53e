"""The page with all photos: title and chips above the grid, what is said of it, what is dropped on it."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QHideEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from memorybook.domain.ids import PhotoId
from memorybook.domain.photo import PhotoRow
from memorybook.ui.core import clipboard, dialogs, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.notice import Notice
from memorybook.ui.kit.pasted import pictures_in
from memorybook.ui.photos import cells
from memorybook.ui.photos.bringing_bar import PhotosBar
from memorybook.ui.photos.chosen_bar import ChosenBar
from memorybook.ui.photos.filters import LARGER, SMALLER
from memorybook.ui.photos.grid import PhotoGrid
from memorybook.ui.photos.heading import Heading
from memorybook.ui.photos.loader import TileLoader
from memorybook.ui.photos.messages import Messages
from memorybook.ui.photos.model import PhotosModel
from memorybook.ui.photos.naming import how_many
from memorybook.ui.photos.quiet_words import EmptyWords, ScanHint, about_covered

_LOW = 330
"""A page that is lower, in pixels at 100 %, shows less around its photos."""


class GridPage(QWidget):
    """``offered`` carries files, folders and pictures to take in, however they were given.

    ``sizeKept`` carries another size of tiles, ``undoWanted`` asks to bring back what was put away last, and
    ``allWanted`` for all photos instead of none. ``shows`` says of which photos pixels may be fetched.
    """

    offered = Signal(object)
    sizeKept = Signal(int)
    undoWanted = Signal()
    allWanted = Signal()
    hintDismissed = Signal()

    def __init__(
        self,
        fetch: Callable[[PhotoId], Future[bytes]],
        shows: Callable[[PhotoRow], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("photos-page")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # so that its keys still reach it after a click beside
        self.setAcceptDrops(True)
        self._all_of_them = 0
        self._hint_is_on = self._wants_focus = False
        self._held: set[PhotoId] = set()
        px = theme.current().px
        self.photos = PhotosModel(shows, self)
        self.loader = TileLoader(fetch, self._may_fetch, self)
        self.grid = PhotoGrid(self.photos, self.loader)
        self.heading = Heading(self._choose)
        self.chips = self.heading.chips
        self.bringing = PhotosBar()
        self.notice = Notice(name="photos-notice", passing=True)
        self._hint = ScanHint(self.hintDismissed.emit)
        self.chosen_bar = ChosenBar()
        self._about_covered = about_covered()
        self._about_covered.hide()
        self.grid.set_foot(self._about_covered)
        self._empty = EmptyWords(self._empty_pressed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(24), 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addSpacing(px(18))
        column.addWidget(Messages(self.bringing, self.notice, self._hint))
        self._middle = QStackedLayout()
        column.addLayout(self._middle, 1)  # first, or what is put into it would be a window for a moment
        self._middle.addWidget(self.grid)
        self._middle.addWidget(self._empty)
        column.addWidget(self.chosen_bar)
        self._join()

    def _join(self) -> None:
        self.grid.chosenChanged.connect(self._show_chosen)
        self.grid.sizeWanted.connect(self._step_size)
        self.grid.escaped.connect(lambda: self.grid.choose_several(on=False))
        self.chosen_bar.done.connect(self._end_choosing)
        self.chips.sizeWanted.connect(self._step_size)
        self.chips.choosingWanted.connect(self._begin_choosing)
        self.chips.folderWanted.connect(self._choose_folder)
        keys: tuple[tuple[QKeySequence, Callable[[], object]], ...] = (
            (QKeySequence(QKeySequence.StandardKey.Paste), self._paste),
            (QKeySequence(QKeySequence.StandardKey.Undo), self.undoWanted.emit),
            (LARGER, lambda: self._step_size(1)),
            (QKeySequence("Ctrl+="), lambda: self._step_size(1)),
            (SMALLER, lambda: self._step_size(-1)),
        )
        for sequence, act in keys:
            key = QShortcut(sequence, self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(act)

    # what is shown

    def show_rows(self, rows: Sequence[PhotoRow], all_of_them: int) -> None:
        """These photos, of so many. What is chosen and where the keyboard is stays, if it is still there."""
        grid, chosen, current = self.grid, self.grid.chosen(), self.grid.current()
        place = grid.verticalScrollBar().value()
        before = grid.currentIndex().row()
        same = self.photos.replace(rows)
        self._all_of_them = all_of_them
        self.heading.show_count(how_many(len(rows), all_of_them) if all_of_them else "")
        self._about_covered.setVisible(any(row.covered for row in rows))
        if rows:
            self._middle.setCurrentWidget(grid)
        elif all_of_them:
            self._empty.say_nothing_like_this()
        else:
            self._empty.say_nothing_kept()
        if not rows:
            had = grid.hasFocus()
            self._middle.setCurrentWidget(self._empty)
            if had:
                self.heading.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_hint()
        if not same:
            grid.doItemsLayout()
            grid.verticalScrollBar().setValue(place)
            grid.choice.choose(chosen)
            if current is not None:
                near = self.photos.index_of(current.id)
                if not near.isValid() and rows:
                    near = self.photos.index(min(before, len(rows) - 1))
                if near.isValid():
                    grid.stay_at(near)
        self._show_chosen()
        if rows and self._wants_focus and self.heading.add.hasFocus():
            grid.setFocus(Qt.FocusReason.TabFocusReason)
        self._wants_focus = False
        grid.fetch_again()

    def show_hint(self, *, on: bool) -> None:
        """The words about prints that fade; they are not said to somebody who has no photo here."""
        self._hint_is_on = on
        self._show_hint()

    def _show_hint(self) -> None:
        self._hint.setVisible(self._hint_is_on and self._all_of_them > 0 and not self._is_low)

    @property
    def _is_low(self) -> bool:
        """Whether a small window with large letters has room for the photos and one thing beside them."""
        return self.height() < theme.current().px(_LOW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_hint()
        self._make_room()

    def _make_room(self) -> None:
        self.heading.show_low(low=self._is_low)
        self.heading.setVisible(self.chosen_bar.isHidden() or not self._is_low)

    def hold_pixels(self, photos: frozenset[PhotoId]) -> None:
        """These have changed. One may be covered now: until that is known nothing is fetched, and what is in
        sight stays so; what is not in sight does not come into sight as it was."""
        self._held |= photos
        if not self.isVisible():
            self.loader.forget(tuple(photos))

    def renew_pixels(self) -> None:
        """How they have changed is told next."""
        self.loader.forget(tuple(self._held))
        for photo in self._held:
            self.photos.name_problem(photo, "")
        self._held = set()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.loader.forget(tuple(self._held))

    def show_covered_again(self) -> None:
        """Other photos may be shown than before; pixels of those that may not are let go of."""
        rows = self.photos.rows_of(self.loader.all_kept)
        self.loader.forget([row.id for row in rows if not self.photos.shows(row)])
        self.photos.tell()
        self.grid.fetch_again()

    def put_messages_away(self) -> None:
        """The page is left."""
        self.bringing.put_away()
        self.grid.choose_several(on=False)

    def take_focus(self) -> None:
        """Put the keyboard on the photos, or on the way to add some."""
        if self.photos.rowCount():
            self.grid.setFocus(Qt.FocusReason.TabFocusReason)
        else:  # they may be on their way
            self._wants_focus = True
            self.heading.add.setFocus(Qt.FocusReason.TabFocusReason)

    def _may_fetch(self, photo: PhotoId) -> bool:
        rows = self.photos.rows_of((photo,)) if photo not in self._held else []
        return bool(rows) and self.photos.shows(rows[0])

    # what a person does

    def _begin_choosing(self) -> None:
        self.grid.choose_several(on=True)
        self.grid.setFocus(Qt.FocusReason.TabFocusReason)

    def _end_choosing(self) -> None:
        self.grid.choose_several(on=False)
        self.grid.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_chosen(self) -> None:
        had = any(child.hasFocus() for child in self.chosen_bar.findChildren(QWidget))
        rows = self.photos.rows_of(self.grid.chosen())
        self.chosen_bar.show_chosen(rows, choosing=self.grid.choosing)
        self._make_room()
        if had and not any(child.hasFocus() for child in self.chosen_bar.findChildren(QWidget)):
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step_size(self, step: int) -> None:
        before = self.grid.size_of_tiles
        self.grid.show_size(max(cells.SMALLEST, min(before + step, cells.LARGEST)))
        if self.grid.size_of_tiles != before:
            self.sizeKept.emit(self.grid.size_of_tiles)

    def _choose(self) -> None:
        dialogs.choose_pictures(self, Path.home(), self.offered.emit)

    def _choose_folder(self) -> None:
        def chosen(folder: Path) -> None:
            self.offered.emit([folder])

        dialogs.choose_folder(self, tr("Add a folder of photos"), Path.home(), chosen)

    def _empty_pressed(self) -> None:
        if self._all_of_them:
            self.allWanted.emit()
        else:
            self._choose_folder()

    def _paste(self) -> None:
        found, nothing = pictures_in(clipboard.to_paste()), tr("There is no picture to paste.")
        if not found:
            self.notice.say(nothing)
            return
        if self.notice.text() == nothing:
            self.notice.hide()
        self.offered.emit(found)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        data = event.mimeData()
        if data.hasImage() or any(url.isLocalFile() for url in data.urls()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.grid.show_dropping(on=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.grid.show_dropping(on=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.grid.show_dropping(on=False)
        event.setDropAction(Qt.DropAction.CopyAction)  # the files it comes from stay
        event.accept()
        self.offered.emit(pictures_in(event.mimeData()))
