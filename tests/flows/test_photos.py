"""The photos side by side, as people use them: brought in, looked at, chosen, covered, put away."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from memorybook.domain.ids import PhotoId
from memorybook.domain.photo import PhotoFilter, PhotoKind, PhotoRow
from memorybook.ui.kit.buttons import Button
from memorybook.ui.lock.view import LockScreen
from memorybook.ui.photos.grid import PhotoGrid
from memorybook.ui.photos.grid_page import GridPage
from tests.corpus import pictures
from tests.flows import other_program
from tests.flows.driver import Driver, running
from tests.flows.hearing import in_sight
from tests.flows.test_refusals import begin
from tests.unit.services.test_health import media_files

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]

LOUD = (255, 0, 200)
"""A colour that nothing else on the screen has."""


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[Driver]:
    with running() as driver:
        driver.show()
        begin(driver, tmp_path)
        yield driver


def page(driver: Driver) -> GridPage:
    driver.wait(lambda: driver.all(GridPage))
    return driver.all(GridPage)[0]


def grid(driver: Driver) -> PhotoGrid:
    return page(driver).grid


def kept(driver: Driver, **wanted: Any) -> tuple[PhotoRow, ...]:
    return driver.book.vault.album.rows(PhotoFilter(**wanted)).result()


def fill(driver: Driver, count: int) -> list[PhotoId]:
    """Photos with captions, newest first, before the place is turned to."""
    album = driver.book.vault.album
    made = [pictures.jpeg(pictures.scene(80, 60, seed=number)) for number in range(count)]
    ids = list(album.bring(made, told=lambda _: None).done.result().added)[::-1]
    for number, photo in enumerate(ids):
        describe(driver, photo, caption=f"Photo {number}")
    return ids


def describe(driver: Driver, photo: PhotoId, **parts: Any) -> None:
    album = driver.book.vault.album
    draft = album.photos([photo]).result()[0].draft
    album.keep(photo, replace(draft, **parts)).result()


def turn_to(driver: Driver, count: int) -> PhotoGrid:
    driver.key("Ctrl+4")
    shown = grid(driver)
    driver.wait(lambda: page(driver).photos.rowCount() == count)
    driver.wait(page(driver).loader.is_settled)
    return shown


def click(driver: Driver, place: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    shown = grid(driver)
    spot = shown.visualRect(page(driver).photos.index(place)).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, keys, spot)
    driver.settle()


def is_on_screen(driver: Driver, colour: tuple[int, int, int]) -> bool:
    """Whether the window shows more than a speck of a colour."""
    driver.be_still()
    image = driver.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    near = 0
    for y in range(0, image.height(), 6):
        for x in range(0, image.width(), 6):
            found = QColor(image.pixel(x, y))
            rgb = (found.red(), found.green(), found.blue())
            near += all(abs(one - other) < 40 for one, other in zip(rgb, colour, strict=True))
    return near > 4


def loud() -> bytes:
    return pictures.jpeg(Image.new("RGB", (640, 480), LOUD))


def test_photos_come_in_by_button_by_folder_by_drop_and_by_paste(driver: Driver, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.jpg" for number in range(3)]
    for number, file in enumerate(files):
        file.write_bytes(pictures.jpeg(pictures.scene(60, 40, seed=number)))
    driver.key("Ctrl+4")
    assert driver.find("photos-empty", QLabel).text().startswith("Photos you bring in are kept here.")
    driver.press("photos-add")
    driver.choose_files(files[0])
    driver.wait(lambda: driver.sees("1 photo added."))
    driver.wait(lambda: driver.find("photos-count", QLabel).text() == "1 photo")

    words = tmp_path / "words.txt"
    words.write_text("not a photo")
    driver.drop("photos-page", files[0], files[1], words)
    driver.wait(lambda: driver.sees("1 photo added, 1 was here already, 1 could not be taken in."))
    assert "words.txt" in driver.find("photos-reasons", QLabel).text()
    driver.press("photos-account-away")

    with other_program.puts(driver, files[2].read_bytes(), "image/jpeg"):
        driver.key("Ctrl+V")
        driver.wait(lambda: page(driver).photos.rowCount() == 3)

    folder = tmp_path / "folder"
    (folder / "within").mkdir(parents=True)
    (folder / "within" / "new.heic").write_bytes(pictures.heic())
    (folder / "words.txt").write_text("not a photo")
    driver.choose_from_menu("photos-more", "Add a folder of photos…")
    driver.choose_files(folder)
    driver.wait(lambda: page(driver).photos.rowCount() == 4)
    driver.wait(lambda: driver.sees("1 other file in the folder is no photo"))
    assert all(file.exists() for file in files)


def test_what_is_no_picture_is_not_pasted(driver: Driver) -> None:
    driver.key("Ctrl+4")
    page(driver)
    QGuiApplication.clipboard().setText("words")
    driver.key("Ctrl+V")
    driver.wait(lambda: driver.sees("There is no picture to paste."))
    with other_program.puts(driver, pictures.jpeg(), "image/jpeg"):
        driver.key("Ctrl+V")
        driver.wait(lambda: driver.sees("1 photo added."))
    assert not driver.sees("There is no picture to paste.")


def test_who_sees_the_first_photos_sees_those_that_come_in_before_them(
    driver: Driver, tmp_path: Path
) -> None:
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        for number in range(24):
            picture = pictures.scene(60, 40, seed=number + 100 * len(name))
            (folder / f"{number:02}.jpg").write_bytes(pictures.jpeg(picture))
        driver.key("Ctrl+4")
        driver.drop("photos-page", folder)
        driver.wait(lambda: driver.sees("24 photos added."))
        driver.be_still()
        assert grid(driver).verticalScrollBar().value() == 0
        driver.press("photos-account-away")
    assert grid(driver).verticalScrollBar().maximum() > 0


def test_what_is_done_in_the_drawer_ends_the_offer_to_bring_back(driver: Driver) -> None:
    fill(driver, 2)
    turn_to(driver, 2)
    click(driver, 0, Qt.KeyboardModifier.ControlModifier)
    driver.press("photos-put-away")
    driver.wait(lambda: driver.sees("1 photo is put away."))
    driver.choose_from_menu("photos-more", "Photos put away…")
    driver.press("drawer-delete")
    driver.press("drawer-ask-yes")
    driver.wait(lambda: driver.sees("It is gone for ever."))
    driver.press("drawer-back")
    driver.wait(lambda: driver.all(GridPage))
    assert not driver.sees("1 photo is put away.")


def test_bringing_in_is_cancelled_and_what_came_stays(driver: Driver, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02}.jpg").write_bytes(pictures.jpeg(pictures.scene(900, 700, seed=number)))
    driver.key("Ctrl+4")
    driver.drop("photos-page", folder)
    driver.wait(lambda: driver.sees("of 40"))
    driver.press("photos-cancel")
    driver.wait(lambda: driver.sees("not taken in."))
    driver.wait(lambda: page(driver).photos.rowCount() == len(kept(driver)))
    assert 0 < len(kept(driver)) < 40


def test_photos_are_looked_at_and_chosen_by_keyboard_alone(driver: Driver) -> None:
    ids = fill(driver, 9)
    shown = turn_to(driver, 9)
    driver.wait(shown.hasFocus)
    columns = shown.cells().columns
    assert shown.currentIndex().row() == 0
    driver.key("Right")
    driver.key("Down")
    assert shown.currentIndex().row() == columns + 1
    driver.key("Return")
    driver.find("large-back")
    driver.press("large-back")
    driver.wait(shown.hasFocus)
    assert shown.currentIndex().row() == columns + 1
    assert shown.chosen() == ()
    driver.key("Space")
    assert shown.chosen() == (ids[columns + 1],)
    driver.key("Home")
    driver.key("Shift+Right")
    assert shown.chosen() == tuple(ids[:2])
    assert driver.find("photos-chosen", QLabel).text() == "2 photos chosen"
    driver.key("Ctrl+A")
    assert len(shown.chosen()) == 9
    driver.key("Escape")
    assert shown.chosen() == ()
    driver.key("End")
    assert shown.currentIndex().row() == 8
    driver.key("Down")
    assert shown.currentIndex().row() == 8
    driver.key("Delete")
    driver.wait(lambda: page(driver).photos.rowCount() == 8)
    driver.wait(lambda: driver.sees("1 photo is put away."))
    driver.key("Ctrl+Z")
    driver.wait(lambda: page(driver).photos.rowCount() == 9)
    open_menu(driver)
    texts = [action.text() for action in driver.all(QMenu)[0].actions() if action.text()]
    assert texts == ["Open", "Keep covered", "Leave out of our book", "Put away"]
    driver.key("Escape")
    driver.wait(lambda: not driver.all(QMenu))


def test_several_are_chosen_by_mouse_and_changed_at_once(driver: Driver) -> None:
    ids = fill(driver, 6)
    shown = turn_to(driver, 6)
    click(driver, 0, Qt.KeyboardModifier.ControlModifier)
    click(driver, 2, Qt.KeyboardModifier.ControlModifier)
    assert shown.chosen() == (ids[0], ids[2])
    click(driver, 4, Qt.KeyboardModifier.ShiftModifier)
    assert shown.chosen() == tuple(ids[2:5])
    driver.press("photos-cover")
    driver.wait(lambda: len(kept(driver, covered=True)) == 3)
    driver.press("photos-only-me")
    driver.wait(lambda: len(kept(driver, in_book=False)) == 3)
    driver.wait(lambda: not driver.find("photos-in-book").isHidden())
    assert shown.chosen() == tuple(ids[2:5]), "the same are still chosen"
    driver.press("photos-choosing-done")
    assert shown.chosen() == ()
    driver.choose_from_menu("photos-more", "Choose several photos")
    click(driver, 0)
    click(driver, 1)
    assert shown.chosen() == tuple(ids[:2]), "a click chooses instead of opening"
    driver.press("photos-put-away")
    driver.wait(lambda: page(driver).photos.rowCount() == 4)
    driver.press("photos-notice-action")
    driver.wait(lambda: page(driver).photos.rowCount() == 6)


def test_a_frame_drawn_by_mouse_chooses_and_nothing_is_dragged_out(driver: Driver) -> None:
    ids = fill(driver, 8)
    shown = turn_to(driver, 8)
    photos, view = page(driver).photos, shown.viewport()
    columns = shown.cells().columns
    first = shown.visualRect(photos.index(0)).topLeft() + QPoint(20, 20)
    last = shown.visualRect(photos.index(columns + 1)).topLeft() + QPoint(30, 30)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, first)
    QTest.mouseMove(view, (first + last) / 2)
    driver.settle()
    drawn_to(view, last)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, last)
    driver.wait(lambda: shown.chosen() == (ids[0], ids[1], ids[columns], ids[columns + 1]))
    assert not shown.dragEnabled()
    assert not any(widget.objectName() == "large-back" for widget in driver.all(QWidget))


def drawn_to(view: QWidget, place: QPoint) -> None:
    """A move with the button held down, which QTest leaves out of its events."""
    left = Qt.MouseButton.LeftButton
    there = QPointF(place)
    for _ in range(2):
        moved = QMouseEvent(
            QEvent.Type.MouseMove, there, QPointF(view.mapToGlobal(place)), Qt.MouseButton.NoButton, left,
            Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(view, moved)


def test_a_covered_photo_is_uncovered_by_one_act_and_covered_again_on_leaving(driver: Driver) -> None:
    album = driver.book.vault.album
    (one,) = album.bring([loud()], told=lambda _: None).done.result().added
    fill(driver, 2)
    turn_to(driver, 3)
    assert is_on_screen(driver, LOUD), "uncovered, it is there"
    place = page(driver).photos.index_of(one).row()
    driver.key("Ctrl+1")
    describe(driver, one, covered=True)
    shown = turn_to(driver, 3)
    assert page(driver).loader.pixmap(one) is None, "its pixels are not even asked for"
    assert not is_on_screen(driver, LOUD)
    driver.wait(lambda: driver.sees("Covered photos stay covered until you choose to look"))
    QTest.mouseMove(shown.viewport(), shown.visualRect(page(driver).photos.index(place)).center())
    assert not is_on_screen(driver, LOUD), "no look by resting on it"
    QTest.mouseDClick(
        shown.viewport(), Qt.MouseButton.LeftButton,
        pos=shown.visualRect(page(driver).photos.index(place)).center(),
    )  # fmt: skip
    click(driver, place)
    driver.wait(lambda: page(driver).loader.pixmap(one) is not None)
    assert is_on_screen(driver, LOUD)
    driver.key("Ctrl+1")
    driver.find("entry-text")
    driver.key("Ctrl+4")
    page(driver)
    driver.wait(page(driver).loader.is_settled)
    assert page(driver).loader.pixmap(one) is None
    assert not is_on_screen(driver, LOUD)
    shown.setFocus()
    shown.go_to(one)
    driver.key("Return")
    driver.wait(lambda: is_on_screen(driver, LOUD))
    assert not any(widget.objectName() == "large-back" for widget in driver.all(QWidget))
    open_menu(driver)
    choose(driver, "Cover again")
    driver.wait(lambda: page(driver).loader.pixmap(one) is None)
    assert not is_on_screen(driver, LOUD)


def open_menu(driver: Driver) -> None:
    """As the key for it does, which the window system turns into an event of its own."""
    viewport = grid(driver).viewport()
    place = viewport.rect().center()
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, viewport.mapToGlobal(place))
    QApplication.sendEvent(viewport, asked)
    driver.wait(lambda: driver.all(QMenu))


def choose(driver: Driver, text: str) -> None:
    menu = driver.all(QMenu)[0]
    action = next(each for each in menu.actions() if each.text() == text)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    driver.wait(lambda: not driver.all(QMenu))


def test_kinds_that_are_there_have_chips_and_a_choice_says_how_many(driver: Driver) -> None:
    ids = fill(driver, 4)
    describe(driver, ids[0], kind=PhotoKind.ULTRASOUND)
    describe(driver, ids[1], kind=PhotoKind.PRINTS)
    describe(driver, ids[2], kind=PhotoKind.PRINTS)
    turn_to(driver, 4)
    chips = [each.text() for each in driver.all(Button) if each.property("variant") == "chip"]
    assert sorted(chips) == ["All", "More", "Prints", "Ultrasound"]
    driver.press("photos-prints")
    driver.wait(lambda: page(driver).photos.ids == (ids[1], ids[2]))
    driver.wait(lambda: driver.find("photos-count", QLabel).text() == "2 of 4 photos")
    driver.press("photos-prints")
    driver.wait(lambda: page(driver).photos.rowCount() == 4)
    open_submenu(driver, "For whom", "Only me")
    driver.wait(lambda: driver.sees("No photo is like this."))
    driver.press("photos-empty-action")
    driver.wait(lambda: page(driver).photos.rowCount() == 4)


def open_submenu(driver: Driver, name: str, text: str) -> None:
    driver.press("photos-more")
    driver.wait(lambda: driver.all(QMenu))
    menu = driver.all(QMenu)[0]
    sub = next(action for action in menu.actions() if action.text() == name)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(sub).center())
    driver.wait(lambda: len(driver.all(QMenu)) == 2)
    inner = next(each for each in driver.all(QMenu) if each is not menu)
    action = next(each for each in inner.actions() if each.text() == text)
    QTest.mouseClick(inner, Qt.MouseButton.LeftButton, pos=inner.actionGeometry(action).center())
    driver.wait(lambda: not driver.all(QMenu))


def harm_thumbnail(driver: Driver, photo: PhotoId) -> None:
    def harm(connection: Any) -> tuple[None, None]:
        connection.execute("UPDATE thumbnail SET jpeg = x'ffd8ff00' WHERE photo = :id", {"id": photo})
        return None, None

    driver.book.vault._worker.write(harm).result()


def test_a_damaged_small_picture_is_made_again_and_shown(driver: Driver) -> None:
    ids = fill(driver, 2)
    harm_thumbnail(driver, ids[0])
    turn_to(driver, 2)
    driver.wait(lambda: page(driver).loader.pixmap(ids[0]) is not None)
    assert not page(driver).photos.problem(ids[0])


def test_a_damaged_photo_is_named_and_not_left_grey(driver: Driver) -> None:
    ids = fill(driver, 2)
    vault = driver.book.vault
    original = media_files(vault, "SELECT media FROM photo ORDER BY id")[sorted(ids).index(ids[0])]
    original.write_bytes(original.read_bytes()[:-1])
    harm_thumbnail(driver, ids[0])
    shown = turn_to(driver, 2)
    driver.wait(lambda: page(driver).photos.problem(ids[0]))
    said = page(driver).photos.index_of(ids[0]).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Photo 0, ")
    assert page(driver).photos.problem(ids[0]) in said
    driver.wait(lambda: page(driver).loader.pixmap(ids[1]) is not None)  # the others are shown
    assert shown.isVisible()


def test_the_words_about_prints_that_fade_go_for_good(driver: Driver) -> None:
    driver.key("Ctrl+4")
    assert not any(label.objectName() == "photos-scan-hint" for label in driver.all(QLabel)), "nothing to say"
    fill(driver, 1)
    driver.wait(lambda: driver.find("photos-scan-hint").isVisible())
    driver.press("photos-scan-hint-away")
    assert not any(label.objectName() == "photos-scan-hint" for label in driver.all(QLabel))
    driver.key("Ctrl+1")
    driver.key("Ctrl+4")
    page(driver)
    assert not any(label.objectName() == "photos-scan-hint" for label in driver.all(QLabel))


def test_tiles_become_larger_and_smaller_and_stay_so(driver: Driver) -> None:
    fill(driver, 3)
    shown = turn_to(driver, 3)
    usual = shown.cells().width
    driver.key("Ctrl++")
    assert shown.cells().width > usual
    larger = shown.size_of_tiles
    driver.wait(page(driver).loader.is_settled)
    for _ in range(9):
        driver.key("Ctrl+-")
    assert shown.cells().width < usual
    for _ in range(larger):
        driver.key("Ctrl++")
    kept_size = driver.book.vault.preferences.get("photo tiles")
    assert kept_size.result() == str(larger)


def test_the_grid_reads_aloud_tile_by_tile(driver: Driver) -> None:
    ids = fill(driver, 3)
    describe(driver, ids[0], caption="Twelve weeks", description="A bright shape", kind=PhotoKind.ULTRASOUND)
    describe(driver, ids[1], caption="At the window", description="Her hand in mine", covered=True)
    turn_to(driver, 3)
    parts = in_sight(driver)
    assert "Your photos" in [part["name"] for part in parts]
    tiles: Sequence[str] = [part["name"] for part in parts if part["role"] in {"list item", "table cell"}]
    assert any(name.startswith("Twelve weeks, A bright shape, Ultrasound") for name in tiles)
    covered = [name for name in tiles if "At the window" in name]
    assert len(covered) == 1
    assert covered[0].startswith("Covered photo")
    assert not any("Her hand" in str(part) for part in parts), "nothing of what it shows is said"


def test_the_book_is_closed_while_photos_come_in(driver: Driver, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.jpg").write_bytes(pictures.jpeg(pictures.scene(900, 700, seed=number)))
    driver.key("Ctrl+4")
    driver.drop("photos-page", folder)
    driver.wait(lambda: driver.sees("of 12"))
    driver.press("place-close-book")
    driver.wait(lambda: driver.all(LockScreen))
