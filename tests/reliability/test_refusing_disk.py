"""The disk refuses one call, or all for a while: what was kept is there, and writing goes on afterwards.

The program runs under a layer of our own (shim.py) that has the n-th write, sync, rename or new file fail.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from memorybook.services import markup
from memorybook.services.vault import Library
from tests.books import PASSPHRASE
from tests.reliability import shim

pytestmark = pytest.mark.slow

MANY = [*range(1, 61), *range(100, 301, 20)]
FEW = [*range(1, 13)]


def refused(folder: Path, kind: str, error: str, n: list[int], *arguments: str) -> dict[str, Any]:
    folder.mkdir()
    said = shim.run(
        "tests.reliability.faults_script", kind, error, str(folder), *map(str, n), *arguments, folder=folder
    )
    result: dict[str, Any] = json.loads(said)
    result["counted"] = Counter(result["counted"])
    print(f"{kind} {error}: {result['counted']}")
    return result


@pytest.mark.parametrize(
    ("kind", "error", "n", "most"),
    [
        ("WRITE", "EIO", MANY, 50),
        ("WRITE", "ENOSPC", MANY[::3], 15),
        ("SYNC", "EIO", FEW, 5),
        ("SYNC_FOLDER", "EIO", FEW[:4], 1),
        ("NAME", "EIO", FEW[:4], 1),
        ("CREATE", "ENOSPC", FEW[:4], 1),
        ("TRUNCATE", "EIO", FEW[:4], 0),
    ],
)
def test_one_refusal_loses_nothing_and_is_said(
    tmp_path: Path, kind: str, error: str, n: list[int], most: int
) -> None:
    """What is not said is the folding of the log, which waits for the next time, and its folder's sync."""
    result = refused(tmp_path / "disk", kind, error, n)
    assert result["wrong"] == []
    assert result["counted"]["refused"] >= most
    assert result["counted"]["more pages than told"] == 0


def test_a_disk_that_refuses_everything_for_a_while_loses_nothing(tmp_path: Path) -> None:
    result = refused(tmp_path / "disk", "WRITE", "EIO", [1, 2, 4, 8, 16, 32], "--times", "100000")
    assert result["wrong"] == []
    assert result["counted"]["silent"] == 0


def test_taking_a_refused_page_for_kept_is_noticed(tmp_path: Path) -> None:
    """The control."""
    assert refused(tmp_path / "disk", "WRITE", "EIO", FEW[:4], "--times", "100000", "--hasty")["wrong"]


@pytest.mark.desktop
def test_in_the_window_it_is_said_the_text_stays_and_is_kept_later(library: Library, tmp_path: Path) -> None:
    book = tmp_path / "Memory Book"
    library.create(book, PASSPHRASE).close()
    told = json.loads(shim.run("tests.reliability.window_faults", str(book), folder=book))
    assert told["seen"] == ["Not kept yet"] * 3
    vault = library.open(book, PASSPHRASE)
    (row,) = vault.journal.page(None).result().rows
    assert markup.plain(vault.journal.entry(row.id).result().draft.body).strip() == told["typed"]
    vault.close()
