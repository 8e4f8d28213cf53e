"""The small window of a day: what it does not show stays as it was, and a reminder without a day is told."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from memorybook.domain.dates import VagueDate
from memorybook.domain.ids import BabyId
from memorybook.domain.occasion import OccasionDraft, OccasionKind
from memorybook.services.remembrance import draft_of, remembrance_days
from memorybook.ui.core import closing
from memorybook.ui.dates.sheet import DaySheet

HERS = OccasionDraft(
    "The day Wren was born",
    VagueDate(2024, 2, 29),
    OccasionKind.ANNIVERSARY,
    yearly=True,
    note="A candle\nat seven",
    baby=BabyId(4),
    reminder=0,
    reminder_words="Light it",
    in_book=False,
)


@pytest.fixture
def kept() -> list[OccasionDraft]:
    return []


@pytest.fixture
def window(dressed: QApplication, qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 700)
    window.show()
    return window


def child(sheet: DaySheet, name: str) -> QWidget:
    found = sheet.findChild(QWidget, name)
    assert found is not None, name
    return found


def keep(sheet: DaySheet) -> None:
    button = child(sheet, "day-keep")
    assert isinstance(button, QPushButton)
    button.click()


@pytest.mark.parametrize(
    "draft",
    [
        HERS,
        OccasionDraft("A month", VagueDate(2026, 3, about=True), reminder=365),
        OccasionDraft("", VagueDate(None, 12, 25)),
        *map(draft_of, remembrance_days()),
    ],
    ids=lambda draft: draft.remembrance or draft.label or "without words",
)
def test_what_is_not_changed_stays_as_it_was(
    window: QWidget, kept: list[OccasionDraft], draft: OccasionDraft
) -> None:
    known = {day.id: day for day in remembrance_days()}
    sheet = DaySheet(
        window,
        draft,
        {},
        kept=kept.append,
        put_away=lambda: None,
        remembrance=known.get(draft.remembrance),
    )
    keep(sheet)
    assert kept == [draft]


def test_a_reminder_without_a_day_is_told_and_a_day_half_typed_is_waited_for(
    window: QWidget, kept: list[OccasionDraft]
) -> None:
    sheet = DaySheet(window, OccasionDraft("x", VagueDate(2026, 3)), {}, kept=kept.append)
    hint, on = child(sheet, "day-reminder-without-day"), child(sheet, "day-reminder")
    day, month = child(sheet, "day-date-day"), child(sheet, "day-date-month")
    assert isinstance(hint, QLabel)
    assert isinstance(on, QCheckBox)
    assert isinstance(day, QLineEdit)
    assert isinstance(month, QComboBox)
    assert not hint.isVisibleTo(sheet)
    on.click()
    assert hint.isVisibleTo(sheet)
    day.setText("31")
    assert not hint.isVisibleTo(sheet)
    month.setCurrentIndex(4)  # 31 April is no date yet
    assert not hint.isVisibleTo(sheet)
    day.setText("")
    assert hint.isVisibleTo(sheet)
    on.click()
    assert not hint.isVisibleTo(sheet)
    sheet.reject()
    assert kept == []


def test_escape_asks_for_a_second_press_once_words_are_written(
    window: QWidget, kept: list[OccasionDraft], qtbot: QtBot
) -> None:
    untouched = DaySheet(window, HERS, {}, kept=kept.append)
    qtbot.keyClick(untouched, Qt.Key.Key_Escape)
    assert not untouched.isVisible()
    sheet = DaySheet(window, OccasionDraft(), {}, kept=kept.append)
    note = child(sheet, "day-note")
    qtbot.keyClicks(note, "By the river")
    qtbot.keyClick(note, Qt.Key.Key_Escape)
    assert sheet.isVisible()
    assert "Escape once more" in " ".join(each.text() for each in sheet.findChildren(QLabel))
    qtbot.keyClick(note, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert kept == []


@pytest.mark.parametrize("way", ["Not now", "The cross"])
def test_every_other_way_out_asks_as_escape_does(
    window: QWidget, kept: list[OccasionDraft], qtbot: QtBot, way: str
) -> None:
    def leave(sheet: DaySheet) -> None:
        button = child(sheet, "day-no")
        assert isinstance(button, QPushButton)
        button.click() if way == "Not now" else sheet.close()

    untouched = DaySheet(window, HERS, {}, kept=kept.append)
    leave(untouched)
    assert not untouched.isVisible()
    sheet = DaySheet(window, OccasionDraft(), {}, kept=kept.append)
    qtbot.keyClicks(child(sheet, "day-note"), "By the river")
    leave(sheet)
    assert sheet.isVisible()
    assert way in " ".join(each.text() for each in sheet.findChildren(QLabel))
    leave(sheet)
    assert not sheet.isVisible()
    assert kept == []


def test_a_day_that_is_put_away_goes_with_what_was_just_written(window: QWidget, qtbot: QtBot) -> None:
    done: list[object] = []
    for typed in ("", "X"):
        sheet = DaySheet(window, HERS, {}, kept=done.append, put_away=lambda: done.append("put away"))
        qtbot.keyClicks(child(sheet, "day-label"), typed)
        button = child(sheet, "day-put-away")
        assert isinstance(button, QPushButton)
        button.click()
    assert done == ["put away", replace(HERS, label=f"X{HERS.label}"), "put away"]


def test_a_year_alone_says_that_it_does_not_come_round(
    window: QWidget, kept: list[OccasionDraft], qtbot: QtBot
) -> None:
    sheet = DaySheet(window, OccasionDraft(day=VagueDate(2024)), {}, kept=kept.append)
    said, yearly = child(sheet, "day-leap"), child(sheet, "day-yearly")
    assert isinstance(said, QLabel)
    assert isinstance(yearly, QCheckBox)
    assert not said.isVisibleTo(sheet)
    yearly.click()
    assert said.isVisibleTo(sheet)
    assert "does not come round" in said.text()
    yearly.click()
    assert not said.isVisibleTo(sheet)
    sheet.reject()


def test_when_the_book_closes_what_is_written_is_kept_and_a_half_typed_date_stays_what_it_was(
    window: QWidget, kept: list[OccasionDraft], qtbot: QtBot
) -> None:
    sheet = DaySheet(window, HERS, {}, kept=kept.append)
    closing.put_away_dialogs(window)
    assert kept == []
    sheet = DaySheet(window, HERS, {}, kept=kept.append)
    qtbot.keyClicks(child(sheet, "day-label"), "X")
    year = child(sheet, "day-date-year")
    assert isinstance(year, QLineEdit)
    year.setText("20")
    closing.put_away_dialogs(window)
    assert not sheet.isVisible()
    assert kept == [replace(HERS, label=f"X{HERS.label}")]


def test_a_day_can_be_left_out_of_the_printed_book(window: QWidget, kept: list[OccasionDraft]) -> None:
    draft = replace(HERS, in_book=True)
    sheet = DaySheet(window, draft, {BabyId(4): "Wren"}, kept=kept.append, put_away=lambda: None)
    box = child(sheet, "day-in-book")
    assert isinstance(box, QCheckBox)
    assert box.isChecked()
    box.click()
    keep(sheet)
    assert kept == [HERS]
