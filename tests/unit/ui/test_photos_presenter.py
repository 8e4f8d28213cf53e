"""What the photos ask of a real book, with a screen above that only remembers."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from memorybook.domain.bringing import BringAccount, BringProgress
from memorybook.domain.changes import ChangeSet
from memorybook.domain.ids import BabyId, PhotoId
from memorybook.domain.people import Baby, BabyDraft
from memorybook.domain.photo import PhotoFilter, PhotoKind, PhotoRow
from memorybook.errors import MemoryBookError, PictureNotRecognised
from memorybook.services.preferences import OFF
from memorybook.services.vault import Vault
from memorybook.ui.core.called import names
from memorybook.ui.core.showing import Key
from memorybook.ui.photos.presenter import SCAN_HINT, TILE_SIZE, PhotosPresenter
from tests.corpus import pictures


class Screen:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.rows: list[PhotoRow] = []
        self.total = 0
        self.kinds: frozenset[PhotoKind] = frozenset()
        self.filter = PhotoFilter()
        self.babies: dict[BabyId, str] = {}
        self.size: int | None = None
        self.hint: bool | None = None
        self.progress: list[BringProgress] = []
        self.accounts: list[BringAccount[PhotoId]] = []
        self.said: list[object] = []
        self.held: set[PhotoId] = set()
        self.renewed: set[PhotoId] = set()

    def show_rows(self, rows: Sequence[PhotoRow], all_of_them: int) -> None:
        self.rows, self.total = list(rows), all_of_them

    def show_filter(self, wanted: PhotoFilter, kinds: frozenset[PhotoKind]) -> None:
        self.filter, self.kinds = wanted, kinds

    def show_babies(self, babies: Sequence[Baby], word: str) -> None:
        self.babies = names(babies, word)

    def show_size(self, size: int) -> None:
        self.size = size

    def show_hint(self, *, on: bool) -> None:
        self.hint = on

    def hold_pixels(self, photos: frozenset[PhotoId]) -> None:
        self.held |= photos

    def renew_pixels(self) -> None:
        self.renewed |= self.held
        self.held = set()

    def show_covered_again(self) -> None:
        self.said.append("covered again")

    def tell_progress(self, progress: BringProgress) -> None:
        self.progress.append(progress)

    def show_progress(self, progress: BringProgress) -> None:
        self.said.append(progress)

    def show_stopping(self) -> None:
        self.said.append("stopping")

    def show_account(self, account: BringAccount[PhotoId]) -> None:
        self.accounts.append(account)

    def show_put_away(self, ids: tuple[PhotoId, ...]) -> None:
        self.said.append(("put away", ids))

    def forget_put_away(self, photos: frozenset[PhotoId]) -> None:
        self.said.append(("not put away any more", photos))

    def show_brought_back(self) -> None:
        self.said.append("back")

    def show_problem(self, error: MemoryBookError) -> None:
        raise error


class Uncovered:
    def __init__(self) -> None:
        self.keys: set[Key] = set()

    def shows(self, key: Key) -> bool:
        return key in self.keys

    def uncover(self, *keys: Key) -> None:
        self.keys.update(keys)

    def cover_again(self, keys: Iterable[Key] | None = None) -> None:
        self.keys = set() if keys is None else self.keys.difference(keys)


Answer = tuple[Future[Any], Callable[[Any], None], Callable[[MemoryBookError], None]]


class Post:
    """Hands answers over at once, or as long as it holds them back when it is told to."""

    def __init__(self) -> None:
        self.holds = False
        self._held: list[Answer] = []

    def __call__(
        self, future: Future[Any], done: Callable[[Any], None], failed: Callable[[MemoryBookError], None], /
    ) -> None:
        self._held.append((future, done, failed))
        if not self.holds:
            self.hand_over()

    def hand_over(self) -> None:
        while self._held:
            future, done, failed = self._held.pop(0)
            error = future.exception(timeout=60)
            if isinstance(error, MemoryBookError):
                failed(error)
            else:
                done(future.result())


class Desk:
    """A presenter, its screen, its post and a clock that stands still."""

    def __init__(self, vault: Vault) -> None:
        self.vault, self.screen, self.post, self.showing = vault, Screen(), Post(), Uncovered()
        self.seconds = 0.0
        self.changes: list[ChangeSet] = []
        self.presenter = PhotosPresenter(
            self.screen, album=vault.album, record=vault.record, preferences=vault.preferences,
            showing=self.showing, deliver=self.post, elapsed=lambda: self.seconds,
        )  # fmt: skip
        vault.changes.subscribe(self.changes.append)

    def tell_changes(self) -> None:
        while self.changes:
            self.presenter.changed(self.changes.pop(0))

    def bring(self, count: int, start: int = 0) -> tuple[PhotoId, ...]:
        made = [pictures.jpeg(pictures.scene(80, 60, seed=start + number)) for number in range(count)]
        self.presenter.taking_in.bring(made)
        self.tell_changes()
        return self.screen.accounts[-1].added

    def change(self, photo: PhotoId, **parts: object) -> None:
        known = self.vault.album.photos([photo]).result()[0]
        self.vault.album.keep(photo, replace(known.draft, **parts)).result()  # type: ignore[arg-type]
        self.tell_changes()

    def shown(self) -> list[PhotoId]:
        return [row.id for row in self.screen.rows]


@pytest.fixture
def desk(vault: Vault) -> Desk:
    desk = Desk(vault)
    desk.presenter.show()
    return desk


def test_photos_come_in_and_are_shown_with_a_plain_account(desk: Desk, tmp_path: Path) -> None:
    assert (desk.screen.rows, desk.screen.total) == ([], 0)
    added = desk.bring(2)
    assert sorted(desk.shown()) == sorted(added)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "again.jpg").write_bytes(pictures.jpeg(pictures.scene(80, 60, seed=0)))
    (folder / "new.png").write_bytes(pictures.png_with_holes())
    (folder / "words.txt").write_text("not a photo")
    (tmp_path / "named.jpg").write_bytes(b"not a photo either")
    desk.presenter.taking_in.bring([folder, tmp_path / "named.jpg"])
    account = desk.screen.accounts[-1]
    assert (len(account.added), len(account.known), account.others) == (1, 1, 1)
    assert [(refused.name, type(refused.error)) for refused in account.refused] == [
        ("named.jpg", PictureNotRecognised)
    ]
    assert desk.screen.total == 3


def test_what_is_dropped_while_others_come_in_is_one_account(desk: Desk) -> None:
    desk.post.holds = True
    one, two = (pictures.jpeg(pictures.scene(60, 40, seed=seed)) for seed in (1, 2))
    desk.presenter.taking_in.bring([one])
    desk.presenter.taking_in.bring([two, one])
    desk.post.holds = False
    desk.post.hand_over()
    (account,) = desk.screen.accounts
    assert (len(account.added), account.known, account.not_taken) == (2, (), 0)
    assert not desk.presenter.taking_in.is_running


def test_cancelled_is_said_and_what_waited_counts_as_left(desk: Desk) -> None:
    desk.post.holds = True
    many = [pictures.jpeg(pictures.scene(600, 400, seed=seed)) for seed in range(5)]
    desk.presenter.taking_in.bring(many)
    desk.presenter.taking_in.bring([pictures.bmp(), pictures.gif()])
    desk.presenter.taking_in.cancel()
    assert desk.screen.said[-1] == "stopping"
    desk.post.holds = False
    desk.post.hand_over()
    (account,) = desk.screen.accounts
    assert len(account.added) + account.not_taken == 7
    assert account.not_taken >= 2
    assert desk.screen.total == len(account.added), "what is in the book already stays there"


def test_progress_is_shown_and_the_grid_is_read_now_and_then(desk: Desk) -> None:
    desk.post.holds = True
    desk.presenter.taking_in.bring([pictures.bmp(), pictures.gif()])
    running = desk.presenter.taking_in._running
    assert running is not None
    running.done.result(timeout=60)
    desk.presenter.taking_in.progressed(BringProgress(1, 2))
    desk.tell_changes()
    assert desk.screen.rows == [], "not for each of them"
    desk.seconds = 5.0
    desk.presenter.taking_in.progressed(BringProgress(2, 2))
    assert desk.screen.said[-1] == BringProgress(2, 2)
    desk.post.holds = False
    desk.post.hand_over()
    assert len(desk.screen.rows) == 2


def test_photos_are_chosen_by_kind_cover_book_and_baby(desk: Desk) -> None:
    one, two, three = desk.bring(3)
    first, second = (
        desk.vault.record.keep_baby(None, BabyDraft(names=name)).result() for name in ("Wren", "Robin")
    )
    assert first is not None
    assert second is not None
    desk.tell_changes()
    assert desk.screen.babies == {first.id: "Wren", second.id: "Robin"}
    desk.change(one, kind=PhotoKind.ULTRASOUND, babies=(first.id,))
    desk.change(two, kind=PhotoKind.PRINTS, covered=True)
    desk.change(three, in_book=False, babies=(first.id, second.id))
    assert desk.screen.kinds == {PhotoKind.ULTRASOUND, PhotoKind.PRINTS, PhotoKind.NONE}
    for wanted, found in (
        (PhotoFilter(kind=PhotoKind.ULTRASOUND), {one}),
        (PhotoFilter(covered=True), {two}),
        (PhotoFilter(in_book=False), {three}),
        (PhotoFilter(in_book=True), {one, two}),
        (PhotoFilter(baby=first.id), {one, three}),
        (PhotoFilter(baby=second.id), {three}),
        (PhotoFilter(baby=second.id, in_book=True), set()),
        (PhotoFilter(), {one, two, three}),
    ):
        desk.presenter.choose_by(wanted)
        assert set(desk.shown()) == found
        assert desk.screen.filter == wanted
        assert desk.screen.total == 3


def test_a_kind_that_no_photo_has_any_more_is_not_asked_for(desk: Desk) -> None:
    one, two = desk.bring(2)
    desk.change(one, kind=PhotoKind.FAMILY)
    desk.presenter.choose_by(PhotoFilter(kind=PhotoKind.FAMILY))
    desk.change(one, kind=PhotoKind.NONE)
    assert desk.screen.filter == PhotoFilter()
    assert set(desk.shown()) == {one, two}


def test_several_are_covered_kept_out_of_the_book_put_away_and_brought_back(desk: Desk) -> None:
    one, two, three = desk.bring(3)
    desk.presenter.cover([one, two], covered=True)
    desk.presenter.put_in_book([two, three], in_book=False)
    desk.tell_changes()
    rows = {row.id: row for row in desk.screen.rows}
    assert [rows[each].covered for each in (one, two, three)] == [True, True, False]
    assert [rows[each].in_book for each in (one, two, three)] == [True, False, False]
    desk.presenter.put_away([one, three])
    desk.tell_changes()
    assert ("put away", (one, three)) in desk.screen.said
    assert desk.shown() == [two]
    desk.presenter.bring_back([one, three])
    desk.tell_changes()
    assert "back" in desk.screen.said
    assert set(desk.shown()) == {one, two, three}


def test_what_happens_in_the_drawer_ends_the_offer_to_bring_back(desk: Desk) -> None:
    (one,) = desk.bring(1)
    desk.presenter.put_away([one])
    desk.tell_changes()
    ended = ("not put away any more", frozenset({one}))
    assert ended not in desk.screen.said
    desk.vault.album.delete_for_ever([one]).result()
    desk.tell_changes()
    assert ended in desk.screen.said


def test_a_covered_photo_may_be_shown_once_it_is_asked_for(desk: Desk) -> None:
    (one,) = desk.bring(1)
    assert desk.presenter.shows(desk.screen.rows[0])
    desk.presenter.cover([one], covered=True)
    desk.tell_changes()
    assert one in desk.screen.renewed, "its pixels are let go of"
    assert not desk.presenter.shows(desk.screen.rows[0])
    desk.presenter.uncover(one)
    assert desk.presenter.shows(desk.screen.rows[0])


def test_nothing_is_read_while_another_place_is_shown(desk: Desk) -> None:
    (one,) = desk.bring(1)
    desk.presenter.leave()
    desk.change(one, caption="Words from elsewhere")
    assert desk.screen.rows[0].caption == ""
    assert desk.screen.held == {one}, "it may be covered by now"
    desk.presenter.choose_by(PhotoFilter(in_book=True))
    assert desk.screen.held == {one}, "other rows of what was read before tell nothing new"
    desk.presenter.show()
    assert desk.screen.rows[0].caption == "Words from elsewhere"


def test_the_hint_is_put_away_for_good_and_the_size_is_kept(desk: Desk) -> None:
    assert desk.screen.hint is True
    desk.presenter.dismiss_hint()
    desk.presenter.keep_size(3)
    assert desk.vault.preferences.get(SCAN_HINT).result() == OFF
    assert desk.vault.preferences.get(TILE_SIZE).result() == "3"
    again = Desk(desk.vault)
    again.presenter.show()
    assert (again.screen.hint, again.screen.size) == (False, 3)
