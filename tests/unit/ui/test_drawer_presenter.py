"""What the drawer asks of a real book, with a screen above that only remembers."""

import io
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QObject

from memorybook.domain.dates import VagueDate
from memorybook.domain.drawer import DrawerRow
from memorybook.domain.entry import Entry, EntryDraft
from memorybook.domain.ids import EntryId, PhotoId
from memorybook.domain.keepsake import Keepsake, KeepsakeDraft
from memorybook.domain.photo import Photo, PhotoDraft
from memorybook.errors import BookDamaged, MemoryBookError
from memorybook.services.vault import Vault
from memorybook.ui.core.uncovered import Uncovered
from memorybook.ui.drawer.naming import about, heading, words_of
from memorybook.ui.drawer.presenter import DrawerPresenter
from memorybook.ui.drawer.waiting import Ref, Waiting


class Screen:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.rows: list[Waiting] = []
        self.reading = ""
        self.thing: Waiting | None = None
        self.picture = b""
        self.covered = False
        self.small: dict[Ref, bytes] = {}
        self.said: list[object] = []
        self.problems: list[MemoryBookError] = []

    @property
    def titles(self) -> list[str]:
        return [heading(row) for row in self.rows]

    def show_rows(self, rows: Sequence[Waiting]) -> None:
        self.rows = list(rows)

    def show_small(self, ref: Ref, jpeg: bytes) -> None:
        self.small[ref] = jpeg

    def show_page(self, entry: Entry) -> None:
        self.reading = entry.draft.body

    def show_thing(self, waiting: Waiting) -> None:
        self.thing, self.picture, self.covered = waiting, b"", False

    def show_picture(self, jpeg: bytes) -> None:
        self.picture, self.covered = jpeg, False

    def show_covered(self) -> None:
        self.picture, self.covered = b"", True

    def show_nothing(self) -> None:
        self.reading, self.thing, self.picture = "", None, b""

    def cover_rows(self) -> None:
        self.small.clear()

    def show_brought_back(self, waiting: tuple[Waiting, ...]) -> None:
        self.said.append(("back", len(waiting)))

    def show_deleting(self) -> None:
        self.said.append("deleting")

    def show_gone(self, waiting: tuple[Waiting, ...]) -> None:
        self.said.append(("gone", len(waiting)))

    def show_problem(self, error: MemoryBookError) -> None:
        self.problems.append(error)


def deliver(
    future: Future[Any], done: Callable[[Any], None], failed: Callable[[MemoryBookError], None], /
) -> None:
    """At once: this screen has nothing else to do."""
    error = future.exception(timeout=30)
    if isinstance(error, MemoryBookError):
        failed(error)
    else:
        done(future.result())


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def uncovered(book: QObject) -> Uncovered:
    return Uncovered(book)


@pytest.fixture
def drawer(vault: Vault, screen: Screen, uncovered: Uncovered) -> DrawerPresenter:
    presenter = DrawerPresenter(
        screen,
        journal=vault.journal,
        album=vault.album,
        recordings=vault.recordings,
        keepsakes=vault.keepsakes,
        occasions=vault.occasions,
        deliver=deliver,
        showing=uncovered,
    )
    uncovered.changed.connect(presenter.covering_changed)
    return presenter


def page(vault: Vault, title: str, words: str = "words", *, away: bool = True) -> EntryId:
    entry = vault.journal.keep(None, EntryDraft(title, words, VagueDate(2026, 3, 1))).result()
    assert entry is not None
    if away:
        assert vault.journal.delete(entry.id).result()
    return entry.id


def photo(vault: Vault, shade: int, draft: PhotoDraft) -> PhotoId:
    jpeg = io.BytesIO()
    Image.new("RGB", (60, 40), (shade, 0, 0)).save(jpeg, "JPEG")
    account = vault.album.bring([jpeg.getvalue()], told=lambda _: None).done.result()
    vault.album.keep(account.added[0], draft).result()
    return account.added[0]


def test_a_page_is_looked_at_brought_back_and_deleted_for_ever(
    vault: Vault, screen: Screen, drawer: DrawerPresenter
) -> None:
    for number in range(4):
        page(vault, f"page {number}", f"words {number}")
    drawer.show()
    assert sorted(screen.titles) == ["page 0", "page 1", "page 2", "page 3"]
    refs = {heading(row): row.ref for row in screen.rows}
    drawer.choose([refs["page 0"]])
    assert screen.reading == "words 0"
    drawer.choose([refs["page 0"], refs["page 1"]])
    assert screen.reading == "", "the words of two pages are not shown as one"
    drawer.bring_back([refs["page 0"], refs["page 1"]])
    assert screen.said == [("back", 2)]
    assert sorted(screen.titles) == ["page 2", "page 3"]
    assert [row.title for row in vault.journal.page().result().rows] == ["page 1", "page 0"]
    drawer.delete_for_ever([refs["page 2"], refs["page 3"]])
    assert screen.said[1:] == ["deleting", ("gone", 2)]
    assert screen.rows == []
    assert vault.journal.drawer().result() == ()


def test_all_that_was_put_away_is_here_and_goes_back_where_it_was(
    vault: Vault, screen: Screen, drawer: DrawerPresenter
) -> None:
    page(vault, "A page")
    leaf = photo(vault, 10, PhotoDraft(caption="A leaf", description="Brown.", taken_by="Sam"))
    band = vault.keepsakes.keep(None, KeepsakeDraft(kind="band", kept="In the blue box")).result()
    assert band is not None
    vault.album.put_away([leaf]).result()
    vault.keepsakes.put_away([band.id]).result()
    drawer.show()
    assert {type(row.what) for row in screen.rows} == {DrawerRow, Photo, Keepsake}
    by_name = {heading(row): row for row in screen.rows}
    assert about(by_name["A leaf"]).startswith("Photo · ")
    assert words_of(by_name["A leaf"]) == "Brown.\nSam"
    assert words_of(by_name["ID band"]) == "Kept: In the blue box"
    drawer.choose([by_name["A leaf"].ref])
    assert screen.picture.startswith(b"\xff\xd8")
    drawer.choose([by_name["ID band"].ref])
    assert screen.picture == b"", "there is none, and none is shown as missing"
    drawer.bring_back([row.ref for row in screen.rows])
    assert screen.said == [("back", 3)]
    assert screen.rows == []
    assert [row.id for row in vault.album.rows().result()] == [leaf]
    assert [each.id for each in vault.keepsakes.all().result()] == [band.id]


def test_all_of_it_can_be_deleted_for_ever_at_once(
    vault: Vault, screen: Screen, drawer: DrawerPresenter
) -> None:
    stays = page(vault, "A page", away=False)
    leaf, sea = (photo(vault, shade, PhotoDraft(caption="A leaf")) for shade in (10, 90))
    thing = vault.keepsakes.keep(None, KeepsakeDraft(title="A thing", photos=(leaf, sea))).result()
    assert thing is not None
    vault.album.put_away([leaf]).result()
    vault.keepsakes.put_away([thing.id]).result()
    drawer.show()
    assert screen.rows[0].front is None or screen.rows[0].front.id == sea
    drawer.delete_for_ever([row.ref for row in screen.rows])
    assert screen.said == ["deleting", ("gone", 2)]
    assert screen.rows == []
    assert [row.id for row in vault.album.rows().result()] == [sea]
    assert vault.journal.entry(stays).result().draft.title == "A page"


def noting(real: Callable[[PhotoId], Future[bytes]], asked: list[PhotoId]) -> Callable[[PhotoId], object]:
    def ask(photo: PhotoId) -> Future[bytes]:
        asked.append(photo)
        return real(photo)

    return ask


def test_the_pixels_of_a_covered_photo_are_not_even_asked_for(
    vault: Vault,
    screen: Screen,
    drawer: DrawerPresenter,
    uncovered: Uncovered,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hidden = photo(vault, 10, PhotoDraft(caption="Covered one", description="Not said.", covered=True))
    thing = vault.keepsakes.keep(None, KeepsakeDraft(title="A thing", photos=(hidden,))).result()
    assert thing is not None
    vault.keepsakes.put_away([thing.id]).result()
    drawer.show()
    asked: list[PhotoId] = []
    for name in ("thumbnail", "rendition"):
        monkeypatch.setattr(vault.album, name, noting(getattr(vault.album, name), asked))
    (row,) = screen.rows
    drawer.need(row.ref)
    drawer.choose([row.ref])
    assert asked == []
    assert screen.covered
    assert "Not said." not in words_of(row)
    drawer.uncover()
    assert screen.picture.startswith(b"\xff\xd8")
    drawer.need(row.ref)
    assert set(screen.small) == {row.ref}
    uncovered.cover_again()
    assert (screen.covered, screen.small) == (True, {})


def test_what_cannot_be_read_is_said_and_the_rest_is_shown(
    vault: Vault, screen: Screen, drawer: DrawerPresenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    page(vault, "A page")
    broken: Future[tuple[Keepsake, ...]] = Future()
    broken.set_exception(BookDamaged())
    monkeypatch.setattr(vault.keepsakes, "put_away_rows", lambda: broken)
    drawer.show()
    assert screen.titles == ["A page"]
    assert [type(error) for error in screen.problems] == [BookDamaged]
