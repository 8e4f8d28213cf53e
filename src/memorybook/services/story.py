"""The pages of the book as lists: in the order of their days, some of them, or those with certain words."""
# ruff: noqa: A002 - "filter" is the word for it

from concurrent.futures import Future
from dataclasses import replace

from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryRow
from memorybook.domain.ids import EntryId
from memorybook.domain.paging import Cursor, EntryPage
from memorybook.domain.people import Person
from memorybook.domain.search import excerpt, expression, understand
from memorybook.domain.story import EVERYTHING, Month, StoryFilter
from memorybook.services.spelling import CHOICE, OFF
from memorybook.services.word_forms import WordForms
from memorybook.storage import preferences, search, story
from memorybook.storage.connection import Connection
from memorybook.storage.text import storable
from memorybook.storage.worker import VaultWorker

PAGE_LENGTH = 200
"""Rows a list reads at a time."""


class Story:
    """Every method returns at once; its future resolves on the vault's thread. Any thread may call."""

    def __init__(self, worker: VaultWorker) -> None:
        self._worker = worker
        self._forms = WordForms()
        self._locale = "en"

    def speak(self, locale: str) -> None:
        """Have searches find the forms of words of this language ("de_AT"); English until it is said.

        The language of the spelling that was chosen for the book goes before it.
        """
        self._locale = locale

    def page(
        self, after: Cursor | None = None, *, filter: StoryFilter = EVERYTHING, limit: int = PAGE_LENGTH
    ) -> Future[EntryPage]:
        """Pages behind ``after``, newest day first; those without a day come last."""
        return self._worker.browse(lambda connection: story.page(connection, after, limit, filter))

    def page_before(
        self, before: Cursor | None = None, *, filter: StoryFilter = EVERYTHING, limit: int = PAGE_LENGTH
    ) -> Future[EntryPage]:
        """The pages right before ``before``, or the last ones of all, in the same order as :meth:`page`."""
        return self._worker.browse(lambda connection: story.page_before(connection, before, limit, filter))

    def page_from(
        self, day: VagueDate, filter: StoryFilter = EVERYTHING, *, limit: int = PAGE_LENGTH
    ) -> Future[EntryPage]:
        """Pages from the newest of this day, month or year on, or from the next before it.

        There may be none, when every page is newer; ``preceding`` then leads to those.
        """
        return self._worker.browse(lambda connection: story.page_from(connection, day, limit, filter))

    def search(
        self,
        words: str,
        *,
        filter: StoryFilter = EVERYTHING,
        limit: int = PAGE_LENGTH,
        after: Cursor | None = None,
    ) -> Future[EntryPage]:
        """Pages with all these words or other forms of them, newest day first; the last may be unfinished.

        Takes anything a person may type. Nothing to look for finds nothing. The excerpts are around the
        first hit in the body, with the spans of the hits in them; ``query`` finds them in other texts.
        """
        asked = understand(storable(words))

        def work(connection: Connection) -> EntryPage:
            if not asked.phrases:
                return EntryPage((), None, query=asked)
            chosen = preferences.get(connection, CHOICE)
            self._forms.speak(self._locale if chosen in {None, "", OFF} else str(chosen))
            query = self._forms.widen(asked, lambda start: search.words(connection, start))
            found, following = story.found(connection, expression(query), limit, only=filter, after=after)
            rows = []
            for row, plain in found:
                shown, hits = excerpt(plain, query)
                rows.append(replace(row, excerpt=shown, hits=hits))
            return EntryPage(tuple(rows), following, query=query)

        return self._worker.browse(work)

    def months(self, filter: StoryFilter = EVERYTHING) -> Future[tuple[Month, ...]]:
        """How many pages each month has, newest first; what has no year comes behind."""
        return self._worker.browse(lambda connection: story.months(connection, filter))

    def neighbours(
        self, entry_id: EntryId, filter: StoryFilter = EVERYTHING
    ) -> Future[tuple[EntryId | None, EntryId | None]]:
        """The newer and the older page beside this one. LookupError when there is no such page."""
        return self._worker.browse(lambda connection: story.neighbours(connection, entry_id, filter))

    def tags(self) -> Future[tuple[str, ...]]:
        """Every tag in use, as it was typed last, in the order of the alphabet."""
        return self._worker.browse(story.tags)

    def people_with_pages(self) -> Future[tuple[Person, ...]]:
        """The people who wrote a page that is listed, in the order they came into the book."""
        return self._worker.browse(story.people_with_pages)

    def all_for_book(self) -> Future[tuple[EntryRow, ...]]:
        """Every page with something on it, oldest day first; those without a day come last."""
        return self._worker.browse(story.all_for_book)

    def count(self, filter: StoryFilter = EVERYTHING) -> Future[int]:
        """How many pages have something on them."""
        return self._worker.browse(lambda connection: story.count(connection, filter))
