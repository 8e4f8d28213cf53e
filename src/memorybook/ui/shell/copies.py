"""The copies of one open book: cards in the settings, a line above the page, and those made unasked."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from memorybook.domain.changes import ChangeSet
from memorybook.domain.ids import PlaceId
from memorybook.errors import MemoryBookError
from memorybook.services.vault import Vault
from memorybook.ui.backup.archive_card import ArchiveCard
from memorybook.ui.backup.archiving import ArchivePresenter
from memorybook.ui.backup.automatic import Automatic
from memorybook.ui.backup.card import CopiesCard
from memorybook.ui.backup.line import CopiesLine
from memorybook.ui.backup.presenter import CopiesPresenter
from memorybook.ui.backup.telling import Telling
from memorybook.ui.backup.watching import Watching
from memorybook.ui.core.course import Course
from memorybook.ui.core.delivery import Deliver
from memorybook.ui.shell.surroundings import Surroundings
from memorybook.ui.write.view import WritePage

_GLANCES = 10
"""Room and drives are looked at after so many seconds in which nobody touches anything, again and again."""


class Copies:
    """Made once for each open book; it lives with ``owner``. ``led`` turns to a card of the settings."""

    def __init__(
        self, vault: Vault, around: Surroundings, deliver: Deliver, *, write: WritePage, owner: QObject
    ) -> None:
        self.led: Callable[[QWidget], object] = lambda _: None
        self.card = CopiesCard(now=around.now)
        self.archive_card = ArchiveCard()
        self.line = CopiesLine(now=around.now)
        self.telling = Telling(
            self.line,
            backups=vault.backups,
            room=vault.room,
            preferences=vault.preferences,
            deliver=deliver,
        )
        self.copying = CopiesPresenter(
            self.card, backups=vault.backups, deliver=deliver, copied=self.telling.copied
        )
        self.card.presenter = self.copying
        self.archiving = ArchivePresenter(self.archive_card, archive=vault.archive, deliver=deliver)
        self.archive_card.presenter = self.archiving
        self.automatic = Automatic(
            vault.backups,
            elapsed=around.elapsed,
            busy=lambda: self.is_at_work,
            deliver=deliver,
            outcome=self.telling,
        )
        self.line.putAway.connect(self.telling.put_away)
        self.line.copiesWanted.connect(self._lead)
        self.line.copyWanted.connect(self._copy)
        self.line.problemWanted.connect(self._lead_to_problem)
        write.put_above(self.line)
        self._glances = 0
        self.watching = Watching(owner)
        self.watching.touched.connect(self._touched)
        self.watching.glance.connect(self._glance)

    @property
    def cards(self) -> tuple[QWidget, ...]:
        """What stands in the settings."""
        return (self.card, self.archive_card)

    @property
    def is_at_work(self) -> bool:
        """Whether something is being done that a person has asked for and waits for."""
        return self.copying.is_running or self.archiving.is_running

    @property
    def is_copying(self) -> bool:
        """Whether anything is being done with copies, asked for or not."""
        return self.is_at_work or self.automatic.is_running

    def begin(self) -> None:
        """The book was opened."""
        self.watching.start()
        self.telling.begin()

    def show(self) -> None:
        """The settings are turned to."""
        self.copying.show()

    def changed(self, changes: ChangeSet) -> None:
        """Something in the book changed."""
        self.automatic.changed(changes)
        self.telling.look(at_drives=False)

    def _touched(self) -> None:
        self._glances = 0
        self.automatic.touched()

    def _glance(self) -> None:
        self.automatic.look()
        self._glances = (self._glances + 1) % _GLANCES
        if not self._glances and not self.automatic.is_running and not self.is_at_work:
            self.telling.look()

    def _lead(self) -> None:
        self.led(self.card)

    def _lead_to_problem(self, error: MemoryBookError) -> None:
        self.led(self.card)
        self.card.show_problem(error)

    def _copy(self, place: int) -> None:
        """From the line above the page: what comes of it is said in the card."""
        self.led(self.card)
        self.copying.copy(PlaceId(place))

    def last(self, begun: Callable[[Course], object], then: Callable[[], object]) -> None:
        """The book is being closed and there is time: make a last copy if there is something new."""
        self.watching.stop()
        self.automatic.last(begun, then)

    def leave(self) -> None:
        """The book is being closed: whatever is not done yet is given up."""
        self.watching.stop()
        self.automatic.give_up()
        self.copying.leave()
        self.archiving.leave()
