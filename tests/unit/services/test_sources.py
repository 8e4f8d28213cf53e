"""Folders are looked through as a person would, and nothing in them is waited for."""

import os
from pathlib import Path

import pytest

from memorybook.services.sources import Found, Listing, beginning, list_all, open_file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("IMG_10.jpg", "IMG_2.jpg", "img_3.JPG", "b/2.png", "b/a/1.png", "a/z.txt", ".hidden.jpg"):
        path = tmp_path / "all" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    (tmp_path / "all" / ".thumbnails").mkdir()
    (tmp_path / "all" / ".thumbnails" / "x.jpg").write_bytes(b"x")
    return tmp_path / "all"


def names(listing: Listing, folder: Path) -> list[str]:
    return [str(each.source.relative_to(folder)) for each in listing.found if isinstance(each.source, Path)]


def test_the_files_of_a_folder_come_before_its_folders_and_two_before_ten(folder: Path) -> None:
    listing = list_all([folder])
    assert names(listing, folder) == [
        "IMG_2.jpg", "img_3.JPG", "IMG_10.jpg", "a/z.txt", "b/2.png", "b/a/1.png",
    ]  # fmt: skip
    assert (listing.hidden, listing.closed) == (1, 0)
    assert not any(found.chosen for found in listing.found)


def test_files_and_what_was_pasted_stay_where_they_were_put(folder: Path) -> None:
    chosen = folder / ".hidden.jpg"
    listing = list_all([b"pasted", chosen, folder / "b", folder / "gone.jpg", Path("nul\0.jpg")])
    assert [found.name for found in listing.found] == [
        "", ".hidden.jpg", "2.png", "1.png", "gone.jpg", "nul\0.jpg",
    ]  # fmt: skip
    assert [found.chosen for found in listing.found] == [True, True, False, False, True, True]
    assert "pasted" not in repr(Found(b"pasted"))


def test_a_link_to_a_folder_inside_is_not_followed_and_one_that_was_chosen_is(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "linked.jpg").symlink_to(folder / "IMG_2.jpg")
    assert len(list_all([folder]).found) == 7
    (tmp_path / "link").symlink_to(folder, target_is_directory=True)
    assert len(list_all([tmp_path / "link"]).found) == 7


def test_a_folder_that_cannot_be_read_is_counted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def refused(path: Path) -> object:
        if path.name == "b":
            raise PermissionError
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refused)  # root may read everything
    listing = list_all([folder])
    assert (len(listing.found), listing.closed) == (4, 1)


def test_looking_through_folders_can_be_ended(folder: Path) -> None:
    assert list_all([folder], lambda: True) == Listing((), 0, 0)


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert beginning(tmp_path / "pipe", 4) is None
    assert beginning(tmp_path, 4) is None
    assert beginning(tmp_path / "gone", 4) is None
    (tmp_path / "file").write_bytes(b"beginning")
    assert beginning(tmp_path / "file", 4) == b"begi"
    with pytest.raises(ValueError, match="not a file"):
        open_file(tmp_path / "pipe")
