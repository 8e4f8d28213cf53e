"""Keeping pages, listing them in order, and what writes and what does not."""

import random
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from memorybook.domain.changes import ChangeSet
from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.entry import Entry, EntryDraft, EntryKind
from memorybook.domain.ids import EntryId
from memorybook.domain.paging import Cursor
from memorybook.errors import StorageFailed, StorageFull
from memorybook.services.vault import Library, Vault
from memorybook.storage import entries
from memorybook.storage.connection import Connection
from memorybook.system.decoder import Decoder
from tests.books import FAST, PASSPHRASE
from tests.disks import small_disk

FULL = EntryDraft(
    title="A quiet day",
    body="Some **words**, and\n\n> others.\n",
    day=VagueDate(2026, 10, 3, about=True),
    kind=EntryKind.LETTER,
    recipient="Élan",
    in_book=False,
)


def _kept(future: Future[Entry | None]) -> Entry:
    entry = future.result()
    assert entry is not None
    return entry


def _keep(vault: Vault, draft: EntryDraft) -> Entry:
    return _kept(vault.journal.keep(None, draft))


class _Clock:
    def __init__(self) -> None:
        self.moment = datetime(2026, 10, 3, 20, 4, 5, 999_000, tzinfo=UTC).astimezone()

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return 0.0


def test_a_page_comes_back_as_it_was_written(vault: Vault, library: Library) -> None:
    entry = _keep(vault, FULL)
    assert entry.draft == FULL
    assert vault.journal.entry(entry.id).result() == entry
    vault.close()
    again = library.open(vault.folder, PASSPHRASE)
    assert again.journal.entry(entry.id).result() == entry
    again.close()


def test_every_part_of_a_page_can_be_changed(vault: Vault) -> None:
    anna = vault.people.add("Anna").result()
    entry = _keep(vault, FULL)
    draft = EntryDraft("Other", "x", VagueDate(2020), EntryKind.WORDS, anna.id, "y", (), in_book=True)
    changed = _kept(vault.journal.keep(entry.id, draft))
    assert changed.draft == draft
    assert changed.author_name == "Anna"
    assert changed.id == entry.id
    assert vault.journal.entry(entry.id).result() == changed


def test_times_are_in_utc_and_the_first_one_stays(tmp_path: Path, decoder: Decoder) -> None:
    clock = _Clock()
    vault = Library(decoder=decoder, clock=clock, kdf=FAST).create(tmp_path / "book", PASSPHRASE)
    entry = _keep(vault, FULL)
    assert (entry.created_at, entry.changed_at) == ("2026-10-03T20:04:05Z", "2026-10-03T20:04:05Z")
    clock.moment -= timedelta(days=3650)
    changed = _kept(vault.journal.keep(entry.id, EntryDraft(title="Other")))
    assert changed.created_at == "2026-10-03T20:04:05Z"
    assert changed.changed_at == "2016-10-05T20:04:05Z"
    vault.close()


def test_an_empty_page_is_not_kept_unless_its_place_is_held(vault: Vault) -> None:
    empty = EntryDraft(day=VagueDate(2026, 1, 1), recipient=" ", title="  ", body="\n", tags=(" ",))
    assert vault.journal.keep(None, empty).result() is None
    held = _kept(vault.journal.keep(None, empty, hold_place=True))
    assert vault.journal.page().result().rows == ()
    assert vault.journal.count().result() == 0
    _kept(vault.journal.keep(held.id, EntryDraft(title="Words")))
    assert [row.id for row in vault.journal.page().result().rows] == [held.id]


def test_a_page_that_became_empty_stays_and_is_not_listed(vault: Vault) -> None:
    entry = _keep(vault, FULL)
    _kept(vault.journal.keep(entry.id, EntryDraft()))
    assert vault.journal.page().result().rows == ()
    assert vault.journal.all_for_book().result() == ()
    assert vault.journal.search("quiet").result().rows == ()
    assert vault.journal.entry(entry.id).result().draft == EntryDraft()
    _kept(vault.journal.keep(entry.id, FULL))
    assert len(vault.journal.search("quiet").result().rows) == 1


def test_the_same_page_again_writes_nothing(vault: Vault) -> None:
    published: list[ChangeSet] = []
    vault.changes.subscribe(published.append)
    entry = _kept(vault.journal.keep(None, FULL, origin="write"))
    assert published == [ChangeSet(entries=frozenset({entry.id}), origin="write")]
    log = vault.folder / "book.db-wal"
    before = log.stat()
    assert _kept(vault.journal.keep(entry.id, FULL)) == entry
    after = log.stat()
    assert (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    assert len(published) == 1


def test_a_page_that_is_not_there_is_a_mistake_of_the_program(vault: Vault) -> None:
    assert isinstance(vault.journal.entry(EntryId(9)).exception(), LookupError)
    assert isinstance(vault.journal.keep(EntryId(9), FULL).exception(), LookupError)
    assert vault.journal.count().result() == 0


@pytest.mark.parametrize(
    "text",
    ["\0", "a\0b", "half \ud83d pair", "\ud83d\ude00", "e\u0301", "\u202etxt", "\r\n", "’“”", "x" * 300_000],
)
def test_any_text_is_kept(vault: Vault, text: str) -> None:
    entry = _keep(vault, EntryDraft(title=text, body=text + ".", recipient=text))
    again = vault.journal.entry(entry.id).result().draft
    assert again == entry.draft
    expected = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert (again.title, again.body, again.recipient) == (expected, expected + ".", expected)
    assert len(vault.journal.page().result().rows) == 1


def test_a_row_shows_the_beginning_and_not_the_body(vault: Vault) -> None:
    anna = vault.people.add("Anna").result()
    _keep(vault, EntryDraft(title="T", body="## One\n\n*two* \\* three\n\n" + "word " * 200, author=anna.id))
    (row,) = vault.journal.page().result().rows
    assert row.excerpt.startswith("One two * three word word")
    assert row.excerpt.endswith("word…")
    assert len(row.excerpt) <= 161
    assert (row.title, row.author_name, row.photo_count, row.kind) == ("T", "Anna", 0, EntryKind.ENTRY)
    assert "two" not in repr(row)


def _fill(vault: Vault, number: int, seed: int) -> list[tuple[int, int]]:
    """Pages on days known more or less well; their (day_key, id) newest first, empty ones left out."""
    dice = random.Random(seed)  # noqa: S311
    days = [UNKNOWN, VagueDate(2026), VagueDate(2026, 5), VagueDate(2025, 12, 31)]
    days += [VagueDate(2026, dice.randint(1, 12), dice.randint(1, 28)) for _ in range(300)]
    drafts = [
        EntryDraft(title="" if count % 50 == 7 else f"page {count}", day=dice.choice(days))
        for count in range(number)
    ]

    def work(connection: Connection) -> tuple[list[EntryId], None]:
        at = "2026-10-03T20:04:05Z"
        return [entries.insert(connection, draft, "", at) for draft in drafts], None

    ids = vault._worker.write(work).result()  # in one transaction, to be quick
    kept = zip(drafts, ids, strict=True)
    return sorted(((draft.day.sort_key, key) for draft, key in kept if not draft.is_empty), reverse=True)


def test_five_thousand_pages_are_listed_once_each_in_order(vault: Vault) -> None:
    expected = _fill(vault, 5_000, 1)
    seen: list[tuple[int, int]] = []
    after: Cursor | None = None
    while True:
        page = vault.journal.page(after, limit=137).result()
        seen += [(row.day.sort_key, row.id) for row in page.rows]
        assert page.following is None or len(page.rows) == 137
        if page.following is None:
            break
        after = page.following
    assert seen == expected
    assert seen[-1][0] == 0
    assert vault.journal.count().result() == len(expected)
    oldest = [(row.day.sort_key, row.id) for row in vault.journal.all_for_book().result()]
    known = sorted(key for key in expected if key[0])
    assert oldest == known + sorted(key for key in expected if not key[0])


def test_reading_on_is_steady_while_pages_are_added(vault: Vault) -> None:
    expected = _fill(vault, 300, 2)
    first = vault.journal.page(limit=100).result()
    _keep(vault, EntryDraft(title="newer", day=VagueDate(2030, 1, 1)))
    _keep(vault, EntryDraft(title="the oldest", day=VagueDate(1900, 1, 1)))
    rest = vault.journal.page(first.following, limit=1000).result()
    seen = [(row.day.sort_key, row.id) for row in first.rows + rest.rows]
    assert [key for key in seen if key in set(expected)] == expected
    assert len(seen) == len(expected) + 1


def test_the_end_of_the_list_is_known_exactly(vault: Vault) -> None:
    assert vault.journal.page().result().following is None
    for number in range(4):
        _keep(vault, EntryDraft(title=str(number)))
    assert vault.journal.page(limit=4).result().following is None
    page = vault.journal.page(limit=3).result()
    assert page.following == Cursor(0, page.rows[-1].id)
    last = vault.journal.page(page.following, limit=3).result()
    assert (len(last.rows), last.following) == (1, None)


def test_words_are_kept_also_when_their_author_was_taken_out_of_the_book_meanwhile(vault: Vault) -> None:
    ada = vault.people.add("Ada").result()
    entry = _keep(vault, FULL)
    assert vault.people.remove(ada.id).result()
    by_ada = EntryDraft(title="typed before", author=ada.id)
    assert _keep(vault, by_ada).draft == replace(by_ada, author=None)
    kept = _kept(vault.journal.keep(entry.id, by_ada))
    assert kept.draft == replace(by_ada, author=None)
    assert _kept(vault.journal.keep(entry.id, by_ada)) == kept


def test_keeping_survives_a_full_disk(library: Library, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "4m") as disk:
        vault = library.create(disk.folder / "book", PASSPHRASE)
        entry = _keep(vault, FULL)
        disk.fill()
        long = EntryDraft(title="long", body="many words " * 40_000)
        for _ in range(2):
            assert isinstance(vault.journal.keep(None, long).exception(), StorageFull | StorageFailed)
            assert isinstance(vault.journal.keep(entry.id, long).exception(), StorageFull | StorageFailed)
        assert vault.journal.entry(entry.id).result() == entry
        assert vault.journal.count().result() == 1
        disk.free()
        assert _kept(vault.journal.keep(entry.id, EntryDraft(title="again"))).draft.title == "again"
        vault.close()
        vault = library.open(disk.folder / "book", PASSPHRASE)
        assert vault.journal.entry(entry.id).result().draft.title == "again"
        vault.close()
