"""What is known of a recording, to be written down: its title first, and the rest where it is wanted."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from memorybook.domain.ids import BabyId
from memorybook.domain.recording import Recording, RecordingDraft, RecordingKind, Sort
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.recording_words import kind_texts
from memorybook.ui.kit.babies import BabiesPart
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.checks import CheckBox
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.form import FoldedForm
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.parts import DayPart, LinePart, Part, WordsPart


class RecordingForm(FoldedForm):
    """Every part may stay empty. Only a video, which can be seen, can be covered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name="recording", parent=parent)
        self._title = LinePart(tr("Title"), name="recording-title")
        self._kind = _KindPart(tr("What it is"))
        self._taken = DayPart(tr("When it was recorded"), name="recording-taken")
        self._by = LinePart(tr("Who recorded it"), name="recording-by")
        self._place = LinePart(tr("Where it was"), name="recording-place")
        self._babies = BabiesPart(tr("Which of our babies"), name="recording-baby")
        self._notes = WordsPart(tr("Anything else"), name="recording-notes")
        self._covered = _BoxPart(
            tr("Keep it covered"),
            tr("Its picture is shown nowhere before you choose to look at it."),
            name="recording-covered",
        )
        self._in_book = _BoxPart(tr("In our book, when pages are printed"), "", name="recording-in-book")
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


class _KindPart(Part):
    """One of the kinds there is a word for, or none: pressing the chip that is on puts it out."""

    def __init__(self, caption: str) -> None:
        super().__init__()
        self._chips: dict[RecordingKind, Button] = {}
        self.column.addWidget(label(caption, "field"))
        self.setAccessibleName(caption)
        flow = FlowLayout(gap=theme.current().px(8))
        for kind, words in kind_texts().items():
            chip = Button(words, name=f"recording-kind-{kind.value}", variant="chip")
            chip.setCheckable(True)
            chip.clicked.connect(lambda on, kind=kind: self._choose(kind if on else RecordingKind.NONE))
            self._chips[kind] = chip
            flow.addWidget(chip)
        self.column.addLayout(flow)
        self.setFocusProxy(self._chips[RecordingKind.HEARTBEAT])

    def show_kind(self, kind: RecordingKind) -> None:
        """Mark what is kept."""
        for each, chip in self._chips.items():
            chip.setChecked(each is kind)

    def kind(self) -> RecordingKind:
        """The kind that is marked."""
        return next((kind for kind, chip in self._chips.items() if chip.isChecked()), RecordingKind.NONE)

    def holds(self) -> bool:
        return self.kind() is not RecordingKind.NONE

    def _choose(self, kind: RecordingKind) -> None:
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
