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
