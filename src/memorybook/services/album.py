"""The pictures of the book: bringing them in, saying what they show, and putting them away."""

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import replace
from functools import partial

from memorybook.domain.bringing import BringProgress
from memorybook.domain.changes import ChangeSet
from memorybook.domain.edit import Edit
from memorybook.domain.ids import EntryId, KeepsakeId, MediaId, PhotoId
from memorybook.domain.photo import Photo, PhotoDraft
from memorybook.errors import BookClosed, MemoryBookError, PictureWorkerStopped, StorageFull
from memorybook.services.bringing import Bringer, Bringing
from memorybook.services.destroying import once_folded
from memorybook.services.media_writing import MediaWriting
from memorybook.services.pools import submit
from memorybook.services.showing import Showing
from memorybook.services.sources import Source
from memorybook.services.taking_in import Place, Prepared, TakingIn
from memorybook.services.times import stamp
from memorybook.storage import edit_wishes, photo_drawer, photo_files, photos, unfinished
from memorybook.storage.connection import Connection
from memorybook.storage.media import MediaStore
from memorybook.storage.photo_drawer import Moved
from memorybook.storage.worker import VaultWorker
from memorybook.system.clock import Clock
from memorybook.system.decoder import Decoder

_GLANCE_SECONDS = 0.05


class Album(Showing):
    """What changes the pictures. Every method returns at once; its future resolves on a thread of its own."""

    def __init__(self, worker: VaultWorker, media: MediaStore, decoder: Decoder, clock: Clock) -> None:
        super().__init__(worker, media, decoder, clock)
        self._clock = clock
        # One thread each, so that what was asked for first comes first.
        self._intake = ThreadPoolExecutor(1, thread_name_prefix="memorybook-intake")
        self._editing = ThreadPoolExecutor(1, thread_name_prefix="memorybook-editing")
        self._adding: set[Future[Photo]] = set()
        self._giving_up = threading.Event()
        self._writing = MediaWriting(worker, media)
        self._writing.sweep()
        self._worker.read(edit_wishes.left).add_done_callback(self._resume)
        self._taking_in = TakingIn(worker, media, decoder, clock, self._giving_up.is_set)
        self._bringer = Bringer[Prepared, PhotoId]("photos", self._taking_in.look_at)

    def add(self, entry_id: EntryId, source: Source, *, origin: str = "") -> Future[Photo]:
        """Take a picture in and put it behind the others of a page; the file it came from is not touched.

        The original is kept byte for byte. A picture that is in the book already is not stored twice; if
        its file there is damaged or gone, this one takes its place, and if it was put away it comes back.
        Raises the PictureErrors, StorageFull, BookReadOnly or StorageFailed; then nothing is left behind.
        """
        place = Place(entry_id, origin=origin)
        future = submit(self._intake, lambda: self._taking_in.keep(self._taking_in.prepare(source), place))
        self._adding.add(future)
        future.add_done_callback(self._adding.discard)
        return future

    def bring(
        self,
        sources: Sequence[Source],
        *,
        told: Callable[[BringProgress], None],
        entry: EntryId | None = None,
        keepsake: KeepsakeId | None = None,
        origin: str = "",
    ) -> Bringing[PhotoId]:
        """Take in any number of files, whole folders and pasted pictures, each as :meth:`add` does.

        They are put behind the others of a page or a keepsake, if one is named. ``told`` is called on a
        thread of the album, as is what waits for ``done``.
        """
        place = Place(entry, keepsake, origin)
        return self._bringer.bring(sources, lambda prepared: self._taking_in.bring(prepared, place), told)

    def keep(self, photo_id: PhotoId, draft: PhotoDraft, *, origin: str = "") -> Future[Photo]:
        """Keep what is said of a picture. The same again writes nothing and publishes nothing."""
        return self._change(photo_id, lambda _: draft, origin)

    def cover(self, ids: Iterable[PhotoId], covered: bool, *, origin: str = "") -> Future[None]:
        """Have pictures shown only when they are asked for, or always."""
        chosen, at = tuple(dict.fromkeys(ids)), stamp(self._clock)

        def work(connection: Connection) -> tuple[None, ChangeSet | None]:
            changed = [photo for photo in photos.get_many(connection, chosen) if photo.covered != covered]
            for photo in changed:
                photos.change(connection, photo, replace(photo.draft, covered=covered), at)
            ids = frozenset(photo.id for photo in changed)
            return None, ChangeSet(photos=ids, origin=origin) if ids else None

        return self._worker.write(work)

    def measure(self, photo_id: PhotoId, per_mm: float | None, *, origin: str = "") -> Future[Photo]:
        """Note how many pixels of the upright original one millimetre takes; ``None``: nobody knows.

        Raises ``ValueError`` for a number that is no such measure.
        """
        if per_mm is not None and not 0 < per_mm < float("inf"):
            raise ValueError("not a measure")
        at = stamp(self._clock)

        def work(connection: Connection) -> tuple[Photo, ChangeSet | None]:
            photo = photos.get(connection, photo_id)
            if photo.per_mm == per_mm:
                return photo, None
            photos.measure(connection, photo_id, per_mm, at)
            changes = ChangeSet(photos=frozenset({photo_id}), origin=origin)
            return photos.get(connection, photo_id), changes

        return self._worker.write(work)

    def edit(self, photo_id: PhotoId, edit: Edit, *, origin: str = "") -> Future[Photo]:
        """Have a picture shown and printed with this edit; the original stays as it is.

        Raises the PictureErrors, MediaDamaged or MediaMissing when the original cannot be read, and what
        the disk said; then it is shown as before. An edit that the end of the process, or giving up, comes
        before is made when the book is opened again.
        """
        self.want(photo_id, edit)
        return submit(self._editing, lambda: self._edit(photo_id, edit, origin))

    def want(self, photo_id: PhotoId, edit: Edit) -> Future[None]:
        """Note an edit that is to be made at the next opening, unless :meth:`edit` comes before that."""

        def note(connection: Connection) -> tuple[None, None]:
            edit_wishes.note(connection, photo_id, edit)
            return None, None

        return self._worker.write(note)

    def put_away(self, ids: Iterable[PhotoId], *, origin: str = "") -> Future[None]:
        """Have pictures shown nowhere, until they are brought back. They keep their places everywhere."""
        chosen, at = tuple(ids), stamp(self._clock)
        return self._move(lambda connection: photo_drawer.put_away(connection, chosen, at), origin)

    def bring_back(self, ids: Iterable[PhotoId], *, origin: str = "") -> Future[None]:
        """Have pictures that were put away shown again, each where it was."""
        chosen = tuple(ids)
        return self._move(lambda connection: photo_drawer.bring_back(connection, chosen), origin)

    def delete_for_ever(self, ids: Iterable[PhotoId], *, origin: str = "") -> Future[int]:
        """Destroy those of these pictures that are put away; how many there were.

        Their files are made unreadable before they are removed, what is written of them is overwritten in
        the book, and no log keeps it. Raises what the disk said; then those that are left are still put away.
        """
        chosen = tuple(ids)

        def work(connection: Connection) -> tuple[int, ChangeSet | None]:
            gone = photo_drawer.destroy(connection, chosen, self._media.destroy)
            return len(gone.photos), _moved(gone, origin)

        return once_folded(self._worker, self._worker.write(work))

    def close(self) -> None:
        """Finish what was asked for and take nothing more. Blocks; call before the worker is closed."""
        self._intake.shutdown()
        self._bringer.close()
        self._editing.shutdown()
        self._showing.shutdown()

    def give_up(self) -> int:
        """Take nothing more, and nothing of what has not begun; how many pictures were not taken in.

        The picture that is being decoded is given up too; one that is being written to the disk is finished.
        Blocks for as long as that takes; call before the worker is closed.
        """
        adding = tuple(self._adding)
        self._giving_up.set()
        for pool in (self._intake, self._editing, self._showing):
            pool.shutdown(wait=False, cancel_futures=True)
        self._decoder.interrupt()
        given_up = self._bringer.give_up(self._decoder.interrupt)
        begun = [future for future in adding if not future.cancelled()]
        while wait(begun, timeout=_GLANCE_SECONDS).not_done:
            self._decoder.interrupt()  # it may have begun with one while it was told not to
        self.close()
        return given_up + sum(_was_given_up(future) for future in adding)

    def _change(
        self, photo_id: PhotoId, say: Callable[[PhotoDraft], PhotoDraft], origin: str
    ) -> Future[Photo]:
        at = stamp(self._clock)

        def work(connection: Connection) -> tuple[Photo, ChangeSet | None]:
            photo = photos.get(connection, photo_id)
            draft = photos.normal(say(photo.draft))
            if photo.draft == draft:
                return photo, None
            photos.change(connection, photo, draft, at)
            changes = ChangeSet(photos=frozenset({photo_id}), origin=origin)
            return photos.get(connection, photo_id), changes

        return self._worker.write(work)

    def _resume(self, left: Future[dict[PhotoId, Edit]]) -> None:
        """Make what was wanted when the book was closed, unless another edit is wanted by then."""

        def again(photo_id: PhotoId, edit: Edit) -> None:
            if self._worker.read(edit_wishes.left).result().get(photo_id) == edit:
                self._edit(photo_id, edit, "")

        if left.exception() is None:
            for photo_id, edit in left.result().items():
                submit(self._editing, partial(again, photo_id, edit))

    def _edit(self, photo_id: PhotoId, edit: Edit, origin: str) -> Photo:
        try:
            return self._edited(photo_id, edit, origin)
        except (MemoryBookError, LookupError):
            if not self._giving_up.is_set():  # otherwise it may be our own doing
                self._no_more_wanted(photo_id, None)
            raise

    def _no_more_wanted(self, photo_id: PhotoId, edit: Edit | None) -> None:
        def work(connection: Connection) -> tuple[None, None]:
            edit_wishes.settle(connection, photo_id, edit)
            return None, None

        with suppress(MemoryBookError):
            self._worker.write(work).result()

    def _edited(self, photo_id: PhotoId, edit: Edit, origin: str) -> Photo:
        photo = self.photos([photo_id]).result()[0]
        if photo.edit == edit:
            self._no_more_wanted(photo_id, edit)
            return photo
        picture = self._decoder.decode(self._read_original(photo), edit)
        new = () if edit.is_untouched else self._writing.names(1)
        at = stamp(self._clock)

        def work(connection: Connection) -> tuple[tuple[Photo, tuple[MediaId, ...]], ChangeSet | None]:
            before = photo_files.of(connection, photo_id).view
            old = () if before is None else (before,)
            photo_files.put_view(connection, photo_id, edit, next(iter(new), None), picture.thumbnail, at)
            edit_wishes.settle(connection, photo_id, edit)
            unfinished.settle(connection, new)
            unfinished.note(connection, old)
            changes = ChangeSet(photos=frozenset({photo_id}), origin=origin)
            return (photos.get(connection, photo_id), old), changes

        try:
            for name in new:
                self._media.write(picture.rendition, name)
            edited, old = self._worker.write(work).result()
        except (StorageFull, BookClosed, LookupError):
            # Nothing was committed. After any other error that is not certain until the next opening.
            self._writing.discard(new)
            raise
        if old:
            self._writing.discard(old)  # what was cut off since is not left readable
        return edited

    def _move(self, move: Callable[[Connection], Moved], origin: str) -> Future[None]:
        def work(connection: Connection) -> tuple[None, ChangeSet | None]:
            return None, _moved(move(connection), origin)

        return self._worker.write(work)


def _moved(moved: Moved, origin: str) -> ChangeSet | None:
    if not moved.photos:
        return None
    return ChangeSet(
        entries=moved.entries,
        photos=frozenset(moved.photos),
        keepsakes=moved.keepsakes,
        drawer=True,
        origin=origin,
    )


def _was_given_up(future: Future[Photo]) -> bool:
    return future.cancelled() or isinstance(future.exception(), BookClosed | PictureWorkerStopped)
