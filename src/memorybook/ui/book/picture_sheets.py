"""The pictures that are worth a look before a book is saved, one after another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from memorybook.domain.book import PlannedPicture
from memorybook.domain.ids import PhotoId
from memorybook.ui.core import theme
from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.core.i18n import number_text, tr
from memorybook.ui.kit.checks import CheckBox
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.pictures import Picture
from memorybook.ui.kit.text_box import LabelledText

_AROUND = 410
_TALLEST = 300
_LOWEST = 90
_PAUSE_MS = 700


class PictureSheet(Sheet):
    """One picture at a time, with the way to the others. Of a covered one no pixel is asked for.

    ``need`` asks for a small picture, :meth:`show_thumbnail` is the answer.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        pictures: Sequence[PlannedPicture],
        *,
        name: str,
        need: Callable[[PhotoId], object],
    ) -> None:
        super().__init__(parent, title, name=name, width=560)
        px = theme.current().px
        self._pictures, self._need, self._place = tuple(pictures), need, 0
        tallest = max(min(px(_TALLEST), parent.window().height() - px(_AROUND)), _LOWEST)
        self._picture = Picture(name=f"{name}-picture", says=tr("Photo"), tallest=tallest)
        self.column.addWidget(self._picture)
        self._caption = label("", "soft")
        self.column.addWidget(self._caption)

    def begin(self, name: str) -> None:
        """Add the buttons, and show the first picture."""
        self._where = label("", "small")
        self._where.setObjectName(f"{name}-where")
        self.column.addWidget(self._where)
        if len(self._pictures) > 1:
            self._before = self.add_button(tr("The one before"), lambda: self._go(-1), name=f"{name}-before")
            self._after = self.add_button(tr("The next one"), lambda: self._go(1), name=f"{name}-after")
        self.add_button(tr("Done"), self.accept, name=f"{name}-done", primary=True)
        self.turn_to(0)
        self.open()

    @property
    def shown(self) -> PlannedPicture:
        """The picture that is looked at."""
        return self._pictures[self._place]

    def _go(self, step: int) -> None:
        self.leave()
        self.turn_to(self._place + step)

    def leave(self) -> None:
        """Another picture is looked at next, or none."""

    def turn_to(self, place: int) -> None:
        """Show one of the pictures."""
        self._place = place
        shown, total = self.shown, len(self._pictures)
        self._picture.keep_room(shown.width, shown.height)
        if shown.covered:
            self._picture.show_covered(shown.caption)
        else:
            self._need(shown.photo)
        self._caption.setText(shown.caption)
        self._caption.setVisible(bool(shown.caption))
        number, all_of_them = number_text(place + 1), number_text(total)
        self._where.setText(tr("{number} of {total}").format(number=number, total=all_of_them))
        self._where.setVisible(total > 1)
        if total > 1:
            self._before.setEnabled(place > 0)
            self._after.setEnabled(place + 1 < total)
        self.fit()

    def show_thumbnail(self, photo: PhotoId, jpeg: bytes) -> None:
        """The small picture has come."""
        if photo == self.shown.photo and not self.shown.covered:
            self._picture.show_jpeg(jpeg)


class DescribeSheet(PictureSheet):
    """Words for somebody who cannot see a picture, or the word that it needs none.

    ``said`` gets a photo and its words, ``decoration`` a photo and whether it is one.
    """

    def __init__(
        self,
        parent: QWidget,
        pictures: Sequence[PlannedPicture],
        *,
        need: Callable[[PhotoId], object],
        said: Callable[[PlannedPicture, str], object],
        decoration: Callable[[PhotoId, bool], object],
    ) -> None:
        super().__init__(
            parent, tr("Words for somebody who cannot see it"), pictures, name="describe", need=need
        )
        self._said, self._decoration = said, decoration
        self._texts: dict[PhotoId, str] = {}
        self._decorative: set[PhotoId] = set()
        self._words = LabelledText(tr("What it shows"), name="describe-words")
        self.column.addWidget(self._words)
        self._box = CheckBox(tr("It is decoration, and needs no words"), name="describe-decoration")
        self.column.addWidget(self._box)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.leave)
        self._words.box.textChanged.connect(self._pause.start)
        self.finished.connect(self.leave)  # also by Escape or the window's own button
        self.begin("describe")
        self._words.box.setFocus()

    def leave(self) -> None:
        """Hand over what was written of the picture that is left."""
        self._pause.stop()
        photo, text, on = self.shown.photo, self._words.text().strip(), self._box.isChecked()
        if text != self._texts.get(photo, ""):
            self._texts[photo] = text
            self._said(self.shown, text)
        if on != (photo in self._decorative):
            (self._decorative.add if on else self._decorative.discard)(photo)
            self._decoration(photo, on)

    def turn_to(self, place: int) -> None:
        """Show one of the pictures, and what was written of it here."""
        photo = self._pictures[place].photo
        self._words.box.setPlainText(self._texts.get(photo, ""))
        self._box.setChecked(photo in self._decorative)
        super().turn_to(place)


@dataclass(frozen=True, slots=True)
class SoftLook:
    """One picture that would look soft as large as others are, and what is said of it."""

    picture: PlannedPicture
    sentence: str
    has_choice: bool


class SoftSheet(PictureSheet):
    """The pictures that look soft, or would; each can be printed smaller, which ``smaller`` is told."""

    def __init__(
        self,
        parent: QWidget,
        looks: Sequence[SoftLook],
        *,
        need: Callable[[PhotoId], object],
        smaller: Callable[[PhotoId, bool], object],
    ) -> None:
        pictures = [look.picture for look in looks]
        super().__init__(parent, tr("Photos that will look soft"), pictures, name="soft", need=need)
        self._looks, self._smaller = tuple(looks), smaller
        self._on = {picture.photo for picture in pictures if picture.smaller}
        self._sentence = label("")
        self.column.addWidget(self._sentence)
        self._box = CheckBox(tr("Print it smaller"), name="soft-smaller")
        self.column.addWidget(self._box)
        self._box.clicked.connect(self._choose)
        self.begin("soft")

    def _choose(self, on: bool) -> None:
        photo = self.shown.photo
        (self._on.add if on else self._on.discard)(photo)
        self._smaller(photo, on)

    def turn_to(self, place: int) -> None:
        """Show one of the pictures, what is to be said of it, and what was chosen."""
        look = self._looks[place]
        self._sentence.setText(look.sentence)
        self._box.setChecked(look.picture.photo in self._on)
        self._box.setVisible(look.has_choice)
        super().turn_to(place)
