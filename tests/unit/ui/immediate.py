"""Work that is done at once, and answers that come at once, for presenters without a window."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from memorybook.errors import MemoryBookError

T = TypeVar("T")


def run(work: Callable[[], T], /) -> Future[T]:
    """Do it here and now."""
    future: Future[T] = Future()
    try:
        future.set_result(work())
    except MemoryBookError as error:
        future.set_exception(error)
    return future


def deliver(
    future: Future[T], done: Callable[[T], None], failed: Callable[[MemoryBookError], None], /
) -> None:
    """Hand over what is there already."""
    error = future.exception()
    if error is None:
        done(future.result())
    else:
        assert isinstance(error, MemoryBookError)
        failed(error)
