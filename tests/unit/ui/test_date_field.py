"""Dates as people type them: any part may be missing that the rest can do without."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.ui.kit.date_field import DateField


@pytest.fixture
def field(dressed: QApplication, qtbot: QtBot) -> DateField:
    field = DateField(name="day")
    qtbot.addWidget(field)
    return field


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-10", "2026-10-03", "2026-10-03~", "XXXX-10-15", "XXXX-02-29"]
)
def test_what_is_shown_is_what_comes_back(field: DateField, text: str) -> None:
    field.show_day(VagueDate.parse(text))
    assert field.value() == VagueDate.parse(text)


@pytest.mark.parametrize(
    ("year", "month", "day", "missing"),
    [("", 10, "", "year"), ("", 0, "3", "year"), ("2026", 0, "3", "month"), ("2026", 6, "31", "no such day")],
)
def test_what_makes_no_date_is_said_in_its_own_words(
    field: DateField, year: str, month: int, day: str, missing: str
) -> None:
    field.year.setText(year)
    field.month.setCurrentIndex(month)
    field.day.setText(day)
    assert field.value() is None
    assert missing in field.what_is_missing()


def test_about_nothing_is_nothing(field: DateField) -> None:
    field.about.setChecked(True)
    assert field.value() == UNKNOWN


@pytest.mark.parametrize("year", ["2", "24", "202", "0"])
def test_a_year_of_two_digits_is_asked_for_whole_instead_of_kept_as_one_of_antiquity(
    field: DateField, year: str
) -> None:
    field.day.setText("3")
    field.month.setCurrentIndex(10)
    field.year.setText(year)
    assert field.value() is None
    assert "four digits" in field.what_is_missing()
    field.show_day(VagueDate(24, 10, 3))  # one that was kept before
    assert field.value() == VagueDate(24, 10, 3)
