"""The small windows of the screen on which a book is made; one of them is open at a time."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from memorybook.domain.book import Edition
from memorybook.domain.ids import BabyId, PhotoId
from memorybook.domain.material import Part
from memorybook.domain.photo import PhotoRow
from memorybook.ui.book.chooser import Chooser
from memorybook.ui.book.findings_card import made_smaller_sentence, soft_sentence
from memorybook.ui.book.picture_sheets import DescribeSheet, PictureSheet, SoftLook, SoftSheet
from memorybook.ui.book.wording import item_text
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.photo_chooser import PhotoChooser

if TYPE_CHECKING:
    from memorybook.ui.book.presenter import BookPresenter

Asking = Chooser | PhotoChooser | PictureSheet


class BookSheets:
    """Opens them above ``parent``, and hands small pictures to the one that is open."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent
        self._open: Asking | None = None

    def show_thumbnail(self, photo: PhotoId, jpeg: bytes) -> None:
        """A small picture that was asked for has come."""
        if self._open is not None:
            self._open.show_thumbnail(photo, jpeg)

    def choose_one_by_one(self, presenter: "BookPresenter", done: Callable[[Edition], object]) -> None:
        """Have each thing chosen or left out; ``done`` gets what became of the edition."""
        material = presenter.material
        babies = {BabyId(it.id): item_text(it, material.word) for it in material.of(Part.BABIES)}
        sheet = Chooser(
            self._parent, presenter.edition, material, babies, need=presenter.want_thumbnail, done=done
        )
        self._hold(sheet)
        sheet.open()

    def ask_cover(
        self,
        rows: tuple[PhotoRow, ...],
        presenter: "BookPresenter",
        chosen: Callable[[PhotoId], object],
    ) -> None:
        """Have one of these photos chosen for the cover."""
        sheet = PhotoChooser(
            self._parent,
            rows,
            title=tr("A picture on the cover"),
            need=presenter.want_thumbnail,
            chosen=lambda photos: chosen(photos[0]),
            one=True,
        )
        self._hold(sheet)
        sheet.open()

    def describe(self, presenter: "BookPresenter") -> None:
        """Have words written for the pictures that have none."""
        self._hold(
            DescribeSheet(
                self._parent,
                presenter.findings.undescribed,
                need=presenter.want_thumbnail,
                said=presenter.describing.describe,
                decoration=lambda photo, on: presenter.decorate(photo, on=on),
            )
        )

    def look_at_soft(self, presenter: "BookPresenter") -> None:
        """Show the photos that will look soft, and those that are printed smaller so that they do not."""
        found = presenter.findings
        looks = [SoftLook(each.picture, soft_sentence(each), each.has_choice) for each in found.soft]
        chosen = [SoftLook(each, made_smaller_sentence(), has_choice=True) for each in found.made_smaller]
        self._hold(
            SoftSheet(
                self._parent,
                looks + chosen,
                need=presenter.want_thumbnail,
                smaller=lambda photo, on: presenter.make_smaller(photo, on=on),
            )
        )

    def _hold(self, sheet: Asking) -> None:
        self._open = sheet

        def closed() -> None:
            if self._open is sheet:
                self._open = None

        sheet.finished.connect(closed)
