"""The printed book: what was chosen, read out of the vault as one plan of pure data."""

from concurrent.futures import Future
from dataclasses import replace

from memorybook.domain import edition_text
from memorybook.domain.book import BookPlan, Edition
from memorybook.domain.health import WORDS, Thing
from memorybook.domain.ids import EntryId
from memorybook.domain.material import Key, Material, Part
from memorybook.services import material, planning
from memorybook.services.parsed_pages import ParsedPages
from memorybook.storage.connection import Connection
from memorybook.storage.worker import VaultWorker

_PARTS = {
    Thing.PAGE: Part.ENTRIES,
    Thing.PHOTO: Part.PHOTOS,
    Thing.KEEPSAKE: Part.KEEPSAKES,
    Thing.RECORDING: Part.RECORDINGS,
    Thing.BABY: Part.BABIES,
    Thing.CEREMONY: Part.CEREMONIES,
}


class Books:
    """Returns at once; the future resolves on the vault's thread. Any thread may call."""

    def __init__(self, worker: VaultWorker) -> None:
        self._worker = worker
        self._parsed = ParsedPages()

    def material(self) -> Future[Material]:
        """All that can go into a book, as it is at one moment.

        What is not as it was kept is named, and is not among it. Fails with BookDamaged when the file is.
        """

        def work(connection: Connection) -> Material:
            found = material.read(connection)
            return replace(found, damaged=tuple(dict.fromkeys((*found.damaged, *self._lost()))))

        return self._worker.browse(work)

    def plan(self, edition: Edition) -> Future[BookPlan]:
        """Everything the typesetter needs, as it is at one moment, in the order of ``edition``.

        Left out is what is for the parent alone or not in the book, whatever the edition names, what was put
        away or is gone, what has nothing to print (a baby of which nothing but the word is written down, a
        day with neither label nor note), and covered photos unless the edition says where they go.
        What is not as it was kept is left out, too, and named. Fails with BookDamaged when the file is.
        """
        named = edition_text.keys(edition)

        def work(connection: Connection) -> BookPlan:
            plan = planning.planned(connection, edition, self._parsed)
            lost = [key for key in self._lost() if key in named or key[0] in {Part.PHOTOS, Part.RECORDINGS}]
            return replace(plan, damaged=tuple(dict.fromkeys((*plan.damaged, *lost))))

        return self._worker.browse(work)

    def one_page(self, entry_id: EntryId, edition: Edition) -> Future[BookPlan]:
        """The plan of one page or letter alone, with its pictures: no cover, no contents.

        Of ``edition`` count the language, the page size, the style, what it is for, large print, what becomes
        of covered photos, ``left_out``, ``decorative`` and ``smaller``.
        A page that is for the parent alone is printed too: it is asked for by itself, by whoever can see it.
        There are no entries when nothing is on it. Fails with BookDamaged; LookupError without such a page.
        """
        return self._worker.read(lambda connection: planning.page_alone(connection, entry_id, edition))

    def _lost(self) -> tuple[Key, ...]:
        """What was found to be lost, as it would be named in a book."""
        return tuple(
            (_PARTS[each.thing], each.id)
            for each in self._worker.browsing.things
            if each.thing in _PARTS and each.lost == WORDS
        )
