"""Which one line about copies and room stands above the page: one at a time, the most pressing first."""

from typing import Literal, Protocol

from memorybook import errors
from memorybook.domain.backup import Drive, Reminder
from memorybook.domain.ids import PlaceId
from memorybook.domain.room import Room
from memorybook.errors import MemoryBookError
from memorybook.services.backups import Backups
from memorybook.services.preferences import COPY_NOT_MADE, Preferences
from memorybook.services.room import RoomLeft
from memorybook.ui.core.delivery import Deliver

About = Literal["room", "problem", "drive", "reminder"]


class TellingView(Protocol):
    """Where the line is seen. Each replaces the one before."""

    def show_nothing(self) -> None:
        """There is nothing to say."""

    def show_room(self, room: Room) -> None:
        """The disk is nearly full, or full."""

    def show_problem(self, error: MemoryBookError) -> None:
        """The last copy that was to be made by itself was not made."""

    def show_drive(self, drive: Drive) -> None:
        """A drive for copies is connected and its copy is behind."""

    def show_reminder(self, reminder: Reminder) -> None:
        """There has been no checked copy elsewhere for a while."""


class Telling:
    """Drives one :class:`TellingView`. GUI thread.

    What was put away does not come back while the book is open, unless it has become worse: a full disk
    after one that was nearly full, a drive that was taken away and connected again.
    """

    def __init__(
        self,
        view: TellingView,
        *,
        backups: Backups,
        room: RoomLeft,
        preferences: Preferences,
        deliver: Deliver,
    ) -> None:
        self._view, self._backups, self._room, self._preferences = view, backups, room, preferences
        self._deliver = deliver
        self._left: Room | None = None
        self._room_away: Literal["", "short", "full"] = ""
        self._problem: MemoryBookError | None = None
        self._drives: tuple[Drive, ...] = ()
        self._drives_away: set[PlaceId] = set()
        self._reminder: Reminder | None = None
        self._looking = False
        self.shown: About | None = None

    def begin(self) -> None:
        """The book was opened."""
        self._read_problem()
        self.look()
        self._read_reminder()

    def look(self, *, at_drives: bool = True) -> None:
        """Look at the room again, and now and then at the drives too."""
        if self._looking:
            return
        self._looking = True

        def known(room: Room) -> None:
            self._left = room
            if not room.is_short:
                self._room_away = ""
            self._show()
            if at_drives:
                self._deliver(self._backups.drives(), seen, unknown)
            else:
                self._looking = False

        def seen(drives: tuple[Drive, ...]) -> None:
            self._looking = False
            self._drives = drives
            self._drives_away &= {drive.place.id for drive in drives if drive.place is not None}
            self._show()

        def unknown(_: MemoryBookError) -> None:
            self._looking = False  # a disk that does not answer says so where something is to be kept

        self._deliver(self._room.look(), known, unknown)

    def _read_reminder(self) -> None:
        def known(reminder: Reminder | None) -> None:
            self._reminder = reminder
            self._show()

        self._deliver(self._backups.reminder(), known, lambda _: None)

    def copied(self) -> None:
        """A copy was made, or may have been: what was said of there being none is read again."""
        self._problem = None
        self.look()
        self._read_reminder()

    def not_copied(self, error: MemoryBookError, *, last: bool) -> None:
        """A copy that was to be made by itself was not; ``last`` leaves it to the next time to say so."""
        if last:
            self._keep_problem(type(error).__name__)
        else:
            self._problem = error
            self._show()

    def _keep_problem(self, name: str) -> None:
        self._deliver(self._preferences.put(COPY_NOT_MADE, name), lambda _: None, lambda _: None)

    def _read_problem(self) -> None:
        def known(name: str | None) -> None:
            kind = getattr(errors, name, None) if name else None
            if isinstance(kind, type) and issubclass(kind, MemoryBookError):
                self._problem = kind()
                self._keep_problem("")
                self._show()

        self._deliver(self._preferences.get(COPY_NOT_MADE), known, lambda _: None)

    def put_away(self) -> None:
        """The person has read it."""
        if self.shown == "room" and self._left is not None:
            self._room_away = "full" if self._left.is_full else "short"
        elif self.shown == "problem":
            self._problem = None
        elif self.shown == "drive":
            self._drives_away |= {drive.place.id for drive in self._behind() if drive.place is not None}
        elif self.shown == "reminder":
            self._reminder = None
            self._deliver(self._backups.dismiss_reminder(), lambda _: None, lambda _: None)
        self._show()

    def _behind(self) -> list[Drive]:
        return [
            drive
            for drive in self._drives
            if drive.place is not None and drive.is_behind and drive.place.id not in self._drives_away
        ]

    def _room_to_tell(self) -> Room | None:
        room = self._left
        if room is None or not room.is_short:
            return None
        away = self._room_away == "full" or (self._room_away == "short" and not room.is_full)
        return None if away else room

    def _show(self) -> None:
        room, behind = self._room_to_tell(), self._behind()
        if room is not None:
            self.shown = "room"
            self._view.show_room(room)
        elif self._problem is not None:
            self.shown = "problem"
            self._view.show_problem(self._problem)
        elif behind:
            self.shown = "drive"
            self._view.show_drive(behind[0])
        elif self._reminder is not None:
            self.shown = "reminder"
            self._view.show_reminder(self._reminder)
        else:
            self.shown = None
            self._view.show_nothing()
