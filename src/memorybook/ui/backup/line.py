"""The quiet line above the page: little room, a drive for copies, no copy elsewhere for a while."""

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from memorybook.domain.backup import Drive, Reminder
from memorybook.domain.ids import PlaceId
from memorybook.domain.room import Room
from memorybook.errors import MemoryBookError
from memorybook.ui.backup import telling, wording
from memorybook.ui.core import messages
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.notice import Notice, is_large


class CopiesLine(Notice):
    """Shows what :class:`~memorybook.ui.backup.telling.Telling` says. It takes no key and blocks nothing.

    ``copiesWanted`` leads to the copies in the settings, ``copyWanted`` asks for one in a place. Where
    letters are large it is short, and ``problemWanted`` leads to where all of a problem can be read.
    """

    copiesWanted = Signal()
    copyWanted = Signal(int)
    problemWanted = Signal(object)

    def __init__(self, *, now: Callable[[], datetime.datetime], parent: QWidget | None = None) -> None:
        super().__init__(
            name="copies-line",
            stands=is_large(),
            away=tr("Put this message away"),
            parent=parent,
        )
        self._now = now
        self._briefly = is_large()

    def show_nothing(self) -> None:
        """There is nothing to say."""
        self.hide()

    def show_room(self, room: Room) -> None:
        """The disk is nearly full, or full."""
        self._tell(wording.short_of_room(room, briefly=self._briefly))

    def show_problem(self, error: MemoryBookError) -> None:
        """The last copy that was to be made by itself was not made."""
        if self._briefly:
            said = tr("The last copy was not made.")
            self._tell(said, tr("Read more"), lambda: self.problemWanted.emit(error))
        else:
            self._tell(messages.sentence(error), tr("Copies"), self.copiesWanted.emit)

    def show_drive(self, drive: Drive) -> None:
        """A drive for copies is connected and its copy is behind."""
        place = drive.place
        if place is not None:
            self._tell(
                wording.drive_is_there(drive, self._now(), briefly=self._briefly),
                tr("Make a copy now"),
                lambda: self._make(place.id),
            )

    def show_reminder(self, reminder: Reminder) -> None:
        """There has been no checked copy elsewhere for a while."""
        said = wording.no_copy_elsewhere(reminder, self._now(), briefly=self._briefly)
        self._tell(said, tr("Copies"), self.copiesWanted.emit)

    def _make(self, place: PlaceId) -> None:
        self.copyWanted.emit(int(place))

    def _tell(self, text: str, action: str = "", acts: Callable[[], object] | None = None) -> None:
        if self.text() != text:  # a screen reader hears it once
            self.say(text, action=action, acts=acts)


if TYPE_CHECKING:
    _: type[telling.TellingView] = CopiesLine
