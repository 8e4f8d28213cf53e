"""Where copies of a book lie, and which of them belong together. Everything here blocks."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from memorybook.domain.restoring import Copy
from memorybook.errors import MemoryBookError
from memorybook.services.vault import Library


@dataclass(frozen=True, slots=True)
class Found:
    """The copies of one book in one place, newest first."""

    place: Path = field(repr=False)
    copies: tuple[Copy, ...]


class Looking:
    """Finds copies without any key. ``places`` are where an open book is known to have some.

    ``only`` is which book's copies alone are meant, empty for those of any book.
    """

    def __init__(self, library: Library, places: Callable[[], Sequence[Path]]) -> None:
        self._library, self._places = library, places

    def around(self, only: str) -> Sequence[Found]:
        """What is in the places known, in those that copies usually are in, and on drives."""
        found: list[Found] = []
        seen: set[Path] = set()
        for place in dict.fromkeys((*self._places(), *self._library.restoring.nearby())):
            with suppress(MemoryBookError):  # an empty drive, or one that does not answer
                copies = [copy for copy in self._find(place, only) if copy.path not in seen]
                seen.update(copy.path for copy in copies)
                found += by_book(place, copies)
        return found

    def at(self, path: Path, only: str) -> Sequence[Found]:
        """What is meant by a folder or file that was chosen. Raises NoCopyHere, or what the disk said."""
        return by_book(path, self._find(path, only))

    def _find(self, place: Path, only: str) -> Sequence[Copy]:
        copies = self._library.restoring.find(place)
        return [copy for copy in copies if copy.book == only] if only else copies


def by_book(place: Path, copies: Sequence[Copy]) -> list[Found]:
    """The copies of each book apart, in the order of their newest ones."""
    books: dict[str, list[Copy]] = {}
    for copy in copies:
        books.setdefault(copy.book, []).append(copy)
    return [Found(place, tuple(each)) for each in books.values()]
