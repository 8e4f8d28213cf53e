"""Where words are in a text document, whatever their capitals and accents."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QTextDocument

from memorybook.domain.search import fold
from memorybook.ui.kit.rich_text import units


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a document, in its own positions."""

    start: int
    end: int


class PlacesInText:
    """Looks in one document. It is read once and again when it has changed: a long one takes a while."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._revision = -1
        self._paragraphs: list[tuple[int, str, str]] = []

    def of(self, words: str) -> list[Place]:
        """Every place of ``words``, in order; none for blanks."""
        wanted = fold(words)
        return list(self._places(wanted)) if wanted.strip() else []

    def _places(self, wanted: str) -> Iterator[Place]:
        self._read()
        for position, text, folded in self._paragraphs:
            found = folded.find(wanted)
            while found >= 0:
                start = position + units(text[:found])
                yield Place(start, start + units(text[found : found + len(wanted)]))
                found = folded.find(wanted, found + len(wanted))

    def _read(self) -> None:
        if self._revision == self._document.revision():
            return
        self._revision = self._document.revision()
        self._paragraphs = []
        block = self._document.begin()
        while block.isValid():
            text = block.text()
            self._paragraphs.append((block.position(), text, fold(text)))
            block = block.next()
