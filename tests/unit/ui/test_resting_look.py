"""A book is looked through by itself when that is due and nobody is there; a touch ends it."""

import datetime
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

import pytest

from memorybook.domain.entry import EntryDraft
from memorybook.domain.health import HealthReport
from memorybook.errors import CheckStopped, MemoryBookError
from memorybook.services.health import CHECKED
from memorybook.services.vault import Vault
from memorybook.ui.health.resting import AGAIN_SECONDS, REST_SECONDS, Resting
from tests.unit.services.test_damaged_things import damage

T = TypeVar("T")


class Room:
    """One open book, at a moment that the test moves; answers are given when it says so."""

    def __init__(self, vault: Vault) -> None:
        self.now = 5000.0
        self.busy = False
        self.waiting: list[Callable[[], None]] = []
        self.futures: list[Future[Any]] = []
        self.found: list[HealthReport] = []
        self.resting = Resting(
            vault.health,
            elapsed=lambda: self.now,
            busy=lambda: self.busy,
            deliver=self.deliver,
            found=self.found.append,
        )

    def deliver(
        self, future: Future[T], done: Callable[[T], None], failed: Callable[[MemoryBookError], None], /
    ) -> None:
        def answer() -> None:
            error = future.exception()
            if error is None:
                done(future.result())
            else:
                assert isinstance(error, MemoryBookError)
                failed(error)

        self.futures.append(future)
        self.waiting.append(answer)

    def answered(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()

    def rest(self, seconds: float = REST_SECONDS) -> None:
        self.now += seconds
        self.resting.look()


@pytest.fixture
def room(vault: Vault) -> Room:
    vault.journal.keep(None, EntryDraft(title="First", body="Words")).result()
    return Room(vault)


def checked(vault: Vault) -> str | None:
    return vault.health.last().result()


def test_a_whole_book_is_looked_through_once_a_week_and_nothing_is_said(vault: Vault, room: Room) -> None:
    room.rest(REST_SECONDS - 1)
    assert not room.waiting
    room.busy = True
    room.rest()
    assert not room.waiting
    room.busy = False
    room.rest()
    room.answered()
    first = checked(vault)
    assert first is not None
    room.rest(AGAIN_SECONDS)
    room.answered()
    assert (checked(vault), room.found) == (first, [])
    ago = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=8)
    vault.preferences.put(CHECKED, ago.isoformat()).result()
    room.rest(AGAIN_SECONDS)
    room.answered()
    assert checked(vault) != ago.isoformat()


def test_a_touch_ends_it_at_once_and_it_is_made_another_time(vault: Vault, room: Room) -> None:
    room.rest()
    room.waiting.pop(0)()
    assert room.resting.is_running
    # Whether it was over by then is chance; that it was asked to end is not.
    room.resting.touched()
    room.answered()
    ended = room.futures[-1].exception()
    assert ended is None or isinstance(ended, CheckStopped)
    assert not room.resting.is_running
    room.resting.look()
    assert not room.waiting
    room.rest(AGAIN_SECONDS)
    room.answered()
    assert checked(vault) is not None
    room.resting.leave()
    room.rest(AGAIN_SECONDS)
    assert not room.waiting


def test_what_is_found_is_told(vault: Vault, room: Room) -> None:
    damage(vault, "UPDATE entry SET title = 'other'")
    room.rest()
    room.answered()
    assert [each.title for report in room.found for each in report.damaged] == ["other"]
