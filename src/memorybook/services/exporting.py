"""Writing what a person asked for outside the book: once, whole, readable by them alone."""

from collections.abc import Iterable
from pathlib import Path

from memorybook import files
from memorybook.errors import BookReadOnly, PagesNotSaved, StorageFailed


def save_pdf(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Put a finished PDF where it was asked for. Blocking; on failure nothing of it is left.

    Raises StorageFull when there is no room and PagesNotSaved for any other reason.
    """
    try:
        files.write_atomically(path, data)
    except (BookReadOnly, StorageFailed):
        raise PagesNotSaved from None
