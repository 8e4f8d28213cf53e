"""The support screen itself: what can be pressed, copied and opened."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QPushButton,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from memorybook.services.support import Support
from memorybook.system.settings import Settings
from memorybook.ui.core import theme
from memorybook.ui.support.card import OrganisationCard
from memorybook.ui.support.head import SearchLine
from memorybook.ui.support.parts import MarkedLabel, Unfolding
from memorybook.ui.support.reading_page import SectionCard
from memorybook.ui.support.view import SupportPage
from tests.unit.ui import immediate


class Browser(QObject):
    """Stands where the web browser is: it notes what it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.asked.append(url.toString())


@pytest.fixture
def browser() -> Iterator[Browser]:
    browser = Browser()
    QDesktopServices.setUrlHandler("https", browser, "open")  # type: ignore[arg-type]  # its stub asks for bytes
    yield browser
    QDesktopServices.unsetUrlHandler("https")


@pytest.fixture
def page(dressed: QApplication, qtbot: QtBot, tmp_path: Path) -> SupportPage:
    return shown(qtbot, tmp_path, "GB")


def shown(
    qtbot: QtBot, folder: Path, country: str, *, closed: bool = False, size: tuple[int, int] = (1056, 800)
) -> SupportPage:
    device = Settings(folder / "settings.json")
    device.support_country = country
    page = SupportPage(Support(), device, run=immediate.run, closed=closed)
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    qtbot.waitExposed(page)
    return page


def button(page: QWidget, name: str) -> QPushButton:
    found = [each for each in page.findChildren(QPushButton, name) if not each.isHidden()]
    assert len(found) == 1, name
    return found[0]


def cards(page: SupportPage) -> list[OrganisationCard]:
    return [card for card in page.findChildren(OrganisationCard) if card.isVisible()]


def words(widget: QWidget) -> str:
    said = "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())
    return said.replace("\u200b", "")  # where a long word may break


def card(page: SupportPage, id_: str) -> OrganisationCard:
    return next(each for each in cards(page) if each.objectName() == f"organisation-{id_}")


def test_the_crisis_line_and_the_emergency_number_are_seen_first(page: SupportPage) -> None:
    crisis = page.findChild(QWidget, "crisis")
    assert isinstance(crisis, QWidget)
    assert "999 or 112" in words(crisis)
    assert "116 123" in words(crisis)
    assert "Samaritans" in words(crisis)


def test_a_card_tells_what_it_knows_and_how_old_that_is(page: SupportPage) -> None:
    sands = card(page, "gb-sands")
    assert sands.accessibleName() == "Sands"
    assert "Mon–Fri 10am–3pm" in words(sands)
    assert "0808 164 3332" in words(sands)
    assert button(sands, "sources-gb-sands").text() == "as of October 2026"
    assert button(sands, "web-gb-sands").text() == "sands.org.uk"
    undated = card(page, "gb-held-in-our-hearts")
    assert button(undated, "sources-gb-held-in-our-hearts").text() == "read in November 2026"


def test_sources_are_there_when_they_are_asked_for(page: SupportPage) -> None:
    cruse = card(page, "gb-winstons-wish")
    assert "From:" not in words(cruse)
    button(cruse, "sources-gb-winstons-wish").click()
    assert "From: a list of UK helplines, checked in October 2026. Few sources confirm this." in words(cruse)
    button(cruse, "sources-gb-winstons-wish").click()
    assert "From:" not in words(cruse)


def test_a_number_is_copied_and_the_button_says_so(page: SupportPage) -> None:
    sands = button(page, "copy-gb-sands-0")
    sands.click()
    assert QGuiApplication.clipboard().text() == "0808 164 3332"
    assert sands.text() == "Copied"
    button(page, "copy-gb-samaritans-0").click()
    assert QGuiApplication.clipboard().text() == "116 123"
    assert sands.text() == "Copy"


def test_where_there_is_only_a_website_its_address_is_copied(page: SupportPage) -> None:
    button(page, "copy-gb-aching-arms-0").click()
    assert QGuiApplication.clipboard().text() == "https://www.achingarms.co.uk"


def test_a_website_opens_only_after_a_yes(page: SupportPage, browser: Browser, qtbot: QtBot) -> None:
    button(page, "web-gb-sands").click()
    sheet = page.findChild(QDialog, "open-website")
    assert isinstance(sheet, QDialog)
    assert "The page will see that you visited it." in words(sheet)
    assert "https://www.sands.org.uk" in words(sheet)
    assert browser.asked == []
    button(sheet, "open-website-yes").click()
    assert browser.asked == ["https://www.sands.org.uk"]


def test_not_now_opens_nothing(page: SupportPage, browser: Browser) -> None:
    button(page, "web-gb-sands").click()
    sheet = page.findChild(QDialog, "open-website")
    assert isinstance(sheet, QDialog)
    button(sheet, "open-website-no").click()
    assert browser.asked == []


def test_a_topic_leaves_fewer_cards_and_all_brings_them_back(page: SupportPage, qtbot: QtBot) -> None:
    everyone = len(cards(page))
    button(page, "topic-grandparents").click()
    qtbot.waitUntil(lambda: 0 < len(cards(page)) < everyone)
    assert button(page, "topic-grandparents").isChecked()
    button(page, "topic-all").click()
    qtbot.waitUntil(lambda: len(cards(page)) == everyone)


def test_another_country_is_chosen_by_typing_its_name(
    page: SupportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    chooser = page.findChild(QComboBox, "support-country")
    assert isinstance(chooser, QComboBox)
    between = QApplication.keyboardInputInterval()
    QApplication.setKeyboardInputInterval(60_000)  # a busy computer types slowly
    QTest.keyClicks(chooser, "New Z")
    QApplication.setKeyboardInputInterval(between)
    assert chooser.currentText() == "New Zealand"
    qtbot.waitUntil(lambda: "organisation-nz-sands" in {each.objectName() for each in cards(page)})
    assert Settings(tmp_path / "settings.json").support_country == "NZ"


def test_everything_can_be_reached_and_has_a_name(page: SupportPage) -> None:
    controls = [
        each
        for each in [*page.findChildren(QAbstractButton), *page.findChildren(QComboBox)]
        if each.isVisible()
    ]
    assert len(controls) > 60
    for control in controls:
        assert control.accessibleName(), control.objectName()
        assert control.objectName()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert control.height() >= 28
    names = [control.objectName() for control in controls]
    assert len(set(names)) == len(names)


def line(page: SupportPage, id_: str) -> str:
    return next(each.text() for each in page.findChildren(QLabel, f"source-text-{id_}") if each.isVisible())


def test_every_line_says_where_it_is_from_when_it_is_asked(page: SupportPage) -> None:
    button(page, "support-page-body").click()
    undated = button(page, "source-now-bleeding")
    assert undated.text() == "read in November 2026 · Where this is from"
    undated.click()
    assert "Read in November 2026; the pages have no date. This is well confirmed." in line(
        page, "now-bleeding"
    )
    undated.click()
    assert not any(each.isVisible() for each in page.findChildren(QLabel, "source-text-now-bleeding"))
    button(page, "support-page-facts").click()
    dated = button(page, "source-often-known")
    assert dated.text() == "as of April 2021 · Where this is from"
    dated.click()
    assert line(page, "often-known").startswith("From: The Lancet")


def test_what_cannot_wait_stands_first_and_apart(page: SupportPage) -> None:
    button(page, "support-page-body").click()
    now = page.findChild(QWidget, "section-body-now")
    assert isinstance(now, QWidget)
    assert now.property("surface") == "crisis"
    others = [each for each in page.findChildren(SectionCard) if each is not now and each.isVisible()]
    assert others
    for each in others:
        assert each.property("surface") == "card"
        assert each.mapTo(page, QPoint()).y() > now.mapTo(page, now.rect().bottomLeft()).y()


def look_for(page: SupportPage, words: str) -> None:
    search = page.findChild(SearchLine)
    assert isinstance(search, SearchLine)
    search.setText(words)
    search.look_now()


def test_what_was_found_is_marked(page: SupportPage) -> None:
    look_for(page, "feileac")
    found = next(each for each in page.findChildren(MarkedLabel) if each.marks and each.isVisible())
    assert found.text().startswith("Féileacáin")
    assert list(found.marks) == [(0, 7)]
    image = found.grab().toImage()
    wash = theme.current().colour("sage_wash").rgb()
    assert any(image.pixel(x, y) == wash for x in range(image.width()) for y in range(0, image.height(), 3))
    look_for(page, "qqq")
    assert "Nothing here has these words." in words(page)
    pages = [each for each in page.findChildren(QPushButton) if "support-page-" in each.objectName()]
    assert not any(each.isChecked() for each in pages)
    look_for(page, "")
    assert button(page, "support-page-people").isChecked()
    assert card(page, "gb-sands").isVisible()


def test_who_is_there_for_other_countries_only_comes_behind_what_one_can_read(page: SupportPage) -> None:
    look_for(page, "milk")
    read = words(page)
    places = ["Milk may come in", "In other countries", "Ontario human milk bank"]
    assert [read.count(each) for each in places] == [1, 1, 1]
    assert sorted(places, key=read.index) == places
    look_for(page, "milk canada")
    assert "In other countries" not in words(page)
    assert card(page, "ca-milkbank-ontario").isVisible()


def test_where_no_crisis_line_is_listed_a_way_to_one_is_in_its_place(
    qtbot: QtBot, tmp_path: Path
) -> None:
    page = shown(qtbot, tmp_path, "AR")
    crisis = page.findChild(QWidget, "crisis")
    assert isinstance(crisis, QWidget)
    assert "No crisis line is listed here" in words(crisis)
    button(page, "support-page-body").click()
    sites = [each for each in crisis.findChildren(QPushButton, "web-int-find-a-helpline") if each.isVisible()]
    assert [each.text() for each in sites] == ["findahelpline.com"]
    page.presenter.choose_country("ES")
    assert "024" in words(crisis)
    assert not any(each.isVisible() for each in crisis.findChildren(QPushButton, "web-int-find-a-helpline"))


def test_pages_and_needs_are_reached_with_the_arrow_keys(page: SupportPage, qtbot: QtBot) -> None:
    first = button(page, "support-page-people")
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    second = button(page, "support-page-around")
    assert page.window().focusWidget() is second
    QTest.keyClick(second, Qt.Key.Key_Space)
    assert "What helps" in words(page)


def test_the_page_to_hand_over_is_offered_where_it_is_read(page: SupportPage) -> None:
    assert page.findChildren(QPushButton, "support-hand-over") == []
    button(page, "support-page-around").click()
    button(page, "support-hand-over").click()
    (dialog,) = page.findChildren(QFileDialog)
    assert [Path(name).name for name in dialog.selectedFiles()] == ["A page to hand over.pdf"]
    dialog.reject()


@pytest.fixture
def scaled(dressed: QApplication, request: pytest.FixtureRequest) -> Iterator[int]:
    theme.current().apply("light", request.param)
    yield request.param
    theme.current().apply("light", 100)


@pytest.mark.parametrize(
    ("size", "scaled", "columns"),
    [((1056, 800), 100, 2), ((780, 640), 100, 2), ((948, 640), 200, 1), ((640, 480), 200, 1)],
    indirect=["scaled"],
)
def test_nothing_is_cut_off(
    scaled: int, qtbot: QtBot, tmp_path: Path, size: tuple[int, int], columns: int
) -> None:
    page = shown(qtbot, tmp_path, "GB", size=size)

    def whole() -> bool:
        return all(
            label.height() >= label.heightForWidth(label.width())
            for label in page.findChildren(QLabel)
            if label.isVisible() and label.wordWrap()
        )

    for name in ("around", "body", "facts"):
        button(page, f"support-page-{name}").click()
        for asked in page.findChildren(Unfolding):
            if asked.isVisible():
                asked.click()
        qtbot.waitUntil(whole)
    button(page, "support-page-people").click()
    for country in ("GB", "US", "CH", "INT"):
        page.presenter.choose_country(country)
        qtbot.waitUntil(lambda: bool(cards(page)) and cards(page)[-1].height() > 40)
        assert len({each.mapTo(page, each.rect().topLeft()).x() for each in cards(page)}) == columns
        for each in page.findChildren(QWidget):
            if each.isVisible() and not isinstance(each, QScrollBar):
                assert each.mapTo(page, each.rect().topRight()).x() <= size[0], each.objectName()
        qtbot.waitUntil(whole)


def test_the_way_back_is_there_with_a_closed_book_only(
    page: SupportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    assert page.findChild(QPushButton, "support-back") is None
    closed = shown(qtbot, tmp_path, "IT", closed=True)
    with qtbot.waitSignal(closed.backWanted):
        button(closed, "support-back").click()
    with qtbot.waitSignal(closed.backWanted):
        QTest.keyClick(closed, Qt.Key.Key_Escape)
    assert "No crisis line is listed here" in words(closed)
    assert "112" in words(closed)


def test_a_damaged_list_leaves_the_sentence(dressed: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    page = SupportPage(
        Support(tmp_path / "gone.json"), Settings(tmp_path / "settings.json"), run=immediate.run
    )
    qtbot.addWidget(page)
    page.show()
    assert "could not be read" in words(page)
    assert "emergency number" in words(page)
    assert cards(page) == []
