"""When something is deleted for ever, no log of the database keeps it either."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from memorybook.storage.worker import VaultWorker

T = TypeVar("T")


def once_folded(worker: VaultWorker, destroyed: Future[T]) -> Future[T]:
    """What ``destroyed`` comes to, but not before the log is folded into the book. Any thread."""
    answer = Future[T]()
    worker.fold().add_done_callback(lambda _: destroyed.add_done_callback(_tell(answer)))
    return answer


def _tell(answer: Future[T]) -> Callable[[Future[T]], None]:
    def tell(done: Future[T]) -> None:
        error = done.exception()
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(done.result())

    return tell
