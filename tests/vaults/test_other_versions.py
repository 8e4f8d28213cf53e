"""The program with a book of another version: an older one opens, a newer one is refused and stays whole."""

import io
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from memorybook.app import command_line
from memorybook.errors import BookNewer
from memorybook.storage import connection, keyfile, migrate, replicas
from tests.flows.driver import Driver, running
from tests.vaults.test_vaults import KEPT

NEWEST = KEPT[-1]
SAID = json.loads((NEWEST / "expected.json").read_text("utf-8"))

Run = Callable[..., int]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command, and what is typed for it."""

    def carried_out(*arguments: object, typed: str) -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\n"))
        return command_line.run(list(map(str, arguments)))

    return carried_out


@pytest.fixture
def driver() -> Iterator[Driver]:
    with running() as driver:
        yield driver


def copied(kept: Path, tmp_path: Path) -> Path:
    return shutil.copytree(kept / "folder", tmp_path / "Memory Book")


def content(book: Path) -> dict[str, bytes]:
    """All that is in the folder; the lock is an empty file that may come."""
    files = {str(path.relative_to(book)): path.read_bytes() for path in book.rglob("*") if path.is_file()}
    assert files.pop("book.lock", b"") == b""
    return files


def by_newer_tables(book: Path) -> None:
    (way,) = replicas.unlock(book, SAID["passphrase"])
    newest = migrate.newest()
    opened = connection.connect(
        book / "book.db", way.seed.database_key(), way.key_file.db_salt, newest=newest
    )
    opened.execute(f"PRAGMA user_version = {newest + 1}")
    opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    opened.close()


def by_newer_keys(book: Path) -> None:
    """Whole, signed by the book's own seed, and of a form that this version does not know."""
    (way,) = replicas.unlock(book, SAID["passphrase"])
    later = keyfile.seal({**way.key_file.body, "v": keyfile.VERSION + 1}, way.seed)
    for name in replicas.NAMES:
        (book / name).write_bytes(later.data)


@pytest.fixture(params=[by_newer_tables, by_newer_keys])
def newer(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    book = copied(NEWEST, tmp_path)
    request.param(book)
    return book


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.name)
def test_a_book_of_an_earlier_version_serves_every_command(
    run: Run, tmp_path: Path, kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = json.loads((kept / "expected.json").read_text("utf-8"))
    book, typed = copied(kept, tmp_path), expected["passphrase"]
    for number, command in enumerate(
        [
            ("health", book),
            ("export", book, "--pdf", tmp_path / "book.pdf"),
            ("backup", book, "--to", tmp_path / "book.mbbackup"),
            ("archive", book, "--to", tmp_path / "archive"),
            ("restore", book, "--to", tmp_path / "restored"),
        ]
    ):
        by_words = number % 2 == 1
        ways = ("--words",) if by_words else ()
        assert run(*command, *ways, typed=expected["words"] if by_words else typed) == 0, command
    capsys.readouterr()


@pytest.mark.desktop
@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.name)
def test_a_book_of_an_earlier_version_opens_in_the_window(
    driver: Driver, tmp_path: Path, kept: Path
) -> None:
    expected = json.loads((kept / "expected.json").read_text("utf-8"))
    driver.show(copied(kept, tmp_path))
    driver.type_into("passphrase", expected["passphrase"])
    driver.press("open-book")
    driver.find("entry-text")
    assert driver.book.vault.health.check(deep=True).result().is_whole


@pytest.mark.parametrize("by_words", [False, True])
def test_no_command_changes_a_book_of_a_newer_version(
    run: Run, newer: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], by_words: bool
) -> None:
    before = content(newer)
    typed, ways = (SAID["words"], ("--words",)) if by_words else (SAID["passphrase"], ())
    for command in [
        ("health", newer),
        ("export", newer, "--pdf", tmp_path / "book.pdf"),
        ("backup", newer, "--to", tmp_path / "book.mbbackup"),
        ("backup", newer, "--to", tmp_path / "copies"),
        ("archive", newer, "--to", tmp_path / "archive"),
        ("restore", newer, "--to", tmp_path / "restored"),
        ("salvage", newer, "--to", tmp_path / "salvaged"),
    ]:
        assert run(*command, *ways, typed=typed) == 1, command
        assert BookNewer.sentence in capsys.readouterr().err, command
        assert content(newer) == before, command
    made = {path.name for path in tmp_path.iterdir()} - {newer.name, "copies"}
    assert made == set()


@pytest.mark.desktop
def test_the_window_refuses_a_book_of_a_newer_version_kindly_and_leaves_it_alone(
    driver: Driver, newer: Path
) -> None:
    before = content(newer)
    driver.show(newer)
    driver.type_into("passphrase", SAID["passphrase"])
    driver.press("open-book")
    driver.wait(lambda: driver.sees(BookNewer.sentence))
    assert content(newer) == before
