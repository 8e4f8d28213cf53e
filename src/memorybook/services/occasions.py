"""The days the family keeps."""

from concurrent.futures import Future

from memorybook.domain.changes import ChangeSet
from memorybook.domain.ids import OccasionId
from memorybook.domain.occasion import Occasion, OccasionDraft
from memorybook.services.times import stamp
from memorybook.storage import occasions
from memorybook.storage.connection import Connection
from memorybook.storage.worker import VaultWorker
from memorybook.system.clock import Clock


class Occasions:
    """Every method returns at once; its future resolves on the vault's thread. Any thread may call."""

    def __init__(self, worker: VaultWorker, clock: Clock) -> None:
        self._worker = worker
        self._clock = clock

    def add(self, draft: OccasionDraft, *, origin: str = "") -> Future[Occasion]:
        """Keep a new day."""
        at = stamp(self._clock)

        def work(connection: Connection) -> tuple[Occasion, ChangeSet]:
            occasion = occasions.add(connection, draft, at)
            return occasion, ChangeSet(occasions=frozenset({occasion.id}), origin=origin)

        return self._worker.write(work)

    def change(self, occasion_id: OccasionId, draft: OccasionDraft, *, origin: str = "") -> Future[Occasion]:
        """Keep a day differently. LookupError when there is no such day."""
        at = stamp(self._clock)

        def work(connection: Connection) -> tuple[Occasion, ChangeSet | None]:
            kept = occasions.get(connection, occasion_id)
            if kept.draft == draft:
                return kept, None
            occasion = occasions.change(connection, occasion_id, draft, at)
            return occasion, ChangeSet(occasions=frozenset({occasion_id}), origin=origin)

        return self._worker.write(work)

    def take_off(self, occasion_id: OccasionId, *, origin: str = "") -> Future[Occasion]:
        """Take a day off the list. It stays in the book, and :meth:`put_back` brings it back."""
        return self._put_away(occasion_id, stamp(self._clock), origin)

    def put_back(self, occasion_id: OccasionId, *, origin: str = "") -> Future[Occasion]:
        """Put a day that was taken off back on the list."""
        return self._put_away(occasion_id, None, origin)

    def _put_away(self, occasion_id: OccasionId, at: str | None, origin: str) -> Future[Occasion]:
        def work(connection: Connection) -> tuple[Occasion, ChangeSet]:
            occasion = occasions.put_away(connection, occasion_id, at)
            return occasion, ChangeSet(occasions=frozenset({occasion_id}), origin=origin)

        return self._worker.write(work)

    def all(self) -> Future[tuple[Occasion, ...]]:
        """Every day, in the order of the calendar; those nobody knows come first."""
        return self._worker.read(occasions.all_of_them)
