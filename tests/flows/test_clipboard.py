"""What other programs on the same screen get to see of what is selected and copied."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from memorybook.ui.core import clipboard
from memorybook.ui.kit.editor import PageText
from memorybook.ui.kit.pictures import Picture
from tests.corpus import pictures
from tests.flows import other_program
from tests.flows.driver import Driver, running
from tests.flows.test_refusals import begin

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]

ALLOWED = other_program.PLAIN_TEXT | set(clipboard.HINTS)


@pytest.fixture
def driver() -> Iterator[Driver]:
    with running() as driver:
        driver.show()
        yield driver
        QGuiApplication.clipboard().clear()


def select_by_mouse(driver: Driver, widget: QLineEdit | PageText) -> None:
    """A real mouse double-clicks the first word, as far as the X server can tell."""
    target = widget.viewport() if isinstance(widget, PageText) else widget
    at = QPoint(8, 12) if isinstance(widget, PageText) else QPoint(18, target.height() // 2)
    other_program.double_click(target.mapToGlobal(at))
    driver.wait(lambda: selected(widget))
    QTest.keySequence(widget, QKeySequence("Ctrl+A"))


def selected(widget: QLineEdit | PageText) -> str:
    return widget.textCursor().selectedText() if isinstance(widget, PageText) else widget.selectedText()


def look_at(driver: Driver, name: str, words: str) -> None:
    """Selected, it is nobody's; copied, it is plain words with the hints."""
    widget = driver.find(name, PageText) if name.endswith("-text") else driver.find(name, QLineEdit)
    select_by_mouse(driver, widget)
    assert other_program.read(driver, "primary", "TARGETS") == ""
    QTest.keySequence(widget, QKeySequence("Ctrl+C"))
    assert other_program.read(driver, "clipboard") == words
    offered = other_program.forms(driver, "clipboard")
    assert offered <= ALLOWED
    assert offered >= {"text/plain", *clipboard.HINTS}
    assert other_program.read(driver, "clipboard", "x-kde-passwordManagerHint") == "secret"
    assert other_program.read(driver, "primary", "TARGETS") == ""


def test_selecting_publishes_nothing_and_copying_plain_words_only(driver: Driver, tmp_path: Path) -> None:
    log = tmp_path / "snooped"
    with other_program.snooping(log):
        begin(driver, tmp_path / "book")
        driver.type_into("entry-title", "A title")
        driver.type_into("entry-text", "Words of the page")
        look_at(driver, "entry-title", "A title")
        look_at(driver, "entry-text", "Words of the page")
        (tmp_path / "photo.jpg").write_bytes(pictures.jpeg())
        driver.drop("entry-text", tmp_path / "photo.jpg")
        driver.wait(lambda: [p for p in driver.all(Picture) if p.is_shown])
        driver.all(Picture)[0].setFocus()
        driver.key("Return")
        driver.type_into("photo-caption", "A caption")
        look_at(driver, "photo-caption", "A caption")
        driver.press("photo-done")
        driver.wait(lambda: driver.find("kept-state", QLabel).text().startswith("Kept at"))
        driver.press("place-story")
        driver.type_into("story-search", "page")
        look_at(driver, "story-search", "page")
        driver.wait(lambda: driver.find("reading-text", PageText).toPlainText())
        look_at(driver, "reading-text", "Words of the page")
    assert log.read_text() == ""


def test_a_passphrase_that_is_shown_is_published_to_nobody(driver: Driver, tmp_path: Path) -> None:
    log = tmp_path / "snooped"
    with other_program.snooping(log):
        driver.application.window.locking.choose_place(tmp_path / "book")
        driver.type_into("new-passphrase", "quiet lantern over water")
        line = driver.find("new-passphrase", QLineEdit)
        QTest.keySequence(line, QKeySequence("Ctrl+A"))
        QTest.keySequence(line, QKeySequence("Ctrl+C"))
        assert other_program.read(driver, "clipboard", "TARGETS") == "", "hidden, it cannot be copied"
        driver.press("new-passphrase-show")
        select_by_mouse(driver, line)
        assert other_program.read(driver, "primary", "TARGETS") == ""
    assert log.read_text() == ""


_STOCK = """
import sys
from PySide6.QtCore import QSocketNotifier
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
application = QApplication([])
line = QLineEdit("published")
line.selectionChanged.connect(lambda: print("selected", flush=True))
line.show()
QTest.qWaitForWindowExposed(line)
place = line.mapToGlobal(line.rect().center())
print(place.x(), place.y(), flush=True)
ended = QSocketNotifier(0, QSocketNotifier.Type.Read)
ended.activated.connect(application.quit)
application.exec()
"""


def test_control_a_line_as_qt_makes_it_publishes_what_is_selected(driver: Driver, tmp_path: Path) -> None:
    log = tmp_path / "snooped"
    command = [sys.executable, "-c", _STOCK]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as stock:
        assert stock.stdout is not None
        x, y = stock.stdout.readline().split()
        other_program.double_click(QPoint(int(x), int(y)))
        assert stock.stdout.readline() == "selected\n"
        with other_program.snooping(log):
            driver.wait(lambda: log.is_file() and "published" in log.read_text())
        assert other_program.read(driver, "primary") == "published"
        stock.communicate()


def copied(driver: Driver, words: str) -> None:
    driver.type_into("entry-title", words, replace=True)
    driver.key("Ctrl+A")
    driver.key("Ctrl+C")
    assert QGuiApplication.clipboard().text() == words


def test_copied_words_go_when_their_time_is_up(driver: Driver, tmp_path: Path) -> None:
    begin(driver, tmp_path)
    guard = clipboard.current()
    assert guard._timer.interval() == clipboard.KEPT_MS == 60_000
    guard._timer.setInterval(40)
    copied(driver, "For one paste")
    driver.wait(lambda: not QGuiApplication.clipboard().text())
    assert other_program.read(driver, "clipboard") == ""
    guard._timer.setInterval(clipboard.KEPT_MS)


def test_what_another_program_copied_since_stays(driver: Driver, tmp_path: Path) -> None:
    begin(driver, tmp_path)
    guard = clipboard.current()
    copied(driver, "Ours")
    with other_program.puts(driver, b"Theirs"):
        assert not guard._timer.isActive()
        guard.clear_if_ours()
        assert other_program.read(driver, "clipboard") == "Theirs"


def test_copied_words_go_when_the_book_is_locked(driver: Driver, tmp_path: Path) -> None:
    begin(driver, tmp_path)
    copied(driver, "Ours")
    clipboard.current().clear_if_ours()
    assert other_program.read(driver, "clipboard", "TARGETS") == ""


def test_a_number_of_people_to_talk_to_stays_until_something_else_is_copied(
    driver: Driver, tmp_path: Path
) -> None:
    driver.settings.support_country = "GB"
    begin(driver, tmp_path)
    driver.press("place-support")
    button = next(w for w in driver.all(QWidget) if w.objectName().startswith("copy-") and w.isVisible())
    driver.press(button.objectName())
    number = QGuiApplication.clipboard().text()
    assert number
    guard = clipboard.current()
    assert not guard._timer.isActive()
    guard.clear_if_ours()
    assert other_program.read(driver, "clipboard") == number
    assert other_program.forms(driver, "clipboard") <= ALLOWED


def test_a_picture_of_ours_is_never_left_on_the_clipboard(driver: Driver) -> None:
    board = QGuiApplication.clipboard()
    board.setPixmap(driver.window.grab())
    assert other_program.read(driver, "clipboard", "TARGETS") == ""


_QUIT = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from memorybook.ui.core import clipboard
application = QApplication([])
clipboard.current()
line = QLineEdit("Copied last")
line.selectAll()
line.copy()
board = QGuiApplication.clipboard()
print(board.text(), flush=True)
application.aboutToQuit.connect(lambda: print(repr(board.text()), board.ownsClipboard(), flush=True))
QTimer.singleShot(0, application.quit)
application.exec()
"""


def test_nothing_is_handed_to_a_clipboard_manager_at_the_end() -> None:
    command = [sys.executable, "-c", _QUIT]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines() == ["Copied last", "'' False"]


def test_words_cannot_be_dragged_out_of_the_page(driver: Driver, tmp_path: Path) -> None:
    """A drag would keep this test in its own loop until the button comes up, which it never sees."""
    begin(driver, tmp_path)
    driver.type_into("entry-text", "These words stay where they are")
    text = driver.find("entry-text", PageText)
    text.selectAll()
    inside, outside = QPoint(30, 12), QPoint(300, 140)
    page = text.viewport()
    QTest.mousePress(page, Qt.MouseButton.LeftButton, pos=inside)
    move = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(outside), QPointF(page.mapToGlobal(outside)), Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(page, move)
    QApplication.sendEvent(page, move)
    QTest.mouseRelease(page, Qt.MouseButton.LeftButton, pos=outside)
    assert text.toPlainText() == "These words stay where they are"
