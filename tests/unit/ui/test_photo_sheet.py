"""A photo in its small window: what is said of it is kept in every pause, and can be left as it was."""

import io
from collections.abc import Callable, Iterator

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from memorybook.domain.dates import VagueDate
from memorybook.domain.edit import Edit
from memorybook.domain.ids import BabyId, MediaId, PhotoId
from memorybook.domain.photo import Photo, PhotoDraft, PhotoKind
from memorybook.ui.core import cover
from memorybook.ui.kit.picture_sheet import PhotoSheet
from memorybook.ui.kit.pictures import Picture

DRAFT = PhotoDraft(
    caption="Your hat",
    description="A knitted hat",
    taken=VagueDate(2026, 10, about=True),
    taken_by="Sam",
    who="You",
    kind=PhotoKind.HOSPITAL,
    babies=(BabyId(1),),
    in_book=False,
)


class Opened:
    def __init__(self, behind: QWidget, qtbot: QtBot, draft: PhotoDraft) -> None:
        self.said: list[PhotoDraft] = []
        self.off: list[bool] = []
        kept = io.BytesIO()
        Image.new("RGB", (300, 200), (200, 30, 30)).save(kept, "JPEG")
        photo = Photo(PhotoId(1), MediaId("0" * 32), "JPEG", 9, 300, 200, "", draft, Edit(turn=90))
        self.sheet = PhotoSheet(
            behind,
            photo,
            kept.getvalue(),
            {BabyId(1): "Wren", BabyId(2): "Robin"},
            said=self.said.append,
            taken_off=lambda: self.off.append(True),
        )
        qtbot.waitExposed(self.sheet)

    def find(self, name: str) -> QWidget:
        return next(each for each in self.sheet.findChildren(QWidget, name) if each.isVisible())

    def sees(self, name: str) -> bool:
        return any(each.isVisible() for each in self.sheet.findChildren(QWidget, name))

    def press(self, name: str) -> None:
        button = self.find(name)
        assert isinstance(button, QPushButton | QCheckBox)
        button.click()

    def shows(self) -> bool:
        return self.picture.is_shown

    @property
    def picture(self) -> Picture:
        found = self.sheet.findChild(Picture)
        assert isinstance(found, Picture)
        return found


@pytest.fixture
def behind(dressed: QApplication) -> Iterator[QWidget]:
    """The window behind, which outlives what is opened above it."""
    behind = QWidget()
    behind.resize(900, 700)
    behind.show()
    yield behind
    behind.deleteLater()


@pytest.fixture
def opened(behind: QWidget, qtbot: QtBot) -> Callable[[PhotoDraft], Opened]:
    return lambda draft: Opened(behind, qtbot, draft)


def test_all_that_is_known_comes_back_as_it_was(opened: Callable[[PhotoDraft], Opened]) -> None:
    window = opened(DRAFT)
    assert window.sheet.form.draft() == DRAFT
    window.press("photo-done")
    assert window.said == []


def test_only_what_is_known_stands_there(opened: Callable[[PhotoDraft], Opened]) -> None:
    window = opened(PhotoDraft())
    for part in ("photo-taken-year", "photo-who", "photo-taken-by", "photo-kind-prints", "photo-baby-1"):
        assert not window.sees(part)
    window.press("photo-offer-who")
    QTest.keyClicks(window.find("photo-who"), "Us three")
    window.press("photo-done")
    assert window.said == [PhotoDraft(who="Us three")]


def test_a_pause_keeps_and_the_end_keeps_the_rest(
    opened: Callable[[PhotoDraft], Opened], qtbot: QtBot
) -> None:
    window = opened(PhotoDraft())
    QTest.keyClicks(window.find("photo-caption"), "One")
    qtbot.waitUntil(lambda: window.said == [PhotoDraft(caption="One")])
    QTest.keyClicks(window.find("photo-caption"), " two")
    QTest.keyClick(window.sheet, Qt.Key.Key_Escape)
    assert window.said[-1] == PhotoDraft(caption="One two")


def test_left_as_it_was_also_takes_back_what_a_pause_kept(
    opened: Callable[[PhotoDraft], Opened], qtbot: QtBot
) -> None:
    window = opened(DRAFT)
    QTest.keyClicks(window.find("photo-caption"), "One")
    qtbot.waitUntil(lambda: len(window.said) == 1)
    window.press("photo-leave")
    assert window.said[-1] == DRAFT
    assert len(window.said) == 2


def test_a_kind_is_chosen_and_taken_back(opened: Callable[[PhotoDraft], Opened]) -> None:
    window = opened(DRAFT)
    window.press("photo-kind-prints")
    assert window.sheet.form.draft().kind is PhotoKind.PRINTS
    window.press("photo-kind-prints")
    assert window.sheet.form.draft().kind is PhotoKind.NONE
    window.press("photo-baby-2")
    assert window.sheet.form.draft().babies == (BabyId(1), BabyId(2))


def test_a_photo_that_is_covered_now_is_covered_here_too(opened: Callable[[PhotoDraft], Opened]) -> None:
    window = opened(DRAFT)
    assert window.shows()
    window.press("photo-covered")
    assert not window.shows()
    assert not window.sees("photo-description")
    QTest.mouseClick(window.picture, Qt.MouseButton.LeftButton)
    assert window.shows()
    cover.current().covered.emit()
    assert not window.shows()
    window.press("photo-covered")
    assert window.shows()
    assert window.sees("photo-description")


def test_covering_the_screen_leaves_a_photo_that_is_not_covered(
    opened: Callable[[PhotoDraft], Opened],
) -> None:
    window = opened(DRAFT)
    cover.current().covered.emit()
    assert window.shows()


def test_taking_off_keeps_what_was_said(opened: Callable[[PhotoDraft], Opened]) -> None:
    window = opened(PhotoDraft())
    QTest.keyClicks(window.find("photo-caption"), "One")
    window.press("photo-take-off")
    assert window.said == [PhotoDraft(caption="One")]
    assert window.off == [True]
