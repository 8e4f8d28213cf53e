"""The recovery sheet and the new passphrase: a real book below, a remembered screen above."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from memorybook import errors
from memorybook.errors import MemoryBookError
from memorybook.services.recovery import RecoverySheet, RecoveryWords
from memorybook.services.vault import Vault
from memorybook.services.ways_in import SheetState, WayIn
from memorybook.ui.core.passphrases import Remark
from memorybook.ui.recovery.presenter import NewPassphrasePresenter, SheetPresenter
from tests.books import PASSPHRASE
from tests.disks import small_disk

WORDS = RecoveryWords()


class Page:
    """What would be shown."""

    def __init__(self) -> None:
        self.sheet: RecoverySheet | None = None
        self.said: list[str] = []
        self.state = SheetState(None, None)
        self.position: int | None = None
        self.problems: list[type[MemoryBookError]] = []

    def show_sheet(self, sheet: RecoverySheet) -> None:
        self.sheet = sheet

    def show_hidden(self) -> None:
        self.sheet = None

    def show_state(self, state: SheetState) -> None:
        self.state = state

    def show_typing_back(self) -> None:
        self.said.append("typing back")

    def show_checking(self) -> None:
        self.said.append("checking")

    def show_confirmed(self) -> None:
        self.said.append("confirmed")

    def show_misread(self, error: MemoryBookError, position: int | None) -> None:
        self.problems.append(type(error))
        self.position = position

    def show_saving(self) -> None:
        self.said.append("saving")

    def show_saved(self, name: str) -> None:
        self.said.append(f"saved {name}")

    def show_problem(self, error: MemoryBookError) -> None:
        self.problems.append(type(error))


class Later:
    """Deliveries wait here until a test lets them happen, as they wait for the event loop."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[Any], Callable[[Any], None], Callable[[MemoryBookError], None]]] = []

    def __call__(
        self, future: Future[Any], done: Callable[[Any], None], failed: Callable[[MemoryBookError], None], /
    ) -> None:
        self.waiting.append((future, done, failed))

    def happen(self) -> None:
        while self.waiting:
            future, done, failed = self.waiting.pop(0)
            error = future.exception()
            if error is None:
                done(future.result())
            else:
                assert isinstance(error, MemoryBookError), error
                failed(error)


@pytest.fixture
def later() -> Later:
    return Later()


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture
def presenter(vault: Vault, page: Page, later: Later) -> SheetPresenter:
    def run(work: Callable[[], Any], /) -> Future[Any]:
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(work)

    return SheetPresenter(
        page, ways=vault.ways, run=run, deliver=later, today=lambda: "21 November 2026", language="en"
    )


def test_showing_the_sheet_is_noted(
    presenter: SheetPresenter, page: Page, later: Later, vault: Vault
) -> None:
    presenter.show()
    later.happen()
    assert page.sheet == vault.ways.sheet().result()
    assert vault.ways.sheet_state().result().shown is not None


def test_a_sheet_that_comes_after_the_page_was_left_stays_away(
    presenter: SheetPresenter, page: Page, later: Later, vault: Vault
) -> None:
    presenter.show()
    presenter.hide()
    later.happen()
    assert page.sheet is None
    assert vault.ways.sheet_state().result().shown is None


def test_typed_back_rightly(presenter: SheetPresenter, page: Page, later: Later, vault: Vault) -> None:
    presenter.show()
    later.happen()
    words = vault.ways.sheet().result().words
    presenter.type_back()
    assert page.sheet is None, "what is typed back is read from paper"
    presenter.confirm(" ".join(words))
    later.happen()
    assert page.said == ["typing back", "checking", "confirmed"]
    assert page.state.confirmed is not None


def test_a_word_typed_back_wrongly_is_named(
    presenter: SheetPresenter, page: Page, later: Later, vault: Vault
) -> None:
    words = list(vault.ways.sheet().result().words)
    words[6] = next(word for word in WORDS.words if word != words[6])
    presenter.confirm(" ".join(words))
    later.happen()
    assert page.position == 6
    presenter.confirm(" ".join(WORDS.sheet(bytes(16)).words))
    later.happen()
    assert page.problems[-1] is errors.RecoveryWordsOther
    assert vault.ways.sheet_state().result().confirmed is None


def test_the_page_is_saved_as_a_pdf(
    presenter: SheetPresenter, page: Page, later: Later, tmp_path: Path
) -> None:
    presenter.save(tmp_path / "before.pdf", "A4")
    assert not page.said, "nothing is saved while nothing is shown"
    presenter.show()
    later.happen()
    presenter.save(tmp_path / "page.pdf", "Letter")
    later.happen()
    assert page.said == ["saving", "saved page.pdf"]
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF-")


def test_a_pdf_that_cannot_be_saved_leaves_nothing_behind(
    presenter: SheetPresenter, page: Page, later: Later, tmp_path: Path
) -> None:
    presenter.show()
    later.happen()
    with small_disk(tmp_path / "small", "1m") as disk:
        disk.fill()
        before = sorted(disk.folder.iterdir())
        presenter.save(disk.folder / "page.pdf", "A4")
        later.happen()
        assert page.problems == [errors.ExportNeedsRoom]
        assert sorted(disk.folder.iterdir()) == before


class Choosing:
    """What the page for a new passphrase would show."""

    def __init__(self) -> None:
        self.ways: Sequence[WayIn] = ()
        self.said: list[str] = []
        self.problems: list[type[MemoryBookError]] = []

    def show_ways(self, passphrases: Sequence[WayIn]) -> None:
        self.ways = passphrases

    def show_remark(self, remark: Remark) -> None:
        self.said.append(remark)

    def show_keeping(self) -> None:
        self.said.append("keeping")

    def show_kept(self) -> None:
        self.said.append("kept")

    def show_problem(self, error: MemoryBookError) -> None:
        self.problems.append(type(error))


def test_a_new_passphrase_takes_the_place_of_the_old_one(vault: Vault, later: Later) -> None:
    page = Choosing()
    presenter = NewPassphrasePresenter(page, ways=vault.ways, deliver=later)
    presenter.show()
    later.happen()
    (way,) = page.ways
    for given in (("", ""), ("one", "two"), ("short", "short"), ("short", "short")):
        presenter.keep(way.id, *given)
    later.happen()
    assert page.said == ["missing", "differ", "short", "keeping", "kept"]
    assert vault.admits("short")
    assert not vault.admits(PASSPHRASE)


def test_a_first_passphrase_is_put_beside_none(vault: Vault, later: Later) -> None:
    page = Choosing()
    presenter = NewPassphrasePresenter(page, ways=vault.ways, deliver=later)
    presenter.keep(None, "a door that is new", "a door that is new")
    presenter.keep(None, "and once more", "and once more")
    later.happen()
    assert page.said == ["keeping", "kept"], "one at a time"
    assert len(vault.ways.all().result()) == 2


def test_a_book_that_was_closed_says_so(vault: Vault, later: Later) -> None:
    page = Choosing()
    presenter = NewPassphrasePresenter(page, ways=vault.ways, deliver=later)
    vault.close()
    presenter.keep(None, "a door that is new", "a door that is new")
    later.happen()
    assert page.problems == [errors.BookClosed]
