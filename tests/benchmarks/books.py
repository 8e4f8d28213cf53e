"""Books of any number of pages and pictures, made quickly, the same every time, and kept for the next run.

Pages are written by the very functions the Journal writes with, many to a transaction; pictures go through
the Album and the picture worker. So the rows are those that a person writing one page a day would have made.
"""

import datetime
import hashlib
import itertools
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from memorybook.domain import search as folding
from memorybook.domain.changes import ChangeSet
from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import EntryId
from memorybook.services import markup
from memorybook.services.kdf import KdfCost
from memorybook.services.times import stamp
from memorybook.services.vault import Library, Vault
from memorybook.storage import entries, keyfile, migrations, replicas, search
from memorybook.storage.connection import Connection
from memorybook.system.decoder import Decoder
from tests.benchmarks import words

PASSPHRASE = "seven slow boats at anchor"
QUICK = KdfCost(8192, 1, 1)
SEED = 20261101
LAST_DAY = datetime.date(2026, 10, 31)

_PAGES_AT_ONCE = 2_000
_PICTURES_ON_A_PAGE = 3


@dataclass(frozen=True, slots=True)
class Size:
    """How many pages and pictures a book has."""

    pages: int
    pictures: int


class DayClock:
    """Says that it is the evening of ``day``."""

    def __init__(self, day: datetime.date = LAST_DAY) -> None:
        self.day = day

    def now(self) -> datetime.datetime:
        return datetime.datetime.combine(self.day, datetime.time(20, 30), datetime.UTC)

    def monotonic(self) -> float:
        return 0.0


def kept(size: Size, folder: Path, say: Callable[[str], None]) -> Path:
    """A book of this size below ``folder``: the one that was made before, or a new one."""
    book = folder / f"{size.pages}-{size.pictures}-{_version()}"
    if not book.is_dir():
        say(f"Making a book of {size.pages:,} pages and {size.pictures:,} pictures")
        for outdated in folder.glob(f"{size.pages}-{size.pictures}-*"):
            shutil.rmtree(outdated)
        unfinished = folder / f"unfinished-{os.getpid()}"
        make(unfinished, size)
        unfinished.rename(book)
    return book


def make(folder: Path, size: Size, *, seed: int = SEED) -> None:
    """Make a book in ``folder``, which has to be absent or empty; it opens with ``PASSPHRASE``."""
    with Decoder() as decoder:
        vault = Library(decoder=decoder, clock=DayClock(), kdf=QUICK).create(folder, PASSPHRASE)
        try:
            _write(vault, size.pages, seed)
            _illustrate(vault, size)
        finally:
            vault.close()


def locked_with(folder: Path, cost: KdfCost) -> bytes:
    """A key file for this book and ``PASSPHRASE`` at another cost; :func:`lock` puts it in place."""
    way = replicas.unlock(folder, PASSPHRASE)[0]
    slot = keyfile.passphrase_slot(way.seed, bytes.fromhex(way.key_file.book_id), PASSPHRASE, cost)
    return keyfile.seal({**way.key_file.body, "slots": [slot]}, way.seed).data


def lock(folder: Path, key_file: bytes) -> None:
    """Have the book opened by this key file."""
    for name in replicas.NAMES:
        (folder / name).write_bytes(key_file)


def drafts(count: int, seed: int = SEED) -> Iterator[EntryDraft]:
    """The pages of a book, oldest first, one a day up to the last day."""
    for number, page in enumerate(words.pages(count, seed)):
        day = LAST_DAY - datetime.timedelta(days=count - 1 - number)
        yield EntryDraft(title=page.title, body="\n\n".join(page.paragraphs), day=VagueDate.of(day))


def _write(vault: Vault, count: int, seed: int) -> None:
    pages = drafts(count, seed)
    while some := list(itertools.islice(pages, _PAGES_AT_ONCE)):

        def work(
            connection: Connection, some: Sequence[EntryDraft] = tuple(some)
        ) -> tuple[None, ChangeSet | None]:
            for draft in reversed(some):  # the index of words takes the newest first much more quickly
                at = stamp(DayClock(draft.day.as_date() or LAST_DAY))
                entries.insert(connection, entries.normal(draft), markup.composed(draft.body), at)
            return None, None

        vault._worker.write(work).result()


def _illustrate(vault: Vault, size: Size) -> None:
    """Pictures on the newest pages, a few to a page; the newest page of all has some."""
    newest: list[EntryId] = []
    after = None
    while len(newest) * _PICTURES_ON_A_PAGE < size.pictures:
        page = vault.journal.page(after).result()
        newest.extend(row.id for row in page.rows)
        after = page.following
        if after is None:
            break
    homes = itertools.chain.from_iterable(itertools.repeat(page, _PICTURES_ON_A_PAGE) for page in newest)
    waiting: list[Future[object]] = [
        vault.album.add(page, picture(number))  # type: ignore[misc]  # only waited for
        for number, page in zip(range(size.pictures), itertools.cycle(homes), strict=False)
    ]
    for each in waiting:
        each.result()


def picture(number: int) -> bytes:
    """A small JPEG that is like no other: a gradient with a few shapes, as a phone would shrink a photo."""
    tint = hashlib.sha256(number.to_bytes(4, "big")).digest()
    image = Image.linear_gradient("L").resize((800, 600))
    bands = [image.point([(level + shift) % 256 for level in range(256)]) for shift in tint[:3]]
    image = Image.merge("RGB", bands)
    draw = ImageDraw.Draw(image)
    for left, top, red, green in zip(tint[3:9], tint[9:15], tint[15:21], tint[21:27], strict=True):
        draw.ellipse((left * 3, top * 2, left * 3 + 60, top * 2 + 60), fill=(red, green, 128))
    file = BytesIO()
    image.save(file, "JPEG", quality=85)
    return file.getvalue()


def _version() -> str:
    """Changes with anything a book's content depends on, so that an old one is not taken for a new one."""
    digest = hashlib.sha256()
    code = (__file__, *(module.__file__ for module in (words, entries, search, folding, markup)))
    steps = sorted(Path(migrations.__file__).parent.glob("*.sql"))
    for path in (*(Path(str(file)) for file in code), *steps):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]
