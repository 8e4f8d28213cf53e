"""The settings screen itself: what fits, what the keyboard reaches, what is emptied, what holds at once."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from memorybook.domain.backup import Step
from memorybook.errors import KeyringLocked, KeyringUnprotected, MemoryBookError
from memorybook.services.vault import Vault
from memorybook.services.ways_in import SheetState
from memorybook.system.settings import Settings
from memorybook.ui.core import theme
from memorybook.ui.core.closing import CLOSE_KEY
from memorybook.ui.core.course import Course
from memorybook.ui.core.cover import COVER_KEY
from memorybook.ui.settings import withdrawing
from memorybook.ui.settings.presenter import SettingsPresenter
from memorybook.ui.settings.view import SettingsPage
from memorybook.ui.settings.wording import day_words

T = TypeVar("T")
ANOTHER = "a lantern carried over water"
LONG = "For my sister, should something happen to me & nobody can find the page"


def deliver(
    future: Future[T], done: Callable[[T], None], failed: Callable[[MemoryBookError], None], /
) -> None:
    """At once: what is tested is what the screen does with the answer."""
    error = future.exception(timeout=30)
    if error is None:
        done(future.result())
    else:
        assert isinstance(error, MemoryBookError)
        failed(error)


@pytest.fixture
def device(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.json")


@pytest.fixture
def changed() -> list[str]:
    """What the page asked of its surroundings."""
    return []


@pytest.fixture
def page(
    dressed: QApplication,
    qtbot: QtBot,
    vault: Vault,
    device: Settings,
    changed: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> SettingsPage:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    return made(qtbot, vault, device, changed)


def made(qtbot: QtBot, vault: Vault, device: Settings, changed: list[str]) -> SettingsPage:
    page = SettingsPage(
        device,
        restyle=lambda: changed.append("restyle"),
        title_kept=lambda title: changed.append(f"title {title}"),
    )
    qtbot.addWidget(page)
    page.presenter = SettingsPresenter(
        page, ways=vault.ways, deliver=deliver, withdrawn=lambda _: changed.append("withdrawn")
    )
    page.resize(1056, 800)
    page.show()
    qtbot.waitExposed(page)
    page.presenter.show()
    return page


def button(parent: QWidget, name: str) -> QPushButton:
    found = [each for each in parent.findChildren(QPushButton, name) if each.isVisible()]
    assert len(found) == 1, name
    return found[0]


def line(parent: QWidget, name: str) -> QLineEdit:
    (found,) = [each for each in parent.findChildren(QLineEdit, name) if each.isVisible()]
    return found


def words(parent: QWidget) -> str:
    return "\n".join(each.text() for each in parent.findChildren(QLabel) if each.isVisible())


def dialog(page: QWidget) -> QDialog:
    (shown,) = [each for each in page.findChildren(QDialog) if each.isVisible()]
    return shown


def can_be_removed(page: QWidget) -> bool:
    return any(each.objectName().startswith("remove-way-") for each in controls(page))


def closed(page: QWidget) -> bool:
    return not [each for each in page.findChildren(QDialog) if each.isVisible()]


def add(page: SettingsPage, whose: str, passphrase: str) -> None:
    button(page, "add-way").click()
    line(page, "new-way-label").setText(whose)
    line(page, "new-way-passphrase").setText(passphrase)
    line(page, "new-way-again").setText(passphrase)
    button(page, "new-way-keep").click()


def test_the_cards_are_in_their_order(page: SettingsPage) -> None:
    titles = [each.text() for each in page.findChildren(QLabel) if each.property("role") == "card-title"]
    assert titles == [
        "The words on the cover",
        "Ways into this book",
        "Your recovery sheet",
        "This computer’s keyring",
        "Closing by itself",
        "Light or dark",
        "Size of the text",
        "About Memory Book",
    ]


def test_the_only_passphrase_has_no_way_to_go_and_says_why(page: SettingsPage) -> None:
    assert "A passphrase\nsince " in words(page)
    assert not can_be_removed(page)
    assert "This is the only passphrase, so it cannot be removed." in words(page)
    add(page, "Sam’s", ANOTHER)
    assert closed(page)
    assert "Sam’s\nsince " in words(page)
    assert "Added." in words(page)
    assert "This is the only passphrase" not in words(page)
    button(page, "remove-way-1").click()
    assert "Backups and copies made before keep opening with it" in words(dialog(page))
    button(page, "remove-way-no").click()
    assert "A passphrase\nsince " in words(page)
    button(page, "remove-way-1").click()
    button(page, "remove-way-yes").click()
    assert "A passphrase\nsince " not in words(page)
    assert "Backups and copies of the book made before keep opening with that passphrase." in words(page)
    assert not can_be_removed(page)


def test_a_name_is_given_and_taken_back(page: SettingsPage) -> None:
    for name in (LONG, ""):
        button(page, "rename-way-1").click()
        line(page, "rename-way-label").setText(name)
        button(page, "rename-way-done").click()
        assert closed(page)
        assert f"{name or 'A passphrase'}\nsince " in words(page)


def test_no_passphrase_stays_in_a_field_whatever_the_way_out(page: SettingsPage, qtbot: QtBot) -> None:
    for way_out in ("no", "escape", "reject", "saved"):
        button(page, "change-way-1").click()
        fields = [line(page, "change-way-passphrase"), line(page, "change-way-again")]
        seen: list[str] = []
        dialog(page).finished.connect(lambda _, f=fields, s=seen: s.extend(each.text() for each in f))
        for field in fields:
            field.setText(ANOTHER)
        button(page, "change-way-passphrase-show").click()
        if way_out == "escape":
            QTest.keyClick(dialog(page), Qt.Key.Key_Escape)
        elif way_out == "reject":
            dialog(page).reject()
        else:
            button(page, "change-way-keep" if way_out == "saved" else "change-way-no").click()
        assert closed(page)
        assert seen == ["", ""], way_out
        qtbot.waitUntil(lambda: page.findChild(QDialog, "change-way") is None)


def test_what_was_typed_stays_unless_it_is_a_passphrase(page: SettingsPage, vault: Vault) -> None:
    button(page, "add-way").click()
    line(page, "new-way-label").setText("Sam’s")
    button(page, "new-way-keep").click()
    assert "Please type a passphrase first." in words(dialog(page))
    line(page, "new-way-passphrase").setText("short")
    button(page, "new-way-keep").click()
    assert "The two are not the same yet." in words(dialog(page))
    line(page, "new-way-again").setText("short")
    button(page, "new-way-keep").click()
    assert "This passphrase is short" in words(dialog(page))
    vault.close()
    button(page, "new-way-keep").click()
    assert "The book is closed." in words(dialog(page))
    assert line(page, "new-way-label").text() == "Sam’s"
    assert line(page, "new-way-passphrase").text() == line(page, "new-way-again").text() == ""
    assert button(page, "new-way-keep").text() == "Add this passphrase"
    dialog(page).reject()


def test_what_is_remarked_on_is_in_sight(page: SettingsPage, qtbot: QtBot) -> None:
    """Also when a longer sentence takes the place of a shorter one, and when the window is small."""
    for height in (800, 480):
        page.resize(1056, height)
        qtbot.waitUntil(lambda height=height: page.height() == height)
        button(page, "add-way").click()
        for typed, again in (("maple", ""), ("maple", "maple")):
            line(page, "new-way-passphrase").setText(typed)
            line(page, "new-way-again").setText(again)
            button(page, "new-way-keep").click()
            notice = dialog(page).findChild(QLabel, "new-way-notice")
            assert isinstance(notice, QLabel)
            qtbot.waitUntil(lambda n=notice: n.visibleRegion().boundingRect() == n.rect())
        dialog(page).reject()


def test_the_state_of_the_sheet_is_said_with_its_days(page: SettingsPage, qtbot: QtBot) -> None:
    assert "It has not been made yet." in words(page)
    page.show_sheet(SheetState("2026-10-03", None))
    assert "On the screen on 3 October 2026, and not yet typed back from paper." in words(page)
    page.show_sheet(SheetState("2026-10-03", "2026-10-05"))
    assert "Shown on 3 October 2026, and typed back from paper on 5 October 2026." in words(page)
    with qtbot.waitSignal(page.sheetWanted):
        button(page, "show-sheet").click()


def test_withdrawing_says_what_it_means_before_anything_happens(
    page: SettingsPage, changed: list[str]
) -> None:
    page.show_sheet(SheetState("2026-10-03", None))
    button(page, "withdraw-sheet").click()
    told = words(dialog(page))
    for part in (
        "The book is written anew",
        "about as long as copying it",
        "Sheets printed before no longer open this book",
        "Backups and copies of the book made before still open with the old sheet",
        "Please delete those you do not want to keep",
        "Other people’s passphrases and this computer’s keyring have to be set up again",
    ):
        assert part in told
    button(page, "withdraw-explain-yes").click()
    assert "The passphrase from now on" in words(dialog(page))
    button(page, "withdraw-no").click()
    assert closed(page)
    assert changed == []


def test_the_progress_is_told_in_bytes_and_can_be_stopped(page: SettingsPage, qtbot: QtBot) -> None:
    course = Course()
    sheet = withdrawing.progress(page, course)
    sheet.open()
    assert "Preparing…" in words(sheet)
    course.told(Step("writing", 4_500_000_000, 9_000_000_000))
    qtbot.waitUntil(lambda: "4.5 GB of 9.0 GB" in words(sheet))
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert course.is_stopping
    assert sheet.isVisible(), "until the writing has ended"
    assert "Stopping…" in words(sheet)
    assert not button(sheet, "renewal-stop").isEnabled()
    sheet.finish()
    assert closed(page)


def test_a_closing_book_puts_the_progress_away_and_stops(page: SettingsPage) -> None:
    course = Course()
    sheet = withdrawing.progress(page, course)
    sheet.open()
    sheet.reject()
    assert course.is_stopping
    assert closed(page)


def test_a_writing_that_ends_behind_the_lock_finds_its_window_gone(
    page: SettingsPage, qtbot: QtBot
) -> None:
    sheet = withdrawing.progress(page, Course())
    sheet.open()
    sheet.reject()  # as the lock does; where words wait to be kept, the book stays open behind it
    qtbot.waitUntil(lambda: not shiboken6.isValid(sheet))
    sheet.finish()


def test_the_keyring_is_offered_only_where_it_can_be_used(page: SettingsPage) -> None:
    assert "This computer has no place that keeps passwords for programs" in words(page)
    shown = [each for each in page.findChildren(QPushButton) if each.isVisible()]
    assert not [each for each in shown if each.objectName().startswith("keyring-yes")]
    assert button(page, "keyring-look").isVisible()
    for error in (KeyringLocked(), KeyringUnprotected()):
        page.show_no_keyring(error, on=False)
        assert error.sentence in words(page)
    page.show_keyring(on=False)
    assert "Anyone who is logged in as you" in words(page)
    assert button(page, "keyring-no").isChecked()
    assert not page.findChildren(QPushButton, "keyring-after-lock-yes")[0].isVisible()
    page.show_keyring(on=True)
    assert button(page, "keyring-yes").isChecked()
    assert button(page, "keyring-after-lock-no").isChecked()
    page.show_no_keyring(KeyringLocked(), on=True)
    assert button(page, "keyring-no").isVisible(), "what was turned on can be turned off"


def test_what_is_chosen_holds_and_is_remembered(
    page: SettingsPage, device: Settings, changed: list[str], tmp_path: Path
) -> None:
    assert button(page, "idle-10").isChecked()
    button(page, "idle-0").click()
    assert device.idle_minutes == 0
    button(page, "idle-60").click()
    button(page, "lock-minimised-yes").click()
    page.show_keyring(on=True)
    button(page, "keyring-after-lock-yes").click()
    button(page, "theme-dark").click()
    button(page, "text-size-125").click()
    assert changed == ["restyle", "restyle"]
    again = Settings(tmp_path / "settings.json")
    assert (again.idle_minutes, again.lock_on_minimise, again.keyring_after_lock) == (60, True, True)
    assert (again.theme, again.text_scale) == ("dark", 125)


def test_the_keys_that_hide_everything_are_told(page: SettingsPage) -> None:
    for key in (CLOSE_KEY, COVER_KEY):
        assert key.toString() in words(page)
    assert "always closes when the computer is locked, sleeps" in words(page)


def test_another_text_size_comes_back_to_where_it_was_chosen(
    page: SettingsPage, qtbot: QtBot, vault: Vault, device: Settings
) -> None:
    button(page, "text-size-100").setFocus()
    again = made(qtbot, vault, device, [])
    again.hide()
    again.take_over(page)
    again.show()
    qtbot.waitExposed(again)
    again.activateWindow()
    chip = button(again, "text-size-100")
    qtbot.waitUntil(lambda: again.focusWidget() is chip)
    qtbot.waitUntil(lambda: 0 < chip.mapTo(again, chip.rect().center()).y() < again.height())


def controls(page: QWidget) -> list[QWidget]:
    return [
        each
        for each in page.findChildren(QWidget)
        if isinstance(each, QAbstractButton | QLineEdit) and each.isVisible()
    ]


def test_the_keyboard_reaches_everything_in_reading_order(page: SettingsPage, qtbot: QtBot) -> None:
    add(page, "Sam’s", ANOTHER)
    page.show_sheet(SheetState("2026-10-03", None))
    page.show_keyring(on=True)
    qtbot.waitUntil(lambda: misfits(page) == [])
    wanted = controls(page)
    order = [each for each in _chain(page) if each in wanted]
    assert len(order) == len(wanted)
    for each in order:
        by_arrows = isinstance(each, QPushButton) and each.group() is not None and not each.isChecked()
        assert by_arrows or each.focusPolicy() & Qt.FocusPolicy.TabFocus, each.objectName()
    for before, after in pairwise(order):
        here, there = (each.mapTo(page, each.rect().center()) for each in (before, after))
        beside = abs(there.y() - here.y()) < 16
        assert there.x() > here.x() if beside else there.y() > here.y(), after.objectName()


def test_the_arrows_choose_and_tab_goes_on(page: SettingsPage, device: Settings, qtbot: QtBot) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    line(page, "cover-title").setFocus()
    focused = QApplication.focusWidget
    while focused().objectName() != "idle-10":
        assert focused().objectName() != "show-help", "the keyboard never came to what holds"
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    QTest.keyClick(focused(), Qt.Key.Key_Right)
    assert focused().objectName() == "idle-15"
    assert device.idle_minutes == 15
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused().objectName() == "lock-minimised-no"
    QTest.keyClick(focused(), Qt.Key.Key_Backtab)
    assert focused().objectName() == "idle-15"


def _chain(page: QWidget) -> Iterator[QWidget]:
    each = page.nextInFocusChain()
    while each is not page:
        yield each
        each = each.nextInFocusChain()


def test_everything_has_a_name_and_is_large_enough(page: SettingsPage, dressed: QApplication) -> None:
    add(page, "Sam’s", ANOTHER)
    for control in controls(page):
        assert control.accessibleName(), control.objectName()
        assert control.height() >= 32, control.objectName()
        assert control.width() >= 32, control.objectName()
    names = [each.accessibleName() for each in controls(page) if not each.objectName().endswith("-away")]
    assert "Change the passphrase: Sam’s" in names
    assert "When nothing was typed or moved for: 10 minutes" in names
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("width", "text"), [(564, 80), (564, 100), (800, 100), (1056, 100), (872, 200), (1128, 200)]
)
def test_nothing_is_cut_off(
    dressed: QApplication, qtbot: QtBot, vault: Vault, device: Settings, width: int, text: int
) -> None:
    theme.current().apply("light", text)
    page = made(qtbot, vault, device, [])
    add(page, LONG, ANOTHER)
    page.show_sheet(SheetState("2026-10-03", "2026-10-05"))
    page.show_keyring(on=True)
    page.show_keyring_half_left()
    page.resize(width, 640)
    qtbot.waitUntil(lambda: page.width() == width)
    qtbot.waitUntil(lambda: misfits(page) == [])
    for wanted in ("add-way", "change-way-2", "rename-way-2", "remove-way-2", "withdraw-sheet"):
        button(page, wanted).click()
        shown = dialog(page)
        qtbot.waitUntil(lambda shown=shown: misfits(shown) == [])
        shown.reject()
        qtbot.waitUntil(lambda: closed(page))
    theme.current().apply("light", 100)


def misfits(parent: QWidget) -> list[str]:
    """What is cut off or reaches over the edge."""
    inside = [each for each in parent.findChildren(QWidget) if each.window() is parent.window()]
    found = []
    for each in (each for each in inside if each.isVisible() and not isinstance(each, QScrollBar)):
        if isinstance(each, QLabel) and each.wordWrap() and each.height() < each.heightForWidth(each.width()):
            found.append(each.text())
        if isinstance(each, QAbstractButton) and each.width() < each.sizeHint().width():
            found.append(each.objectName())
        if each.mapTo(parent, each.rect().topRight()).x() > parent.width():
            found.append(each.objectName() or type(each).__name__)
    return found


def test_days_are_said_in_words() -> None:
    assert day_words(None) == day_words("") == ""
    assert day_words("2026-10-03") == "3 October 2026"
    assert day_words("2026-10-03T12:00:00Z") == "3 October 2026"
