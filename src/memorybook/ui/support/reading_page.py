"""A page of guidance to read: what cannot wait first and apart, then sections, every line with its source."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from memorybook.domain.dates import VagueDate
from memorybook.domain.guidance import Line, Section
from memorybook.ui.core import theme
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.marks import Spans
from memorybook.ui.support import wording
from memorybook.ui.support.grids import TWO_COLUMNS
from memorybook.ui.support.parts import MarkedLabel, Unfolding, tall_as_needed, wrapped
from memorybook.ui.support.presenter import Reading
from memorybook.ui.support.tongue import tr

HANDED_OVER = "around"
"""The page that can be given to somebody on paper."""

_HEADING_WEIGHT = 200  # a heading and its margins, as if they were so many letters


class ReadingPage(QWidget):
    """Shows one page; ``hand_over`` is called when it is wanted on paper."""

    def __init__(self, shown: Reading, *, hand_over: Callable[[], object]) -> None:
        super().__init__()
        px = theme.current().px
        tall_as_needed(self)
        self.setAccessibleName(shown.page.title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(8), 0, 0)
        column.setSpacing(px(12))
        lead = wrapped(shown.page.lead, "read")
        lead.setMaximumWidth(px(720))
        across = QHBoxLayout()  # a column would take the height of the words at its own width
        across.addWidget(lead, 1000)
        across.addStretch(1)
        column.addLayout(across)
        self.handing: Button | None = None
        if shown.page.id == HANDED_OVER:
            self.handing = Button(tr("A page to hand over"), hand_over, name="support-hand-over")
            column.addWidget(self.handing, 0, Qt.AlignmentFlag.AlignLeft)
        for section in shown.page.sections:
            if section.urgent:
                column.addWidget(SectionCard(section, shown.read))
        self._across = QHBoxLayout()
        self._across.setSpacing(px(12))
        self._sides = [QVBoxLayout(), QVBoxLayout()]
        for side in self._sides:
            side.setSpacing(px(12))
            side.addStretch(1)
            self._across.addLayout(side, 1)
        column.addLayout(self._across)
        quiet = [section for section in shown.page.sections if not section.urgent]
        self._weights = [_weight(section) for section in quiet]
        self._cards = [SectionCard(section, shown.read) for section in quiet]
        self._columns = 0
        self.arrange(0)

    def arrange(self, room: int) -> None:
        """Fit into a pane of this width, in pixels as drawn."""
        columns = 2 if room >= theme.current().px(TWO_COLUMNS) and len(self._cards) > 1 else 1
        self._across.setStretch(1, columns - 1)
        self._across.setSpacing(theme.current().px(12) if columns == 2 else 0)
        if columns == self._columns:
            return
        self._columns = columns
        heights = [0] * columns
        for card, weight in zip(self._cards, self._weights, strict=True):
            for side in self._sides:
                side.removeWidget(card)
            shorter = heights.index(min(heights))
            self._sides[shorter].insertWidget(self._sides[shorter].count() - 1, card)
            heights[shorter] += weight


class SectionCard(QFrame):
    """Lines under their heading; an urgent section looks like the crisis line."""

    def __init__(self, section: Section, read: VagueDate) -> None:
        super().__init__()
        px = theme.current().px
        self.setObjectName(f"section-{section.id}")
        self.setAccessibleName(section.title)
        self.setProperty("surface", "crisis" if section.urgent else "card")
        tall_as_needed(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(14), px(20), px(12))
        column.setSpacing(px(6))
        column.addWidget(wrapped(section.title, "crisis" if section.urgent else "card-title"))
        for line in section.lines:
            column.addWidget(LineWithSource(line, read))
        column.addStretch(1)


class LineWithSource(QWidget):
    """One line, how old it is, and where it is from when that is asked for."""

    def __init__(self, line: Line, read: VagueDate, marks: Spans = ()) -> None:
        super().__init__()
        px = theme.current().px
        tall_as_needed(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(4), 0, 0)
        column.setSpacing(0)
        column.addWidget(MarkedLabel(line.text, "read", marks))
        sources = wrapped(wording.line_sources(line, read), "small")
        sources.setObjectName(f"source-text-{line.id}")
        asked = Unfolding(
            tr("{date} · Where this is from").format(date=wording.line_age(line, read)),
            sources,
            name=f"source-{line.id}",
            variant="source",
            says=tr("{date}. Where this is from: {line}").format(
                date=wording.line_age(line, read), line=_beginning(line.text)
            ),
        )
        column.addWidget(asked, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(sources)


def _weight(section: Section) -> int:
    """About how tall a section is, so that both columns end at a similar place."""
    return _HEADING_WEIGHT + sum(len(line.text) + _HEADING_WEIGHT // 2 for line in section.lines)


def _beginning(text: str) -> str:
    """The first sentence of a line, by which it is told from the others."""
    return text.partition(". ")[0].rstrip(".")
