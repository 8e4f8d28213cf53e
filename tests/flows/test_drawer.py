"""The drawer in the real window: photos and keepsakes wait there, covered ones covered."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QListView

from memorybook.domain.ids import PhotoId
from memorybook.domain.keepsake import KeepsakeDraft
from memorybook.domain.photo import PhotoDraft
from memorybook.ui.kit.pictures import Picture
from tests.flows.driver import Driver, running
from tests.flows.test_refusals import begin

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]

LOUD = (255, 0, 200)


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[Driver]:
    with running() as driver:
        driver.show()
        begin(driver, tmp_path)
        yield driver


def photo_away(driver: Driver, draft: PhotoDraft) -> PhotoId:
    """A loud photo that is put away."""
    made = io.BytesIO()
    Image.new("RGB", (400, 300), LOUD).save(made, "PNG")
    album = driver.book.vault.album
    (photo,) = album.bring([made.getvalue()], told=lambda _: None).done.result().added
    album.keep(photo, draft).result()
    album.put_away([photo]).result()
    return photo


def arrive(driver: Driver) -> None:
    driver.press("place-settings")
    driver.press("open-drawer")
    driver.find("drawer-intro")


def title(driver: Driver) -> str:
    return driver.find("drawer-title", QLabel).text()


def is_loud(driver: Driver) -> bool:
    image = driver.window.grab().toImage()
    loud = QColor(*LOUD)
    for y in range(0, image.height(), 4):
        for x in range(0, image.width(), 4):
            seen = image.pixelColor(x, y)
            off = abs(seen.red() - loud.red()) + abs(seen.green() - loud.green())
            if off + abs(seen.blue() - loud.blue()) < 60:
                return True
    return False


def test_a_photo_is_seen_there_and_comes_back(driver: Driver) -> None:
    photo = photo_away(driver, PhotoDraft(caption="A leaf", description="Pink all over"))
    arrive(driver)
    driver.wait(lambda: title(driver) == "A leaf")
    driver.wait(lambda: driver.find("drawer-picture", Picture).is_shown)
    driver.wait(lambda: is_loud(driver))
    row = driver.find("drawer-list", QListView).model().index(0, 0)
    said = row.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("A leaf, Pink all over, Photo")
    driver.press("drawer-bring-back")
    driver.wait(lambda: driver.sees("It is back where it was."))
    assert [row.id for row in driver.book.vault.album.rows().result()] == [photo]


def test_a_covered_photo_is_covered_there_until_it_is_asked_for(driver: Driver) -> None:
    photo_away(driver, PhotoDraft(caption="A leaf", description="Pink all over", covered=True))
    arrive(driver)
    driver.wait(lambda: title(driver) == "A leaf")
    driver.wait(lambda: driver.find("drawer-picture", Picture).is_covered)
    driver.be_still()
    assert not is_loud(driver)
    row = driver.find("drawer-list", QListView).model().index(0, 0)
    assert "Pink" not in row.data(Qt.ItemDataRole.AccessibleTextRole)
    assert not driver.sees("Pink")
    driver.press("drawer-picture")
    driver.wait(lambda: is_loud(driver))
    driver.press("place-dates")
    arrive(driver)
    driver.wait(lambda: driver.find("drawer-picture", Picture).is_covered)
    driver.be_still()
    assert not is_loud(driver)


def test_several_things_are_deleted_for_ever_after_one_question(driver: Driver) -> None:
    photo_away(driver, PhotoDraft(caption="A leaf"))
    keepsakes = driver.book.vault.keepsakes
    thing = keepsakes.keep(None, KeepsakeDraft(title="A hat", kept="In the blue box")).result()
    assert thing is not None
    keepsakes.put_away([thing.id]).result()
    arrive(driver)
    driver.wait(lambda: title(driver) in {"A leaf", "A hat"})
    driver.find("drawer-list", QListView).setFocus()
    driver.key("Ctrl+A")
    driver.press("drawer-delete")
    driver.wait(lambda: driver.sees("Delete these 2 things for ever?"))
    driver.key("Return")  # a key that was meant for something else deletes nothing
    driver.wait(lambda: not driver.sees("Delete these 2 things for ever?"))
    assert len(keepsakes.put_away_rows().result()) == 1
    driver.press("drawer-delete")
    driver.press("drawer-ask-yes")
    driver.wait(lambda: driver.sees("2 things are gone for ever."))
    driver.wait(lambda: driver.sees("Nothing is put away."))
    assert keepsakes.put_away_rows().result() == ()
    assert driver.book.vault.album.put_away_rows().result() == ()
