"""What the story's presenter tells the screen."""

from collections.abc import Sequence
from typing import Protocol

from memorybook.domain.entry import Entry, EntryRow
from memorybook.domain.ids import EntryId, PhotoId
from memorybook.domain.photo import Photo
from memorybook.domain.search import Query
from memorybook.domain.story import StoryFilter
from memorybook.errors import MemoryBookError
from memorybook.ui.story.outline import Outline


class StoryView(Protocol):
    """What the presenter tells the screen. Pages are numbered from 0, as in :class:`Outline`."""

    def show_outline(self, outline: Outline, *, keeps_place: bool) -> None:
        """Another list, none of whose pages is read; from its top, unless it is the one before changed."""

    def fill(self, first: int, rows: Sequence[EntryRow]) -> None:
        """These pages were read."""

    def drop(self, first: int, count: int) -> None:
        """These pages are no longer held."""

    def show_rows(self, rows: Sequence[EntryRow], *, more: bool) -> None:
        """What a search found, from the beginning; ``more`` when it goes on."""

    def add_rows(self, rows: Sequence[EntryRow], *, more: bool) -> None:
        """The search goes on."""

    def choose_page(self, page: int, *, at_top: bool) -> None:
        """Choose a page of the list; ``at_top`` when the list is to begin with it."""

    def show_query(self, query: Query | None) -> None:
        """What was looked for, which is marked; ``None`` when nothing was."""

    def show_filter(self, wanted: StoryFilter) -> None:
        """What the pages are chosen by."""

    def show_nothing_written(self) -> None:
        """The book has no page yet."""

    def show_nothing_found(self) -> None:
        """The search found no page."""

    def show_nothing_like_this(self) -> None:
        """No page is as it was chosen."""

    def show_entry(self, entry: Entry, photos: Sequence[Photo]) -> None:
        """Show one page to read."""

    def show_picture(self, photo: PhotoId, jpeg: bytes) -> None:
        """A picture of the page that is read has come."""

    def show_covered(self, photo: Photo) -> None:
        """A picture of the page that is read is covered: nothing of it is on the screen."""

    def show_no_entry(self) -> None:
        """Nothing is chosen."""

    def show_put_away(self, entry_id: EntryId) -> None:
        """A page was deleted and can be brought back."""

    def show_brought_back(self) -> None:
        """The page is in the story again."""

    def show_problem(self, error: MemoryBookError) -> None:
        """A list or a page could not be read."""
