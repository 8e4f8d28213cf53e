"""The language of the support pane: proposed, spoken, and the dates in it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from memorybook.domain.dates import VagueDate
from memorybook.ui.core.i18n import tr as tr_of_the_window
from memorybook.ui.support import tongue


@pytest.fixture(autouse=True)
def english_again(qapp: QApplication) -> Iterator[None]:
    yield
    tongue.speak(tongue.SOURCE)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (["es-MX", "en"], "es"),
        (["es_ES"], "es"),
        (["eu-ES", "es-ES"], "es"),
        (["en-US", "es-US"], "en"),
        (["nb-NO"], "en"),
        ([], "en"),
    ],
)
def test_a_language_is_proposed_from_those_the_system_has(wanted: list[str], code: str) -> None:
    assert tongue.proposed(wanted, ("en", "es")) == code


def test_the_pane_speaks_and_the_window_keeps_its_own_language() -> None:
    assert tongue.tr("Copy") == "Copy"
    tongue.speak("es")
    assert tongue.current() == "es"
    assert tongue.tr("Copy") == "Copiar"
    assert tongue.tr("A sentence that nobody translated") == "A sentence that nobody translated"
    assert tr_of_the_window("Copy") == "Copy"
    assert tongue.locale().language() is QLocale.Language.Spanish
    tongue.speak("xx")
    assert tongue.current() == "en"


@pytest.mark.parametrize(
    ("day", "english", "spanish"),
    [
        (VagueDate(2026, 10), "October 2026", "octubre de 2026"),
        (VagueDate(2010, about=True), "about 2010", "hacia 2010"),
        (VagueDate(2019), "2019", "2019"),
        (VagueDate(), "", ""),
    ],
)
def test_the_date_of_a_source_is_read_in_the_language_of_the_pane(
    day: VagueDate, english: str, spanish: str
) -> None:
    assert tongue.day_text(day) == english
    tongue.speak("es")
    assert tongue.day_text(day) == spanish
    assert "de octubre de 2026" in tongue.day_text(VagueDate(2026, 10, 3))
