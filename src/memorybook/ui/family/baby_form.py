"""What is written down of one baby or pregnancy."""

from PySide6.QtWidgets import QWidget

from memorybook.domain.dates import VagueDate
from memorybook.domain.gestation import Gestation, gestation_on
from memorybook.domain.people import BabyDraft
from memorybook.ui.core.i18n import tr
from memorybook.ui.family.measurements import MeasurementsPart
from memorybook.ui.family.parts import GestationPart, WordPart
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.due_sheet import DueSheet
from memorybook.ui.kit.form import FoldedForm
from memorybook.ui.kit.parts import DayPart, LinePart, WordsPart


class BabyForm(FoldedForm):
    """Every part may stay empty, the name too: it is not asked for again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name="baby", parent=parent)
        self._in_book = True
        self._names = LinePart(tr("Name or names, as you write them"), name="baby-names")
        self._born = DayPart(tr("Born"), name="baby-born")
        self._died = DayPart(tr("Died"), name="baby-died")
        self._gestation = GestationPart(tr("How far along"), name="baby-gestation")
        self._due = _DuePart(tr("Due date"), name="baby-due")
        self._learned = DayPart(tr("When we knew of the pregnancy"), name="baby-learned")
        self._measurements = MeasurementsPart(tr("Measurements"), name="baby-measure")
        self._place = LinePart(tr("Where it was"), name="baby-place")
        self._carers = WordsPart(tr("Who cared for us"), name="baby-carers")
        self._met = WordsPart(tr("Who was there, or came to meet"), name="baby-met")
        self._notes = WordsPart(tr("Anything else"), name="baby-notes")
        self._word = WordPart(tr("The word we use"), name="baby-word")
        self.add(self._names)
        self.add_folded(self._born, tr("Day of birth"), key="born")
        self.add_folded(self._died, tr("Day of death"), key="died")
        self.add_folded(self._gestation, tr("How far along"), key="gestation")
        self.add_folded(self._due, tr("Due date"), key="due")
        self.add_folded(self._learned, tr("When we knew"), key="learned")
        self.add_folded(
            self._measurements, tr("Measurements"), key="measurements", begin=self._measurements.begin
        )
        self.add_folded(self._place, tr("Where it was"), key="place")
        self.add_folded(self._carers, tr("Who cared for us"), key="carers")
        self.add_folded(self._met, tr("Who was there"), key="met")
        self.add_folded(self._notes, tr("Anything else"), key="notes")
        self.add_folded(self._word, tr("Another word"), key="word")
        for part in (self._born, self._died, self._due):
            part.edited.connect(self._count)

    @property
    def days(self) -> tuple[DayPart, ...]:
        """The dates of the form."""
        return (self._born, self._died, self._due, self._learned)

    @property
    def is_whole(self) -> bool:
        """Whether :meth:`draft` holds all that was typed: half a date is on the screen only."""
        return self._gestation.is_whole and all(part.is_whole for part in self.days)

    def show_draft(self, draft: BabyDraft) -> None:
        """Fill the form."""
        self._in_book = draft.in_book

        def show() -> None:
            self._names.show_text(draft.names)
            self._born.show_day(draft.born)
            self._died.show_day(draft.died)
            self._gestation.show_gestation(draft.gestation)
            self._due.show_day(draft.due)
            self._learned.show_day(draft.learned)
            self._measurements.show_measurements(draft.measurements)
            self._place.show_text(draft.place)
            self._carers.show_text(draft.carers)
            self._met.show_text(draft.met)
            self._notes.show_text(draft.notes)
            self._word.show_word(draft.word)

        self.fill(show)
        self._count()

    def draft(self) -> BabyDraft:
        """What the form holds now."""
        return BabyDraft(
            names=self._names.text(),
            word=self._word.word(),
            due=self._due.day(),
            learned=self._learned.day(),
            born=self._born.day(),
            died=self._died.day(),
            gestation=self._gestation.gestation(),
            measurements=self._measurements.measurements(),
            place=self._place.text(),
            carers=self._carers.text(),
            met=self._met.text(),
            notes=self._notes.text(),
            in_book=self._in_book,
        )

    def set_in_book(self, *, on: bool) -> None:
        """Whether it goes into a printed book by itself."""
        self._in_book = on
        self.edited.emit()

    def _count(self) -> None:
        self._gestation.offer(_counted(self._due.day(), self._born.day(), self._died.day()))


def _counted(due: VagueDate, born: VagueDate, died: VagueDate) -> Gestation | None:
    """How far along it was on the day of birth, or of death where no birth is written down."""
    return gestation_on(born if born.is_known else died, due)


class _DuePart(DayPart):
    """The due date, which can be counted."""

    def __init__(self, caption: str, *, name: str) -> None:
        super().__init__(caption, name=name)
        self.column.addWidget(
            Button(tr("Count it from what is known…"), self._ask, name=f"{name}-count", variant="link")
        )

    def _ask(self) -> None:
        DueSheet(self, taken=self._take, taken_text=tr("Use this due date"), due=self.day())

    def _take(self, due: VagueDate) -> None:
        self.show_day(due)
        self.field.day.setFocus()
