"""The support pane in a real window: found by keyboard, read aloud, in two languages, and forgotten."""

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton

from memorybook.ui.support.card import OrganisationCard
from memorybook.ui.support.view import SupportPage
from tests.flows.driver import Driver, running
from tests.flows.hearing import Part, in_sight

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(240)]

PASSPHRASE = "quiet lantern over water"


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[Driver]:
    """A closed book, its passphrase asked for."""
    with running() as driver:
        driver.settings.support_country = "GB"
        library = driver.application.library
        library.create(tmp_path / "book", PASSPHRASE).close()
        driver.show(tmp_path / "book")
        driver.find("passphrase")
        yield driver


def open_book(driver: Driver) -> None:
    driver.type_into("passphrase", PASSPHRASE)
    driver.press("open-book")
    driver.find("entry-text")


def cards(driver: Driver) -> list[str]:
    return [card.objectName().removeprefix("organisation-") for card in driver.all(OrganisationCard)]


def chosen(driver: Driver, name: str) -> str:
    return driver.find(name, QComboBox).currentText()


class Steps:
    """What a person does, counted: a key that is pressed, or words that are typed."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self.taken = 0

    def key(self, sequence: str) -> None:
        self.taken += 1
        self._driver.key(sequence)

    def type(self, words: str) -> None:
        self.taken += 1
        self._driver.type_into_focused(words)


def test_help_for_a_partner_in_ireland_takes_five_steps_from_the_locked_screen(driver: Driver) -> None:
    steps = Steps(driver)
    steps.key("Ctrl+8")
    search = driver.find("support-search", QLineEdit)
    driver.wait(search.hasFocus)
    steps.type("partner Ireland")
    driver.wait(lambda: "ie-feileacain" in cards(driver))
    assert all(driver.sees(words) for words in ("Féileacáin", "Ireland · free"))
    steps.key("Return")
    way = driver.find("web-ie-feileacain", QPushButton)
    driver.wait(way.hasFocus)
    steps.key("Tab")
    steps.key("Space")
    driver.wait(lambda: QGuiApplication.clipboard().text() == "https://www.feileacain.ie")
    assert steps.taken <= 5
    assert driver.settings.support_country == "GB", "looking somewhere else chooses nothing"


def test_the_same_is_found_by_country_and_need(driver: Driver) -> None:
    driver.key("Ctrl+8")
    driver.wait(driver.find("support-search").hasFocus)
    driver.key("Tab")
    driver.key("Tab")
    driver.wait(driver.find("support-country").hasFocus)
    between = QApplication.keyboardInputInterval()
    QApplication.setKeyboardInputInterval(60_000)  # a busy computer types slowly
    driver.type_into_focused("Irel")
    QApplication.setKeyboardInputInterval(between)
    driver.wait(lambda: "ie-mai" in cards(driver))
    assert driver.find("crisis-number", QLabel).text() == "116 123"
    driver.press("topic-partners")
    driver.wait(lambda: "ie-mai" not in cards(driver))
    assert "ie-feileacain" in cards(driver)
    driver.key("Escape")
    driver.find("passphrase")


def test_nothing_of_what_was_looked_at_is_there_on_coming_back(driver: Driver, tmp_path: Path) -> None:
    driver.key("Ctrl+8")
    driver.press("topic-medical")
    driver.press("support-page-body")
    driver.type_into("support-search", "grandparents")
    driver.wait(lambda: "gb-sands" in cards(driver))
    page = driver.all(SupportPage)[0]
    driver.press("support-back")
    driver.find("passphrase")
    driver.wait(lambda: not page.findChildren(OrganisationCard))
    search = page.findChild(QLineEdit, "support-search")
    assert isinstance(search, QLineEdit)
    assert (search.text(), search.isUndoAvailable()) == ("", False)
    driver.key("Ctrl+8")
    driver.wait(lambda: "gb-sands" in cards(driver))
    assert driver.find("support-page-people", QPushButton).isChecked()
    assert driver.find("topic-all", QPushButton).isChecked()


def test_the_pane_speaks_spanish_and_the_window_does_not(driver: Driver, tmp_path: Path) -> None:
    open_book(driver)
    driver.key("Ctrl+8")
    driver.find("support-language").setFocus()
    driver.key("Down")
    driver.wait(lambda: driver.sees("Si esta noche sientes que no puedes más"))
    assert driver.find("topic-partners", QPushButton).text() == "Parejas"
    assert chosen(driver, "support-country") == "Reino Unido"
    assert driver.find("sources-gb-sands", QPushButton).text() == "datos de octubre de 2026"
    assert driver.find("place-write", QPushButton).text().strip() == "Write"
    driver.wait(lambda: driver.find("support-language").hasFocus())
    driver.press("support-page-body")
    driver.wait(lambda: driver.sees("Pide ayuda ahora"))
    driver.type_into("support-search", "FIEBRE")
    driver.wait(lambda: driver.sees("38 °C"))
    driver.press("support-page-around")
    driver.press("support-hand-over")
    driver.choose_files(tmp_path / "página.pdf")
    driver.wait(lambda: driver.sees("Se ha guardado como página.pdf."))
    with pikepdf.open(tmp_path / "página.pdf") as pdf:
        assert len(pdf.pages) == 1
        assert str(pdf.Root.Lang).startswith("es")
    driver.key("Ctrl+1")
    driver.key("Ctrl+8")
    driver.wait(lambda: "gb-sands" in cards(driver))
    driver.find("support-language").setFocus()
    driver.key("Up")
    driver.wait(lambda: driver.sees("If tonight feels like too much"))


def order_of(parts: list[Part], *names: str) -> list[int]:
    """Where each of these is read, counted from the first part of the screen."""
    heard = [f"{part['name']}\n{part['text']}" for part in parts]
    return [next(number for number, said in enumerate(heard) if name in said) for name in names]


def test_the_pane_is_read_from_the_crisis_line_down(driver: Driver) -> None:
    driver.key("Ctrl+8")
    driver.wait(lambda: "gb-shout" in cards(driver))
    parts = in_sight(driver)
    places = order_of(
        parts,
        "Back",
        "Search these pages",
        "If tonight feels like too much",
        "116 123",
        "Copy 116 123, Samaritans",
        "For the people around you",
        "I am looking for",
        "Partners",
        "At any hour",
        "Shout",
        "as of October 2026: where this is from, for Shout",
        "24 hours, every day",
        "Text SHOUT to 85258",
        "Copy 85258, Shout",
    )
    assert places == sorted(places)
    driver.find("support-country").setFocus()
    driver.key("Tab")
    driver.wait(driver.find("copy-gb-samaritans-0").hasFocus)
    boxes = {part["label"]: part["name"] for part in parts if part["role"] == "combo box"}
    assert boxes == {"Language": "English", "Country": "United Kingdom"}
    driver.press("support-page-body")
    driver.wait(lambda: driver.sees("Get help now"))
    parts = in_sight(driver)
    crisis = "If tonight feels like too much"
    places = order_of(parts, crisis, "Get help now", "You bleed so much", "Bleeding")
    assert places == sorted(places)
    source = next(part for part in parts if "Where this is from: You bleed so much" in part["name"])
    assert "focusable" in source["states"]
    driver.press("source-now-bleeding")
    driver.wait(lambda: driver.sees("From: "))
    parts = in_sight(driver)
    said = next(part for part in parts if part["name"].startswith("From: "))
    assert "tommys.org" in said["name"]
    places = order_of(parts, "You bleed so much", "Where this is from: You bleed so much", "From: ")
    assert places == sorted(places)
