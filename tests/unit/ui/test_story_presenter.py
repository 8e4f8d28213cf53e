"""What the story asks of a real book, with a screen above that only remembers."""

import threading
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from memorybook.domain.changes import ChangeSet
from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.entry import Entry, EntryDraft, EntryKind, EntryRow
from memorybook.domain.ids import EntryId, PhotoId
from memorybook.domain.people import BabyDraft
from memorybook.domain.photo import Photo
from memorybook.domain.search import Query
from memorybook.domain.story import EVERYTHING, StoryFilter
from memorybook.errors import MemoryBookError
from memorybook.services.vault import Vault
from memorybook.storage.connection import Connection
from memorybook.ui.story.choosing import Choices, Choosing
from memorybook.ui.story.outline import Outline
from memorybook.ui.story.presenter import StoryPresenter
from tests.unit.ui.post import Post


class Screen:
    """Shows the whole list as a very tall window would, and remembers what it is told."""

    presenter: StoryPresenter

    def __init__(self) -> None:
        self.titles: list[str] = []
        self.rows: list[EntryRow | None] = []
        self.reading = ""
        self.chosen = -1
        self.said = ""
        self.query: Query | None = None
        self.choices = Choices()
        self.put_away: EntryId | None = None

    def show_outline(self, outline: Outline, *, keeps_place: bool) -> None:
        self.rows = [None] * outline.total
        self.said = ""

    def fill(self, first: int, rows: Sequence[EntryRow]) -> None:
        self.rows[first : first + len(rows)] = rows
        self.titles = [row.title for row in self.rows if row is not None]

    def drop(self, first: int, count: int) -> None:
        self.rows[first : first + count] = [None] * count

    def show_rows(self, rows: Sequence[EntryRow], *, more: bool) -> None:
        self.rows = list(rows)
        self.titles = [row.title for row in rows]
        self.said = ""
        if rows:
            self.choose_page(0, at_top=False)

    def add_rows(self, rows: Sequence[EntryRow], *, more: bool) -> None:
        self.rows += rows
        self.titles += [row.title for row in rows]

    def choose_page(self, page: int, *, at_top: bool) -> None:
        self.chosen = page
        row = self.rows[page]
        assert row is not None
        self.presenter.choose(row.id)
        self.presenter.need(0, len(self.rows) - 1)

    def show_query(self, query: Query | None) -> None:
        self.query = query

    def show_filter(self, wanted: StoryFilter) -> None: ...

    def show_nothing_written(self) -> None:
        self.said = "nothing written"

    def show_nothing_found(self) -> None:
        self.said = "nothing found"

    def show_nothing_like_this(self) -> None:
        self.said = "nothing like this"

    def show_entry(self, entry: Entry, photos: Sequence[Photo]) -> None:
        self.reading = entry.draft.title

    def show_picture(self, photo: PhotoId, jpeg: bytes) -> None: ...

    def show_covered(self, photo: Photo) -> None: ...

    def show_no_entry(self) -> None:
        self.reading = ""

    def show_put_away(self, entry_id: EntryId) -> None:
        self.put_away = entry_id

    def show_brought_back(self) -> None:
        self.put_away = None

    def show_choices(self, choices: Choices) -> None:
        self.choices = choices

    def show_problem(self, error: MemoryBookError) -> None:
        raise error


class Reader:
    """A story, its screen, and changes that reach it as they do in the window."""

    def __init__(self, vault: Vault) -> None:
        self.vault, self.screen, self.post = vault, Screen(), Post()
        self.presenter = StoryPresenter(
            self.screen,
            journal=vault.journal,
            album=vault.album,
            deliver=self.post,
            choosing=Choosing(
                self.screen,
                journal=vault.journal,
                record=vault.record,
                preferences=vault.preferences,
                deliver=self.post,
            ),
        )
        self.screen.presenter = self.presenter
        self.changes: list[ChangeSet] = []
        self.stop = vault.changes.subscribe(self.changes.append)

    def show(self) -> None:
        """Turn to the story, also after changes."""
        self.post.arrive()
        while self.changes:
            self.presenter.changed(self.changes.pop(0))
        self.presenter.show()
        self.post.arrive()


@pytest.fixture
def reader(vault: Vault) -> Iterator[Reader]:
    reader = Reader(vault)
    yield reader
    reader.stop()


def keep(vault: Vault, title: str, day: VagueDate = UNKNOWN, **more: Any) -> EntryId:
    entry = vault.journal.keep(None, EntryDraft(title=title, day=day, **more)).result()
    assert entry is not None
    return entry.id


def test_only_the_last_of_many_letters_is_searched_for(vault: Vault) -> None:
    for title in ("maple", "map", "moon"):
        keep(vault, title)
    reader = Reader(vault)
    busy, free = threading.Event(), threading.Event()

    def hold(_: Connection) -> None:
        busy.set()
        assert free.wait(30)

    vault._worker.read(hold)
    assert busy.wait(30)
    for typed in ("m", "ma", "map", "mapl"):
        reader.presenter.search(typed)
    free.set()
    assert [future.cancelled() for future, *_ in reader.post.asked] == [True, True, True, False]
    reader.post.arrive()
    assert reader.screen.titles == ["maple"]
    assert reader.screen.query is not None
    reader.presenter.search("")
    reader.post.arrive()
    assert reader.screen.query is None, "nothing is marked any more"
    assert len(reader.screen.titles) == 3
    reader.stop()


def test_a_search_goes_on_where_it_ended(vault: Vault, reader: Reader) -> None:
    for number in range(250):
        keep(vault, f"candle {number}", VagueDate(2020 + number // 100, 1 + number % 12))
    reader.presenter.search("candle")
    reader.post.arrive()
    assert len(reader.screen.titles) == 200
    reader.presenter.more()
    reader.presenter.more()
    reader.post.arrive()
    assert len(set(reader.screen.titles)) == 250
    reader.presenter.more()
    assert not reader.post.asked


def test_pages_can_be_chosen_by_what_they_are(vault: Vault, reader: Reader) -> None:
    sam = vault.people.add("Sam").result()
    wren = vault.record.keep_baby(None, BabyDraft(names="Wren")).result()
    assert wren is not None
    keep(vault, "to you", VagueDate(2026, 1, 2), kind=EntryKind.LETTER, babies=(wren.id,))
    keep(vault, "from Sam", VagueDate(2026, 1, 3), author=sam.id, tags=("garden",))
    keep(vault, "mine", VagueDate(2025), in_book=False)
    reader.show()
    assert reader.screen.titles == ["from Sam", "to you", "mine"]
    assert [person.name for person in reader.screen.choices.people] == ["Sam"]
    assert [baby.name for baby in reader.screen.choices.babies] == ["Wren"]
    assert reader.screen.choices.tags == ("garden",)
    assert [(month.year, month.month) for month in reader.screen.choices.months] == [(2026, 1), (2025, 0)]
    for wanted, titles in (
        (StoryFilter(kinds=frozenset({EntryKind.LETTER})), ["to you"]),
        (StoryFilter(author=sam.id), ["from Sam"]),
        (StoryFilter(baby=wren.id), ["to you"]),
        (StoryFilter(tag="GARDEN"), ["from Sam"]),
        (StoryFilter(in_book=False), ["mine"]),
        (EVERYTHING, ["from Sam", "to you", "mine"]),
    ):
        reader.presenter.choose_by(wanted)
        reader.post.arrive()
        assert reader.screen.titles == titles
        assert reader.screen.reading == titles[0]
    reader.presenter.choose_by(StoryFilter(photos=True))
    reader.post.arrive()
    assert (reader.screen.said, reader.screen.reading) == ("nothing like this", "")
    reader.presenter.search("mine")
    reader.presenter.choose_by(EVERYTHING)
    reader.post.arrive()
    assert reader.screen.titles == ["mine"], "words and chips hold together"


def test_a_book_without_a_page_says_so_and_no_more(reader: Reader) -> None:
    reader.show()
    assert reader.screen.said == "nothing written"
    reader.presenter.go_to(VagueDate(2026))
    reader.presenter.search("maple")
    reader.post.arrive()
    assert reader.screen.said == "nothing found"


def test_what_was_read_stays_chosen_when_it_moves_to_another_day(vault: Vault, reader: Reader) -> None:
    ids = [keep(vault, f"page {day}", VagueDate(2026, 3, day)) for day in range(1, 10)]
    reader.show()
    reader.presenter.choose(ids[4])
    reader.post.arrive()
    assert reader.screen.reading == "page 5"
    vault.journal.keep(ids[4], EntryDraft(title="page 5, and older", day=VagueDate(1999))).result()
    reader.show()
    assert reader.screen.chosen == 8
    assert reader.screen.reading == "page 5, and older"


def test_a_date_is_gone_to_also_out_of_a_search(vault: Vault, reader: Reader) -> None:
    for year in range(2000, 2027):
        keep(vault, f"maple {year}", VagueDate(year, 6, 1))
    reader.show()
    reader.presenter.go_to(VagueDate(2010))
    reader.post.arrive()
    assert reader.screen.reading == "maple 2010"
    reader.presenter.go_to(VagueDate(1990))
    reader.post.arrive()
    assert reader.screen.reading == "maple 2000"
    reader.presenter.search("2024")
    reader.post.arrive()
    assert reader.screen.titles == ["maple 2024"]
    reader.presenter.search("")
    reader.presenter.go_to(VagueDate(2005, 12))
    reader.post.arrive()
    assert reader.screen.reading == "maple 2005"


def test_a_date_is_gone_to_also_while_the_list_is_read_again(vault: Vault, reader: Reader) -> None:
    ids = [keep(vault, f"maple {year}", VagueDate(year, 6, 1)) for year in range(2000, 2027)]
    reader.show()
    vault.journal.delete(ids[20]).result()
    reader.presenter.changed(reader.changes[-1])
    reader.presenter.show()
    future, outlined, _ = reader.post.asked.pop(0)
    outlined(future.result())
    reader.presenter.go_to(VagueDate(2004))
    reader.post.arrive()
    assert reader.screen.reading == "maple 2004"
    reader.presenter.changed(reader.changes[-1])
    reader.presenter.show()
    reader.presenter.go_to(VagueDate(2003))
    reader.post.arrive()
    assert reader.screen.reading == "maple 2003"


def test_a_deleted_page_leaves_the_next_one_and_comes_back_to_its_place(vault: Vault, reader: Reader) -> None:
    ids = [keep(vault, f"page {day}", VagueDate(2026, 3, day)) for day in range(1, 6)]
    reader.show()
    reader.presenter.choose(ids[2])
    reader.post.arrive()
    reader.presenter.delete(ids[2])
    reader.show()
    assert reader.screen.put_away == ids[2]
    assert reader.screen.titles == ["page 5", "page 4", "page 2", "page 1"]
    assert reader.screen.reading == "page 2"
    reader.presenter.bring_back(ids[2])
    reader.show()
    assert reader.screen.put_away is None
    assert reader.screen.reading == "page 3"
    vault.journal.delete(ids[2]).result()
    vault.journal.delete_for_ever([ids[2]]).result()
    reader.show()
    assert reader.screen.reading == "page 2"


def test_a_page_that_was_deleted_this_moment_asks_for_no_error(vault: Vault, reader: Reader) -> None:
    kept = keep(vault, "page")
    reader.show()
    vault.journal.delete(kept).result()
    reader.presenter.choose(EntryId(0))
    reader.presenter.choose(kept)
    reader.post.arrive()
    reader.show()
    assert (reader.screen.said, reader.screen.reading) == ("nothing written", "")
