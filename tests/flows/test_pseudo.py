"""Every screen holds its words: in large text, in small windows, at twice the length, and mirrored."""

import calendar
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget

from memorybook.services.recovery import RecoveryWords
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.labels import label
from tests.architecture.wording import shipped
from tests.flows import settings_pictures
from tests.flows.fitting import misfits
from tests.flows.looks import ExactingDriver, Look
from tests.flows.screenshots import tour
from tests.flows.unspoken import untranslated
from tests.pseudo import accented, stretched

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(300)]

ENGLISH = [
    Look("light-1280x800", "light", (1280, 800)),
    Look("dark-1024x640-text200", "dark", (1024, 640), 200),
    Look("light-640x480-text200", "light", (640, 480), 200),
]
PSEUDO = [
    (Look("pseudo-1280x800", "light", (1280, 800)), False),
    (Look("pseudo-1024x640-mirrored", "dark", (1024, 640)), True),
    (Look("pseudo-1024x640-text200", "light", (1024, 640), 200), False),
]

# What is no sentence of ours: the program's name, what was typed, days, names of languages, questions to
# start from, which are a file of their own in each language.
_LOCALES = QLocale.matchingLocales(
    QLocale.Language.AnyLanguage, QLocale.Script.AnyScript, QLocale.Country.AnyCountry
)
_THEIRS = {
    "Memory Book",
    "Grandma",
    *settings_pictures.LABELS,
    *RecoveryWords().words,
    *(locale.nativeLanguageName() for locale in _LOCALES),
    *(text for path, text, _ in shipped() if path.parent.name == "prompts"),
} - {""}
_MONTHS = "|".join(calendar.month_name[1:])
_DAYS = re.compile(rf"^(?:\w+, )?(?:\d+ )?(?:{_MONTHS}) \d{{4}}$")
_CODE = re.compile("^[0-9A-Z\u200b-]{20,}$")


def walk(driver: ExactingDriver, look: Look, folder: Path) -> None:
    try:
        driver.settings.support_country = "GB"
        driver.show()
        tour(driver, folder, look, folder)
    finally:
        driver.stop()


@pytest.mark.parametrize("look", ENGLISH, ids=lambda look: look.name)
def test_nothing_is_cut(look: Look, tmp_path: Path) -> None:
    driver = ExactingDriver()
    walk(driver, look, tmp_path)
    assert not driver.found, "\n".join(f"{screen}: {found}" for found, screen in driver.found.items())


@pytest.mark.parametrize(("look", "mirrored"), PSEUDO, ids=[look.name for look, _ in PSEUDO])
def test_nothing_is_cut_in_words_of_twice_the_length(look: Look, mirrored: bool, tmp_path: Path) -> None:
    driver = ExactingDriver(pseudo=True, mirrored=mirrored)
    walk(driver, look, tmp_path)
    assert not driver.found, "\n".join(f"{screen}: {found}" for found, screen in driver.found.items())
    left = {
        f"{screen}: {text}"
        for screen, texts in driver.english.items()
        if not screen.startswith(("full-", "long-name")) and "support" not in screen
        for text in texts
        if not _is_theirs(text)
    }
    assert not left, "\n".join(sorted(left))


def _is_theirs(text: str) -> bool:
    return (
        text in _THEIRS
        or text.split("\n", maxsplit=1)[0] in settings_pictures.LABELS
        or not re.search("[A-Za-z]{2}", re.sub(r"\[[^\]]*\]", "", text))
        or text.startswith("/")  # a folder
        or bool(_DAYS.match(text) or _CODE.match(text))
    )


@pytest.fixture
def window(qapp: QApplication) -> Iterator[QWidget]:
    window = QWidget()
    window.resize(300, 200)
    yield window
    window.deleteLater()


def shown(window: QWidget) -> list[str]:
    window.show()
    return misfits([window])


def test_words_that_have_room_are_left_alone(window: QWidget) -> None:
    row = QHBoxLayout(window)
    row.addWidget(label("Some words"))
    row.addWidget(Button("Open", name="open"))
    assert shown(window) == []


def test_a_label_that_is_too_narrow_is_found(window: QWidget) -> None:
    part = QLabel("A sentence that is much longer than its room", window)
    part.setGeometry(10, 10, 60, 30)
    assert any("is cut" in found for found in shown(window))


def test_a_label_that_is_too_low_is_found(window: QWidget) -> None:
    part = label("A sentence that needs several lines in this room", parent=window)
    part.setGeometry(10, 10, 90, 20)
    assert any("is cut: height" in found for found in shown(window))


def test_a_button_that_is_too_narrow_is_found(window: QWidget) -> None:
    part = QPushButton("A button with many words", window)
    part.setGeometry(10, 10, 40, 32)
    assert any("is cut" in found for found in shown(window))


def test_a_question_in_a_field_that_is_cut_is_found(window: QWidget) -> None:
    part = QLineEdit(window)
    part.setPlaceholderText("A long question that a person cannot read")
    part.setGeometry(10, 10, 60, 32)
    assert any("is cut" in found for found in shown(window))


def test_a_part_beyond_the_edge_is_found(window: QWidget) -> None:
    QPushButton("Go", window).setGeometry(280, 10, 100, 32)
    assert any("passes the edge" in found for found in shown(window))


def test_what_scrolls_may_go_on_below_and_not_beside(window: QWidget) -> None:
    area = QScrollArea(window)
    area.setGeometry(0, 0, 200, 100)
    area.setHorizontalScrollBarPolicy(area.horizontalScrollBarPolicy().ScrollBarAlwaysOff)
    inner = QWidget()
    inner.resize(400, 400)
    QPushButton("Below", inner).setGeometry(10, 300, 100, 40)
    area.setWidget(inner)
    assert shown(window) == []
    beside = QPushButton("Beside", inner)
    beside.setGeometry(250, 10, 100, 40)
    beside.show()
    assert any("passes the width" in found for found in shown(window))


def test_parts_that_cover_one_another_are_found(window: QWidget) -> None:
    for left in (10, 60):
        QPushButton("Open", window).setGeometry(left, 10, 100, 40)
    assert any("cover one another" in found for found in shown(window))


def test_words_that_were_not_translated_are_found(window: QWidget) -> None:
    row = QHBoxLayout(window)
    row.addWidget(label(stretched("Kept at {time}").format(time="14:02")))
    row.addWidget(Button("Forgotten", name="forgotten"))
    window.show()
    assert untranslated([window]) == {"Forgotten"}


def test_a_sentence_becomes_twice_as_long_and_keeps_its_places() -> None:
    text = "You typed them back from paper on {day}."
    longer = stretched(text)
    assert len(longer) >= 2 * len(text)
    assert longer.count("{day}") == 1
    assert accented("from paper") in longer
    assert stretched("Write") == "[Ŵŕîţé ŵŕîţé]"
