"""The small window in which a day is written down."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QButtonGroup, QComboBox, QVBoxLayout, QWidget

from memorybook.domain.dates import UNKNOWN
from memorybook.domain.ids import BabyId
from memorybook.domain.occasion import OccasionDraft, OccasionKind
from memorybook.ui.core import theme
from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.checks import CheckBox
from memorybook.ui.kit.date_field import DateField
from memorybook.ui.kit.fields import LabelledLine
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.notice import Notice


def kind_text(kind: OccasionKind) -> str:
    """What a sort of day is called."""
    return {
        OccasionKind.DUE_DATE: tr("Due date"),
        OccasionKind.ANNIVERSARY: tr("Anniversary"),
        OccasionKind.OTHER: tr("Another day"),
    }[kind]


def write_down_day(
    parent: QWidget,
    draft: OccasionDraft,
    babies: Mapping[BabyId, str],
    *,
    kept: Callable[[OccasionDraft], object],
    taken_off: Callable[[], object] | None = None,
) -> Sheet:
    """Open the window; ``kept`` gets the day when the person is done with it.

    ``babies`` are those it can be for, by what they are called. With ``taken_off`` it is a day that is
    kept already, and can go.
    """
    new = taken_off is None
    sheet = Sheet(parent, tr("A day to keep") if new else tr("Change this day"), name="day-sheet")
    chips = FlowLayout(gap=theme.current().px(8))
    group = QButtonGroup(sheet)
    group.setExclusive(True)
    kinds = list(OccasionKind)
    words = LabelledLine(tr("What you call it"), name="day-label")
    yearly = CheckBox(tr("It comes round every year"), name="day-yearly")
    for number, kind in enumerate(kinds):
        chip = Button(kind_text(kind), name=f"day-kind-{kind.value}", variant="chip")
        chip.setCheckable(True)
        chip.setChecked(kind is draft.kind)
        group.addButton(chip, number)
        chips.addWidget(chip)

    def kind_chosen(number: int) -> None:
        words.line.setPlaceholderText(
            kind_text(kinds[number]) if kinds[number] is not OccasionKind.OTHER else ""
        )
        if new:
            yearly.setChecked(kinds[number] is OccasionKind.ANNIVERSARY)

    group.idClicked.connect(kind_chosen)
    sheet.column.addLayout(chips)
    words.line.setText(draft.label)
    sheet.column.addWidget(words)
    field = DateField(name="day-date")
    field.show_day(draft.day)
    sheet.column.addWidget(label(tr("When"), "field"))
    sheet.column.addWidget(field)
    yearly.setChecked(draft.yearly)
    sheet.column.addWidget(yearly)
    whose = _Whose(babies, draft.baby)
    sheet.column.addWidget(whose)
    notice = Notice(name="day-notice")
    sheet.column.addWidget(notice)
    kind_chosen(kinds.index(draft.kind))
    yearly.setChecked(draft.yearly)

    def keep() -> None:
        day = field.value()
        kind = kinds[group.checkedId()]
        text = words.text().strip()
        if day is None:
            notice.say(field.what_is_missing())
        elif day == UNKNOWN and not text:
            notice.say(tr("A word or a date is enough. One of the two is needed to keep the day."))
        else:
            sheet.accept()
            named = text or (kind_text(kind) if kind is not OccasionKind.OTHER else "")
            kept(OccasionDraft(named, day, kind, yearly.isChecked(), draft.note, whose.baby()))

    def take_off() -> None:
        sheet.accept()
        if taken_off is not None:
            taken_off()

    if taken_off is not None:
        sheet.add_button(tr("Take it off the list"), take_off, name="day-take-off")
    sheet.add_button(tr("Not now"), sheet.reject, name="day-no")
    sheet.add_button(tr("Keep this day"), keep, name="day-keep", primary=True)
    sheet.open()
    words.line.setFocus()
    return sheet


class _Whose(QWidget):
    """One of the babies, or all; one that is not offered any more stays the one it is for."""

    def __init__(self, babies: Mapping[BabyId, str], chosen: BabyId | None) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(tr("Whom it is for"), "field"))
        self._box = QComboBox()
        self._box.setObjectName("day-baby")
        self._box.setAccessibleName(tr("Whom it is for"))
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.setMinimumContentsLength(12)
        column.addWidget(self._box)
        self._ids: list[BabyId | None] = [None, *babies]
        self._box.addItems([tr("For all"), *babies.values()])
        if chosen is not None and chosen not in babies:
            self._ids.append(chosen)
            self._box.addItem(tr("As it was"))
        self._box.setCurrentIndex(self._ids.index(chosen))
        if not babies:
            self.hide()

    def baby(self) -> BabyId | None:
        """The one that is chosen."""
        return self._ids[self._box.currentIndex()]
