"""The record: the babies in the order the parent gives them, and ceremonies and farewells."""

from collections.abc import Iterable
from concurrent.futures import Future
from typing import TypeVar

from memorybook.domain.changes import ChangeSet
from memorybook.domain.ids import BabyId, CeremonyId
from memorybook.domain.people import Baby, BabyDraft, Ceremony, CeremonyDraft, KeptAside
from memorybook.services.destroying import once_folded
from memorybook.services.times import stamp
from memorybook.storage import babies, ceremonies
from memorybook.storage.connection import Connection
from memorybook.storage.worker import VaultWorker
from memorybook.system.clock import Clock

Kept = TypeVar("Kept")


class Record:
    """Every method returns at once; its future resolves on the vault's thread. Any thread may call.

    Reading fails with BookDamaged when something is not as it was kept. What is removed stays in the book
    and can be brought back; pages about a removed baby stay as they are.
    """

    def __init__(self, worker: VaultWorker, clock: Clock) -> None:
        self._worker = worker
        self._clock = clock

    def babies(self) -> Future[tuple[Baby, ...]]:
        """Those that were not removed, in the order the parent gave them."""
        return self._worker.browse(babies.all_of_them)

    def keep_baby(
        self, baby_id: BabyId | None, draft: BabyDraft, *, origin: str = ""
    ) -> Future[Baby | None]:
        """Keep what is written down of a baby; the future resolves once it is on the disk.

        Without an id it is a new one behind the others, unless nothing is written down: then nothing is
        kept and the result is ``None``. One that has become empty stays until it is removed. A draft equal
        to what is kept writes nothing and publishes nothing. LookupError when there is no such baby.
        """
        draft = babies.normal(draft)
        at = stamp(self._clock)

        def work(connection: Connection) -> tuple[Baby | None, ChangeSet | None]:
            if baby_id is None:
                return _made(None if draft.is_empty else babies.add(connection, draft, at), origin)
            kept = babies.get(connection, baby_id)
            if kept.draft == draft:
                return kept, None
            return _made(babies.change(connection, kept, draft, at), origin)

        return self._worker.write(work)

    def move_baby(self, baby_id: BabyId, place: int, *, origin: str = "") -> Future[tuple[Baby, ...]]:
        """Put a baby at ``place`` (0 is the first; past the end is the last). The result is the new order.

        LookupError when it is not among the babies that were not removed.
        """

        def work(connection: Connection) -> tuple[tuple[Baby, ...], ChangeSet | None]:
            known = [baby.id for baby in babies.all_of_them(connection)]
            if baby_id not in known:
                raise LookupError("no such baby")
            order = [each for each in known if each != baby_id]
            order.insert(max(0, place), baby_id)
            if order == known:
                return babies.all_of_them(connection), None
            babies.order(connection, tuple(order))
            return babies.all_of_them(connection), ChangeSet(record=True, origin=origin)

        return self._worker.write(work)

    def remove_baby(self, baby_id: BabyId, *, origin: str = "") -> Future[Baby]:
        """Take a baby out of the record and keep it aside. LookupError when there is none."""
        return self._set_baby_removed(baby_id, stamp(self._clock), origin)

    def bring_back_baby(self, baby_id: BabyId, *, origin: str = "") -> Future[Baby]:
        """Put a removed baby back in its place. LookupError when there is none."""
        return self._set_baby_removed(baby_id, None, origin)

    def ceremonies(self) -> Future[tuple[Ceremony, ...]]:
        """Those that were not removed, in the order of the calendar; those without a day come last."""
        return self._worker.browse(ceremonies.all_of_them)

    def keep_ceremony(
        self, ceremony_id: CeremonyId | None, draft: CeremonyDraft, *, origin: str = ""
    ) -> Future[Ceremony | None]:
        """Keep what is written down of a ceremony or farewell, in the way of :meth:`keep_baby`."""
        draft = ceremonies.normal(draft)
        at = stamp(self._clock)

        def work(connection: Connection) -> tuple[Ceremony | None, ChangeSet | None]:
            if ceremony_id is None:
                return _made(None if draft.is_empty else ceremonies.add(connection, draft, at), origin)
            kept = ceremonies.get(connection, ceremony_id)
            if kept.draft == draft:
                return kept, None
            return _made(ceremonies.change(connection, kept, draft, at), origin)

        return self._worker.write(work)

    def remove_ceremony(self, ceremony_id: CeremonyId, *, origin: str = "") -> Future[Ceremony]:
        """Take it out of the record and keep it aside. LookupError when there is none."""
        return self._set_ceremony_removed(ceremony_id, stamp(self._clock), origin)

    def bring_back_ceremony(self, ceremony_id: CeremonyId, *, origin: str = "") -> Future[Ceremony]:
        """Put a removed one back. LookupError when there is none."""
        return self._set_ceremony_removed(ceremony_id, None, origin)

    def kept_aside(self) -> Future[KeptAside]:
        """What was removed and can be brought back, the last one first."""
        return self._worker.browse(
            lambda connection: KeptAside(babies.removed(connection), ceremonies.removed(connection))
        )

    def delete_for_ever(
        self, baby_ids: Iterable[BabyId] = (), ceremony_ids: Iterable[CeremonyId] = (), *, origin: str = ""
    ) -> Future[int]:
        """Destroy what is written down of those of these that were removed; how many there were.

        It is overwritten in the file, and no log keeps it. Those that were not removed stay as they are, and
        so do pages about a baby.
        """
        chosen, farewells = tuple(dict.fromkeys(baby_ids)), tuple(dict.fromkeys(ceremony_ids))

        def work(connection: Connection) -> tuple[int, ChangeSet | None]:
            gone = [babies.destroy(connection, baby_id) for baby_id in chosen]
            gone += [ceremonies.destroy(connection, ceremony_id) for ceremony_id in farewells]
            return sum(gone), _changed(origin) if any(gone) else None

        return once_folded(self._worker, self._worker.write(work))

    def _set_baby_removed(self, baby_id: BabyId, at: str | None, origin: str) -> Future[Baby]:
        def work(connection: Connection) -> tuple[Baby, ChangeSet | None]:
            changed = babies.set_removed(connection, baby_id, at)
            return babies.get(connection, baby_id), _changed(origin) if changed else None

        return self._worker.write(work)

    def _set_ceremony_removed(
        self, ceremony_id: CeremonyId, at: str | None, origin: str
    ) -> Future[Ceremony]:
        def work(connection: Connection) -> tuple[Ceremony, ChangeSet | None]:
            changed = ceremonies.set_removed(connection, ceremony_id, at)
            return ceremonies.get(connection, ceremony_id), _changed(origin) if changed else None

        return self._worker.write(work)


def _changed(origin: str) -> ChangeSet:
    return ChangeSet(record=True, origin=origin)


def _made(kept: Kept | None, origin: str) -> tuple[Kept | None, ChangeSet | None]:
    return kept, None if kept is None else _changed(origin)
