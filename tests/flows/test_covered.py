"""A covered photo, in a colour that nothing else has: no place shows a pixel of it before it is asked for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path

import av
import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QListView, QWidget

from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import EntryId, PhotoId
from memorybook.domain.keepsake import Keepsake, KeepsakeDraft
from memorybook.ui.book.view import BookPage
from memorybook.ui.keepsakes.front import Front
from memorybook.ui.kit.film import Film
from memorybook.ui.kit.pictures import Picture
from memorybook.ui.lock.view import LockScreen
from memorybook.ui.photos.canvas import PhotoCanvas
from memorybook.ui.photos.grid import PhotoGrid
from memorybook.ui.photos.grid_page import GridPage
from tests.flows.driver import Driver, running
from tests.flows.test_refusals import PASSPHRASE, begin

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(180)]

LOUD = (255, 0, 190)
"""Far from every colour of the design, and of the other picture."""

CAPTION = "The little hat"
SECRET = "Knitted in yellow wool"
"""What the photo shows, for somebody who cannot see it: as covered as its pixels."""


def picture(colour: tuple[int, int, int]) -> bytes:
    held = BytesIO()
    Image.new("RGB", (900, 700), colour).save(held, "JPEG", quality=95)
    return held.getvalue()


def loud_pixels(image: QImage) -> int:
    """How many pixels have the colour of the covered photo, or are tinted by it."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    shape = (plain.width(), plain.height())
    pixels = Image.frombuffer("RGB", shape, bytes(plain.constBits()), "raw", "RGB", plain.bytesPerLine(), 1)
    hue, saturation, _ = pixels.convert("HSV").split()
    near = hue.point(lambda value: 255 if 205 <= value <= 240 else 0)
    # Of any strength, also blurred into linen or paper.
    clear = saturation.point(lambda value: 255 if value > 40 else 0)
    return ImageChops.darker(near, clear).histogram()[255]


def on_screen(driver: Driver) -> int:
    """The same of the whole screen, as it is put together from all windows."""
    driver.be_still()
    return loud_pixels(QGuiApplication.primaryScreen().grabWindow(0).toImage())


def said(driver: Driver) -> str:
    """All that a screen reader is told of every window."""
    found: list[str] = []

    def read(part: QAccessibleInterface | None) -> None:
        if part is None or not part.isValid() or part.state().invisible:
            return
        kinds = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value)
        found.extend(part.text(kind) for kind in kinds)
        for number in range(part.childCount()):
            read(part.child(number))

    for window in driver.windows():
        read(QAccessible.queryAccessibleInterface(window))
    return "\n".join(found)


@dataclass
class Asked:
    """Which pixels of the covered photo were asked for, by any place."""

    names: list[str] = field(default_factory=list)


@dataclass
class Book:
    """An open book with a page that has a covered photo and another that is not."""

    driver: Driver
    entry: EntryId
    photo: PhotoId
    other: PhotoId
    asked: Asked

    def turn_to(self, place: str) -> None:
        self.driver.press(f"place-{place}")
        self.driver.wait(lambda: self.driver.book.place == place)

    def covers(self) -> list[Picture]:
        return [each for each in self.driver.all(Picture) if each.is_covered]

    def is_covered(self) -> None:
        """Nothing of it is there: not on the screen, not for a reader, not even in memory."""
        assert on_screen(self.driver) == 0
        assert SECRET not in said(self.driver)
        assert self.asked.names == []

    def is_shown(self) -> None:
        self.driver.wait(lambda: on_screen(self.driver) > 400)
        self.asked.names.clear()


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    with running() as driver:
        driver.show()
        begin(driver, tmp_path / "book")
        vault = driver.book.vault
        draft = EntryDraft("The lamp", "A lamp and a hat", VagueDate(2026, 10, 3))
        entry = vault.journal.keep(None, draft).result()
        assert entry is not None
        photo = vault.album.add(entry.id, picture(LOUD)).result()
        other = vault.album.add(entry.id, picture((70, 120, 90))).result()
        vault.album.keep(photo.id, replace(photo.draft, caption=CAPTION, description=SECRET)).result()
        vault.album.cover([photo.id], covered=True).result()
        asked = Asked()
        for name in ("thumbnail", "rendition", "original_rendition", "original", "printable"):
            whole = getattr(vault.album, name)

            def watched(
                wanted: PhotoId, *rest: object, name: str = name,
                whole: Callable[..., object] = whole, **more: object,
            ) -> object:  # fmt: skip
                if wanted == photo.id:
                    asked.names.append(name)
                return whole(wanted, *rest, **more)

            monkeypatch.setattr(vault.album, name, watched)
        clipboard = QGuiApplication.clipboard()
        clipboard.clear()
        yield Book(driver, entry.id, photo.id, other.id, asked)


def reading(book: Book, title: str = "The lamp") -> None:
    """The page with the photo is read, and the picture beside the covered one has come."""
    driver = book.driver
    driver.wait(lambda: driver.find("reading-title", QLabel).text() == title)
    driver.wait(lambda: driver.find(f"reading-photo-{book.other}", Picture).is_shown)


def test_on_the_page_that_is_read(book: Book) -> None:
    driver = book.driver
    book.turn_to("story")
    reading(book)
    driver.wait(book.covers)
    (covered,) = book.covers()
    assert covered.accessibleName() == f"Covered photo: {CAPTION}"
    book.is_covered()
    covered.setFocus()
    driver.key("Return")
    book.is_shown()
    assert SECRET in said(driver)
    driver.press(f"reading-cover-{book.photo}")
    driver.wait(book.covers)
    book.is_covered()
    driver.press(f"reading-photo-{book.photo}")
    book.is_shown()
    book.turn_to("dates")
    book.turn_to("story")
    reading(book)
    driver.wait(book.covers)
    book.is_covered()


def test_on_a_page_that_is_searched_for(book: Book) -> None:
    driver = book.driver
    book.turn_to("story")
    reading(book)
    driver.type_into("story-search", "hat")
    reading(book)
    driver.wait(book.covers)
    book.is_covered()
    driver.type_into("story-search", CAPTION, replace=True)
    reading(book)
    driver.wait(book.covers)
    book.is_covered()
    driver.press(f"reading-photo-{book.photo}")
    book.is_shown()


def open_to_write(book: Book) -> None:
    book.turn_to("story")
    reading(book)
    book.driver.press("reading-edit")
    book.driver.wait(lambda: book.driver.find(f"photo-{book.other}", Picture).is_shown)


def test_on_the_page_that_is_written(book: Book) -> None:
    driver = book.driver
    open_to_write(book)
    driver.wait(book.covers)
    book.is_covered()
    driver.press(f"photo-{book.photo}")
    book.is_shown()
    book.turn_to("support")
    book.turn_to("write")
    driver.wait(book.covers)
    book.is_covered()


def test_one_that_is_covered_while_its_page_is_open(book: Book) -> None:
    """By somebody who finds that it is too much: there is nothing left of it at once."""
    driver, album = book.driver, book.driver.book.vault.album
    album.cover([book.photo], covered=False).result()
    open_to_write(book)
    book.is_shown()
    album.cover([book.photo], covered=True).result()
    driver.wait(book.covers)
    book.asked.names.clear()
    book.is_covered()
    book.turn_to("story")
    reading(book)
    driver.wait(book.covers)
    book.is_covered()


def test_what_was_uncovered_is_covered_with_the_screen(book: Book) -> None:
    driver = book.driver
    book.turn_to("story")
    reading(book)
    driver.press(f"reading-photo-{book.photo}")
    book.is_shown()
    driver.key("Ctrl+H")
    driver.find("uncover")
    assert on_screen(driver) == 0
    driver.press("uncover")
    driver.wait(book.covers)
    book.is_covered()


def pages_of(book: Book, look: Callable[[], None]) -> None:
    """Turn over every page of the preview and look at each."""
    driver = book.driver
    page = driver.all(BookPage)[0]
    driver.wait(lambda: page.is_drawn, seconds=60)
    driver.find("book-preview").setFocus()
    driver.key("Home")
    driver.wait(lambda: page.is_drawn)
    look()
    while driver.find("book-after").isEnabled():
        driver.press("book-after")
        driver.wait(lambda: page.is_drawn)
        look()


def test_on_the_pages_of_a_book(book: Book) -> None:
    driver = book.driver
    book.turn_to("book")
    pages_of(book, book.is_covered)
    assert "book-uncover" not in [each.objectName() for each in driver.all(QWidget)]
    box = driver.find("book-covered", QCheckBox)
    box.setFocus()
    driver.key("Space")
    assert box.isChecked()
    driver.find("book-uncover")  # the pages have been made anew, with a covered photo on them
    pages_of(book, book.is_covered)
    driver.press("book-uncover")
    book.is_shown()
    driver.press("book-cover")
    driver.find("book-uncover")
    pages_of(book, lambda: None)
    book.asked.names.clear()
    pages_of(book, book.is_covered)


def test_what_was_uncovered_on_the_pages_of_a_book_is_covered_on_leaving(book: Book) -> None:
    driver = book.driver
    book.turn_to("book")
    driver.find("book-covered", QCheckBox).setFocus()
    driver.key("Space")
    driver.press("book-uncover")
    pages_of(book, lambda: None)
    book.is_shown()
    book.turn_to("write")
    book.turn_to("book")
    driver.find("book-uncover")
    pages_of(book, book.is_covered)


def grid_of(book: Book) -> PhotoGrid:
    """All photos, with the pixels of the one that may be seen."""
    driver = book.driver
    book.turn_to("photos")
    grid = driver.find("photo-grid", PhotoGrid)
    driver.wait(lambda: grid.model().rowCount() == 2)
    driver.wait(lambda: driver.all(GridPage)[0].loader.pixmap(book.other) is not None)
    return grid


def test_in_the_grid(book: Book) -> None:
    driver = book.driver
    grid = grid_of(book)
    book.is_covered()
    assert f"Covered photo: {CAPTION}" in said(driver)
    grid.go_to(book.photo)
    grid.setFocus()
    tile = grid.visualRect(grid.currentIndex()).center()
    QTest.mouseMove(grid.viewport(), tile)
    book.is_covered()
    driver.key("Return")
    book.is_shown()
    book.turn_to("dates")
    grid_of(book)
    book.is_covered()


def test_nothing_of_it_is_dragged_or_copied_out_of_the_grid(book: Book) -> None:
    driver = book.driver
    grid = grid_of(book)
    grid.setFocus()
    driver.key("Ctrl+A")
    driver.key("Ctrl+C")
    copied = QGuiApplication.clipboard().mimeData()
    assert not copied.hasImage()
    assert copied.formats() == []
    rows = [grid.model().index(row, 0) for row in range(2)]
    dragged = grid.model().mimeData(rows)
    assert not dragged.hasImage()
    assert not grid.dragEnabled()
    place = grid.visualRect(grid.model().index(1, 0)).center()
    QTest.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    for step in (10, 30, 60):
        QTest.mouseMove(grid.viewport(), place + QPoint(step, step))
        assert on_screen(driver) == 0
    QTest.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, pos=place + QPoint(60, 60))
    book.is_covered()


def test_in_the_large_view(book: Book) -> None:
    driver = book.driver
    grid = grid_of(book)
    grid.go_to(book.other)
    grid.setFocus()
    driver.key("Return")
    canvas = driver.find("large-photo", PhotoCanvas)
    driver.wait(lambda: canvas.is_shown)
    driver.key("PgDown")
    driver.wait(lambda: canvas.is_covered)
    book.is_covered()
    canvas.setFocus()
    driver.key("Return")
    book.is_shown()
    driver.key("PgUp")
    driver.wait(lambda: not on_screen(driver))
    book.turn_to("dates")
    book.turn_to("photos")
    book.asked.names.clear()
    driver.find("large-photo")
    driver.key("PgDown")
    driver.wait(lambda: canvas.is_covered)
    book.is_covered()


def with_it(book: Book) -> Keepsake:
    draft = KeepsakeDraft(title="A hat", photos=(book.photo, book.other))
    keepsake = book.driver.book.vault.keepsakes.keep(None, draft).result()
    assert keepsake is not None
    return keepsake


def test_on_a_keepsake(book: Book) -> None:
    driver = book.driver
    keepsake = with_it(book)
    book.turn_to("keepsakes")
    front = driver.find(f"keepsake-front-{book.photo}", Front)
    book.is_covered()
    front.setFocus()
    driver.key("Return")
    book.is_shown()
    book.turn_to("dates")
    book.turn_to("keepsakes")
    driver.wait(lambda: driver.find(f"keepsake-front-{book.photo}", Front).is_covered)
    book.is_covered()
    driver.find(f"keepsake-{keepsake.id}").setFocus()
    driver.key("Return")
    driver.wait(lambda: driver.find(f"keepsake-photo-{book.other}", Picture).is_shown)
    driver.wait(book.covers)
    book.is_covered()
    driver.press(f"keepsake-photo-{book.photo}")
    book.is_shown()


def test_among_the_photos_a_keepsake_can_have(book: Book) -> None:
    driver = book.driver
    keepsake = driver.book.vault.keepsakes.keep(None, KeepsakeDraft(title="A box")).result()
    assert keepsake is not None
    book.turn_to("keepsakes")
    driver.find(f"keepsake-{keepsake.id}").setFocus()
    driver.key("Return")
    driver.press("keepsake-pictures-choose")
    photos = driver.find("photo-chooser-list", QListView)
    driver.wait(lambda: photos.model().rowCount() == 2)
    book.is_covered()


def test_in_the_drawer(book: Book) -> None:
    driver = book.driver
    driver.book.vault.album.put_away([book.photo]).result()
    driver.book.turn_to("drawer")
    rows = driver.find("drawer-list", QListView)
    driver.wait(lambda: rows.model().rowCount() == 1)
    book.is_covered()
    rows.setFocus()
    driver.key("Space")
    driver.find("drawer-picture", Picture)
    driver.wait(book.covers)
    book.is_covered()
    driver.press("drawer-picture")
    book.is_shown()
    book.turn_to("dates")
    driver.book.turn_to("drawer")
    driver.wait(lambda: rows.model().rowCount() == 1)
    book.is_covered()


def film() -> bytes:
    """A second of the loud colour."""
    held = BytesIO()
    with av.open(held, "w", format="mp4") as output:
        stream = output.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        frame = av.VideoFrame.from_image(Image.new("RGB", (320, 180), LOUD))  # type: ignore[no-untyped-call]
        for number in range(25):
            frame.pts = number
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return held.getvalue()


def test_the_picture_of_a_covered_video(book: Book, tmp_path: Path) -> None:
    driver, vault = book.driver, book.driver.book.vault
    (tmp_path / "film.mp4").write_bytes(film())
    account = vault.recordings.bring([tmp_path / "film.mp4"], told=lambda _: None).done.result()
    (recording,) = account.added
    book.turn_to("recordings")
    name = f"recording-{recording}-film"
    driver.wait(lambda: on_screen(driver) > 400)  # control: before it is covered it can be seen
    vault.recordings.cover([recording], covered=True).result()
    driver.wait(lambda: driver.find(name, Film).is_covered)
    book.is_covered()
    book.turn_to("dates")
    book.turn_to("recordings")
    driver.wait(lambda: driver.find(name, Film).is_covered)
    book.is_covered()
    driver.press(name)
    book.is_shown()
    book.turn_to("dates")
    book.turn_to("recordings")
    driver.wait(lambda: driver.find(name, Film).is_covered)
    book.is_covered()


def test_a_book_opens_covered(book: Book) -> None:
    driver = book.driver
    open_to_write(book)
    driver.press(f"photo-{book.photo}")
    book.is_shown()
    driver.press("place-close-book")
    driver.wait(lambda: driver.all(LockScreen))
    assert on_screen(driver) == 0
    driver.wait(lambda: driver.find("open-book").isEnabled())
    driver.type_into("passphrase", PASSPHRASE)
    driver.press("open-book")
    driver.find("entry-text")
    book.turn_to("story")
    reading(book)
    driver.wait(book.covers)
    assert on_screen(driver) == 0
