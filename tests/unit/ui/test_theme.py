"""The look: words can be read on every surface they stand on, and the style sheet is wholly filled in."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QApplication

from memorybook.ui.core import theme

PAIRS = [
    *[(text, on) for text in ("ink", "ink_soft") for on in ("paper", "linen", "card")],
    ("ink", "sage_wash"), ("sage", "sage_wash"), ("sage", "card"), ("on_sage", "sage"),
    ("on_sage", "sage_hover"),
    ("dusk", "paper"), ("dusk", "card"), ("clay", "clay_wash"), ("ink", "clay_wash"),
]  # fmt: skip


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2, 1 to 21."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_the_ratio_itself() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "on"), PAIRS)
def test_words_can_be_read(palette: theme.Palette, text: str, on: str) -> None:
    assert contrast(getattr(palette, text), getattr(palette, on)) >= 4.5


@pytest.mark.parametrize("appearance", ["light", "dark"])
@pytest.mark.parametrize("size", [80, 100, 200])
def test_the_style_sheet_is_filled_in(dressed: QApplication, appearance: theme.Appearance, size: int) -> None:
    look = theme.Theme()
    look.apply(appearance, size)
    sheet = look.style_sheet()
    assert not re.search(r"\$\w|\d+sp\b|%\w+%", sheet)
    assert f"font-size: {round(15 * size / 100)}px" in sheet
    theme.current().apply("light", 100)


def test_a_field_has_an_edge_in_the_dark() -> None:
    assert contrast(theme.DARK.edge, theme.DARK.card) >= 3


@pytest.mark.parametrize(("icon", "turns"), [("back", True), ("next", True), ("turn-left", False)])
def test_arrows_along_the_line_follow_its_direction(dressed: QApplication, icon: str, turns: bool) -> None:
    usual = theme.current().pixmap(icon, "ink", 20).toImage()
    dressed.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        here = theme.current().pixmap(icon, "ink", 20).toImage()
    finally:
        dressed.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert here == (usual.transformed(QTransform.fromScale(-1, 1)) if turns else usual)
