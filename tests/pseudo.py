"""A language that does not exist: every sentence twice as long, in letters with accents, between brackets."""

import re
from itertools import cycle

from PySide6.QtCore import QObject, QTranslator

from memorybook.ui.core.i18n import CONTEXT
from memorybook.ui.support import tongue

_LETTERS = str.maketrans(
    "ABCDEGHIJKLNOPRSTUWYZabcdeghijklnoprstuwyz",
    "ÂßÇÐÉĜĤÎĴĶĻÑÖÞŔŠŢÛŴÝŽâƀçðéĝĥîĵķļñöþŕšţûŵýž".replace("ß", "B"),
)
# What is put into a sentence, and what a file dialog reads, stay as they are.
_KEPT = re.compile(r"(\{\w*\}|\(\*\.\w+\))")


def accented(text: str) -> str:
    """The words as they begin in this language; part of a sentence becomes part of it."""
    return "".join(
        part if _KEPT.fullmatch(part) else part.translate(_LETTERS) for part in _KEPT.split(text)
    )


def stretched(text: str) -> str:
    """A sentence at twice its length."""
    words = [word for word in _KEPT.sub(" ", text).split() if word[0].isalnum()] or ["o"]
    longer = accented(text)
    wanted = 2 * len(longer)
    for word in cycle(words):
        if len(longer) >= wanted:
            break
        longer += f" {word.translate(_LETTERS).lower()}"
    return f"[{longer}]"


class PseudoTranslator(QTranslator):
    """Answers with the stretched sentence for every one of ours; Qt's own words stay English.

    ``mirrored`` makes it a sentence that is read from right to left, by the mark at its beginning.
    """

    def __init__(self, parent: QObject, *, mirrored: bool = False) -> None:
        super().__init__(parent)
        self._begins = "\u200f" if mirrored else ""

    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        return self._begins + stretched(sourceText) if context in {CONTEXT, tongue.CONTEXT} else None

    def isEmpty(self) -> bool:
        return False
