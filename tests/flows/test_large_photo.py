"""One photo, large, in the real window: nothing of it is lost when the book is closed at once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from memorybook.domain.edit import Edit
from memorybook.domain.ids import PhotoId
from memorybook.domain.photo import Photo
from memorybook.ui.kit.pictures import Picture
from memorybook.ui.lock.view import LockScreen
from memorybook.ui.photos.canvas import PhotoCanvas
from memorybook.ui.photos.grid import PhotoGrid
from tests.corpus import pictures
from tests.flows.driver import Driver, running
from tests.flows.test_refusals import PASSPHRASE, begin

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[Driver]:
    with running() as driver:
        driver.show()
        begin(driver, tmp_path / "book")
        yield driver


@pytest.fixture
def photo(driver: Driver) -> PhotoId:
    brought = driver.book.vault.album.bring([pictures.jpeg()], told=lambda _: None)
    return brought.done.result().added[0]


def look(driver: Driver) -> PhotoCanvas:
    """From the sidebar to the photo, by keys alone."""
    driver.key("Ctrl+4")
    driver.wait(lambda: driver.all(PhotoGrid) and driver.all(PhotoGrid)[0].isVisible())
    grid = driver.all(PhotoGrid)[0]
    driver.wait(lambda: grid.model().rowCount() == 1)
    grid.setFocus()
    driver.key("Home")
    driver.key("Return")
    driver.wait(lambda: driver.all(PhotoCanvas) and driver.all(PhotoCanvas)[0].is_shown)
    return driver.all(PhotoCanvas)[0]


def closed_and_opened(driver: Driver) -> None:
    driver.wait(lambda: driver.all(LockScreen))
    driver.wait(lambda: driver.find("open-book").isEnabled())
    driver.type_into("passphrase", PASSPHRASE)
    driver.press("open-book")
    driver.find("entry-text")


def kept(driver: Driver, photo: PhotoId) -> Photo:
    return driver.book.vault.album.photos([photo]).result()[0]


def close_by_button(driver: Driver) -> None:
    driver.press("place-close-book")


def close_by_key(driver: Driver) -> None:
    driver.key("Ctrl+L")


@pytest.mark.parametrize("close", [close_by_button, close_by_key])
def test_words_typed_a_moment_before_the_book_is_closed_are_kept(
    driver: Driver, photo: PhotoId, close: Callable[[Driver], None]
) -> None:
    look(driver)
    driver.type_into("photo-caption", "The night you were born")
    close(driver)
    closed_and_opened(driver)
    assert kept(driver, photo).caption == "The night you were born"


def test_words_typed_a_moment_before_another_place_is_turned_to_are_kept(
    driver: Driver, photo: PhotoId
) -> None:
    look(driver)
    driver.type_into("photo-caption", "The blue door")
    driver.press("place-story")
    driver.wait(lambda: kept(driver, photo).caption == "The blue door")


def test_steps_that_the_book_is_closed_over_are_made_when_it_is_opened_again(
    driver: Driver, photo: PhotoId
) -> None:
    look(driver)
    driver.press("large-edit")
    for _ in range(3):
        QTest.mouseClick(driver.find("edit-right"), Qt.MouseButton.LeftButton)  # as quickly as can be
    driver.press("place-close-book")
    closed_and_opened(driver)
    driver.wait(lambda: kept(driver, photo).edit == Edit(turn=270))
    album, after = driver.book.vault.album, kept(driver, photo)
    shown = QImage.fromData(album.rendition(photo).result())
    assert (shown.width(), shown.height()) == after.shown_size
    assert album.edit(photo, Edit(grey=True)).result().edit == Edit(grey=True)


def test_words_in_the_small_window_are_kept_when_the_book_is_closed_over_it(
    driver: Driver, tmp_path: Path
) -> None:
    (tmp_path / "photo.jpg").write_bytes(pictures.jpeg())
    driver.drop("entry-text", tmp_path / "photo.jpg")
    driver.wait(lambda: [picture for picture in driver.all(Picture) if picture.is_shown])
    driver.all(Picture)[0].setFocus()
    driver.key("Return")
    driver.type_into("photo-caption", "Ten fingers")
    driver.key("Ctrl+L")
    closed_and_opened(driver)
    (row,) = driver.book.vault.album.rows().result()
    assert row.caption == "Ten fingers"


def test_a_photo_changed_large_is_changed_on_its_page(driver: Driver, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(pictures.jpeg())
    driver.drop("entry-text", tmp_path / "photo.jpg")
    driver.wait(lambda: [picture for picture in driver.all(Picture) if picture.is_shown])
    look(driver)
    driver.type_into("photo-description", "Two hats on a line")
    driver.key("Escape")
    driver.press("place-write")
    driver.wait(lambda: [p for p in driver.all(Picture) if p.accessibleName() == "Two hats on a line"])
