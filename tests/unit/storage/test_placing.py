"""What takes the place of what: names that cannot be changed, processes that end, folders that are in use."""

import datetime
import errno
from pathlib import Path

import pytest

from memorybook import files
from memorybook.errors import BookOpenElsewhere, FolderInUse, MemoryBookError, RestoreNotPlaced
from memorybook.storage import placing
from memorybook.storage.lock import BookLock

TODAY = datetime.date(2026, 11, 21)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where an old book is."""
    folder = tmp_path / "Memory Book"
    folder.mkdir()
    (folder / "book.db").write_text("old")
    return folder


def made(target: Path) -> Path:
    """A workshop with a new book in it, which nobody holds any more."""
    place, held = placing.workshop(target)
    (place / "book.db").write_text("new")
    held.release()
    return place


def names(folder: Path) -> list[str]:
    return sorted(item.name for item in folder.iterdir())


def failing(monkeypatch: pytest.MonkeyPatch, *numbers: int) -> None:
    """The disk refuses these of the renames that follow, counted from 1."""
    real, count = files.put_in_place, [0]

    def put_in_place(old: Path, new: Path) -> None:
        count[0] += 1
        if count[0] in numbers:
            raise OSError(errno.EACCES, "Permission denied")
        real(old, new)

    monkeypatch.setattr(placing, "put_in_place", put_in_place)


def test_the_old_one_is_kept_under_a_telling_name_however_often(target: Path) -> None:
    kept = [placing.put(made(target), target, TODAY) for _ in range(2)]
    assert [path.name for path in kept if path] == [
        "Memory Book before 21 November 2026",
        "Memory Book before 21 November 2026 2",
    ]
    assert (target / "book.db").read_text() == "new"
    assert len(names(target.parent)) == 3


def test_an_empty_folder_makes_room(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert placing.put(made(tmp_path / "empty"), tmp_path / "empty", TODAY) is None
    assert names(tmp_path) == ["empty"]


def test_a_name_in_another_language_and_a_long_one_can_be_had(target: Path) -> None:
    kept = placing.put(made(target), target, TODAY, lambda name, _: f"{name} / antes de: {'ñ' * 300}")
    assert kept is not None
    assert len(kept.name.encode()) <= 255
    assert "/" not in kept.name


def test_a_name_that_cannot_be_changed_changes_nothing(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2):
        with monkeypatch.context() as patch:
            failing(patch, number)
            with pytest.raises(RestoreNotPlaced):
                placing.put(made(target), target, TODAY)
        placing.finish(target, TODAY)
        assert (target / "book.db").read_text() == "old"
        assert names(target.parent) == ["Memory Book"]


def test_a_new_one_that_cannot_be_put_there_gives_the_old_one_its_name_back(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = made(target)
    with monkeypatch.context() as patch:
        failing(patch, 3)
        with pytest.raises(MemoryBookError):
            placing.put(place, target, TODAY)
    assert (target / "book.db").read_text() == "old"
    assert (place / "book.db").read_text() == "new"
    assert placing.put(place, target, TODAY) is not None


def test_what_was_decided_is_finished_when_nothing_can_be_undone_either(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        failing(patch, 3, 4, 5)
        with pytest.raises(MemoryBookError):
            placing.put(made(target), target, TODAY)
    assert not target.exists()
    placing.finish(target, TODAY)
    assert (target / "book.db").read_text() == "new"
    assert names(target.parent) == ["Memory Book", "Memory Book before 21 November 2026"]


def test_an_open_book_is_not_moved_away(target: Path) -> None:
    place = made(target)
    with BookLock(target):
        with pytest.raises(BookOpenElsewhere):
            placing.put(place, target, TODAY)
        placing.finish(target, TODAY)
    assert (target / "book.db").read_text() == "old"


def test_a_workshop_somebody_is_at_work_in_is_not_swept(target: Path) -> None:
    place, held = placing.workshop(target)
    placing.finish(target, TODAY)
    assert place.is_dir()
    held.release()
    placing.finish(target, TODAY)
    assert names(target.parent) == ["Memory Book"]


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A folder of something else, that looks a little like ours."""
    folder = tmp_path / ".memory-book-restoring-mine"
    folder.mkdir()
    (folder / "letter.txt").write_text("words")
    return folder


def test_what_is_not_ours_stays(target: Path, other: Path) -> None:
    placing.finish(target, TODAY)
    assert (other / "letter.txt").read_text() == "words"
    with pytest.raises(FolderInUse):
        placing.check_target(other)
    link = target.with_name("link")
    link.symlink_to(other)
    with pytest.raises(FolderInUse):
        placing.check_target(link)
