"""The last copy of a book that is being closed: made when somebody is there, and waited for by nobody."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from memorybook.ui.core.course import Course
    from memorybook.ui.shell.open_book import OpenBook


class LastCopy:
    """Stands between the last words and the end of an open book, which is ``close``. GUI thread.

    ``show`` covers the screen while a copy is made, with a way to :meth:`wait_no_longer`.
    """

    def __init__(
        self,
        show: Callable[["Course", Callable[[], object]], object],
        close: Callable[["OpenBook"], object],
    ) -> None:
        self._show, self._close = show, close
        self._book: OpenBook | None = None
        self.allowed = False

    def make(self, book: "OpenBook") -> None:
        """Make it if that is allowed and something is new, then close the book."""
        self._book = book
        if self.allowed:
            book.copies.last(lambda course: self._show(course, self.wait_no_longer), self.wait_no_longer)
        else:
            self.wait_no_longer()

    def wait_no_longer(self) -> None:
        """Close the book that waits, if one does; a copy that is not done is left for another time."""
        book, self._book = self._book, None
        if book is not None:
            self._close(book)
