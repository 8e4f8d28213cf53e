"""What is written of one keepsake. Every part may stay empty."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from memorybook.domain.ids import BabyId
from memorybook.domain.keepsake import MEDICAL, KeepsakeDraft
from memorybook.domain.people import Baby
from memorybook.ui.core.called import names
from memorybook.ui.core.i18n import tr
from memorybook.ui.keepsakes.parts import KindPart, PicturesPart
from memorybook.ui.kit.babies import BabiesPart
from memorybook.ui.kit.form import FoldedForm
from memorybook.ui.kit.parts import DayPart, LinePart, WordsPart


class KeepsakeForm(FoldedForm):
    """``leftOut`` tells that a kind was chosen that does not go into a printed book by itself.

    ``names`` are those of the babies there are.
    """

    leftOut = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name="keepsake", parent=parent)
        self._in_book = True
        self.names: Mapping[BabyId, str] = {}
        self._kind_before = ""
        self._title = LinePart(tr("What it is"), name="keepsake-title")
        self._kind = KindPart(tr("What kind of thing"), name="keepsake-kind")
        self.pictures = PicturesPart(tr("Pictures of it"), name="keepsake-pictures")
        self._words = WordsPart(tr("In your words"), name="keepsake-words")
        self._kept = LinePart(tr("Where it is kept"), name="keepsake-kept")
        self._given_by = LinePart(tr("Who gave it, or made it"), name="keepsake-given")
        self._day = DayPart(tr("When"), name="keepsake-day")
        self._babies = BabiesPart(tr("Whose it is"), name="keepsake-baby")
        self.add(self._title)
        self.add(self._kind)
        self.add(self.pictures)
        self.add(self._words)
        self.add_folded(self._kept, tr("Where it is kept"), key="kept")
        self.add_folded(self._given_by, tr("Who gave it, or made it"), key="given")
        self.add_folded(self._day, tr("When"), key="day")
        self.add_folded(self._babies, tr("Whose it is"), key="baby")
        self._kind.edited.connect(self._kind_changed)

    @property
    def is_whole(self) -> bool:
        """Whether :meth:`draft` holds all that was typed."""
        return self._day.is_whole

    def show_draft(self, draft: KeepsakeDraft, babies: Sequence[Baby], word: str) -> None:
        """Fill the form; its pictures are shown apart."""
        self._in_book = draft.in_book
        self._kind_before = draft.kind
        self.names = names(babies, word)

        def show() -> None:
            self._title.show_text(draft.title)
            self._kind.show_kind(draft.kind)
            self._words.show_text(draft.words)
            self._kept.show_text(draft.kept)
            self._given_by.show_text(draft.given_by)
            self._day.show_day(draft.day)
            self._babies.show_babies(self.names, draft.babies)

        self.fill(show)
        if not self._babies.offers_any():
            self.never_offer(self._babies)

    def draft(self) -> KeepsakeDraft:
        """What the form holds now, without its pictures."""
        return KeepsakeDraft(
            kind=self._kind.kind(),
            title=self._title.text(),
            words=self._words.text(),
            day=self._day.day(),
            kept=self._kept.text(),
            given_by=self._given_by.text(),
            babies=self._babies.babies(),
            in_book=self._in_book,
        )

    def set_in_book(self, *, on: bool) -> None:
        """Whether it goes into a printed book by itself."""
        self._in_book = on
        self.edited.emit()

    def _kind_changed(self) -> None:
        before, self._kind_before = self._kind_before, self._kind.kind()
        if self._kind_before == MEDICAL != before and self._in_book and not self._filling:
            self._in_book = False
            self.leftOut.emit()
