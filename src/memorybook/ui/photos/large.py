"""One photo, large, with what is known of it beside it."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent, QTransform
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from memorybook.domain.edit import Crop, Edit
from memorybook.domain.ids import BabyId, PhotoId
from memorybook.domain.photo import Photo, PhotoDraft
from memorybook.errors import MemoryBookError
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.messages import sentence
from memorybook.ui.kit.beginning import Beginning
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.flow import lie_or_stand
from memorybook.ui.kit.notice import Notice
from memorybook.ui.photos import looking
from memorybook.ui.photos.canvas import PhotoCanvas
from memorybook.ui.photos.copying import save_copy
from memorybook.ui.photos.cropping import CropFrame
from memorybook.ui.photos.details import Details
from memorybook.ui.photos.edit_bar import CropBar, EditBar
from memorybook.ui.photos.large_screen import LargeScreen
from memorybook.ui.photos.large_top import LargeTop
from memorybook.ui.photos.reading import PixelReader
from memorybook.ui.photos.ruler import RulerLine
from memorybook.ui.photos.true_size import TrueSizeBar
from memorybook.ui.photos.turning import turned
from memorybook.ui.photos.zoom_bar import ZoomBar

_NARROW = 660
_WIDE = 1000
_DETAILS, _DETAILS_WIDE = 300, 348
_LEAST = 140
_SIDES = 36  # pixels as drawn, at most
_UNLIMITED = 16_777_215


class LargeView(Beginning):
    """Shows what :class:`~memorybook.ui.photos.looking.LargePresenter` says, which is given to ``presenter``.

    ``backWanted`` leads back to the grid. Whoever holds it hands the presenter every change of the book
    (``changed``), every change of what is uncovered (``uncovered_changed``), and lets it ``flush`` before
    the place is left or the book is closed.
    """

    backWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presenter: looking.LargePresenter | None = None
        self._photo: Photo | None = None
        self._edit = Edit()
        self._says = ""
        self._narrow = False
        self._named: PhotoId | None = None
        self._reader = PixelReader(self)
        px = theme.current().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._page = ScrollColumn()
        side = min(px(24), _SIDES)
        self._page.set_margins(side, px(14), side, px(12))
        outer.addWidget(self._page)
        column = self._page.column
        column.setSpacing(px(10))
        self._top = LargeTop()
        column.addWidget(self._top)
        self._edits = EditBar()
        self._edits.hide()
        column.addWidget(self._edits)
        self._notice = Notice(name="large-notice", passing=True)
        column.addWidget(self._notice)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(px(20))
        column.addLayout(self._across, 1)
        left = QWidget()
        picture = QVBoxLayout(left)
        picture.setContentsMargins(0, 0, 0, 0)
        picture.setSpacing(px(8))
        self.canvas = PhotoCanvas(name="large-photo")
        picture.addWidget(self.canvas, 1)
        self._frame, self._ruler = CropFrame(self.canvas), RulerLine(self.canvas)
        self._zoom = ZoomBar(self.canvas)
        self._crop = CropBar(self._frame)
        self._size = TrueSizeBar(self._ruler)
        for bar in (self._zoom, self._crop, self._size):
            picture.addWidget(bar)
        self._details = Details()
        self._across.addWidget(left, 3)
        self._across.addWidget(self._details, 2)
        self.begin_at(self.canvas)
        self._show_bar(self._zoom)
        self._join()

    def _join(self) -> None:
        self._top.backWanted.connect(self._leave)
        self._top.stepWanted.connect(self._step)
        self._top.editToggled.connect(lambda on: self._edits.setVisible(on and not self.is_busy))
        self._top.wordsToggled.connect(lambda _: self._show_words())
        self._top.copyWanted.connect(self._copy)
        self._top.putAwayWanted.connect(lambda: self._acts().put_away())
        self.canvas.stepWanted.connect(self._step)
        self.canvas.uncoverWanted.connect(lambda: self._acts().uncover())
        self.canvas.coarse.connect(lambda: self._acts().come_closer())
        self._zoom.compareWanted.connect(lambda on: self._acts().compare(on=on))
        self._zoom.originalWanted.connect(lambda: self._change(Edit()))
        self._zoom.coverWanted.connect(lambda: self._acts().cover_again())
        self._edits.wanted.connect(self._change)
        self._edits.undoWanted.connect(self._undo)
        self._edits.cropWanted.connect(lambda: self._acts().begin_crop())
        self._edits.sizeWanted.connect(self._measure)
        self._crop.done.connect(self._end)
        self._size.kept.connect(self._measured)
        self._size.left.connect(lambda: self._end(None))
        self._details.unfolded.connect(self._page.bring_into_view)
        self._details.keepWanted.connect(lambda: self._acts().keep())

    def _acts(self) -> looking.LargePresenter:
        if self.presenter is None:
            raise RuntimeError("used before its presenter was given")
        return self.presenter

    def show_photo(self, photo: PhotoId, ids: Sequence[PhotoId]) -> None:
        """Turn to a photo; ``ids`` are all that can be turned to from it, in their order."""
        self._notice.hide()
        self._acts().show(photo, ids)

    # what the presenter says

    def show_shown(self, photo: Photo, place: int, among: int) -> None:
        """A photo is turned to, or its facts are others."""
        another = self._photo is None or self._photo.id != photo.id
        self._photo = photo
        self._says = photo.description or photo.caption or tr("Photo")
        self._top.show_place(place, among)
        self._show_words()
        self._details.show_facts(photo)
        if another:
            if self._named not in {None, photo.id}:  # what was said of the photo before
                self._notice.hide()
                self._named = None
            self._look()
            self._reader.forget()
            self.canvas.turn_to(*photo.shown_size, self._says)

    def _show_words(self) -> None:
        """In a narrow window the photo needs the room while it is cut or measured."""
        wanted = self._photo is not None and self._top.wants_words
        self._details.setVisible(wanted and not (self._narrow and self.is_busy))

    def show_none(self) -> None:
        """There is no photo to turn to any more."""
        self._photo = None
        self._reader.forget()
        self._look()
        self.canvas.show_nothing()
        self._top.show_place(0, 0)
        self._show_words()

    def show_draft(self, draft: PhotoDraft, babies: Mapping[BabyId, str]) -> None:
        """What is written down of the photo."""
        self._details.show_draft(draft, babies)

    def draft(self) -> PhotoDraft:
        """What the form holds now."""
        return self._details.form.draft()

    def show_pixels(self, photo: PhotoId, jpeg: bytes, size: tuple[int, int]) -> None:
        """The photo on the screen, once its pixels are made."""

        def come(image: QImage) -> None:
            if self._photo is None or self._photo.id != photo or self.is_busy:
                return
            self.canvas.setAccessibleName(self._says)
            self.canvas.show_image(image, *size)
            self._show_allowed()

        if not self.is_busy:  # or the photo to be cut would not come; this one is asked for again after that
            self._reader.read(jpeg, come, self.show_problem)

    def show_covered(self, photo: Photo) -> None:
        """The plain surface instead of the photo."""
        self._reader.forget()
        self._look()
        self.canvas.show_covered(photo.caption)
        self._show_allowed()

    def show_damaged(self, photo: Photo, error: MemoryBookError) -> None:
        """The photo cannot be read as it was kept: it is named."""
        self._named = photo.id
        problem = sentence(error)
        name = photo.caption or photo.description
        said = tr("“{name}”: {problem} What you see is the small picture of it.")
        unnamed = tr("{problem} What you see is the small picture of it.")
        self._notice.say((said if name else unnamed).format(name=name, problem=problem))

    def _show_allowed(self) -> None:
        photo, shown = self._photo, self.canvas.is_shown
        self._edits.allow(on=shown)
        self._zoom.show_uncovered(uncovered=shown and photo is not None and photo.covered)
        self._zoom.show_edited(edited=shown and not self._edit.is_untouched)
        self._details.form.describe(shown=not self.canvas.is_covered)

    def show_edit(self, edit: Edit, *, can_undo: bool, working: bool) -> None:
        """What is done to the photo."""
        self._edit = edit
        self._edits.show_edit(edit, can_undo=can_undo, working=working)
        self._zoom.show_edited(edited=self.canvas.is_shown and not edit.is_untouched)

    def show_put_away(self, bring_back: Callable[[], None]) -> None:
        """A photo is not shown any more; it can be brought back."""
        said = tr("The photo is put away. It waits in the drawer, where it can be brought back.")
        self._notice.say(said, action=tr("Bring it back"), acts=bring_back)

    def show_copied(self, *, clean: bool) -> None:
        """A copy has been saved outside of the book."""
        said = (
            tr("A copy is saved, without place and camera. It is not protected by your book.")
            if clean
            else tr("The file is saved as it came in. It is not protected by your book.")
        )
        self._notice.say(said)

    def show_kept(self, at: datetime.datetime | None) -> None:
        """All that was typed is kept."""
        self._details.show_kept(at)

    def show_not_kept(self, error: MemoryBookError) -> None:
        """The last words are not in the book yet."""
        self._details.show_not_kept(error)

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read or kept."""
        self._notice.say(sentence(error))

    # looking, cutting, measuring: one at a time

    @property
    def is_busy(self) -> bool:
        """Whether the photo is being cut or measured."""
        return self._zoom.isHidden()

    def _show_bar(self, bar: QWidget) -> None:
        for each in (self._zoom, self._crop, self._size):
            each.setVisible(each is bar)

    def _look(self) -> None:
        """Leave whatever was begun."""
        self._frame.hide()
        self._ruler.hide()
        self._show_bar(self._zoom)
        self._edits.setVisible(self._top.wants_edit)
        self._show_words()
        self.canvas.keep_still(still=False)
        self._top.allow_stepping(on=True)

    def _begin(self, bar: QWidget) -> None:
        self._zoom.stop_comparing()
        self._show_bar(bar)
        self._top.allow_stepping(on=False)
        self._edits.hide()
        self._show_words()
        self.canvas.keep_still(still=True)

    def show_crop(self, jpeg: bytes, edit: Edit) -> None:
        """Let the person say what stays of the whole photo, unless they have gone on to something else."""
        if self.is_busy or self._details.isAncestorOf(self.window().focusWidget()):
            return
        self._begin(self._crop)

        def come(image: QImage) -> None:
            if self._crop.isHidden() or self._photo is None:
                return
            seen = image.transformed(QTransform().rotate(edit.turn)) if edit.turn else image
            whole = Edit(turn=edit.turn).size(self._photo.width, self._photo.height)
            self.canvas.show_image(seen, *whole)
            self._frame.begin(turned(edit.crop, edit.turn))

        self._reader.read(jpeg, come, self.show_problem)

    def _end(self, seen: Crop | None) -> None:
        """Back to the photo: cut to this, or as it was."""
        self._look()
        self._acts().crop(seen)
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _measure(self) -> None:
        if self._photo is not None:
            self._begin(self._size)
            self._size.begin(*self._photo.shown_size, self._photo.per_mm)

    def _measured(self, per_mm: float) -> None:
        self._look()
        self._show_allowed()
        self._acts().measure(per_mm or None)
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _change(self, edit: Edit) -> None:
        self._zoom.stop_comparing()
        self._acts().change(edit)

    def _undo(self) -> None:
        self._zoom.stop_comparing()
        self._acts().undo()

    def _copy(self) -> None:
        photo, acts = self._photo, self._acts()
        if photo is not None:
            save_copy(self, photo, lambda target, clean: acts.copy(photo.id, target, clean=clean))

    def _step(self, by: int) -> None:
        if not self.is_busy:
            self._acts().step(by)

    def _leave(self) -> None:
        self._acts().leave(self.backWanted.emit)

    # keys and sizes

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        undo = key == Qt.Key.Key_Z and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if self.is_busy:
            self._key_while_busy(event)
        elif key == Qt.Key.Key_Escape:
            self._leave()
        elif key == Qt.Key.Key_O:
            self._zoom.toggle_comparing()
        elif undo:
            self._undo()
        else:
            super().keyPressEvent(event)

    def _key_while_busy(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._end(None)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not self._crop.isHidden():
            self._end(self._frame.crop())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = theme.current().px
        self._narrow = narrow = self.width() < px(_NARROW)
        lie_or_stand(self._across, narrow=narrow)
        beside = px(_DETAILS_WIDE if self.width() >= px(_WIDE) else _DETAILS)
        self._details.setMaximumWidth(_UNLIMITED if narrow else beside)
        self._details.setMinimumWidth(0 if narrow else beside)
        self._details.stand_alone(alone=narrow)
        self.canvas.setMinimumHeight(self.height() * 6 // 10 if narrow else _LEAST)
        self.canvas.wheel_scrolls = narrow
        self._show_words()


if TYPE_CHECKING:
    _: type[LargeScreen] = LargeView
