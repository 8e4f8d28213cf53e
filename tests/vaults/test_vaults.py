"""Every version brings back the copies that it and all versions before it have made."""

import json
from pathlib import Path

import pytest

from memorybook.services.restoring import ByPassphrase, ByWords, Restoring, Way
from memorybook.services.vault import Library
from memorybook.storage.migrate import newest
from memorybook.system.clock import SystemClock
from tests.copies import take
from tests.vaults.telling import tell

KEPT = sorted(path for path in Path(__file__).parent.glob("schema*") if path.is_dir())


def test_there_are_copies_of_every_version_of_the_tables() -> None:
    assert [path.name for path in KEPT] == [f"schema{number}" for number in range(1, newest() + 1)]


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.name)
@pytest.mark.parametrize("form", ["Memory Book *", "book.mbbackup", "folder"])
@pytest.mark.parametrize("by_words", [True, False])
def test_a_copy_of_an_earlier_version_comes_back_whole(
    library: Library, tmp_path: Path, kept: Path, form: str, by_words: bool
) -> None:
    expected = json.loads((kept / "expected.json").read_text("utf-8"))
    way: Way = ByWords(expected["words"]) if by_words else ByPassphrase(expected["passphrase"])
    restoring = Restoring(SystemClock())
    (source,) = kept.glob(form)
    restored = take(restoring, source, tmp_path / "book", way)
    assert restored.is_whole
    restoring.put_in_place(restored)
    vault = library.open(tmp_path / "book", expected["passphrase"])
    try:
        assert tell(vault) == expected["says"]
        assert vault.health.check(deep=True).result().is_whole
    finally:
        vault.close()
