"""The two commands, as they are typed, with what is secret asked for and never an argument."""

import io
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from memorybook.app import archive, command_line
from memorybook.services.vault import Library
from tests.books import PASSPHRASE
from tests.unit.services.archiving.books import PASSWORD, SECRET


def answering(*answers: str) -> Iterator[str]:
    return iter(answers)


def test_a_book_goes_out_and_comes_back(
    filled: Path, library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(filled, tmp_path / "book")
    out, said = tmp_path / "out.zip", answering(PASSPHRASE, PASSWORD)
    assert archive.run([str(tmp_path / "book"), "--to", str(out), "--password"], lambda _: next(said)) == 0
    printed = capsys.readouterr().out
    assert "password alone" in printed
    said = answering(PASSWORD, PASSPHRASE)
    again = tmp_path / "again"
    assert archive.run_in([str(out), "--to", str(again), "--password"], lambda _: next(said)) == 0
    printed += capsys.readouterr().out
    assert "pages 2, photos 3, recordings 1" in printed
    assert SECRET not in printed
    library.open(again, PASSPHRASE).close()


def test_what_cannot_be_is_said(
    filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SystemExit):
        archive.run([str(filled), "--to", str(tmp_path / "out"), "--password"], lambda _: "")
    assert "only a file ending in .zip" in capsys.readouterr().err
    monkeypatch.setattr(sys, "stdin", io.StringIO("x\n"))
    assert command_line.run(["unarchive", str(tmp_path / "none"), "--to", str(tmp_path / "new")]) == 1
    assert "not an archive of a Memory Book" in capsys.readouterr().err
    monkeypatch.setattr(sys, "stdin", io.StringIO("wrong\n"))
    shutil.copytree(filled, tmp_path / "book")
    assert command_line.run(["archive", str(tmp_path / "book"), "--to", str(tmp_path / "out")]) == 1
    assert "did not match" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_short_passphrase_is_remarked_on_as_in_the_window(
    filled: Path, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(filled, tmp_path / "book")
    assert archive.run([str(tmp_path / "book"), "--to", str(tmp_path / "out")], lambda _: PASSPHRASE) == 0
    new = [str(tmp_path / "out"), "--to", str(tmp_path / "again")]
    with pytest.raises(SystemExit):
        archive.run_in(new, lambda _: "x")  # nobody can be asked whether that is meant
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    said = answering("x", "x", "y", "z")
    with pytest.raises(StopIteration):
        archive.run_in(new, lambda _: next(said))
    assert not (tmp_path / "again").exists()
    said = answering("x", "x", "x", "x")
    assert archive.run_in(new, lambda _: next(said)) == 0
    library.open(tmp_path / "again", "x").close()
