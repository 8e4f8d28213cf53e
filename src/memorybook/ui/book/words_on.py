"""The words that are made for the book alone: its title, a line under it and one inside, and a last page."""

from PySide6.QtWidgets import QWidget

from memorybook.domain.book import Edition
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.fields import LabelledLine
from memorybook.ui.kit.form import FoldedForm
from memorybook.ui.kit.parts import LinePart, WordsPart


class BookTitle(LabelledLine):
    """The words on the cover."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Title on the cover"), name="book-title", parent=parent)

    def show_edition(self, edition: Edition) -> None:
        """Fill the line, unless it says so already: somebody may be typing in it."""
        if self.text().strip() != edition.title:
            self.line.setText(edition.title)
            self.line.setCursorPosition(0)  # a long one is read from its beginning


class BookWords(FoldedForm):
    """The other words, which wait until they are asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name="book", parent=parent)
        self._subtitle = LinePart(tr("Under the title"), name="book-subtitle")
        self._dedication = LinePart(tr("A line inside"), name="book-dedication")
        self._colophon = WordsPart(tr("On the last page"), name="book-colophon")
        self.add_folded(self._subtitle, tr("Under the title"), key="subtitle")
        self.add_folded(self._dedication, tr("A line inside"), key="dedication")
        self.add_folded(self._colophon, tr("On the last page"), key="colophon")

    def show_edition(self, edition: Edition) -> None:
        """Fill the lines that do not say so already; nothing of it counts as typed."""
        parts: tuple[tuple[LinePart | WordsPart, str], ...] = (
            (self._subtitle, edition.subtitle),
            (self._dedication, edition.dedication),
            (self._colophon, edition.colophon),
        )

        def show() -> None:
            for part, text in parts:
                if part.text().strip() != text:
                    part.show_text(text)

        self.fill(show, in_use=True)

    def words(self) -> dict[str, str]:
        """What stands there, by the names that an edition has for it."""
        return {
            "subtitle": self._subtitle.text().strip(),
            "dedication": self._dedication.text().strip(),
            "colophon": self._colophon.text().strip(),
        }
