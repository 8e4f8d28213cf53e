"""Writing what a person asked for outside the book: once, whole, readable by them alone."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path

from memorybook import files
from memorybook.errors import (
    ArchiveNotSaved,
    BookReadOnly,
    CalendarNotSaved,
    CopyNotSaved,
    ExportNeedsRoom,
    MemoryBookError,
    PagesNotSaved,
    StorageFailed,
    StorageFull,
)
from memorybook.services.leftovers import Leftovers


class _OfTheSourceError(Exception):
    """Carries what went wrong on the book's side past what may go wrong where the file is written."""

    def __init__(self, error: MemoryBookError) -> None:
        super().__init__()
        self.error = error


def save_pdf(
    path: Path,
    pieces: Iterable[bytes],
    *,
    leftovers: Leftovers | None = None,
    last: Callable[[], object] | None = None,
) -> None:
    """Put a finished PDF where it was asked for, piece by piece. Blocking; on failure nothing is left.

    ``last`` is called when all of it is written and it has no name yet; a file that belongs beside it can be
    put there then.

    Nor is anything of an unfinished one when the process ends in the middle of it. On a drive that knows no
    files without a name that is so from the next opening of the book on, of ``leftovers``.

    Raises ExportNeedsRoom when there is no room there, PagesNotSaved when it cannot be written for another
    reason, and what ``pieces`` and ``last`` raise as it is.
    """
    _save(path, pieces, PagesNotSaved, leftovers, last)


def save_copy(path: Path, pieces: Iterable[bytes], *, leftovers: Leftovers | None = None) -> None:
    """As :func:`save_pdf`, for a copy of a photo or a recording; raises CopyNotSaved for PagesNotSaved."""
    _save(path, pieces, CopyNotSaved, leftovers)


def save_calendar(path: Path, pieces: Iterable[bytes], *, leftovers: Leftovers | None = None) -> None:
    """As :func:`save_pdf`, for a calendar file; raises CalendarNotSaved for PagesNotSaved."""
    _save(path, pieces, CalendarNotSaved, leftovers)


def save_archive(path: Path, pieces: Iterable[bytes], *, leftovers: Leftovers | None = None) -> None:
    """As :func:`save_pdf`, for an archive in one file; raises ArchiveNotSaved for PagesNotSaved."""
    _save(path, pieces, ArchiveNotSaved, leftovers)


def _save(
    path: Path,
    pieces: Iterable[bytes],
    refused: type[MemoryBookError],
    leftovers: Leftovers | None,
    last: Callable[[], object] | None = None,
) -> None:
    def then() -> None:
        if last is not None:
            try:
                last()
            except MemoryBookError as error:
                raise _OfTheSourceError(error) from None

    noted = leftovers.noted if leftovers is not None else nullcontext
    try:
        files.write_readable(path, _set_apart(pieces), noted=noted, last=then)
    except _OfTheSourceError as carried:
        raise carried.error from None
    except StorageFull:  # of the file that was to be made: nothing of the book waits for this room
        raise ExportNeedsRoom from None
    except (BookReadOnly, StorageFailed):
        raise refused from None


def _set_apart(pieces: Iterable[bytes]) -> Iterator[bytes]:
    try:
        yield from pieces
    except MemoryBookError as error:
        raise _OfTheSourceError(error) from None
