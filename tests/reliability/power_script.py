"""What a person does in a book, in one process without a window, with marks of what is asked and told.

    python -m tests.reliability.power_script CHAPTER FOLDER [--careless]

Under the layer of shim.py. Marks are JSON: ``{"will": ...}`` before something is asked of the services, and
``{"did": ...}`` once they have said that it is done. With ``--careless`` SQLite does not wait for the disk:
the control.
"""

import argparse
import hashlib
import json
import random
import sys
from pathlib import Path

from memorybook.domain.edit import Edit
from memorybook.domain.entry import Entry, EntryDraft
from memorybook.services.vault import Library, Vault
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
from tests import recordings
from tests.books import FAST, PASSPHRASE
from tests.corpus import pictures
from tests.reliability.operations import BOOK, a_newer_program
from tests.reliability.shim import mark

EARLIER = "This was in the book before."
PAGES = 14
PHOTOS = 3

def will(**what: object) -> None:
    mark(json.dumps({"will": what}))


def did(**what: object) -> None:
    mark(json.dumps({"did": what}))


def text(number: int, chance: random.Random) -> str:
    words = (f"word{chance.randrange(10**9)}" for _ in range(chance.choice([5, 90, 900])))
    return f"page{number} {' '.join(words)}"


class Script:
    """The chapters. Each begins with what the one before left."""

    def __init__(self, folder: Path, library: Library, *, careless: bool) -> None:
        self._folder = folder
        self._library = library
        self._careless = careless
        self._chance = random.Random(folder.name)  # noqa: S311 - the same every time
        self._pages: list[Entry] = []

    def prepare(self) -> None:
        """A book that has something in it, for the chapters that begin with one."""
        vault = self._settle(self._library.create(self._folder / BOOK, PASSPHRASE))
        self._pages += filter(None, [vault.journal.keep(None, EntryDraft(body=EARLIER)).result()])
        self._photo(vault, 0)
        vault.close()

    def write(self) -> None:
        """A book is begun, written in, given photos and a recording; things are changed and deleted."""
        will(create=True)
        vault = self._settle(self._library.create(self._folder / BOOK, PASSPHRASE))
        did(create=True)
        for number in range(PAGES):
            self._keep(vault, number)
            if number in {2, 5, 9}:
                self._photo(vault, number)
            if number == 6:
                self._recording(vault)
            if number % 5 == 4:
                vault._worker.fold().result()
        for number in (1, 3, 8):
            self._change(vault, number)
        self._delete(vault, 4)
        will(close=True)
        vault.close()
        did(close=True)
        vault = self._settle(self._library.open(self._folder / BOOK, PASSPHRASE))
        self._keep(vault, PAGES)
        vault.close()

    def update(self) -> None:
        """A newer program opens the book: it is copied, brought to the new version, and written in."""
        vault = self._library.open(self._folder / BOOK, PASSPHRASE)
        for number in range(PAGES):
            self._keep(vault, number)
        vault.close()
        with a_newer_program():
            will(update=True)
            vault = self._settle(self._library.open(self._folder / BOOK, PASSPHRASE))
            did(update=True)
            self._keep(vault, PAGES)
            vault.close()

    def _settle(self, vault: Vault) -> Vault:
        if self._careless:

            def careless(connection: object) -> None:
                connection.set_authorizer(None)  # type: ignore[attr-defined]
                connection.execute("PRAGMA synchronous = OFF")  # type: ignore[attr-defined]

            vault._worker.read(careless).result()
        return vault

    def _keep(self, vault: Vault, number: int) -> None:
        body = text(number, self._chance)
        will(page=number, body=_digest(body))
        entry = vault.journal.keep(None, EntryDraft(body=body)).result()
        assert entry is not None
        self._pages.append(entry)
        did(page=number, body=_digest(body))

    def _change(self, vault: Vault, number: int) -> None:
        body = text(number, self._chance)
        will(page=number, body=_digest(body))
        entry = vault.journal.entry(self._pages[number].id).result()
        vault.journal.keep(entry.id, EntryDraft(body=body, photos=entry.draft.photos)).result()
        did(page=number, body=_digest(body))

    def _delete(self, vault: Vault, number: int) -> None:
        will(gone=number)
        vault.journal.delete(self._pages[number].id).result()
        vault.journal.delete_for_ever([self._pages[number].id]).result()
        did(gone=number)

    def _photo(self, vault: Vault, number: int) -> None:
        data = pictures.jpeg(pictures.scene(120, 90, number), place=False)
        digest = hashlib.sha256(data).hexdigest()
        will(photo=digest)
        photo = vault.album.add(self._pages[-1].id, data).result()
        did(photo=digest)
        vault.album.edit(photo.id, Edit(turn=90)).result()

    def _recording(self, vault: Vault) -> None:
        data = recordings.wav()
        digest = hashlib.sha256(data).hexdigest()
        source = self._folder.parent / "heart.wav"
        source.write_bytes(data)
        will(recording=digest)
        vault.recordings.bring([source], told=lambda _: None).done.result()
        did(recording=digest)


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("chapter", choices=["prepare", "write", "update"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--careless", action="store_true")
    given = parser.parse_args()
    with Decoder() as decoder:
        library = Library(decoder=decoder, clock=SystemClock(), kdf=FAST)
        getattr(Script(given.folder, library, careless=given.careless), given.chapter)()
    return 0


if __name__ == "__main__":
    sys.exit(main())
