"""One thread with the one connection to the book. Everything that reads or writes goes through it."""

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from memorybook.domain.changes import ChangeSet
from memorybook.errors import (
    BookClosed,
    BookDamaged,
    BookMissing,
    BookMoved,
    MemoryBookError,
    StorageFailed,
    StorageFull,
)
from memorybook.storage.book import BookFile, Identity
from memorybook.storage.connection import Connection, check_sentinel, transaction
from memorybook.storage.faults import DatabaseFault, translate

T = TypeVar("T")

QUIET_SECONDS = 2.0
"""How long after the last write the log is folded into the book, so that a copied folder is complete."""

_Job = Callable[[], None]


class VaultWorker:
    """Runs functions of a connection one after another, and hands back futures.

    After a database error the connection is closed and opened afresh; a read is then tried once more.
    A future fails with an error of :mod:`memorybook.errors`, or with what the function itself raised.
    """

    def __init__(
        self, book: BookFile, publish: Callable[[ChangeSet], None], *, quiet: float = QUIET_SECONDS
    ) -> None:
        self._book = book
        self._publish = publish
        self._quiet = quiet
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._gate = threading.Lock()
        self._closed = False
        self._connection: Connection | None = None
        self._identity: Identity | None = None
        self._checkpoint_at: float | None = None
        self._thread = threading.Thread(target=self._run, name="memorybook-vault", daemon=True)
        self._thread.start()

    def read(self, work: Callable[[Connection], T]) -> Future[T]:
        """Run ``work``, which must not write, then make sure that no page was damaged on the way."""

        def once() -> T:
            connection = self._connected()
            result = work(connection)
            check_sentinel(connection)
            return result

        return self._submit(once, tries=2)

    def write(self, work: Callable[[Connection], tuple[T, ChangeSet | None]]) -> Future[T]:
        """Run ``work`` in one transaction. The future resolves after COMMIT has reached the disk.

        ``work`` returns its result and what it changed, which is published on the worker's thread after
        COMMIT and before the future resolves; ``None`` when it found nothing to change.
        """

        def once() -> T:
            connection = self._connected()
            before = connection.total_changes
            with transaction(connection):
                result, changes = work(connection)
                check_sentinel(connection)
                self._book.check_in_place(self._identity)
            if connection.total_changes != before:
                self._checkpoint_at = time.monotonic() + self._quiet
            if changes is not None:
                self._publish(changes)
            return result

        return self._submit(once, tries=1)

    def fold(self) -> Future[None]:
        """Fold the log into the book now, and not only when it is quiet: nothing older is left in it then.

        On a full disk it stays, as it does otherwise.
        """

        def once() -> None:
            self._checkpoint_at = time.monotonic()
            self._checkpoint()

        return self._submit(once, tries=1)

    def hand_over(
        self, work: Callable[[Connection, Callable[[], None]], T], successor: Callable[[T], BookFile]
    ) -> Future[T]:
        """Run ``work``, which puts another book in the place of this one; then take nothing more.

        ``work`` is given the connection and what closes it, to be called before a file is moved;
        ``successor`` tells how the new book is opened. What was asked for meanwhile is done in the new book,
        what is asked for afterwards fails with BookClosed. When ``work`` raises, this book goes on as before.
        """

        def once() -> T:
            connection = self._connected()
            try:
                result = work(connection, self._let_go)
            finally:
                self._disconnect()
            self._book = successor(result)
            self._end()
            return result

        return self._submit(once, tries=1)

    def close(self) -> None:
        """Run what is queued, fold the log into the book and close it. Blocks; may be called again."""
        self._end()
        self._thread.join()

    def _end(self) -> None:
        with self._gate:
            if not self._closed:
                self._closed = True
                self._queue.put(None)

    def _submit(self, once: Callable[[], T], *, tries: int) -> Future[T]:
        future: Future[T] = Future()

        def job() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = self._attempt(once, tries)
            except BaseException as error:  # noqa: BLE001 - carried to whoever asked, as executors do
                future.set_exception(error)
            else:
                future.set_result(result)

        with self._gate:
            if self._closed:
                future.set_exception(BookClosed())
            else:
                self._queue.put(job)
        return future

    def _attempt(self, once: Callable[[], T], tries: int) -> T:
        while True:
            tries -= 1
            try:
                return once()
            except (*DatabaseFault, MemoryBookError) as error:
                problem = error if isinstance(error, MemoryBookError) else translate(error, self._book.path)
                if problem is None:
                    raise
                if not isinstance(problem, StorageFull):
                    self._disconnect()
                if isinstance(problem, BookMissing):  # it was there when it was opened
                    raise BookMoved from None
                if not tries or not isinstance(problem, BookDamaged):
                    raise problem from None

    def _run(self) -> None:
        while True:
            try:
                job = self._queue.get(timeout=self._until_checkpoint())
            except queue.Empty:
                self._checkpoint()
                continue
            if job is None:
                break
            job()
            del job  # it holds what was asked for until the next one comes
        self._checkpoint()
        if self._connection is not None and self._disconnect():
            self._book.keep_first_page(self._identity)

    def _until_checkpoint(self) -> float | None:
        return None if self._checkpoint_at is None else max(0.0, self._checkpoint_at - time.monotonic())

    def _checkpoint(self) -> None:
        """Fold the log into the book. On a full disk it stays where it is, whole, for the next time."""
        due, self._checkpoint_at = self._checkpoint_at, None
        if due is None or self._connection is None:
            return
        try:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except DatabaseFault as error:
            if not isinstance(translate(error, self._book.path), StorageFull):
                self._disconnect()

    def _connected(self) -> Connection:
        if self._connection is None:
            identity = self._book.identity()
            self._connection = self._book.connect()
            self._identity = identity
        return self._connection

    def _let_go(self) -> None:
        if not self._disconnect():
            raise StorageFailed

    def _disconnect(self) -> bool:
        """Close the connection, if there is one; whether that went well."""
        connection, self._connection = self._connection, None
        self._checkpoint_at = None
        if connection is not None:
            try:
                connection.close()
            except DatabaseFault:
                return False
        return True
