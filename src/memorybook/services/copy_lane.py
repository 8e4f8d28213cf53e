"""A thread that does one thing after another, and that nobody waits for when a drive does not answer."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from memorybook.errors import BookClosed
from memorybook.storage.worker import carry_out

T = TypeVar("T")

_Job = Callable[[], None]


class CopyLane:
    """Begins its thread with the first job. Any thread may call."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._gate = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Run ``work`` after what was asked for before. Fails with BookClosed once it is closed."""
        future: Future[T] = Future()

        def unless_closed() -> T:
            if self._closed:
                raise BookClosed
            return work()

        with self._gate:
            if self._closed:
                future.set_exception(BookClosed())
                return future
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
            self._queue.put(lambda: carry_out(future, unless_closed))
        return future

    def close(self, seconds: float | None = None) -> None:
        """Begin nothing more, and wait for what runs: as long as it takes, or so many seconds."""
        with self._gate:
            self._closed = True
            self._queue.put(None)
        if self._thread is not None:
            self._thread.join(seconds)

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            job()
            del job  # it holds what was asked for until the next one comes
