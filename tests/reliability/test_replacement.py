"""After the book is closed, the process that had it open is gone: memory, descriptors, threads, children.

The program is the real one, unlocked, written in and locked by real keys. Its memory is read before (so that
it is known that the search finds something) and after.
"""

import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from memorybook.services.vault import Library
from memorybook.storage import lock, replicas
from memorybook.system.settings import Settings
from tests.books import PASSPHRASE
from tests.desktop.session import SCREEN_SIZE
from tests.reliability.program import Program

pytestmark = [pytest.mark.slow, pytest.mark.desktop, pytest.mark.timeout(240)]

CANARY = "Nachtigall9K7XW"
SENTENCE = f"what was said that night {CANARY} and not finis"
ROUNDS = 5


@pytest.fixture
def book(library: Library, tmp_path: Path) -> Path:
    folder = tmp_path / "Memory Book"
    library.create(folder, PASSPHRASE).close()
    return folder


@pytest.fixture
def program(book: Path, tmp_path: Path, qapp: QApplication) -> Iterator[Program]:
    with Program(book, tmp_path / "person") as program:
        yield program


def secrets(book: Path) -> dict[str, bytes]:
    """What must not be found, by a name for it."""
    (way,) = replicas.unlock(book, PASSPHRASE)
    key = way.seed.database_key()
    return {
        "words": CANARY.encode(),
        "words, as Qt has them": CANARY.encode("utf-16-le"),
        "passphrase": PASSPHRASE.encode(),
        "passphrase, as Qt has it": PASSPHRASE.encode("utf-16-le"),
        "key": key,
        "key in hex": key.hex().encode(),
        "key in hex, large": key.hex().upper().encode(),
        "media key": way.seed.media_key(),
    }


def written(library: Library, book: Path) -> str:
    vault = library.open(book, PASSPHRASE)
    try:
        rows = vault.journal.all_for_book().result()
        return "\n".join(vault.journal.entry(row.id).result().draft.body for row in rows)
    finally:
        vault.close()


def test_nothing_of_the_open_book_is_left_in_the_process(
    program: Program, library: Library, book: Path
) -> None:
    wanted = secrets(book)
    program.unlock(PASSPHRASE)
    program.type(SENTENCE)
    program.wait(lambda: any(program.copies([wanted["words, as Qt has them"]]).values()), "the words")
    before = program.copies(wanted.values())
    place, begun_with = program.place(), set(program.environment().split(b"\0"))

    program.lock()
    after = program.copies(wanted.values())
    for name, secret in wanted.items():
        print(f"{name}: {before[secret]} -> {after[secret]}")
    assert before[wanted["words"]] or before[wanted["words, as Qt has them"]], "control"
    assert before[wanted["key"]] or before[wanted["key in hex"]], "control"
    assert not any(after.values())

    assert program.arguments()[-2:] == ["--locked", str(book)]
    assert not any(secret in " ".join(program.arguments()).encode() for secret in wanted.values())
    assert set(program.environment().split(b"\0")) <= begun_with
    assert program.children() == []
    opened = [name for name in program.descriptors() if str(book) in name]
    assert opened == []
    print("descriptors:", program.descriptors())
    print("threads:", program.threads())
    assert not any("vault" in name or "memorybook" in name for name in program.threads())
    assert program.place() == place
    assert not lock.is_held(book)
    assert SENTENCE in written(library, book)
    assert program.said() == ""


def test_the_fresh_process_waits_for_the_passphrase_and_goes_on(
    program: Program, library: Library, book: Path
) -> None:
    number = program.pid
    for turn in range(3):
        program.unlock(PASSPHRASE)  # typed without a click: the field has the keyboard
        program.type(f"turn{turn} ")
        program.lock()
    assert program.pid == number
    assert all(f"turn{turn}" in written(library, book) for turn in range(3))


def test_a_minimised_window_comes_back_as_one_and_so_does_a_maximised_one(
    book: Path, library: Library, tmp_path: Path, qapp: QApplication
) -> None:
    person = tmp_path / "person"
    chosen = Settings(person / "home" / ".config" / "memorybook" / "settings.json")
    chosen.lock_on_minimise = chosen.window_maximised = True
    chosen.save()
    with Program(book, person) as program:
        program.unlock(PASSPHRASE)
        program.wait(lambda: _is_wide(program.place()), "a window as wide as the screen")
        program.type(SENTENCE)
        whole, before = program.place(), program.begun()
        program.minimise()
        told = ["--locked", "--minimised", str(book)]
        program.wait(lambda: program.begun() != before and program.arguments()[-3:] == told, "a process")
        program.wait(program.is_put_away, "a window that is put away")
        program.show_again()
        program.unlock(PASSPHRASE)
        program.wait(lambda: program.place() == whole, "the same place")
        program.lock()
        program.wait(lambda: program.place() == whole, "the same place")
    assert SENTENCE in written(library, book)


def _is_wide(place: tuple[int, int, int, int] | None) -> bool:
    return place is not None and place[2] > SCREEN_SIZE[0] - 20  # but for the frame of the window manager


def test_how_long_it_takes_is_told(program: Program) -> None:
    seconds = []
    for _ in range(ROUNDS):
        program.unlock(PASSPHRASE)
        program.type("words ")
        seconds.append(program.lock())
    middle = statistics.median(seconds)
    print(f"from the key to a painted window: median {middle:.2f} s, at most {max(seconds):.2f} s")
