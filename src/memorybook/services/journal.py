"""The pages of the book: keeping what is written, its earlier versions, and putting pages away."""

import unicodedata
from concurrent.futures import Future
from dataclasses import replace

from memorybook.domain.changes import ChangeSet
from memorybook.domain.entry import Entry, EntryDraft
from memorybook.domain.ids import EntryId, PhotoId
from memorybook.services import markup
from memorybook.services.story import Story
from memorybook.services.times import stamp
from memorybook.storage import entries
from memorybook.storage.connection import Connection
from memorybook.storage.worker import VaultWorker
from memorybook.system.clock import Clock


class Journal(Story):
    """The story, and what changes it. Every method returns at once, as those of :class:`Story`."""

    def __init__(self, worker: VaultWorker, clock: Clock) -> None:
        super().__init__(worker)
        self._clock = clock

    def keep(
        self, entry_id: EntryId | None, draft: EntryDraft, *, hold_place: bool = False, origin: str = ""
    ) -> Future[Entry | None]:
        """Keep a page as it is in ``draft``; the future resolves once it is on the disk.

        Without an id it is a new page, unless there is nothing on it: then nothing is written and the
        result is ``None``, except with ``hold_place``, which makes an empty page that photos can be put
        on. A page that has become empty stays, and is no longer listed. The order of its photos is that
        of the draft; a photo the draft does not name stays behind them, since it may have been added while
        the draft was on its way (:meth:`take_off` takes one off). A draft equal to what is kept writes
        nothing and publishes nothing.
        """
        draft = entries.normal(draft)
        at = stamp(self._clock)

        def work(connection: Connection) -> tuple[Entry | None, ChangeSet | None]:
            if entry_id is None:
                if draft.is_empty and not hold_place:
                    return None, None
                touched = entries.insert(connection, draft, _plain(draft.body), at)
            else:
                touched = entry_id
                kept = entries.get(connection, entry_id)
                others = tuple(photo for photo in kept.draft.photos if photo not in draft.photos)
                whole = replace(draft, photos=draft.photos + others)
                if kept.draft == whole:
                    return kept, None
                entries.update(connection, kept, whole, _plain(draft.body), at)
            changes = ChangeSet(entries=frozenset({touched}), origin=origin)
            return entries.get(connection, touched), changes

        return self._worker.write(work)

    def take_off(self, entry_id: EntryId, photo_id: PhotoId, *, origin: str = "") -> Future[Entry]:
        """Take a photo off a page. The photo itself stays in the book; LookupError without such a page."""
        at = stamp(self._clock)

        def work(connection: Connection) -> tuple[Entry, ChangeSet | None]:
            kept = entries.get(connection, entry_id)
            photos = tuple(photo for photo in kept.draft.photos if photo != photo_id)
            if photos == kept.draft.photos:
                return kept, None
            entries.update(connection, kept, replace(kept.draft, photos=photos), _plain(kept.draft.body), at)
            changes = ChangeSet(entries=frozenset({entry_id}), origin=origin)
            return entries.get(connection, entry_id), changes

        return self._worker.write(work)

    def entry(self, entry_id: EntryId) -> Future[Entry]:
        """One page, compared with its digest. LookupError when there is none, BookDamaged when it differs."""
        return self._worker.read(lambda connection: entries.get(connection, entry_id))


def _plain(body: str) -> str:
    return unicodedata.normalize("NFC", markup.plain(body))
