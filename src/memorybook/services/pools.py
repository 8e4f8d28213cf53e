"""Work for other threads, told of by futures: in the pools of an open book, or on a thread of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from memorybook.errors import BookClosed
from memorybook.storage.worker import carry_out

T = TypeVar("T")


def submit(pool: ThreadPoolExecutor, work: Callable[[], T]) -> Future[T]:
    """Have ``work`` done there. Once the book is closed the future fails with BookClosed."""
    try:
        return pool.submit(work)
    except RuntimeError:  # shut down
        refused: Future[T] = Future()
        refused.set_exception(BookClosed())
        return refused


def in_background(work: Callable[[], T], *, name: str) -> Future[T]:
    """Run ``work`` on a thread that does not hold up the end of the program, however long it waits."""
    future: Future[T] = Future()
    threading.Thread(target=carry_out, args=(future, work), name=f"memorybook-{name}", daemon=True).start()
    return future
