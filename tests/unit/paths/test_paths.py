"""Where things live, for homes of every kind."""

from pathlib import Path

import pytest

from memorybook import paths


def test_a_book_is_suggested_in_the_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("XDG_DOCUMENTS_DIR", raising=False)
    assert paths.default_books_folder() == tmp_path
    (tmp_path / "Documents").mkdir()
    assert paths.default_books_folder() == tmp_path / "Documents"
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "user-dirs.dirs").write_text('XDG_DOCUMENTS_DIR="$HOME/Dokumente"\n')
    (tmp_path / "Dokumente").mkdir()
    assert paths.default_books_folder() == tmp_path / "Dokumente"


def test_settings_are_beside_those_of_other_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert paths.settings_file() == tmp_path / "memorybook" / "settings.json"
