"""A place for copies of a book: the folders of its snapshots and the media files they share.

Everything in a snapshot is whole, on the disk and read back before its folder gets its name. What has no name
of its own yet is nobody's copy.
"""

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from memorybook.domain.ids import MediaId
from memorybook.errors import (
    BookNewer,
    BookOpenElsewhere,
    BookReadOnly,
    CopyNeedsRoom,
    CopyNotMade,
    CopyPlaceBusy,
    CopyReadOnly,
    MemoryBookError,
    StorageFailed,
    StorageFull,
)
from memorybook.files import put_in_place
from memorybook.storage import backup_format as names
from memorybook.storage import backup_readme, carrying, retention
from memorybook.storage.backup_format import Manifest, NotAManifestError, Part, media_file
from memorybook.storage.carrying import GoOn
from memorybook.storage.keyfile import KeyFile
from memorybook.storage.lock import BookLock
from memorybook.storage.mediafile import HEADER_BYTES
from memorybook.storage.seed import Seed

_GOING = re.compile(r"\.going-[0-9]{6,18}")
_MEDIA_FILE = re.compile(r"([0-9a-f]{32})\.mbm")


@dataclass(frozen=True, slots=True)
class Kept:
    """One snapshot of a place whose manifest is signed with the book's key."""

    folder: Path = field(repr=False)
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Found:
    """What is in a place, the newest first. ``strangers`` counts folders that are no verified snapshot."""

    kept: tuple[Kept, ...]
    highest: int
    strangers: int

    @property
    def media(self) -> dict[MediaId, Part]:
        """What the manifests say of the files the snapshots share."""
        return {media: part for each in reversed(self.kept) for media, part in each.manifest.media.items()}


class Place:
    """``folder`` holds, or will hold, the copies of one book: those that ``seed`` opens."""

    def __init__(self, folder: Path, book_id: str, db_salt: bytes, seed: Seed) -> None:
        self.root = folder / names.place_name(book_id, db_salt)
        self.media = self.root / names.MEDIA
        self._snapshots = self.root / names.SNAPSHOTS
        self._book_id = book_id
        self._seed = seed

    @contextmanager
    def held(self) -> Iterator[None]:
        """Make the folders that are missing, and keep others from writing here.

        Raises CopyPlaceBusy, or ``OSError``.
        """
        carrying.make_folder(self.media)
        carrying.make_folder(self._snapshots)
        carrying.settle(self.root)
        try:
            lock = BookLock(self.root)
        except BookOpenElsewhere:
            raise CopyPlaceBusy from None
        except BookReadOnly:
            raise CopyReadOnly from None
        except StorageFull:
            raise CopyNeedsRoom from None
        except StorageFailed:
            raise CopyNotMade from None
        try:
            yield
        finally:
            lock.release()

    def look(self) -> Found:
        """What is here. A folder that is missing holds nothing. Raises ``OSError``."""
        kept, highest, strangers = [], 0, 0
        items: Sequence[Path] = list(self._snapshots.iterdir()) if self._snapshots.is_dir() else ()
        for item in items:
            if item.name.startswith("."):
                continue
            sequence = names.sequence_of(item.name)
            highest = max(highest, sequence or 0)
            manifest = self._verified(item)
            if sequence is not None and manifest is not None and manifest.sequence == sequence:
                kept.append(Kept(item, manifest))
            else:
                strangers += 1
        kept.sort(key=lambda each: -each.manifest.sequence)
        return Found(tuple(kept), highest, strangers)

    def newest(self) -> tuple[Kept | None, int]:
        """The newest snapshot that is verified, and the highest number any has. Raises ``OSError``."""
        numbers = sorted(self._numbers(), reverse=True)
        found = (self._kept(number) for number in numbers)
        return next((each for each in found if each is not None), None), max(numbers, default=0)

    def count(self) -> int:
        """How many snapshots are signed with the book's key. Raises ``OSError``."""
        return sum(self._is_signed(number) for number in self._numbers())

    def _numbers(self) -> list[int]:
        items = list(self._snapshots.iterdir()) if self._snapshots.is_dir() else []
        found = (names.sequence_of(item.name) for item in items)
        return [number for number in found if number is not None]

    def _kept(self, sequence: int) -> Kept | None:
        folder = self._snapshots / names.snapshot_name(sequence)
        manifest = self._verified(folder)
        return Kept(folder, manifest) if manifest is not None and manifest.sequence == sequence else None

    def _is_signed(self, sequence: int) -> bool:
        folder = self._snapshots / names.snapshot_name(sequence)
        try:
            return not folder.is_symlink() and names.is_genuine(names.read_manifest(folder), self._seed)
        except (OSError, NotAManifestError):
            return False

    def manifest_of(self, sequence: int) -> Path:
        """Where the manifest of the copy with this number is, if there is such a copy."""
        return self._snapshots / names.snapshot_name(sequence) / names.MANIFEST

    def _verified(self, folder: Path) -> Manifest | None:
        try:
            if folder.is_symlink():
                return None
            data = names.read_manifest(folder)
            manifest = names.parse(data) if names.is_genuine(data, self._seed) else None
        except (OSError, NotAManifestError, BookNewer):
            return None
        return manifest if manifest is not None and manifest.book_id == self._book_id else None

    def put(self, manifest: Manifest, database: Path, key_file: KeyFile, go_on: GoOn) -> Kept:
        """Give a snapshot its place. The media it names are here already. Within :meth:`held`.

        ``manifest`` says nothing of the key file yet. Raises CopyNotMade, CopyStopped, ``OSError``.
        """
        new = carrying.unfinished(self._snapshots)
        target = self._snapshots / names.snapshot_name(manifest.sequence)
        try:
            new.mkdir(mode=0o700)
            carrying.write(
                new / names.DATABASE, carrying.pieces(database, go_on), go_on, sha256=manifest.database.sha256
            )
            keys = Part(*carrying.write(new / names.KEYS, [key_file.data]))
            manifest = replace(manifest, keys=keys)
            carrying.write(new / names.MANIFEST, [names.seal(manifest, self._seed)])
            carrying.settle(new)
            carrying.settle(self.media)
            put_in_place(new, target)
            carrying.settle(self._snapshots)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        return Kept(target, manifest)

    def write_readme(self) -> None:
        """Put the text for people beside the copies. What the drive refuses is left for the next time."""
        path, text = self.root / names.README, backup_readme.of_a_place().encode()
        with suppress(OSError, MemoryBookError):
            if not path.exists() or path.read_bytes() != text:
                carrying.write_in_place(path, [text])

    def sweep(self) -> None:
        """Remove what ended processes left unfinished or half removed. Within :meth:`held`."""
        with suppress(OSError):
            for item in list(self._snapshots.iterdir()):
                if carrying.UNFINISHED_NAME.fullmatch(item.name) or _GOING.fullmatch(item.name):
                    shutil.rmtree(item, ignore_errors=True)
            for folder in (self.media, self.root):
                for name in _names_in(folder):
                    if carrying.UNFINISHED_NAME.fullmatch(name) and (folder / name).is_file():
                        (folder / name).unlink()

    def thin(self, newest: Kept) -> int:
        """Take away the copies that do not stay, now that ``newest`` is whole. Within :meth:`held`.

        How many went. What the drive refuses stays for the next time.
        """
        gone = retention.going(self._numbers(), newest.manifest.sequence)
        return self.remove([each for each in map(self._kept, gone) if each is not None])

    def remove(self, leaving: Sequence[Kept]) -> int:
        """Take these copies away, and the media files that no copy names any more. Within :meth:`held`."""
        count = 0
        for each in leaving:
            with suppress(OSError):
                aside = each.folder.with_name(f".going-{each.folder.name}")
                put_in_place(each.folder, aside)
                count += 1
                shutil.rmtree(aside, ignore_errors=True)
        with suppress(OSError):
            carrying.settle(self._snapshots)
            self._prune()
        return count

    def _prune(self) -> None:
        newest, _ = self.newest()
        loose = {match[1] for match in map(_MEDIA_FILE.fullmatch, _names_in(self.media)) if match}
        if newest is None or loose <= newest.manifest.media.keys():
            return
        found = self.look()
        if found.strangers or not found.kept:
            return  # what cannot be read may name any of them
        named = found.media
        for path in list(self.media.iterdir()):
            match = _MEDIA_FILE.fullmatch(path.name)
            if match and MediaId(match[1]) not in named and path.is_file() and not path.is_symlink():
                _destroy(path)


def _names_in(folder: Path) -> list[str]:
    """Of thousands of files, many times more quickly than a path for each. Raises ``OSError``."""
    with os.scandir(folder) as items:
        return [item.name for item in items]


def _destroy(path: Path) -> None:
    """Unlink a media file; its own key goes first, so that what brings deleted files back brings nothing."""
    with suppress(OSError):
        if path.stat().st_nlink == 1:
            with suppress(OSError), path.open("r+b") as file:
                file.write(os.urandom(HEADER_BYTES))
                file.flush()
                os.fsync(file.fileno())
        path.unlink()


def media_of(manifest: Manifest) -> list[str]:
    """The names of the files a manifest names, in its order."""
    return [media_file(media) for media in sorted(manifest.media)]
