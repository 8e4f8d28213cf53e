"""What a screen reader is told of every place, asked over the accessibility bus from another process."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import QComboBox, QListView

from memorybook.domain.dates import VagueDate
from memorybook.domain.entry import EntryDraft
from memorybook.domain.people import BabyDraft
from memorybook.ui.kit.editor import PageText
from memorybook.ui.shell.sidebar import page_names, place_names
from tests import dictionaries
from tests.flows.driver import Driver, running
from tests.flows.hearing import Part, in_sight
from tests.flows.test_refusals import begin, kept

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(240)]

PLACES = tuple(place_names())
# What a person can do something with. Boxes around them are no controls, and a page is one of those.
CONTROLS = {
    "push button", "toggle button", "check box", "radio button", "combo box", "text", "entry",
    "password text", "spin button", "slider", "list", "list item", "tree", "table", "table cell",
    "menu item", "check menu item", "link", "icon",
}  # fmt: skip


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[Driver]:
    with running(dictionaries=dictionaries.on_this_computer(tmp_path / "dictionaries")) as driver:
        driver.show()
        begin(driver, tmp_path / "book")
        yield driver


def controls(parts: list[Part]) -> list[Part]:
    return [part for part in parts if part["role"] in CONTROLS and "sensitive" in part["states"]]


def of_role(parts: list[Part], *roles: str) -> list[str]:
    return [part["name"] for part in parts if part["role"] in roles]


def fill(driver: Driver) -> None:
    vault = driver.book.vault
    for title, day in (("A quiet morning", 3), ("The sea", 9)):
        draft = EntryDraft(title=title, body="Words of that day.", day=VagueDate(2026, 10, day))
        vault.journal.keep(None, draft).result()
    vault.record.keep_baby(None, BabyDraft(names="Mila", born=VagueDate(2026, 3))).result()
    vault.spelling.keep("Zofka").result()


def test_every_control_of_every_place_has_a_name(driver: Driver) -> None:
    fill(driver)
    nameless: list[str] = []
    for place in PLACES:
        driver.press(f"place-{place}")
        if place == "story":
            rows: QAbstractItemModel = driver.find("story-list", QListView).model()
            driver.wait(lambda rows=rows: rows.rowCount() > 2)  # type: ignore[misc]
        if place == "settings":
            box = driver.find("spelling-dictionary", QComboBox)
            driver.wait(lambda box=box: box.count() > 2)  # type: ignore[misc]
        parts = in_sight(driver)
        found = controls(parts)
        assert len(found) > 8, place
        nameless += [f"{place}: {part}" for part in found if not part["name"].strip()]
        names = of_role(found, "check box", "push button")
        assert [name for name in place_names().values() if name not in names] == [], place
        assert {"Cover", "Close the book"} <= set(names), place
        assert page_names()[place] in of_role(parts, "filler"), f"{place} is named on arrival"
        keys = {part["name"]: part["description"] for part in found}
        assert keys["Our story"] == "Ctrl+2"
    assert nameless == []


def test_the_place_that_is_open_is_the_one_that_is_marked(driver: Driver) -> None:
    for place in ("family", "write"):
        driver.press(f"place-{place}")
        names = place_names()
        marked = [
            part["name"] for part in in_sight(driver)
            if part["name"] in names.values() and "checked" in part["states"]
        ]  # fmt: skip
        assert marked == [names[place]]


def test_the_rows_of_the_story_are_read_with_day_and_title(driver: Driver) -> None:
    fill(driver)
    driver.press("place-story")
    rows = driver.find("story-list", QListView).model()
    driver.wait(lambda: rows.rowCount() > 2)
    items = of_role(in_sight(driver), "list item")
    for title, day in (("A quiet morning", "3 October 2026"), ("The sea", "9 October 2026")):
        assert [item for item in items if title in item and ("October" in item) and day[:1] in item], items
    driver.find("story-list").setFocus()
    driver.key("End")
    words = "Words of that day."
    driver.wait(lambda: any(words in text.toPlainText() for text in driver.all(PageText)))
    assert words in [part["text"] for part in in_sight(driver) if part["role"] == "text"]


def test_the_page_is_read_with_its_caret(driver: Driver) -> None:
    driver.type_into("entry-title", "A quiet morning")
    driver.type_into("entry-text", "The sea was still.")
    kept(driver)
    fields = {part["name"]: part for part in in_sight(driver) if part["role"] == "text"}
    assert fields["Title"]["text"] == "A quiet morning"
    page = fields["Your words"]
    assert (page["text"], page["caret"]) == ("The sea was still.", 18)
    assert {"focused", "editable"} <= set(page["states"])
    driver.key("Ctrl+Home")
    driver.key("Right")
    assert next(part for part in in_sight(driver) if part["name"] == "Your words")["caret"] == 1


def test_a_list_to_choose_from_is_read_with_its_question(driver: Driver) -> None:
    driver.press("place-settings")
    box = driver.find("spelling-dictionary", QComboBox)
    driver.wait(lambda: box.count() > 2)
    boxes = {part["label"]: part["name"] for part in in_sight(driver) if part["role"] == "combo box"}
    assert boxes["Dictionary"] == "The language of this computer"
