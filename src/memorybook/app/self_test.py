"""Walks a book through its whole life in a temporary folder, with the real parts and without a window."""

import datetime
import io
import signal
import tempfile
import threading
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from memorybook import resources
from memorybook.app import books, self_test_lock
from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryDraft, EntryKind
from memorybook.domain.ids import EntryId, PhotoId
from memorybook.domain.occasion import OccasionDraft, OccasionKind
from memorybook.errors import (
    KeyringLocked,
    KeyringUnavailable,
    KeyringUnprotected,
    MemoryBookError,
    WrongPassphrase,
)
from memorybook.services.recovery import RecoveryWords
from memorybook.services.restoring import ByPassphrase, ByWords, Restoring, Way
from memorybook.services.support import Support
from memorybook.services.vault import Library, Vault
from memorybook.system.clock import SystemClock
from memorybook.system.keyring import ComputerKeyring

T = TypeVar("T")
Say = Callable[[str], object]

_PASSPHRASE = "four words for this test"  # noqa: S105 - the book it opens is thrown away
_WORDS = "A page that is written only to be read again.\n"
_TEXTS = ("archive", "book", "i18n", "prompts", "sheet", "styles", "support", "words")
_FOLDERS = (*_TEXTS, "fonts", "icons", "sample")
_STOPPED = 128  # and the number of the signal, as shells say it


class SelfTestFailed(MemoryBookError):
    """One step did not do what it must."""

    sentence = (
        "The self-test stopped at the step above. No book of yours was touched, and nothing of the test is "
        "left on this computer. Installing Memory Book once more may help."
    )


class NowhereToTest(MemoryBookError):
    """There is no folder for what passes."""

    sentence = (
        "The self-test needs a folder for temporary files, and there is none that it may write to. Nothing "
        "was tested, and no book of yours was touched. Please free some room on the disk, or name a folder: "
        "TMPDIR=/some/folder memorybook self-test"
    )


@dataclass
class _Walk:
    """One book on its way."""

    place: Path
    library: Library
    vault: Vault | None = None
    entry: EntryId = field(default=EntryId(0))
    photo: PhotoId = field(default=PhotoId(0))
    sheet: str = field(default="", repr=False)

    @property
    def folder(self) -> Path:
        return self.place / "book"

    @property
    def open(self) -> Vault:
        return _there(self.vault)

    def close(self) -> None:
        vault, self.vault = self.vault, None
        if vault is not None:
            vault.close()


def run(say: Say, complain: Say) -> int:
    """Check every step and say what was checked; 0 when all of it holds.

    Raises SelfTestFailed, once it was complained of the step, or NowhereToTest. Nothing is left behind, also
    not by Ctrl+C or a signal that asks the program to end.
    """
    with _ended_by_signals(), _passing_folder() as place, books.library() as library:
        walk = _Walk(place, library)
        try:
            for name, step in _STEPS.items():
                try:
                    said = step(walk)
                except Exception as error:  # noqa: BLE001 - whatever it was, the step did not hold
                    complain(f"{name}: this does not work here ({_kind(error)}).")
                    raise SelfTestFailed from None
                say(f"{name}: {said}")
        finally:
            walk.close()
    say("All of it holds.")
    return 0


def _kind(error: Exception) -> str:
    """What sort of problem it is, and the file of the program or of the test that it is about."""
    name = getattr(error, "filename", None)
    file = f", {Path(name).name}" if isinstance(name, str) else ""
    return f"{type(error).__name__}{file}"


@contextmanager
def _passing_folder() -> Iterator[Path]:
    try:
        folder = tempfile.TemporaryDirectory(prefix="memorybook-self-test-")
    except OSError:
        raise NowhereToTest from None
    with folder as name:
        yield Path(name).resolve()


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Inside, a signal that ends the program does so by way of what cleans up, once and no second time."""

    def end(number: int, _: object) -> None:
        for each in caught:
            signal.signal(each, signal.SIG_IGN)
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        raise SystemExit(_STOPPED + number)

    names = ("SIGINT", "SIGTERM", "SIGHUP")
    caught = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {each: signal.signal(each, end) for each in caught}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _must(holds: object) -> None:
    if not holds:
        raise SelfTestFailed


def _there(value: T | None) -> T:
    if value is None:
        raise SelfTestFailed
    return value


# the steps: each does one thing and says what


def _data(_: _Walk) -> str:
    files = [file for name in _FOLDERS for file in resources.folder(name).rglob("*") if file.is_file()]
    _must(all(file.stat().st_size for file in files))
    _must(RecoveryWords().starts_well("") and Support().countries())
    return f"the {len(files)} files that come with the program can be read"


def _create(walk: _Walk) -> str:
    walk.vault = walk.library.create(walk.folder, _PASSPHRASE)
    walk.sheet = " ".join(walk.vault.ways.sheet().result().words)
    _must(len(walk.sheet.split()) == 12)
    return "a book with its key files, database and media folder, and the twelve words for it"


def _write(walk: _Walk) -> str:
    draft = EntryDraft(title="A first page", body=_WORDS, day=_today(), kind=EntryKind.LETTER)
    walk.entry = _there(walk.open.journal.keep(None, draft).result()).id
    occasion = OccasionDraft("A day", _today(), OccasionKind.ANNIVERSARY, yearly=True)
    walk.open.occasions.add(occasion).result()
    return "a page and a date are kept"


def _photo(walk: _Walk) -> str:
    photo = walk.open.album.add(walk.entry, _picture()).result()
    walk.photo = photo.id
    _must(photo.format == "HEIF" and walk.open.album.thumbnail(photo.id).result())
    return f"a HEIC picture of {photo.width} x {photo.height}, decoded in a process of its own"


def _recording(walk: _Walk) -> str:
    recordings = walk.open.recordings
    (recording,) = recordings.get(recordings.bring([_sound()]).done.result().added).result()
    _must(recording.playable and recording.milliseconds == 500)
    return "half a second of sound, looked at in a process of its own"


def _closed(walk: _Walk) -> str:
    walk.close()
    for file in walk.folder.rglob("*"):
        _must(file.is_dir() or b"written only" not in file.read_bytes())
    return "the book is closed, and no word of it can be read in its files"


def _replaced(walk: _Walk) -> str:
    _must(self_test_lock.gives_way(walk.folder, _PASSPHRASE))
    return "a process that had the book open gave way to a fresh one, which has nothing of it"


def _words(walk: _Walk) -> str:
    walk.vault = walk.library.open_with_words(walk.folder, walk.sheet)
    _must(_is_whole(walk.vault))
    walk.close()
    return "the twelve words open it, and the page is there, word for word"


def _passphrase(walk: _Walk) -> str:
    with suppress(WrongPassphrase):
        walk.library.open(walk.folder, "another passphrase").close()
        raise SelfTestFailed
    walk.vault = walk.library.open(walk.folder, _PASSPHRASE)
    return "the passphrase opens it, and another one does not"


def _search(walk: _Walk) -> str:
    _must([row.id for row in walk.open.journal.search("written").result().rows] == [walk.entry])
    return "a word of the page leads to it"


def _original(walk: _Walk) -> str:
    _must(walk.open.album.original(walk.photo).result() == _picture().read_bytes())
    return "the photo is the very file that went in, byte for byte"


def _pdf(walk: _Walk) -> str:
    file = walk.place / "book.pdf"
    pages = books.export_pdf(walk.open, file, datetime.datetime.now().astimezone())
    _must(pages > 0 and file.read_bytes().startswith(b"%PDF-"))
    return f"a book of {pages} pages"


def _backup(walk: _Walk) -> str:
    backups, never = walk.open.backups, threading.Event()
    (walk.place / "copies").mkdir()
    place = backups.add_place(walk.place / "copies").result()
    folder = backups.copy(place.id, _untold, never).result()
    file = backups.copy_to_file(walk.place / "book.mbbackup", _untold, never).result()
    _must(folder.checked_at and file.checked_at)
    walk.close()
    return "a copy in a folder and one in a single file, both read again"


def _restore(walk: _Walk) -> str:
    ways: dict[str, Way] = {"copies": ByPassphrase(_PASSPHRASE), "book.mbbackup": ByWords(walk.sheet)}
    for name, way in ways.items():
        restoring, target = Restoring(SystemClock()), walk.place / f"from {name}"
        copy = restoring.find(walk.place / name)[0]
        restored = restoring.take(copy, target, way, _untold, threading.Event())
        _must(restored.is_whole)
        restoring.put_in_place(restored)
        walk.vault = walk.library.open_with_words(target, walk.sheet)
        _must(_is_whole(walk.vault))
        _original(walk)
        walk.close()
    return "both copies become the book again, one by the passphrase, one by the words"


def keyring() -> str:
    """What can be said of it, tried under an account of its own. Without one all the rest works."""
    without = "the passphrase and the twelve words open a book as always"
    store = ComputerKeyring()
    try:
        store.look()
        store.check()
    except KeyringUnprotected:
        return f"this computer\u2019s keyring is not protected, so nothing is kept in it; {without}"
    except KeyringLocked:
        return f"this computer\u2019s keyring is locked, and stayed so; {without}"
    except KeyringUnavailable:
        return f"this computer has none, or it does not answer, which does no harm; {without}"
    return "something was put into this computer\u2019s keyring, read back and taken out again"


_STEPS: dict[str, Callable[[_Walk], str]] = {
    "files": _data,
    "create": _create,
    "write": _write,
    "photo": _photo,
    "recording": _recording,
    "close": _closed,
    "lock": _replaced,
    "words": _words,
    "unlock": _passphrase,
    "search": _search,
    "original": _original,
    "pdf": _pdf,
    "backup": _backup,
    "restore": _restore,
    "keyring": lambda _: keyring(),
}


def _is_whole(vault: Vault) -> bool:
    (row,) = vault.journal.all_for_book().result()
    draft = vault.journal.entry(row.id).result().draft
    return draft.body == _WORDS and len(draft.photos) == 1 and len(vault.recordings.rows().result()) == 1


def _untold(_: object) -> None:
    """How far it is; of no interest here."""


def _today() -> VagueDate:
    return VagueDate.of(datetime.datetime.now().astimezone().date())


def _sound() -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(range(200)) * 40)
    return file.getvalue()


def _picture() -> Path:
    found = sorted(resources.folder("sample").glob("*.heic"))
    if not found:
        raise FileNotFoundError(2, "not there", "sample.heic")
    return found[0]
