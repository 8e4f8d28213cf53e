"""What salvage brings back of a damaged book, in figures: nothing of what is not damaged is ever lost.

And nothing that is damaged is ever shown as if it was whole: every page of the new book that does not say so
itself is word for word what was written.
"""

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from memorybook.domain.salvage import SalvageMarks, SalvageReport
from memorybook.errors import MemoryBookError
from memorybook.services.salvaging_book import BookSalvage
from memorybook.services.vault import Library
from memorybook.storage.header import PAGE_BYTES
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
from tests.books import FAST, PASSPHRASE
from tests.reliability.salvage_books import Layout, Made, make

pytestmark = pytest.mark.slow

TAG = SalvageMarks().tag
Damage = Callable[[bytearray], None]


@dataclass(frozen=True)
class Fixture:
    made: Made
    layout: Layout


@pytest.fixture(scope="module", name="large")
def _large(tmp_path_factory: pytest.TempPathFactory, decoder: Decoder) -> Fixture:
    """About 5,000 pages of the database: 500 pages of the book, 100 photos."""
    library = Library(decoder=decoder, clock=SystemClock(), kdf=FAST)
    folder = tmp_path_factory.mktemp("large") / "book"
    made = make(library, folder, pages=500, photo_count=100, length=20_500)
    return Fixture(made, Layout(made))


@pytest.fixture(scope="module", name="small")
def _small(tmp_path_factory: pytest.TempPathFactory, decoder: Decoder) -> Fixture:
    """So many pages that the large tables have inner pages, and few enough for many rounds."""
    library = Library(decoder=decoder, clock=SystemClock(), kdf=FAST)
    folder = tmp_path_factory.mktemp("small") / "book"
    made = make(library, folder, pages=150, photo_count=20, length=600)
    return Fixture(made, Layout(made))


@pytest.fixture(name="salvage")
def _salvage(decoder: Decoder) -> BookSalvage:
    return BookSalvage(decoder, SystemClock())


@dataclass
class Outcome:
    report: SalvageReport
    pages: int
    photos: int


def _tried(
    fixture: Fixture, damage: Damage, salvage: BookSalvage, library: Library, folder: Path, damaged: set[int]
) -> Outcome:
    """Damage a copy, salvage it, and compare what is in the new book with what was written."""
    made, layout = fixture.made, fixture.layout
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(made.folder, folder / "damaged")
    data = bytearray(made.database.read_bytes())
    damage(data)
    (folder / "damaged" / "book.db").write_bytes(data)
    before = _contents(folder / "damaged")
    report = salvage.salvage(folder / "damaged", folder / "new", passphrase=PASSPHRASE)
    assert _contents(folder / "damaged") == before, "it is only read"
    vault = library.open(folder / "new", PASSPHRASE)
    try:
        pages, photos = layout.rest(damaged)
        whole = set()
        for number, draft in made.pages.items():
            try:
                entry = vault.journal.entry(number).result()
            except LookupError:
                continue
            if TAG not in entry.draft.tags:
                assert entry.draft == draft, "what does not say that it is damaged is as it was written"
                whole.add(number)
        pictures = set()
        for photo, said in made.photos.items():
            try:
                kept = vault.album.photos([photo]).result()[0]
            except LookupError:
                continue
            if kept.draft == said:
                vault.album.original(photo).result()
                pictures.add(photo)
        shown = vault.journal.page(limit=2_000).result().rows
        assert len(shown) >= len(whole)
        assert vault.journal.search("blanket").result().rows
    finally:
        vault.close()
    assert whole >= pages, "everything of which nothing is damaged"
    assert pictures >= photos
    assert report.pages.whole == len(whole)
    assert report.photos.whole == len(pictures)
    return Outcome(report, len(whole), len(pictures))


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(item): item.read_bytes() for item in sorted(folder.rglob("*")) if item.is_file()}


def _zeros(*numbers: int) -> Damage:
    def damage(data: bytearray) -> None:
        for number in numbers:
            data[(number - 1) * PAGE_BYTES : number * PAGE_BYTES] = bytes(PAGE_BYTES)

    return damage


def _flips(numbers: list[int], chance: random.Random) -> Damage:
    places = [(number - 1) * PAGE_BYTES + chance.randrange(PAGE_BYTES) for number in numbers]
    bits = [1 << chance.randrange(8) for _ in numbers]

    def damage(data: bytearray) -> None:
        for place, bit in zip(places, bits, strict=True):
            data[place] ^= bit

    return damage


def _readable(made: Made, damage: Damage, library: Library, folder: Path) -> int:
    """The control: how many pages the program itself still reads when the book is opened as it is."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(made.folder, folder)
    data = bytearray(made.database.read_bytes())
    damage(data)
    (folder / "book.db").write_bytes(data)
    try:
        vault = library.open(folder, PASSPHRASE)
    except MemoryBookError:
        return 0
    try:
        found = 0
        for number, draft in made.pages.items():
            try:
                found += vault.journal.entry(number).result().draft == draft
            except (MemoryBookError, LookupError):
                continue
        return found
    finally:
        vault.close()


def _regions(fixture: Fixture) -> Iterator[tuple[str, Damage, set[int]]]:
    count = fixture.layout.count
    kept = count * 7 // 10
    yield "page 1", _zeros(1), {1}
    yield "first 64 KiB", _zeros(*range(1, 17)), set(range(1, 17))
    yield "cut to 70 %", lambda data: data.__delitem__(slice(kept * PAGE_BYTES, None)), set(
        range(kept + 1, count + 1)
    )


def test_what_is_left_of_large_damage(
    large: Fixture, salvage: BookSalvage, library: Library, tmp_path: Path
) -> None:
    print(f"\n{large.layout.count} pages, {len(large.made.pages)} entries, {len(large.made.photos)} photos")
    for name, damage, damaged in _regions(large):
        outcome = _tried(large, damage, salvage, library, tmp_path / "tried", damaged)
        pages, photos = large.layout.rest(damaged)
        print(
            f"{name}: {outcome.pages} entries and {outcome.photos} photos whole "
            f"(undamaged: {len(pages)} and {len(photos)}); {outcome.report.pages.in_part} in part"
        )
    assert _readable(large.made, _zeros(*range(1, 17)), library, tmp_path / "control") == 0


def test_ten_bad_pages(large: Fixture, salvage: BookSalvage, library: Library, tmp_path: Path) -> None:
    """What comes back is all that is not damaged; how much that is, is the mean of many draws."""
    chance = random.Random(20261121)  # noqa: S311 - it has to be the same every time
    everything = range(1, large.layout.count + 1)
    for wiped in (False, True):
        numbers = chance.sample(everything, 10)
        damage = _zeros(*numbers) if wiped else _flips(numbers, chance)
        outcome = _tried(large, damage, salvage, library, tmp_path / "tried", set(numbers))
        print(
            f"\n10 pages {'of zeros' if wiped else 'with one bit'}: {outcome.pages} entries and "
            f"{outcome.photos} photos whole, {outcome.report.pages.in_part} pages in part"
        )
        assert outcome.report.bad_pages == 10
        assert outcome.report.pages.lost == 0
    draws = [large.layout.rest(chance.sample(everything, 10)) for _ in range(200)]
    entries = sum(len(pages) for pages, _ in draws) / 200 / len(large.made.pages)
    photos = sum(len(found) for _, found in draws) / 200 / len(large.made.photos)
    print(f"not damaged, in the mean of 200 draws: {entries:.1%} of the entries, {photos:.1%} of the photos")
    assert entries >= 0.98
    assert photos >= 0.9


def test_any_root_page(small: Fixture, salvage: BookSalvage, library: Library, tmp_path: Path) -> None:
    """The control: with the root of a table gone the program itself reads nothing of it."""
    for name in ("entry", "entry_text", "entry_baby", "photo", "photo_grid"):
        root = small.layout.roots[name]
        outcome = _tried(small, _zeros(root), salvage, library, tmp_path / "tried", {root})
        print(f"root of {name}: {outcome.pages} of {len(small.made.pages)}, {outcome.photos} photos whole")
        assert outcome.pages == len(small.made.pages)
    root = small.layout.roots["entry_text"]
    assert _readable(small.made, _zeros(root), library, tmp_path / "control") == 0


def test_the_salt_and_the_pages_behind_it(
    small: Fixture, salvage: BookSalvage, library: Library, tmp_path: Path
) -> None:
    for damage, damaged in (
        (lambda data: data.__setitem__(slice(0, 16), bytes(16)), set[int]()),
        (_zeros(1, 2, 3), {1, 2, 3}),
    ):
        outcome = _tried(small, damage, salvage, library, tmp_path / "tried", damaged)
        assert (outcome.pages, outcome.photos) == (len(small.made.pages), len(small.made.photos))
