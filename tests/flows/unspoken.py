"""Words on the screen that did not pass through the translation."""

import re
from collections.abc import Iterable, Iterator

from PySide6.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QLabel, QLineEdit, QMenu, QWidget

from memorybook.ui.kit.labels import ElidedLabel

_TRANSLATED = re.compile(r"\[[^\]]*\]")
_KEYS = re.compile(r"(?:Ctrl|Alt|Shift|F\d+)(?:\+\w+)*")
_WORD = re.compile(r"[A-Za-z]{2,}")


def untranslated(windows: Iterable[QWidget]) -> set[str]:
    """Texts in which a word is left outside of the brackets that the pseudo-translation puts around it."""
    return {
        text.strip()
        for window in windows
        if not isinstance(window, QFileDialog)
        for part in (window, *window.findChildren(QWidget))
        if part.isVisible()
        for text in _texts(part)
        if _WORD.search(_KEYS.sub("", _TRANSLATED.sub("", text)))
    }


def _texts(part: QWidget) -> Iterator[str]:
    yield from (part.toolTip(), part.accessibleName(), part.accessibleDescription())
    if isinstance(part, QLabel) and not isinstance(part, ElidedLabel):  # its whole text is its name
        yield part.text()
    if isinstance(part, QAbstractButton):
        yield part.text()
    if isinstance(part, QLineEdit):
        yield part.placeholderText()
    if isinstance(part, QComboBox):
        yield from (part.itemText(index) for index in range(part.count()))
    if isinstance(part, QMenu):
        yield from (action.text() for action in part.actions())
