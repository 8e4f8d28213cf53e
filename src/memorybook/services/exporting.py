"""Writing what a person asked for outside the book: once, whole, readable by them alone."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from memorybook import files
from memorybook.errors import (
    BookReadOnly,
    CalendarNotSaved,
    CopyNotSaved,
    MemoryBookError,
    PagesNotSaved,
    StorageFailed,
)


class _OfTheSourceError(Exception):
    """Carries what went wrong on the book's side past what may go wrong where the file is written."""

    def __init__(self, error: MemoryBookError) -> None:
        super().__init__()
        self.error = error


def save_pdf(path: Path, pieces: Iterable[bytes]) -> None:
    """Put a finished PDF where it was asked for, piece by piece. Blocking; on failure nothing is left.

    Nor is anything of an unfinished one when the process ends in the middle of it.

    Raises StorageFull when there is no room there, PagesNotSaved when it cannot be written for another
    reason, and what ``pieces`` raises as it is.
    """
    _save(path, pieces, PagesNotSaved)


def save_copy(path: Path, pieces: Iterable[bytes]) -> None:
    """As :func:`save_pdf`, for a copy of a photo or a recording; raises CopyNotSaved for PagesNotSaved."""
    _save(path, pieces, CopyNotSaved)


def save_calendar(path: Path, pieces: Iterable[bytes]) -> None:
    """As :func:`save_pdf`, for a calendar file; raises CalendarNotSaved for PagesNotSaved."""
    _save(path, pieces, CalendarNotSaved)


def _save(path: Path, pieces: Iterable[bytes], refused: type[MemoryBookError]) -> None:
    try:
        files.write_readable(path, _set_apart(pieces))
    except _OfTheSourceError as carried:
        raise carried.error from None
    except (BookReadOnly, StorageFailed):
        raise refused from None


def _set_apart(pieces: Iterable[bytes]) -> Iterator[bytes]:
    try:
        yield from pieces
    except MemoryBookError as error:
        raise _OfTheSourceError(error) from None
