"""What is known of a photo, to be written down: its words first, and the rest where it is wanted."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from memorybook.domain.ids import BabyId
from memorybook.domain.photo import PhotoDraft, PhotoKind
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.babies import BabiesPart
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.checks import CheckBox
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.form import FoldedForm
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.parts import DayPart, LinePart, Part, WordsPart


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
        self._kind = _KindPart(tr("What kind of photo it is"))
        self._covered = _BoxPart(
            tr("Keep it covered"),
            tr("Shown nowhere before you choose to look."),
            name="photo-covered",
        )
        self._in_book = _BoxPart(tr("In our book, when pages are printed"), "", name="photo-in-book")
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


class _KindPart(Part):
    """One of the kinds there are, or none: a chip that is on is put out by pressing it again."""

    def __init__(self, caption: str) -> None:
        super().__init__()
        self._chips: dict[PhotoKind, Button] = {}
        self.column.addWidget(label(caption, "field"))
        self.setAccessibleName(caption)
        flow = FlowLayout(gap=theme.current().px(8))
        for kind in PhotoKind:
            if kind is PhotoKind.NONE:
                continue
            chip = Button(photo_kind_text(kind), name=f"photo-kind-{kind.value}", variant="chip")
            chip.setCheckable(True)
            chip.clicked.connect(lambda on, kind=kind: self._choose(kind if on else PhotoKind.NONE))
            self._chips[kind] = chip
            flow.addWidget(chip)
        self.column.addLayout(flow)
        self.setFocusProxy(self._chips[PhotoKind.ULTRASOUND])

    def show_kind(self, kind: PhotoKind) -> None:
        """Mark what is kept."""
        for each, chip in self._chips.items():
            chip.setChecked(each is kind)

    def kind(self) -> PhotoKind:
        """The kind that is marked."""
        return next((kind for kind, chip in self._chips.items() if chip.isChecked()), PhotoKind.NONE)

    def holds(self) -> bool:
        return self.kind() is not PhotoKind.NONE

    def _choose(self, kind: PhotoKind) -> None:
        self.show_kind(kind)
        self.edited.emit()


class _BoxPart(Part):
    """A box to tick, and a line that says what follows from it."""

    def __init__(self, words: str, follows: str, *, name: str) -> None:
        super().__init__()
        self._box = CheckBox(words, name=name)
        self._box.toggled.connect(self.edited)
        self._box.setAccessibleDescription(follows)
        self.column.addWidget(self._box)
        if follows:
            self.column.addWidget(label(follows, "small"))
        self.setFocusProxy(self._box)

    def show_on(self, *, on: bool) -> None:
        """Tick it, or not."""
        self._box.setChecked(on)

    def is_on(self) -> bool:
        """Whether it is ticked."""
        return self._box.isChecked()

    def holds(self) -> bool:
        return True
