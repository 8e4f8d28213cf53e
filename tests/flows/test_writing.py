"""The writing page in the real window: by keys alone and by mouse, and what comes back after closing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QMenu, QWidget

from memorybook.domain.entry import EntryDraft
from memorybook.domain.markup import BlockKind
from memorybook.domain.people import BabyDraft
from memorybook.services.preferences import NUMBER_OF_WORDS, PROMPTS
from memorybook.ui.kit.editor import PageText
from memorybook.ui.lock.view import LockScreen
from memorybook.ui.write.prompt_card import PromptCard
from tests.flows.driver import Driver, running
from tests.flows.test_refusals import PASSPHRASE, begin, kept

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[Driver]:
    with running() as driver:
        driver.show()
        begin(driver, tmp_path)
        yield driver


def text_of(driver: Driver) -> PageText:
    return driver.find("entry-text", PageText)


def pages(driver: Driver) -> list[EntryDraft]:
    journal = driver.book.vault.journal
    return [journal.entry(row.id).result().draft for row in journal.all_for_book().result()]


def more(driver: Driver, beginning: str) -> None:
    """Choose from the menu of the page, with the mouse."""
    driver.press("entry-more")
    menu = driver.find("entry-more-menu", QMenu)
    action = next(each for each in menu.actions() if each.text().startswith(beginning))
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    driver.wait(lambda: not driver.all(QMenu))


def tab_to(driver: Driver, name: str) -> None:
    """Go there as a keyboard does."""
    for _ in range(60):
        if driver.focused().objectName() == name:
            return
        driver.key("Tab")
    raise AssertionError(f"Tab does not reach {name}")


def commit(text: PageText, words: str) -> None:
    """Type as an input method does: QTest has keys for ASCII alone."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(text, event)


def close_and_open(driver: Driver) -> None:
    driver.key("Ctrl+L")
    driver.wait(lambda: driver.all(LockScreen))
    driver.wait(lambda: driver.find("open-book").isEnabled())
    driver.type_into("passphrase", PASSPHRASE)
    driver.key("Return")
    driver.find("entry-text")


def test_a_page_by_keys_alone(driver: Driver) -> None:
    """Styles by their keys, a kind, a tag and the way back, without a mouse; all of it is kept."""
    driver.type_into_focused("plain ")
    driver.key("Ctrl+B")
    driver.type_into_focused("bold")
    driver.key("Ctrl+B")
    for keys, words in (
        ("Ctrl+Shift+9", "said"),
        ("Ctrl+Shift+8", "a point"),
        ("Ctrl+Shift+7", "the first"),
        ("Ctrl+Shift+6", "a heading"),
    ):
        driver.key("Return")
        driver.key(keys)
        driver.type_into_focused(words)
        if keys != "Ctrl+Shift+6":
            driver.key("Return")
            driver.key(keys if keys == "Ctrl+Shift+9" else "Return")
    kinds = [block.kind for block in text_of(driver).blocks() if block.text]
    assert kinds == list(map(BlockKind, ("paragraph", "quote", "bullet", "number", "heading")))
    tab_to(driver, "entry-more")
    driver.key("Space")
    menu = driver.find("entry-more-menu", QMenu)
    while (action := menu.activeAction()) is None or not action.text().startswith("Tags"):
        driver.key("Down")
    driver.key("Return")
    driver.wait(lambda: driver.focused().objectName() == "ask-tags-line")
    driver.type_into_focused("Garden, spring, garden")
    driver.key("Return")
    tags = driver.find("entry-tags")
    assert tags.accessibleName() == f"Tags: {QLocale().createSeparatedList(['Garden', 'spring'])}"
    kept(driver)
    (draft,) = pages(driver)
    assert draft.tags == ("Garden", "spring")
    assert "plain **bold**" in draft.body
    close_and_open(driver)
    assert pages(driver) == [draft]


def test_what_a_page_is_about_and_who_may_see_it(driver: Driver) -> None:
    record = driver.book.vault.record
    for names in ("Wren", "Robin & Jay"):
        assert record.keep_baby(None, BabyDraft(names=names)).result() is not None
    driver.type_into("entry-text", "For both of you")

    kept(driver)  # by then the page has heard of them
    driver.press("entry-more")
    menu = driver.find("entry-more-menu", QMenu)
    about = menu.actions()[0]
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(about).center())
    driver.wait(lambda: len(driver.all(QMenu)) == 2)
    (inner,) = [each for each in driver.all(QMenu) if each is not menu]
    wren_there = inner.actionGeometry(inner.actions()[0]).center()
    QTest.mouseClick(inner, Qt.MouseButton.LeftButton, pos=wren_there)
    driver.wait(lambda: not driver.all(QMenu))
    driver.wait(lambda: driver.find("entry-about").accessibleName() == "About: Wren")
    more(driver, "Only for me")
    kept(driver)
    (draft,) = pages(driver)
    (wren, _) = record.babies().result()
    assert (draft.babies, draft.in_book) == ((wren.id,), False)
    driver.press("entry-only-me")
    kept(driver)
    assert pages(driver)[0].in_book


def test_putting_a_page_away_and_bringing_it_back(driver: Driver) -> None:
    driver.type_into("entry-title", "The garden")
    driver.type_into("entry-text", "Not kept before it goes")
    more(driver, "Put this page away")
    driver.wait(lambda: driver.sees("The page is in the drawer"))
    assert text_of(driver).toPlainText() == ""
    assert pages(driver) == []
    driver.press("write-notice-action")
    driver.wait(lambda: text_of(driver).toPlainText() == "Not kept before it goes")
    assert [draft.title for draft in pages(driver)] == ["The garden"]
    driver.type_into_focused(", and after it is back")
    kept(driver)
    assert pages(driver)[0].body == "Not kept before it goes, and after it is back\n"


def test_an_empty_page_is_not_put_away(driver: Driver) -> None:
    more(driver, "Put this page away")
    driver.settle()
    assert not driver.sees("The page is in the drawer")
    assert driver.book.vault.journal.drawer().result() == ()


def test_a_version_is_looked_at_brought_back_and_undone(driver: Driver) -> None:
    driver.type_into("entry-text", "Everything that was written at first, a whole page of it")
    kept(driver)
    driver.key("Ctrl+A")
    driver.type_into_focused("Gone")
    kept(driver)
    more(driver, "Earlier versions")
    choices = driver.find("versions-list", QListWidget)
    driver.wait(lambda: "Everything" in driver.find("version-text", PageText).toPlainText())
    assert choices.count() == 1
    driver.press("versions-back")
    driver.wait(lambda: "Everything" in text_of(driver).toPlainText())
    driver.wait(lambda: driver.sees("The page is as it was then"))
    assert "Everything" in pages(driver)[0].body
    driver.press("write-notice-action")
    driver.wait(lambda: text_of(driver).toPlainText() == "Gone")
    assert pages(driver)[0].body == "Gone\n"
    more(driver, "Earlier versions")
    assert driver.find("versions-list", QListWidget).count() >= 2
    driver.key("Escape")


def test_finding_on_the_page_and_in_the_story(driver: Driver) -> None:
    driver.type_into("entry-text", "One word, 2 words.\nWORD for ")
    commit(text_of(driver), "w\u00f6rd")
    driver.key("Ctrl+F")
    driver.type_into_focused("word")
    number = driver.find("find-number", QLabel)
    driver.wait(lambda: number.text() == "1 of 3" or number.text() == "1 of 4")
    assert number.text() == "1 of 4", "accents are folded"
    assert len(text_of(driver).extraSelections()) >= 4
    driver.key("Return")
    assert number.text() == "2 of 4"
    driver.key("Shift+Return")
    driver.key("Up")
    assert number.text() == "4 of 4"
    driver.key("Escape")
    assert text_of(driver).textCursor().selectedText() == "w\u00f6rd"
    assert driver.focused() is text_of(driver)
    driver.wait(lambda: not text_of(driver).extraSelections())
    driver.key("Ctrl+F")
    driver.find("find-line", QLineEdit)
    driver.type_into_focused("nowhere")
    driver.wait(lambda: number.text() == "Not on this page")
    driver.key("Ctrl+Shift+F")
    driver.wait(lambda: driver.book.place == "story")
    driver.key("Ctrl+F")
    driver.wait(lambda: isinstance(driver.focused(), QLineEdit))


def test_places_to_start_can_be_had_or_not(driver: Driver) -> None:
    card = driver.find("prompt-text", QLabel)
    first = card.text()
    assert first.endswith("?")
    driver.press("prompt-another")
    driver.wait(lambda: card.text() not in {"", first})
    driver.press("prompt-about")
    menu = driver.find("prompt-about-menu", QMenu)
    action = next(each for each in menu.actions() if each.text() == "People")
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    driver.wait(lambda: driver.find("prompt-about").property("text") == "People")
    driver.press("prompt-none")
    driver.wait(lambda: driver.sees("No more places to start"))
    assert not driver.all(PromptCard)
    driver.wait(lambda: driver.book.vault.preferences.get(PROMPTS).result() == "off")
    close_and_open(driver)
    driver.key("Ctrl+N")
    driver.settle()
    assert not driver.all(PromptCard)
    more(driver, "Offer a place to start")
    driver.wait(lambda: driver.all(PromptCard))
    assert driver.find("prompt-about").property("text") == "People"


def test_a_page_that_is_there_already_is_asked_nothing(driver: Driver) -> None:
    entry = driver.book.vault.journal.keep(None, EntryDraft(body="Kept")).result()
    assert entry is not None
    driver.book.writing.open(entry.id)
    driver.wait(lambda: text_of(driver).toPlainText() == "Kept")
    assert not driver.all(PromptCard)


def test_words_are_counted_for_those_who_want_it(driver: Driver) -> None:
    assert not [w for w in driver.all(QWidget) if w.objectName() == "number-of-words"]
    driver.type_into("entry-text", "Three words here")
    more(driver, "Show how many words")
    number = driver.find("number-of-words", QLabel)
    driver.wait(lambda: number.text() == "3 words")
    driver.type_into_focused(" now")
    driver.wait(lambda: number.text() == "4 words")
    assert driver.book.vault.preferences.get(NUMBER_OF_WORDS).result() == "on"


def test_what_an_input_method_composes_is_kept_with_the_page(driver: Driver) -> None:
    text = text_of(driver)
    text.setFocus()
    QApplication.sendEvent(text, QInputMethodEvent("にほ", []))
    commit(text, "日本の庭")
    driver.wait(lambda: [draft.body for draft in pages(driver)] == ["日本の庭\n"])


def test_undo_is_a_step_at_a_time(driver: Driver) -> None:
    text = text_of(driver)
    driver.type_into("entry-text", "- one")
    assert text.kind() is BlockKind.BULLET
    driver.key("Ctrl+Z")
    driver.key("Ctrl+Z")
    assert text.kind() is BlockKind.PARAGRAPH
    driver.key("Ctrl+Shift+Z")
    assert text.kind() is BlockKind.BULLET
