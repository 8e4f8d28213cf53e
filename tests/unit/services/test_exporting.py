"""A PDF is whole where it was asked for, or nothing of it is there and the reason is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from memorybook.errors import PagesNotSaved, StorageFailed, StorageFull
from memorybook.services.exporting import save_pdf
from tests.disks import read_only, small_disk


def test_a_file_is_written_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    save_pdf(tmp_path / "book.pdf", iter([b"%PDF-", b"1.7"]))
    assert (tmp_path / "book.pdf").read_bytes() == b"%PDF-1.7"
    assert (tmp_path / "book.pdf").stat().st_mode & 0o077 == 0


def test_what_goes_wrong_where_it_is_written_is_told_apart(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    with read_only(closed), pytest.raises(PagesNotSaved):
        save_pdf(closed / "book.pdf", [b"%PDF-"])
    with pytest.raises(PagesNotSaved):
        save_pdf(tmp_path / "nowhere" / "book.pdf", [b"%PDF-"])
    with small_disk(tmp_path / "small", "64k") as disk, pytest.raises(StorageFull):
        save_pdf(disk.folder / "book.pdf", [bytes(1024)] * 1024)


def test_what_goes_wrong_in_the_book_stays_its_own_and_the_old_file_stays(tmp_path: Path) -> None:
    (tmp_path / "book.pdf").write_bytes(b"from before")

    def pieces() -> Iterator[bytes]:
        yield b"%PDF-"
        raise StorageFailed

    with pytest.raises(StorageFailed):
        save_pdf(tmp_path / "book.pdf", pieces())
    assert [path.name for path in tmp_path.iterdir()] == ["book.pdf"]
    assert (tmp_path / "book.pdf").read_bytes() == b"from before"
