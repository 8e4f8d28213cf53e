"""One photo, large, with what is known of it beside it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from memorybook.domain.ids import PhotoId
from memorybook.domain.photo import Photo
from memorybook.errors import MemoryBookError
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.messages import sentence
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.notice import Notice
from memorybook.ui.kit.pictures import Picture
from memorybook.ui.photos import looking


class LargeView(QWidget):
    """Shows what :class:`~memorybook.ui.photos.looking.LargePresenter` says, which is given to ``presenter``.

    ``backWanted`` leads back to the grid. Whoever holds it hands the presenter every change of the book
    (``changed``), every change of what is uncovered (``uncovered_changed``), and lets it ``flush`` before
    the place is left or the book is closed.
    """

    backWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presenter: looking.LargePresenter | None = None
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(16), px(24), px(16))
        column.setSpacing(px(12))
        top = QHBoxLayout()
        top.addWidget(
            Button(tr("All photos"), self.backWanted.emit, name="large-back", variant="quiet", icon="back")
        )
        top.addStretch(1)
        self._previous = Button(
            "", lambda: self._step(-1), name="large-previous", variant="quiet", icon="previous",
            says=tr("The photo before"),
        )  # fmt: skip
        self._next = Button(
            "", lambda: self._step(1), name="large-next", variant="quiet", icon="next",
            says=tr("The next photo"),
        )  # fmt: skip
        top.addWidget(self._previous)
        top.addWidget(self._next)
        column.addLayout(top)
        self._notice = Notice(name="large-notice")
        column.addWidget(self._notice)
        self._picture = Picture(name="large-picture", says=tr("Photo"))
        self._picture.uncoverWanted.connect(self._uncover)
        column.addWidget(self._picture, 1)

    def show_photo(self, photo: PhotoId, ids: Sequence[PhotoId]) -> None:
        """Turn to a photo; ``ids`` are all that can be turned to from it, in their order."""
        if self.presenter is not None:
            self.presenter.show(photo, ids)

    def show_shown(self, photo: Photo, place: int, among: int) -> None:
        """Another photo is turned to."""
        self._notice.hide()
        self._previous.setEnabled(place > 0)
        self._next.setEnabled(place + 1 < among)
        self._picture.setAccessibleName(photo.description or photo.caption or tr("Photo"))

    def show_pixels(self, photo: PhotoId, jpeg: bytes) -> None:  # noqa: ARG002 - there is one on the screen
        """The photo on the screen."""
        self._picture.show_jpeg(jpeg)

    def show_covered(self, photo: Photo) -> None:
        """The plain surface instead of the photo."""
        self._picture.show_covered(photo.caption)

    def show_damaged(self, photo: Photo, error: MemoryBookError) -> None:  # noqa: ARG002 - it has one sentence
        """The photo cannot be read as it was kept."""
        self._notice.say(sentence(error))

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read or kept."""
        self._notice.say(sentence(error))

    def _step(self, by: int) -> None:
        if self.presenter is not None:
            self.presenter.step(by)

    def _uncover(self) -> None:
        if self.presenter is not None:
            self.presenter.uncover()


if TYPE_CHECKING:
    _: type[looking.LargeScreen] = LargeView
