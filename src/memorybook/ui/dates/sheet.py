"""The small window in which a day is written down."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QVBoxLayout, QWidget

from memorybook.domain.dates import UNKNOWN
from memorybook.domain.ids import BabyId
from memorybook.domain.occasion import OccasionDraft, OccasionKind
from memorybook.domain.remembrance import RemembranceDay
from memorybook.ui.core import closing, theme
from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.core.i18n import tr
from memorybook.ui.dates.reminder import ReminderPart
from memorybook.ui.dates.wording import kind_text, source_text
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.checks import CheckBox
from memorybook.ui.kit.date_field import DateField
from memorybook.ui.kit.fields import LabelledLine
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.notice import Notice
from memorybook.ui.kit.text_box import LabelledText


class DaySheet(Sheet):
    """Opens at once. ``kept`` gets the day when a person is done with it, or when the book closes meanwhile.

    ``babies`` are those it can be for, by what they are called. With ``put_away`` it is a day that is kept
    already, and can go. ``remembrance`` is what is known of a day that many families keep: its rule says
    when it is.
    """

    def __init__(
        self,
        parent: QWidget,
        draft: OccasionDraft,
        babies: Mapping[BabyId, str],
        *,
        kept: Callable[[OccasionDraft], object],
        put_away: Callable[[], object] | None = None,
        remembrance: RemembranceDay | None = None,
    ) -> None:
        new = put_away is None
        super().__init__(
            parent, tr("A day to keep") if new else tr("Change this day"), name="day-sheet", width=460
        )
        self._draft, self._kept = draft, kept
        self._words = LabelledLine(tr("What you call it"), name="day-label")
        self._when: _When | None = None
        if remembrance is not None:
            self.column.addWidget(self._words)
            self._add_rule(remembrance)
        else:
            self._when = _When(draft, new=new, named=self._words.line.setPlaceholderText)
            self._when.changed.append(self._fit_again)
            self.column.addWidget(self._when.kinds)
            self.column.addWidget(self._words)
            self.column.addWidget(self._when)
        self._words.line.setText(draft.label)
        self._words.line.setCursorPosition(0)
        self._whose = _Whose(babies, draft.baby)
        self.column.addWidget(self._whose)
        self._note = LabelledText(tr("Anything you want to write beside it"), name="day-note")
        self._note.box.setPlainText(draft.note)
        self.column.addWidget(self._note)
        self._in_book = CheckBox(tr("In our book, when pages are printed"), name="day-in-book")
        self._in_book.setChecked(draft.in_book)
        self.column.addWidget(self._in_book)
        self._reminder = ReminderPart()
        self._reminder.show_reminder(draft.reminder, draft.reminder_words)
        self._reminder.unfolded.connect(self._unfolded)
        self.column.addWidget(self._reminder)
        self._notice = Notice(name="day-notice")
        self.column.addWidget(self._notice)
        if put_away is not None:
            self.add_button(tr("Put it away"), lambda: self._put_away(put_away), name="day-put-away")
        self.add_button(tr("Not now"), self._leave, name="day-no")
        self.add_button(tr("Keep this day"), self._keep, name="day-keep", primary=True)
        self._say_without_day()
        if self._when is not None:
            self._when.edited.connect(self._say_without_day)
        self._at_first = self._written()
        self._was_told = False
        closing.current().begins.connect(self._keep_at_closing)
        self.open()
        self._words.line.setFocus()

    def _say_without_day(self) -> None:
        """Of a month or a year alone there is no reminder; a day that is still being typed is waited for."""
        when = self._when
        vague = when is not None and when.is_whole and not when.taken_into(self._draft).has_a_day
        if self._reminder.say_without_day(vague):
            self._fit_again()

    def _add_rule(self, day: RemembranceDay) -> None:
        for text, role in (
            (day.words, ""),
            (day.disagreement, "soft"),
            (source_text(day), "small"),
        ):
            if text:
                self.column.addWidget(label(text, role))

    def _unfolded(self) -> None:
        self._fit_again()
        self.bring_into_view(self._reminder)

    def _fit_again(self) -> None:
        if self.isVisible():
            self.fit()

    def _put_away(self, put_away: Callable[[], object]) -> None:
        """It goes as it stands here: what was written in the meantime comes back with it."""
        self.accept()
        draft = self._written()
        if self._would_be_gone(draft):
            self._kept(draft)
        put_away()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, which is soon pressed, leaves at once only where nothing was written."""
        if event.key() == Qt.Key.Key_Escape and self._asks(
            tr("This is not kept yet. Escape once more leaves without keeping it.")
        ):
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The cross of the window is soon pressed, too."""
        if self._asks(tr("This is not kept yet. The cross once more leaves without keeping it.")):
            event.ignore()
        else:
            super().closeEvent(event)

    def _leave(self) -> None:
        if not self._asks(tr("This is not kept yet. “Not now” once more leaves without keeping it.")):
            self.reject()

    def _asks(self, text: str) -> bool:
        """Say once that something was written here that would be gone."""
        if self._was_told or not self._would_be_gone(self._written()):
            return False
        self._was_told = True
        self._remark(text)
        return True

    def _remark(self, text: str) -> None:
        self._notice.say(text)
        self.fit()
        self.bring_into_view(self._notice)

    def _keep(self) -> None:
        if self._when is not None:
            missing = self._when.what_is_missing(named=bool(self._words.text().strip()))
            if missing:
                self._remark(missing)
                return
        self.accept()
        self._kept(self._written())

    def _keep_at_closing(self) -> None:
        """The book closes by a key, or because nobody is there: no word is lost, and nobody can be asked."""
        self._was_told = True
        draft = self._written()
        if self._would_be_gone(draft):
            self._kept(draft)

    def _would_be_gone(self, draft: OccasionDraft) -> bool:
        """Whether there are words or a date here that are kept nowhere yet; a tick alone is soon made."""
        words = self._words.text().strip() or draft.note or draft.reminder_words
        return draft != self._at_first and bool(words or draft.day.is_known)

    def _written(self) -> OccasionDraft:
        """The day as it stands here; while its date is half typed, with the one it had before."""
        text = self._words.text().strip()
        draft = self._draft
        if self._when is not None:
            draft = self._when.taken_into(draft)
            if not text and draft.kind is not OccasionKind.OTHER:
                text = kind_text(draft.kind)
        return replace(
            draft,
            label=text or (draft.label if draft.remembrance else ""),
            note=self._note.text().strip(),
            baby=self._whose.baby(),
            in_book=self._in_book.isChecked(),
            reminder=self._reminder.days(),
            reminder_words=self._reminder.words(),
        )


class _When(QWidget):
    """When a day is, and whether it comes round. Its ``kinds`` stand above what it is called."""

    edited = Signal()

    def __init__(self, draft: OccasionDraft, *, new: bool, named: Callable[[str], object]) -> None:
        super().__init__()
        self.changed: list[Callable[[], object]] = []
        self._new, self._named = new, named
        px = theme.current().px
        self.kinds = QWidget()
        chips = FlowLayout(self.kinds, gap=px(8))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._codes = list(OccasionKind)
        for number, kind in enumerate(self._codes):
            chip = Button(kind_text(kind), name=f"day-kind-{kind.value}", variant="chip")
            chip.setCheckable(True)
            chip.setChecked(kind is draft.kind)
            self._group.addButton(chip, number)
            chips.addWidget(chip)
        self._group.idClicked.connect(self._kind_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(label(tr("When"), "field"))
        self._field = DateField(name="day-date")
        self._field.show_day(draft.day)
        column.addWidget(self._field)
        self._yearly = CheckBox(tr("It comes round every year"), name="day-yearly")
        column.addWidget(self._yearly)
        self._leap = label("", "small")
        self._leap.setObjectName("day-leap")
        column.addWidget(self._leap)
        self._kind_chosen(self._codes.index(draft.kind))
        self._yearly.setChecked(draft.yearly)
        self._field.changed.connect(self._say_leap)
        self._field.changed.connect(self.edited)
        self._yearly.toggled.connect(self._say_leap)
        self._say_leap()

    def _kind_chosen(self, number: int) -> None:
        kind = self._codes[number]
        self._named(kind_text(kind) if kind is not OccasionKind.OTHER else "")
        if self._new:
            self._yearly.setChecked(kind is OccasionKind.ANNIVERSARY)

    def _say_leap(self) -> None:
        """What “every year” means for this date, where that is not plain."""
        day, yearly = self._field.value(), self._yearly.isChecked()
        said = ""
        if day is not None and OccasionDraft(day=day, yearly=yearly).keeps_28_february:
            said = tr("In years without 29 February it is kept on the 28th.")
        elif day is not None and yearly and day.is_known and day.month is None:
            said = tr("A year alone does not come round. With a month, or a day, it does.")
        self._leap.setText(said)
        if bool(said) is not self._leap.isVisibleTo(self):
            self._leap.setVisible(bool(said))
            for tell in self.changed:
                tell()

    @property
    def is_whole(self) -> bool:
        """Nothing is half typed."""
        return self._field.value() is not None

    def what_is_missing(self, *, named: bool) -> str:
        """The sentence for a day that cannot be kept like this; empty when it can."""
        day = self._field.value()
        if day is None:
            return self._field.what_is_missing()
        if day == UNKNOWN and not named:
            return tr("A word or a date is enough. One of the two is needed to keep the day.")
        return ""

    def taken_into(self, draft: OccasionDraft) -> OccasionDraft:
        """The draft with what is chosen here; without a date that is half typed."""
        day = self._field.value()
        return replace(
            draft,
            day=draft.day if day is None else day,
            kind=self._codes[self._group.checkedId()],
            yearly=self._yearly.isChecked(),
        )


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
