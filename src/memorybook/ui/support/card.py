"""One organisation on a card, and the ways to reach it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from memorybook.domain.support import Organisation
from memorybook.ui.core import theme
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.flow import lie_or_stand
from memorybook.ui.kit.labels import LineLabel
from memorybook.ui.kit.marks import Spans
from memorybook.ui.support import wording
from memorybook.ui.support.parts import FlowRow, MarkedLabel, Unfolding, wrapped
from memorybook.ui.support.tongue import tr
from memorybook.ui.support.ways import Way, WayKind, ways


@dataclass(frozen=True, slots=True)
class Uses:
    """What happens with the way to somebody that was chosen: it is copied, or followed."""

    copy: Callable[[Way, Button], object]
    follow: Callable[[Way], object]


class OrganisationCard(QFrame):
    """What an organisation does, how old that knowledge is, and how to reach it.

    Its sources show when asked for. ``place`` is the country, where that does not go without saying.
    """

    def __init__(
        self,
        organisation: Organisation,
        uses: Uses,
        *,
        place: str = "",
        name_marks: Spans = (),
        text_marks: Spans = (),
    ) -> None:
        super().__init__()
        px = theme.current().px
        self.setObjectName(f"organisation-{organisation.id}")
        self.setAccessibleName(organisation.name)
        self.setProperty("surface", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(14), px(16), px(12))
        column.setSpacing(px(4))
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(px(4))
        self._head.addWidget(MarkedLabel(organisation.name, "card-title", name_marks), 1)
        age = wording.as_of(organisation.as_of, organisation.read)
        sources = wrapped(wording.sources(organisation), "small")
        sources.setObjectName(f"sources-text-{organisation.id}")
        self._age = Unfolding(
            age,
            sources,
            name=f"sources-{organisation.id}",
            says=tr("{date}: where this is from, for {name}").format(date=age, name=organisation.name),
        )
        self._age.setToolTip(tr("Where this is from"))
        self._head.addWidget(self._age)
        column.addLayout(self._head)
        column.addWidget(MarkedLabel(organisation.description, marks=text_marks))
        if details := wording.details(organisation, place):
            column.addWidget(wrapped(details, "small"))
        column.addWidget(sources)
        column.addStretch(1)
        rows = way_rows(organisation, uses)
        for row in rows:
            column.addWidget(row)

    def fit(self, *, narrow: bool) -> None:
        """Put the date beside the name, or below it where there is no room."""
        lie_or_stand(self._head, narrow=narrow)
        side = Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag.AlignTop
        self._head.setAlignment(self._age, side)


def way_rows(organisation: Organisation, uses: Uses, *, skip: int = 0) -> list[QWidget]:
    """A row for each number and each address, the websites behind the last; ``skip`` leaves out the first.

    A website that is all there is can be copied too: it may be meant for another computer than this one.
    """
    reached = ways(organisation)[skip:]
    rows = [_copied_row(organisation, way, uses) for way in reached if not way.is_link]
    links = [way for way in reached if way.is_link]
    if links:
        alone = not rows
        if alone:
            rows.append(FlowRow())
        for way in links:
            rows[-1].add(_link(organisation, way, uses))
        if alone and not skip:
            rows[-1].add(copy_button(organisation, links[-1], uses))
    return [*rows]


def copy_button(organisation: Organisation, way: Way, uses: Uses) -> Button:
    """Copies one number or address."""
    says = tr("Copy {address}, {name}").format(address=way.shown, name=organisation.name)
    number = ways(organisation).index(way)
    button = Button(tr("Copy"), name=f"copy-{organisation.id}-{number}", variant="link", says=says)
    button.clicked.connect(lambda: uses.copy(way, button))
    return button


def _copied_row(organisation: Organisation, way: Way, uses: Uses) -> FlowRow:
    row = FlowRow()
    row.add(LineLabel(wording.way_text(way), "strong"))
    if way.note:
        row.add(LineLabel(way.note, "small"))
    row.add(copy_button(organisation, way, uses))
    return row


def _link(organisation: Organisation, way: Way, uses: Uses) -> Button:
    kind = "chat" if way.kind is WayKind.CHAT else "web"
    says = tr("{address}, the website of {name}").format(
        address=wording.way_text(way), name=organisation.name
    )
    return Button(
        wording.way_text(way),
        lambda: uses.follow(way),
        name=f"{kind}-{organisation.id}",
        variant="link",
        says=says,
    )
