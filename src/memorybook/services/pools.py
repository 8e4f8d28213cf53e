"""Work for the threads of an open book, refused once the book is closed."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from memorybook.errors import BookClosed

T = TypeVar("T")


def submit(pool: ThreadPoolExecutor, work: Callable[[], T]) -> Future[T]:
    """Have ``work`` done there. Once the book is closed the future fails with BookClosed."""
    try:
        return pool.submit(work)
    except RuntimeError:  # shut down
        refused: Future[T] = Future()
        refused.set_exception(BookClosed())
        return refused
