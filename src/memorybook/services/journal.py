"""The pages of the book: keeping what is written, its earlier versions, and putting pages away."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import replace

from memorybook.domain.changes import ChangeSet
from memorybook.domain.drawer import DrawerRow
from memorybook.domain.entry import Entry, EntryDraft
from memorybook.domain.ids import EntryId, PhotoId, RecordingId, VersionId
from memorybook.domain.versions import Version, VersionRow, is_due
from memorybook.services import markup
from memorybook.services.destroying import once_folded
from memorybook.services.story import Story
from memorybook.services.times import stamp
from memorybook.storage import attachments, drawer, entries, versions
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
        the draft was on its way (:meth:`take_off` takes one off); so it is with recordings. A draft equal to
        what is kept writes nothing and publishes nothing. A page that was deleted meanwhile is kept where it
        is, in the drawer; one by somebody who was taken out of the book meanwhile, as by whoever keeps it.
        What was there before becomes an earlier version now and then, and whenever much of it goes.
        """
        draft = entries.normal(draft)
        at = stamp(self._clock)

        def work(connection: Connection) -> tuple[Entry | None, ChangeSet | None]:
            kept: Entry | None = None
            written = attachments.with_what_is_shown(connection, entries.by_someone(connection, draft))
            if entry_id is None:
                if written.is_empty and not hold_place:
                    return None, None
                touched = entries.insert(connection, written, markup.composed(written.body), at)
            else:
                touched = entry_id
                kept = entries.get(connection, entry_id, in_drawer=True)
                whole = _with_what_came(written, kept.draft)
                if kept.draft == whole:
                    return kept, None
                self._put_aside(connection, kept, whole, at)
                entries.update(connection, kept, whole, markup.composed(whole.body), at)
            now = entries.get(connection, touched, in_drawer=True)
            tags = now.draft.tags != (() if kept is None else kept.draft.tags)
            return now, ChangeSet(entries=frozenset({touched}), tags=tags, origin=origin)

        return self._worker.write(work)

    def take_off(self, entry_id: EntryId, photo_id: PhotoId, *, origin: str = "") -> Future[Entry]:
        """Take a photo off a page. The photo itself stays in the book; LookupError without such a page."""

        def without(draft: EntryDraft) -> EntryDraft:
            return replace(draft, photos=tuple(photo for photo in draft.photos if photo != photo_id))

        return self._take(entry_id, without, origin)

    def take_off_recording(
        self, entry_id: EntryId, recording_id: RecordingId, *, origin: str = ""
    ) -> Future[Entry]:
        """Take a recording off a page. It stays in the book; LookupError without such a page."""

        def without(draft: EntryDraft) -> EntryDraft:
            return replace(draft, recordings=tuple(it for it in draft.recordings if it != recording_id))

        return self._take(entry_id, without, origin)

    def _take(
        self, entry_id: EntryId, without: Callable[[EntryDraft], EntryDraft], origin: str
    ) -> Future[Entry]:
        at = stamp(self._clock)

        def work(connection: Connection) -> tuple[Entry, ChangeSet | None]:
            kept = entries.get(connection, entry_id, in_drawer=True)
            fewer = without(kept.draft)
            if fewer == kept.draft:
                return kept, None
            self._put_aside(connection, kept, fewer, at)
            entries.update(connection, kept, fewer, markup.composed(kept.draft.body), at)
            changes = ChangeSet(entries=frozenset({entry_id}), origin=origin)
            return entries.get(connection, entry_id, in_drawer=True), changes

        return self._worker.write(work)

    def entry(self, entry_id: EntryId, *, in_drawer: bool = False) -> Future[Entry]:
        """One page, compared with its digest; with ``in_drawer`` also one that waits there, as it would be
        brought back.

        LookupError when there is none, BookDamaged when it differs.
        """

        def work(connection: Connection) -> Entry:
            kept = entries.get(connection, entry_id, in_drawer=in_drawer)
            before = versions.last(connection, entry_id) if in_drawer and kept.draft.is_empty else None
            return kept if before is None else replace(kept, draft=before.draft)

        return self._worker.browse(work)

    def versions(self, entry_id: EntryId) -> Future[tuple[VersionRow, ...]]:
        """The earlier versions of a page, the newest first."""
        return self._worker.browse(lambda connection: versions.rows(connection, entry_id))

    def version(self, version_id: VersionId) -> Future[Version]:
        """One earlier version. LookupError when there is none, BookDamaged when it is not as it was kept."""
        return self._worker.read(lambda connection: versions.get(connection, version_id))

    def bring_version_back(self, version_id: VersionId, *, origin: str = "") -> Future[Entry]:
        """Have a page say again what it said then. What it says now becomes a version first.

        The pictures and recordings that are on it now and were not then stay on it, behind the others.
        LookupError when there is no such version.
        """
        at = stamp(self._clock)

        def work(connection: Connection) -> tuple[Entry, ChangeSet | None]:
            version = versions.get(connection, version_id)
            kept = entries.get(connection, version.entry, in_drawer=True)
            draft = _with_what_came(version.draft, kept.draft)
            if draft == kept.draft:
                return kept, None
            if not kept.draft.is_empty:
                versions.put(connection, kept, markup.composed(kept.draft.body), at)
            entries.update(connection, kept, draft, markup.composed(draft.body), at)
            changes = ChangeSet(entries=frozenset({kept.id}), tags=True, origin=origin)
            return entries.get(connection, kept.id, in_drawer=True), changes

        return self._worker.write(work)

    def delete(self, entry_id: EntryId, *, origin: str = "") -> Future[bool]:
        """Put a page into the drawer, from where it can always be brought back; ``False`` when it is there.

        LookupError when there is no such page.
        """
        at = stamp(self._clock)
        return self._move(entry_id, lambda connection: drawer.put_away(connection, entry_id, at), origin)

    def bring_back(self, entry_id: EntryId, *, origin: str = "") -> Future[bool]:
        """Take a page out of the drawer; ``False`` when it is not in it. LookupError without such a page.

        One that everything was taken off says again what it said last.
        """
        at = stamp(self._clock)

        def move(connection: Connection) -> bool:
            moved = drawer.bring_back(connection, entry_id)
            kept = entries.get(connection, entry_id)
            before = versions.last(connection, entry_id) if kept.draft.is_empty else None
            if before is None:
                return moved
            entries.update(connection, kept, before.draft, markup.composed(before.draft.body), at)
            return True

        return self._move(entry_id, move, origin)

    def drawer(self) -> Future[tuple[DrawerRow, ...]]:
        """The pages that were deleted, the last one first. None leaves by itself, however long it waits."""
        return self._worker.browse(drawer.rows)

    def delete_for_ever(self, ids: Iterable[EntryId], *, origin: str = "") -> Future[int]:
        """Destroy those of these pages that are in the drawer; how many there were.

        Their words, their earlier versions and their traces in the index are overwritten in the file, and no
        log keeps them. Pages that are not in the drawer stay as they are. The pictures stay in the book, with
        what is written under them. In a very large book this takes some seconds on the vault's thread.
        """
        chosen = tuple(ids)

        def work(connection: Connection) -> tuple[int, ChangeSet | None]:
            gone = drawer.destroy(connection, chosen)
            changes = ChangeSet(entries=frozenset(gone), tags=True, drawer=True, origin=origin)
            return len(gone), changes if gone else None

        return once_folded(self._worker, self._worker.write(work))

    def _move(
        self, entry_id: EntryId, move: Callable[[Connection], bool], origin: str
    ) -> Future[bool]:
        def work(connection: Connection) -> tuple[bool, ChangeSet | None]:
            moved = move(connection)
            changes = ChangeSet(entries=frozenset({entry_id}), tags=True, drawer=True, origin=origin)
            return moved, changes if moved else None

        return self._worker.write(work)

    def _put_aside(self, connection: Connection, kept: Entry, after: EntryDraft, at: str) -> None:
        """Make a version of the page as it is, if it is time for one, and let the oldest go."""
        now = versions.time(at)
        newest = versions.newest(connection, kept.id)
        if is_due(kept.draft, after, newest, versions.time(kept.created_at), now):
            versions.put(connection, kept, markup.composed(kept.draft.body), at)
        versions.expire(connection, kept.id, now)


def _with_what_came(draft: EntryDraft, kept: EntryDraft) -> EntryDraft:
    """The draft with the photos and recordings behind its own that the page has besides."""
    photos = tuple(each for each in kept.photos if each not in draft.photos)
    recordings = tuple(each for each in kept.recordings if each not in draft.recordings)
    return replace(draft, photos=draft.photos + photos, recordings=draft.recordings + recordings)
