"""Putting the open page into the drawer and bringing it back; looking at how it was, and going back there."""

from collections.abc import Callable, Sequence
from typing import Protocol

from memorybook.domain.entry import Entry
from memorybook.domain.ids import EntryId, VersionId
from memorybook.domain.versions import Version, VersionRow
from memorybook.errors import MemoryBookError
from memorybook.services.journal import Journal
from memorybook.ui.core.delivery import Deliver


class PuttingAwayView(Protocol):
    """What is told about pages that are put away, and about earlier versions."""

    def show_put_away(self, entry_id: EntryId) -> None:
        """The page is in the drawer; offer to bring it back."""

    def show_brought_back(self, undo: VersionId | None) -> None:
        """An earlier version is on the page again; ``undo`` is how the page was before that."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read or done; what is on the page is not in question."""


class OpenPage(Protocol):
    """The page that is open, and what can be done with it as a whole."""

    @property
    def entry_id(self) -> EntryId | None:
        """The page that is open, once it has been kept."""

    @property
    def turns(self) -> int:
        """How often another page was asked for."""

    def begin(self) -> None:
        """A blank page dated today."""

    def open(self, entry_id: EntryId) -> None:
        """Turn to a page that is kept already."""

    def read_again(self, entry_id: EntryId, then: Callable[[], object]) -> None:
        """Turn to a page as it is in the book; ``then`` is called once it is shown."""

    def flush(self, then: Callable[[bool], None]) -> None:
        """Keep the page and call ``then``."""


class PuttingAway:
    """Acts on whatever page is open. GUI thread; everything is kept before anything goes."""

    def __init__(
        self, view: PuttingAwayView, page: OpenPage, *, journal: Journal, deliver: Deliver, origin: str
    ) -> None:
        self._view = view
        self._page = page
        self._journal = journal
        self._deliver = deliver
        self._origin = origin

    def put_away(self) -> None:
        """Put the page into the drawer and begin a blank one. A page with nothing on it is left as it is."""

        def kept(well: bool) -> None:
            entry_id = self._page.entry_id
            if not well or entry_id is None:
                return
            self._page.begin()  # first, so that nobody goes on writing on a page that goes

            def done(_: object) -> None:
                self._view.show_put_away(entry_id)

            future = self._journal.delete(entry_id, origin=self._origin)
            self._deliver(future, done, self._view.show_problem)

        self._page.flush(kept)

    def bring_back(self, entry_id: EntryId) -> None:
        """Take a page out of the drawer again, and turn to it unless another was asked for meanwhile."""
        turns = self._page.turns

        def done(_: object) -> None:
            if turns == self._page.turns:
                self._page.open(entry_id)

        future = self._journal.bring_back(entry_id, origin=self._origin)
        self._deliver(future, done, self._view.show_problem)

    def versions(self, show: Callable[[Sequence[VersionRow]], None]) -> None:
        """Fetch the earlier versions of the page, the newest first; none for a page that is not kept."""

        def kept(well: bool) -> None:
            entry_id = self._page.entry_id
            if entry_id is None:
                show(())
            elif well:
                self._deliver(self._journal.versions(entry_id), show, self._view.show_problem)

        self._page.flush(kept)

    def version(self, version_id: VersionId, show: Callable[[Version], None]) -> None:
        """Fetch one version whole."""
        self._deliver(self._journal.version(version_id), show, self._view.show_problem)

    def go_back_to(self, version_id: VersionId) -> None:
        """Put a version in the place of the page, which becomes a version itself first."""

        def done(entry: Entry) -> None:
            def shown() -> None:
                self._deliver(self._journal.versions(entry.id), told, self._view.show_problem)

            if self._page.entry_id == entry.id:
                self._page.read_again(entry.id, shown)

        def told(rows: Sequence[VersionRow]) -> None:
            self._view.show_brought_back(rows[0].id if rows else None)

        def kept(well: bool) -> None:
            if well:
                future = self._journal.bring_version_back(version_id, origin=self._origin)
                self._deliver(future, done, self._view.show_problem)

        self._page.flush(kept)
