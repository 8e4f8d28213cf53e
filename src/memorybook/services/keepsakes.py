"""Keepsakes: things that are kept somewhere, in words and pictures, in the order the parent gives them."""

from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import replace

from memorybook.domain.changes import ChangeSet
from memorybook.domain.ids import KeepsakeId, PhotoId
from memorybook.domain.keepsake import Keepsake, KeepsakeDraft
from memorybook.services.destroying import once_folded
from memorybook.services.times import stamp
from memorybook.storage import keepsakes, links
from memorybook.storage.connection import Connection
from memorybook.storage.worker import VaultWorker
from memorybook.system.clock import Clock


class Keepsakes:
    """Every method returns at once; its future resolves on the vault's thread. Any thread may call.

    Reading fails with BookDamaged when something is not as it was kept. A photo that was put away is not
    among the photos of a keepsake, and is again at its place when it is brought back.
    """

    def __init__(self, worker: VaultWorker, clock: Clock) -> None:
        self._worker = worker
        self._clock = clock

    def all(self) -> Future[tuple[Keepsake, ...]]:
        """Those that were not put away, in the parent's order."""
        return self._worker.browse(keepsakes.all_of_them)

    def keepsake(self, keepsake_id: KeepsakeId) -> Future[Keepsake]:
        """One, put away or not. LookupError when there is none."""
        return self._worker.browse(lambda connection: keepsakes.get(connection, keepsake_id))

    def keep(
        self, keepsake_id: KeepsakeId | None, draft: KeepsakeDraft, *, origin: str = ""
    ) -> Future[Keepsake | None]:
        """Keep what is written of a keepsake; the future resolves once it is on the disk.

        Without an id it is a new one behind the others, unless there is nothing in it: then nothing is kept
        and the result is ``None``. One that has become empty stays, and is no longer listed. The order of its
        photos is that of the draft; a photo the draft does not name stays behind them, since it may have been
        added while the draft was on its way (:meth:`take_off` takes one off); one that was put away or
        deleted meanwhile is passed over. A draft equal to what is kept writes nothing and publishes nothing.
        LookupError when there is no such keepsake.
        """
        draft = keepsakes.normal(draft)
        at = stamp(self._clock)

        def work(connection: Connection) -> tuple[Keepsake | None, ChangeSet | None]:
            written = replace(draft, photos=links.not_put_away(connection, "photo", draft.photos))
            if keepsake_id is None:
                if written.is_empty:
                    return None, None
                made = keepsakes.add(connection, written, at)
                return made, _changed(made.id, origin=origin)
            kept = keepsakes.get(connection, keepsake_id)
            others = tuple(photo for photo in kept.draft.photos if photo not in written.photos)
            whole = replace(written, photos=written.photos + others)
            if kept.draft == whole:
                return kept, None
            return keepsakes.change(connection, kept, whole, at), _changed(keepsake_id, origin=origin)

        return self._worker.write(work)

    def put_with(
        self, keepsake_id: KeepsakeId, photo_ids: Iterable[PhotoId], *, origin: str = ""
    ) -> Future[Keepsake]:
        """Put photos of the book behind the others of a keepsake. LookupError without such a keepsake."""
        chosen = tuple(dict.fromkeys(photo_ids))
        at = stamp(self._clock)

        def work(connection: Connection) -> tuple[Keepsake, ChangeSet | None]:
            seen = links.not_put_away(connection, "photo", chosen)
            put = [keepsakes.attach(connection, keepsake_id, photo, at) for photo in seen]
            kept = keepsakes.get(connection, keepsake_id)
            return kept, _changed(keepsake_id, origin=origin) if any(put) else None

        return self._worker.write(work)

    def take_off(self, keepsake_id: KeepsakeId, photo_id: PhotoId, *, origin: str = "") -> Future[Keepsake]:
        """Take a photo off a keepsake. The photo itself stays in the book; LookupError without a keepsake."""
        at = stamp(self._clock)

        def work(connection: Connection) -> tuple[Keepsake, ChangeSet | None]:
            kept = keepsakes.get(connection, keepsake_id)
            photos = tuple(photo for photo in kept.draft.photos if photo != photo_id)
            if photos == kept.draft.photos:
                return kept, None
            now = keepsakes.change(connection, kept, replace(kept.draft, photos=photos), at)
            return now, _changed(keepsake_id, origin=origin)

        return self._worker.write(work)

    def move(
        self, keepsake_id: KeepsakeId, place: int, *, origin: str = ""
    ) -> Future[tuple[Keepsake, ...]]:
        """Put a keepsake at ``place`` (0 is the first; past the end is the last). The result is all of them.

        LookupError when it is not among those that are listed.
        """

        def work(connection: Connection) -> tuple[tuple[Keepsake, ...], ChangeSet | None]:
            known = [each.id for each in keepsakes.all_of_them(connection)]
            if keepsake_id not in known:
                raise LookupError("no such keepsake")
            order = [each for each in known if each != keepsake_id]
            order.insert(max(0, place), keepsake_id)
            if order == known:
                return keepsakes.all_of_them(connection), None
            keepsakes.order(connection, order)
            return keepsakes.all_of_them(connection), _changed(*order, origin=origin)

        return self._worker.write(work)

    def put_away(self, ids: Iterable[KeepsakeId], *, origin: str = "") -> Future[None]:
        """Put keepsakes into the drawer. LookupError when there is no such keepsake."""
        return self._set_put_away(ids, stamp(self._clock), origin)

    def bring_back(self, ids: Iterable[KeepsakeId], *, origin: str = "") -> Future[None]:
        """Put them back in their places. LookupError when there is no such keepsake."""
        return self._set_put_away(ids, None, origin)

    def put_away_rows(self) -> Future[tuple[Keepsake, ...]]:
        """Those that were put away, the last one first. None leaves by itself, however long it waits."""
        return self._worker.browse(keepsakes.put_away)

    def delete_for_ever(self, ids: Iterable[KeepsakeId], *, origin: str = "") -> Future[int]:
        """Destroy those of these that were put away; how many there were.

        Their words are overwritten in the file, and no log keeps them. Those that were not put away stay as
        they are, and the photos stay in the book.
        """
        chosen = tuple(dict.fromkeys(ids))

        def work(connection: Connection) -> tuple[int, ChangeSet | None]:
            gone = [each for each in chosen if keepsakes.destroy(connection, each)]
            return len(gone), _changed(*gone, drawer=True, origin=origin) if gone else None

        return once_folded(self._worker, self._worker.write(work))

    def _set_put_away(self, ids: Iterable[KeepsakeId], at: str | None, origin: str) -> Future[None]:
        chosen = tuple(dict.fromkeys(ids))

        def work(connection: Connection) -> tuple[None, ChangeSet | None]:
            moved = [each for each in chosen if keepsakes.set_put_away(connection, each, at)]
            return None, _changed(*moved, drawer=True, origin=origin) if moved else None

        return self._worker.write(work)


def _changed(*ids: KeepsakeId, drawer: bool = False, origin: str) -> ChangeSet:
    return ChangeSet(keepsakes=frozenset(ids), drawer=drawer, origin=origin)
