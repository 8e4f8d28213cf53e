"""When copies are made by themselves, what stops them, and who waits for the last one."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

import pytest

from memorybook.domain.backup import AutomaticCopy, BackupPlace, Snapshot
from memorybook.domain.changes import ChangeSet
from memorybook.domain.ids import PlaceId
from memorybook.errors import CopyNeedsRoom, CopyPlaceGone, CopyStopped, MemoryBookError
from memorybook.services.backups import Backups
from memorybook.ui.backup.automatic import REST_SECONDS, Automatic
from memorybook.ui.core.course import Course

T = TypeVar("T")

PLACE = BackupPlace(
    PlaceId(1), Path("/copies"), "", is_there=True, is_own_disk=True, is_automatic=True, copies=0, last=None
)
MADE = AutomaticCopy(PLACE, Snapshot(1, "2026-11-21T14:02:00Z", "2026-11-21T14:02:00Z", None), None)


def deliver(
    future: Future[T], done: Callable[[T], None], failed: Callable[[MemoryBookError], None], /
) -> None:
    def hand(answered: Future[T]) -> None:
        error = answered.exception()
        if error is None:
            done(answered.result())
        else:
            assert isinstance(error, MemoryBookError)
            failed(error)

    future.add_done_callback(hand)


@dataclass
class Answering:
    """Answers when the test says so."""

    due_now: bool = True
    asked: list[bool] = field(default_factory=list)
    made: list[tuple[threading.Event, "Future[tuple[AutomaticCopy, ...]]"]] = field(default_factory=list)

    def due(self) -> Future[bool]:
        self.asked.append(True)
        future: Future[bool] = Future()
        future.set_result(self.due_now)
        return future

    def automatic(self, stop: threading.Event, told: object = None) -> Future[Any]:
        future: Future[tuple[AutomaticCopy, ...]] = Future()
        self.made.append((stop, future))
        return future


@dataclass
class Told:
    copies: list[bool] = field(default_factory=list)
    problems: list[MemoryBookError] = field(default_factory=list)
    last_problems: list[MemoryBookError] = field(default_factory=list)

    def copied(self) -> None:
        self.copies.append(True)

    def not_copied(self, error: MemoryBookError, *, last: bool) -> None:
        (self.last_problems if last else self.problems).append(error)


class Room:
    """One book at a moment that the test moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.busy = False
        self.backups = Answering()
        self.told = Told()
        self.automatic = Automatic(
            cast("Backups", self.backups),
            elapsed=lambda: self.now,
            busy=lambda: self.busy,
            deliver=deliver,
            outcome=self.told,
        )

    def rest(self, seconds: float = REST_SECONDS) -> None:
        self.now += seconds
        self.automatic.look()


@pytest.fixture
def room() -> Room:
    return Room()


def test_a_copy_is_made_once_nobody_has_touched_anything_for_a_while(room: Room) -> None:
    room.rest(REST_SECONDS - 1)
    assert not room.backups.asked
    room.rest(1)
    (_, future) = room.backups.made[0]
    room.rest()
    assert len(room.backups.made) == 1, "one at a time"
    future.set_result((MADE,))
    assert len(room.told.copies) == 1
    room.rest()
    assert len(room.backups.asked) == 1, "nothing has changed since"
    room.automatic.changed(ChangeSet(preferences=True))
    room.rest()
    assert len(room.backups.made) == 2


def test_a_touch_stops_it_and_it_is_made_another_time(room: Room) -> None:
    room.rest()
    stop, future = room.backups.made[0]
    room.automatic.touched()
    assert stop.is_set()
    future.set_exception(CopyStopped())
    assert not room.told.problems
    room.rest(REST_SECONDS - 1)
    assert len(room.backups.made) == 1
    room.rest(1)
    assert len(room.backups.made) == 2


def test_nothing_is_made_while_a_person_waits_for_a_copy_or_nothing_is_new(room: Room) -> None:
    room.busy = True
    room.rest()
    assert not room.backups.asked
    room.busy, room.backups.due_now = False, False
    room.rest()
    assert len(room.backups.asked) == 1
    assert not room.backups.made


def test_a_drive_that_is_not_there_is_no_news_and_a_full_one_is(room: Room) -> None:
    room.rest()
    room.backups.made[0][1].set_result((MADE, AutomaticCopy(PLACE, None, CopyPlaceGone())))
    assert room.told.copies
    assert not room.told.problems
    room.automatic.changed(ChangeSet(preferences=True))
    room.rest()
    problem = CopyNeedsRoom()
    room.backups.made[1][1].set_result((AutomaticCopy(PLACE, None, problem),))
    assert room.told.problems == [problem]


def test_a_closing_book_gets_its_last_copy_and_goes_on_after_it(room: Room) -> None:
    begun: list[Course] = []
    closed: list[bool] = []
    room.automatic.last(begun.append, lambda: closed.append(True))
    stop, future = room.backups.made[0]
    assert begun
    assert not closed
    room.automatic.touched()
    assert not stop.is_set(), "to press a key is no wish to go without it"
    future.set_result((MADE,))
    assert closed == [True]


def test_a_closing_book_with_nothing_new_goes_on_at_once(room: Room) -> None:
    room.backups.due_now = False
    closed: list[bool] = []
    room.automatic.last(lambda _: None, lambda: closed.append(True))
    assert closed == [True]
    assert not room.backups.made


def test_a_lock_waits_for_no_last_copy(room: Room) -> None:
    closed: list[bool] = []
    room.automatic.last(lambda _: None, lambda: closed.append(True))
    stop, future = room.backups.made[0]
    room.automatic.give_up()
    assert stop.is_set()
    future.set_exception(CopyStopped())
    assert not closed, "whoever gave it up has gone on already"
    assert not room.told.last_problems


def test_the_last_copy_comes_after_one_that_was_being_made(room: Room) -> None:
    room.rest()
    first_stop, first = room.backups.made[0]
    closed: list[bool] = []
    room.automatic.last(lambda _: None, lambda: closed.append(True))
    assert first_stop.is_set()
    assert len(room.backups.made) == 1
    first.set_exception(CopyStopped())
    second_stop, second = room.backups.made[1]
    assert not second_stop.is_set()
    second.set_exception(CopyNeedsRoom())
    assert closed == [True], "a copy that could not be made keeps no book open"
    assert room.told.last_problems, "it is told the next time"
