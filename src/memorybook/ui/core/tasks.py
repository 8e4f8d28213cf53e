"""Futures of the vault's thread, delivered on the GUI thread or dropped when nobody is left to ask."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from memorybook.errors import MemoryBookError
from memorybook.ui.core.delivery import Deliver

T = TypeVar("T")


class _Courier(QObject):
    """Lives on the GUI thread; ``arrived`` may be emitted from any thread."""

    arrived = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._waiting: dict[int, Callable[[], None]] = {}
        self._next = 0
        self.arrived.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    def expect(self, action: Callable[[], None]) -> int:
        self._next += 1
        self._waiting[self._next] = action
        return self._next

    def _hand_over(self, token: int) -> None:
        action = self._waiting.pop(token, None)
        if action is not None:
            action()


_courier: list[_Courier] = []


def start() -> None:
    """Make the courier on the GUI thread. Called once by the application before any task."""
    if not _courier or not shiboken6.isValid(_courier[0]):
        _courier[:] = [_Courier()]


def deliver(
    future: Future[T],
    owner: QObject,
    done: Callable[[T], None],
    failed: Callable[[MemoryBookError], None],
) -> None:
    """Call ``done`` or ``failed`` on the GUI thread; neither when ``owner`` has been destroyed.

    Anything but a :class:`MemoryBookError` is a mistake of ours: the owner gets the general sentence, so
    that it does not wait for ever, and the error is raised on the GUI thread, where it is logged.
    """
    courier = _courier[0]

    def act() -> None:
        if not shiboken6.isValid(owner) or future.cancelled():
            return
        error = future.exception()
        if error is None:
            done(future.result())
        elif isinstance(error, MemoryBookError):
            failed(error)
        else:
            failed(MemoryBookError())
            raise error

    token = courier.expect(act)

    def wake(_: Future[T]) -> None:
        if shiboken6.isValid(courier):
            courier.arrived.emit(token)

    future.add_done_callback(wake)


def delivery_to(owner: QObject) -> Deliver:
    """:func:`deliver` for one owner, as a presenter takes it."""

    def hand(
        future: Future[T], done: Callable[[T], None], failed: Callable[[MemoryBookError], None], /
    ) -> None:
        deliver(future, owner, done, failed)

    return hand


class Background:
    """Threads for what blocks outside the vault: unlocking, typesetting, writing a PDF. GUI thread."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="background")
        self._closing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="closing")
        self._stopped = False

    def run(self, work: Callable[[], T]) -> Future[T]:
        """Run ``work`` off the GUI thread; once stopped, the future is cancelled and nothing is run."""
        if self._stopped:
            dropped: Future[T] = Future()
            dropped.cancel()
            return dropped
        return self._pool.submit(work)

    def run_closing(self, work: Callable[[], T]) -> Future[T]:
        """Run ``work``, which closes a book, without waiting behind anything else."""
        return self._closing.submit(work)

    def stop(self) -> None:
        """Wait for what runs, drop what has not begun and what late answers ask for."""
        self._stopped = True
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._closing.shutdown(wait=True)
