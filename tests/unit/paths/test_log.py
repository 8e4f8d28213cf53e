"""Whatever goes wrong, no text reaches the log."""

import datetime
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from memorybook import log

CANARY = "canary words of a diary"


def _in_a_dictionary() -> object:
    return {"other": 1}[CANARY]


@pytest.fixture(autouse=True)
def _hooks() -> Iterator[None]:
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.parametrize(
    "fail",
    [
        lambda: int(CANARY),
        lambda: datetime.datetime.strptime(CANARY, "%Y").replace(tzinfo=datetime.UTC),
        lambda: datetime.date.fromisoformat(CANARY),
        lambda: Path(f"/{CANARY}/x").read_bytes(),
        lambda: (CANARY + "é").encode("ascii"),
        _in_a_dictionary,
    ],
)
def test_an_exception_leaves_its_words_behind(
    fail: Callable[[], object], capsys: pytest.CaptureFixture[str]
) -> None:
    log.install()
    try:
        fail()
    except (ValueError, LookupError, OSError) as error:
        sys.excepthook(type(error), error, error.__traceback__)
        logging.getLogger("memorybook.somewhere").exception("it failed: %s", CANARY)
        threading.excepthook(threading.ExceptHookArgs((type(error), error, error.__traceback__, None)))
        name = type(error).__name__
    else:
        raise AssertionError
    written = capsys.readouterr().err
    assert CANARY not in written
    assert written.count(name) == 3
    assert "test_log.py:" in written


def test_a_thread_that_fails_is_logged_without_text(capsys: pytest.CaptureFixture[str]) -> None:
    log.install()
    thread = threading.Thread(target=lambda: int(CANARY))
    thread.start()
    thread.join()
    written = capsys.readouterr().err
    assert CANARY not in written
    assert "ValueError" in written


def test_what_fails_while_cleaning_up_is_logged_without_text(capsys: pytest.CaptureFixture[str]) -> None:
    log.install()

    class Left:
        def __del__(self) -> None:
            int(CANARY)

    Left()
    written = capsys.readouterr().err
    assert CANARY not in written
    assert "ValueError" in written


def test_an_interruption_from_the_keyboard_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    log.install()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert not capsys.readouterr().err
