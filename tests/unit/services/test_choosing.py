"""Choosing in bulk and one by one, over what a real vault offers and over lists of every kind."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memorybook.domain.book import CoveredPhotos, Edition
from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.entry import EntryDraft, EntryKind
from memorybook.domain.ids import BabyId, EntryId, PhotoId
from memorybook.domain.keepsake import KeepsakeDraft
from memorybook.domain.material import ALL, Item, Key, Material, Only, Part
from memorybook.domain.occasion import OccasionDraft
from memorybook.domain.people import BabyDraft, CeremonyDraft
from memorybook.domain.photo import PhotoDraft, PhotoKind
from memorybook.domain.recording import RecordingDraft
from memorybook.domain.wording import WORD
from memorybook.services import choosing
from memorybook.services.choosing import Figure
from memorybook.services.preferences import ME, TITLE
from memorybook.services.vault import Vault
from tests import recordings
from tests.unit.services.photos import baby, one, small

EMPTY = Edition("Wren", ())
DAY = VagueDate(2026, 5, 22)


def entry(number: int, day: VagueDate = UNKNOWN, *photos: int, **parts: object) -> Item:
    ids = tuple(map(PhotoId, photos))
    return Item(Part.ENTRIES, number, f"Page {number}", day=day, photos=ids, **parts)  # type: ignore[arg-type]


def photo(number: int, **parts: object) -> Item:
    return Item(Part.PHOTOS, number, **parts)  # type: ignore[arg-type]


MATERIAL = Material(
    (
        entry(1, VagueDate(2024), 11, kind="entry"),
        entry(2, VagueDate(2026, 5), 11, 12, kind="letter", person="Sam", tags=("Sea", "our garden")),
        entry(3, DAY, 13, kind="letter", babies=(BabyId(1),), in_book=False),
        entry(4, kind="words", person="Grandma Jo", babies=(BabyId(1), BabyId(2)), tags=("séa",)),
        photo(11),
        photo(12, covered=True),
        photo(13, offered=False),
        photo(14, day=DAY, person="sam", kind="family"),
        photo(15, in_book=False),
        Item(Part.KEEPSAKES, 1, "Box", kind="our own", photos=(PhotoId(12), PhotoId(16))),
        photo(16),
        Item(Part.BABIES, 1, "Wren", babies=(BabyId(1),)),
    )
)


def test_what_a_vault_offers(vault: Vault) -> None:
    vault.preferences.put(TITLE, "For Wren").result()
    vault.preferences.put(WORD, "pregnancy").result()
    vault.preferences.put(ME, " Mum ").result()
    wren = baby(vault, "Wren")
    sam = vault.people.add("Sam").result()
    seen, hidden, private, alone = (one(vault, small(n)).id for n in range(4))
    vault.album.keep(hidden, PhotoDraft("Hidden", in_book=False)).result()
    words = PhotoDraft(
        " The sea ", "Grey\nwaves", DAY, "Sam", kind=PhotoKind.FAMILY, babies=(wren,), covered=True
    )
    vault.album.keep(alone, words).result()
    taken = vault.album.photos([seen]).result()[0].taken
    letter = EntryDraft(" Dear one", "Some words.", DAY, EntryKind.LETTER, sam.id, tags=("Sea",))
    first, mine, undated = (
        vault.journal.keep(None, draft).result()
        for draft in (
            replace(letter, babies=(wren,), photos=(hidden, seen)),
            EntryDraft("Mine", day=VagueDate(2025), in_book=False, photos=(private,)),
            EntryDraft("No day"),
        )
    )
    assert first is not None
    assert mine is not None
    assert undated is not None
    box = vault.keepsakes.keep(
        None, KeepsakeDraft("box", " Box ", "Blue", DAY, given_by="Jo", photos=(seen, hidden))
    ).result()
    assert box is not None
    vault.keepsakes.keep(None, KeepsakeDraft(title="Away")).result()
    vault.keepsakes.put_away([each.id for each in vault.keepsakes.all().result()][1:]).result()
    (heart,) = vault.recordings.bring([recordings.wav()]).done.result().ids
    vault.recordings.keep(heart, RecordingDraft("Heart", taken=DAY, recorded_by="Sam")).result()
    vault.record.keep_baby(None, BabyDraft(word="bean")).result()
    farewell = vault.record.keep_ceremony(None, CeremonyDraft("Garden", DAY, "Home", baby=wren)).result()
    assert farewell is not None
    vault.occasions.add(OccasionDraft("A day", DAY)).result()
    vault.occasions.add(OccasionDraft("", DAY)).result()

    found = vault.books.material().result()
    assert (found.title, found.word, found.me, found.days) == ("For Wren", "pregnancy", "Mum", 1)
    assert found.of(Part.ENTRIES) == (
        Item(Part.ENTRIES, mine.id, "Mine", "", VagueDate(2025), "entry", in_book=False, photos=(private,)),
        replace(
            Item(Part.ENTRIES, first.id, "Dear one", "Some words.", DAY, "letter", "Sam", (wren,), ("Sea",)),
            photos=(seen,),
        ),
        Item(Part.ENTRIES, undated.id, "No day", "", kind="entry"),
    )
    assert found.of(Part.PHOTOS) == (
        Item(Part.PHOTOS, alone, "The sea", "Grey waves", DAY, "family", "Sam", (wren,), covered=True),
        Item(Part.PHOTOS, seen, day=taken),
        Item(Part.PHOTOS, private, day=taken, offered=False),
        Item(Part.PHOTOS, hidden, "Hidden", in_book=False),
    )
    assert found.of(Part.KEEPSAKES) == (
        Item(Part.KEEPSAKES, box.id, "Box", "Blue", DAY, "box", "Jo", photos=(seen,)),
    )
    assert found.of(Part.RECORDINGS) == (Item(Part.RECORDINGS, heart, "Heart", day=DAY, person="Sam"),)
    assert found.of(Part.BABIES) == (Item(Part.BABIES, wren, "Wren", babies=(wren,)),)
    assert found.of(Part.CEREMONIES) == (
        Item(Part.CEREMONIES, farewell.id, "Garden", "Home", DAY, babies=(wren,)),
    )
    assert "Dear" not in repr(found)
    whole = choosing.marked(EMPTY, found)
    assert (whole.entries, whole.photos, whole.keepsakes) == ((first.id, undated.id), (alone,), (box.id,))
    assert (whole.recordings, whole.babies, whole.ceremonies) == ((heart,), (wren,), (farewell.id,))


def test_an_empty_vault_offers_nothing(vault: Vault) -> None:
    assert vault.books.material().result() == Material()
    assert Material().is_empty
    assert Material((entry(1, in_book=False),)).is_empty
    assert not Material(days=1).is_empty


@pytest.mark.parametrize(
    ("only", "found"),
    [
        (ALL, [item.id for item in MATERIAL.items]),
        (Only(Part.ENTRIES), [1, 2, 3, 4]),
        (Only(Part.ENTRIES, baby=BabyId(1)), [3, 4]),
        (Only(Part.ENTRIES, person=""), [1, 3]),
        (Only(person="Sam"), [2, 14]),
        (Only(kind="letter"), [2, 3]),
        (Only(kind="our own"), [1]),
        (Only(tag=" sea "), [2, 4]),
        (Only(tag="Our  Garden"), [2]),
        (Only(Part.PHOTOS, covered=True), [12]),
        (Only(in_book=False), [3, 15]),
        (Only(kind="letter", in_book=True, tag="sea"), [2]),
        (Only(first=datetime.date(2026, 5, 31)), [2]),
        (Only(first=datetime.date(2026, 5, 22), last=datetime.date(2026, 5, 22)), [2, 3, 14]),
        (Only(last=datetime.date(2024, 1, 1)), [1]),
        (Only(first=datetime.date(2026, 6, 1)), []),
    ],
)
def test_some_of_it(only: Only, found: list[int]) -> None:
    assert [item.id for item in choosing.matching(MATERIAL.items, only)] == found


def test_a_day_without_its_year_is_in_no_stretch_of_time() -> None:
    items = (entry(1, VagueDate(None, 2, 29)), entry(2, VagueDate(2024, 2)))
    assert choosing.matching(items, Only(first=datetime.date(2024, 2, 29))) == items[1:]


def test_what_can_be_asked_for() -> None:
    assert choosing.people(MATERIAL.items) == ("Sam", "Grandma Jo", "sam")
    assert choosing.kinds(MATERIAL.of(Part.ENTRIES)) == ("entry", "letter", "words")
    assert choosing.tags(MATERIAL.items) == ("Sea", "our garden")


def test_everything_that_is_marked_and_nothing_else() -> None:
    edition = replace(EMPTY, entries=(EntryId(99),), left_out=frozenset({PhotoId(11)}), dedication="D")
    whole = choosing.marked(edition, MATERIAL)
    assert (whole.entries, whole.photos, whole.keepsakes, whole.babies) == ((1, 2, 4), (14,), (1,), (1,))
    assert (whole.left_out, whole.dedication, whole.title) == (frozenset(), "D", "Wren")
    assert choosing.figures(whole, MATERIAL) == {
        Part.ENTRIES: Figure(3, 3),
        Part.PHOTOS: Figure(3, 5),
        Part.KEEPSAKES: Figure(1, 1),
        Part.RECORDINGS: Figure(0, 0),
        Part.BABIES: Figure(1, 1),
        Part.CEREMONIES: Figure(0, 0),
    }
    last = replace(whole, covered=CoveredPhotos.LAST)
    assert choosing.figures(last, MATERIAL)[Part.PHOTOS] == Figure(4, 5)


def test_a_photo_comes_with_its_page_and_can_be_left_out_of_it() -> None:
    edition = choosing.choose(EMPTY, MATERIAL, [(Part.ENTRIES, 2)])
    assert choosing.chosen(edition, MATERIAL) == {(Part.ENTRIES, 2), (Part.PHOTOS, 11), (Part.PHOTOS, 12)}
    assert choosing.choose(edition, MATERIAL, [(Part.PHOTOS, 11)]) == edition
    without = choosing.leave(edition, MATERIAL, [(Part.PHOTOS, 11), (Part.PHOTOS, 14)])
    assert without == replace(edition, left_out=frozenset({PhotoId(11)}))
    assert choosing.chosen(without, MATERIAL) == {(Part.ENTRIES, 2), (Part.PHOTOS, 12)}
    assert choosing.choose(without, MATERIAL, [(Part.PHOTOS, 11)]) == edition
    alone = choosing.choose(EMPTY, MATERIAL, [(Part.PHOTOS, 11), (Part.PHOTOS, 13)])
    assert (alone.photos, alone.entries) == ((11, 13), ())
    assert choosing.leave(alone, MATERIAL, [(Part.PHOTOS, 11)]).photos == (13,)


def test_what_is_for_the_parent_alone_cannot_be_chosen() -> None:
    every = [item.key for item in MATERIAL.items] + [(Part.ENTRIES, 99)]
    edition = choosing.choose(EMPTY, MATERIAL, every)
    assert edition.entries == (1, 2, 4)
    assert PhotoId(15) not in edition.photos
    forced = replace(EMPTY, entries=(EntryId(3),), photos=(PhotoId(15),))
    assert choosing.chosen(forced, MATERIAL) == frozenset()


def test_an_order_of_ones_own() -> None:
    edition = choosing.choose(EMPTY, MATERIAL, [(Part.ENTRIES, 4), (Part.ENTRIES, 1), (Part.ENTRIES, 2)])
    assert edition.entries == (1, 2, 4)
    moved = choosing.move(edition, [(Part.ENTRIES, 4)], 0)
    assert moved.entries == (4, 1, 2)
    assert choosing.move(edition, [(Part.ENTRIES, 2), (Part.ENTRIES, 1)], 99).entries == (4, 2, 1)
    assert choosing.move(edition, [(Part.ENTRIES, 2), (Part.PHOTOS, 1), (Part.ENTRIES, 9)], -3).entries == (
        2, 1, 4
    )
    assert choosing.move(edition, [], 1) == edition
    assert choosing.move(edition, [(Part.PHOTOS, 1)], 1) == edition


months = st.builds(VagueDate, st.integers(2020, 2026), st.none() | st.integers(1, 12))
def test_what_is_chosen_later_finds_its_place() -> None:
    def chosen(*entries: int) -> tuple[int, ...]:
        edition = replace(EMPTY, entries=tuple(map(EntryId, entries)))
        return choosing.choose(edition, MATERIAL, [(Part.ENTRIES, 2)]).entries

    assert chosen(1, 4) == (1, 2, 4)
    assert chosen(4) == (2, 4)
    assert chosen(1, 99, 4, 98) == (1, 99, 2, 4, 98)
    assert chosen(4, 1) == (4, 1, 2), "an order of one's own"
    assert chosen(1, 2, 4) == (1, 2, 4)
    material = Material(tuple(entry(n, VagueDate(2020 + n // 2)) for n in range(6)))
    newest = replace(EMPTY, entries=tuple(map(EntryId, (5, 4, 3, 2, 1, 0))))
    without = choosing.leave(newest, material, [(Part.ENTRIES, 3), (Part.ENTRIES, 0)])
    assert choosing.choose(without, material, [(Part.ENTRIES, 0), (Part.ENTRIES, 3)]) == newest


days = st.just(UNKNOWN) | months
keys = st.lists(st.tuples(st.sampled_from(Part), st.integers(1, 8)), max_size=30)


@st.composite
def materials(draw: st.DrawFn) -> Material:
    pictures = st.lists(st.integers(1, 8).map(PhotoId), max_size=3, unique=True).map(tuple)
    items = [
        Item(
            part,
            number,
            day=draw(days),
            in_book=draw(st.booleans()),
            covered=draw(st.booleans()),
            photos=draw(pictures) if part in {Part.ENTRIES, Part.KEEPSAKES} else (),
        )
        for part in Part
        for number in range(1, draw(st.integers(0, 8)) + 1)
    ]
    return Material(tuple(items))


@settings(max_examples=80, deadline=None)
@given(materials(), keys, keys)
def test_what_is_chosen_is_in_and_what_is_left_is_out(
    material: Material, first: list[Key], second: list[Key]
) -> None:
    here = {item.key for item in material.items if item.in_book}
    edition = choosing.choose(EMPTY, material, first)
    going = choosing.chosen(edition, material)
    assert set(first) & here <= going <= here
    assert choosing.choose(edition, material, first) == edition
    without = choosing.leave(edition, material, second)
    assert not choosing.chosen(without, material) & set(second)
    assert choosing.leave(without, material, second) == without
    again = choosing.choose(without, material, [key for key in first if key in second])
    assert set(first) & here <= choosing.chosen(again, material)
    for part in Part:
        ids = getattr(again, part.value)
        assert len(set(ids)) == len(ids)
        moved = choosing.move(again, [(part, it) for it in ids[:2]], 3)
        assert sorted(getattr(moved, part.value)) == sorted(ids)
