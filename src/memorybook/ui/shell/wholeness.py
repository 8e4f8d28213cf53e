"""What keeps one open book whole: looking it through, things out of copies, an earlier state of it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from memorybook.domain.changes import ChangeSet
from memorybook.domain.health import DamagedThing, HealthReport, PutRight
from memorybook.domain.restoring import Restored
from memorybook.services.recovery import RecoveryWords
from memorybook.services.vault import Vault
from memorybook.ui.core import theme
from memorybook.ui.core.delivery import Deliver
from memorybook.ui.core.i18n import tr
from memorybook.ui.health import wording
from memorybook.ui.health.card import HealthCard
from memorybook.ui.health.presenter import HealthPresenter
from memorybook.ui.health.resting import Resting
from memorybook.ui.kit.notice import Notice, is_large
from memorybook.ui.restore.presenter import RestorePresenter
from memorybook.ui.restore.view import RestorePage
from memorybook.ui.shell.surroundings import Surroundings


class DamageLine(QWidget):
    """Above every place: something is left out because it cannot be read, or was put right.

    Once put away it comes back when there is more to say. ``wanted`` leads to what can be done. Where letters
    are large it says the least, and leads to where all of it stands: ``full``, with the ``report`` if the
    book was looked through.
    """

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_large = is_large()
        px = theme.current().px
        sides, above = (16, 8) if self._is_large else (px(24), px(12))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(sides, above, sides, 0)
        self._notice = Notice(name="damage-line", stands=self._is_large)
        lines.addWidget(self._notice)
        self.full = ""
        self.report: HealthReport | None = None
        self._said = 0
        self._told: frozenset[PutRight] = frozenset()
        self._has_something, self._steps_aside = False, False
        self._notice.putAway.connect(self._put_away)
        self.hide()

    def tell(self, things: Sequence[DamagedThing]) -> None:
        """So many things are left out; nothing new is said for the same number."""
        if len(things) > self._said:
            self.report = None
            self._say_with_way(wording.left_out(things), wording.left_out(things, briefly=True))
        elif not things and self._said and self.report is None:
            self.full = ""
        self._said = len(things)

    def tell_found(self, report: HealthReport) -> None:
        """The book was looked through by itself, and not everything in it is whole."""
        self.report = report
        if not self._said:  # else that something is left out is said already
            self._say_with_way(wording.damaged(report), wording.damaged(report, briefly=True))

    def step_aside(self, *, aside: bool) -> None:
        """Whether the place that is shown is the one that this leads to, where all of it is said."""
        self._steps_aside = aside
        self.setVisible(self._has_something and not aside)

    def _say_with_way(self, full: str, brief: str) -> None:
        self.full = full
        if self._is_large:
            self._notice.say(brief, action=tr("What to do"), acts=self._lead)
        else:
            self._notice.say(full, action=tr("See what can be done"), acts=self._lead)
        self._appear()

    def _appear(self) -> None:
        self._has_something = True
        self.setVisible(not self._steps_aside)

    def _put_away(self) -> None:
        self._has_something = False
        self.hide()

    def tell_put_right(self, what: frozenset[PutRight]) -> None:
        """So much was damaged and is whole again. What is left out is said before that."""
        new = what - self._told
        if new and not self._said:
            self.full = wording.put_right(new)
            if self._is_large:
                brief = wording.put_right(new, briefly=True)
                self._notice.say(brief, action=tr("Read more"), acts=self._lead)
            else:
                self._notice.say(self.full)
            self._appear()
        self._told = what

    def _lead(self) -> None:
        self._put_away()
        self.wanted.emit()


class Wholeness:
    """Made once for each open book. GUI thread.

    ``brought`` takes over an earlier state that was agreed to, ``busy`` tells whether something else is done.
    """

    def __init__(
        self,
        vault: Vault,
        around: Surroundings,
        words: RecoveryWords,
        deliver: Deliver,
        *,
        brought: Callable[[Restored], object],
    ) -> None:
        self._vault = vault
        self.line = DamageLine()
        self.card = HealthCard(now=around.now)
        self.checking = HealthPresenter(
            self.card, health=vault.health, mending=vault.mending, deliver=deliver
        )
        self.card.presenter = self.checking
        self.busy: Callable[[], bool] = lambda: False
        self.resting = Resting(
            vault.health,
            elapsed=around.elapsed,
            busy=lambda: self.is_at_work or self.busy(),
            deliver=deliver,
            found=self.line.tell_found,
        )
        self.line.wanted.connect(self._take_up)
        self.page = RestorePage(words, now=around.now, opened=True)
        self.restoring = RestorePresenter(
            self.page,
            library=around.library,
            run=around.background.run,
            deliver=deliver,
            home=vault.folder.parent,
            own=vault.way_into_copies,
            own_book=vault.book_id,
            places=self._places,
            placed=brought,
        )
        self.page.presenter = self.restoring

    def _places(self) -> Sequence[Path]:
        """Where copies of this book are kept; blocks."""
        return [place.folder for place in self._vault.backups.places().result() if place.is_there]

    def show_page(self) -> None:
        """The page of earlier states is turned to."""
        self.restoring.begin(self._vault.folder, "earlier")

    def show(self) -> None:
        """The settings are turned to."""
        self.checking.show()
        self.card.show_known(self.line.full)

    def _take_up(self) -> None:
        """From the line above a page: what was found needs no second look."""
        report, self.line.report = self.line.report, None
        if report is not None:
            self.card.show_known(self.line.full)
            self.checking.take_up(report)

    def changed(self, changes: ChangeSet) -> None:
        """Something was left out of what is seen, or is back."""
        if changes.damage:
            self.look()

    def look(self) -> None:
        """Say what is left out, if anything is."""
        self.line.tell(self._vault.health.left_out())
        self.line.tell_put_right(self._vault.health.put_right())

    @property
    def is_at_work(self) -> bool:
        """Whether something runs that must not end because nobody touches anything."""
        return self.checking.is_running or self.restoring.is_busy

    def leave(self) -> None:
        """The book is being closed: what runs is given up, what was agreed to is done elsewhere."""
        self.resting.leave()
        self.checking.leave()
        self.restoring.stop()
        self.restoring.drop()
