"""Looking through a closed book, whether it opens or not: what is found, and that nothing is changed."""

from pathlib import Path

import pytest

from memorybook.app import health
from memorybook.domain.health import HealthReport, Thing
from memorybook.domain.photo import PhotoDraft
from memorybook.errors import BookOpenElsewhere, CheckStopped, WrongPassphrase
from memorybook.services.copy_keys import ByPassphrase, ByWords
from memorybook.services.looking import look
from memorybook.services.vault import Library
from memorybook.storage.header import PAGE_BYTES
from memorybook.system.clock import SystemClock
from tests.books import PASSPHRASE
from tests.unit.services.test_damaged_things import damage
from tests.unit.services.test_planning import page, photo


def looked(folder: Path, words: str = "", *, deep: bool = True) -> HealthReport:
    way = ByWords(words) if words else ByPassphrase(PASSPHRASE)
    return look(folder, way, SystemClock(), lambda _: None, lambda: False, deep=deep)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "book.lock"
    }


@pytest.fixture
def words(library: Library, tmp_path: Path) -> str:
    """Those of a closed book in "book", in which one page is damaged and one is not."""
    vault = library.create(tmp_path / "book", PASSPHRASE)
    page(vault, "First", "Words", photos=(photo(vault, 1, PhotoDraft("Feet")),))
    page(vault, "Second", "Words")
    sheet = vault.ways.sheet().result()
    damage(vault, "UPDATE entry_text SET body = 'x' WHERE entry = 2")
    vault.close()
    return " ".join(sheet.words)


def test_the_passphrase_and_the_words_show_the_same_and_change_nothing(tmp_path: Path, words: str) -> None:
    folder = tmp_path / "book"
    before = contents(folder)
    for report in (looked(folder), looked(folder, words)):
        assert [(each.thing, each.title) for each in report.damaged] == [(Thing.PAGE, "Second")]
        assert not report.keys_damaged
        assert report.counts is not None
        assert (report.counts.pages, report.counts.photos) == (1, 1)
    assert contents(folder) == before


def test_a_book_that_does_not_open_is_looked_through_all_the_same(tmp_path: Path, words: str) -> None:
    folder = tmp_path / "book"
    damaged = bytearray((folder / "book.db").read_bytes())
    for place in (900, 2 * PAGE_BYTES + 7):
        damaged[place] ^= 1
    (folder / "book.db").write_bytes(damaged)
    (folder / "book.keys").write_bytes(b"damaged")
    before = contents(folder)
    for report in (looked(folder), looked(folder, words)):
        assert report.bad_pages == (1, 3)
        assert report.counts is None
        assert report.keys_damaged
        assert not report.is_whole
    assert contents(folder) == before


def test_what_was_written_last_is_seen_in_the_log(library: Library, tmp_path: Path) -> None:
    """As a process that was ended leaves it."""
    folder = tmp_path / "book"
    vault = library.create(folder, PASSPHRASE)
    page(vault, "First")
    left = contents(folder)
    vault.close()
    assert left["book.db-wal"]
    for name, content in left.items():
        (folder / name).write_bytes(content)
    report = looked(folder)
    assert report.is_whole
    assert report.counts is not None
    assert report.counts.pages == 1
    assert contents(folder) == left | {"book.page1": (folder / "book.page1").read_bytes()}


def test_it_is_refused_while_it_is_open_and_without_the_right_words(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "book"
    vault = library.create(folder, PASSPHRASE)
    with pytest.raises(BookOpenElsewhere):
        looked(folder)
    vault.close()
    with pytest.raises(WrongPassphrase):
        look(folder, ByPassphrase("x"), SystemClock(), lambda _: None, lambda: False, deep=False)
    with pytest.raises(CheckStopped):
        look(folder, ByPassphrase(PASSPHRASE), SystemClock(), lambda _: None, lambda: True, deep=False)


def test_the_command_says_what_it_found(
    tmp_path: Path, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    book = str(tmp_path / "book")
    assert health.run([book], lambda _: PASSPHRASE) == 1
    assert capsys.readouterr().out.splitlines()[:2] == [
        "Page number 2: it cannot be read as it was kept.",
        "Everything else can be read: 1 page, 1 photo, 0 recordings. Nothing was changed.",
    ]
    assert health.run([book, "--words", "--titles", "--quick"], lambda _: words) == 1
    assert "Page number 2 “Second”: it" in capsys.readouterr().out
