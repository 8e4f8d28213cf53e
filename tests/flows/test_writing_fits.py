"""The writing page holds its words: in large text, in a small window, at twice the length, mirrored."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from memorybook.domain.entry import EntryDraft, EntryKind
from memorybook.domain.people import BabyDraft
from memorybook.ui.kit.editor import PageText
from tests.flows.looks import ExactingDriver, Look, dress
from tests.flows.test_refusals import begin

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(200)]

LONG = "Wren Elisabeth Amaranth, our much loved first one with the longest of all the names"
# Where the actions of the page stand in its menu, counted from the last.
AWAY, PROMPTS, NUMBER, VERSIONS, ONLY_ME, TAGS = -1, -3, -4, -6, -10, -11


def choose(driver: ExactingDriver, place: int) -> None:
    driver.press("entry-more")
    menu = driver.find("entry-more-menu", QMenu)
    there = menu.actionGeometry(menu.actions()[place]).center()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=there)
    driver.wait(lambda: not driver.all(QMenu))


def walk(driver: ExactingDriver, folder: Path, look: Look) -> None:
    driver.show()
    begin(driver, folder)
    dress(driver, look)
    record = driver.book.vault.record
    record.keep_baby(None, BabyDraft(names=LONG)).result()
    (baby,) = record.babies().result()
    draft = EntryDraft(
        title=LONG, body=f"{LONG}\n", kind=EntryKind.LETTER, recipient=LONG, babies=(baby.id,), tags=(LONG,)
    )
    journal = driver.book.vault.journal
    entry = journal.keep(None, draft).result()
    assert entry is not None
    driver.book.writing.open(entry.id)
    text = driver.find("entry-text", PageText)
    driver.wait(lambda: text.toPlainText() == LONG)
    choose(driver, NUMBER)
    choose(driver, ONLY_ME)
    driver.find("entry-only-me")
    driver.picture(folder / "chips.png")
    text.setFocus()
    driver.key("Ctrl+A")
    driver.type_into_focused("Gone")
    driver.wait(lambda: journal.entry(entry.id).result().draft.body == "Gone\n")
    driver.key("Ctrl+F")
    driver.type_into_focused("Gone")
    driver.picture(folder / "find.png")
    driver.key("Escape")
    choose(driver, TAGS)
    driver.find("ask-tags-line")
    driver.picture(folder / "tags.png")
    driver.press("ask-tags-no")
    choose(driver, VERSIONS)
    driver.wait(lambda: driver.find("version-text", PageText).toPlainText() == LONG)
    driver.picture(folder / "versions.png")
    driver.press("versions-back")
    driver.find("write-notice")
    driver.picture(folder / "back.png")
    choose(driver, AWAY)
    driver.find("prompt-text")
    driver.find("write-notice")
    driver.picture(folder / "away.png")
    driver.press("prompt-none")
    driver.picture(folder / "no-prompts.png")


@pytest.mark.parametrize(
    ("look", "pseudo", "mirrored"),
    [
        (Look("light-1280x800", "light", (1280, 800)), False, False),
        (Look("light-640x480-text200", "light", (640, 480), 200), False, False),
        (Look("pseudo-1024x640-mirrored", "dark", (1024, 640)), True, True),
        (Look("pseudo-1024x640-text200", "light", (1024, 640), 200), True, False),
    ],
    ids=lambda value: value.name if isinstance(value, Look) else None,
)
def test_nothing_is_cut(look: Look, pseudo: bool, mirrored: bool, tmp_path: Path) -> None:
    driver = ExactingDriver(pseudo=pseudo, mirrored=mirrored)
    try:
        walk(driver, tmp_path, look)
    finally:
        driver.stop()
    assert not driver.found, "\n".join(f"{screen}: {found}" for found, screen in driver.found.items())
