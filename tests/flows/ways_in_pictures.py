"""Pictures of every way into a book: beginning, the recovery sheet, words, and what can go wrong."""

import shutil
from pathlib import Path

from PySide6.QtWidgets import QLabel

from memorybook import errors
from memorybook.errors import MemoryBookError, VaultError
from memorybook.services.recovery import RecoverySheet, RecoveryWords
from memorybook.ui.lock.view import LockScreen
from tests.flows.driver import Driver

PASSPHRASE = "quiet lantern over water"
LONG = "A folder with one of the longest names that anybody is ever likely to give to a place of this kind"


def sheet_of(driver: Driver) -> RecoverySheet:
    """The sheet of the book that is open."""
    return driver.book.vault.ways.sheet().result()


def begin(driver: Driver, folder: Path) -> None:
    """Begin a book, up to the recovery sheet."""
    folder.mkdir(parents=True, exist_ok=True)
    driver.application.window.locking.choose_place(folder)
    driver.wait(lambda: driver.find("new-book-place").accessibleName().startswith(str(folder)))
    driver.type_into("new-passphrase", PASSPHRASE, replace=True)
    driver.type_into("new-passphrase-again", PASSPHRASE, replace=True)
    driver.press("begin-book")
    driver.wait(lambda: driver.find("sheet-word-12", QLabel).text())


def close(driver: Driver) -> None:
    driver.press("place-close-book")
    driver.wait(lambda: driver.all(LockScreen))
    driver.wait(lambda: driver.find("open-book").isEnabled())


def wrong_word(right: str) -> str:
    """Another word of the list."""
    return next(word for word in RecoveryWords().words if word != right)


def type_words(driver: Driver, name: str, words: list[str]) -> None:
    """As a person does: four letters and a blank."""
    driver.find(f"{name}-1").setFocus()
    for word in words:
        driver.type_into_focused(word[:4] + " ")


def every_way(driver: Driver, folder: Path, to: Path) -> None:
    """All of it in one look, with a long name where there is little room for it."""
    driver.application.window.locking.offer_begin()
    driver.find("begin-book")
    driver.picture(to / "begin.png")
    sheet = setting_up(driver, folder, to)
    close(driver)
    forgotten(driver, folder, sheet, to)


def setting_up(driver: Driver, folder: Path, to: Path) -> RecoverySheet:
    """From the first start to the typed-back sheet."""
    begin(driver, folder)
    driver.picture(to / "sheet-page.png")
    sheet = sheet_of(driver)
    driver.press("sheet-save")
    driver.choose_files(folder.parent / "page.pdf")
    driver.wait(lambda: driver.sees("This file is not locked"))
    driver.picture(to / "sheet-saved.png")
    driver.press("sheet-type-back")
    type_words(driver, "back-word", list(sheet.words[:6]))
    driver.picture(to / "type-back-half.png")
    driver.type_into_focused("qqq ")
    driver.picture(to / "type-back-not-on-list.png")
    driver.type_into("back-word-7", wrong_word(sheet.words[6]), replace=True)
    driver.find("back-word-8").setFocus()
    for word in sheet.words[7:]:
        driver.type_into_focused(word[:4] + " ")
    driver.press("sheet-check")
    driver.wait(lambda: driver.sees("look at word 7 again"))
    driver.picture(to / "type-back-wrong.png")
    driver.type_into("back-word-7", sheet.words[6], replace=True)
    driver.press("sheet-check")
    driver.wait(lambda: driver.sees("Every word is right"))
    driver.picture(to / "type-back-right.png")
    driver.press("sheet-done")
    driver.find("entry-text")
    return sheet


def forgotten(driver: Driver, folder: Path, sheet: RecoverySheet, to: Path) -> None:
    """The closed book, its words, and a new passphrase."""
    driver.picture(to / "welcome.png")
    driver.press("use-words")
    driver.picture(to / "words-empty.png")
    type_words(driver, "word", list(sheet.words[:6]))
    driver.picture(to / "words-half.png")
    driver.type_into_focused("qqq ")
    driver.picture(to / "words-not-on-list.png")
    driver.type_into("word-7", wrong_word(sheet.words[6]), replace=True)
    driver.find("word-8").setFocus()
    for word in sheet.words[7:]:
        driver.type_into_focused(word[:4] + " ")
    driver.press("open-with-words")
    driver.wait(lambda: driver.sees("look at word 7 again"))
    driver.picture(to / "words-wrong.png")
    other = RecoveryWords().sheet(bytes(range(16)))
    driver.find("word-1").setFocus()
    for number, word in enumerate(other.words, start=1):
        driver.type_into(f"word-{number}", word, replace=True)
    driver.press("open-with-words")
    driver.wait(lambda: driver.sees(errors.RecoveryWordsOther.sentence))
    driver.picture(to / "words-other-book.png")
    driver.press("use-code")
    driver.type_into("word-code", sheet.code)
    driver.picture(to / "code.png")
    driver.press("open-with-words")
    driver.wait(driver.find("next-passphrase-keep").isEnabled)
    driver.picture(to / "new-passphrase.png")
    driver.press("next-passphrase-later")
    driver.find("entry-text")
    close(driver)
    away = folder.parent / f"{folder.name} keys"
    away.mkdir()
    for name in ("book.keys", "book.keys.copy"):
        shutil.move(folder / name, away / name)
    driver.application.window.locking.choose_book(folder)
    driver.wait(lambda: driver.sees(errors.KeyFilesMissing.sentence))
    driver.picture(to / "key-files-missing.png")
    for name in ("book.keys", "book.keys.copy"):
        shutil.move(away / name, folder / name)


def every_failure(root: type[MemoryBookError] = VaultError) -> list[type[MemoryBookError]]:
    """Every problem of a closed book with a sentence of its own, a class before its kinds."""
    elsewhere = {errors.EnoughWaysIn, errors.LastWayIn}
    found = [kind for kind in root.__subclasses__() if "sentence" in vars(kind) and kind not in elsewhere]
    return found + [deeper for kind in root.__subclasses__() for deeper in every_failure(kind)]


def failures(driver: Driver, book: Path, to: Path) -> None:
    """One picture for each sentence, on the card where it is said."""
    locking = driver.application.window.locking
    screen = driver.all(LockScreen)[0]
    beginning = {errors.FolderInUse}
    of_words = {errors.RecoveryWordsMistyped, errors.RecoveryWordsOther}
    not_there = {errors.BookMissing, errors.BookEmpty, errors.NotABook, errors.BookUnreadable}
    for kind in [*every_failure(), errors.StorageFull, errors.StorageFailed]:
        if kind in beginning:
            locking.offer_begin()
            driver.find("begin-book")
        else:
            locking.choose_book(book)
            driver.find("open-book")
            driver.settle()
        if kind in of_words:
            locking.use_words()
        if kind in not_there:
            screen.show_not_there(kind())
        elif issubclass(kind, errors.KeyringError):
            screen.show_remembered()
            screen.show_not_asking(kind())
        else:
            screen.show_problem(kind())
        driver.picture(to / "failures" / f"{kind.__name__}.png")
