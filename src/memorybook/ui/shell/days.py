"""The place of the dates: its page, the look at one day of the year, and the reminder above the page."""

from collections.abc import Callable

from memorybook.domain.changes import ChangeSet
from memorybook.services.preferences import DATES, OFF, ON
from memorybook.services.vault import Vault
from memorybook.ui.core.delivery import Deliver
from memorybook.ui.core.uncovered import Uncovered
from memorybook.ui.dates.looking import DayPresenter
from memorybook.ui.dates.presenter import DatesPresenter
from memorybook.ui.dates.view import DatesPage
from memorybook.ui.shell.surroundings import Surroundings
from memorybook.ui.write.reminder_line import ReminderLine
from memorybook.ui.write.reminding import Reminding
from memorybook.ui.write.view import WritePage


class Days:
    """Made once for each open book. ``led`` turns to a place by its key. GUI thread."""

    def __init__(
        self,
        vault: Vault,
        around: Surroundings,
        uncovered: Uncovered,
        deliver: Deliver,
        *,
        write: WritePage,
        language: str,
    ) -> None:
        self._preferences = vault.preferences
        self._deliver = deliver
        self._write = write
        self.led: Callable[[str], object] = lambda _: None
        self.page = DatesPage()
        self.presenter = DatesPresenter(
            self.page,
            occasions=vault.occasions,
            record=vault.record,
            preferences=vault.preferences,
            run=around.background.run,
            deliver=deliver,
            now=around.now,
            language=language,
        )
        self.page.presenter = self.presenter
        self.looking = DayPresenter(
            self.page.day,
            on_this_day=vault.on_this_day,
            album=vault.album,
            record=vault.record,
            preferences=vault.preferences,
            deliver=deliver,
            now=around.now,
            showing=uncovered,
        )
        self.page.day.presenter = self.looking
        uncovered.changed.connect(self.looking.covering_changed)
        self.page.putAwayWanted.connect(self._put_page_away)
        line = ReminderLine(
            led=lambda: self.led("dates"), dismissed=lambda reminder: self.reminding.dismiss(reminder)
        )
        self.reminding = Reminding(
            line,
            occasions=vault.occasions,
            deliver=deliver,
            now=around.now,
            failed=write.show_problem,
        )
        write.put_above(line)

    def changed(self, changes: ChangeSet) -> None:
        """Something in the book changed."""
        self.presenter.changed(changes, shown=self.page.isVisible())
        self.reminding.changed(changes)

    def read_wish(self, known: Callable[[bool], None]) -> None:
        """Tell whether there is a page for dates."""
        future = self._preferences.get(DATES)
        self._deliver(future, lambda value: known(value != OFF), self._write.show_problem)

    def _put_page_away(self) -> None:
        """The person wants no such page; where she is now, it can be had again at once."""

        def away(_: None) -> None:
            self.led("write")
            self._write.says.page_put_away(lambda: self._wish(ON))

        self._deliver(self._preferences.put(DATES, OFF), away, self._write.show_problem)

    def _wish(self, value: str) -> None:
        self._deliver(self._preferences.put(DATES, value), lambda _: None, self._write.show_problem)
