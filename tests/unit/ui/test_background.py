"""What is done off the window's thread, up to the end of the program and after it."""

import threading

import pytest

from memorybook.ui.core.tasks import Background


def test_what_is_asked_for_after_the_end_is_dropped_in_silence() -> None:
    background = Background()
    begun, go_on = threading.Event(), threading.Event()

    def work() -> str:
        begun.set()
        assert go_on.wait(30)
        return "done"

    running = background.run(work)
    assert begun.wait(30)
    stopping = threading.Timer(0.0, go_on.set)
    stopping.start()
    background.stop()
    stopping.join()
    assert running.result(0) == "done", "what runs is waited for"
    ran: list[str] = []
    late = background.run(lambda: ran.append("late"))
    assert late.cancelled()
    assert not ran


def test_what_fails_is_told_to_whoever_asked() -> None:
    background = Background()
    future = background.run(lambda: int("no number"))
    with pytest.raises(ValueError, match="no number"):
        future.result(30)
    background.stop()
