"""What is written down of a ceremony or a farewell."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from memorybook.domain.people import Baby, CeremonyDraft
from memorybook.ui.core.called import heading
from memorybook.ui.core.i18n import tr
from memorybook.ui.family.parts import ForWhomPart
from memorybook.ui.family.wording import baby_facts
from memorybook.ui.kit.form import FoldedForm
from memorybook.ui.kit.parts import DayPart, LinePart, WordsPart


class CeremonyForm(FoldedForm):
    """Under the family's own label; nothing is taken for granted, no faith and no grave."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name="farewell", parent=parent)
        self._in_book = True
        self._label = LinePart(tr("What you call it"), name="farewell-label")
        self._day = DayPart(tr("When"), name="farewell-day")
        self._place = LinePart(tr("Where"), name="farewell-place")
        self._who = WordsPart(tr("Who was there"), name="farewell-who")
        self._readings = WordsPart(tr("What was read or said"), name="farewell-readings")
        self._music = WordsPart(tr("Music"), name="farewell-music")
        self._rests = LinePart(tr("The resting place"), name="farewell-rests")
        self._notes = WordsPart(tr("Anything else"), name="farewell-notes")
        self._baby = ForWhomPart(tr("Whom it was for"), name="farewell-baby")
        self.add(self._label)
        self.add_folded(self._day, tr("When"), key="day")
        self.add_folded(self._place, tr("Where"), key="place")
        self.add_folded(self._who, tr("Who was there"), key="who")
        self.add_folded(self._readings, tr("Readings"), key="readings")
        self.add_folded(self._music, tr("Music"), key="music")
        self.add_folded(self._rests, tr("The resting place"), key="rests")
        self.add_folded(self._notes, tr("Anything else"), key="notes")
        self.add_folded(self._baby, tr("Whom it was for"), key="baby")

    @property
    def is_whole(self) -> bool:
        """Whether :meth:`draft` holds all that was typed."""
        return self._day.is_whole

    def show_draft(self, draft: CeremonyDraft, babies: Sequence[Baby], word: str) -> None:
        """Fill the form."""
        self._in_book = draft.in_book
        names = [(baby.id, heading(baby.draft, word) or baby_facts(baby.draft)) for baby in babies]

        def show() -> None:
            self._label.show_text(draft.label)
            self._day.show_day(draft.day)
            self._place.show_text(draft.place)
            self._who.show_text(draft.who)
            self._readings.show_text(draft.readings)
            self._music.show_text(draft.music)
            self._rests.show_text(draft.rests)
            self._notes.show_text(draft.notes)
            self._baby.show_babies(names, draft.baby)

        self.fill(show)
        if not names and draft.baby is None:
            self.never_offer(self._baby)

    def draft(self) -> CeremonyDraft:
        """What the form holds now."""
        return CeremonyDraft(
            label=self._label.text(),
            day=self._day.day(),
            place=self._place.text(),
            readings=self._readings.text(),
            music=self._music.text(),
            who=self._who.text(),
            rests=self._rests.text(),
            notes=self._notes.text(),
            baby=self._baby.baby(),
            in_book=self._in_book,
        )

    def set_in_book(self, *, on: bool) -> None:
        """Whether it goes into a printed book by itself."""
        self._in_book = on
        self.edited.emit()
