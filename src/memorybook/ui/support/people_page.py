"""People to talk to: what one is looking for as chips, and cards below them."""

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.labels import LineLabel
from memorybook.ui.support import tongue, wording
from memorybook.ui.support.card import OrganisationCard, Uses
from memorybook.ui.support.grids import CardGrid
from memorybook.ui.support.parts import FlowRow, empty, tall_as_needed, wrapped
from memorybook.ui.support.people import Help
from memorybook.ui.support.tongue import tr
from memorybook.ui.support.topics import Topic


class PeoplePage(QWidget):
    """``choose`` is called with the topic that was pressed, or ``None`` for any."""

    def __init__(self, uses: Uses, *, choose: Callable[[Topic | None], object]) -> None:
        super().__init__()
        px = theme.current().px
        tall_as_needed(self)
        self._uses = uses
        self._choose = choose
        self._topics: tuple[Topic, ...] = ()
        self._grids: list[CardGrid] = []
        self._room = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        self._chips = FlowRow(gap=8)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        column.addWidget(self._chips)
        self._alone = wrapped()
        self._alone.setObjectName("support-alone")
        column.addWidget(self._alone)
        self._list = QVBoxLayout()
        self._list.setSpacing(px(10))
        column.addLayout(self._list)
        self._english = wrapped(
            tr("What is written here about some of them is in English only."), "small"
        )
        self._english.setObjectName("support-english-only")
        column.addWidget(self._english)

    def show_help(self, shown: Help) -> None:
        """Everybody for the country and the topic that are chosen now."""
        self._show_topics(shown.topics, shown.topic)
        alone = wording.alone_text(shown)
        self._alone.setText(alone)
        self._alone.setVisible(bool(alone))
        empty(self._list)
        self._grids = [
            CardGrid(
                wording.heading_text(section.heading),
                [OrganisationCard(each, self._uses) for each in section.organisations],
            )
            for section in shown.sections
        ]
        for grid in self._grids:
            self._list.addWidget(grid)
            grid.arrange(self._room)
            grid.show()
        everyone = [each for section in shown.sections for each in section.organisations]
        self._english.setVisible(any(each.written_in != tongue.current() for each in everyone))

    def arrange(self, room: int) -> None:
        """Fit into a pane of this width, in pixels as drawn."""
        self._room = room
        for grid in self._grids:
            grid.arrange(room)

    def _show_topics(self, topics: tuple[Topic, ...], chosen: Topic | None) -> None:
        if topics != self._topics or not self._group.buttons():
            self._topics = topics
            for chip in self._group.buttons():
                self._group.removeButton(chip)
            self._chips.clear()
            self._chips.add(LineLabel(tr("I am looking for"), "small"))
            for topic in (None, *topics):
                self._add_chip(topic)
        self._chips.setVisible(bool(topics))
        self._group.buttons()[[None, *topics].index(chosen)].setChecked(True)

    def _add_chip(self, topic: Topic | None) -> None:
        name = topic.name.lower().replace("_", "-") if topic else "all"
        chip = Button(
            wording.topic_text(topic) if topic else tr("Any loss"),
            lambda: self._choose(topic),
            name=f"topic-{name}",
            variant="chip",
        )
        chip.setCheckable(True)
        self._group.addButton(chip)
        self._chips.add(chip)
