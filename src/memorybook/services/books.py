"""The printed book: what was chosen, read out of the vault as one plan of pure data."""

from concurrent.futures import Future

from memorybook.domain.book import BookPlan, Edition
from memorybook.domain.ids import EntryId
from memorybook.domain.material import Material
from memorybook.services import material, planning
from memorybook.services.parsed_pages import ParsedPages
from memorybook.storage.worker import VaultWorker


class Books:
    """Returns at once; the future resolves on the vault's thread. Any thread may call."""

    def __init__(self, worker: VaultWorker) -> None:
        self._worker = worker
        self._parsed = ParsedPages()

    def material(self) -> Future[Material]:
        """All that can go into a book, as it is at one moment.

        What is not as it was kept is named, and is not among it. Fails with BookDamaged when the file is.
        """
        return self._worker.read(material.read)

    def plan(self, edition: Edition) -> Future[BookPlan]:
        """Everything the typesetter needs, as it is at one moment, in the order of ``edition``.

        Left out is what is for the parent alone or not in the book, whatever the edition names, what was put
        away or is gone, what has nothing to print (a baby of which nothing but the word is written down, a
        day with neither label nor note), and covered photos unless the edition says where they go.
        What is not as it was kept is left out, too, and named. Fails with BookDamaged when the file is.
        """
        return self._worker.read(lambda connection: planning.planned(connection, edition, self._parsed))

    def one_page(self, entry_id: EntryId, edition: Edition) -> Future[BookPlan]:
        """The plan of one page or letter alone, with its pictures: no cover, no contents.

        Of ``edition`` count the language, the page size, the style, what it is for, large print, what becomes
        of covered photos, ``left_out`` and ``decorative``.
        A page that is for the parent alone is printed too: it is asked for by itself, by whoever can see it.
        There are no entries when nothing is on it. Fails with BookDamaged; LookupError without such a page.
        """
        return self._worker.read(lambda connection: planning.page_alone(connection, entry_id, edition))
