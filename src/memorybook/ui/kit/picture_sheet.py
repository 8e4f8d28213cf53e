"""One photo in a small window, with all that is known of it."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from memorybook.domain.ids import BabyId
from memorybook.domain.photo import Photo, PhotoDraft
from memorybook.ui.core import cover, theme
from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.photo_form import PhotoForm
from memorybook.ui.kit.pictures import Picture

_PAUSE_MS = 700


class PhotoSheet(Sheet):
    """Opens at once. ``said`` gets what the form holds after every pause and at the end, if it was changed.

    ``taken_off`` says that the photo goes from where it was opened, and ``off_text`` what that is called. A
    photo that is covered while it is looked at is covered here too, and again whenever the whole screen is.
    """

    def __init__(
        self,
        parent: QWidget,
        photo: Photo,
        jpeg: bytes,
        babies: Mapping[BabyId, str],
        *,
        said: Callable[[PhotoDraft], object],
        taken_off: Callable[[], object],
        off_text: str = "",
    ) -> None:
        super().__init__(parent, tr("A photo"), name="photo-sheet", width=660)
        self._photo, self._jpeg = photo, jpeg
        self._said = said
        px = theme.current().px
        room = max(parent.window().height() - px(440), 200)
        self._picture = Picture(
            name="photo-large", says=photo.description or photo.caption or tr("Photo"), tallest=room
        )
        self._picture.keep_room(*photo.shown_size)
        self._picture.show_jpeg(jpeg)
        self._picture.uncoverWanted.connect(self._uncover)
        self.column.addWidget(self._picture)
        self.form = PhotoForm()
        self.form.show_draft(photo.draft, babies)
        self._last = self.form.draft()  # as the form gives it back when nothing is typed
        self.column.addWidget(self.form)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._say)
        self.form.edited.connect(self._edited)
        self.form.unfolded.connect(self._unfolded)
        self._babies = babies
        self.finished.connect(self._say)  # also by Escape or the window's own button
        cover.current().covered.connect(self._cover)

        def take_off() -> None:
            self.accept()
            taken_off()

        self.add_button(off_text or tr("Take it off this page"), take_off, name="photo-take-off")
        self.add_button(tr("Leave as it was"), self._leave, name="photo-leave")
        self.add_button(tr("Done"), self.accept, name="photo-done", primary=True)
        self.open()

    def _say(self) -> None:
        self._pause.stop()
        draft = self.form.draft()
        if draft != self._last:
            self._last = draft
            self._said(draft)

    def _edited(self) -> None:
        self._pause.start()
        covered = self.form.draft().covered
        if covered and not self._last.covered:
            self._cover()
        elif not covered and self._picture.is_covered:
            self._uncover()

    def _cover(self) -> None:
        if self.form.draft().covered and not self._picture.is_covered:
            self._picture.show_covered(self.form.draft().caption)
            self.form.describe(shown=False)

    def _uncover(self) -> None:
        self._picture.show_jpeg(self._jpeg)
        self.form.describe(shown=True)

    def _unfolded(self, part: QWidget) -> None:
        self.fit()
        self.bring_into_view(part)

    def _leave(self) -> None:
        self.form.show_draft(self._photo.draft, self._babies)
        self.reject()  # what was kept in a pause is taken back with what was not
