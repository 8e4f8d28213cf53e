"""The place "Keepsakes": the cards, and one form at a time that keeps itself."""

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from memorybook.domain.bringing import Refused
from memorybook.domain.ids import KeepsakeId, PhotoId
from memorybook.domain.keepsake import KeepsakeDraft
from memorybook.domain.people import Baby
from memorybook.domain.photo import Photo, PhotoRow
from memorybook.errors import MemoryBookError
from memorybook.ui.core import clipboard, dialogs, messages
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.keeping import AGAIN_MS
from memorybook.ui.keepsakes import presenter as presenting
from memorybook.ui.keepsakes.form_page import FormPage
from memorybook.ui.keepsakes.shelf import ShelfView
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.notice import Notice
from memorybook.ui.kit.pasted import pictures_in
from memorybook.ui.kit.photo_chooser import PhotoChooser
from memorybook.ui.kit.picture_sheet import PhotoSheet

_SHELF = 1160
_PAUSE_MS = 700


class KeepsakesPage(QWidget):
    """Shows what :class:`~memorybook.ui.keepsakes.presenter.KeepsakesPresenter` says.

    ``drawerWanted`` leads to what was put away.
    """

    drawerWanted = Signal()
    presenter: presenting.KeepsakesPresenter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._pages = QStackedWidget()
        outer.addWidget(self._pages)
        self._notice = Notice(name="keepsakes-notice")
        self._shelf = ShelfView()
        self._list = self._make_list()
        self._form_page = FormPage()
        self._form, self._form_notice = self._form_page.form, self._form_page.notice
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._form_page)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(lambda: self.presenter.keep())
        self._came_from: KeepsakeId | None = None
        self._put_away: KeepsakeId | None = None
        self._chooser: PhotoChooser | None = None
        self._connect()

    def _make_list(self) -> ScrollColumn:
        scroll = ScrollColumn(width=_SHELF)
        scroll.column.addWidget(self._notice)
        scroll.column.addWidget(self._shelf)
        scroll.column.addStretch(1)
        scroll.verticalScrollBar().valueChanged.connect(lambda _: self._load_in_sight())
        scroll.verticalScrollBar().rangeChanged.connect(lambda *_: self._load_in_sight())
        return scroll

    def _connect(self) -> None:
        shelf, pictures = self._shelf, self._form.pictures
        shelf.addWanted.connect(lambda: self._go(None, self.presenter.add))
        shelf.openWanted.connect(
            lambda number: self._go(KeepsakeId(number), lambda: self.presenter.open(KeepsakeId(number)))
        )
        shelf.moveWanted.connect(lambda number, step: self.presenter.move(KeepsakeId(number), step))
        shelf.uncoverWanted.connect(self._uncover)
        shelf.drawerWanted.connect(self.drawerWanted)
        shelf.focused.connect(self._list.bring_into_view)
        pictures.addWanted.connect(
            lambda: dialogs.choose_pictures(self, Path.home(), self.presenter.pictures.add)
        )
        pictures.chooseWanted.connect(lambda: self.presenter.pictures.offer())
        pictures.offered.connect(lambda sources: self.presenter.pictures.add(sources))
        pictures.uncoverWanted.connect(self._uncover)
        pictures.lookWanted.connect(lambda photo: self.presenter.pictures.look_at(PhotoId(photo)))
        pictures.moveWanted.connect(
            lambda photo, step: self.presenter.pictures.move(PhotoId(photo), step)
        )
        pictures.takeOffWanted.connect(lambda photo: self.presenter.pictures.take_off(PhotoId(photo)))
        self._form.edited.connect(self._edited)
        self._form.unfolded.connect(self._form_page.bring_into_view)
        self._form_page.leaveWanted.connect(lambda: self.presenter.leave())
        self._form_page.awayWanted.connect(lambda: self.presenter.put_away())

    # what the presenter says

    def show_shelf(self, shelf: presenting.Shelf) -> None:
        """List everything."""
        self._shelf.show_shelf(
            shelf, covered=lambda photo: not self.presenter.small.may_show(photo)
        )
        if self._put_away is not None and self._put_away not in shelf.away:
            self._put_away = None
            self._notice.hide()  # it was brought back from the drawer, or deleted there
        self._load_in_sight()

    def show_form(
        self, keepsake: KeepsakeId | None, draft: KeepsakeDraft, babies: Sequence[Baby], word: str
    ) -> None:
        """Open the form of a keepsake."""
        self._notice.hide()
        self._form_page.begin(draft, babies, word, is_kept=keepsake is not None)
        self._pages.setCurrentWidget(self._form_page)
        self._form_page.focus_first()

    def show_list(self) -> None:
        """Leave the form that is open; the keyboard goes back to where it came from."""
        self._pause.stop()
        self._pages.setCurrentWidget(self._list)
        (self._shelf.card(self._came_from) or self._shelf).setFocus(Qt.FocusReason.OtherFocusReason)

    def draft(self) -> KeepsakeDraft:
        """What the form holds now but its pictures."""
        return self._form.draft()

    def show_kept(self, at: datetime.datetime | None) -> None:
        """All that was typed is kept, unless a date is half typed."""
        self._form_page.show_kept(at)

    def show_not_kept(self, error: MemoryBookError) -> None:
        """The last words are on the screen and not in the book yet; it is tried again."""
        self._form_page.say_state(tr("Not kept yet"))
        self._form_notice.say(messages.sentence(error))
        self._pause.start(AGAIN_MS)

    def show_put_away(self, keepsake: KeepsakeId, bring_back: Callable[[], None]) -> None:
        """A keepsake is not listed any more."""
        self._put_away = keepsake
        self._notice.say(
            tr("It is put away, and waits in the drawer."), action=tr("Bring it back"), acts=bring_back
        )

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read or done."""
        self._notice_here().say(messages.sentence(error))

    # pictures

    def show_thumbnail(self, photo: PhotoId, jpeg: bytes) -> None:
        """The small picture of a photo has come."""
        for front in self._shelf.fronts_of(photo):
            front.show_jpeg(jpeg)
        for tile in self._form.pictures.tiles_of(photo):
            tile.show_jpeg(jpeg)

    def show_covered(self, photo: Photo) -> None:
        """A photo is covered, or covered again."""
        for front in self._shelf.fronts_of(photo.id):
            front.show_covered()
        for tile in self._form.pictures.tiles_of(photo.id):
            tile.show_covered(photo.caption)

    def show_photos(self, photos: Sequence[Photo]) -> None:
        """Show the pictures of the form."""
        self._form.pictures.show_photos(photos)
        self.presenter.small.need(self._form.pictures.waiting())

    def show_adding(self, *, on: bool) -> None:
        """Pictures are being taken in."""
        self._form.pictures.show_adding(on=on)

    def show_refused(self, refused: Sequence[Refused]) -> None:
        """Some pictures could not be taken in."""
        lines = []
        for each in refused:
            said = messages.sentence(each.error)
            named = tr("{name}: {sentence}").format(name=each.name, sentence=said)
            lines.append(named if each.name else said)
        self._notice_here().say("\n".join(lines))

    def show_taken_off(self, put_back: Callable[[], None]) -> None:
        """A picture is no longer with the keepsake."""
        self._form_notice.say(
            tr("The photo is no longer with this keepsake. It stays in the book."),
            action=tr("Put it back"),
            acts=put_back,
        )

    def offer_photos(self, rows: Sequence[PhotoRow]) -> None:
        """Let the person choose among the photos of the book."""
        self._chooser = PhotoChooser(
            self,
            rows,
            title=tr("Photos of the book"),
            need=lambda photo: self.presenter.pictures.need_offered(photo),
            chosen=lambda ids: self.presenter.pictures.choose(ids),
        )
        self._chooser.destroyed.connect(self._forget_chooser)
        self._chooser.open()

    def _forget_chooser(self) -> None:
        self._chooser = None

    def show_offered(self, photo: PhotoId, jpeg: bytes) -> None:
        """The small picture of a photo that is offered has come."""
        if self._chooser is not None:
            self._chooser.show_thumbnail(photo, jpeg)

    def show_large(self, photo: Photo, jpeg: bytes) -> None:
        """Show one picture large, with all that is known of it."""
        PhotoSheet(
            self,
            photo,
            jpeg,
            self._form.names,
            said=lambda draft: self.presenter.pictures.say(photo.id, draft),
            taken_off=lambda: self.presenter.pictures.take_off(photo.id),
            off_text=tr("Take it off this keepsake"),
        )

    # what the person does

    def take_focus(self) -> None:
        """Put the keyboard into the form that is open, or before the cards."""
        if self._pages.currentWidget() is self._list:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        target: QWidget | None = self._form_page.focusWidget()
        (target or self._form_page.widget() or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pictures can be pasted wherever no text field takes the keys."""
        if event.matches(QKeySequence.StandardKey.Paste) and self._pages.currentWidget() is self._form_page:
            self.presenter.pictures.add(pictures_in(clipboard.to_paste()))
        else:
            super().keyPressEvent(event)

    def _go(self, came_from: KeepsakeId | None, open_form: Callable[[], None]) -> None:
        self._came_from = came_from
        open_form()

    def _uncover(self, photo: int) -> None:
        self.presenter.small.uncover(PhotoId(photo))

    def _notice_here(self) -> Notice:
        return self._notice if self._pages.currentWidget() is self._list else self._form_notice

    def _edited(self) -> None:
        self._form_page.say_state(tr("Writing…"))
        self._form_page.show_title(self._form.draft())
        self._pause.start(_PAUSE_MS)

    def _load_in_sight(self) -> None:
        """Ask for the pictures that can be seen, and for those a screen further."""
        port = self._list.viewport()
        sight = QRect(0, -port.height(), port.width(), 3 * port.height())
        waiting = (front for front in self._shelf.fronts() if front.wants_pixels)
        near = (
            front.photo.id
            for front in waiting
            if sight.intersects(QRect(front.mapTo(port, front.rect().topLeft()), front.size()))
        )
        if wanted := dict.fromkeys(near):  # a page that is laid out before it has anything asks nobody
            self.presenter.small.need(wanted)


if TYPE_CHECKING:
    _: type[presenting.KeepsakesView] = KeepsakesPage
