"""The photos of the book: the grid of them, and the one that is looked at large."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from memorybook.domain.bringing import BringAccount, BringProgress
from memorybook.domain.ids import PhotoId
from memorybook.domain.people import Baby
from memorybook.domain.photo import PhotoFilter, PhotoKind, PhotoRow
from memorybook.errors import MemoryBookError
from memorybook.services.album import Album
from memorybook.ui.core import messages
from memorybook.ui.core.called import names
from memorybook.ui.core.i18n import count_text, tr
from memorybook.ui.core.showing import may_show, photo_key
from memorybook.ui.core.uncovered import Uncovered
from memorybook.ui.photos import presenter as presenting
from memorybook.ui.photos import tile_menu
from memorybook.ui.photos.grid_page import GridPage
from memorybook.ui.photos.large import LargeView


class _Relay(QObject):
    """Carries what is told on another thread to the GUI thread."""

    told = Signal(object)


class PhotosPage(QWidget):
    """Holds the grid and ``large``. ``presenter`` and ``large.presenter`` are given once they are made.

    ``drawerWanted`` leads to what was put away. What a person uncovered is covered again as the place is
    left; whoever holds the page tells both presenters of changes, and the page flushes what is large.
    """

    drawerWanted = Signal()

    def __init__(self, album: Album, uncovered: Uncovered, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("photos")
        self.presenter: presenting.PhotosPresenter
        self._uncovered = uncovered
        self._put_away: tuple[PhotoId, ...] = ()
        self._relay = _Relay(self)
        self._relay.told.connect(self._progressed, Qt.ConnectionType.QueuedConnection)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget()
        column.addWidget(self._stack)
        self._page = page = GridPage(album.thumbnail, self._shows)
        self.large = LargeView()
        self._stack.addWidget(page)
        self._stack.addWidget(self.large)
        self.large.backWanted.connect(self.back_to_grid)
        uncovered.changed.connect(self._uncovered_changed)
        self._join()

    def _join(self) -> None:
        page, grid, bar = self._page, self._page.grid, self._page.chosen_bar
        page.offered.connect(lambda sources: self.presenter.taking_in.bring(sources))
        page.sizeKept.connect(lambda size: self.presenter.keep_size(size))
        page.allWanted.connect(lambda: self.presenter.choose_by(presenting.ALL))
        page.hintDismissed.connect(lambda: self.presenter.dismiss_hint())
        page.undoWanted.connect(self._undo)
        page.bringing.cancelWanted.connect(lambda: self.presenter.taking_in.cancel())
        page.chips.wanted.connect(lambda wanted: self.presenter.choose_by(wanted))
        page.chips.drawerWanted.connect(self.drawerWanted)
        grid.opened.connect(self.look_at)
        grid.uncoverWanted.connect(self.uncover)
        grid.putAwayWanted.connect(self.put_away)
        grid.menuWanted.connect(self._open_menu)
        bar.coverWanted.connect(lambda: self.cover(covered=True))
        bar.uncoverWanted.connect(lambda: self.cover(covered=False))
        bar.bookWanted.connect(lambda: self.put_in_book(in_book=True))
        bar.onlyMeWanted.connect(lambda: self.put_in_book(in_book=False))
        bar.putAwayWanted.connect(self.put_away)

    def _shows(self, row: PhotoRow) -> bool:
        return may_show(self._uncovered, photo_key(row.id), covered=row.covered)

    # coming and going

    def take_focus(self) -> None:
        """Put the keyboard where the person goes on."""
        if self._stack.currentWidget() is self.large:
            self.large.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._page.take_focus()

    def hideEvent(self, event: QHideEvent) -> None:
        """The place is left: what was typed is kept, and what was uncovered is covered again."""
        super().hideEvent(event)
        if event.spontaneous():
            return
        self.presenter.leave()
        self._flush_large()
        self._page.put_messages_away()
        self._uncovered.cover_again(None)

    def _flush_large(self) -> None:
        if self.large.presenter is not None:
            self.large.presenter.flush(lambda _: None)

    def back_to_grid(self) -> None:
        """From one photo to all of them, on the one that was looked at last."""
        self._flush_large()
        seen = self.large.presenter.photo_id if self.large.presenter is not None else None
        self._stack.setCurrentWidget(self._page)
        if seen is not None:
            self._page.grid.go_to(seen)
        self._page.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _uncovered_changed(self) -> None:
        self.presenter.uncovered_changed()
        if self.large.presenter is not None:
            self.large.presenter.uncovered_changed()

    # what a person does

    def look_at(self, photo: PhotoId) -> None:
        """Show one photo large."""
        self._stack.setCurrentWidget(self.large)
        self.large.show_photo(photo, self._page.photos.ids)
        self.large.setFocus(Qt.FocusReason.OtherFocusReason)

    def uncover(self, photo: PhotoId) -> None:
        """Look at a covered photo where it stands in the grid."""
        self.presenter.uncover(photo)

    def cover_again(self, photo: PhotoId) -> None:
        """Enough of a covered photo for now."""
        self._uncovered.cover_again([photo_key(photo)])

    def cover(self, *, covered: bool) -> None:
        """Cover what is chosen, or no longer."""
        ids = self._meant()
        if covered:
            self._uncovered.cover_again([photo_key(photo) for photo in ids])
        self.presenter.cover(ids, covered=covered)

    def put_in_book(self, *, in_book: bool) -> None:
        """Have what is chosen printed, or not."""
        self.presenter.put_in_book(self._meant(), in_book=in_book)

    def put_away(self) -> None:
        """Put what is chosen into the drawer."""
        self.presenter.put_away(self._meant())

    def _meant(self) -> tuple[PhotoId, ...]:
        """What is chosen, or else the photo the keyboard is on."""
        chosen, current = self._page.grid.chosen(), self._page.grid.current()
        return chosen or ((current.id,) if current is not None else ())

    def _open_menu(self, place: QPoint) -> None:
        rows = self._page.photos.rows_of(self._meant())
        if rows:
            tile_menu.open_menu(self, place, rows, self._shows, self)

    def _undo(self) -> None:
        if self._put_away and self._page.notice.text():
            self.presenter.bring_back(self._put_away)

    # what the presenter says

    def show_rows(self, rows: Sequence[PhotoRow], all_of_them: int) -> None:
        """These are the photos to show, of so many in the book."""
        self._page.show_rows(rows, all_of_them)

    def show_filter(self, wanted: PhotoFilter, kinds: frozenset[PhotoKind]) -> None:
        """What the photos are chosen by, and the kinds there are."""
        self._page.chips.show_filter(wanted, kinds)

    def show_babies(self, babies: Sequence[Baby], word: str) -> None:
        """By whom photos can be chosen."""
        known = names(babies, word)
        self._page.chips.show_babies(known if len(known) > 1 else {})

    def show_size(self, size: int) -> None:
        """How large the tiles are."""
        self._page.grid.show_size(size)

    def show_hint(self, *, on: bool) -> None:
        """The words about prints that fade, or no more."""
        self._page.show_hint(on=on)

    def hold_pixels(self, photos: frozenset[PhotoId]) -> None:
        """These have changed: none of their pixels is fetched before it is known how."""
        self._page.hold_pixels(photos)

    def renew_pixels(self) -> None:
        """How they have changed is known, and is told next."""
        self._page.renew_pixels()

    def show_covered_again(self) -> None:
        """Other photos may be shown than before, or fewer."""
        self._page.show_covered_again()

    def tell_progress(self, progress: BringProgress) -> None:
        """From any thread; nothing once the page is gone with its book."""
        if shiboken6.isValid(self._relay):
            self._relay.told.emit(progress)

    def _progressed(self, progress: BringProgress) -> None:
        self.presenter.taking_in.progressed(progress)

    def show_progress(self, progress: BringProgress) -> None:
        """So many of so many files have been looked at."""
        self._page.bringing.show_progress(progress)

    def show_stopping(self) -> None:
        """It was cancelled; what was begun is finished."""
        self._page.bringing.show_stopping()

    def show_account(self, account: BringAccount[PhotoId]) -> None:
        """What came of it."""
        self._page.bringing.show_account(account)

    def show_put_away(self, ids: tuple[PhotoId, ...]) -> None:
        """These were put away and can be brought back."""
        self._put_away = ids
        self._page.grid.choose_several(on=False)
        one = len(ids) == 1
        said = count_text(
            "{n} photo is put away. It waits in the drawer, where it can be brought back.",
            "{n} photos are put away. They wait in the drawer, where they can be brought back.",
            len(ids),
        )
        self._page.notice.say(
            said,
            action=tr("Bring it back") if one else tr("Bring them back"),
            acts=lambda: self.presenter.bring_back(ids),
        )

    def forget_put_away(self, photos: frozenset[PhotoId]) -> None:
        """These were brought back, or deleted, in the drawer: what was said of them no longer holds."""
        if not photos.isdisjoint(self._put_away):
            self.show_brought_back()

    def show_brought_back(self) -> None:
        """What was put away is here again."""
        if self._put_away:
            self._page.notice.hide()
        self._put_away = ()

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read or done."""
        self._page.notice.say(messages.sentence(error))


if TYPE_CHECKING:
    _: type[presenting.PhotosView] = PhotosPage
    _acts: type[tile_menu.TileActs] = PhotosPage
