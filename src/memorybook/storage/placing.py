"""Puts a book that was brought back in the place of the one that is there, which is kept under another name.

What is brought back is made in ``.memory-book-restoring-<tag>-<hex>`` beside the book's folder. On consent it
is renamed to ``.memory-book-restored-<tag>-<hex>``: that decides. The old folder then gets its new name, and
the new one the old folder's. A process that is ended in between leaves both books whole, and whoever opens
the book next goes on where it was left. Nothing is deleted here but a workshop that nobody works in.
"""

import datetime
import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from memorybook.errors import BookOpenElsewhere, FolderInUse, MemoryBookError, RestoreNotPlaced
from memorybook.files import private_folder, put_in_place, sync_folder, translate_os_error
from memorybook.storage import lock
from memorybook.storage.lock import BookLock

_MAKING, _DECIDED = ".memory-book-restoring-", ".memory-book-restored-"
_HEX = re.compile(r"[0-9a-f]{16}")
_LONGEST = 200
"""Bytes of a folder's name that leave room for what is put behind it."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)

Name = Callable[[str, datetime.date], str]
"""What the old folder is called from now on, by the name it had and the day."""


def kept_name(name: str, day: datetime.date) -> str:
    """As in "Memory Book before 21 November 2026"."""
    return f"{name} before {day.day} {_MONTHS[day.month - 1]} {day.year}"


def workshop(target: Path) -> tuple[Path, BookLock]:
    """A new folder beside ``target``, which it may take the place of; held until the lock is let go of.

    Raises what the disk said.
    """
    place = private_folder(target.parent / f"{_MAKING}{_tag(target)}-{secrets.token_hex(8)}")
    return place, BookLock(place)


def is_free(target: Path) -> bool:
    """Whether nothing is at ``target``, or an empty folder. Raises what the disk said."""
    try:
        return not os.path.lexists(target) or (target.is_dir() and not any(target.iterdir()))
    except OSError as error:
        raise translate_os_error(error) from None


def discard(place: Path) -> None:
    """Take a workshop away. What the disk refuses is swept the next time."""
    shutil.rmtree(place, ignore_errors=True)


def put(place: Path, target: Path, today: datetime.date, name: Name = kept_name) -> Path | None:
    """Have the complete, synced book of a workshop be the one at ``target``; where the old one is now.

    Nobody holds the workshop's lock any more. ``None`` when nothing was there. Raises BookOpenElsewhere when
    the old one is open, RestoreNotPlaced when it cannot be renamed; everything is as before then. When what
    was decided cannot be carried through, the error of the disk; the next opening goes on.
    """
    if lock.is_held(target):
        raise BookOpenElsewhere
    decided = place.with_name(place.name.replace(_MAKING, _DECIDED))
    try:
        put_in_place(place, decided)
        sync_folder(target.parent)
    except OSError:
        raise RestoreNotPlaced from None
    try:
        kept = _move_away(target, today, name)
    except OSError:
        with suppress(OSError):
            put_in_place(decided, place)
        raise RestoreNotPlaced from None
    try:
        put_in_place(decided, target)
    except OSError as error:
        _undo(decided, place, target, kept)
        raise translate_os_error(error) from None
    _sync(target.parent)
    return kept


def _undo(decided: Path, place: Path, target: Path, kept: Path | None) -> None:
    """The old book gets its name back. When even that fails, what was decided stands."""
    with suppress(OSError):
        if kept is not None:
            put_in_place(kept, target)
        put_in_place(decided, place)


def finish(target: Path, today: datetime.date) -> None:
    """Bring to its end what an ended process had decided for ``target``, and sweep what it had not.

    Call it before anything is read there. Reads the names beside the folder. Raises nothing: what the disk
    refuses is left for the next time, with every file where it was.
    """
    with suppress(OSError, MemoryBookError):
        for place in list(_ours(target, _MAKING)):
            _sweep(place)
        decided = sorted(_ours(target, _DECIDED), key=lambda place: place.stat().st_mtime_ns)
        if decided and not lock.is_held(target):
            _move_away(target, today, kept_name)
            put_in_place(decided[-1], target)
            _sync(target.parent)


def _sweep(place: Path) -> None:
    try:
        held = BookLock(place)
    except MemoryBookError:  # somebody is at work in it
        return
    held.release()
    if held.keeps_out:
        discard(place)


def _move_away(target: Path, today: datetime.date, name: Name) -> Path | None:
    """Give what is at ``target`` another name. Raises ``OSError``; an empty folder is taken away."""
    if not os.path.lexists(target):
        return None
    if target.is_dir() and not target.is_symlink():
        with suppress(OSError):
            target.rmdir()  # it goes when it is empty, and not otherwise
            return None
    kept = _free(target.with_name(_short(name(target.name, today))))
    put_in_place(target, kept)
    _sync(target.parent)
    return kept


def _short(name: str) -> str:
    """A name for a folder, whatever it was made of."""
    plain = (letter for letter in name if letter.isprintable() and letter not in '<>:"/\\|?*')
    tidy = "".join(plain).strip(" .")
    while len(os.fsencode(tidy)) > _LONGEST:
        tidy = tidy[1:]  # the end tells what it is
    return tidy or "Memory Book"


def _free(path: Path) -> Path:
    free, number = path, 2
    while os.path.lexists(free):
        free = path.with_name(f"{path.name} {number}")
        number += 1
    return free


def _ours(target: Path, beginning: str) -> Iterator[Path]:
    start = f"{beginning}{_tag(target)}-"
    with os.scandir(target.parent) as items:
        for item in items:
            if (
                item.name.startswith(start)
                and _HEX.fullmatch(item.name.removeprefix(start))
                and item.is_dir(follow_symlinks=False)
            ):
                yield Path(item.path)


def _tag(target: Path) -> str:
    """Which folder it is for: names may be as long as a name can be."""
    return hashlib.sha256(os.fsencode(target.name)).hexdigest()[:12]


def _sync(folder: Path) -> None:
    with suppress(OSError):
        sync_folder(folder)


def check_target(target: Path) -> None:
    """Raise FolderInUse for what is neither free nor the folder of a book."""
    if is_free(target) or (target.is_dir() and _holds_book(target)):
        return
    raise FolderInUse


def _holds_book(folder: Path) -> bool:
    return any(os.path.lexists(folder / name) for name in ("book.db", "book.keys", "book.keys.copy"))
