"""Pictures of the support pane: its pages, what is found in them, a country without a list, and Spanish."""

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QScrollArea

from memorybook.ui.support.head import SearchLine
from memorybook.ui.support.people import EVERYWHERE
from memorybook.ui.support.view import SupportPage
from tests.flows.driver import Driver


def everything(driver: Driver, name: Path) -> None:
    """Each picture is called by ``name`` and what it is of; the pane is left as it was found."""
    (page,) = driver.all(SupportPage)

    def picture(what: str) -> None:
        driver.settle()
        driver.picture(name.with_name(f"{name.name}-{what}.png"))

    for topic in ("around", "body", "facts"):
        driver.press(f"support-page-{topic}")
        picture(topic)
    driver.press("support-page-body")
    source = driver.find("source-now-bleeding", QPushButton)
    source.setFocus()
    driver.key("Space")
    told = driver.find("source-text-now-bleeding", QLabel)
    page.findChildren(QScrollArea)[-1].ensureWidgetVisible(told)
    picture("source")
    search = driver.find("support-search", SearchLine)
    for what, words in (("found", "partner dublin"), ("found-lines", "bleed"), ("found-nothing", "zzz")):
        search.setText(words)
        search.look_now()
        picture(what)
    search.forget()
    driver.press("support-page-people")
    for country in ("INT", EVERYWHERE):
        page.presenter.choose_country(country)
        picture(f"country-{country.lower()}")
    page.presenter.choose_country("GB")
    page.presenter.choose_language("es")
    picture("spanish")
    driver.press("support-page-body")
    picture("spanish-body")
    page.presenter.choose_language("en")
    driver.wait(lambda: driver.find("support-language", QComboBox).currentText() == "English")
