"""What cannot be done has its own sentence on the screen, and whatever interrupts loses nothing."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListView, QWidget

from memorybook import errors
from memorybook.errors import MemoryBookError
from memorybook.services import markup
from memorybook.storage import connection, migrate, replicas
from memorybook.ui.book.view import BookPage
from memorybook.ui.core import closed_messages
from memorybook.ui.kit.editor import PageText
from memorybook.ui.lock.view import LockScreen
from tests.corpus import pictures
from tests.disks import read_only, small_disk
from tests.flows.driver import Driver, running

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]

PASSPHRASE = "quiet lantern over water"


def every_error(root: type[MemoryBookError] = MemoryBookError) -> Iterator[type[MemoryBookError]]:
    for kind in root.__subclasses__():
        yield kind
        yield from every_error(kind)


def test_no_two_problems_share_a_sentence() -> None:
    own = [kind for kind in every_error() if "sentence" in vars(kind)]
    assert len({kind.sentence for kind in own}) == len(own) > 20
    assert all("Traceback" not in str(kind()) and kind.sentence not in str(kind()) for kind in own)


def test_a_closed_book_says_nothing_of_what_is_on_the_screen() -> None:
    kinds = [MemoryBookError, *every_error()]
    said = {kind: closed_messages.sentence(kind()) for kind in kinds}
    assert not [kind for kind, text in said.items() if "what you see" in text]
    assert [kind for kind in kinds if "what you see" in kind.sentence], "control: open pages do"
    own = [text for kind, text in said.items() if "sentence" in vars(kind)]
    assert len(set(own)) == len(own)


@pytest.fixture
def driver() -> Iterator[Driver]:
    with running() as driver:
        driver.show()
        yield driver


def begin(driver: Driver, folder: Path) -> None:
    driver.application.window.locking.choose_place(folder)
    driver.type_into("new-passphrase", PASSPHRASE)
    driver.type_into("new-passphrase-again", PASSPHRASE)
    driver.press("begin-book")
    driver.press("sheet-later")
    driver.find("entry-text")


def kept(driver: Driver) -> None:
    driver.wait(lambda: driver.find("kept-state", QLabel).text().startswith("Kept at"))


def test_pictures_that_cannot_be_added_are_told_apart(driver: Driver, tmp_path: Path) -> None:
    begin(driver, tmp_path)
    refused = {
        "holiday.jpg": (b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", errors.PictureNotRecognised),
        "broken.jpg": (pictures.shortened(pictures.jpeg(), 0.6), errors.PictureDamaged),
        "vast.png": (pictures.png_larger_than_allowed(), errors.PictureTooManyPixels),
        "endless.png": (pictures.png_of_many_pixels(), errors.PictureTooManyPixels),
    }
    driver.type_into("entry-text", "Words that stay.")
    for name, (data, error) in refused.items():
        (tmp_path / name).write_bytes(data)
        driver.drop("entry-text", tmp_path / name)
        driver.wait(lambda name=name, error=error: driver.sees(f"{name}: {error.sentence}"))
    driver.drop("entry-text", tmp_path / "gone.jpg")
    driver.wait(lambda: driver.sees(errors.PictureUnreadable.sentence))
    (tmp_path / "phone").mkdir()
    driver.drop("entry-text", tmp_path / "phone")
    driver.wait(lambda: driver.sees(f"phone: {errors.PictureIsFolder.sentence}"))
    kept(driver)
    assert driver.book.vault.journal.all_for_book().result()[0].photo_count == 0


def test_a_folder_that_cannot_be_written_to_is_not_begun_in(driver: Driver, tmp_path: Path) -> None:
    place = tmp_path / "read only"
    place.mkdir()
    with read_only(place):
        driver.application.window.locking.choose_place(place)
        driver.type_into("new-passphrase", PASSPHRASE)
        driver.type_into("new-passphrase-again", PASSPHRASE)
        driver.press("begin-book")
        driver.wait(lambda: driver.sees(errors.BookReadOnly.sentence))
    assert list(place.iterdir()) == []


def test_on_a_full_disk_no_book_is_begun(driver: Driver, tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", "4m") as disk:
        disk.fill()
        driver.application.window.locking.choose_place(disk.folder)
        driver.type_into("new-passphrase", PASSPHRASE)
        driver.type_into("new-passphrase-again", PASSPHRASE)
        driver.press("begin-book")
        driver.wait(lambda: driver.sees("There is no room left on this disk."))
        assert not driver.sees("what you see")


def test_a_book_of_a_newer_version_is_refused_in_words(driver: Driver, tmp_path: Path) -> None:
    begin(driver, tmp_path)
    driver.press("place-close-book")
    driver.wait(lambda: driver.find("open-book").isEnabled())
    book = Path(driver.settings.last_book)
    (way,) = replicas.unlock(book, PASSPHRASE)
    newest = migrate.newest()
    opened = connection.connect(
        book / "book.db", way.seed.database_key(), way.key_file.db_salt, newest=newest
    )
    opened.execute(f"PRAGMA user_version = {newest + 1}")
    opened.close()
    driver.type_into("passphrase", PASSPHRASE)
    driver.press("open-book")
    driver.wait(lambda: driver.sees(errors.BookNewer.sentence))


def test_on_a_full_disk_the_words_stay_and_are_kept_once_there_is_room(
    driver: Driver, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "small", "4m") as disk:
        begin(driver, disk.folder)
        driver.type_into("entry-text", "Kept before. ")
        kept(driver)
        disk.fill()
        driver.type_into_focused("Typed while there is no room. " * 40)
        # More than the log of the book has room for already.
        driver.find("entry-text", PageText).insertPlainText("a long page " * 20_000)
        driver.wait(lambda: driver.sees(errors.StorageFull.sentence))
        assert driver.find("kept-state", QLabel).text() == "Not kept yet"
        driver.key("Ctrl+L")
        driver.find("held-passphrase")
        assert not driver.all(PageText)
        driver.type_into("held-passphrase", PASSPHRASE)
        driver.press("held-open")
        assert "no room" in markup.plain(markup.write(driver.find("entry-text", PageText).blocks()))
        disk.free()
        kept(driver)
        driver.key("Ctrl+L")
        driver.wait(lambda: driver.all(LockScreen))
        driver.wait(lambda: driver.find("open-book").isEnabled())
        driver.type_into("passphrase", PASSPHRASE)
        driver.press("open-book")
        driver.find("entry-text")
        (row,) = driver.book.vault.journal.all_for_book().result()
        body = driver.book.vault.journal.entry(row.id).result().draft.body
        assert body.count("no room") == 40
        driver.press("place-close-book")
        driver.wait(lambda: driver.all(LockScreen))
        driver.wait(lambda: driver.find("open-book").isEnabled())


def test_the_words_can_be_saved_elsewhere_when_the_drive_is_gone(driver: Driver, tmp_path: Path) -> None:
    begin(driver, tmp_path / "drive" / "book")
    driver.type_into("entry-title", "The lantern")
    driver.type_into("entry-text", "Kept before. ")
    kept(driver)
    (tmp_path / "drive").rename(tmp_path / "pulled")
    driver.type_into_focused("Typed when it was gone.")
    driver.wait(lambda: driver.find("kept-state", QLabel).text() == "Not kept yet")
    driver.press("write-notice-action")
    driver.wait(lambda: driver.sees("It is not protected: anyone who finds it can read it."))
    driver.press("words-elsewhere-yes")
    driver.choose_files(tmp_path / "My words.txt")
    driver.wait(lambda: driver.sees("are also in “My words.txt”"))
    said = (tmp_path / "My words.txt").read_text("utf-8")
    assert "# The lantern" in said
    assert "Kept before. Typed when it was gone." in said
    (tmp_path / "pulled").rename(tmp_path / "drive")
    kept(driver)
    driver.wait(lambda: not driver.sees("My words.txt"))


_HOLD = """
import sys
from pathlib import Path
from memorybook.services.kdf import KdfCost
from memorybook.services.vault import Library
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
decoder = Decoder()
library = Library(decoder=decoder, clock=SystemClock(), kdf=KdfCost(8192, 1, 1))
vault = library.open(Path(sys.argv[1]), sys.stdin.readline().rstrip())
print("open", flush=True)
sys.stdin.readline()
vault.close()
decoder.close()
"""


def test_a_book_that_is_open_elsewhere_is_left_alone(driver: Driver, tmp_path: Path) -> None:
    begin(driver, tmp_path)
    driver.press("place-close-book")
    driver.wait(lambda: driver.find("open-book").isEnabled())
    book = Path(driver.settings.last_book)
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(book)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        print(PASSPHRASE, file=other.stdin, flush=True)
        assert other.stdout.readline() == "open\n"
        driver.type_into("passphrase", PASSPHRASE)
        driver.press("open-book")
        driver.wait(lambda: driver.sees(errors.BookOpenElsewhere.sentence))
        print(file=other.stdin, flush=True)
    driver.type_into("passphrase", PASSPHRASE)
    driver.press("open-book")
    driver.find("entry-text")


def test_a_folder_without_a_book_is_never_made_into_one(driver: Driver, tmp_path: Path) -> None:
    empty, nothing, foreign = tmp_path / "empty", tmp_path / "nothing", tmp_path / "foreign"
    for folder in (empty, nothing, foreign):
        folder.mkdir()
    (empty / "book.db").touch()
    (foreign / "book.db").write_bytes(b"%PDF-1.7 something else altogether")
    expected = (
        (tmp_path / "away", errors.BookMissing),
        (nothing, errors.BookMissing),
        (empty, errors.BookEmpty),
        (foreign, errors.NotABook),
    )
    for folder, error in expected:
        driver.application.window.locking.choose_book(folder)
        driver.wait(lambda error=error: driver.sees(error.sentence))
        driver.press("look-again")
        driver.wait(lambda error=error: driver.sees(error.sentence))
        assert not [line for line in driver.all(QLineEdit) if line.objectName() == "passphrase"]
    assert not (tmp_path / "away").exists()
    assert list(nothing.iterdir()) == []
    assert (empty / "book.db").stat().st_size == 0


def test_the_closing_key_works_while_a_dialog_has_the_keyboard(driver: Driver, tmp_path: Path) -> None:
    begin(driver, tmp_path)
    driver.type_into("entry-text", "Kept on the way out.")
    driver.press("entry-date")
    sheet = driver.find("entry-date-sheet")
    driver.wait(sheet.isActiveWindow)
    driver.key("Ctrl+L")
    driver.wait(lambda: driver.all(LockScreen))
    assert not driver.all(QDialog)
    driver.wait(lambda: driver.find("open-book").isEnabled())
    driver.type_into("passphrase", PASSPHRASE)
    driver.press("open-book")
    driver.find("entry-text")
    assert driver.book.vault.journal.count().result() == 1


def test_another_text_size_lays_everything_out_anew_and_keeps_the_page(
    driver: Driver, tmp_path: Path
) -> None:
    begin(driver, tmp_path)
    driver.type_into("entry-text", "These words stay.")
    driver.press("place-settings")
    driver.press("text-size-200")
    driver.wait(lambda: driver.settings.text_scale == 200)
    driver.press("place-write")
    text = driver.find("entry-text", PageText)
    driver.wait(lambda: "These words stay" in markup.write(text.blocks()))
    assert len(driver.all(PageText)) == 1
    driver.press("place-settings")
    driver.press("text-size-100")
    driver.wait(lambda: driver.settings.text_scale == 100)


def test_no_window_flashes_while_places_are_built(driver: Driver, tmp_path: Path) -> None:
    """A widget shown before it has a parent is a window for a moment, and takes the keyboard with it."""
    shown: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(type(watched).__name__)
            return False

    watch = Watch()
    driver.application.qt.installEventFilter(watch)
    begin(driver, tmp_path)
    driver.press("place-settings")
    driver.press("text-size-125")
    driver.wait(lambda: driver.settings.text_scale == 125)
    driver.press("text-size-100")
    driver.settle()
    driver.application.qt.removeEventFilter(watch)
    assert shown == []


def test_a_window_that_is_closed_while_a_book_is_begun_leaves_nothing_running(tmp_path: Path) -> None:
    with running() as driver:
        driver.show()
        driver.application.window.locking.choose_place(tmp_path)
        driver.type_into("new-passphrase", PASSPHRASE)
        driver.type_into("new-passphrase-again", PASSPHRASE)
        driver.press("begin-book")
        driver.wait(lambda: any(tmp_path.iterdir()))
    assert (tmp_path / "book.db").is_file()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("memorybook-")]


def test_what_was_set_for_the_printed_book_outlasts_another_text_size(driver: Driver, tmp_path: Path) -> None:
    begin(driver, tmp_path)
    driver.type_into("entry-text", "One page.")
    kept(driver)
    driver.press("new-page")
    driver.wait(lambda: driver.book.writing.entry_id is None)
    driver.type_into("entry-text", "Another page.")
    driver.press("place-book")
    driver.press("book-choose")
    page = driver.all(BookPage)[0]
    assert len(page.presenter.edition.entries) == 2
    driver.find("choosing-list").setFocus()
    driver.key("Space")
    driver.press("chooser-yes")
    driver.type_into("book-title", "Wren")
    driver.press("book-offer-dedication")
    driver.type_into("book-dedication", "For you")
    driver.press("book-size-a4")
    before = page.presenter.edition
    assert (len(before.entries), before.page_size.value) == (1, "a4")
    assert (before.title, before.dedication) == ("Wren", "For you")
    driver.press("place-settings")
    driver.press("text-size-125")
    driver.wait(lambda: driver.settings.text_scale == 125)
    driver.press("place-book")
    driver.wait(lambda: driver.find("book-place", QLabel).text())
    assert driver.all(BookPage)[0].presenter.edition == before
    driver.press("place-settings")
    driver.press("text-size-100")
    driver.wait(lambda: driver.settings.text_scale == 100)


def test_searching_from_the_middle_of_a_sentence_puts_the_caret_into_the_search(
    driver: Driver, tmp_path: Path
) -> None:
    begin(driver, tmp_path)
    driver.type_into("entry-text", "Words that are not kept yet")
    driver.key("Ctrl+Shift+F")
    search = driver.find("story-search")
    driver.wait(lambda: driver.find("story-list", QListView).model().rowCount() > 0)
    assert search.hasFocus()
