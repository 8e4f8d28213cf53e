"""Keepsakes in the real window: by keyboard alone, by mouse, covered pictures, and behind a lock."""

import io
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListView, QMenu, QWidget

from memorybook.domain.ids import PhotoId
from memorybook.domain.keepsake import Keepsake, KeepsakeDraft
from memorybook.ui.keepsakes.card import Card
from memorybook.ui.keepsakes.front import Front
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.checks import CheckBox
from memorybook.ui.kit.pictures import Picture
from memorybook.ui.lock.view import LockScreen
from tests.flows.driver import Driver, running
from tests.flows.test_family import tab_to
from tests.flows.test_refusals import PASSPHRASE, begin

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]

LOUD = (255, 0, 200)


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[Driver]:
    with running() as driver:
        driver.show()
        begin(driver, tmp_path)
        yield driver


def keepsakes(driver: Driver) -> list[Keepsake]:
    return list(driver.book.vault.keepsakes.all().result())


def titles(driver: Driver) -> list[str]:
    return [each.draft.title for each in keepsakes(driver)]


def make(driver: Driver, *titles: str, photos: tuple[PhotoId, ...] = ()) -> None:
    for title in titles:
        driver.book.vault.keepsakes.keep(None, KeepsakeDraft(title=title, photos=photos)).result()


def file_of(tmp_path: Path, name: str, colour: tuple[int, int, int]) -> Path:
    path = tmp_path / name
    Image.new("RGB", (400, 300), colour).save(path, "PNG")
    return path


def bring(driver: Driver, *colours: tuple[int, int, int]) -> tuple[PhotoId, ...]:
    sources = []
    for colour in colours:
        made = io.BytesIO()
        Image.new("RGB", (400, 300), colour).save(made, "PNG")
        sources.append(made.getvalue())
    return driver.book.vault.album.bring(sources, told=lambda _: None).done.result().added


def state(driver: Driver) -> str:
    return driver.find("keepsake-state", QLabel).text()


def arrive(driver: Driver) -> None:
    driver.press("place-keepsakes")
    driver.find("add-keepsake")


def shown(driver: Driver, colour: tuple[int, int, int]) -> bool:
    """Whether a pixel of nearly this colour is in the window."""
    image = driver.window.grab().toImage()
    wanted = QColor(*colour)
    for y in range(0, image.height(), 5):
        for x in range(0, image.width(), 5):
            seen = image.pixelColor(x, y)
            near = abs(seen.red() - wanted.red()) + abs(seen.green() - wanted.green())
            if near + abs(seen.blue() - wanted.blue()) < 60:
                return True
    return False


def test_a_keepsake_is_written_down_by_keyboard_alone(driver: Driver) -> None:
    driver.key("Ctrl+6")
    driver.find("add-keepsake")
    tab_to(driver, "add-keepsake")
    driver.key("Space")
    driver.wait(lambda: driver.focused().objectName() == "keepsake-title")
    driver.type_into_focused("The yellow blanket")
    tab_to(driver, "keepsake-kind")
    driver.type_into_focused("Blanket or wrap")
    tab_to(driver, "keepsake-words")
    driver.type_into_focused("Washed once.")
    tab_to(driver, "keepsake-offer-kept")
    driver.key("Space")
    driver.wait(lambda: driver.focused().objectName() == "keepsake-kept")
    driver.type_into_focused("In the blue box")
    driver.wait(lambda: state(driver).startswith("Kept at"))
    (blanket,) = keepsakes(driver)
    assert blanket.draft == KeepsakeDraft(
        kind="blanket", title="The yellow blanket", words="Washed once.", kept="In the blue box"
    )
    driver.key("Escape")
    driver.wait(lambda: driver.sees("Kept: In the blue box"))
    driver.key("Tab")
    tab_to(driver, f"keepsake-{blanket.id}")
    driver.key("Return")
    driver.wait(lambda: driver.find("keepsake-title", QLineEdit).text() == "The yellow blanket")


def test_a_card_that_is_pressed_again_at_once_opens_with_all_that_was_written(driver: Driver) -> None:
    make(driver, "A hat")
    arrive(driver)
    (hat,) = keepsakes(driver)
    driver.press(f"keepsake-{hat.id}")
    driver.type_into("keepsake-words", "Knitted by Jo")
    driver.wait(lambda: state(driver).startswith("Kept at"))
    go_on = threading.Event()
    driver.book.vault._worker.read(lambda _: go_on.wait(60))
    driver.key("Escape")
    driver.wait(lambda: driver.focused().objectName() == f"keepsake-{hat.id}")
    driver.key("Return")
    driver.type_into("keepsake-title", ", and a scarf")
    go_on.set()
    driver.key("Escape")
    driver.find(f"keepsake-{hat.id}")
    (kept,) = keepsakes(driver)
    assert (kept.draft.words, ", and a scarf" in kept.draft.title) == ("Knitted by Jo", True)


def test_the_order_is_changed_by_keys_and_by_buttons(driver: Driver) -> None:
    make(driver, "One", "Two", "Three")
    arrive(driver)
    one, _, three = keepsakes(driver)
    driver.find(f"keepsake-{three.id}").setFocus()
    driver.key("Alt+Up")
    driver.key("Alt+Up")
    driver.wait(lambda: titles(driver) == ["Three", "One", "Two"])
    driver.wait(lambda: driver.focused().objectName() == f"keepsake-{three.id}")
    driver.key("Down")
    driver.wait(lambda: driver.focused().objectName() == f"keepsake-{one.id}")
    driver.press("keepsakes-order")
    driver.press(f"keepsake-next-{one.id}")
    driver.wait(lambda: titles(driver) == ["Three", "Two", "One"])
    driver.wait(lambda: not driver.find(f"keepsake-next-{one.id}", Button).isEnabled())


def test_pictures_come_by_button_and_by_drop_and_go_by_a_menu(driver: Driver, tmp_path: Path) -> None:
    arrive(driver)
    driver.press("add-keepsake")
    driver.press("keepsake-pictures-add")
    driver.choose_files(file_of(tmp_path, "one.png", (10, 90, 10)))
    driver.wait(lambda: keepsakes(driver) and len(keepsakes(driver)[0].draft.photos) == 1)
    (first,) = keepsakes(driver)[0].draft.photos
    driver.wait(lambda: driver.find(f"keepsake-photo-{first}").isVisible())
    driver.press(f"keepsake-photo-{first}")
    driver.wait(lambda: driver.all(QMenu))
    menu = driver.all(QMenu)[0]
    take_off = next(action for action in menu.actions() if "Take it off" in action.text())
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(take_off).center())
    driver.wait(lambda: driver.sees("It stays in the book"))
    driver.wait(lambda: keepsakes(driver) == [])
    assert len(driver.book.vault.album.rows().result()) == 1
    driver.press("keepsake-notice-action")
    driver.wait(lambda: keepsakes(driver) and keepsakes(driver)[0].draft.photos == (first,))
    driver.drop("keepsake-pictures", file_of(tmp_path, "two.png", (10, 10, 90)))
    driver.wait(lambda: len(keepsakes(driver)[0].draft.photos) == 2)


def test_a_photo_of_the_book_is_chosen_by_keyboard(driver: Driver) -> None:
    one, two = bring(driver, (10, 90, 10), (10, 10, 90))
    make(driver, "A hat")
    arrive(driver)
    driver.press(f"keepsake-{keepsakes(driver)[0].id}")
    driver.press("keepsake-pictures-choose")
    tiles = driver.find("photo-chooser-list", QListView)
    driver.wait(lambda: tiles.model().rowCount() == 2)
    driver.wait(tiles.hasFocus)
    driver.key("Home")
    driver.key("Space")
    driver.wait(driver.find("photo-chooser-yes", Button).isEnabled)
    driver.press("photo-chooser-yes")
    driver.wait(lambda: keepsakes(driver)[0].draft.photos)
    assert keepsakes(driver)[0].draft.photos[0] in {one, two}
    driver.wait(lambda: not [w for w in driver.windows() if isinstance(w, QDialog)])


def test_a_covered_picture_is_shown_by_one_act_and_covered_again_on_leaving(driver: Driver) -> None:
    (photo,) = bring(driver, LOUD)
    make(driver, "A leaf", photos=(photo,))
    arrive(driver)
    (leaf,) = keepsakes(driver)
    driver.wait(lambda: shown(driver, LOUD))  # as it is while it is not covered
    driver.book.vault.album.cover([photo], covered=True).result()
    driver.wait(lambda: driver.find(f"keepsake-front-{photo}", Front).is_covered)
    driver.wait(lambda: not shown(driver, LOUD))
    front = driver.find(f"keepsake-front-{photo}", Front)
    assert front.accessibleName() == "Covered photo"
    driver.press(f"keepsake-front-{photo}")
    driver.wait(lambda: shown(driver, LOUD))
    assert driver.find(f"keepsake-{leaf.id}", Card).isVisible(), "to look is not to open"
    driver.press("place-dates")
    arrive(driver)
    driver.wait(lambda: driver.find(f"keepsake-front-{photo}", Front).is_covered)
    assert not shown(driver, LOUD)
    driver.find(f"keepsake-{leaf.id}", Card).click()  # its middle is the picture, which has its own press
    tile = driver.find(f"keepsake-photo-{photo}", Picture)
    driver.be_still()
    assert not shown(driver, LOUD)
    tile.setFocus()
    driver.key("Space")
    driver.wait(lambda: shown(driver, LOUD))


def test_what_is_put_away_waits_in_the_drawer_and_comes_back(driver: Driver) -> None:
    make(driver, "One", "Two")
    arrive(driver)
    one = keepsakes(driver)[0]
    driver.press(f"keepsake-{one.id}")
    driver.press("keepsake-away")
    driver.wait(lambda: driver.sees("waits in the drawer"))
    assert titles(driver) == ["Two"]
    driver.press("keepsakes-drawer")
    driver.wait(lambda: driver.find("drawer-title", QLabel).text() == "One")
    assert driver.find("drawer-back", Button).text() == "Keepsakes"
    driver.press("drawer-bring-back")
    driver.wait(lambda: titles(driver) == ["One", "Two"])
    driver.wait(lambda: driver.sees("It is back where it was."))
    driver.press("drawer-back")
    driver.wait(lambda: {card.name for card in driver.all(Card)} == {"One", "Two"})
    driver.wait(lambda: not driver.sees("waits in the drawer"))
    assert "keepsakes-drawer" not in [each.objectName() for each in driver.all(Button)]


def test_medical_papers_stay_out_of_a_printed_book_until_they_are_put_in(driver: Driver) -> None:
    arrive(driver)
    driver.press("add-keepsake")
    driver.type_into("keepsake-kind-line", "Medical papers")
    driver.wait(lambda: driver.sees("stay out of a printed book"))
    driver.wait(lambda: keepsakes(driver) and not keepsakes(driver)[0].draft.in_book)
    box = driver.find("keepsake-in-book", CheckBox)
    box.setFocus()
    driver.key("Space")
    driver.wait(lambda: keepsakes(driver)[0].draft.in_book)


def test_what_was_typed_before_a_lock_in_mid_sentence_is_there_again(driver: Driver) -> None:
    arrive(driver)
    driver.press("add-keepsake")
    driver.type_into("keepsake-words", "The song from the car, and then")
    driver.key("Ctrl+L")
    driver.wait(lambda: driver.all(LockScreen))
    driver.wait(lambda: driver.find("open-book").isEnabled())
    driver.type_into("passphrase", PASSPHRASE)
    driver.press("open-book")
    driver.find("entry-text")
    (song,) = keepsakes(driver)
    assert song.draft.words == "The song from the car, and then"


def test_every_control_says_what_it_is_for(driver: Driver) -> None:
    make(driver, "One", "Two")
    arrive(driver)
    driver.press("keepsakes-order")
    first = driver.find(f"keepsake-{keepsakes(driver)[0].id}", Card)
    assert first.accessibleName() == "One"
    assert [w.objectName() for w in driver.all(Button) if not w.accessibleName()] == []
    first.click()
    for offer in [w.objectName() for w in driver.all(Button) if "keepsake-offer-" in w.objectName()]:
        driver.find(offer, Button).click()
    fields = [w for w in driver.all(QWidget) if w.objectName().startswith("keepsake-") and w.focusPolicy()]
    silent = [w for w in fields if not w.accessibleName() and not w.inherits("QCheckBox")]
    assert [w.objectName() for w in silent] == []
