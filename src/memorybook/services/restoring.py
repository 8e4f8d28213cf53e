"""A book brought back from a copy: found, taken out and verified, and put in its place on consent."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from memorybook.domain.backup import Told
from memorybook.domain.health import DamagedThing
from memorybook.domain.restoring import Copy, CopyKind, Restored
from memorybook.errors import MemoryBookError, RestoreNeedsRoom, StorageFailed, StorageFull
from memorybook.files import free_bytes
from memorybook.paths import default_copies_folder
from memorybook.services import copy_keys
from memorybook.services.copy_keys import ByPassphrase, BySeed, ByWords, Key, Way
from memorybook.services.way_in import is_passphrase
from memorybook.storage import copies, finding, media_names, placing, restoring
from memorybook.storage.backup_format import Manifest
from memorybook.storage.book import DATABASE, MEDIA
from memorybook.storage.connection import connect_to_check
from memorybook.storage.copies import Contents
from memorybook.storage.faults import DatabaseFault, translate
from memorybook.storage.lock import BookLock
from memorybook.storage.media_names import KeptMedia
from memorybook.storage.restoring import Pace
from memorybook.storage.restoring_media import MediaTaking
from memorybook.system.clock import Clock
from memorybook.system.volumes import Volumes

__all__ = ["ByPassphrase", "BySeed", "ByWords", "Restoring", "Way"]

_SPARE_BYTES = 16 << 20  # key files, the log of the database while it is looked at, folders


class Restoring:
    """Brings books back. Everything blocks: not for the window's thread. Any other may call."""

    def __init__(self, clock: Clock, volumes: Volumes | None = None) -> None:
        self._clock = clock
        self._volumes = volumes or Volumes()
        self._held: dict[Path, BookLock] = {}

    def nearby(self) -> tuple[Path, ...]:
        """Where copies lie or may lie: where they are kept unless told otherwise, and drives that are there.

        For :meth:`find`; nothing is opened. May wait for a drive that is slow.
        """
        drives = (volume.mount for volume in self._volumes.mounted() if volume.can_be_taken_away)
        return tuple(path for path in dict.fromkeys((default_copies_folder(), *drives)) if path.is_dir())

    def find(self, path: Path) -> tuple[Copy, ...]:
        """The copies that are meant by ``path``, the newest first; at least one.

        It may be a place of copies, a folder around or inside it, a file ending in .mbbackup, the folder of a
        book, or a folder with any of these in it. Needs no key. Raises NoCopyHere, or what the disk said.
        """
        return finding.find(path.absolute())

    def take(
        self, copy: Copy, target: Path, way: Way, told: Told, stop: threading.Event
    ) -> Restored:
        """Bring back the book of ``copy`` beside ``target``, which it may take the place of afterwards.

        ``target`` is absent, empty, or the folder of a book; that may be open, and is only read. All of the
        copy is verified on the way. Media files that are whole in the book there take the place of those that
        are not in the copy. Everything is read twice, and a passphrase takes an Argon2 run.

        Raises NoCopyHere, CopyDamaged when the words in it are not whole, CopyForeign, BookNewer,
        WrongPassphrase, NoPassphrase, KeyFilesDamaged, KeyFilesMissing, RecoveryWordsMistyped,
        RecoveryWordsOther, FolderInUse, RestoreNeedsRoom, BookReadOnly, StorageFailed, or RestoreStopped:
        within 100 ms of ``stop``, and what the disk takes to let go of files. Nothing is left behind then.
        """
        target = target.absolute()
        placing.finish(target, self._clock.now().date())
        placing.check_target(target)
        contents = finding.contents_of(copy)
        folder, held = placing.workshop(target)
        try:
            try:
                _check_room(folder, contents.size)
                restored = _Taking(copy, contents, target, folder, Pace(told, stop)).run(way)
            except StorageFull:
                raise RestoreNeedsRoom from None
        except BaseException:
            held.release()
            placing.discard(folder)
            raise
        self._held[folder] = held
        return restored

    def put_in_place(self, restored: Restored, name: placing.Name = placing.kept_name) -> Path | None:
        """Have what was brought back be the book at ``restored.target``; where the old one is kept now.

        ``name`` makes the old folder's new name out of the old one and the day. ``None`` when nothing was
        there. Raises BookOpenElsewhere while that is open, RestoreNotPlaced, BookReadOnly or StorageFailed;
        what was brought back stays where it is then, and it can be tried again.
        """
        self._let_go(restored)  # Windows does not rename a folder in which a file is open
        try:
            return placing.put(restored.folder, restored.target, self._clock.now().date(), name)
        except MemoryBookError:
            if restored.folder.is_dir():
                self._held[restored.folder] = BookLock(restored.folder)
            raise

    def discard(self, restored: Restored) -> None:
        """Take away again what was brought back and is not wanted. The copy it came from stays."""
        self._let_go(restored)
        placing.discard(restored.folder)

    def _let_go(self, restored: Restored) -> None:
        held = self._held.pop(restored.folder, None)
        if held is not None:
            held.release()

    def finish(self, target: Path) -> None:
        """Bring to its end what an ended process began for this folder. Raises nothing."""
        placing.finish(target.absolute(), self._clock.now().date())


@dataclass(frozen=True, slots=True)
class _Taking:
    """One copy on its way into ``folder``."""

    copy: Copy
    contents: Contents
    target: Path
    folder: Path
    pace: Pace

    def run(self, way: Way) -> Restored:
        restoring.copy_keys(self.contents, self.folder, self.pace)
        open_copy = copy_keys.begin(self.folder, way)
        digest = restoring.copy_database(self.contents, self.folder, self.pace)
        key = open_copy(self.folder)
        words = restoring.verify_database(self.folder, key.seed, key.salt, self.pace)
        things = _things(self.folder, key)
        as_made = self._is_as_made(key, digest, things)
        missing = self._media(key, things)
        if missing and not self.copy.path.exists():
            raise StorageFailed  # the drive was pulled out: nothing is missing from the copy on it
        restoring.finish(self.folder, key.way)
        return Restored(
            copy=self.copy,
            target=self.target,
            folder=self.folder,
            counts=words.counts,
            missing=(*words.damaged, *missing),
            is_exact=as_made and words.is_as_made and key.way is not None,
            has_passphrase=key.way is not None and any(map(is_passphrase, key.way.key_file.slots)),
        )

    def _is_as_made(self, key: Key, digest: str, things: Sequence[KeptMedia]) -> bool:
        """Whether what is outside the words and pictures is as it was made."""
        if self.copy.kind is CopyKind.FOLDER:
            return True
        manifest = restoring.genuine_manifest(self.contents, key.seed)
        told = manifest is not None and _is_told(manifest, self.contents, digest, things)
        if self.copy.kind is CopyKind.FILE:
            return restoring.is_signed(self.contents, key.seed, self.pace) and told
        return told

    def _media(self, key: Key, things: Sequence[KeptMedia]) -> list[DamagedThing]:
        # A file that is whole in the book that is there is the same file, whatever became of the copy's.
        sources = [self.contents.media, copies.media_beside(self.target / MEDIA)]
        taking = MediaTaking(self.folder, key.seed.media_key(), sources, self.pace)
        # Files beside a copied book that its words do not name may belong to a younger copy of it.
        named = {name for thing in things for name in thing.files.names}
        is_folder = self.copy.kind is CopyKind.FOLDER
        others = [name for name in self.contents.media if is_folder and name not in named]
        _check_room(self.folder, taking.size(things, others))
        return taking.take(things, others)


def _is_told(manifest: Manifest, contents: Contents, digest: str, things: Sequence[KeptMedia]) -> bool:
    """Whether the words and the files are those that the manifest names."""
    named = {name for thing in things for name in thing.files.names}
    return (
        contents.is_intact
        and contents.database is not None
        and manifest.database.sha256 == digest
        and manifest.database.size == contents.database.size
        and [piece.size for piece in contents.keys.values()] == [manifest.keys.size]
        and named == {*manifest.media, *manifest.lacking}
    )


def _things(folder: Path, key: Key) -> tuple[KeptMedia, ...]:
    database = folder / DATABASE
    try:
        connection = connect_to_check(database, key.seed.database_key(), key.salt)
        try:
            return media_names.kept(connection)
        finally:
            connection.close()
    except DatabaseFault as error:
        problem = translate(error, database)
        if problem is None:
            raise
        raise problem from None


def _check_room(folder: Path, size: int) -> None:
    if free_bytes(folder) < size + _SPARE_BYTES:
        raise RestoreNeedsRoom
