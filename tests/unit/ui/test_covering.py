"""What is uncovered, for how long, and the surface that stands in the place of everything else."""

import io

import pytest
from PIL import Image
from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from memorybook.domain.book import BookPlan, PageSize, PlannedEntry, PlannedKeepsake, PlannedPicture
from memorybook.domain.dates import UNKNOWN
from memorybook.domain.entry import EntryKind
from memorybook.domain.ids import PhotoId, RecordingId
from memorybook.ui.book.covered import covered_surface
from memorybook.ui.book.covering import Covering
from memorybook.ui.core import cover, theme
from memorybook.ui.core.showing import AllCovered, may_show, photo_key, recording_key
from memorybook.ui.core.uncovered import Uncovered
from memorybook.ui.kit.covered import paint_covered
from memorybook.ui.kit.pictures import Picture
from tests.corpus import pictures

ONE, OTHER = PhotoId(1), PhotoId(2)


class Watched(Uncovered):
    """Counts how often something is told."""

    def __init__(self, book: QObject) -> None:
        super().__init__(book)
        self.told = 0
        self.changed.connect(self._tell)

    def _tell(self) -> None:
        self.told += 1


@pytest.fixture
def uncovered(book: QObject) -> Watched:
    return Watched(book)


def test_a_book_opens_covered_and_shows_what_was_asked_for(uncovered: Watched) -> None:
    assert not uncovered.shows(photo_key(ONE))
    uncovered.uncover(photo_key(ONE))
    uncovered.uncover(photo_key(ONE))
    assert uncovered.told == 1
    assert uncovered.shows(photo_key(ONE))
    assert not uncovered.shows(photo_key(OTHER))
    assert not uncovered.shows(recording_key(RecordingId(1))), "a recording has numbers of its own"


def test_some_or_all_are_covered_again(uncovered: Watched) -> None:
    uncovered.uncover(photo_key(ONE), photo_key(OTHER))
    uncovered.cover_again([photo_key(ONE)])
    assert (uncovered.shows(photo_key(ONE)), uncovered.shows(photo_key(OTHER))) == (False, True)
    uncovered.cover_again()
    assert not uncovered.shows(photo_key(OTHER))
    before = uncovered.told
    uncovered.cover_again()
    assert uncovered.told == before, "nothing was uncovered"


def test_all_are_covered_with_the_screen(uncovered: Watched) -> None:
    uncovered.uncover(photo_key(ONE))
    cover.current().covered.emit()
    assert not uncovered.shows(photo_key(ONE))


def test_a_photo_is_shown_if_it_is_not_covered_or_was_asked_for(uncovered: Watched) -> None:
    assert may_show(AllCovered(), photo_key(ONE), covered=False)
    assert not may_show(AllCovered(), photo_key(ONE), covered=True)
    uncovered.uncover(photo_key(ONE))
    assert may_show(uncovered, photo_key(ONE), covered=True)


def painted(width: int, height: int, *, focused: bool = False) -> QImage:
    image = QImage(width + 20, height + 20, QImage.Format.Format_RGB32)
    image.fill(QColor("#00ff00"))
    painter = QPainter(image)
    paint_covered(painter, QRect(10, 10, width, height), focused=focused)
    painter.end()
    return image


@pytest.mark.parametrize("scale", [80, 100, 200])
@pytest.mark.parametrize("size", [(600, 400), (232, 176), (150, 60), (90, 90), (24, 24), (12, 8)])
def test_the_surface_keeps_to_its_place_at_every_size(
    dressed: QApplication, size: tuple[int, int], scale: int
) -> None:
    theme.current().apply("light", scale)
    try:
        image = painted(*size)
    finally:
        theme.current().apply("light", 100)
    around = [(x, y) for x in range(image.width()) for y in range(image.height())]
    outside = [(x, y) for x, y in around if not (9 <= x <= size[0] + 10 and 9 <= y <= size[1] + 10)]
    assert {image.pixelColor(x, y).name() for x, y in outside} == {"#00ff00"}
    assert image.pixelColor(10 + size[0] // 2, 11).name() != "#00ff00"


def test_focus_is_seen_on_it(dressed: QApplication) -> None:
    assert painted(200, 150) != painted(200, 150, focused=True)


def test_a_picture_lets_go_of_its_pixels_and_of_what_it_shows(dressed: QApplication) -> None:
    picture = Picture(name="picture", says="A yellow hat", edge=(100, 80))
    picture.show_jpeg(pictures.jpeg(pictures.scene(80, 60)))
    assert picture.is_shown
    picture.show_covered("The hat")
    assert (picture.is_shown, picture.is_covered) == (False, True)
    assert picture.accessibleName() == "Covered photo: The hat"
    picture.call("A blue hat")
    assert picture.accessibleName() == "Covered photo: The hat"
    picture.show_jpeg(pictures.jpeg(pictures.scene(80, 60)))
    assert picture.accessibleName() == "A blue hat"
    picture.show_covered()
    assert picture.accessibleName() == "Covered photo"
    picture.deleteLater()


class Told:
    """What the preview is told about covered photos."""

    said: tuple[bool, bool] = (False, False)

    def covered_surface(self, width: int, height: int) -> bytes:
        return f"{width} x {height}".encode()

    def show_covering(self, *, covered: bool, uncovered: bool) -> None:
        self.said = (covered, uncovered)


@pytest.fixture
def plan() -> BookPlan:
    seen = (
        PlannedPicture(ONE, 40, 30, covered=True),
        PlannedPicture(OTHER, 30, 40, covered=True),
        PlannedPicture(PhotoId(3), 10, 10),
    )
    entry = PlannedEntry("", UNKNOWN, EntryKind.LETTER, "", "", (), seen)
    return BookPlan("", "", "", "en", PageSize.A5, (entry,), ())


def test_the_pages_of_a_book_are_made_without_what_is_covered(uncovered: Watched, plan: BookPlan) -> None:
    view = Told()
    covering = Covering(view, uncovered)
    assert covering.surfaces(plan) == {ONE: b"40 x 30", OTHER: b"30 x 40"}
    assert (view.said, covering.differs) == ((True, False), False)
    uncovered.uncover(photo_key(ONE))
    assert covering.differs
    assert covering.surfaces(plan) == {OTHER: b"30 x 40"}
    assert view.said == (True, True)
    covering.uncover()
    assert covering.surfaces(plan) == {}
    assert (view.said, uncovered.shows(photo_key(PhotoId(3)))) == ((False, True), False)
    covering.cover_again()
    assert covering.differs
    assert set(covering.surfaces(plan)) == {ONE, OTHER}
    assert covering.surfaces(None) == {}
    assert view.said == (False, False)


def test_covered_photos_are_known_wherever_they_stand_in_a_book(uncovered: Watched) -> None:
    hidden = [PlannedPicture(PhotoId(number), 40, 30, covered=True) for number in range(4)]
    keepsake = PlannedKeepsake("", "", pictures=(hidden[0],))
    plan = BookPlan(
        "", "", "", "en", PageSize.A5, (), (),
        photos=(hidden[1],), keepsakes=(keepsake,), covered=(hidden[2],), cover=hidden[3],
    )  # fmt: skip
    assert set(Covering(Told(), uncovered).surfaces(plan)) == {it.photo for it in hidden}


def test_the_surface_on_a_page_has_the_shape_of_its_picture(dressed: QApplication) -> None:
    for width, height in ((4000, 3000), (300, 900), (1, 5000)):
        made = Image.open(io.BytesIO(covered_surface(width, height)))
        assert made.format == "JPEG"
        assert max(made.size) == 480
        assert abs(made.width / made.height - width / height) < 0.02
