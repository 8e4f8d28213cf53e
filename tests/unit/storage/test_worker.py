"""One thread, one connection: what is queued runs in order, and what fails is told apart."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from memorybook.domain.changes import ChangeSet
from memorybook.errors import (
    BookClosed,
    BookDamaged,
    BookMoved,
    BookOpenElsewhere,
    StorageFailed,
    StorageFull,
)
from memorybook.storage import preferences, story
from memorybook.storage.book import BookFile
from memorybook.storage.connection import Connection
from memorybook.storage.worker import VaultWorker
from tests.disks import small_disk
from tests.unit.storage.making import book_in, opened, write_entries


@pytest.fixture(name="book")
def _book(tmp_path: Path) -> BookFile:
    return book_in(tmp_path / "book")


@pytest.fixture(name="published")
def _published() -> list[ChangeSet]:
    return []


@pytest.fixture(name="worker")
def _worker(book: BookFile, published: list[ChangeSet]) -> Iterator[VaultWorker]:
    worker = VaultWorker(book, published.append, quiet=0.05)
    yield worker
    worker.close()


def _put(worker: VaultWorker, key: str, value: str) -> Future[bool]:
    def work(connection: Connection) -> tuple[bool, ChangeSet | None]:
        written = preferences.put(connection, key, value)
        return written, ChangeSet(preferences=True) if written else None

    return worker.write(work)


def _get(worker: VaultWorker, key: str) -> str | None:
    return worker.read(lambda connection: preferences.get(connection, key)).result()


def _wait_until(condition: Callable[[], bool]) -> None:
    pause, until = threading.Event(), time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until
        pause.wait(0.01)


def test_what_was_asked_for_runs_in_order_on_one_thread(worker: VaultWorker) -> None:
    seen: list[tuple[int, str]] = []

    def note(number: int) -> Future[None]:
        return worker.read(lambda _: seen.append((number, threading.current_thread().name)))

    futures = [note(number) for number in range(50)]
    for future in futures:
        future.result()
    assert [number for number, _ in seen] == list(range(50))
    assert {name for _, name in seen} == {"memorybook-vault"}


def test_a_future_resolves_after_the_commit_and_after_the_news(
    worker: VaultWorker, book: BookFile, published: list[ChangeSet]
) -> None:
    _put(worker, "a", "1").result()
    assert published == [ChangeSet(preferences=True)]
    copy = book.folder.with_name("copy")
    shutil.copytree(book.folder, copy)
    connection = opened(BookFile(copy, book.key, book.salt))
    assert preferences.get(connection, "a") == "1"
    connection.close()


def test_nothing_changed_is_nothing_written(
    worker: VaultWorker, book: BookFile, published: list[ChangeSet]
) -> None:
    _put(worker, "a", "1").result()
    log = book.folder / "book.db-wal"
    _wait_until(lambda: log.stat().st_size == 0)
    assert _put(worker, "a", "1").result() is False
    assert len(published) == 1
    assert log.stat().st_size == 0


def test_the_log_is_folded_in_after_a_quiet_while(worker: VaultWorker, book: BookFile) -> None:
    _put(worker, "a", "1").result()
    _wait_until(lambda: (book.folder / "book.db-wal").stat().st_size == 0)
    alone = book.folder.with_name("alone")
    alone.mkdir()
    shutil.copy(book.path, alone / "book.db")
    connection = opened(BookFile(alone, book.key, book.salt))
    assert preferences.get(connection, "a") == "1"
    connection.close()


def test_a_mistake_in_the_program_is_raised_as_it_is(worker: VaultWorker) -> None:
    def fail(_connection: Connection) -> None:
        raise KeyError

    assert isinstance(worker.read(fail).exception(), KeyError)
    assert isinstance(
        worker.read(lambda c: c.execute("SELECT nonsense")).exception(), dbapi2.OperationalError
    )
    assert _get(worker, "a") is None


def test_a_write_that_fails_leaves_nothing(worker: VaultWorker, published: list[ChangeSet]) -> None:
    def fail(connection: Connection) -> tuple[None, ChangeSet]:
        preferences.put(connection, "a", "1")
        raise KeyError

    assert isinstance(worker.write(fail).exception(), KeyError)
    assert _get(worker, "a") is None
    assert not published


def test_a_read_is_tried_again_on_a_fresh_connection(worker: VaultWorker) -> None:
    tries: list[Connection] = []

    def damaged_once(connection: Connection) -> int:
        tries.append(connection)
        if len(tries) == 1:
            raise BookDamaged
        return story.count(connection)

    assert worker.read(damaged_once).result() == 0
    assert len(tries) == 2
    assert tries[0] is not tries[1]


def test_a_write_is_not_tried_again(worker: VaultWorker) -> None:
    tries = []

    def damaged(_connection: Connection) -> tuple[None, None]:
        tries.append(1)
        raise BookDamaged

    assert isinstance(worker.write(damaged).exception(), BookDamaged)
    assert len(tries) == 1
    assert _get(worker, "a") is None


def test_a_future_may_be_cancelled_while_it_waits(worker: VaultWorker) -> None:
    gate = threading.Event()
    held = worker.read(lambda _: gate.wait(20))
    waiting = worker.read(lambda _: None)
    assert waiting.cancel()
    gate.set()
    assert held.result()
    assert _get(worker, "a") is None


def test_closing_runs_what_is_queued_and_refuses_the_rest(book: BookFile, published: list[ChangeSet]) -> None:
    worker = VaultWorker(book, published.append)
    gate = threading.Event()
    held = worker.read(lambda _: gate.wait(20))
    last = _put(worker, "a", "1")
    closing = threading.Thread(target=worker.close)
    closing.start()
    _wait_until(
        lambda: isinstance(worker.read(lambda _: None).exception(0) if worker._closed else None, BookClosed)
    )
    gate.set()
    closing.join()
    assert held.result()
    assert last.result()
    worker.close()
    assert isinstance(_put(worker, "b", "2").exception(), BookClosed)
    assert {path.name for path in book.folder.iterdir()} == {"book.db", "book.page1"}
    assert (book.folder / "book.page1").read_bytes() == book.path.read_bytes()[:4096]


def test_a_book_open_elsewhere_says_so(worker: VaultWorker, book: BookFile) -> None:
    assert _get(worker, "a") is None
    other = VaultWorker(book, lambda _: None)
    assert isinstance(other.read(story.count).exception(), BookOpenElsewhere)
    other.close()


def test_a_full_disk_keeps_what_was_kept_and_goes_on_afterwards(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "4m") as disk:
        book = book_in(disk.folder / "book")
        worker = VaultWorker(book, lambda _: None, quiet=0.01)
        _put(worker, "kept", "1").result()
        disk.fill()
        for _ in range(3):
            problem = _put(worker, "long", os.urandom(200_000).hex()).exception()
            assert isinstance(problem, StorageFull | StorageFailed)
        assert _get(worker, "kept") == "1"
        assert _get(worker, "long") is None
        disk.free()
        long = os.urandom(200_000).hex()
        assert _put(worker, "long", long).result()
        assert _get(worker, "long") == long
        worker.close()
        connection = opened(book)
        assert preferences.get(connection, "kept") == "1"
        assert preferences.get(connection, "long") == long
        connection.close()


def test_closing_on_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "4m") as disk:
        book = book_in(disk.folder / "book")
        worker = VaultWorker(book, lambda _: None)
        long = os.urandom(100_000).hex()
        _put(worker, "long", long).result()
        disk.fill()
        worker.close()
        disk.free()
        worker = VaultWorker(book, lambda _: None)
        assert _get(worker, "long") == long
        worker.close()


@pytest.mark.parametrize("how", ["removed", "moved", "replaced"])
def test_a_book_that_is_not_there_any_more_is_not_written_to(
    worker: VaultWorker, book: BookFile, tmp_path: Path, how: str
) -> None:
    """Without this a write would succeed, into a file that nobody can find."""
    _put(worker, "a", "1").result()
    away = tmp_path / "away"
    if how == "removed":
        shutil.copytree(book.folder, away)
        shutil.rmtree(book.folder)
    else:
        book.folder.rename(away)
    if how == "replaced":
        shutil.copytree(away, book.folder)
    assert isinstance(_put(worker, "a", "2").exception(), StorageFailed)
    if how == "replaced":
        assert _put(worker, "a", "2").result()
        return
    assert isinstance(_put(worker, "a", "2").exception(), BookMoved)
    away.rename(book.folder)
    assert _get(worker, "a") == "1"
    assert _put(worker, "a", "2").result()
    assert _get(worker, "a") == "2"


def test_opening_does_not_read_the_whole_book(tmp_path: Path) -> None:
    """The first screen has to come as fast in a large book as in a small one."""
    book = book_in(tmp_path / "book")
    write_entries(book, 2_000, 2_000)
    before = _bytes_read()
    worker = VaultWorker(book, lambda _: None)
    assert len(worker.read(lambda connection: story.page(connection, None, 20)).result().rows) == 20
    read = _bytes_read() - before
    worker.close()
    assert book.path.stat().st_size > 8_000_000
    assert read < 800_000


def _bytes_read() -> int:
    fields = dict(line.split(": ") for line in Path("/proc/self/io").read_text().splitlines())
    return int(fields["rchar"])
