"""The grid by itself: keys in either direction of writing, tiles of another size, words below the end."""

from concurrent.futures import Future

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from memorybook.domain.dates import UNKNOWN
from memorybook.domain.ids import PhotoId
from memorybook.domain.photo import PhotoKind, PhotoRow
from memorybook.ui.photos.grid import PhotoGrid
from memorybook.ui.photos.loader import TileLoader
from memorybook.ui.photos.model import PhotosModel
from tests.corpus import pictures


def rows(count: int) -> list[PhotoRow]:
    return [
        PhotoRow(
            PhotoId(count - number), f"Photo {number}", "", UNKNOWN, PhotoKind.NONE,
            covered=False, in_book=True, width=640, height=480,
        )
        for number in range(count)
    ]


def fetch(_: PhotoId) -> Future[bytes]:
    future: Future[bytes] = Future()
    future.set_result(pictures.jpeg())
    return future


@pytest.fixture
def grid(dressed: QApplication, qtbot: QtBot) -> PhotoGrid:
    model = PhotosModel(lambda _: True)
    loader = TileLoader(fetch, lambda _: True)
    grid = PhotoGrid(model, loader)
    loader.setParent(grid)
    model.setParent(grid)
    qtbot.addWidget(grid)
    model.replace(rows(30))
    grid.resize(1056, 500)
    grid.show()
    qtbot.waitExposed(grid)
    qtbot.waitUntil(loader.is_settled)
    return grid


@pytest.mark.desktop
def test_the_arrows_go_where_they_point_in_either_direction(grid: PhotoGrid) -> None:
    photos = grid.model()
    for direction, forward, back in (
        (Qt.LayoutDirection.LeftToRight, Qt.Key.Key_Right, Qt.Key.Key_Left),
        (Qt.LayoutDirection.RightToLeft, Qt.Key.Key_Left, Qt.Key.Key_Right),
    ):
        grid.setLayoutDirection(direction)
        QTest.keyClick(grid, Qt.Key.Key_Home)
        QTest.keyClick(grid, forward)
        assert grid.currentIndex().row() == 1
        left, right = (grid.visualRect(photos.index(row, 0)).left() for row in (0, 1))
        assert (left < right) is (direction is Qt.LayoutDirection.LeftToRight)
        for row in range(8):
            index = photos.index(row, 0)
            assert grid.indexAt(grid.visualRect(index).center()) == index
        QTest.keyClick(grid, Qt.Key.Key_Down)
        assert grid.currentIndex().row() == 1 + grid.cells().columns
        QTest.keyClick(grid, back)
        QTest.keyClick(grid, Qt.Key.Key_Up)
        assert grid.currentIndex().row() == 0
        QTest.keyClick(grid, Qt.Key.Key_Up)
        assert grid.currentIndex().row() == 0


@pytest.mark.desktop
def test_down_from_above_a_gap_comes_to_the_last_and_stays_there(grid: PhotoGrid) -> None:
    columns = grid.cells().columns
    assert 30 % columns == 2, "the last row is not full"
    grid.go_to(PhotoId(30 - (30 - 2 - 1)))  # the last of the row before it
    QTest.keyClick(grid, Qt.Key.Key_Down)
    assert grid.currentIndex().row() == 29
    QTest.keyClick(grid, Qt.Key.Key_Down)
    assert grid.currentIndex().row() == 29
    assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))


@pytest.mark.desktop
def test_tiles_of_another_size_keep_the_place_and_the_words_stand_below_them(grid: PhotoGrid) -> None:
    words = QLabel("Words below the last row")
    grid.set_foot(words)
    words.show()
    grid.go_to(PhotoId(5))
    grid.verticalScrollBar().setValue(2 * grid.cells().pitch)
    first = grid.in_sight().start
    grid.show_size(0)
    sight = grid.in_sight()
    assert first in sight
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum())
    last = grid.visualRect(grid.model().index(29, 0))
    assert words.geometry().top() >= last.bottom()
    assert words.geometry().bottom() <= grid.viewport().height()
    words.hide()
    assert grid.cells().foot == 0
