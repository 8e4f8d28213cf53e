"""A picture of every screen: light and dark, two window sizes, large text, empty and full.

python -m tests.flows.screenshots --to DIR
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QLabel, QListView

from memorybook.domain.entry import EntryDraft
from memorybook.services import sample
from memorybook.ui.book.view import BookPage
from memorybook.ui.kit.pictures import Picture
from memorybook.ui.lock.view import LockScreen
from memorybook.ui.story.reading import ReadingPane
from tests.flows import settings_pictures, ways_in_pictures
from tests.flows.driver import Driver, running

PASSPHRASE = "quiet lantern over water"
PLACES = ("write", "story", "dates", "support", "book", "settings")


@dataclass(frozen=True)
class Look:
    """One way the window can be."""

    name: str
    theme: str
    size: tuple[int, int]
    text: int = 100


LOOKS = (
    Look("light-1280x800", "light", (1280, 800)),
    Look("dark-1280x800", "dark", (1280, 800)),
    Look("light-1024x640", "light", (1024, 640)),
    Look("light-1280x800-text200", "light", (1280, 800), 200),
    Look("dark-1024x640-text200", "dark", (1024, 640), 200),
)


def dress(driver: Driver, look: Look) -> None:
    driver.settings.theme, driver.settings.text_scale = look.theme, look.text
    driver.application.restyle()
    driver.window.resize(*look.size)
    driver.wait(lambda: (driver.window.width(), driver.window.height()) == look.size)


def make_books(driver: Driver, folder: Path) -> dict[str, Path]:
    """An empty book, and the sample with a very long name on its cover left to the reader."""
    library = driver.application.library
    books = {"empty": folder / "Empty", "full": folder / "Full"}
    library.create(books["empty"], PASSPHRASE).close()
    vault = library.create(books["full"], PASSPHRASE)
    sample.make_sample(vault)
    vault.close()
    return books


def unlock(driver: Driver, book: Path) -> None:
    driver.application.window.locking.choose_book(book)
    driver.type_into("passphrase", PASSPHRASE)
    driver.press("open-book")
    driver.find("entry-text")


def close(driver: Driver) -> None:
    driver.press("place-close-book")
    driver.wait(lambda: driver.all(LockScreen))
    driver.wait(lambda: driver.find("open-book").isEnabled())


def places(driver: Driver, *, full: bool) -> Iterator[str]:
    """Turn to each place and wait until it shows what it has."""
    for place in PLACES:
        driver.press(f"place-{place}")
        if place == "write" and full:
            newest = driver.book.vault.journal.page(limit=12).result().rows
            with_photos = next(row for row in newest if row.photo_count > 0)
            driver.book.writing.open(with_photos.id)
            driver.wait(lambda: driver.all(Picture) and all(p.is_shown for p in driver.all(Picture)))
        if place == "story" and full:
            driver.wait(lambda: driver.find("story-list", QListView).model().rowCount() > 10)
            if driver.all(ReadingPane):  # in a narrow window the list is alone
                driver.wait(lambda: driver.find("reading-line", QLabel).text())
            driver.wait(lambda: all(p.is_shown for p in driver.all(Picture)))
        if place == "dates" and full:
            driver.wait(lambda: driver.sees("Looking back"))
        if place == "book" and full:
            page = driver.all(BookPage)[0]
            driver.wait(lambda page=page: page.is_drawn, seconds=90)
            driver.press("book-after")
            driver.press("book-after")
            driver.wait(lambda page=page: page.is_drawn, seconds=90)
        driver.settle()
        yield place


def long_name(driver: Driver, to: Path) -> None:
    """A very long title, a very long name and words from right to left."""
    vault = driver.book.vault
    name = "Our much loved little one with the longest of all the names we could think of, " * 2
    vault.preferences.put("title", name).result()
    person = vault.people.add(name).result()
    draft = EntryDraft(
        title=name, body=f"{name}\n\nכתבנו לך מכתב. كتبنا لك رسالة.\n", author=person.id, recipient=name
    )
    vault.journal.keep(None, draft).result()
    driver.press("place-story")
    driver.wait(lambda: driver.find("story-list", QListView).model().rowCount() > 1)
    driver.picture(to / "long-name" / "story.png")


def main() -> int:
    parser = argparse.ArgumentParser(description="A picture of every screen.")
    parser.add_argument("--to", type=Path, required=True, metavar="DIR")
    to = parser.parse_args().to
    with tempfile.TemporaryDirectory() as folder, running() as driver:
        driver.settings.support_country = "GB"
        driver.show()
        for look in LOOKS:
            dress(driver, look)
            name = ways_in_pictures.LONG if look.size[0] < 1280 else "Memory Book"
            ways_in_pictures.every_way(driver, Path(folder) / look.name / name, to / look.name)
            if look is LOOKS[0]:
                ways_in_pictures.failures(driver, Path(folder) / look.name / name, to)
        books = make_books(driver, Path(folder))
        for state, book in books.items():
            for look in LOOKS if state == "full" else LOOKS[:1]:
                dress(driver, look)
                driver.application.window.locking.choose_book(book)
                driver.picture(to / look.name / "closed.png")
                unlock(driver, book)
                for place in places(driver, full=state == "full"):
                    driver.picture(to / look.name / f"{state}-{place}.png")
                close(driver)
        settings_pictures.make(driver, Path(folder) / "Ways in")
        for look in LOOKS:
            dress(driver, look)
            unlock(driver, Path(folder) / "Ways in")
            settings_pictures.everything(driver, to / look.name)
            close(driver)
        dress(driver, LOOKS[0])
        unlock(driver, books["empty"])
        long_name(driver, to)
    print(f"{len(list(to.rglob('*.png')))} pictures are in {to}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
