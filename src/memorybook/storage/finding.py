"""Looks for copies of books where a person points, and tells what each looks like, without any key."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from memorybook.domain.ids import MediaId
from memorybook.domain.restoring import Copy, CopyKind
from memorybook.errors import BookNewer, MemoryBookError, NoCopyHere
from memorybook.files import translate_os_error
from memorybook.storage import backup_format, copies, header, lock, replicas
from memorybook.storage.book import DATABASE, MEDIA
from memorybook.storage.copies import Contents

_MOST_NAMES = 2000
"""How many names of one folder are looked at: it may be one with everything that somebody has."""


def find(path: Path) -> tuple[Copy, ...]:
    """The copies that are meant by ``path``, the newest first; at least one.

    It may be a file that holds one, a place of copies, what is inside such a place or around it, a book's
    folder, or a folder with any of these in it. A book that is open is passed over. Blocks for the disk.
    Raises NoCopyHere, or what the disk said.
    """
    try:
        if path.is_file():
            found = _of_file(path)
        else:
            os.scandir(path).close()
            found = tuple(_of_folder(path)) or tuple(_around(path)) or tuple(_within(path))
    except (FileNotFoundError, NotADirectoryError):
        raise NoCopyHere from None
    except OSError as error:
        raise translate_os_error(error) from None
    if not found:
        raise NoCopyHere
    return tuple(_newest_first(found))


def _newest_first(found: Iterable[Copy]) -> Iterator[Copy]:
    """By number within a place, whatever the clock said; places and books among one another by time."""
    places: dict[Path, list[Copy]] = {}
    for copy in dict.fromkeys(found):
        places.setdefault(copy.path.parent if copy.sequence else copy.path, []).append(copy)
    waiting = [sorted(same, key=lambda copy: copy.sequence) for same in places.values()]
    while waiting:
        newest = max(waiting, key=lambda same: same[-1].made_at)
        yield newest.pop()
        waiting = [same for same in waiting if same]


def _of_file(path: Path) -> tuple[Copy, ...]:
    with suppress(NoCopyHere):
        return (_single_file(path),)
    return tuple(_of_folder(path.parent)) or tuple(_around(path.parent))


def _of_folder(folder: Path) -> Iterator[Copy]:
    """The copies that this very folder is or holds."""
    if backup_format.sequence_of(folder.name) and (folder / backup_format.MANIFEST).is_file():
        yield _snapshot(folder, None)
    elif (folder / backup_format.SNAPSHOTS).is_dir():
        yield from _of_place(folder)
    elif _looks_like_book(folder):
        yield _book(folder)


def _around(folder: Path) -> Iterator[Copy]:
    """The copies of the place that a person has gone too far into."""
    for place in folder.parents[:2]:
        if (place / backup_format.SNAPSHOTS).is_dir() and backup_format.is_place_name(place.name):
            yield from _of_place(place)
            return
    if folder.name == MEDIA and _looks_like_book(folder.parent):
        yield _book(folder.parent)


def _within(folder: Path) -> Iterator[Copy]:
    """The copies in the folders and files of this folder, and in places one level further down."""
    for item in _names(folder):
        if item.name.startswith("."):
            continue
        if item.suffix == backup_format.FILE_ENDING:
            with suppress(MemoryBookError):
                yield _single_file(item)
        else:
            with suppress(OSError, MemoryBookError):
                if item.is_dir():
                    yield from tuple(_of_folder(item)) or _of_places(item)


def _of_places(folder: Path) -> Iterator[Copy]:
    """The places in the folder that somebody chose for copies, when what is around that is meant."""
    for item in _names(folder):
        if backup_format.is_place_name(item.name) and (item / backup_format.SNAPSHOTS).is_dir():
            yield from _of_place(item)


def _names(folder: Path) -> list[Path]:
    with os.scandir(folder) as items:
        return sorted(Path(item.path) for item, _ in zip(items, range(_MOST_NAMES), strict=False))


def _of_place(place: Path) -> Iterator[Copy]:
    """One after another by sequence, so that their order is right whatever the clocks said."""
    sizes = {media: piece.size for media, piece in copies.media_beside(place / backup_format.MEDIA).items()}
    numbered = [
        (number, item)
        for item in _names(place / backup_format.SNAPSHOTS)
        if (number := backup_format.sequence_of(item.name)) and item.is_dir()
    ]
    for _, folder in sorted(numbered):
        yield _snapshot(folder, sizes)


def _snapshot(folder: Path, sizes: dict[MediaId, int] | None) -> Copy:
    contents = Contents(
        keys={replicas.NAMES[0]: piece} if (piece := copies.piece_of(folder / backup_format.KEYS)) else {},
        database=copies.piece_of(folder / backup_format.DATABASE),
        manifest=copies.manifest_in(folder),
    )
    if sizes is None:
        beside = copies.media_beside(folder.parent.parent / backup_format.MEDIA)
        sizes = {media: piece.size for media, piece in beside.items()}
    return _told(CopyKind.SNAPSHOT, folder, contents, sizes, backup_format.sequence_of(folder.name) or 0)


def _single_file(path: Path) -> Copy:
    contents = copies.single_file(path)
    sizes = {media: piece.size for media, piece in contents.media.items()}
    return _told(CopyKind.FILE, path, contents, sizes, 0)


def _told(
    kind: CopyKind, path: Path, contents: Contents, sizes: dict[MediaId, int], sequence: int
) -> Copy:
    """What the manifest says, as far as there is one that can be read."""
    try:
        manifest = copies.told_by(contents.manifest)
    except BookNewer:
        return Copy(kind, path, "", sequence, "", contents.size, looks_complete=True, is_newer=True)
    database, keys = contents.database, list(contents.keys.values())
    if manifest is None:
        made_at = copies.written_at([database])
        return Copy(kind, path, _book_id(contents), sequence, made_at, contents.size, looks_complete=False)
    complete = (
        contents.is_intact
        and database is not None
        and database.size == manifest.database.size
        and [piece.size for piece in keys] == [manifest.keys.size]
        and all(sizes.get(media) == part.size for media, part in manifest.media.items())
    )
    return Copy(kind, path, manifest.book_id, sequence, manifest.made_at, manifest.size, complete)


def _looks_like_book(folder: Path) -> bool:
    if lock.is_held(folder):  # closing a file of it would drop the locks of whoever has it open
        return False
    page = copies.piece_of(folder / DATABASE)
    return page is not None or any((folder / name).is_file() for name in replicas.NAMES)


def _book(folder: Path) -> Copy:
    contents = copies.book_folder(folder)
    complete = False
    if contents.database is not None:
        with suppress(MemoryBookError):
            complete = bool(contents.keys) and header.looks_encrypted(
                header.first_page(contents.database.path)
            )
    size = contents.size + sum(piece.size for piece in contents.media.values())
    made_at = copies.written_at([contents.database, contents.log])
    return Copy(CopyKind.FOLDER, folder, _book_id(contents), 0, made_at, size, complete)


def _book_id(contents: Contents) -> str:
    try:
        return copies.book_id(contents.keys)
    except BookNewer:
        return ""


def contents_of(copy: Copy) -> Contents:
    """The bytes of a copy. Raises NoCopyHere when it is not there any more, or what the disk said."""
    if copy.kind is CopyKind.SNAPSHOT:
        found = copies.snapshot(copy.path)
    elif copy.kind is CopyKind.FILE:
        found = copies.single_file(copy.path)
    elif _looks_like_book(copy.path):
        found = copies.book_folder(copy.path)
    else:
        raise NoCopyHere
    if found.database is None and not found.keys and not found.media:
        raise NoCopyHere
    return found
