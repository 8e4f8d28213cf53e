"""What is known of a photo, to be written down: its words first, and the rest where it is wanted."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from memorybook.domain.ids import BabyId
from memorybook.domain.photo import PhotoDraft, PhotoKind
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.babies import BabiesPart
from memorybook.ui.kit.choice_parts import BoxPart, KindPart
from memorybook.ui.kit.form import FoldedForm
from memorybook.ui.kit.parts import DayPart, LinePart, WordsPart


def photo_kind_text(kind: PhotoKind) -> str:
    """What a kind of photo is called; nothing for none."""
    return {
        PhotoKind.NONE: "",
        PhotoKind.ULTRASOUND: tr("Ultrasound"),
        PhotoKind.HOSPITAL: tr("Hospital"),
        PhotoKind.PRINTS: tr("Prints"),
        PhotoKind.FAMILY: tr("Family"),
        PhotoKind.LATER: tr("Later"),
    }[kind]


class PhotoForm(FoldedForm):
    """Every part may stay empty. While a photo is covered what it shows is not described here either."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name="photo", parent=parent)
        self._caption = LinePart(tr("Words under the photo"), name="photo-caption")
        self._description = WordsPart(
            tr("What it shows, for someone who cannot see it"), name="photo-description"
        )
        self._taken = DayPart(tr("When it was taken"), name="photo-taken")
        self._taken_by = LinePart(tr("Who took it"), name="photo-taken-by")
        self._who = LinePart(tr("Who is in it"), name="photo-who")
        self._babies = BabiesPart(tr("Which of our babies"), name="photo-baby")
        kinds: dict[PhotoKind, str] = {kind: photo_kind_text(kind) for kind in PhotoKind if kind}
        self._kind = KindPart[PhotoKind](
            tr("What kind of photo it is"), kinds, none=PhotoKind.NONE, name="photo-kind"
        )
        self._covered = BoxPart(
            tr("Keep it covered"),
            tr("Shown nowhere before you choose to look."),
            name="photo-covered",
        )
        self._in_book = BoxPart(tr("In our book, when pages are printed"), "", name="photo-in-book")
        self.add(self._caption)
        self.add(self._description)
        self.add_folded(self._taken, tr("When it was taken"), key="taken")
        self.add_folded(self._taken_by, tr("Who took it"), key="taken-by")
        self.add_folded(self._who, tr("Who is in it"), key="who")
        self.add_folded(self._babies, tr("Which of our babies"), key="babies")
        self.add_folded(self._kind, tr("What kind of photo"), key="kind")
        self.add(self._covered)
        self.add(self._in_book)

    def show_draft(self, draft: PhotoDraft, babies: Mapping[BabyId, str]) -> None:
        """Fill the form; ``babies`` are those there are to choose from, by what they are called."""

        def show() -> None:
            self._caption.show_text(draft.caption)
            self._description.show_text(draft.description)
            self._taken.show_day(draft.taken)
            self._taken_by.show_text(draft.taken_by)
            self._who.show_text(draft.who)
            self._babies.show_babies(babies, draft.babies)
            self._kind.show_kind(draft.kind)
            self._covered.show_on(on=draft.covered)
            self._in_book.show_on(on=draft.in_book)

        self.fill(show)
        if not self._babies.offers_any():
            self.never_offer(self._babies)

    def draft(self) -> PhotoDraft:
        """What the form holds now."""
        return PhotoDraft(
            caption=self._caption.text().strip(),
            description=self._description.text().strip(),
            taken=self._taken.day(),
            taken_by=self._taken_by.text().strip(),
            who=self._who.text().strip(),
            kind=self._kind.kind(),
            babies=self._babies.babies(),
            covered=self._covered.is_on(),
            in_book=self._in_book.is_on(),
        )

    def describe(self, *, shown: bool) -> None:
        """Show what describes the photo, or not, while the photo itself is covered."""
        self._description.setVisible(shown)
