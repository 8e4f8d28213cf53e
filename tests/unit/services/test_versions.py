"""Earlier versions of a page: when one is made, what it holds, and how it comes back."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memorybook.domain.changes import ChangeSet
from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import Entry, EntryDraft, EntryKind
from memorybook.domain.ids import VersionId
from memorybook.domain.versions import Newest, is_due, text
from memorybook.errors import BookDamaged
from memorybook.services.vault import Library, Vault
from memorybook.storage.connection import Connection
from memorybook.system.decoder import Decoder
from tests.benchmarks.books import picture
from tests.books import FAST, PASSPHRASE

BEGIN = datetime.datetime(2026, 10, 3, 20, 0, tzinfo=datetime.UTC)
STORY = "We walked along the river in the evening, and nobody said anything for a long while. " * 5


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = BEGIN

    def now(self) -> datetime.datetime:
        return self.moment

    def monotonic(self) -> float:
        return 0.0

    def forward(self, **time: float) -> None:
        self.moment += datetime.timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(name="book")
def _book(tmp_path: Path, decoder: Decoder, clock: Clock) -> Iterator[Vault]:
    vault = Library(decoder=decoder, clock=clock, kdf=FAST).create(tmp_path / "book", PASSPHRASE)
    yield vault
    vault.close()


@pytest.fixture
def keep(book: Vault) -> Callable[..., Entry]:
    """Keeps a page; without an entry a new one."""

    def keep(entry: Entry | None, draft: EntryDraft) -> Entry:
        kept = book.journal.keep(None if entry is None else entry.id, draft).result()
        assert kept is not None
        return kept

    return keep


Keep = Callable[[Entry | None, EntryDraft], Entry]


def _bodies(book: Vault, entry: Entry) -> list[str]:
    rows = book.journal.versions(entry.id).result()
    return [book.journal.version(row.id).result().draft.body for row in rows]


def test_while_a_page_is_written_a_version_is_kept_about_every_ten_minutes(
    book: Vault, clock: Clock, keep: Keep
) -> None:
    entry = keep(None, EntryDraft(body="word 0"))
    for number in range(1, 16 * 60):  # every two seconds, for half an hour
        clock.forward(seconds=2)
        entry = keep(entry, EntryDraft(body=f"{entry.draft.body} {number}"))
    rows = book.journal.versions(entry.id).result()
    assert [row.kept_at for row in rows] == [
        "2026-10-03T20:29:58Z",
        "2026-10-03T20:19:58Z",
        "2026-10-03T20:09:58Z",
    ]
    assert [row.words for row in rows] == [901, 601, 301]
    assert rows[0].excerpt.startswith("word 0 1 2")


def test_the_page_of_yesterday_is_a_version_once(book: Vault, clock: Clock, keep: Keep) -> None:
    entry = keep(None, EntryDraft(body="as it was"))
    clock.forward(days=1)
    for number in range(5):
        entry = keep(entry, EntryDraft(body="as it was and more" + " more" * number))
        clock.forward(seconds=5)
    assert _bodies(book, entry) == ["as it was"]


def test_a_version_holds_everything_of_the_page(book: Vault, clock: Clock, keep: Keep) -> None:
    anna = book.people.add("Anna").result()
    full = EntryDraft(
        title="A *day*",
        body="Some **words**.",
        day=VagueDate(2026, 10, about=True),
        kind=EntryKind.LETTER,
        author=anna.id,
        recipient="Élan",
        in_book=False,
        tags=("sea", "rain"),
    )
    entry = keep(None, full)
    photo = book.album.add(entry.id, picture(1)).result()
    clock.forward(minutes=11)
    keep(entry, EntryDraft(body="other"))
    (row,) = book.journal.versions(entry.id).result()
    version = book.journal.version(row.id).result()
    assert version.draft.photos == (photo.id,)
    assert version.draft.title == full.title
    assert (version.draft.author, version.draft.tags, version.draft.day) == (anna.id, full.tags, full.day)
    assert (row.title, row.excerpt, row.words) == ("A *day*", "Some words.", 4)
    assert "words" not in repr(version)
    assert "day" not in repr(row)


@pytest.mark.parametrize(
    ("after", "kept"),
    [
        ("", True),
        ("Other words.", True),
        (STORY[: len(STORY) // 3], True),
        (STORY[:-201], True),
        (STORY[:-60], True),
        (STORY[:-20], False),
        (STORY + "More.", False),
        ("Before. " + STORY, False),
        (STORY.replace("walked", "went", 1), False),
        (STORY[:50] + "x" * 300 + STORY[350:], True),
    ],
)
def test_a_version_is_made_when_much_goes(book: Vault, keep: Keep, after: str, kept: bool) -> None:
    entry = keep(None, EntryDraft(body=STORY))
    keep(entry, EntryDraft(body=after))
    assert _bodies(book, entry) == ([STORY] if kept else [])


def test_words_taken_away_little_by_little_are_in_a_version(book: Vault, clock: Clock, keep: Keep) -> None:
    entry = keep(None, EntryDraft(body=STORY))
    while entry.draft.body:
        clock.forward(seconds=1)
        entry = keep(entry, EntryDraft(body=entry.draft.body[:-45]))
    assert STORY in _bodies(book, entry)


def test_what_is_not_prose_makes_no_version(book: Vault, clock: Clock, keep: Keep) -> None:
    entry = keep(None, EntryDraft(body="words"))
    clock.forward(days=1)
    entry = keep(entry, EntryDraft(body="words", in_book=False, tags=("sea",), day=VagueDate(2020)))
    assert book.journal.versions(entry.id).result() == ()


def test_a_picture_that_is_taken_off_is_in_a_version_and_comes_back(book: Vault, keep: Keep) -> None:
    entry = keep(None, EntryDraft(body="words"))
    photos = [book.album.add(entry.id, picture(number)).result().id for number in range(2)]
    book.journal.take_off(entry.id, photos[0]).result()
    (row,) = book.journal.versions(entry.id).result()
    back = book.journal.bring_version_back(row.id).result()
    assert list(back.draft.photos) == photos


def test_a_version_comes_back_and_what_was_there_becomes_one(book: Vault, clock: Clock, keep: Keep) -> None:
    first, second = EntryDraft(title="One", body=STORY), EntryDraft(title="Two", body="Nothing of it.")
    entry = keep(None, first)
    clock.forward(minutes=1)
    keep(entry, second)
    (row,) = book.journal.versions(entry.id).result()
    published: list[ChangeSet] = []
    book.changes.subscribe(published.append)
    clock.forward(minutes=1)
    back = book.journal.bring_version_back(row.id, origin="write").result()
    assert back.draft == first
    assert book.journal.entry(entry.id).result() == back
    assert [(change.entries, change.origin) for change in published] == [(frozenset({entry.id}), "write")]
    assert _bodies(book, entry) == [second.body, first.body]
    assert [row.id for row in book.journal.search("river").result().rows] == [entry.id]
    again = book.journal.versions(entry.id).result()[0]
    assert book.journal.bring_version_back(again.id).result().draft == second


def test_bringing_back_what_is_there_changes_nothing(book: Vault, keep: Keep) -> None:
    entry = keep(None, EntryDraft(body=STORY))
    keep(entry, EntryDraft(body=""))
    keep(entry, EntryDraft(body=STORY))
    published: list[ChangeSet] = []
    book.changes.subscribe(published.append)
    (row,) = book.journal.versions(entry.id).result()
    book.journal.bring_version_back(row.id).result()
    assert published == []
    assert len(book.journal.versions(entry.id).result()) == 1


def test_a_picture_that_came_later_stays_when_a_version_comes_back(book: Vault, keep: Keep) -> None:
    entry = keep(None, EntryDraft(body=STORY))
    keep(entry, EntryDraft(body="other"))
    photo = book.album.add(entry.id, picture(1)).result()
    (row,) = book.journal.versions(entry.id).result()
    back = book.journal.bring_version_back(row.id).result()
    assert (back.draft.body, back.draft.photos) == (STORY, (photo.id,))


def test_versions_go_after_thirty_days_but_the_last_with_words_stays(
    book: Vault, clock: Clock, keep: Keep
) -> None:
    entry = keep(None, EntryDraft(body="first"))
    for body in ("second", "third"):
        clock.forward(days=1)
        keep(entry, EntryDraft(body=body))
    assert _bodies(book, entry) == ["second", "first"]
    clock.forward(days=30, seconds=-1)
    assert len(_bodies(book, entry)) == 2, "nothing goes by itself"
    keep(entry, EntryDraft(body="third", tags=("sea",)))
    assert _bodies(book, entry) == ["second"]
    clock.forward(days=365)
    keep(entry, EntryDraft(body="third", tags=("rain",)))
    assert _bodies(book, entry) == ["second"]
    keep(entry, EntryDraft(body="fourth"))
    assert _bodies(book, entry) == ["third"]


def test_a_version_without_words_does_not_push_out_the_last_with_words(
    book: Vault, clock: Clock, keep: Keep
) -> None:
    entry = keep(None, EntryDraft(body=STORY))
    keep(entry, EntryDraft())
    photo = book.album.add(entry.id, picture(1)).result()
    book.journal.take_off(entry.id, photo.id).result()
    assert _bodies(book, entry) == ["", STORY]
    clock.forward(days=400)
    keep(entry, EntryDraft(tags=("sea",)))
    assert _bodies(book, entry) == [STORY]


def test_a_clock_that_was_put_back_makes_a_version(book: Vault, clock: Clock, keep: Keep) -> None:
    entry = keep(None, EntryDraft(body="words"))
    clock.forward(days=-3650)
    keep(entry, EntryDraft(body="words and more"))
    assert _bodies(book, entry) == ["words"]


def test_a_version_that_is_not_there_and_one_that_was_changed_behind_the_apps_back(
    book: Vault, keep: Keep
) -> None:
    assert isinstance(book.journal.version(VersionId(9)).exception(), LookupError)
    assert isinstance(book.journal.bring_version_back(VersionId(9)).exception(), LookupError)
    entry = keep(None, EntryDraft(body=STORY))
    keep(entry, EntryDraft(body="other"))
    (row,) = book.journal.versions(entry.id).result()

    def change(connection: Connection) -> tuple[None, None]:
        connection.execute("UPDATE entry_version SET title = 'x'", {})
        return None, None

    book._worker.write(change).result()
    assert isinstance(book.journal.version(row.id).exception(), BookDamaged)
    assert isinstance(book.journal.bring_version_back(row.id).exception(), BookDamaged)
    assert book.journal.entry(entry.id).result().draft.body == "other"


def test_a_version_of_a_day_the_clock_was_wrong_is_not_taken_for_an_old_one(
    book: Vault, clock: Clock, keep: Keep
) -> None:
    first = keep(None, EntryDraft(body="One evening"))
    right = clock.moment
    for number in range(3):
        clock.moment = right.replace(year=2001)
        clock.forward(hours=number)
        keep(first, EntryDraft(body=f"One evening {number}"))
    clock.moment = right
    clock.forward(hours=1)
    keep(first, EntryDraft(body="Another"))
    assert len(book.journal.versions(first.id).result()) == 4
    clock.forward(days=31)
    keep(first, EntryDraft(body="Yet another"))
    assert len(book.journal.versions(first.id).result()) == 1


WORDS = st.text("ab ", max_size=300)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400), WORDS), max_size=12))
def test_no_run_of_changes_takes_much_without_a_version(changes: list[tuple[int, int, str]]) -> None:
    newest: Newest | None = None
    now = BEGIN
    body = ""
    for start, length, new in changes:
        now += datetime.timedelta(seconds=1)
        after = body[:start] + new + body[start + length :]
        before, draft = EntryDraft(body=body), EntryDraft(body=after)
        gone = max(0, len(body[start : start + length]))
        if body != after and is_due(before, draft, newest, BEGIN, now):
            newest = Newest(now, len(text(before)))
        elif body.strip() and new == "":
            assert gone <= 200
            assert gone * 2 <= len(text(before)) or gone == 0
        body = after
