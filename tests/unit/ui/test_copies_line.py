"""Which line about copies and room stands above the page, and what brings one back that was put away."""

from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, cast

import pytest

from memorybook.domain.backup import BackupPlace, Drive, Reminder
from memorybook.domain.ids import PlaceId
from memorybook.domain.room import Room
from memorybook.errors import CopyNeedsRoom, MemoryBookError, StorageFailed
from memorybook.services.backups import Backups
from memorybook.services.preferences import COPY_NOT_MADE, Preferences
from memorybook.services.room import RoomLeft
from memorybook.ui.backup.telling import Telling
from tests.unit.ui.immediate import deliver

T = TypeVar("T")

PLENTY = Room(free=10**12, wanted=10**8, is_full=False)
SHORT = Room(free=5 * 10**7, wanted=10**8, is_full=False)
FULL = Room(free=10**6, wanted=10**8, is_full=True)
PLACE = BackupPlace(
    PlaceId(2), Path("/media/s"), "s", is_there=True, is_own_disk=False, is_automatic=False, copies=0,
    last=None,
)  # fmt: skip
STICK = Drive(Path("/media/s"), "s", PLACE, is_behind=True)
OTHER = Drive(Path("/media/o"), "o", None, is_behind=True)


def answer(value: T) -> Future[T]:
    future: Future[T] = Future()
    future.set_result(value)
    return future


class World:
    """The disk and the drives as a test has them; it is the view too."""

    def __init__(self) -> None:
        self.room: Room | None = PLENTY
        self.there: tuple[Drive, ...] = ()
        self.old: Reminder | None = None
        self.dismissed = 0
        self.line: Any = None
        self.kept = ""
        self.begin()

    def begin(self) -> None:
        self.telling = Telling(
            self,
            backups=cast("Backups", self),
            room=cast("RoomLeft", self),
            preferences=cast("Preferences", self),
            deliver=deliver,
        )

    def get(self, key: str) -> Future[str | None]:
        assert key == COPY_NOT_MADE
        return answer(self.kept or None)

    def put(self, key: str, value: str) -> Future[None]:
        assert key == COPY_NOT_MADE
        self.kept = value
        return answer(None)

    def look(self) -> Future[Room]:
        if self.room is not None:
            return answer(self.room)
        failed: Future[Room] = Future()
        failed.set_exception(StorageFailed())
        return failed

    def drives(self) -> Future[tuple[Drive, ...]]:
        return answer(self.there)

    def reminder(self) -> Future[Reminder | None]:
        return answer(self.old)

    def dismiss_reminder(self) -> Future[None]:
        self.dismissed += 1
        self.old = None
        return answer(None)

    def show_nothing(self) -> None:
        self.line = None

    def show_room(self, room: Room) -> None:
        self.line = room

    def show_problem(self, error: MemoryBookError) -> None:
        self.line = error

    def show_drive(self, drive: Drive) -> None:
        self.line = drive

    def show_reminder(self, reminder: Reminder) -> None:
        self.line = reminder


@pytest.fixture
def world() -> World:
    return World()


def test_one_line_at_a_time_the_most_pressing_first(world: World) -> None:
    world.room, world.there, world.old = SHORT, (OTHER, STICK), Reminder("")
    world.telling.begin()
    problem = CopyNeedsRoom()
    world.telling.not_copied(problem, last=False)
    seen = []
    while world.line is not None:
        seen.append(world.line)
        world.telling.put_away()
    assert seen == [SHORT, problem, STICK, Reminder("")]
    assert world.dismissed == 1
    world.telling.look()
    assert world.line is None, "what was put away stays away"


def test_what_has_become_worse_is_said_again(world: World) -> None:
    world.room = SHORT
    world.telling.begin()
    world.telling.put_away()
    world.room = FULL
    world.telling.look()
    assert world.line == FULL
    world.telling.put_away()
    world.room = replace(FULL, free=1)
    world.telling.look()
    assert world.line is None
    for room, line in ((PLENTY, None), (SHORT, SHORT)):
        world.room = room
        world.telling.look()
        assert world.line == line


def test_a_drive_is_offered_again_when_it_is_connected_again(world: World) -> None:
    world.there = (STICK,)
    world.telling.begin()
    world.telling.put_away()
    world.telling.look()
    assert world.line is None
    world.there = ()
    world.telling.look()
    world.there = (STICK,)
    world.telling.look()
    assert world.line == STICK


def test_a_copy_takes_back_what_was_said(world: World) -> None:
    world.there, world.old = (STICK,), Reminder("2026-05-03T10:00:00Z")
    world.telling.begin()
    world.telling.not_copied(CopyNeedsRoom(), last=False)
    world.there, world.old = (replace(STICK, is_behind=False),), None
    world.telling.copied()
    assert world.line is None


def test_a_disk_that_does_not_answer_says_nothing_here_and_is_asked_again(world: World) -> None:
    world.room = None
    world.telling.begin()
    assert world.line is None
    world.room = SHORT
    world.telling.look()
    assert world.line == SHORT


def test_why_there_was_no_last_copy_is_said_when_the_book_is_opened_again(world: World) -> None:
    world.telling.begin()
    world.telling.not_copied(CopyNeedsRoom(), last=True)
    assert not world.line
    world.begin()
    world.telling.begin()
    assert isinstance(world.line, CopyNeedsRoom)
    assert not world.kept, "once"
