"""The recordings of the book: taking them in, listening to them, handing back the very file that came in."""

import hashlib
import threading
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from os import SEEK_END
from pathlib import Path
from typing import BinaryIO, TypeVar, cast
from weakref import WeakKeyDictionary

from memorybook.domain.bringing import BringProgress
from memorybook.domain.changes import ChangeSet
from memorybook.domain.ids import EntryId, RecordingId
from memorybook.domain.recording import Probed, Recording, RecordingDraft
from memorybook.errors import BookClosed, MediaDamaged, MediaMissing, RecordingDamaged, RecordingMissing
from memorybook.services.bringing import Bringer, Bringing, Told
from memorybook.services.destroying import once_folded
from memorybook.services.exporting import save_copy
from memorybook.services.leftovers import Leftovers
from memorybook.services.pools import submit
from memorybook.services.recording_intake import Looked, RecordingIntake, Taken
from memorybook.services.sources import Source
from memorybook.services.times import stamp
from memorybook.storage import entries, recordings, search
from memorybook.storage.connection import Connection
from memorybook.storage.media import MediaStore
from memorybook.storage.worker import VaultWorker
from memorybook.system.clock import Clock
from memorybook.system.player import Playback, probe

__all__ = ["THOUSANDTHS", "Playback", "Recordings"]

T = TypeVar("T")

_PIECE = 1 << 18
THOUSANDTHS = 1_000
"""How fine the progress of one file is told: a film takes a while."""


class Recordings:
    """Files are read and looked at on threads of its own, never on the vault's or the caller's.

    Futures fail with the errors of :mod:`memorybook.errors`, or LookupError for an id that is not there.
    """

    def __init__(self, worker: VaultWorker, media: MediaStore, clock: Clock) -> None:
        self._worker = worker
        self._media = media
        self._clock = clock
        self._intake = RecordingIntake(worker, media, clock, probe)
        self._bringer: Bringer[Looked, RecordingId] = Bringer("recordings", self._intake.look, ahead=1)
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="memorybook-recordings-out")
        self._closed = threading.Event()
        self._giving_up = threading.Event()
        self._gate = threading.Lock()
        self._playing: WeakKeyDictionary[Playback, RecordingId] = WeakKeyDictionary()

    # what there is

    def rows(self) -> Future[tuple[Recording, ...]]:
        """All that are not put away, the newest day first."""
        return self._worker.browse(recordings.all_of_them)

    def get(self, ids: Sequence[RecordingId]) -> Future[tuple[Recording, ...]]:
        """Those of these that are in the book and not put away, in this order."""
        wanted = tuple(ids)
        return self._worker.browse(lambda connection: recordings.get_shown(connection, wanted))

    def picture(self, recording_id: RecordingId) -> Future[tuple[bytes, bytes]]:
        """The loudness of its sound, a byte a stretch, and a small JPEG of a video; either may be empty."""
        return self._worker.read(lambda connection: recordings.picture(connection, recording_id))

    # taking in

    def bring(
        self,
        sources: Sequence[Source],
        *,
        entry: EntryId | None = None,
        told: Told = lambda _: None,
        origin: str = "",
    ) -> Bringing[RecordingId]:
        """Take files in, and what is sound or a video in folders; on a page too with ``entry``.

        The originals are kept byte for byte, also of what cannot be played. One that is in the book already
        is not stored twice, and comes back when it was put away; if its file there is damaged or gone, this
        one takes its place. ``told`` counts in thousandths of a file, on a thread of the service.
        """
        begun: list[Bringing[RecordingId]] = []
        total = [0, 0]

        def progress(now: BringProgress) -> None:
            total[:] = now.done, now.total
            told(BringProgress(now.done * THOUSANDTHS, now.total * THOUSANDTHS))

        def stopped() -> bool:
            return self._giving_up.is_set() or any(bringing.is_cancelled for bringing in begun)

        def keep(looked: Looked) -> Taken:
            def part(count: int) -> None:
                done = total[0] * THOUSANDTHS + count * THOUSANDTHS // max(looked.length, 1)
                if total[1] and done > shown[0]:
                    shown[0] = done
                    told(BringProgress(done, total[1] * THOUSANDTHS))

            shown = [0]
            return self._intake.take_in(looked, entry=entry, told=part, stopped=stopped, origin=origin)

        begun.append(self._bringer.bring(sources, keep, progress))
        return begun[0]

    def look_again(self, recording_id: RecordingId, *, origin: str = "") -> Future[Recording]:
        """See whether one that could not be played can be: this program may know more than the one before.

        Raises RecordingDamaged or RecordingMissing.
        """

        def work() -> Recording:
            with self._opened(recording_id) as file:
                probed = probe(file, file.seek(0, SEEK_END))
            return self._worker.write(lambda connection: noted(connection, probed)).result()

        def noted(connection: Connection, probed: Probed) -> tuple[Recording, ChangeSet | None]:
            kept = recordings.get(connection, recording_id)
            if kept.playable or not probed.playable:
                return kept, None
            recordings.note(connection, recording_id, probed)
            now = recordings.get(connection, recording_id)
            return now, self._changes(connection, (recording_id,), origin)

        return submit(self._writing, work)

    # what is written down of them

    def keep(
        self, recording_id: RecordingId, draft: RecordingDraft, *, origin: str = ""
    ) -> Future[Recording]:
        """Keep what is written down of a recording. A draft equal to what is kept writes nothing."""
        draft = recordings.normal(draft)
        at = stamp(self._clock)

        def work(connection: Connection) -> tuple[Recording, ChangeSet | None]:
            kept = recordings.get(connection, recording_id)
            if kept.draft == draft:
                return kept, None
            changed = recordings.change(connection, kept, draft, at)
            changes = self._changes(connection, (recording_id,), origin)
            for page in changes.entries:
                search.index(connection, page)
            return changed, changes

        return self._worker.write(work)

    def cover(self, ids: Sequence[RecordingId], covered: bool, *, origin: str = "") -> Future[None]:
        """Have the pictures of these shown when they are asked for only, or always."""
        wanted, at = tuple(dict.fromkeys(ids)), stamp(self._clock)

        def work(connection: Connection) -> tuple[None, ChangeSet | None]:
            changed = tuple(each for each in wanted if recordings.cover(connection, each, covered, at))
            return None, self._changes(connection, changed, origin) if changed else None

        return self._worker.write(work)

    # listening and handing back

    def open(self, recording_id: RecordingId) -> Playback:
        """Something that plays it; nothing is read before it is started. Close it. Any thread.

        It is closed by itself when the book is.
        """
        playback = Playback(lambda: self._opened(recording_id))
        with self._gate:
            self._playing[playback] = recording_id
        if self._closed.is_set():
            playback.close()
        return playback

    def export(self, recording_id: RecordingId, target: Path) -> Future[None]:
        """Write the file as it came in to ``target``, which it replaces. Nothing protects it there.

        Raises RecordingDamaged or RecordingMissing, StorageFull or CopyNotSaved; then nothing is left behind.
        """
        leftovers = Leftovers(self._worker)
        return submit(
            self._writing, lambda: save_copy(target, self._contents(recording_id), leftovers=leftovers)
        )

    # putting away

    def put_away(self, ids: Sequence[RecordingId], *, origin: str = "") -> Future[None]:
        """Show these nowhere any more; they stay in the book. LookupError for one that is not in it."""
        return self._set_away(ids, stamp(self._clock), origin)

    def bring_back(self, ids: Sequence[RecordingId], *, origin: str = "") -> Future[None]:
        """Show these again everywhere they were."""
        return self._set_away(ids, None, origin)

    def put_away_rows(self) -> Future[tuple[Recording, ...]]:
        """Those that were put away, the last one first."""
        return self._worker.browse(recordings.put_away_ones)

    def delete_for_ever(self, ids: Sequence[RecordingId], *, origin: str = "") -> Future[int]:
        """Destroy those of these that are put away; how many there were.

        The key in front of each file is overwritten first, then what is written down of it. Pages, and their
        earlier versions, go on without it.
        """
        wanted = tuple(dict.fromkeys(ids))

        def work(connection: Connection) -> tuple[int, ChangeSet | None]:
            files = recordings.away_media(connection, wanted)
            gone = tuple(files)
            if not gone:
                return 0, None
            for media in files.values():  # here, where nothing can bring one back meanwhile
                self._media.destroy(media)
            changes = self._changes(connection, gone, origin, drawer=True)
            for each in gone:
                recordings.destroy(connection, each)
            for page in changes.entries:
                entries.refresh(connection, page)
            return len(gone), changes

        def destroy() -> int:
            found = self._worker.read(lambda connection: recordings.away_media(connection, wanted)).result()
            self._stop_playing(found)
            return once_folded(self._worker, self._worker.write(work)).result()

        return submit(self._writing, destroy)

    # the end

    def be_silent(self) -> None:
        """End whatever plays, and play nothing more. Blocks for a tenth of a second at most."""
        self._closed.set()
        self._stop_playing()

    def close(self) -> None:
        """Finish what was asked for and take nothing more. Blocks; call before the worker is closed."""
        self.be_silent()
        self._bringer.close()
        self._writing.shutdown()

    def give_up(self) -> int:
        """Stop playing, take nothing more and nothing of what has not begun; how many were not taken in.

        Blocks for as long as the file that is being looked at or copied out takes to end.
        """
        self._giving_up.set()
        self.be_silent()
        self._writing.shutdown(wait=False, cancel_futures=True)
        given_up = self._bringer.give_up(lambda: None)
        self.close()
        return given_up

    def _stop_playing(self, only: Collection[RecordingId] | None = None) -> None:
        with self._gate:
            playing = [one for one, of in self._playing.items() if only is None or of in only]
        for playback in playing:
            playback.close()

    def _opened(self, recording_id: RecordingId) -> BinaryIO:
        media = self._worker.read(lambda connection: recordings.media_of(connection, recording_id)).result()
        try:
            return cast("BinaryIO", self._media.open(media))
        except MediaDamaged:
            raise RecordingDamaged from None
        except MediaMissing:
            raise RecordingMissing from None

    def _contents(self, recording_id: RecordingId) -> Iterator[bytes]:
        kept = self._worker.read(lambda connection: recordings.get(connection, recording_id)).result()
        digest = hashlib.sha256()
        with self._opened(recording_id) as reader:
            while True:
                try:
                    piece = reader.read(_PIECE)
                except MediaDamaged:
                    raise RecordingDamaged from None
                if not piece:
                    break
                if self._giving_up.is_set():
                    raise BookClosed
                digest.update(piece)
                yield piece
        if digest.hexdigest() != kept.digest:
            raise RecordingDamaged

    def _set_away(self, ids: Sequence[RecordingId], at: str | None, origin: str) -> Future[None]:
        wanted = tuple(dict.fromkeys(ids))

        def work(connection: Connection) -> tuple[None, ChangeSet | None]:
            moved = tuple(each for each in wanted if recordings.set_away(connection, each, at))
            changes = self._changes(connection, moved, origin, drawer=True)
            for page in changes.entries:
                entries.refresh(connection, page)
            return None, changes if moved else None

        return self._worker.write(work)

    @staticmethod
    def _changes(
        connection: Connection, ids: Sequence[RecordingId], origin: str, *, drawer: bool = False
    ) -> ChangeSet:
        pages = frozenset(recordings.entries_of(connection, ids))
        return ChangeSet(entries=pages, recordings=frozenset(ids), drawer=drawer, origin=origin)
