"""What an export leaves on a drive that knows no files without a name is removed at the next opening."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from memorybook.errors import BookClosed, PagesNotSaved
from memorybook.services.exporting import save_pdf
from memorybook.services.vault import Library, Vault
from memorybook.storage import readable
from tests.books import PASSPHRASE


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on a file system as on most memory sticks: it refuses files without a name."""
    real = os.open

    def refuse(path: Path, flags: int, mode: int = 0o777, **options: int) -> int:
        if flags & os.O_TMPFILE == os.O_TMPFILE:
            raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))
        return real(path, flags, mode, **options)

    monkeypatch.setattr(os, "open", refuse)
    folder = tmp_path / "stick \udcff" if os.name == "posix" else tmp_path / "stick"
    folder.mkdir()
    return folder


def noted(vault: Vault) -> tuple[Path, ...]:
    return vault._worker.read(readable.left).result()


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_the_name_is_in_the_book_while_the_file_is_on_the_drive(vault: Vault, stick: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"in clear"
        assert noted(vault) == tuple(stick.iterdir())

    save_pdf(stick / "book.pdf", pieces(), leftovers=vault.leftovers)
    assert names(stick) == ["book.pdf"]
    assert noted(vault) == ()

    def broken() -> Iterator[bytes]:
        yield b"in clear"
        raise OSError(errno.EIO, "a bad stick")

    with pytest.raises(PagesNotSaved):
        save_pdf(stick / "another.pdf", broken(), leftovers=vault.leftovers)
    assert names(stick) == ["book.pdf"]
    assert noted(vault) == ()


def test_where_a_file_is_replaced_its_other_name_is_noted_too(vault: Vault, tmp_path: Path) -> None:
    seen: list[Path] = []
    real = vault.leftovers.noted
    vault.leftovers.noted = lambda file: (seen.append(file), real(file))[1]  # type: ignore[method-assign, func-returns-value]
    for content in (b"old", b"new"):
        save_pdf(tmp_path / "book.pdf", [content], leftovers=vault.leftovers)
    assert (tmp_path / "book.pdf").read_bytes() == b"new"
    assert [path.parent for path in seen] == [tmp_path]
    assert noted(vault) == ()


def test_a_closed_book_writes_nothing_readable(vault: Vault, stick: Path) -> None:
    vault.close()
    with pytest.raises(BookClosed):
        save_pdf(stick / "book.pdf", [b"in clear"], leftovers=vault.leftovers)
    assert names(stick) == []


def test_what_was_left_goes_at_the_next_opening_and_nothing_else(
    library: Library, stick: Path, tmp_path: Path
) -> None:
    book = tmp_path / "book"
    vault = library.create(book, PASSPHRASE)
    left = stick / ".0123456789abcdef.part"
    pulled = tmp_path / "another stick" / ".fedcba9876543210.part"
    theirs = stick / "wedding.pdf"
    for file in (left, theirs):
        file.write_bytes(b"in clear")
    for file in (left, pulled, theirs):
        vault.leftovers._write(readable.note, file)
    vault.close()
    vault = library.open(book, PASSPHRASE)
    while left in noted(vault):
        pass
    assert names(stick) == ["wedding.pdf"]
    assert set(noted(vault)) == {pulled, theirs}
    vault.close()
    pulled.parent.mkdir()
    pulled.write_bytes(b"in clear")
    vault = library.open(book, PASSPHRASE)
    while pulled in noted(vault):
        pass
    assert names(pulled.parent) == []
    vault.close()


def test_the_name_of_what_is_on_a_stick_that_was_pulled_out_stays_in_the_book(
    vault: Vault, stick: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "in a pocket"

    def pulled() -> Iterator[bytes]:
        yield b"in clear"
        stick.rename(elsewhere)
        raise OSError(errno.EIO, "no stick")

    with pytest.raises(PagesNotSaved):
        save_pdf(stick / "book.pdf", pulled(), leftovers=vault.leftovers)
    (left,) = names(elsewhere)
    assert noted(vault) == (stick / left,)
