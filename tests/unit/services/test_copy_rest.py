"""What is left of a copy whose words are damaged, in a new book."""

import threading
from pathlib import Path

import pytest

from memorybook.domain.backup import Step
from memorybook.errors import CopyDamaged, RestoreStopped
from memorybook.services import copy_rest
from memorybook.services.restoring import ByPassphrase
from memorybook.services.vault import Library
from memorybook.storage.header import PAGE_BYTES
from tests.books import PASSPHRASE
from tests.copies import Copied, copied, reads, take


@pytest.fixture
def copies(library: Library, tmp_path: Path) -> Copied:
    (tmp_path / "made").mkdir()
    return copied(library, tmp_path / "made")


def damage(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("form", ["place", "file", "folder"])
def test_the_rest_of_a_damaged_copy_comes_into_a_new_book(
    library: Library, copies: Copied, tmp_path: Path, form: str
) -> None:
    if form == "place":
        source, place = copies.place, copies.place / "snapshots" / "000001" / "book.db"
        damage(place, 2 * PAGE_BYTES + 60)
    elif form == "file":
        source = copies.file
        damage(source, source.read_bytes().index(b"book.db") + 15 + 2 * PAGE_BYTES + 60)
    else:
        source = copies.book
        damage(source / "book.db", 2 * PAGE_BYTES + 60)
    with pytest.raises(CopyDamaged):
        take(library.restoring, source, tmp_path / "target", ByPassphrase(PASSPHRASE))
    (copy, *_) = library.restoring.find(source)
    report = copy_rest.gather(
        library.salvaging, copy, tmp_path / "new", lambda _: None, threading.Event(), passphrase=PASSPHRASE
    )
    assert report.bad_pages == 1
    assert (report.photos.whole, report.recordings.whole) == (2, 1)
    assert len(reads(library, tmp_path / "new")) == len(copies.said)
    assert {path.name for path in tmp_path.iterdir()} == {"made", "new"}


def test_it_stops_when_asked_and_leaves_nothing(library: Library, copies: Copied, tmp_path: Path) -> None:
    stop = threading.Event()

    def told(step: Step) -> None:
        if step.done:
            stop.set()

    (copy,) = library.restoring.find(copies.file)
    with pytest.raises(RestoreStopped):
        copy_rest.gather(library.salvaging, copy, tmp_path / "new", told, stop, passphrase=PASSPHRASE)
    assert {path.name for path in tmp_path.iterdir()} == {"made"}
