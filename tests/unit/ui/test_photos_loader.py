"""Which pixels are fetched, in what order, and how many bytes of them are kept."""

from collections.abc import Iterator
from concurrent.futures import Future

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from memorybook.domain.ids import PhotoId
from memorybook.errors import MemoryBookError, PictureDamaged
from memorybook.ui.photos.loader import TileLoader, tile
from tests.corpus import pictures

SIZE = QSize(40, 30)
TILE_BYTES = 40 * 30 * 4


class Shelf:
    """Small pictures that come when they are let go, in the order in which they were asked for."""

    def __init__(self) -> None:
        self.asked: list[PhotoId] = []
        self._waiting: list[Future[bytes]] = []
        self.holding = False

    def fetch(self, photo: PhotoId) -> Future[bytes]:
        self.asked.append(photo)
        future: Future[bytes] = Future()
        self._waiting.append(future)
        if not self.holding:
            self.let_go()
        return future

    def let_go(self, error: Exception | None = None) -> None:
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if error is None:
                future.set_result(pictures.jpeg())
            else:
                future.set_exception(error)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def covered() -> set[PhotoId]:
    return set()


@pytest.fixture
def loader(dressed: QApplication, shelf: Shelf, covered: set[PhotoId]) -> Iterator[TileLoader]:
    loader = TileLoader(shelf.fetch, lambda photo: photo not in covered, budget=20 * TILE_BYTES)
    loader.show_at(SIZE, 1.0, 7)
    yield loader
    loader.deleteLater()
    dressed.sendPostedEvents(loader)


def ids(*numbers: int) -> list[PhotoId]:
    return [PhotoId(number) for number in numbers]


def test_what_is_kept_never_has_more_bytes_than_allowed(
    loader: TileLoader, shelf: Shelf, qtbot: QtBot
) -> None:
    most = 0

    def note(_: object) -> None:
        nonlocal most
        most = max(most, loader.held)

    loader.came.connect(note)
    loader.want(ids(*range(1, 101)))
    qtbot.waitUntil(loader.is_settled)
    assert len(shelf.asked) == 100
    assert most == loader.held == 20 * TILE_BYTES
    assert loader.pixmap(PhotoId(100)) is not None
    assert loader.pixmap(PhotoId(80)) is None, "those seen longest ago are let go of first"


def test_what_is_scrolled_away_before_its_turn_is_not_fetched(
    loader: TileLoader, shelf: Shelf, qtbot: QtBot
) -> None:
    shelf.holding = True
    loader.want(ids(*range(1, 50)))
    begun = list(shelf.asked)
    assert len(begun) < 10
    loader.want(ids(900, 901))
    shelf.holding = False
    shelf.let_go()
    qtbot.waitUntil(loader.is_settled)
    assert shelf.asked == [*begun, 900, 901]


def test_a_covered_photo_is_not_asked_for_and_one_covered_meanwhile_is_not_kept(
    loader: TileLoader, shelf: Shelf, covered: set[PhotoId], qtbot: QtBot
) -> None:
    covered.add(PhotoId(1))
    shelf.holding = True
    loader.want(ids(1, 2, 3))
    assert shelf.asked == [2, 3]
    covered.add(PhotoId(2))
    shelf.let_go()
    qtbot.waitUntil(loader.is_settled)
    assert list(loader.all_kept) == [3]
    covered.add(PhotoId(3))
    loader.forget(ids(3))
    assert list(loader.all_kept) == []
    assert loader.held == 0


def test_a_photo_that_is_another_now_is_fetched_again(
    loader: TileLoader, shelf: Shelf, qtbot: QtBot
) -> None:
    shelf.holding = True
    loader.want(ids(1))
    loader.forget(ids(1))
    shelf.holding = False
    shelf.let_go()
    qtbot.waitUntil(loader.is_settled)
    assert shelf.asked == [1, 1]
    loader.want(ids(1))
    assert shelf.asked == [1, 1], "it is there"
    loader.show_at(QSize(80, 60), 1.0, 7)
    loader.want(ids(1))
    qtbot.waitUntil(loader.is_settled)
    pixmap = loader.pixmap(PhotoId(1))
    assert pixmap is not None
    assert pixmap.size() == QSize(80, 60)
    assert loader.held == 80 * 60 * 4


def test_damage_is_told_of_and_not_asked_for_again(
    loader: TileLoader, shelf: Shelf, qtbot: QtBot
) -> None:
    told: list[MemoryBookError] = []
    loader.failed.connect(lambda _, error: told.append(error))
    shelf.holding = True
    loader.want(ids(1))
    shelf.let_go(PictureDamaged())
    qtbot.waitUntil(loader.is_settled)
    assert [type(error) for error in told] == [PictureDamaged]
    loader.want(ids(1))
    assert shelf.asked == [1]
    loader.forget(ids(1))  # another file may be in its place
    loader.want(ids(1))
    assert shelf.asked == [1, 1]
    shelf.let_go()
    qtbot.waitUntil(loader.is_settled)


def test_a_photo_that_is_gone_for_ever_meanwhile_is_no_mistake(
    loader: TileLoader, shelf: Shelf, qtbot: QtBot
) -> None:
    shelf.holding = True
    loader.want(ids(1))
    shelf.let_go(LookupError("no such photo"))
    qtbot.waitUntil(loader.is_settled)
    assert loader.all_kept == ()


def test_a_tile_is_the_middle_of_the_photo_with_round_corners(dressed: QApplication) -> None:
    image = tile(pictures.jpeg(), QSize(64, 64), 8)
    assert image.size() == QSize(64, 64)
    assert image.pixelColor(0, 0).alpha() == 0
    colours = [image.pixelColor(x, y) for x, y in ((12, 12), (50, 12), (12, 50), (50, 50))]
    for found, wanted in zip(colours, pictures.QUARTERS, strict=True):
        rgb = (found.red(), found.green(), found.blue())
        assert all(abs(one - other) < 25 for one, other in zip(rgb, wanted, strict=True))
    with pytest.raises(PictureDamaged):
        tile(b"\xff\xd8\xff" + bytes(50), QSize(64, 64), 8)
