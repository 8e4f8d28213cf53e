"""The computer's own clock."""

import datetime

from memorybook.system.clock import Clock, SystemClock


def test_now_is_aware_and_local() -> None:
    clock: Clock = SystemClock()
    before = datetime.datetime.now(tz=datetime.UTC)
    now = clock.now()
    assert before <= now <= datetime.datetime.now(tz=datetime.UTC)
    assert now.utcoffset() == datetime.datetime.now().astimezone().utcoffset()


def test_the_stopwatch_never_goes_back() -> None:
    clock = SystemClock()
    marks = [clock.monotonic() for _ in range(100)]
    assert marks == sorted(marks)
