"""A picture of every screen: light and dark, two window sizes, large text, empty and full.

python -m tests.flows.screenshots --to DIR
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QLabel, QListView

from memorybook.domain.entry import EntryDraft
from memorybook.services import sample
from memorybook.system.dictionaries import Dictionaries
from memorybook.ui.book.view import BookPage
from memorybook.ui.kit.pictures import Picture
from memorybook.ui.lock.view import LockScreen
from memorybook.ui.shell.sidebar import place_names
from memorybook.ui.story.reading import ReadingPane
from tests.flows import book_pictures, dates_pictures, gathered_pictures, settings_pictures, ways_in_pictures
from tests.flows.driver import Driver, running
from tests.flows.looks import LOOKS, Look, dress

PASSPHRASE = "quiet lantern over water"


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
    """Turn to each place of the sidebar and wait until it shows what it has."""
    for place in place_names():
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
        if place == "family" and full:
            driver.find("baby-change-1")
        if place == "dates" and full:
            driver.wait(lambda: driver.sees("Looking back"))
        if place == "book" and full:
            page = driver.all(BookPage)[0]
            driver.wait(lambda page=page: page.is_drawn, seconds=90)
            driver.press("book-after")
            driver.press("book-after")
            driver.wait(lambda page=page: page.is_drawn, seconds=90)
        if full:
            gathered_pictures.wait_for(driver, place)
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
    driver.picture(to / "long-name.png")


def tour(driver: Driver, folder: Path, look: Look, to: Path, *, failures: bool = False) -> None:
    """Everything there is to see in one look; ``to`` takes the pictures, ``folder`` the books."""
    dress(driver, look)
    name = ways_in_pictures.LONG if look.size[0] < 1280 else "Memory Book"
    ways_in_pictures.every_way(driver, folder / name, to)
    if failures:
        ways_in_pictures.failures(driver, folder / name, to)
    for state, book in make_books(driver, folder).items():
        driver.application.window.locking.choose_book(book)
        driver.picture(to / "closed.png")
        unlock(driver, book)
        for place in places(driver, full=state == "full"):
            driver.picture(to / f"{state}-{place}.png")
            if state == "full":
                gathered_pictures.closer(driver, place, to / f"{state}-{place}")
                dates_pictures.closer(driver, place, to / f"{state}-{place}")
        close(driver)
    settings_pictures.make(driver, folder / "Ways in")
    unlock(driver, folder / "Ways in")
    settings_pictures.everything(driver, to)
    long_name(driver, to)
    close(driver)


def at_work(driver: Driver, folder: Path, look: Look, to: Path) -> None:
    """What is seen while a book is written in, read and kept."""
    dress(driver, look)
    books = book_pictures.make(driver.application.library, folder)
    for state, pictured in (
        ("sample", book_pictures.of_the_sample),
        ("large", book_pictures.of_many_pages),
    ):
        driver.application.window.locking.choose_book(books[state])
        unlock(driver, books[state])
        pictured(driver, to)
        close(driver)


def main() -> int:
    parser = argparse.ArgumentParser(description="A picture of every screen.")
    parser.add_argument("--to", type=Path, required=True, metavar="DIR")
    to = parser.parse_args().to
    with tempfile.TemporaryDirectory() as folder:
        words = Path(folder) / "words"
        book_pictures.dictionary(words)
        pictures(Path(folder), Dictionaries(own=words / "own", places=[words]), to)
    print(f"{len(list(to.rglob('*.png')))} pictures are in {to}")
    return 0


def pictures(folder: Path, dictionaries: Dictionaries, to: Path) -> None:
    with running(dictionaries=dictionaries) as driver:
        driver.settings.support_country = "GB"
        driver.show()
        for look in LOOKS:
            tour(driver, folder / look.name, look, to / look.name, failures=look is LOOKS[0])
            at_work(driver, folder / f"{look.name} at work", look, to / look.name / "at-work")


if __name__ == "__main__":
    sys.exit(main())
