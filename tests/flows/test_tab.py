"""With Tab alone everything on a screen is reached that can be pressed or written in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QListView, QWidget

from tests.flows.driver import Driver, running
from tests.flows.test_keepsakes import bring, keepsakes, make
from tests.flows.test_refusals import begin

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]

_MOST = 120
RED, GREEN = (200, 10, 10), (10, 200, 10)


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[Driver]:
    with running() as driver:
        driver.show()
        begin(driver, tmp_path)
        make(driver, "A blanket", photos=bring(driver, RED, GREEN))
        make(driver, "A band")
        yield driver


def _takes_tab(widget: QWidget) -> bool:
    if not widget.isVisible() or not widget.isEnabled() or widget.focusProxy() is not None:
        return False
    if isinstance(widget, QAbstractButton) and widget.autoExclusive() and not widget.isChecked():
        return False  # the arrows choose among those, once Tab is at the one that is chosen
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    if group is not None and group.exclusive() and group.checkedButton() not in {None, widget}:
        return False
    tab = Qt.FocusPolicy.TabFocus
    return widget.focusPolicy() & tab == tab


def missed(driver: Driver) -> list[str]:
    """What Tab does not come to before it is where it was."""
    seen: list[QWidget] = []
    while (here := driver.focused()) not in seen:
        assert len(seen) < _MOST, "Tab comes to no end"
        seen.append(here)
        driver.key("Tab")
    top = QApplication.activeModalWidget() or driver.window
    everything = [each for each in top.findChildren(QWidget) if each.window() is top]
    return [each.objectName() for each in everything if _takes_tab(each) and each not in seen]


PLACES = {
    "write": "entry-text", "story": "story-search", "family": "add-baby", "photos": "photo-grid",
    "recordings": "recordings-add", "keepsakes": "keepsakes-order", "dates": "add-date",
    "book": "book-choose", "support": "support-search", "settings": "change-way-1",
}  # fmt: skip


def test_every_place(driver: Driver) -> None:
    for place, there in PLACES.items():
        driver.press(f"place-{place}")
        driver.find(there)
        driver.settle()
        assert missed(driver) == [], place


def test_the_form_of_a_keepsake_with_pictures(driver: Driver) -> None:
    driver.press("place-keepsakes")
    driver.press(f"keepsake-{next(each.id for each in keepsakes(driver) if each.draft.photos)}")
    driver.find("keepsake-pictures-add")
    assert missed(driver) == []


def test_the_forms_of_a_family_and_of_dates(driver: Driver) -> None:
    for place, button, there in (
        ("family", "add-baby", "baby-names"),
        ("family", "add-farewell", "farewell-label"),
        ("dates", "add-date", "day-label"),
    ):
        driver.press(f"place-{place}")
        driver.press(button)
        driver.find(there)
        assert missed(driver) == [], button
        driver.key("Escape")
        driver.find(button)


def test_a_photo_that_is_looked_at_large(driver: Driver) -> None:
    driver.press("place-photos")
    grid = driver.find("photo-grid", QListView)
    driver.wait(lambda: grid.model().rowCount() == 2)
    grid.setFocus()
    driver.key("Home")
    driver.key("Return")
    driver.wait(driver.find("zoom-100").isEnabled)  # the picture is there
    driver.wait(lambda: driver.focused().objectName() == "large-photo")
    assert missed(driver) == []
    driver.press("large-edit")
    assert missed(driver) == []
