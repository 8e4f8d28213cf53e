"""What the editor shows is what is kept: blocks through a QTextDocument and back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from memorybook.domain.markup import Block, BlockKind, Span, cleaned
from memorybook.services import markup
from memorybook.ui.core import clipboard
from memorybook.ui.kit import rich_text
from memorybook.ui.kit.editor import PageText

words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Co", "Cn"]), max_size=10
)
spans = st.builds(
    Span,
    words.filter(lambda t: "\ufffc" not in t and "\ufdd0" not in t and "\ufdd1" not in t),
    st.booleans(),
    st.booleans(),
)
documents = st.lists(
    st.builds(Block, st.sampled_from(BlockKind), st.lists(spans, max_size=4).map(tuple), st.integers(1, 3)),
    min_size=1, max_size=5,
)  # fmt: skip


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents)
def test_a_document_gives_back_what_it_was_given(dressed: QApplication, blocks: list[Block]) -> None:
    document = rich_text.SealedDocument()
    rich_text.load(document, markup.normal(blocks))
    assert markup.normal(rich_text.read(document)) == markup.normal(blocks)


ODD = st.lists(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("*_#>-+=1.)\\`&;<[]!~| \n\t\u00a0\u2028\u200f\ufeffab\u05d0\u0645\u0301"),
        st.sampled_from(["\r\n", "&nbsp;", "&#10;", "\n\n\n", "😀", "👩\u200d👧", "```\n", "    ", "---\n"]),
    ),
    max_size=60,
).map("".join)


@pytest.mark.parametrize("kind", BlockKind)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=ODD)
def test_what_is_put_on_a_page_comes_back_to_the_byte(page: PageText, kind: BlockKind, typed: str) -> None:
    """A thousand odd documents: onto the page, into Markdown, onto a new page, into Markdown."""
    page.show_blocks([Block(kind, ())])
    data = QMimeData()
    data.setText(typed)
    page.insertFromMimeData(data)
    there = "\n".join(block.text for block in page.blocks())
    assert there == cleaned(typed)
    kept = written(page)
    page.show_blocks(list(markup.parse(kept)))
    assert "\n".join(block.text for block in page.blocks()) == there
    assert written(page).encode() == kept.encode()


@pytest.fixture
def page(dressed: QApplication, qtbot: QtBot) -> PageText:
    page = PageText(name="text", says="Your words")
    qtbot.addWidget(page)
    page.show()
    page.setFocus()
    return page


def written(page: PageText) -> str:
    return markup.write(page.blocks())


def test_typing_with_styles_becomes_markdown(page: PageText) -> None:
    QTest.keyClicks(page, "plain ")
    page.toggle_bold()
    QTest.keyClicks(page, "bold")
    page.toggle_bold()
    QTest.keyClick(page, Qt.Key.Key_Return)
    page.toggle_kind(BlockKind.BULLET)
    QTest.keyClicks(page, "one")
    QTest.keyClick(page, Qt.Key.Key_Return)
    QTest.keyClicks(page, "two")
    QTest.keyClick(page, Qt.Key.Key_Return)
    QTest.keyClick(page, Qt.Key.Key_Return)
    QTest.keyClicks(page, "after * the list")
    assert written(page) == "plain **bold**\n\n- one\n- two\n\nafter \\* the list\n"


def test_a_style_can_be_put_on_and_taken_off(page: PageText) -> None:
    QTest.keyClicks(page, "said by someone")
    for kind in (BlockKind.QUOTE, BlockKind.HEADING, BlockKind.NUMBER):
        page.toggle_kind(kind)
        assert [block.kind for block in page.blocks()] == [kind]
        page.toggle_kind(kind)
        assert [block.kind for block in page.blocks()] == [BlockKind.PARAGRAPH]
    page.selectAll()
    page.toggle_italic()
    assert written(page) == "_said by someone_\n"
    page.undo()
    assert written(page) == "said by someone\n"


def test_what_is_pasted_is_plain_and_loads_nothing(page: PageText) -> None:
    data = QMimeData()
    data.setHtml('<b>bold</b> <img src="file:///etc/hostname">')
    data.setText("bold")
    page.insertFromMimeData(data)
    assert written(page) == "bold\n"
    assert page.document().loadResource(2, QUrl("file:///etc/hostname")) is None


def test_a_selection_is_not_published_unless_it_is_copied(page: PageText) -> None:
    QTest.keyClicks(page, "mine")
    page.moveCursor(QTextCursor.MoveOperation.Start, QTextCursor.MoveMode.KeepAnchor)
    assert page.createMimeDataFromSelection().formats() == []
    guard = clipboard.current()
    QTest.keySequence(page, "Ctrl+C")
    board = QApplication.clipboard()
    assert set(board.mimeData().formats()) == {"text/plain", *clipboard.HINTS}
    assert board.text() == "mine"
    guard.clear_if_ours()
    assert not board.text()
