"""Walks a book through its whole life in a temporary folder, with the real parts and without a window."""

import datetime
import io
import tempfile
import wave
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from memorybook import resources
from memorybook.app import books
from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryDraft, EntryKind
from memorybook.domain.occasion import OccasionDraft, OccasionKind
from memorybook.errors import MemoryBookError, WrongPassphrase
from memorybook.services.vault import Library, Vault

T = TypeVar("T")

_PASSPHRASE = "four words for this test"  # noqa: S105 - the book it opens is thrown away
_WORDS = "A page that is written only to be read again.\n"


class SelfTestFailed(MemoryBookError):
    """One step did not do what it must."""

    sentence = "The self-test stopped at the step above. No book of yours was touched."


def run(say: Callable[[str], None]) -> int:
    """Check every step and say what was checked; 0 when all of it holds. Raises what a step raises."""
    with tempfile.TemporaryDirectory(prefix="memorybook-self-test-") as name, books.library() as library:
        folder = Path(name) / "book"
        entry, photo = _first_session(library, folder, say)
        _closed_book(library, folder, say)
        _second_session(library, folder, entry, photo, Path(name) / "book.pdf", say)
    say("All of it holds.")
    return 0


def _must(holds: object) -> None:
    if not holds:
        raise SelfTestFailed


def _there(value: T | None) -> T:
    if value is None:
        raise SelfTestFailed
    return value


def _first_session(library: Library, folder: Path, say: Callable[[str], None]) -> tuple[int, int]:
    vault = library.create(folder, _PASSPHRASE)
    try:
        say("create: a book with its key files, database and media folder")
        draft = EntryDraft(title="A first page", body=_WORDS, day=_today(), kind=EntryKind.LETTER)
        kept = _there(vault.journal.keep(None, draft).result())
        _must([row.id for row in vault.journal.search("written").result().rows] == [kept.id])
        say("write: a page is kept, and the search finds it")
        photo = vault.album.add(kept.id, _picture()).result()
        _must(photo.format == "HEIF" and vault.album.thumbnail(photo.id).result())
        say(f"photo: a HEIC picture of {photo.width} x {photo.height}, decoded in a process of its own")
        (recording,) = vault.recordings.get(vault.recordings.bring([_sound()]).done.result().added).result()
        _must(recording.playable and recording.milliseconds == 500)
        say("recording: half a second of sound, looked at in a process of its own")
        vault.occasions.add(OccasionDraft("A day", _today(), OccasionKind.ANNIVERSARY, yearly=True)).result()
        say("dates: an anniversary is kept")
        return kept.id, photo.id
    finally:
        vault.close()


def _closed_book(library: Library, folder: Path, say: Callable[[str], None]) -> None:
    for file in folder.rglob("*"):
        _must(file.is_dir() or b"written only" not in file.read_bytes())
    say("lock: closed, and no word of it can be read in its files")
    try:
        library.open(folder, "another passphrase").close()
    except WrongPassphrase:
        say("unlock: another passphrase is told apart")
    else:
        raise SelfTestFailed


def _second_session(
    library: Library, folder: Path, entry_id: int, photo_id: int, pdf: Path, say: Callable[[str], None]
) -> None:
    vault = library.open(folder, _PASSPHRASE)
    try:
        rows = vault.journal.all_for_book().result()
        _must([row.id for row in rows] == [entry_id])
        _must(vault.journal.entry(rows[0].id).result().draft.body == _WORDS)
        say("unlock: the page is there, word for word")
        _verify_photo(vault, photo_id, say)
        pages = books.export_pdf(vault, pdf, datetime.datetime.now().astimezone())
        _must(pages > 0 and pdf.read_bytes().startswith(b"%PDF-"))
        say(f"export: a PDF of {pages} pages")
    finally:
        vault.close()


def _verify_photo(vault: Vault, photo_id: int, say: Callable[[str], None]) -> None:
    entry = vault.journal.entry(vault.journal.all_for_book().result()[0].id).result()
    _must(list(entry.draft.photos) == [photo_id])
    _must(vault.album.original(entry.draft.photos[0]).result() == _picture().read_bytes())
    say("verify: the photo is the very file that went in, byte for byte")


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
    return min(resources.folder("sample").glob("*.heic"))
