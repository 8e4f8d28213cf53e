"""Tells every screen what a change to the book touched, and nobody more."""

import threading
from collections.abc import Callable
from concurrent.futures import Future

from memorybook.domain.changes import ChangeSet

Callback = Callable[[ChangeSet], None]


class Changes:
    """Those who want to know, called on the vault's worker thread, after COMMIT and before the future."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._callbacks: dict[object, Callback] = {}

    def subscribe(self, callback: Callback) -> Callable[[], None]:
        """Have ``callback`` called with every change from now on. Returns what ends it. Any thread."""
        key = object()
        with self._lock:
            self._callbacks[key] = callback

        def unsubscribe() -> None:
            with self._lock:
                self._callbacks.pop(key, None)

        return unsubscribe

    def publish(self, changes: ChangeSet) -> None:
        """Call everyone who subscribed. What one of them raises is logged and reaches nobody else."""
        with self._lock:
            callbacks = tuple(self._callbacks.values())
        announcement: Future[ChangeSet] = Future()
        for callback in callbacks:
            # A future logs what a callback raises: what was kept stays kept, and said to be.
            announcement.add_done_callback(lambda done, tell=callback: tell(done.result()))  # type: ignore[misc]
        announcement.set_result(changes)
