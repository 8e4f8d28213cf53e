"""Lists of pages: what a filter leaves, where a list begins, and what is beside a page."""

import itertools
import random
from collections.abc import Iterator

import pytest

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.entry import Entry, EntryDraft, EntryKind
from memorybook.domain.ids import BabyId, EntryId
from memorybook.domain.paging import Cursor
from memorybook.domain.people import BabyDraft, Person
from memorybook.domain.story import Me, Month, StoryFilter
from memorybook.domain.tags import folded
from memorybook.services.vault import Vault
from memorybook.storage import entries
from memorybook.storage.connection import Connection
from tests.benchmarks.books import picture

PAGES = 400


class Shelf:
    """A book of pages that differ in everything, and what a list of them has to be."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault
        self.people = [vault.people.add(name).result() for name in ("Anna", "Ben")]
        babies = [vault.record.keep_baby(None, BabyDraft(names=name)).result() for name in ("Mara", "Noah")]
        self.babies = [baby.id for baby in babies if baby is not None]
        dice = random.Random(20261121)  # noqa: S311 - it has to be the same every time
        drafts = [self._draft(dice, number) for number in range(PAGES)]

        def work(connection: Connection) -> tuple[list[EntryId], None]:
            kept = [entries.normal(draft) for draft in drafts]
            at = "2026-10-03T20:04:05Z"
            return [entries.insert(connection, draft, draft.body, at) for draft in kept], None

        ids = vault._worker.write(work).result()
        for entry_id in ids[::9]:
            vault.album.add(entry_id, picture(0)).result()
        kept = [vault.journal.entry(entry_id).result() for entry_id in ids]
        for entry in kept[5::40]:
            vault.journal.delete(entry.id).result()
        hidden = {entry.id for entry in kept[5::40]}
        shown = [entry for entry in kept if entry.id not in hidden and not entry.draft.is_empty]
        self.shown = sorted(shown, key=lambda entry: (entry.draft.day.sort_key, entry.id), reverse=True)

    def _draft(self, dice: random.Random, number: int) -> EntryDraft:
        days = [UNKNOWN, VagueDate(2024), VagueDate(2024, 5), VagueDate(None, 3, 8)]
        if number % 50 == 7:
            return EntryDraft()
        return EntryDraft(
            title=f"page {number}",
            body="some words, and others" if number % 3 else "other words",
            day=dice.choice([*days, *(VagueDate(2024, dice.randint(1, 12), dice.randint(1, 28)),) * 12]),
            kind=dice.choice(list(EntryKind)),
            author=dice.choice([None, *(person.id for person in self.people)]),
            in_book=dice.random() < 0.7,
            babies=tuple(baby for baby in self.babies if dice.random() < 0.3),
            tags=tuple(tag for tag in ("Élan", "sea", "rain") if dice.random() < 0.2),
        )

    def expected(self, only: StoryFilter) -> list[EntryId]:
        return [entry.id for entry in self.shown if _passes(entry, only)]


def _passes(entry: Entry, only: StoryFilter) -> bool:
    draft = entry.draft
    author = None if isinstance(only.author, Me) else only.author
    return (
        (not only.kinds or draft.kind in only.kinds)
        and (only.author is None or draft.author == author)
        and (only.baby is None or only.baby in draft.babies)
        and (not only.tag or folded(only.tag) in map(folded, draft.tags))
        and (only.photos is None or bool(draft.photos) == only.photos)
        and (only.in_book is None or draft.in_book == only.in_book)
    )


@pytest.fixture(name="shelf", scope="module")
def _shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    from memorybook.services.vault import Library
    from memorybook.system.clock import SystemClock
    from memorybook.system.decoder import Decoder
    from tests.books import FAST, PASSPHRASE

    with Decoder() as decoder:
        library = Library(decoder=decoder, clock=SystemClock(), kdf=FAST)
        vault = library.create(tmp_path_factory.mktemp("story") / "book", PASSPHRASE)
        yield Shelf(vault)
        vault.close()


FILTERS = [
    StoryFilter(),
    StoryFilter(kinds=frozenset({EntryKind.LETTER})),
    StoryFilter(kinds=frozenset({EntryKind.MEMORY, EntryKind.WORDS})),
    StoryFilter(author=Me.ME),
    StoryFilter(tag=" elan "),
    StoryFilter(tag="none has it"),
    StoryFilter(photos=True),
    StoryFilter(photos=False, in_book=True),
    StoryFilter(in_book=False, kinds=frozenset({EntryKind.LETTER}), author=Me.ME),
]


def _filters(shelf: Shelf) -> list[StoryFilter]:
    own = [StoryFilter(author=shelf.people[0].id), StoryFilter(baby=shelf.babies[1], photos=True)]
    return [*FILTERS, *own, StoryFilter(baby=BabyId(99))]


def test_a_filter_leaves_the_pages_that_are_all_of_it_in_order(shelf: Shelf) -> None:
    journal = shelf.vault.journal
    for only in _filters(shelf):
        expected, seen, after = shelf.expected(only), list[EntryId](), None
        while True:
            page = journal.page(after, filter=only, limit=17).result()
            seen += [row.id for row in page.rows]
            if (after := page.following) is None:
                break
        assert seen == expected, only
        assert journal.count(only).result() == len(expected)


def test_a_list_is_the_same_read_from_its_end(shelf: Shelf) -> None:
    for only in _filters(shelf):
        seen, before = list[EntryId](), None
        while True:
            page = shelf.vault.journal.page_before(before, filter=only, limit=17).result()
            seen[:0] = [row.id for row in page.rows]
            if (before := page.preceding) is None:
                break
        assert seen == shelf.expected(only), only


@pytest.mark.parametrize(
    ("day", "highest"),
    [
        (VagueDate(2024, 6, 15), 20240615),
        (VagueDate(2024, 6), 20240699),
        (VagueDate(2024), 20249999),
        (VagueDate(2030), 20309999),
        (VagueDate(1990, 1, 1), 19900101),
        (VagueDate(None, 3, 8), 308),
        (UNKNOWN, 0),
    ],
)
def test_a_list_can_begin_at_a_day(shelf: Shelf, day: VagueDate, highest: int) -> None:
    for only in _filters(shelf):
        chosen = [entry for entry in shelf.shown if _passes(entry, only)]
        behind = [entry.id for entry in chosen if entry.draft.day.sort_key <= highest]
        before = [entry.id for entry in chosen if entry.draft.day.sort_key > highest]
        page = shelf.vault.journal.page_from(day, only, limit=1_000).result()
        assert [row.id for row in page.rows] == behind
        assert (page.preceding is not None) == bool(before)
        if page.preceding is not None:
            newer = shelf.vault.journal.page_before(page.preceding, filter=only, limit=1_000).result()
            assert [row.id for row in newer.rows] == before
            assert newer.preceding is None
            again = shelf.vault.journal.page_before(page.preceding, filter=only, limit=3).result()
            assert [row.id for row in again.rows] == before[-3:]
            if behind and again.following is not None:
                first = shelf.vault.journal.page(again.following, filter=only, limit=1_000).result()
                assert [row.id for row in first.rows] == behind


def test_months_hold_every_page_once_and_newest_first(shelf: Shelf) -> None:
    for only in _filters(shelf):
        months = shelf.vault.journal.months(only).result()
        keys = [
            entry.draft.day.sort_key // 100 for entry in shelf.shown if _passes(entry, only)
        ]
        grouped = [Month(key // 100, key % 100, len(list(pages))) for key, pages in itertools.groupby(keys)]
        assert list(months) == grouped


def test_what_is_beside_a_page(shelf: Shelf) -> None:
    for only in _filters(shelf):
        listed = shelf.expected(only)
        around = [None, *listed, None]
        for newer, entry_id, older in zip(around, listed, around[2:], strict=False):
            if entry_id % 5 == 0:
                assert shelf.vault.journal.neighbours(entry_id, only).result() == (newer, older)
    assert isinstance(shelf.vault.journal.neighbours(EntryId(9_999)).exception(), LookupError)


def test_a_page_that_the_filter_leaves_out_has_neighbours_too(shelf: Shelf) -> None:
    only = StoryFilter(kinds=frozenset({EntryKind.LETTER}))
    for number, entry in enumerate(shelf.shown[::7]):
        if entry.draft.kind != EntryKind.LETTER:
            place = number * 7
            letters = [n for n, each in enumerate(shelf.shown) if each.draft.kind == EntryKind.LETTER]
            newer = [shelf.shown[n].id for n in letters if n < place]
            older = [shelf.shown[n].id for n in letters if n > place]
            expected = (newer[-1] if newer else None, older[0] if older else None)
            assert shelf.vault.journal.neighbours(entry.id, only).result() == expected


def test_words_are_looked_for_within_what_the_filter_leaves(shelf: Shelf) -> None:
    for only in _filters(shelf):
        with_word = {entry.id for entry in shelf.shown if "some" in entry.draft.body}
        expected = [key for key in shelf.expected(only) if key in with_word]
        seen, after = list[EntryId](), None
        while True:
            page = shelf.vault.journal.search("some", filter=only, limit=11, after=after).result()
            seen += [row.id for row in page.rows]
            assert all(row.hits for row in page.rows)
            if (after := page.following) is None:
                break
        assert seen == expected, only


def test_rows_know_their_babies_and_tags(shelf: Shelf) -> None:
    by_id = {entry.id: entry.draft for entry in shelf.shown}
    rows = shelf.vault.journal.page(limit=1_000).result().rows
    assert len(rows) == len(by_id)
    for row in (*rows, *shelf.vault.journal.all_for_book().result()):
        assert (row.babies, row.tags) == (by_id[row.id].babies, by_id[row.id].tags)
        assert row.photo_count == len(by_id[row.id].photos)


def test_tags_and_people_are_those_of_pages_that_are_shown(vault: Vault) -> None:
    ben, anna = (vault.people.add(name).result() for name in ("Ben", "Anna"))
    vault.people.add("Cleo").result()
    drafts = [
        EntryDraft(body="x", tags=("rain", "Elan"), author=anna.id),
        EntryDraft(body="x", tags=("élan",), author=ben.id),
        EntryDraft(body="x", tags=("gone",)),
    ]
    kept = [vault.journal.keep(None, draft).result() for draft in drafts]
    assert vault.journal.tags().result() == ("élan", "gone", "rain")
    assert vault.journal.people_with_pages().result() == (Person(ben.id, "Ben"), Person(anna.id, "Anna"))
    for entry in kept[1:]:
        assert entry is not None
        vault.journal.delete(entry.id).result()
    assert vault.journal.tags().result() == ("Elan", "rain")
    assert vault.journal.people_with_pages().result() == (Person(anna.id, "Anna"),)


def test_an_empty_book_has_empty_lists(vault: Vault) -> None:
    page = vault.journal.page_from(VagueDate(2026)).result()
    assert (page.rows, page.following, page.preceding) == ((), None, None)
    assert vault.journal.page_before(Cursor(0, EntryId(1))).result().rows == ()
    assert vault.journal.months().result() == ()
    assert vault.journal.tags().result() == ()


def test_a_tag_is_found_by_its_words(vault: Vault) -> None:
    kept = vault.journal.keep(None, EntryDraft(body="x", tags=("First Christmas", "sea"))).result()
    assert kept is not None
    assert [row.id for row in vault.journal.search("christmas sea").result().rows] == [kept.id]
    vault.journal.keep(kept.id, EntryDraft(body="x", tags=("sea",))).result()
    assert vault.journal.search("christmas").result().rows == ()
