"""Has the disk refuse the n-th call of a kind, for many n, while a person goes on in one open book.

    python -m tests.reliability.faults_script KIND ERROR FOLDER N...

Under the layer of shim.py. After each refusal the book is not opened again: what was said to be kept has to
be there, and the next page has to be kept as if nothing was. It prints what came of it as JSON.
With ``--hasty`` a change is taken for kept before it is: the control.
"""

import argparse
import errno
import hashlib
import json
import random
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import EntryId
from memorybook.errors import MemoryBookError
from memorybook.services.vault import Library, Vault
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
from tests.books import FAST, PASSPHRASE
from tests.corpus import pictures
from tests.reliability.shim import Call, calls, failing

LONG = 4_000


class Person:
    """Keeps pages and photos, and remembers what she was told."""

    def __init__(self, vault: Vault, *, hasty: bool) -> None:
        self._vault = vault
        self._hasty = hasty
        self._chance = random.Random(1)  # noqa: S311 - the same every time
        self._photos: dict[int, str] = {}
        self.pages: dict[EntryId, str] = {}
        self.counted: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._number = 0

    def asks(self, work: Callable[[], None]) -> bool:
        """Whether it was done; what is refused has a sentence."""
        try:
            work()
        except MemoryBookError as error:
            self.counted[type(error).__name__] += 1
            return False
        return True

    def keep(self) -> None:
        body = self._words()
        entry = self._vault.journal.keep(None, EntryDraft(body=body)).result()
        assert entry is not None
        self.pages[entry.id] = body

    def change(self) -> None:
        chosen = self._chance.choice([*self.pages])
        body = self._words()
        photos = self._vault.journal.entry(chosen).result().draft.photos
        if self._hasty:
            self.pages[chosen] = body
        self._vault.journal.keep(chosen, EntryDraft(body=body, photos=photos)).result()
        self.pages[chosen] = body

    def delete(self) -> None:
        chosen = self._chance.choice([*self.pages])
        if not self._photos and self._vault.journal.delete(chosen).result():
            self._vault.journal.delete_for_ever([chosen]).result()
            del self.pages[chosen]

    def photo(self) -> None:
        self._number += 1
        data = pictures.jpeg(pictures.scene(48, 32, self._number), place=False)
        photo = self._vault.album.add(next(iter(self.pages)), data).result()
        self._photos[photo.id] = hashlib.sha256(data).hexdigest()

    def fold(self) -> None:
        self._vault._worker.fold().result()

    def _words(self) -> str:
        count = self._chance.choice([8, 80, LONG])
        return " ".join(str(self._chance.randrange(10**9)) for _ in range(count))

    def looks(self, vault: Vault, when: str) -> None:
        """Compare everything she was told with what is in the book now."""
        for each, body in self.pages.items():
            if vault.journal.entry(each).result().draft.body != body:
                self.wrong.append(f"{when}: page {each} is another")
        for photo, digest in self._photos.items():
            if hashlib.sha256(vault.album.original_now(photo)).hexdigest() != digest:  # type: ignore[arg-type]
                self.wrong.append(f"{when}: photo {photo} is another")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=[call.name for call in Call])
    parser.add_argument("error")
    parser.add_argument("folder", type=Path)
    parser.add_argument("n", type=int, nargs="+")
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--hasty", action="store_true")
    given = parser.parse_args()
    call, error = Call[given.kind], getattr(errno, given.error)
    with Decoder() as decoder:
        library = Library(decoder=decoder, clock=SystemClock(), kdf=FAST)
        vault = library.create(given.folder / "Memory Book", PASSPHRASE)
        person = Person(vault, hasty=given.hasty)
        person.keep()
        for n in given.n:
            with failing(call, n, given.times, error):
                steps = (person.keep, person.photo, person.change, person.fold, person.keep, person.delete)
                done = [person.asks(step) for step in steps]
                reached = calls(call) >= n
            person.counted["reached" if reached else "not reached"] += 1
            person.counted["refused" if not all(done) else "silent"] += reached
            for step in (person.keep, person.photo):
                if not person.asks(step):
                    person.wrong.append(f"{n}: {step.__name__} still fails afterwards")
            person.looks(vault, f"{n}")
        vault.close()
        vault = library.open(given.folder / "Memory Book", PASSPHRASE)
        person.looks(vault, "at the end")
        found = vault._worker.read(lambda c: c.execute("SELECT count(*) FROM entry").fetchone()).result()
        vault.close()
    person.counted["more pages than told"] = (found[0] if found else 0) - len(person.pages)
    print(json.dumps({"counted": person.counted, "wrong": person.wrong}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
