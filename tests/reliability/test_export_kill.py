"""A PDF is whole or not there when the process is killed, the disk is full or the book is closed."""

import datetime
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from memorybook.domain.book import BookPlan, Edition, Paper, Preset
from memorybook.domain.entry import EntryDraft
from memorybook.errors import BookClosed, PagesNotMade, StorageFull
from memorybook.rendering.saving import save_book, save_entry, save_with_cover
from memorybook.services.vault import Library, Vault
from memorybook.storage import readable
from tests.books import PASSPHRASE
from tests.corpus import pictures
from tests.disks import small_disk
from tests.reliability.kills import ROOT
from tests.unit.rendering.pages import CREATED

pytestmark = pytest.mark.slow

PICTURES = 6
MOMENTS = (1, 2, 4, 7, 8, 11)
"""After so many lines of what it tells the process is killed: within the first file, and the second."""


@pytest.fixture
def book(library: Library, tmp_path: Path) -> Path:
    vault = library.create(tmp_path / "Memory Book", PASSPHRASE)
    for number in range(PICTURES):
        entry = vault.journal.keep(None, EntryDraft(title=f"Nachtigall {number}", body="Words")).result()
        assert entry is not None
        scene = pictures.scene(900, 600, number)
        vault.album.add(entry.id, (pictures.jpeg, pictures.heic)[number % 2](scene)).result()
    vault.close()
    return tmp_path / "Memory Book"


def plan_of(vault: Vault) -> BookPlan:
    chosen = tuple(row.id for row in vault.journal.all_for_book().result())
    return vault.books.plan(Edition("Ours", chosen)).result()


def files_of(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def killed(book: Path, moment: int, *arguments: str) -> list[bytes]:
    """Have a PDF made by a process that is killed after so many lines; every line it told."""
    command = [sys.executable, "-m", "tests.reliability.exporter", str(book), PASSPHRASE, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(moment + 1)]
        process.send_signal(signal.SIGKILL)
        return said + process.stdout.read().splitlines(keepends=True)


def opened_again(library: Library, book: Path, *, named: bool) -> Vault:
    """The book, once what was left over of files with a name is gone."""
    vault = library.open(book, PASSPHRASE)
    while vault._worker.read(readable.left).result():
        assert named
    return vault


@pytest.mark.parametrize("named", [False, True])
def test_a_kill_leaves_a_whole_file_or_none(
    library: Library, book: Path, tmp_path: Path, named: bool
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    for moment in MOMENTS:
        target = place / "book.pdf"
        target.unlink(missing_ok=True)
        said = killed(book, moment, str(target), *["--named"] * named)
        vault = opened_again(library, book, named=named)
        assert set(files_of(place)) <= {"book.pdf"}
        assert target.exists() or b"saved\n" not in said
        if target.exists():
            with pikepdf.open(target) as pdf:
                assert len(pdf.pages) >= PICTURES
        assert len(plan_of(vault).entries) == PICTURES
        vault.close()


def test_a_kill_leaves_the_pages_with_their_cover_or_neither(
    library: Library, book: Path, tmp_path: Path
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    for moment, named in ((1, True), (4, False), (6, True), (8, False), (9, True)):
        for each in files_of(place):
            (place / each).unlink()
        said = killed(book, moment, str(place / "book.pdf"), "--cover", *["--named"] * named)
        opened_again(library, book, named=named).close()
        assert files_of(place) in ([], ["book.pdf", "cover.pdf"])
        assert files_of(place) or b"saved\n" not in said


def test_a_closed_book_leaves_neither_the_pages_nor_their_cover(
    library: Library, book: Path, tmp_path: Path
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    for closed_at in (2, PICTURES):
        vault = library.open(book, PASSPHRASE)
        plan = replace(plan_of(vault), preset=Preset.PRESS, cover=plan_of(vault).entries[0].pictures[0])

        def close(done: int, _: int, vault: Vault = vault, closed_at: int = closed_at) -> None:
            if done == closed_at:
                vault.close()

        with pytest.raises(BookClosed):
            save_with_cover(
                vault, plan, 8, Paper.STANDARD, place / "book.pdf", place / "cover.pdf",
                created=CREATED, progress=close,
            )  # fmt: skip
        assert files_of(place) == []


def test_a_full_disk_and_a_closed_book_leave_nothing(library: Library, book: Path, tmp_path: Path) -> None:
    vault = library.open(book, PASSPHRASE)
    plan = plan_of(vault)
    with small_disk(tmp_path / "small", "64k") as disk:
        for password in (None, "a password"):
            with pytest.raises(StorageFull):
                save_book(vault, plan, disk.folder / "book.pdf", created=CREATED, password=password)
            assert files_of(disk.folder) == []
    place = tmp_path / "place"
    place.mkdir()
    (place / "book.pdf").write_bytes(b"from before")

    def close(done: int, total: int) -> None:
        if done == 2:
            vault.close()

    with pytest.raises(BookClosed):
        save_book(vault, plan, place / "book.pdf", created=CREATED, progress=close)
    with pytest.raises(PagesNotMade):
        save_book(vault, plan, place / "book.pdf", created=CREATED, cancelled=lambda: True)
    assert files_of(place) == ["book.pdf"]
    assert (place / "book.pdf").read_bytes() == b"from before"
    again = library.open(book, PASSPHRASE)
    save_book(again, plan_of(again), place / "book.pdf", created=CREATED)
    first = again.journal.all_for_book().result()[0].id
    save_entry(again, first, place / "page.pdf", created=CREATED.astimezone(datetime.UTC))
    again.close()
    assert files_of(place) == ["book.pdf", "page.pdf"]
    with pikepdf.open(place / "page.pdf") as pdf:
        assert len(pdf.pages) == 1
