"""The dates screen: cards for what comes up and what lies behind, and a month beside them."""

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from memorybook.domain.dates import VagueDate
from memorybook.domain.ids import BabyId, OccasionId
from memorybook.domain.occasion import OccasionDraft, OccasionKind
from memorybook.domain.people import Baby
from memorybook.errors import MemoryBookError
from memorybook.ui.core import dialogs, messages, theme
from memorybook.ui.core.called import heading
from memorybook.ui.core.i18n import count_text, tr
from memorybook.ui.core.keeping import AGAIN_MS
from memorybook.ui.dates import presenter as presenting
from memorybook.ui.dates.card_list import CardList
from memorybook.ui.dates.day_view import DayPage
from memorybook.ui.dates.marks import Marked
from memorybook.ui.dates.remembrance import RemembranceSheet
from memorybook.ui.dates.sheet import DaySheet
from memorybook.ui.dates.side import Side
from memorybook.ui.dates.wording import title_of
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.due_sheet import DueSheet
from memorybook.ui.kit.flow import lie_or_stand
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.notice import Notice

FILE_NAME = "Dates.ics"
_NARROW = 760
_ONE_LINE = 440


class DatesPage(QWidget):
    """Shows what :class:`DatesPresenter` says. ``day`` is the place to look at one day of the year.

    ``putAwayWanted`` when the person wants to have no such page, ``drawerWanted`` leads to what was put away.
    """

    putAwayWanted = Signal()
    drawerWanted = Signal()
    presenter: presenting.DatesPresenter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder = Path.home()
        self._babies: dict[BabyId, str] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget()
        outer.addWidget(self._stack)
        self._scroll = ScrollColumn()
        self.day = DayPage()
        self.day.backWanted.connect(self._back)
        for page in (self._scroll, self.day):
            self._stack.addWidget(page)
        self._lay_out(self._scroll.column)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(lambda: self.presenter.keep_again())

    def _lay_out(self, column: QVBoxLayout) -> None:
        px = theme.current().px
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(px(8))
        self._head.addWidget(label(tr("Dates"), "title"), 1)
        offer = Button(tr("Remembrance days…"), self._offer, name="remembrance-days")
        self._add_button = Button(tr("Add a date"), self._add, name="add-date", variant="primary")
        for button in (offer, self._add_button):
            self._head.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._head.setContentsMargins(0, 0, 0, px(8))
        column.addLayout(self._head)
        self._notice = Notice(name="dates-notice", passing=True)
        column.addWidget(self._notice)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(px(28))
        self._cards = CardList()
        self._cards.changeWanted.connect(self._change)
        self._across.addWidget(self._cards, 2)
        self._side = Side(self._marks)
        self._side.changeWanted.connect(self._change)
        self._side.lookWanted.connect(self._look)
        self._side.countWanted.connect(self._count)
        self._side.saveWanted.connect(self._explain_saving)
        self._side.drawerWanted.connect(self.drawerWanted)
        self._side.putAwayWanted.connect(self._explain_putting_away)
        self._side.hide()  # until the first day is known
        self._across.addWidget(self._side, 1)
        column.addLayout(self._across)
        column.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = theme.current().px
        lie_or_stand(self._across, narrow=self.width() < px(_NARROW))
        narrow = self.width() < px(_ONE_LINE)
        lie_or_stand(self._head, narrow=narrow)
        self._cards.arrange(narrow=narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back from one day of the year, wherever on the page the keyboard is."""
        if event.key() == Qt.Key.Key_Escape and self._stack.currentWidget() is self.day:
            self._back()
        else:
            super().keyPressEvent(event)

    # what the presenter says

    def show_days(self, days: presenting.ShownDays) -> None:
        """The cards, and the month where it was."""
        self._cards.show_days(days, self._babies)
        self._side.show_today(days.today)
        self._side.show()

    def show_babies(self, babies: Sequence[Baby], word: str) -> None:
        """Whom a day can be for; one that has neither name nor word is not offered."""
        called = {baby.id: heading(baby.draft, word) for baby in babies}
        self._babies = {baby: name for baby, name in called.items() if name}

    def show_put_away(self, occasion: OccasionId) -> None:
        """A day is in the drawer; it can be brought back."""
        self._notice.say(
            tr("The date is put away."),
            action=tr("Bring it back"),
            acts=lambda: self.presenter.bring_back(occasion),
        )
        self._add_button.setFocus()

    def show_saved(self, left_out: int) -> None:
        """The calendar file is there."""
        said = tr("The calendar file is saved. Whoever has it can read it.")
        if left_out:
            rest = count_text(
                "One date is not in it, because its day is not known exactly.",
                "{n} dates are not in it, because their days are not known exactly.",
                left_out,
            )
            said = f"{said} {rest}"
        self._notice.say(said)

    def show_not_kept(self, error: MemoryBookError) -> None:
        """What was written down is not in the book yet; it is tried again."""
        self._notice.say(messages.sentence(error))
        self._pause.start(AGAIN_MS)

    def show_all_kept(self) -> None:
        """All of it is in the book now."""
        self._pause.stop()
        self._notice.say(tr("What you wrote down is kept now."))

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read or done."""
        self._notice.say(messages.sentence(error))

    # what the person does

    def arrive(self) -> None:
        """The page is turned to: it begins with the cards."""
        self._stack.setCurrentWidget(self._scroll)
        self.presenter.show()

    def _back(self) -> None:
        self._stack.setCurrentWidget(self._scroll)
        self._side.look.setFocus(Qt.FocusReason.OtherFocusReason)

    def _marks(self, month: datetime.date) -> Mapping[datetime.date, Sequence[Marked]]:
        return self.presenter.marks(month, title_of)

    def _add(self) -> None:
        self._write_down(OccasionDraft())

    def _write_down(self, draft: OccasionDraft) -> None:
        self._notice.hide()

        def known() -> None:
            if self.isVisible() and QApplication.activeModalWidget() is None:  # not over anything else
                DaySheet(self, draft, self._babies, kept=lambda new: self.presenter.keep(None, new))

        self.presenter.when_known(known)  # whoever is quick finds everybody in the list all the same

    def _change(self, occasion: int) -> None:
        self._notice.hide()
        shown = self.presenter.shown(OccasionId(occasion))
        if shown is None:
            return
        day = shown.occasion
        DaySheet(
            self,
            day.draft,
            self._babies,
            kept=lambda draft: self.presenter.keep(day.id, draft),
            put_away=lambda: self.presenter.put_away(day.id),
            remembrance=shown.remembrance,
        )

    def _offer(self) -> None:
        self._notice.hide()
        try:
            days = self.presenter.offered()
        except MemoryBookError as error:
            self.show_problem(error)
            return
        RemembranceSheet(
            self,
            days,
            self.presenter.today,
            has=self.presenter.is_added,
            added=self.presenter.add_remembrance,
        )

    def _look(self, day: datetime.date) -> None:
        self.day.look(day.month, day.day)
        self._stack.setCurrentWidget(self.day)
        self.day.take_focus()

    def _count(self) -> None:
        def keep(due: VagueDate) -> None:
            self._write_down(OccasionDraft(day=due, kind=OccasionKind.DUE_DATE))

        DueSheet(self, taken=keep, taken_text=tr("Keep this due date…"))

    def _explain_saving(self) -> None:
        self._notice.hide()
        dialogs.ask(
            self,
            tr("Save the dates as a calendar file"),
            tr(
                "The file has your dates, what you call them and what you wrote beside them. It is not "
                "protected: whoever has it can read it, and a calendar it is opened in may pass it on. There "
                "are no reminders in it, and dates that are about a day, or without one, are left out."
            ),
            yes=tr("Choose a place"),
            no=tr("Not now"),
            name="save-calendar-ask",
            agreed=self._choose_place,
        )

    def _choose_place(self) -> None:
        dialogs.choose_copy(
            self,
            self.folder / FILE_NAME,
            lambda path: self.presenter.save_calendar(path, title_of),
            title=tr("Save the dates as a calendar file"),
        )

    def _explain_putting_away(self) -> None:
        self._notice.hide()
        dialogs.ask(
            self,
            tr("Put this page away"),
            tr(
                "Dates go from the list of places, and their reminders rest. All of your dates stay in the "
                "book. The settings bring the page back."
            ),
            yes=tr("Put it away"),
            no=tr("Keep it here"),
            name="put-page-away-ask",
            agreed=self.putAwayWanted.emit,
        )


if TYPE_CHECKING:
    _: type[presenting.DatesView] = DatesPage
