"""One organisation on a card, and the ways to reach it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from memorybook.domain.support import Organisation
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.flow import FlowLayout, lie_or_stand
from memorybook.ui.kit.labels import LineLabel, label
from memorybook.ui.support import wording
from memorybook.ui.support.presenter import Way, WayKind, ways

Use = Callable[[Way], object]
Copied = Callable[[Way, Button], object]


class OrganisationCard(QFrame):
    """What an organisation does, how old that knowledge is, and how to reach it.

    ``copy`` and ``follow`` are called with the way that was chosen. Its sources show when asked for.
    """

    def __init__(self, organisation: Organisation, *, copy: Copied, follow: Use) -> None:
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
        self._head.addWidget(wrapped(organisation.name, "card-title"), 1)
        self._age = Button(
            wording.as_of(organisation),
            self._show_sources,
            name=f"sources-{organisation.id}",
            variant="aside",
            says=tr("{date}: where this is from, for {name}").format(
                date=wording.as_of(organisation), name=organisation.name
            ),
        )
        self._age.setToolTip(tr("Where this is from"))
        self._age.setCheckable(True)
        self._head.addWidget(self._age)
        column.addLayout(self._head)
        column.addWidget(wrapped(organisation.description))
        if details := wording.details(organisation):
            column.addWidget(wrapped(details, "small"))
        self._sources = wrapped(wording.sources(organisation), "small")
        self._sources.setObjectName(f"sources-text-{organisation.id}")
        self._sources.hide()
        column.addWidget(self._sources)
        column.addStretch(1)
        for row in way_rows(organisation, copy=copy, follow=follow):
            column.addWidget(row)

    def fit(self, *, narrow: bool) -> None:
        """Put the date beside the name, or below it where there is no room."""
        lie_or_stand(self._head, narrow=narrow)
        side = Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag.AlignTop
        self._head.setAlignment(self._age, side)

    def _show_sources(self) -> None:
        self._sources.setVisible(self._age.isChecked())


def way_rows(organisation: Organisation, *, copy: Copied, follow: Use, skip: int = 0) -> list[QWidget]:
    """A row for each number and each address, the websites behind the last; ``skip`` leaves out the first.

    A website that is all there is can be copied too: it may be meant for another computer than this one.
    """
    reached = ways(organisation)[skip:]
    rows = [_copied_row(organisation, way, copy) for way in reached if not way.is_link]
    links = [way for way in reached if way.is_link]
    if links:
        alone = not rows
        if alone:
            rows.append(FlowRow())
        for way in links:
            rows[-1].add(_link(organisation, way, follow))
        if alone and not skip:
            rows[-1].add(copy_button(organisation, links[-1], copy))
    return [*rows]


def copy_button(organisation: Organisation, way: Way, copy: Copied) -> Button:
    """Copies one number or address."""
    says = tr("Copy {address}, {name}").format(address=way.shown, name=organisation.name)
    number = ways(organisation).index(way)
    button = Button(tr("Copy"), name=f"copy-{organisation.id}-{number}", variant="link", says=says)
    button.clicked.connect(lambda: copy(way, button))
    return button


def empty(layout: QLayout) -> None:
    """Take everything out of a layout, and end it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)
            inner.deleteLater()


class FlowRow(QWidget):
    """Words and buttons beside one another, in lines, all of one height."""

    def __init__(self, gap: int = 12) -> None:
        super().__init__()
        tall_as_needed(self)
        self._flow = FlowLayout(self, gap=theme.current().px(gap))

    def add(self, widget: QWidget) -> None:
        """One more at the end."""
        widget.setMinimumHeight(max(theme.current().px(32), 32))
        self._flow.addWidget(widget)

    def clear(self) -> None:
        """Take everything out again."""
        empty(self._flow)


def wrapped(text: str = "", role: str = "") -> QLabel:
    """A label of several lines that takes no more height than they need at its width."""
    made = label(text, role)
    tall_as_needed(made)
    return made


def tall_as_needed(widget: QWidget) -> None:
    """Let the width decide on the height."""
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)


def _copied_row(organisation: Organisation, way: Way, copy: Copied) -> FlowRow:
    row = FlowRow()
    row.add(LineLabel(wording.way_text(way), "strong"))
    if way.note:
        row.add(LineLabel(way.note, "small"))
    row.add(copy_button(organisation, way, copy))
    return row


def _link(organisation: Organisation, way: Way, follow: Use) -> Button:
    kind = "chat" if way.kind is WayKind.CHAT else "web"
    says = tr("{address}, the website of {name}").format(
        address=wording.way_text(way), name=organisation.name
    )
    return Button(
        wording.way_text(way),
        lambda: follow(way),
        name=f"{kind}-{organisation.id}",
        variant="link",
        says=says,
    )
