"""What was found in all pages of the pane, with the words that were looked for marked."""

from itertools import groupby

from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from memorybook.domain.dates import VagueDate
from memorybook.services.support_search import Hit
from memorybook.ui.core import theme
from memorybook.ui.support import tongue, wording
from memorybook.ui.support.card import OrganisationCard, Uses
from memorybook.ui.support.grids import CardGrid
from memorybook.ui.support.parts import MarkedLabel, tall_as_needed, wrapped
from memorybook.ui.support.presenter import Found
from memorybook.ui.support.reading_page import LineWithSource
from memorybook.ui.support.tongue import tr


class FoundPage(QWidget):
    """Signs that cannot wait first, then people, then lines, each under the page they are on.

    Who is there for other countries only comes last: the words may be those of the body, or of grief.
    """

    def __init__(self, found: Found, uses: Uses) -> None:
        super().__init__()
        px = theme.current().px
        tall_as_needed(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, px(8), 0, 0)
        self._column.setSpacing(px(10))
        self._grids: list[CardGrid] = []
        said = _said(found)
        if said:
            told = wrapped(said)
            told.setObjectName("support-found")
            self._column.addWidget(told)
        urgent = [hit for hit in found.hits if hit.urgent]
        if urgent:
            self._column.addWidget(_LineCard(urgent, found.read, urgent=True))
        people = [hit for hit in found.hits if hit.organisation is not None]
        far = [hit for hit in people if hit.organisation is not None and hit.organisation.id in found.far]
        near = [hit for hit in people if hit not in far]
        self._add_cards(tr("People to talk to"), near, found, uses)
        lines = [hit for hit in found.hits if hit.line is not None and not hit.urgent]
        for page, title in found.titles.items():
            there = [hit for hit in lines if hit.page == page]
            if there:
                self._column.addWidget(wrapped(title, "section"))
                self._column.addWidget(_LineCard(there, found.read))
        self._add_cards(tr("In other countries"), far, found, uses)
        english = any(
            hit.organisation.written_in != tongue.current() for hit in people if hit.organisation is not None
        )
        if english:
            note = wrapped(tr("What is written here about some of them is in English only."), "small")
            note.setObjectName("support-english-only")
            self._column.addWidget(note)

    def arrange(self, room: int) -> None:
        """Fit into a pane of this width, in pixels as drawn."""
        for grid in self._grids:
            grid.arrange(room)

    def _add_cards(self, heading: str, hits: list[Hit], found: Found, uses: Uses) -> None:
        cards = [card for hit in hits if (card := _card(hit, found, uses)) is not None]
        if cards:
            self._grids.append(CardGrid(heading, cards))
            self._column.addWidget(self._grids[-1])

    def first_way(self) -> QPushButton | None:
        """What the keyboard goes to for the first that was found: a way to somebody, or a source."""
        buttons = self.findChildren(QPushButton)
        ways = [each for each in buttons if each.objectName().startswith(("copy-", "chat-", "web-"))]
        return next(iter([*ways, *buttons]), None)


class _LineCard(QFrame):
    """Lines of one page, each under its own heading."""

    def __init__(self, hits: list[Hit], read: VagueDate, *, urgent: bool = False) -> None:
        super().__init__()
        px = theme.current().px
        self.setProperty("surface", "crisis" if urgent else "card")
        tall_as_needed(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(14), px(20), px(12))
        column.setSpacing(px(6))
        for (title, marks), group in groupby(hits, key=lambda hit: (hit.title, hit.title_marks)):
            column.addWidget(MarkedLabel(title, "crisis" if urgent else "card-title", marks))
            for hit in group:
                if hit.line is not None:
                    column.addWidget(LineWithSource(hit.line, read, hit.text_marks))


def _card(hit: Hit, found: Found, uses: Uses) -> OrganisationCard | None:
    organisation = hit.organisation
    if organisation is None:
        return None
    away = organisation.country != found.home
    return OrganisationCard(
        organisation,
        uses,
        place=wording.place_text(found.countries[organisation.country]) if away else "",
        name_marks=hit.title_marks,
        text_marks=hit.text_marks,
    )


def _said(found: Found) -> str:
    """What there is to say about the search itself."""
    if not found.hits:
        return tr("Nothing here has these words. Another word, or the beginning of one, may find more.")
    if found.more:
        return tr("There is more than is shown here. One word more finds less.")
    return ""
