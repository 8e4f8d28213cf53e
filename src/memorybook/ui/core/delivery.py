"""How an answer from another thread reaches a presenter, without the presenter knowing Qt."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol, TypeVar

from memorybook.errors import MemoryBookError

T = TypeVar("T")


class Deliver(Protocol):
    """Hands the result of a future to ``done`` or ``failed``, on the GUI thread, in order of arrival."""

    def __call__(
        self,
        future: Future[T],
        done: Callable[[T], None],
        failed: Callable[[MemoryBookError], None],
        /,
    ) -> None: ...


class Run(Protocol):
    """Does something off the window's thread."""

    def __call__(self, work: Callable[[], T], /) -> Future[T]: ...


def or_none(future: Future[T]) -> Future[T | None]:
    """The answer, or ``None`` for what was put away or is gone for ever (LookupError). Any thread."""
    answer: Future[T | None] = Future()

    def pass_on(done: Future[T]) -> None:
        error = None if done.cancelled() else done.exception()
        if done.cancelled():
            answer.cancel()
        elif isinstance(error, LookupError):
            answer.set_result(None)
        elif error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(done.result())

    future.add_done_callback(pass_on)
    return answer
