"""Where things live, for homes of every kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from memorybook import paths


@pytest.fixture(autouse=True)
def _fresh_answers() -> Iterator[None]:
    paths.runtime_folder.cache_clear()
    yield
    paths.runtime_folder.cache_clear()


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


def test_the_runtime_folder_is_private_and_stays_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    folder = paths.runtime_folder()
    assert folder == tmp_path / "memorybook"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert paths.runtime_folder() == folder


def test_a_runtime_folder_open_to_others_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "memorybook").mkdir()
    (tmp_path / "memorybook").chmod(0o777)
    folder = paths.runtime_folder()
    assert folder != tmp_path / "memorybook"
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_system_without_runtime_folders_gets_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert paths.runtime_folder().parent == tmp_path
