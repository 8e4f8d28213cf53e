"""The editions of the printed book: what was chosen, remembered under a name, to be made again."""

from collections.abc import Iterable
from concurrent.futures import Future

from memorybook.domain.book import Edition, KeptEdition
from memorybook.domain.changes import ChangeSet
from memorybook.domain.ids import EditionId
from memorybook.domain.material import Came, Key, Part
from memorybook.services import material
from memorybook.services.destroying import once_folded
from memorybook.services.times import stamp
from memorybook.storage import editions
from memorybook.storage.connection import Connection
from memorybook.storage.worker import VaultWorker
from memorybook.system.clock import Clock


class Editions:
    """Every method returns at once; its future resolves on the vault's thread. Any thread may call.

    Reading fails with BookDamaged when something is not as it was kept. An edition may name things that are
    gone: they are passed over when its pages are made, and are in again when they are brought back. It is put
    away as everything else is, since the words on its cover are the parent's own.
    """

    def __init__(self, worker: VaultWorker, clock: Clock) -> None:
        self._worker = worker
        self._clock = clock

    def all(self) -> Future[tuple[KeptEdition, ...]]:
        """Those that were not put away, the one that was changed last first.

        One that is not as it was kept is passed over, and counted where it would be turned to: in what
        ``Books.material`` gives.
        """
        return self._worker.browse(lambda connection: editions.all_of_them(connection, _passed_over))

    def get(self, edition_id: EditionId) -> Future[KeptEdition]:
        """One, put away or not. LookupError when there is none."""
        return self._worker.read(lambda connection: editions.get(connection, edition_id))

    def keep(
        self,
        edition_id: EditionId | None,
        name: str,
        edition: Edition,
        *,
        seen: bool = False,
        origin: str = "",
    ) -> Future[KeptEdition]:
        """Keep what was chosen; the future resolves once it is on the disk. Without an id it is a new one.

        ``seen``: all that can go in now was looked through, as it is for a new edition; what of it was not
        chosen then does not count as having come since. An edition equal to what is kept writes nothing and
        publishes nothing. LookupError when there is no such edition.
        """
        name, edition = editions.normal(name, edition)
        at = stamp(self._clock)

        def work(connection: Connection) -> tuple[KeptEdition, ChangeSet | None]:
            photos = material.coming(connection, edition.entries, edition.keepsakes)
            known: frozenset[Key] = frozenset((Part.PHOTOS, int(photo)) for photo in photos)
            if seen or edition_id is None:
                known |= material.marked(connection)
            if edition_id is None:
                made = editions.add(connection, name, edition, known, at)
                return made, _changed(origin)
            changed = editions.change(connection, edition_id, name, edition, known=known, at=at)
            kept = editions.get(connection, edition_id)
            return kept, _changed(origin) if changed else None

        return self._worker.write(work)

    def since(self, edition_id: EditionId) -> Future[Came]:
        """What is marked for the book and came, or was marked, after the edition was last looked through.

        ``choosing.choose(edition, material, came.keys)`` adds it. LookupError when there is no such edition.
        """
        return self._worker.read(lambda connection: material.came(connection, edition_id))

    def put_away(self, ids: Iterable[EditionId], *, origin: str = "") -> Future[None]:
        """Put editions into the drawer. LookupError when there is no such edition."""
        return self._set_put_away(ids, stamp(self._clock), origin)

    def bring_back(self, ids: Iterable[EditionId], *, origin: str = "") -> Future[None]:
        """Put them back. LookupError when there is no such edition."""
        return self._set_put_away(ids, None, origin)

    def put_away_rows(self) -> Future[tuple[KeptEdition, ...]]:
        """Those that were put away, the last one first. None leaves by itself, however long it waits.

        One that is not as it was kept is passed over; it stays where it is.
        """
        return self._worker.browse(lambda connection: editions.put_away(connection, _passed_over))

    def delete_for_ever(self, ids: Iterable[EditionId], *, origin: str = "") -> Future[int]:
        """Destroy those of these that were put away; how many there were.

        Their words are overwritten in the file, and no log keeps them. What was chosen stays in the book.
        """
        chosen = tuple(dict.fromkeys(ids))

        def work(connection: Connection) -> tuple[int, ChangeSet | None]:
            gone = [each for each in chosen if editions.destroy(connection, each)]
            return len(gone), _changed(origin, drawer=True) if gone else None

        return once_folded(self._worker, self._worker.write(work))

    def _set_put_away(self, ids: Iterable[EditionId], at: str | None, origin: str) -> Future[None]:
        chosen = tuple(dict.fromkeys(ids))

        def work(connection: Connection) -> tuple[None, ChangeSet | None]:
            moved = [each for each in chosen if editions.set_put_away(connection, each, at)]
            return None, _changed(origin, drawer=True) if moved else None

        return self._worker.write(work)


def _passed_over(_: int) -> None:
    """Nothing can be said of it but that it is there."""


def _changed(origin: str, *, drawer: bool = False) -> ChangeSet:
    return ChangeSet(editions=True, drawer=drawer, origin=origin)
