"""One thread with the one connection to the book. Everything that reads or writes goes through it."""

import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from memorybook.domain.backup import Told
from memorybook.domain.changes import ChangeSet
from memorybook.domain.health import DamagedThing, PutRight
from memorybook.errors import (
    BookClosed,
    BookDamaged,
    BookMissing,
    BookMoved,
    MemoryBookError,
    StorageFailed,
    StorageFull,
)
from memorybook.storage import anew, ballast, changes
from memorybook.storage.book import BookFile, Identity
from memorybook.storage.browsing import Browsing, LookNeededError
from memorybook.storage.connection import Connection, check_sentinel, transaction
from memorybook.storage.faults import DatabaseFault, translate
from memorybook.storage.survey import Survey
from memorybook.storage.veil import Veil, draw

T = TypeVar("T")

QUIET_SECONDS = 2.0
"""How long after the last write the log is folded into the book, so that a copied folder is complete."""

_Job = Callable[[], None]


def carry_out(future: Future[T], work: Callable[[], T]) -> None:
    """Run ``work`` unless ``future`` was cancelled, and have that tell what came of it, failures too."""
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 - carried to whoever asked, as executors do
        future.set_exception(error)
    else:
        future.set_result(result)


def carry_over(done: Future[T], future: Future[T]) -> None:
    """Have ``future``, which is running, tell what came of another."""
    problem = done.exception()
    if problem is None:
        future.set_result(done.result())
    else:
        future.set_exception(problem)


class VaultWorker:
    """Runs functions of a connection one after another, and hands back futures.

    After a database error the connection is closed and opened afresh; a read is then tried once more.
    A future fails with an error of :mod:`memorybook.errors`, or with what the function itself raised.
    """

    def __init__(
        self, book: BookFile, publish: Callable[[ChangeSet], None], *, quiet: float = QUIET_SECONDS
    ) -> None:
        self.written = 0
        """How many transactions have changed something since the book was opened; for the vault's thread."""
        self.changed = 0
        """As ``written``, without the notes that the program keeps for itself."""
        self._book = book
        self._publish = publish
        self._quiet = quiet
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._gate = threading.Lock()
        self._closed = False
        self._connection: Connection | None = None
        self._identity: Identity | None = None
        self._checkpoint_at: float | None = None
        self._veil: Veil | None = None
        self._looked_at_file = False
        self._put_right: frozenset[PutRight] = frozenset()
        self.browsing = Browsing(lambda work, veil: self._attempt(lambda: self._read(work, veil), 1), publish)
        self._looking = ThreadPoolExecutor(1, "memorybook-looking")
        self._thread = threading.Thread(target=self._run, name="memorybook-vault", daemon=True)
        self._thread.start()

    def read(self, work: Callable[[Connection], T], veil: Veil | None = None) -> Future[T]:
        """Run ``work``, which must not write, then make sure that no page was damaged on the way.

        With a ``veil`` it sees what that shows of a damaged book.
        """
        return self._submit(lambda: self._read(work, veil), tries=2)

    def browse(
        self, work: Callable[[Connection], T], otherwise: Callable[[Connection], T] | None = None
    ) -> Future[T]:
        """As :meth:`read`, but what is damaged is left out, and told by :attr:`browsing`.

        For what is shown to a person; ``otherwise`` is run in the place of ``work`` when there is something
        to leave out. What has to be all of the book, or nothing, is :meth:`read`.
        """
        future: Future[T] = Future()

        def answered(read: Future[T]) -> None:
            if isinstance(read.exception(), LookNeededError):
                self._look_over(lambda: self._browsed(work, otherwise), future)
            elif future.set_running_or_notify_cancel():
                carry_over(read, future)

        first = self._submit(lambda: self.browsing.read(work, otherwise, last=False), tries=1)
        first.add_done_callback(answered)
        return future

    def _look_over(self, then: Callable[[], T], future: Future[T]) -> None:
        """Have it found out what is lost, on a thread that nobody waits behind but who asks for lists."""
        with self._gate:
            try:
                self._looking.submit(carry_out, future, then)
            except RuntimeError:
                future.set_exception(BookClosed())

    def _browsed(
        self, work: Callable[[Connection], T], otherwise: Callable[[Connection], T] | None
    ) -> T:
        try:  # another list may have met the same
            return self._submit(lambda: self.browsing.read(work, otherwise, last=False), tries=1).result()
        except LookNeededError:
            self.browsing.look_over(lambda asked, veil: self.read(asked, veil).result())
        return self._submit(lambda: self.browsing.read(work, otherwise), tries=1, mends=True).result()

    def aside(self, work: Callable[[BookFile], T]) -> Future[T]:
        """Run ``work`` on the closed file, with nothing in its log, while everything else waits.

        Fails with StorageFailed when the log could not be folded into the book.
        """

        def once() -> T:
            self._connected()
            self._let_go()
            if self._book.has_log():
                raise StorageFailed
            return work(self._book)

        return self._submit(once, tries=1)

    def _read(self, work: Callable[[Connection], T], veil: Veil | None) -> T:
        connection = self._connected(veil)
        result = work(connection)
        check_sentinel(connection)
        return result

    def write(
        self, work: Callable[[Connection], tuple[T, ChangeSet | None]], *, is_note: bool = False
    ) -> Future[T]:
        """Run ``work`` in one transaction. The future resolves after COMMIT has reached the disk.

        ``work`` returns its result and what it changed, which is published on the worker's thread after
        COMMIT and before the future resolves; ``None`` when it found nothing to change. On a full disk it
        is run once more, with the room that was kept for that, and after the file was written anew, see
        :attr:`put_right`. With ``is_note`` what is written is none of what the book says, and no copy is
        due because of it.
        """

        def once() -> T:
            connection = self._connected()
            before = connection.total_changes
            with transaction(connection):
                result, change_set = work(connection)
                counts = connection.total_changes != before and not is_note
                if counts:
                    changes.count(connection)
                check_sentinel(connection)
                self._book.check_in_place(self._identity)
            self.changed += counts
            if connection.total_changes != before:
                self.written += 1
                self._checkpoint_at = time.monotonic() + self._quiet
            if change_set is not None:
                self._publish(change_set)
            return result

        def in_kept_room() -> T:
            try:
                return once()
            except (*DatabaseFault, MemoryBookError) as error:
                if not (self._is_full(error) and ballast.let_go(self._book.folder)):
                    raise
            return once()

        return self._submit(in_kept_room, tries=1, mends=True)

    def _is_full(self, error: BaseException) -> bool:
        known = error if isinstance(error, MemoryBookError) else translate(error, self._book.path)
        return isinstance(known, StorageFull)

    @property
    def put_right(self) -> frozenset[PutRight]:
        """What was damaged and is whole again, in this session. Any thread; waits for nothing.

        When a read or a write fails and nothing that people keep is damaged, the file is written anew, once
        in a session, and it is tried again. That is published as ``damage``.
        """
        return self._put_right

    def tell_put_right(self, what: PutRight) -> None:
        """Something else was put right. Any thread."""
        with self._gate:
            self._put_right |= {what}
        self._publish(ChangeSet(damage=True))

    def write_file_anew(
        self, told: Told, stopped: Callable[[], bool], without: Sequence[DamagedThing] = ()
    ) -> Future[bool]:
        """As :func:`memorybook.storage.anew.write`, while everything else waits."""
        return self._submit(lambda: self._write_anew(told, stopped, without), tries=1)

    def _write_anew(
        self, told: Told, stopped: Callable[[], bool], without: Sequence[DamagedThing] = ()
    ) -> bool:
        self._connected()
        self._let_go()
        if self._book.has_log() or not anew.write(self._book, told, stopped, without):
            return False
        self.browsing.adopt(Survey())
        self.tell_put_right(PutRight.FILE)
        return True

    def _mended(self) -> bool:
        """Whether the damage that was met is gone: nothing but orders and the index of words hung on it."""
        if self._looked_at_file or self.browsing.things:
            return False
        self._looked_at_file = True
        try:
            return self._write_anew(lambda _: None, lambda: self._closed)  # closing does not wait for it
        except (*DatabaseFault, MemoryBookError):
            return False

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
        self._looking.shutdown()  # whoever still asks there is answered that the book is closed

    def _end(self) -> None:
        with self._gate:
            if not self._closed:
                self._closed = True
                self._queue.put(None)

    def _submit(self, once: Callable[[], T], *, tries: int, mends: bool = False) -> Future[T]:
        future: Future[T] = Future()

        with self._gate:
            if self._closed:
                future.set_exception(BookClosed())
            else:
                self._queue.put(lambda: carry_out(future, lambda: self._attempt(once, tries, mends=mends)))
        return future

    def _attempt(self, once: Callable[[], T], tries: int, *, mends: bool = False) -> T:
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
                if tries > 0 and isinstance(problem, BookDamaged):
                    continue
                if not (mends and isinstance(problem, BookDamaged) and self._mended()):
                    raise problem from None
                mends = False

    def _run(self) -> None:
        while True:
            try:
                job = self._queue.get(timeout=self._until_checkpoint())
            except queue.Empty:
                self._checkpoint()
                ballast.keep(self._book.folder)
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

    def _connected(self, veil: Veil | None = None) -> Connection:
        if self._connection is not None and self._veil is not veil:
            self._disconnect()
        if self._connection is None:
            identity = self._book.identity()
            self._connection = self._book.connect()
            self._identity, self._veil = identity, veil
            if veil is not None:
                draw(self._connection, veil)
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
