"""What is known of a recording, to be written down: its title first, and the rest where it is wanted."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from memorybook.domain.ids import BabyId
from memorybook.domain.recording import Recording, RecordingDraft, RecordingKind, Sort
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.recording_words import kind_texts
from memorybook.ui.kit.babies import BabiesPart
from memorybook.ui.kit.choice_parts import BoxPart, KindPart
from memorybook.ui.kit.form import FoldedForm
from memorybook.ui.kit.parts import DayPart, LinePart, WordsPart


class RecordingForm(FoldedForm):
    """Every part may stay empty. Only a video, which can be seen, can be covered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name="recording", parent=parent)
        self._title = LinePart(tr("Title"), name="recording-title")
        self._kind = KindPart(
            tr("What it is"), kind_texts(), none=RecordingKind.NONE, name="recording-kind"
        )
        self._taken = DayPart(tr("When it was recorded"), name="recording-taken")
        self._by = LinePart(tr("Who recorded it"), name="recording-by")
        self._place = LinePart(tr("Where it was"), name="recording-place")
        self._babies = BabiesPart(tr("Which of our babies"), name="recording-baby")
        self._notes = WordsPart(tr("Anything else"), name="recording-notes")
        self._covered = BoxPart(
            tr("Keep it covered"),
            tr("Its picture is shown nowhere before you choose to look at it."),
            name="recording-covered",
        )
        self._in_book = BoxPart(tr("In our book, when pages are printed"), "", name="recording-in-book")
        self.add(self._title)
        self.add_folded(self._kind, tr("What it is"), key="kind")
        self.add_folded(self._taken, tr("When it was recorded"), key="taken")
        self.add_folded(self._by, tr("Who recorded it"), key="by")
        self.add_folded(self._place, tr("Where it was"), key="place")
        self.add_folded(self._babies, tr("Which of our babies"), key="babies")
        self.add_folded(self._notes, tr("Anything else"), key="notes")
        self.add(self._covered)
        self.add(self._in_book)

    @property
    def is_whole(self) -> bool:
        """Whether :meth:`draft` holds all that was typed: half a date is on the screen only."""
        return self._taken.is_whole

    def show_recording(self, recording: Recording, babies: Mapping[BabyId, str]) -> None:
        """Fill the form; ``babies`` are those there are to choose from, by what they are called."""
        draft = recording.draft

        def show() -> None:
            self._title.show_text(draft.title)
            self._kind.show_kind(draft.kind)
            self._taken.show_day(draft.taken)
            self._by.show_text(draft.recorded_by)
            self._place.show_text(draft.place)
            self._babies.show_babies(babies, draft.babies)
            self._notes.show_text(draft.notes)
            self._covered.show_on(on=draft.covered)
            self._in_book.show_on(on=draft.in_book)

        self.fill(show)
        if not self._babies.offers_any():
            self.never_offer(self._babies)
        self._covered.setVisible(recording.sort is Sort.VIDEO)

    def draft(self) -> RecordingDraft:
        """What the form holds now."""
        return RecordingDraft(
            title=self._title.text(),
            kind=self._kind.kind(),
            taken=self._taken.day(),
            recorded_by=self._by.text(),
            place=self._place.text(),
            notes=self._notes.text(),
            babies=self._babies.babies(),
            covered=self._covered.is_on(),
            in_book=self._in_book.is_on(),
        )
