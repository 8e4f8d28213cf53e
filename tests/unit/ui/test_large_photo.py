"""One photo, large, over a real book: looked at, said something of, changed, measured, covered, put away."""

import datetime
import hashlib
import io
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image
from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from memorybook.domain.changes import ChangeSet
from memorybook.domain.dates import VagueDate
from memorybook.domain.edit import SCALE, UNTOUCHED, Crop, Edit
from memorybook.domain.ids import PhotoId
from memorybook.domain.people import BabyDraft
from memorybook.domain.photo import Photo, PhotoDraft, PhotoKind
from memorybook.errors import StorageFull
from memorybook.services.vault import Library, Vault
from memorybook.ui.core import tasks
from memorybook.ui.core.showing import photo_key
from memorybook.ui.core.uncovered import Uncovered
from memorybook.ui.photos.large import LargeView
from memorybook.ui.photos.looking import LargePresenter
from tests.books import PASSPHRASE
from tests.corpus import pictures

W = TypeVar("W", bound=QWidget)
NOW = datetime.datetime(2026, 11, 21, 14, 2, tzinfo=datetime.UTC)
PIXELS = ("rendition", "original_rendition", "thumbnail", "sharp", "original")


class Relay(QObject):
    changed = Signal(object)


class Large:
    """The view over a book, what was asked of the album for it, and the way a person uses it."""

    def __init__(self, vault: Vault, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        self.vault, self._qtbot = vault, qtbot
        self.asked: list[tuple[str, PhotoId]] = []
        self.left: list[bool] = []
        for name in PIXELS:
            monkeypatch.setattr(vault.album, name, self._noted(name, getattr(vault.album, name)))
        self.view = LargeView()
        qtbot.addWidget(self.view)
        self.uncovered = Uncovered(self.view)
        self.view.presenter = self.presenter = LargePresenter(
            self.view,
            album=vault.album,
            record=vault.record,
            preferences=vault.preferences,
            showing=self.uncovered,
            deliver=tasks.delivery_to(self.view),
            now=lambda: NOW,
        )
        self.view.backWanted.connect(lambda: self.left.append(True))
        self.uncovered.changed.connect(self.presenter.uncovered_changed)
        relay = Relay(self.view)
        relay.changed.connect(self._changed, Qt.ConnectionType.QueuedConnection)
        vault.changes.subscribe(relay.changed.emit)
        self.view.resize(1056, 800)
        self.view.show()
        qtbot.waitExposed(self.view)

    def _noted(self, name: str, ask: Callable[..., object]) -> Callable[..., object]:
        def noted(photo: PhotoId, **more: object) -> object:
            self.asked.append((name, photo))
            return ask(photo, **more)

        return noted

    def _changed(self, changes: object) -> None:
        assert isinstance(changes, ChangeSet)
        self.presenter.changed(changes)

    def wait(self, holds: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(holds()), timeout=20_000)

    def bring(self, *sources: bytes) -> tuple[PhotoId, ...]:
        added = self.vault.album.bring(list(sources), told=lambda _: None).done.result().added
        assert len(added) == len(sources)
        return added

    def open(self, photo: PhotoId, ids: tuple[PhotoId, ...]) -> None:
        self.hear()
        self.view.show_photo(photo, ids)
        self.comes(ids.index(photo) + 1)

    def hear(self) -> None:
        """Let the view hear of what was changed so far."""
        self._qtbot.wait(1)

    def comes(self, place: int) -> None:
        """Wait for the photo at this place, from 1."""
        canvas = self.view.canvas
        self.wait(lambda: self.says("large-place").startswith(f"{place} of "))
        self.wait(lambda: canvas.is_shown or canvas.is_covered)

    @contextmanager
    def held_up(self) -> Iterator[None]:
        """The book answers nothing meanwhile."""
        go_on = threading.Event()
        waits = self.vault._worker.read(lambda _: go_on.wait(60))
        try:
            yield
        finally:
            go_on.set()
        assert waits.result()

    def kept(self, photo: PhotoId) -> Photo:
        return self.vault.album.photos([photo]).result()[0]

    def part(self, name: str) -> QWidget:
        return self.find(name, QWidget)

    def find(self, name: str, kind: type[W]) -> W:
        found = [each for each in self.view.findChildren(kind, name) if each.isVisible()]
        assert len(found) == 1, name
        return found[0]

    def press(self, name: str) -> None:
        button = self.part(name)
        assert button.isEnabled(), name
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def tick(self, name: str) -> None:
        box = self.part(name)
        box.activateWindow()
        box.setFocus()
        self.wait(box.hasFocus)
        self.key(Qt.Key.Key_Space)

    def sees(self, name: str) -> bool:
        return any(each.isVisible() for each in self.view.findChildren(QWidget, name))

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key, keys)

    def says(self, name: str) -> str:
        return self.find(name, QLabel).text()

    def colour(self) -> tuple[int, int, int]:
        """In the middle of the photo."""
        pixel = self.view.canvas.grab().toImage().pixelColor(self.view.canvas.rect().center())
        return pixel.red(), pixel.green(), pixel.blue()


def plain(colour: tuple[int, int, int], size: tuple[int, int] = (900, 600)) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", size, colour).save(kept, "JPEG", quality=95)
    return kept.getvalue()


@pytest.fixture
def large(
    dressed: QApplication, qtbot: QtBot, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Large]:
    large = Large(vault, qtbot, monkeypatch)
    large.view.activateWindow()
    large.wait(large.view.isActiveWindow)
    yield large
    large.view.close()


@pytest.fixture
def three(large: Large) -> tuple[PhotoId, ...]:
    return large.bring(plain((200, 30, 30)), plain((30, 160, 30)), plain((30, 30, 200)))


# looking


def test_photos_are_turned_to_by_keys_and_buttons(large: Large, three: tuple[PhotoId, ...]) -> None:
    large.open(three[0], three)
    assert large.says("large-place") == "1 of 3"
    assert not large.part("large-previous").isEnabled()
    large.view.canvas.setFocus()
    large.key(Qt.Key.Key_Right)
    large.comes(2)
    large.press("large-next")
    large.comes(3)
    assert not large.part("large-next").isEnabled()
    large.view.canvas.setFocus()
    large.key(Qt.Key.Key_Right)  # there is none
    large.key(Qt.Key.Key_PageUp)
    large.comes(2)
    large.key(Qt.Key.Key_Escape)
    assert large.left == [True]
    assert not large.view.canvas.is_shown


def test_the_arrows_follow_the_direction_of_writing(large: Large, three: tuple[PhotoId, ...]) -> None:
    large.view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    large.open(three[0], three)
    large.view.canvas.setFocus()
    large.key(Qt.Key.Key_Left)
    large.comes(2)


def test_looking_closer_asks_for_every_pixel_once(large: Large) -> None:
    (photo,) = large.bring(pictures.jpeg(pictures.scene(3000, 2000)))
    large.open(photo, (photo,))
    assert large.asked == [("rendition", photo)]
    large.view.canvas.setFocus()
    large.key(Qt.Key.Key_1)
    large.wait(lambda: ("sharp", photo) in large.asked and not large.view.canvas.needs_finer)
    assert large.says("zoom-percent") == "100 %"
    where = large.view.canvas.port.origin
    large.key(Qt.Key.Key_Right)  # now it moves the photo
    assert large.view.canvas.port.origin != where
    large.key(Qt.Key.Key_Plus)
    large.key(Qt.Key.Key_Minus)
    large.key(Qt.Key.Key_0)
    assert large.view.canvas.port.is_fitted
    large.press("zoom-100")
    assert [name for name, _ in large.asked].count("sharp") == 1


def test_the_mouse_looks_closer_and_pulls(large: Large, three: tuple[PhotoId, ...]) -> None:
    large.open(three[0], three)
    canvas = large.view.canvas
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.rect().center())
    assert canvas.port.percent == pytest.approx(100)
    start = canvas.port.origin
    middle = canvas.rect().center()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(canvas, middle + QPoint(40, 0))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(40, 0))
    assert canvas.port.origin[0] == pytest.approx(start[0] + 40)
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=middle)
    assert canvas.port.is_fitted


def test_a_damaged_photo_is_named_and_its_small_picture_shown(
    large: Large, three: tuple[PhotoId, ...]
) -> None:
    large.vault.album.keep(three[0], PhotoDraft(caption="The blue hat")).result()
    for media in (large.vault.folder / "media").iterdir():
        media.write_bytes(b"nothing of it is left")
    large.open(three[0], three)
    said = large.says("large-notice")
    assert said.startswith("“The blue hat”: One photo could not be read as it was kept.")
    assert large.colour()[0] > 150  # red, as the small picture in the book's own file still tells
    assert [name for name, _ in large.asked] == ["rendition", "sharp", "thumbnail"]
    large.vault.album.keep(three[1], PhotoDraft(covered=True)).result()
    large.press("large-next")
    large.comes(2)
    assert not large.sees("large-notice")  # it was said of the other photo


def test_a_whole_original_is_shown_where_what_was_made_of_it_is_damaged(large: Large) -> None:
    before = {media.name for media in (large.vault.folder / "media").glob("*")}
    (photo,) = large.bring(plain((200, 30, 30)))
    original = large.kept(photo).media
    for media in (large.vault.folder / "media").iterdir():
        if media.name not in before and original not in media.name:
            media.write_bytes(b"nothing of it is left")
    large.open(photo, (photo,))
    assert not large.sees("large-notice")
    assert large.colour()[0] > 150


# words


def test_what_is_said_of_a_photo_keeps_itself(large: Large, three: tuple[PhotoId, ...]) -> None:
    large.vault.record.keep_baby(None, BabyDraft(names="Wren")).result()
    large.open(three[0], three)
    large.wait(lambda: large.sees("photo-offer-babies"))
    QTest.keyClicks(large.part("photo-caption"), "Your hat")
    large.press("photo-offer-kind")
    large.press("photo-kind-prints")
    large.press("photo-offer-taken")
    QTest.keyClicks(large.part("photo-taken-year"), "2026")
    large.press("photo-offer-babies")
    large.press("photo-baby-1")
    large.tick("photo-in-book")
    large.wait(lambda: not large.kept(three[0]).draft.in_book)
    large.wait(lambda: "Kept at" in large.says("large-kept"))
    kept = large.kept(three[0]).draft
    assert (kept.caption, kept.kind, kept.taken) == ("Your hat", PhotoKind.PRINTS, VagueDate(2026))
    assert len(kept.babies) == 1


def test_turning_on_and_leaving_keep_first(large: Large, three: tuple[PhotoId, ...]) -> None:
    large.open(three[0], three)
    QTest.keyClicks(large.part("photo-caption"), "One")
    large.press("large-next")
    large.comes(2)
    assert large.kept(three[0]).caption == "One"
    assert large.find("photo-caption", QLineEdit).text() == ""
    QTest.keyClicks(large.part("photo-caption"), "Two")
    flushed: list[bool] = []
    large.presenter.flush(flushed.append)
    large.wait(lambda: flushed == [True])
    assert large.kept(three[1]).caption == "Two"


def test_words_typed_while_the_next_photo_is_awaited_are_of_the_one_that_is_seen(
    large: Large, three: tuple[PhotoId, ...]
) -> None:
    large.open(three[0], three)
    with large.held_up():
        large.press("large-next")
        QTest.keyClicks(large.part("photo-caption"), "One")
    large.comes(2)
    assert large.find("photo-caption", QLineEdit).text() == ""
    assert [large.kept(photo).caption for photo in three] == ["One", "", ""]


def test_words_that_cannot_be_kept_stay_though_the_next_photo_has_come(
    large: Large, three: tuple[PhotoId, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    large.open(three[0], three)
    full: Future[Photo] = Future()
    full.set_exception(StorageFull())
    monkeypatch.setattr(large.vault.album, "keep", lambda *_, **__: full)
    with large.held_up():
        large.press("large-next")
        QTest.keyClicks(large.part("photo-caption"), "One")
    large.wait(lambda: large.presenter.photo_id == three[0])
    assert "Not kept yet" in large.says("large-kept")
    assert large.find("photo-caption", QLineEdit).text() == "One"
    monkeypatch.undo()
    large.press("large-next")
    large.comes(2)
    assert large.kept(three[0]).caption == "One"


def test_arrows_pressed_one_after_the_other_lead_to_the_last_of_them(
    large: Large, three: tuple[PhotoId, ...]
) -> None:
    large.open(three[0], three)
    large.view.canvas.setFocus()
    with large.held_up():
        large.key(Qt.Key.Key_Right)
        large.key(Qt.Key.Key_Right)
        assert large.view.canvas.hasFocus()
        assert large.view.canvas.is_shown, "nothing flickers"
    large.comes(3)
    large.wait(lambda: large.colour()[2] > 150 > large.colour()[0])


def test_while_words_cannot_be_kept_the_photo_stays(
    large: Large, three: tuple[PhotoId, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    large.open(three[0], three)

    full: Future[Photo] = Future()
    full.set_exception(StorageFull())
    monkeypatch.setattr(large.vault.album, "keep", lambda *_, **__: full)
    QTest.keyClicks(large.part("photo-caption"), "One")
    large.press("large-next")
    large.press("large-back")
    large.wait(lambda: "Not kept yet" in large.says("large-kept"))
    assert large.presenter.photo_id == three[0]
    assert large.left == []
    flushed: list[bool] = []
    large.presenter.flush(flushed.append)
    large.wait(lambda: flushed == [False])
    monkeypatch.undo()
    large.wait(lambda: large.kept(three[0]).caption == "One")  # it is tried again by itself


def test_what_changes_elsewhere_is_followed_and_typed_words_stay(
    large: Large, three: tuple[PhotoId, ...]
) -> None:
    large.open(three[0], three)
    large.vault.album.keep(three[0], PhotoDraft(caption="From the page")).result()
    large.wait(lambda: large.find("photo-caption", QLineEdit).text() == "From the page")
    QTest.keyClick(large.part("photo-caption"), Qt.Key.Key_End)
    QTest.keyClicks(large.part("photo-caption"), " and on")
    large.vault.album.edit(three[0], Edit(turn=90)).result()
    large.wait(lambda: large.view.canvas.port.picture == (600, 900))
    assert large.find("photo-caption", QLineEdit).text() == "From the page and on"


# covered


def test_nothing_of_a_covered_photo_is_asked_for_before_it_is_wanted(
    large: Large, three: tuple[PhotoId, ...]
) -> None:
    large.vault.album.keep(
        three[1], PhotoDraft(caption="Your face", description="Eyes closed", covered=True)
    ).result()
    large.open(three[0], three)
    large.view.canvas.setFocus()
    large.key(Qt.Key.Key_Right)
    large.wait(lambda: large.view.canvas.is_covered)
    assert large.view.canvas.accessibleName() == "Covered photo: Your face"
    assert not large.sees("photo-description")
    large.key(Qt.Key.Key_1)
    large.press("large-edit")
    for tool in ("edit-left", "edit-crop", "edit-grey", "edit-size"):
        assert not large.part(tool).isEnabled()
    assert three[1] not in {photo for _, photo in large.asked}
    large.view.canvas.setFocus()
    large.key(Qt.Key.Key_Space)
    large.wait(lambda: large.view.canvas.is_shown)
    assert large.view.canvas.accessibleName() == "Eyes closed"
    assert large.sees("photo-description")
    assert large.colour()[1] > 120
    large.press("large-cover")
    assert large.view.canvas.is_covered
    assert not large.view.canvas.is_shown
    assert not large.uncovered.shows(photo_key(three[1]))


def test_covering_while_it_is_cut_leaves_the_cutting(large: Large, three: tuple[PhotoId, ...]) -> None:
    large.vault.album.cover([three[0]], covered=True).result()
    large.open(three[0], three)
    QTest.mouseClick(large.view.canvas, Qt.MouseButton.LeftButton, pos=large.view.canvas.rect().center())
    large.wait(lambda: large.view.canvas.is_shown)
    large.press("large-edit")
    large.press("edit-crop")
    large.wait(lambda: large.sees("crop-frame"))
    large.uncovered.cover_again()
    assert large.view.canvas.is_covered
    assert not large.sees("crop-frame")


@pytest.mark.parametrize("then", ["covers", "types", "turns on"])
def test_what_is_to_be_cut_does_not_come_over_what_was_asked_for_since(
    large: Large, three: tuple[PhotoId, ...], monkeypatch: pytest.MonkeyPatch, then: str
) -> None:
    large.vault.album.cover([three[0]], covered=True).result()
    large.open(three[0], three)
    large.view.canvas.setFocus()
    large.key(Qt.Key.Key_Space)
    large.wait(lambda: large.view.canvas.is_shown)
    large.press("large-edit")
    whole: Future[bytes] = Future()
    monkeypatch.setattr(large.vault.album, "uncut", lambda *_: whole)
    large.press("edit-crop")
    if then == "covers":
        large.press("large-cover")
    elif then == "types":
        large.part("photo-caption").setFocus()
    with large.held_up():
        if then == "turns on":
            large.press("large-next")
        whole.set_result(plain((200, 30, 30)))
        large.hear()
        assert not large.view.is_busy
    assert large.view.canvas.is_covered == (then == "covers")
    assert not large.sees("crop-frame")
    if then == "types":
        assert large.part("photo-caption").hasFocus()


def test_a_photo_is_covered_as_soon_as_that_is_said_of_it(large: Large, three: tuple[PhotoId, ...]) -> None:
    large.open(three[0], three)
    large.tick("photo-covered")
    large.wait(lambda: large.view.canvas.is_covered)
    assert large.kept(three[0]).covered


# changing


def test_a_photo_is_turned_shown_grey_and_comes_back(large: Large, three: tuple[PhotoId, ...]) -> None:
    large.open(three[0], three)
    large.press("large-edit")
    assert not large.sees("large-original")
    large.press("edit-right")
    large.press("edit-grey")
    large.wait(lambda: large.kept(three[0]).edit == Edit(turn=90, grey=True))
    large.wait(lambda: large.view.canvas.port.picture == (600, 900))
    large.wait(lambda: len(set(large.colour())) == 1)
    large.press("large-compare")
    large.wait(lambda: large.view.canvas.port.picture == (900, 600))
    large.wait(lambda: large.colour()[0] > 150 > large.colour()[1])
    large.press("large-compare")
    large.wait(lambda: large.view.canvas.port.picture == (600, 900))
    large.press("large-original")
    large.wait(lambda: large.kept(three[0]).edit == UNTOUCHED)
    large.wait(lambda: large.view.canvas.port.picture == (900, 600))
    large.press("edit-undo")
    large.wait(lambda: large.kept(three[0]).edit == Edit(turn=90, grey=True))
    large.view.canvas.setFocus()
    large.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    large.wait(lambda: large.kept(three[0]).edit == Edit(turn=90))
    large.press("edit-soft")
    large.wait(lambda: large.kept(three[0]).edit == Edit(turn=90, soft=True))
    original = large.vault.album.original(three[0]).result()
    assert hashlib.sha256(original).hexdigest() == large.kept(three[0]).digest


def test_steps_that_follow_quickly_end_where_the_last_one_did(
    large: Large, three: tuple[PhotoId, ...]
) -> None:
    large.open(three[0], three)
    large.press("large-edit")
    for _ in range(7):
        large.press("edit-right")
    large.press("large-next")  # they go on
    large.comes(2)
    large.wait(lambda: large.kept(three[0]).edit == Edit(turn=270))
    assert large.kept(three[1]).edit == UNTOUCHED


def test_steps_that_the_lock_comes_before_are_made_when_the_book_is_opened_again(
    large: Large, three: tuple[PhotoId, ...], library: Library
) -> None:
    large.open(three[0], three)
    large.press("large-edit")
    for _ in range(3):
        large.press("edit-right")
    large.vault.close_at_once()
    again = library.open(large.vault.folder, PASSPHRASE)
    large.wait(lambda: again.album.photos(three).result()[0].edit == Edit(turn=270))
    again.close()


def test_a_step_that_cannot_be_kept_is_taken_back(large: Large, three: tuple[PhotoId, ...]) -> None:
    large.open(three[0], three)
    for media in (large.vault.folder / "media").iterdir():
        media.write_bytes(b"nothing of it is left")
    large.press("large-edit")
    large.press("edit-grey")
    large.wait(lambda: "could not be read" in large.says("large-notice"))
    assert not large.find("edit-grey", QPushButton).isChecked()
    assert large.kept(three[0]).edit == UNTOUCHED


def test_a_photo_is_cut_by_keys_and_the_rest_comes_back(large: Large, three: tuple[PhotoId, ...]) -> None:
    large.open(three[0], three)
    large.press("large-edit")
    large.press("edit-crop")
    large.wait(lambda: large.sees("crop-frame"))
    assert large.part("crop-top-left").hasFocus()
    for _ in range(4):
        large.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    large.key(Qt.Key.Key_Down)
    large.key(Qt.Key.Key_Return)
    large.wait(lambda: large.kept(three[0]).edit.crop == Crop(2000, 50, SCALE, SCALE))
    large.wait(lambda: large.view.canvas.port.picture[0] == 720)
    large.press("edit-right")
    large.wait(lambda: large.kept(three[0]).edit.turn == 90)
    large.press("edit-crop")  # the whole is there again, turned
    large.wait(lambda: large.sees("crop-frame") and large.view.canvas.port.picture == (600, 900))
    assert "From 0 %" in large.part("crop-frame").accessibleDescription()
    large.press("crop-whole")
    large.press("crop-keep")
    large.wait(lambda: large.kept(three[0]).edit == Edit(turn=90))


def test_a_photo_that_was_made_grey_is_grey_while_it_is_cut(large: Large, three: tuple[PhotoId, ...]) -> None:
    large.open(three[0], three)
    large.press("large-edit")
    large.press("edit-grey")
    large.wait(lambda: large.kept(three[0]).edit.grey)
    large.press("edit-crop")
    large.wait(lambda: large.sees("crop-frame"))
    whole = QImage.fromData(large.vault.album.uncut(three[0], Edit(grey=True)).result())
    came = QImage.fromData(large.vault.album.original_rendition(three[0]).result())
    assert whole.size() == came.size()
    seen = large.view.canvas.grab().toImage()
    middle = large.view.canvas.picture_rect().center().toPoint()
    for image, place in ((whole, whole.rect().center()), (seen, middle)):
        colour = image.pixelColor(place)
        assert max(colour.red(), colour.green(), colour.blue()) - min(
            colour.red(), colour.green(), colour.blue()
        ) <= 3
    assert came.pixelColor(came.rect().center()).saturation() > 20, "control: it is not grey by itself"


def test_a_photo_is_cut_by_the_mouse_or_left(large: Large, three: tuple[PhotoId, ...]) -> None:
    large.open(three[0], three)
    large.press("large-edit")
    large.press("edit-crop")
    large.wait(lambda: large.sees("crop-frame"))
    handle = large.part("crop-bottom-right")
    whole = large.view.canvas.picture_rect()
    middle = handle.rect().center()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(handle, middle - QPoint(round(whole.width() / 2), 0))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=middle)
    large.key(Qt.Key.Key_Escape)
    large.wait(lambda: not large.sees("crop-frame") and large.view.canvas.port.picture == (900, 600))
    assert large.kept(three[0]).edit == UNTOUCHED
    large.press("edit-crop")
    large.wait(lambda: large.sees("crop-frame"))
    handle = large.part("crop-bottom-right")
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(handle, middle - QPoint(round(whole.width() / 2), 0))
    large.press("crop-keep")
    large.wait(lambda: abs(large.kept(three[0]).edit.crop.right - SCALE // 2) < 50)
    assert large.kept(three[0]).edit.crop.bottom == SCALE


# true size


def test_a_ruler_tells_the_true_size(large: Large, three: tuple[PhotoId, ...]) -> None:
    large.open(three[0], three)
    large.press("large-edit")
    large.press("edit-size")
    ruler = large.part("ruler")
    whole = large.view.canvas.picture_rect()
    for share in (0.1, 0.9):  # the nearer mark comes to where it is pressed
        place = QPointF(whole.left() + whole.width() * share, whole.center().y())
        QTest.mouseClick(ruler, Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert not large.part("size-keep").isEnabled()
    QTest.keyClicks(large.part("size-length"), "72")
    large.wait(lambda: large.part("size-keep").isEnabled())
    large.press("size-keep")
    large.wait(lambda: large.kept(three[0]).per_mm)
    assert large.kept(three[0]).per_mm == pytest.approx(10, rel=0.02)  # 720 pixels are 72 mm
    large.wait(lambda: large.sees("large-size"))
    assert "90 × 60 mm" in large.says("large-size")


def test_a_scan_tells_the_true_size_and_it_can_be_forgotten(large: Large, three: tuple[PhotoId, ...]) -> None:
    large.open(three[0], three)
    large.press("large-edit")
    large.press("edit-size")
    large.press("size-scan")
    assert not large.sees("ruler")
    QTest.keyClicks(large.part("size-length"), "254")
    assert "90 × 60 mm" in large.says("size-result")
    large.key(Qt.Key.Key_Return)
    large.wait(lambda: large.kept(three[0]).per_mm == pytest.approx(10))
    large.wait(lambda: large.sees("large-size"))
    large.press("edit-size")
    assert large.find("size-length", QLineEdit).text() == "254"
    large.press("size-unknown")
    large.wait(lambda: large.kept(three[0]).per_mm is None)


def test_a_mark_goes_by_keys_as_far_across_as_down(large: Large, three: tuple[PhotoId, ...]) -> None:
    large.open(three[0], three)
    large.press("large-edit")
    large.press("edit-size")
    large.part("ruler-first").setFocus()
    for _ in range(3):
        large.key(Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert large.part("ruler-first").accessibleDescription() == "22 % across, 50 % down"
    large.key(Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert large.part("ruler-first").accessibleDescription() == "22 % across, 46 % down"
    large.key(Qt.Key.Key_Escape)
    assert not large.sees("ruler")
    assert large.kept(three[0]).per_mm is None


# out of sight, and out of the book


def test_a_photo_is_put_away_and_brought_back(large: Large, three: tuple[PhotoId, ...]) -> None:
    large.open(three[2], three)
    choose(large, "Put this photo away")
    large.comes(2)
    assert large.says("large-place") == "2 of 2"
    large.press("large-notice-action")
    large.wait(lambda: large.says("large-place") == "3 of 3")
    assert large.kept(three[2]).deleted_at is None


def test_what_is_put_away_or_uncovered_while_the_next_is_awaited_is_what_is_seen(
    large: Large, three: tuple[PhotoId, ...]
) -> None:
    large.vault.album.cover(three, covered=True).result()
    large.open(three[0], three)
    with large.held_up():
        large.press("large-next")
        large.view.canvas.setFocus()
        large.key(Qt.Key.Key_Space)
        choose(large, "Put this photo away")
    large.wait(lambda: large.kept(three[0]).deleted_at)
    large.wait(lambda: large.says("large-place") == "1 of 2")
    assert large.presenter.photo_id == three[1]
    assert large.kept(three[1]).deleted_at is None
    assert [large.uncovered.shows(photo_key(photo)) for photo in three] == [True, False, False]


def test_a_photo_opened_while_another_is_put_away_is_the_one_that_is_shown(
    large: Large, three: tuple[PhotoId, ...]
) -> None:
    large.open(three[0], three)
    with large.held_up():
        choose(large, "Put this photo away")
        large.press("large-back")
        large.view.show_photo(three[2], three)
    large.wait(lambda: large.sees("large-notice-action"))
    large.comes(2)
    assert large.presenter.photo_id == three[2]
    assert large.colour()[2] > 150


def test_words_typed_while_the_photo_is_put_away_are_kept_with_it(
    large: Large, three: tuple[PhotoId, ...]
) -> None:
    large.open(three[2], three)
    with large.held_up():
        choose(large, "Put this photo away")
        QTest.keyClicks(large.part("photo-caption"), "One")
    large.comes(2)
    assert (large.kept(three[2]).caption, large.kept(three[1]).caption) == ("One", "")


def test_the_last_photo_put_away_leaves_nothing_on_the_screen(large: Large) -> None:
    (photo,) = large.bring(plain((200, 30, 30)))
    large.open(photo, (photo,))
    choose(large, "Put this photo away")
    large.wait(lambda: large.sees("large-notice-action"))
    assert not large.view.canvas.is_shown
    assert not large.sees("photo-caption")
    large.press("large-notice-action")
    large.wait(lambda: large.view.canvas.is_shown)


def test_a_photo_that_is_destroyed_elsewhere_is_let_go_of(large: Large, three: tuple[PhotoId, ...]) -> None:
    large.open(three[0], three)
    large.vault.album.put_away([three[0]]).result()
    large.wait(lambda: large.presenter.photo_id is None)
    large.vault.album.delete_for_ever([three[0]]).result()
    assert not large.view.canvas.is_shown


def test_a_copy_leaves_out_where_it_was_taken_unless_that_is_wanted(large: Large, tmp_path: Path) -> None:
    source = pictures.jpeg()
    assert places(source)
    (photo,) = large.bring(source)
    large.open(photo, (photo,))
    clean, whole = tmp_path / "clean.jpg", tmp_path / "whole.jpg"
    save(large, "copy-clean", clean)
    large.wait(lambda: "without place and camera" in large.says("large-notice"))
    assert not places(clean.read_bytes())
    save(large, "copy-whole", whole)
    large.wait(lambda: "as it came in" in large.says("large-notice"))
    assert whole.read_bytes() == source


def test_a_copy_that_cannot_be_saved_is_told(
    large: Large, three: tuple[PhotoId, ...], tmp_path: Path
) -> None:
    large.open(three[0], three)
    large.presenter.copy(three[0], tmp_path / "nowhere" / "photo.jpg", clean=True)
    large.wait(lambda: large.sees("large-notice"))
    assert "saved there" in large.says("large-notice")


def places(data: bytes) -> dict[int, object]:
    with Image.open(io.BytesIO(data)) as image:
        return dict(image.getexif().get_ifd(pictures.GPS))


def choose(large: Large, text: str) -> None:
    large.press("large-more")
    menu = next(each for each in large.view.findChildren(QMenu) if each.isVisible())
    action = next(each for each in menu.actions() if each.text() == text)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def save(large: Large, kind: str, target: Path) -> None:
    choose(large, "Save a copy…")
    large.wait(lambda: large.sees("copy-choose"))
    large.tick(kind)
    large.press("copy-choose")
    large.wait(lambda: large.sees("choose-copy"))
    dialog = large.find("choose-copy", QFileDialog)
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    assert line is not None
    assert line.text() == "photo.jpg"
    line.setText(str(target))
    QTest.keyClick(line, Qt.Key.Key_Return)
    large.wait(lambda: not large.sees("choose-copy"))
