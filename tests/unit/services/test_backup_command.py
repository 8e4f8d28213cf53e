"""A copy is made without a window, by somebody who has no screen or by a timer."""

import io
from pathlib import Path

import pytest

from memorybook.app import backup, command_line
from memorybook.errors import BookNotCopied, CopyFileExists, PlaceInBook, WrongPassphrase
from memorybook.services.vault import Vault
from tests.books import PASSPHRASE
from tests.unit.services.photos import one, page_of


@pytest.fixture
def book(vault: Vault) -> Path:
    """A closed book with a page and two photos, of which one is lost."""
    page_of(vault, "A page")
    photo = one(vault)
    vault.close()
    (vault.folder / "media" / f"{photo.media}.mbm").rename(vault.folder / "aside")
    return vault.folder


def test_a_copy_goes_into_a_folder_or_a_file(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (media,) = [each for each in book.iterdir() if each.name == "aside"]
    whole = [each.stem for each in (book / "media").iterdir()]

    def run(*arguments: str, secret: str = PASSPHRASE) -> int:
        return backup.run([str(book), "--to", *arguments], lambda _: secret)

    with pytest.raises(WrongPassphrase):
        run(str(tmp_path / "copies"), secret="not this one")
    assert not (tmp_path / "copies").exists()
    assert command_line.run(["backup", str(tmp_path / "nothing"), "--to", str(tmp_path / "copies")]) == 1
    capsys.readouterr()
    with pytest.raises(BookNotCopied):
        run(str(tmp_path / "copies"))
    said = capsys.readouterr().err
    assert said.startswith("Photo number 1, of 2026-10-03: its file is gone or damaged.")
    assert "--without-damaged" in said
    assert run(str(tmp_path / "copies"), "--without-damaged") == 0
    said = capsys.readouterr().out
    assert "photos 1" in said
    assert "Originals that could not be read are not in it." in said
    media.unlink()
    assert run(str(tmp_path / "carried.mbbackup")) == 0  # it was said that it is wanted without that photo
    with pytest.raises(CopyFileExists):
        run(str(tmp_path / "carried.mbbackup"))
    (place,) = (tmp_path / "copies").iterdir()
    assert sorted(each.name for each in (place / "snapshots").iterdir()) == ["000001"]
    assert sorted(each.stem for each in (place / "media").iterdir()) == sorted(whole)


def test_words_open_a_book_without_key_files_for_every_command(
    vault: Vault, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever lost the key files is told to use the words, and the same command takes them."""
    page_of(vault, "A page")
    words = " ".join(vault.ways.sheet().result().words)
    vault.close()
    book = str(vault.folder)
    for name, to in (("backup", "copies"), ("archive", "out")):
        for keys in vault.folder.glob("book.keys*"):
            keys.unlink()
        assert command_line.run([name, book, "--to", str(tmp_path / to)]) == 1
        assert "--words" in capsys.readouterr().err
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{words}\n"))
        assert command_line.run([name, book, "--words", "--to", str(tmp_path / to)]) == 0
        assert "pages 1" in capsys.readouterr().out


def test_nothing_is_made_in_the_folder_of_the_book(book: Path) -> None:
    with pytest.raises(PlaceInBook):
        backup.run([str(book), "--to", str(book / "copies")], lambda _: PASSPHRASE)
    assert not (book / "copies").exists()
