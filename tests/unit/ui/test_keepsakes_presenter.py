"""Keepsakes as they are typed and arranged, with a real book below and a screen that only remembers."""

import datetime
import io
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image
from PySide6.QtCore import QObject

from memorybook.domain.bringing import Refused
from memorybook.domain.changes import ChangeSet
from memorybook.domain.ids import KeepsakeId, PhotoId
from memorybook.domain.keepsake import KeepsakeDraft
from memorybook.domain.people import Baby
from memorybook.domain.photo import Photo, PhotoDraft, PhotoRow
from memorybook.errors import MemoryBookError, PictureNotRecognised, PictureUnreadable
from memorybook.services.vault import Vault
from memorybook.ui.core.uncovered import Uncovered
from memorybook.ui.keepsakes.presenter import KeepsakesPresenter, Shelf

T = TypeVar("T")
NOW = datetime.datetime(2026, 11, 21, 14, 2, tzinfo=datetime.UTC)


class Screen:
    """What would be shown."""

    def __init__(self) -> None:
        self.shelf = Shelf()
        self.typed = KeepsakeDraft()
        self.form_is_open = False
        self.kept_at: datetime.datetime | None = None
        self.photos: tuple[PhotoId, ...] = ()
        self.pixels: dict[PhotoId, bytes] = {}
        self.covered: set[PhotoId] = set()
        self.adding = False
        self.refused: list[type[MemoryBookError]] = []
        self.offered: tuple[PhotoRow, ...] = ()
        self.offered_pixels: set[PhotoId] = set()
        self.large: Photo | None = None
        self.undo: Callable[[], None] | None = None
        self.problems: list[type[MemoryBookError]] = []

    @property
    def titles(self) -> list[str]:
        return [each.draft.title for each in self.shelf.keepsakes]

    def show_shelf(self, shelf: Shelf) -> None:
        self.shelf = shelf

    def show_form(
        self, keepsake: KeepsakeId | None, draft: KeepsakeDraft, babies: Sequence[Baby], word: str
    ) -> None:
        self.typed, self.form_is_open, self.undo = replace(draft, photos=()), True, None

    def show_list(self) -> None:
        self.form_is_open = False

    def draft(self) -> KeepsakeDraft:
        return self.typed

    def show_kept(self, at: datetime.datetime | None) -> None:
        self.kept_at = at

    def show_not_kept(self, error: MemoryBookError) -> None:
        self.problems.append(type(error))

    def show_put_away(self, keepsake: KeepsakeId, bring_back: Callable[[], None]) -> None:
        self.undo = bring_back

    def show_problem(self, error: MemoryBookError) -> None:
        self.problems.append(type(error))

    def show_thumbnail(self, photo: PhotoId, jpeg: bytes) -> None:
        self.pixels[photo] = jpeg
        self.covered.discard(photo)

    def show_covered(self, photo: Photo) -> None:
        self.pixels.pop(photo.id, None)
        self.covered.add(photo.id)

    def show_photos(self, photos: Sequence[Photo]) -> None:
        self.photos = tuple(photo.id for photo in photos)

    def show_adding(self, *, on: bool) -> None:
        self.adding = on

    def show_refused(self, refused: Sequence[Refused]) -> None:
        self.refused += [type(each.error) for each in refused]

    def show_taken_off(self, put_back: Callable[[], None]) -> None:
        self.undo = put_back

    def offer_photos(self, rows: Sequence[PhotoRow]) -> None:
        self.offered = tuple(rows)

    def show_offered(self, photo: PhotoId, jpeg: bytes) -> None:
        self.offered_pixels.add(photo)

    def show_large(self, photo: Photo, jpeg: bytes) -> None:
        self.large = photo


class Answers:
    """Delivers at once, or, while it ``waits``, when it is told to."""

    def __init__(self) -> None:
        self.waits = False
        self._waiting: list[Callable[[], None]] = []

    def __call__(
        self, future: Future[T], done: Callable[[T], None], failed: Callable[[MemoryBookError], None], /
    ) -> None:
        def act() -> None:
            error = future.exception(timeout=30)
            if error is None:
                done(future.result())
            else:
                assert isinstance(error, MemoryBookError)
                failed(error)

        if self.waits:
            self._waiting.append(act)
        else:
            act()

    def arrive(self) -> None:
        """All of them, and then those that are asked for because of them."""
        while self._waiting:
            self._waiting.pop(0)()
        self.waits = False


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def uncovered(book: QObject) -> Uncovered:
    return Uncovered(book)


@pytest.fixture
def place(vault: Vault, screen: Screen, answers: Answers, uncovered: Uncovered) -> KeepsakesPresenter:
    presenter = KeepsakesPresenter(
        screen,
        keepsakes=vault.keepsakes,
        album=vault.album,
        record=vault.record,
        preferences=vault.preferences,
        deliver=answers,
        now=lambda: NOW,
        showing=uncovered,
    )
    uncovered.changed.connect(presenter.covering_changed)
    return presenter


def jpeg(shade: int) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (60, 40), (shade, 0, 0)).save(made, "JPEG")
    return made.getvalue()


def bring(vault: Vault, *shades: int) -> tuple[PhotoId, ...]:
    sources = [jpeg(shade) for shade in shades]
    return vault.album.bring(sources, told=lambda _: None).done.result().added


def kept(vault: Vault) -> list[KeepsakeDraft]:
    return [each.draft for each in vault.keepsakes.all().result()]


def make(vault: Vault, *titles: str, photos: tuple[PhotoId, ...] = ()) -> None:
    for title in titles:
        vault.keepsakes.keep(None, KeepsakeDraft(title=title, photos=photos)).result()


def test_what_is_typed_is_one_keepsake_however_often_it_is_kept(
    vault: Vault, screen: Screen, place: KeepsakesPresenter
) -> None:
    place.show()
    place.add()
    place.keep()
    assert kept(vault) == [], "an empty form is no keepsake"
    for words in ("I", "In the", "In the blue box"):
        screen.typed = KeepsakeDraft(kept=words)
        place.keep()
    place.leave()
    assert kept(vault) == [KeepsakeDraft(kept="In the blue box")]
    assert screen.kept_at == NOW
    assert not screen.form_is_open
    assert len(screen.shelf.keepsakes) == 1


def test_the_order_is_the_parents(vault: Vault, screen: Screen, place: KeepsakesPresenter) -> None:
    make(vault, "One", "Two", "Three")
    place.show()
    one, _, three = screen.shelf.keepsakes
    place.move(three.id, -1)
    assert screen.titles == ["One", "Three", "Two"]
    place.move(one.id, -1)  # it is the first already
    place.move(one.id, 1)
    assert [draft.title for draft in kept(vault)] == ["Three", "One", "Two"]


def test_what_is_put_away_can_be_brought_back_at_once(
    vault: Vault, screen: Screen, place: KeepsakesPresenter
) -> None:
    make(vault, "One", "Two")
    place.show()
    place.open(screen.shelf.keepsakes[0].id)
    place.put_away()
    assert screen.titles == ["Two"]
    assert len(screen.shelf.away) == 1
    assert screen.undo is not None
    screen.undo()
    assert screen.titles == ["One", "Two"]


def test_a_form_that_was_never_typed_into_is_left_by_putting_it_away(
    vault: Vault, screen: Screen, place: KeepsakesPresenter
) -> None:
    place.show()
    place.add()
    place.put_away()
    assert not screen.form_is_open
    assert screen.undo is None
    assert kept(vault) == []


def test_one_that_is_opened_again_before_it_is_read_begins_with_what_was_kept_last(
    vault: Vault, screen: Screen, place: KeepsakesPresenter, answers: Answers
) -> None:
    make(vault, "A hat")
    place.show()
    hat = screen.shelf.keepsakes[0].id
    place.open(hat)
    screen.typed = KeepsakeDraft(title="A hat", words="Knitted by Jo")
    place.pictures.add([jpeg(10)])
    assert len(screen.photos) == 1
    shown = screen.photos
    answers.waits = True
    place.leave()
    place.open(hat)
    assert (screen.typed.words, screen.photos) == ("Knitted by Jo", shown)
    screen.typed = replace(screen.typed, kept="In the blue box")
    answers.arrive()
    place.leave()
    words = KeepsakeDraft(title="A hat", words="Knitted by Jo", kept="In the blue box", photos=shown)
    assert kept(vault) == [words]


def test_what_was_read_before_the_last_words_were_kept_does_not_come_after_them(
    vault: Vault, screen: Screen, place: KeepsakesPresenter, answers: Answers
) -> None:
    make(vault, "A hat")
    place.show()
    hat = screen.shelf.keepsakes[0].id
    place.open(hat)
    answers.waits = True
    place.changed(ChangeSet(preferences=True))
    screen.typed = KeepsakeDraft(title="The yellow hat")
    place.keep()
    answers.arrive()
    answers.waits = True
    place.leave()
    place.open(hat)
    assert screen.typed.title == "The yellow hat"


def test_what_a_picture_is_called_is_known_when_its_keepsake_is_opened_again(
    vault: Vault, screen: Screen, place: KeepsakesPresenter, answers: Answers
) -> None:
    (photo,) = bring(vault, 10)
    make(vault, "A hat", photos=(photo,))
    place.show()
    hat = screen.shelf.keepsakes[0].id
    place.open(hat)
    place.pictures.say(photo, PhotoDraft(caption="On the shelf"))
    place.changed(ChangeSet(photos=frozenset({photo}), origin="keepsakes"))
    answers.waits = True
    place.leave()
    place.open(hat)
    assert place.pictures.opened is not None
    assert [each.caption for each in place.pictures.opened.photos] == ["On the shelf"]


def test_putting_one_away_leaves_it_at_once_and_closes_no_other(
    vault: Vault, screen: Screen, place: KeepsakesPresenter, answers: Answers
) -> None:
    make(vault, "One", "Two")
    place.show()
    one, two = (each.id for each in screen.shelf.keepsakes)
    place.open(one)
    answers.waits = True
    place.put_away()
    assert not screen.form_is_open, "nobody goes on writing in what goes"
    place.open(two)
    screen.typed = KeepsakeDraft(title="Two", words="All in one go")
    answers.arrive()
    assert screen.form_is_open
    assert screen.undo is not None
    place.leave()
    assert kept(vault) == [KeepsakeDraft(title="Two", words="All in one go")]
    screen.undo()
    assert screen.titles == ["One", "Two"]


def test_pictures_are_brought_in_arranged_and_taken_off(
    vault: Vault, screen: Screen, place: KeepsakesPresenter
) -> None:
    place.show()
    place.add()
    place.pictures.add([jpeg(10), b"no picture", jpeg(90)])
    assert screen.refused == [PictureNotRecognised]
    assert not screen.adding
    first, second = screen.photos
    assert kept(vault)[0].photos == (first, second), "a picture alone is a keepsake"
    place.pictures.move(second, -1)
    assert kept(vault)[0].photos == (second, first)
    place.pictures.take_off(second)
    assert kept(vault)[0].photos == (first,)
    assert len(vault.album.rows().result()) == 2, "it stays in the book"
    assert screen.undo is not None
    screen.undo()
    assert kept(vault)[0].photos == (second, first)
    place.pictures.add([jpeg(10)])
    assert screen.photos == (second, first), "it is there already"


def test_a_picture_that_comes_after_the_form_was_left_is_not_lost(
    vault: Vault, screen: Screen, place: KeepsakesPresenter, answers: Answers
) -> None:
    place.show()
    place.add()
    screen.typed = KeepsakeDraft(title="A hat")
    place.keep()
    answers.waits = True
    place.pictures.add([jpeg(10)])
    place.pictures.open(None)
    answers.arrive()
    (hat,) = kept(vault)
    assert len(hat.photos) == 1
    place.add()
    answers.waits = True
    place.pictures.add([jpeg(90)])
    place.pictures.open(None)
    answers.arrive()
    assert [(draft.title, len(draft.photos)) for draft in kept(vault)] == [("A hat", 1), ("", 1)]


def test_photos_of_the_book_are_offered_but_those_that_are_here(
    vault: Vault, screen: Screen, place: KeepsakesPresenter
) -> None:
    here, other, hidden = bring(vault, 10, 90, 170)
    vault.album.cover([hidden], covered=True).result()
    make(vault, "A hat", photos=(here,))
    place.show()
    place.open(screen.shelf.keepsakes[0].id)
    place.pictures.offer()
    assert {row.id for row in screen.offered} == {other, hidden}
    for row in screen.offered:
        place.pictures.need_offered(row.id)
    assert screen.offered_pixels == {other}
    place.pictures.choose([other])
    assert kept(vault)[0].photos == (here, other)


def test_the_pixels_of_a_covered_photo_are_not_even_asked_for(
    vault: Vault,
    screen: Screen,
    place: KeepsakesPresenter,
    uncovered: Uncovered,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain, hidden = bring(vault, 10, 90)
    vault.album.cover([hidden], covered=True).result()
    make(vault, "A hat", photos=(hidden, plain))
    asked: list[PhotoId] = []
    real = vault.album.thumbnail

    def thumbnail(photo: PhotoId) -> Future[bytes]:
        asked.append(photo)
        return real(photo)

    monkeypatch.setattr(vault.album, "thumbnail", thumbnail)
    place.show()
    place.open(screen.shelf.keepsakes[0].id)
    place.small.need([hidden, plain])
    place.pictures.look_at(hidden)
    assert asked == [plain]
    assert (screen.covered, screen.large) == ({hidden}, None)
    place.small.uncover(hidden)
    assert set(screen.pixels) == {hidden, plain}
    place.pictures.look_at(hidden)
    assert screen.large is not None
    assert screen.large.id == hidden
    uncovered.cover_again()
    assert set(screen.pixels) == {plain}


def test_a_photo_that_is_opened_again_begins_with_what_was_said_of_it_last(
    vault: Vault, screen: Screen, place: KeepsakesPresenter, answers: Answers
) -> None:
    make(vault, "A hat", photos=bring(vault, 10))
    place.show()
    place.open(screen.shelf.keepsakes[0].id)
    (photo,) = screen.photos
    answers.waits = True
    place.pictures.say(photo, PhotoDraft(caption="Words"))
    place.pictures.look_at(photo)
    answers.arrive()
    assert screen.large is not None
    assert screen.large.draft == PhotoDraft(caption="Words")
    answers.waits = True
    screen.large = None
    place.pictures.say(photo, PhotoDraft(caption="Words", covered=True))
    place.pictures.look_at(photo)
    answers.arrive()
    assert screen.large is None, "it was covered meanwhile"


def test_a_photo_that_is_put_away_elsewhere_leaves_the_form_and_the_card(
    vault: Vault, screen: Screen, place: KeepsakesPresenter, answers: Answers
) -> None:
    one, two = bring(vault, 10, 90)
    vault.album.keep(one, PhotoDraft(caption="One")).result()
    make(vault, "A hat", photos=(one, two))
    place.show()
    place.open(screen.shelf.keepsakes[0].id)
    changes: list[ChangeSet] = []
    vault.changes.subscribe(changes.append)
    vault.album.put_away([one]).result()
    place.changed(changes.pop())
    assert (screen.photos, kept(vault)[0].photos) == ((two,), (two,))
    vault.album.bring_back([one]).result()
    place.changed(changes.pop())
    assert screen.shelf.keepsakes[0].draft.photos == (one, two)
    assert len(screen.photos) == 2
    screen.typed = replace(screen.typed, title="The hat")
    place.leave()
    assert kept(vault) == [KeepsakeDraft(title="The hat", photos=(one, two))]


def test_a_file_that_is_gone_is_said_by_its_name(
    vault: Vault, screen: Screen, place: KeepsakesPresenter, tmp_path: Path
) -> None:
    place.show()
    place.add()
    place.pictures.add([tmp_path / "gone.jpg"])
    assert screen.refused == [PictureUnreadable]
    assert kept(vault) == []
