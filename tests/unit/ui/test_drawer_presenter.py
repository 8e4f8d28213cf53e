"""What the drawer asks of a real book, with a screen above that only remembers."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any

from memorybook.domain.dates import VagueDate
from memorybook.domain.drawer import DrawerRow
from memorybook.domain.entry import Entry, EntryDraft
from memorybook.domain.ids import EntryId
from memorybook.errors import MemoryBookError
from memorybook.services.vault import Vault
from memorybook.ui.drawer.presenter import DrawerPresenter


class Screen:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self.reading = ""
        self.said: list[object] = []

    def show_rows(self, rows: Sequence[DrawerRow]) -> None:
        self.titles = [row.title for row in rows]

    def show_page(self, entry: Entry) -> None:
        self.reading = entry.draft.body

    def show_no_page(self) -> None:
        self.reading = ""

    def show_brought_back(self, ids: tuple[EntryId, ...]) -> None:
        self.said.append(ids)

    def show_deleting(self) -> None:
        self.said.append("deleting")

    def show_gone(self, number: int) -> None:
        self.said.append(number)

    def show_problem(self, error: MemoryBookError) -> None:
        raise error


def deliver(
    future: Future[Any], done: Callable[[Any], None], failed: Callable[[MemoryBookError], None], /
) -> None:
    """At once: this screen has nothing else to do."""
    done(future.result(timeout=30))


def test_a_page_is_looked_at_brought_back_and_deleted_for_ever(vault: Vault) -> None:
    ids = []
    for number in range(4):
        draft = EntryDraft(f"page {number}", f"words {number}", VagueDate(2026, 3, 1 + number))
        entry = vault.journal.keep(None, draft).result()
        assert entry is not None
        ids.append(entry.id)
        assert vault.journal.delete(entry.id).result()
    screen = Screen()
    presenter = DrawerPresenter(screen, journal=vault.journal, deliver=deliver)
    presenter.show()
    assert sorted(screen.titles) == ["page 0", "page 1", "page 2", "page 3"]
    presenter.choose(ids[:1])
    assert screen.reading == "words 0"
    presenter.choose(ids[:2])
    assert screen.reading == "", "the words of two pages are not shown as one"
    presenter.bring_back(ids[:2])
    assert screen.said == [tuple(ids[:2])]
    assert sorted(screen.titles) == ["page 2", "page 3"]
    assert [row.title for row in vault.journal.page().result().rows] == ["page 1", "page 0"]
    presenter.delete_for_ever(ids[2:])
    assert screen.said[1:] == ["deleting", 2]
    assert screen.titles == []
    assert vault.journal.drawer().result() == ()
