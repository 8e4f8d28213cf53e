"""Which folder a book can be put into."""

from pathlib import Path

BOOK_FOLDER_NAME = "Memory Book"


def free_folder(place: Path) -> Path:
    """A folder inside ``place`` that is not there yet, or is empty. Blocks, as everything here."""
    candidate, number = place / BOOK_FOLDER_NAME, 2
    while has_content(candidate):
        candidate = place / f"{BOOK_FOLDER_NAME} {number}"
        number += 1
    return candidate


def has_content(folder: Path) -> bool:
    """Whether something is in a folder, as far as that can be known; blocks as long as its drive does."""
    try:
        return any(folder.iterdir())
    except FileNotFoundError:
        return False
    except OSError:
        return True


def free_or_inside(folder: Path) -> Path:
    """The folder itself when nothing is in it, else one of its own inside."""
    return free_folder(folder) if has_content(folder) else folder
