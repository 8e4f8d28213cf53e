"""The whole thread in one walk: begin a book, write, add photos, read, keep dates, find help, print, close.

    python -m tests.flows.walk --folder DIR [--screens DIR] [--canary] [--theme dark]

As a program it runs the walk in a process of its own, for tests that watch that process from outside. The
canary, words that must be found nowhere, comes on the standard input; the last line says what was looked at.
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pillow_heif
from PIL import Image, ImageDraw
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QListView

from memorybook import log
from memorybook.domain.dates import VagueDate
from memorybook.system.hardening import harden
from memorybook.ui.book.view import BookPage
from memorybook.ui.kit.editor import PageText
from memorybook.ui.kit.pictures import Picture
from memorybook.ui.lock.view import LockScreen
from memorybook.ui.story.model import ROW_ROLE
from memorybook.ui.support.view import SupportPage
from tests.flows import other_program, traces
from tests.flows.driver import Driver, Stuck, running

PASSPHRASE = "quiet lantern over water"
TITLE = "The garden, finally"
BODY = "We planted the little maple today.\nThe ground was softer than we expected."


@dataclass
class Walk:
    """What one walk uses and what it found on its way."""

    folder: Path
    canary: str = ""
    look: Callable[[Driver, str], None] = lambda driver, name: None
    titles: set[str] = field(default_factory=set)
    words: str = ""
    code: str = ""
    pictures: dict[str, Path] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        return self.folder / "books"

    @property
    def book(self) -> Path:
        return self.home / "Memory Book"

    @property
    def sheet(self) -> Path:
        return self.folder / "asked for" / "For the memory box.pdf"

    @property
    def pdf(self) -> Path:
        return self.folder / "asked for" / "Our book.pdf"


def make_pictures(folder: Path, canary: str) -> dict[str, Path]:
    """Real files of the kinds that phones make, in a folder that stands for a phone."""
    folder.mkdir(parents=True)
    made = {}
    kinds = (("IMG_1.jpg", "JPEG"), ("IMG_2.heic", "HEIF"), ("IMG_3.png", "PNG"))
    for number, (name, form) in enumerate(kinds):
        image = Image.effect_mandelbrot((1200, 900), (-2.0, -1.2, 0.8, 1.2), 40 + number).convert("RGB")
        ImageDraw.Draw(image).rectangle((40 + 200 * number, 40, 700, 300), fill=(120, 60 * number, 90))
        made[form] = folder / name
        exif = image.getexif()
        if canary:
            exif[0x010E] = canary  # ImageDescription: a phone puts words of its own into a picture
        if form == "HEIF":
            pillow_heif.from_pillow(image).save(made[form], quality=80, exif=exif.tobytes())
        else:
            image.save(made[form], form, exif=exif)
    return made


def begin(driver: Driver, walk: Walk) -> None:
    """First start: two passphrases that differ are told apart, then the book is begun."""
    walk.look(driver, "begin")
    driver.type_into("new-passphrase", PASSPHRASE)
    driver.type_into("new-passphrase-again", "quiet lantern")
    driver.press("begin-book")
    driver.wait(lambda: driver.sees("The two are not the same yet"))
    walk.look(driver, "begin-differs")
    driver.type_into("new-passphrase-again", PASSPHRASE, replace=True)
    driver.press("begin-book")
    driver.wait(lambda: driver.find("sheet-word-12", QLabel).text())
    walk.words = " ".join(driver.find(f"sheet-word-{number}", QLabel).text() for number in range(1, 13))
    walk.code = driver.find("sheet-code", QLabel).accessibleName()
    walk.look(driver, "sheet")
    walk.sheet.parent.mkdir(parents=True, exist_ok=True)
    driver.press("sheet-save")
    driver.choose_files(walk.sheet)
    driver.wait(lambda: driver.sees("Saved as"), seconds=60)
    assert walk.sheet.is_file()
    driver.press("sheet-later")
    driver.find("entry-text")


def write(driver: Driver, walk: Walk) -> None:
    """A letter with bold words, kept by itself within a second of the last key."""
    text = driver.find("entry-text", PageText)
    driver.wait(lambda: driver.find("entry-date").property("text"))
    driver.type_into("entry-title", TITLE + (f" {walk.canary}" if walk.canary else ""))
    driver.type_into("entry-text", BODY)
    driver.key("Return")
    driver.key("Ctrl+B")
    driver.type_into_focused("I told it about you." + walk.canary)
    driver.key("Ctrl+B")
    driver.choose_from_menu("entry-kind", "A letter")
    driver.press("entry-to")
    driver.type_into("ask-recipient-line", "Wren")
    driver.press("ask-recipient-done")
    kept(driver)
    assert [span.bold for span in text.blocks()[-1].spans] == [True]
    walk.look(driver, "write")


def kept(driver: Driver) -> None:
    """Wait until the screen says that everything is kept."""
    driver.wait(lambda: driver.find("kept-state", QLabel).text().startswith("Kept at"))


def add_pictures(driver: Driver, walk: Walk) -> None:
    """By button, by drop, and by paste."""

    def shown(number: int) -> Callable[[], bool]:
        return lambda: len([p for p in driver.all(Picture) if p.is_shown]) == number

    driver.press("add-photo")
    driver.wait(lambda: driver.all(QFileDialog))
    walk.look(driver, "choose-pictures")
    driver.choose_files(walk.pictures["HEIF"])
    driver.wait(shown(1))
    driver.drop("entry-text", walk.pictures["JPEG"])
    driver.wait(shown(2))
    with other_program.puts(driver, walk.pictures["PNG"].read_bytes(), "image/png"):
        driver.find("entry-text").setFocus()
        driver.key("Ctrl+V")
        driver.wait(shown(3))
    kept(driver)
    driver.all(Picture)[0].setFocus()
    driver.key("Return")
    driver.type_into("photo-caption", "First leaves" + walk.canary)
    walk.look(driver, "photo")
    driver.press("photo-done")
    driver.wait(lambda: driver.all(Picture)[0].accessibleName().startswith("First leaves"))
    walk.look(driver, "write-photos")


def copy(driver: Driver, walk: Walk) -> None:
    """Words of the page for another program, which gets them; they are gone once the book is closed."""
    driver.find("entry-text").setFocus()
    driver.key("Ctrl+A")
    driver.key("Ctrl+C")
    assert "planted the little maple" in other_program.read(driver, "clipboard")
    walk.look(driver, "copied")


def take_off_and_put_back(driver: Driver) -> None:
    """A photo added by mistake can go, and come back."""
    number = len(driver.all(Picture))
    driver.all(Picture)[-1].setFocus()
    driver.key("Return")
    driver.press("photo-take-off")
    driver.wait(lambda: len(driver.all(Picture)) == number - 1)
    driver.press("write-notice-action")
    driver.wait(lambda: len([p for p in driver.all(Picture) if p.is_shown]) == number)
    kept(driver)


def second_page(driver: Driver) -> None:
    """A page without a title, from someone else, on another day."""
    driver.press("new-page")
    driver.wait(lambda: not driver.find("entry-title", QLineEdit).text())
    driver.type_into("entry-text", "We lit the candle at seven.")
    driver.choose_from_menu("entry-from", "Someone else…")
    driver.type_into("ask-writer-line", "Sam")
    driver.press("ask-writer-done")
    driver.press("entry-date")
    driver.type_into("entry-date-field-day", "15", replace=True)
    driver.press("entry-date-done")
    kept(driver)


def read(driver: Driver, walk: Walk) -> None:
    """The story lists both pages by month; the search finds the one with the word, as it is typed."""
    driver.press("place-story")
    rows = driver.find("story-list", QListView)

    def titles() -> list[str]:
        model = rows.model()
        found = [model.index(row, 0).data(ROW_ROLE) for row in range(model.rowCount())]
        return [row.title or row.excerpt for row in found if row is not None]

    driver.wait(lambda: len(titles()) == 2)
    walk.look(driver, "story")
    driver.type_into("story-search", "map")
    driver.wait(lambda: len(titles()) == 1 and titles()[0].startswith(TITLE))
    driver.wait(lambda: driver.find("reading-title", QLabel).text().startswith(TITLE))
    driver.wait(lambda: len([p for p in driver.all(Picture) if p.is_shown]) == 3)
    walk.look(driver, "story-search")
    driver.type_into("story-search", "", replace=True)
    driver.key("Backspace")
    driver.wait(lambda: len(titles()) == 2)


def keep_dates(driver: Driver, walk: Walk) -> None:
    """A due date and an anniversary."""
    driver.press("place-dates")
    days = (("due", "Wren's due date" + walk.canary, "3"), ("anniversary", "The day we knew", "24"))
    for kind, words, day in days:
        driver.press("add-date")
        driver.press(f"day-kind-{kind}")
        driver.type_into("day-label", words)
        driver.type_into("day-date-day", day)
        driver.choose_month("day-date-month", 10)
        driver.type_into("day-date-year", str(VagueDate.of(driver.application.now().date()).year))
        if kind == "due":
            walk.look(driver, "date-sheet")
        driver.press("day-keep")
        driver.wait(lambda words=words: driver.sees(words))
    walk.look(driver, "dates")


def find_help(driver: Driver, walk: Walk) -> None:
    """Organisations are listed without any connection."""
    driver.press("place-support")
    page = driver.all(SupportPage)[0]
    driver.wait(lambda: len(page.findChildren(QLabel)) > 10)
    walk.look(driver, "support")


def print_book(driver: Driver, walk: Walk) -> None:
    """Real pages on the screen, then the PDF where it was asked for."""
    walk.pdf.parent.mkdir(parents=True, exist_ok=True)
    driver.press("place-book")
    driver.type_into("book-title", "Wren" + walk.canary, replace=True)
    page = driver.all(BookPage)[0]
    driver.wait(lambda: driver.find("book-place", QLabel).text(), seconds=60)
    driver.wait(lambda: page.is_drawn)
    driver.press("book-after")
    driver.wait(lambda: page.is_drawn)
    walk.look(driver, "book")
    driver.press("save-pdf")
    driver.wait(lambda: driver.all(QFileDialog))
    (dialog,) = driver.all(QFileDialog)
    assert [Path(name).name for name in dialog.selectedFiles()] == ["Memory Book.pdf"]
    walk.look(driver, "choose-pdf")
    driver.choose_files(walk.pdf)
    driver.wait(lambda: driver.sees("Saved as"), seconds=60)
    assert walk.pdf.is_file()


def look_at_settings(driver: Driver, walk: Walk) -> None:
    """Every way in is listed, and the computer's password store is asked whether it can be used."""
    driver.press("place-settings")
    driver.find("keyring-yes")
    walk.look(driver, "settings")
    driver.press("show-help")
    driver.find("help-back")
    walk.look(driver, "help")
    driver.press("help-back")


def close_and_open(driver: Driver, walk: Walk) -> None:
    """One key closes; the wrong passphrase has its sentence; the right one shows the words again."""
    driver.press("place-write")
    driver.find("entry-text")
    driver.key("Ctrl+L")
    driver.wait(lambda: driver.all(LockScreen))
    driver.wait(lambda: driver.find("open-book").isEnabled())
    walk.look(driver, "closed")
    assert other_program.read(driver, "clipboard", "TARGETS") == ""
    driver.press("closed-support")
    driver.wait(lambda: driver.all(SupportPage))
    walk.look(driver, "closed-support")
    driver.press("support-back")
    driver.type_into("passphrase", "not this one")
    driver.key("Return")
    driver.wait(lambda: driver.sees("The passphrase did not match"))
    walk.look(driver, "closed-wrong")
    driver.type_into("passphrase", PASSPHRASE)
    driver.press("open-book")
    driver.press("place-story")
    driver.wait(lambda: driver.find("story-list", QListView).model().rowCount() >= 2)


def whole(driver: Driver, walk: Walk) -> None:
    """Steps one to eight, in order."""
    walk.home.mkdir(parents=True, exist_ok=True)
    walk.pictures = make_pictures(walk.folder / "phone", walk.canary)
    driver.show()
    driver.application.window.locking.choose_place(walk.home)
    begin(driver, walk)
    write(driver, walk)
    add_pictures(driver, walk)
    copy(driver, walk)
    take_off_and_put_back(driver)
    second_page(driver)
    read(driver, walk)
    keep_dates(driver, walk)
    find_help(driver, walk)
    print_book(driver, walk)
    look_at_settings(driver, walk)
    close_and_open(driver, walk)
    driver.press("place-close-book")
    driver.wait(lambda: driver.all(LockScreen))


def loaded_libraries() -> list[str]:
    """The files that are part of this process at this moment."""
    lines = Path("/proc/self/maps").read_text().splitlines()
    return sorted({line.split(maxsplit=5)[5] for line in lines if line.count("/")})


def look_everywhere(walk: Walk, screens: Path | None, found: traces.Descriptors) -> None:
    """At every stop: a picture, the titles of all windows, and the files that have no name."""

    def look(driver: Driver, name: str) -> None:
        if screens:
            driver.picture(screens / f"{name}.png")
        walk.titles |= {window.windowTitle() for window in QApplication.topLevelWidgets()}
        walk.titles |= {window.title() for window in QGuiApplication.allWindows()}
        found.look(name)

    walk.look = look


def main() -> int:
    harden()
    log.install()
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--screens", type=Path)
    parser.add_argument("--canary", action="store_true")
    parser.add_argument("--loaded", type=Path)
    parser.add_argument("--theme", choices=["light", "dark"], default="light")
    given = parser.parse_args()
    walk = Walk(given.folder, sys.stdin.readline().strip() if given.canary else "")
    found = traces.Descriptors([PASSPHRASE, *filter(None, [walk.canary])])
    look_everywhere(walk, given.screens, found)
    with running() as driver:
        driver.settings.theme = given.theme
        driver.application.restyle()
        try:
            whole(driver, walk)
        except Stuck as stuck:
            print(stuck, file=sys.stderr)  # of this the log says no more than where it was
            raise
        if given.loaded:
            given.loaded.write_text("\n".join(loaded_libraries()))
    told = {"titles": sorted(walk.titles), "looks": found.looks, "hits": found.hits}
    print(json.dumps(told | {"words": walk.words, "code": walk.code}))
    print("walked")
    return 0


if __name__ == "__main__":
    sys.exit(main())
