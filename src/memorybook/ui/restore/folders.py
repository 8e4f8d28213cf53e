"""Which folder the book of a copy belongs into."""

from pathlib import Path

from memorybook.domain.restoring import Copy
from memorybook.errors import MemoryBookError
from memorybook.services.restoring import Restoring
from memorybook.ui.core.book_folders import free_folder, has_content


def place_for(copy: Copy, book: Path | None, restoring: Restoring, home: Path, *, sure: bool) -> Path:
    """Where the book of a copy belongs: in the folder of the ``book`` in question, unless that is another.

    ``sure`` tells that the folder is known to be this book's, whatever is left in it. Blocks.
    """
    if book is None or not book.parent.is_dir():  # the drive is not there
        return free_folder(home)
    if not has_content(book):
        return book
    try:
        there = {each.book for each in restoring.find(book)} - {""}
    except MemoryBookError:
        there = set()
    if copy.book in there or (sure and not (there and copy.book)):
        return book
    return free_folder(book.parent)
