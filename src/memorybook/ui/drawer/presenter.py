"""What waits in the drawer, what one page there says, and what a person does with them."""

from collections.abc import Sequence
from typing import Protocol

from memorybook.domain.drawer import DrawerRow
from memorybook.domain.entry import Entry
from memorybook.domain.ids import EntryId
from memorybook.errors import MemoryBookError
from memorybook.services.journal import Journal
from memorybook.ui.core.delivery import Deliver


class DrawerView(Protocol):
    """What the presenter tells the screen."""

    def show_rows(self, rows: Sequence[DrawerRow]) -> None:
        """Everything that waits, the last one first; may be nothing."""

    def show_page(self, entry: Entry) -> None:
        """The words of the page that is chosen."""

    def show_no_page(self) -> None:
        """No page is chosen, or several are."""

    def show_brought_back(self, ids: tuple[EntryId, ...]) -> None:
        """Pages are in the story again."""

    def show_deleting(self) -> None:
        """Pages are being deleted for ever, which takes a while in a very large book."""

    def show_gone(self, number: int) -> None:
        """So many pages were deleted for ever."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read or done."""


class DrawerPresenter:
    """Drives one :class:`DrawerView`. GUI thread. A late answer to an earlier question is dropped."""

    def __init__(self, view: DrawerView, *, journal: Journal, deliver: Deliver) -> None:
        self._view = view
        self._journal = journal
        self._deliver = deliver
        self._question = 0
        self._chosen: EntryId | None = None

    def show(self) -> None:
        """The screen is turned to: read what waits."""
        self._question += 1
        question = self._question

        def listed(rows: tuple[DrawerRow, ...]) -> None:
            if question == self._question:
                self._chosen = None
                self._view.show_rows(rows)

        self._deliver(self._journal.drawer(), listed, self._view.show_problem)

    def choose(self, ids: Sequence[EntryId]) -> None:
        """Show the words of a page when it alone is chosen."""
        only = ids[0] if len(ids) == 1 else None
        if only == self._chosen:
            return
        self._chosen = only
        if only is None:
            self._view.show_no_page()
            return

        def read(entry: Entry) -> None:
            if entry.id == self._chosen:
                self._view.show_page(entry)

        self._deliver(self._journal.entry(only, in_drawer=True), read, self._view.show_problem)

    def bring_back(self, ids: Sequence[EntryId]) -> None:
        """Put pages into the story again."""
        waiting = list(ids)

        def back(_: object) -> None:
            waiting.pop()
            if not waiting:
                self._view.show_brought_back(tuple(ids))
                self.show()

        for each in ids:
            self._deliver(self._journal.bring_back(each), back, self._view.show_problem)

    def delete_for_ever(self, ids: Sequence[EntryId]) -> None:
        """Take pages out of the book with everything that was in them. There is no way back from this."""

        def gone(number: int) -> None:
            self._view.show_gone(number)
            self.show()

        self._view.show_deleting()
        self._deliver(self._journal.delete_for_ever(tuple(ids)), gone, self._view.show_problem)
