"""The support screen: the crisis line, and cards of people to talk to."""

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from memorybook.domain.support import Country
from memorybook.errors import SupportListDamaged
from memorybook.services.support import Support
from memorybook.ui.core import clipboard, dialogs, messages, theme
from memorybook.ui.core.device import DeviceSettings
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.flow import lie_or_stand
from memorybook.ui.kit.labels import LineLabel
from memorybook.ui.kit.notice import Notice
from memorybook.ui.support import presenter as presenting
from memorybook.ui.support import wording
from memorybook.ui.support.card import FlowRow, OrganisationCard, empty, wrapped
from memorybook.ui.support.crisis import CrisisLine

_TWO_COLUMNS = 720
_ONE_LINE = 480
_WIDEST = 1100
_COUNTRY_LEAST = 200  # pixels as drawn


class SupportPage(QWidget):
    """Needs no book. With ``closed`` there is a way back, which emits ``backWanted``."""

    backWanted = Signal()

    def __init__(
        self,
        support: Support,
        device: DeviceSettings,
        *,
        closed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._cards: list[list[OrganisationCard]] = []
        self._grids: list[QGridLayout] = []
        self._columns = 0
        self._copied: Button | None = None
        self._topics: tuple[presenting.Topic, ...] = ()
        self.presenter = presenting.SupportPresenter(
            self, support=support, device=device, locale=QLocale().name()
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scroll = ScrollColumn(width=_WIDEST)
        outer.addWidget(self._scroll)
        self._build(closed=closed)

    def _build(self, *, closed: bool) -> None:
        px = theme.current().px
        column = self._scroll.column
        head = QHBoxLayout()
        head.setSpacing(px(12))
        self._back: Button | None = None
        if closed:
            self._back = Button(
                tr("Back"), self.backWanted.emit, name="support-back", variant="quiet", icon="back"
            )
            head.addWidget(self._back)
        head.addWidget(LineLabel(tr("Support"), "title"), 1)
        self._country = _CountryBox()
        self._country.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._country.setObjectName("support-country")
        self._country.setAccessibleName(tr("Country"))
        self._country.currentTextChanged.connect(self._country.setToolTip)
        self._country.activated.connect(lambda _: self.presenter.choose_country(self._country.currentData()))
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(px(8))
        self._head.addLayout(head, 1)
        self._head.addWidget(self._country)
        column.addLayout(self._head)
        self._notice = Notice(name="support-notice", passing=True)
        column.addWidget(self._notice)
        self._crisis = CrisisLine(copy=self._copy, follow=self._follow)
        column.addWidget(self._crisis)
        self._chips = FlowRow(gap=8)
        self._chip_group = QButtonGroup(self)
        self._chip_group.setExclusive(True)
        column.addWidget(self._chips)
        self._list = QVBoxLayout()
        self._list.setSpacing(px(10))
        column.addLayout(self._list)
        footnote = wrapped(
            tr(
                "This page is part of the app and works with no connection. The country you choose is "
                "remembered on this computer. Nothing you look at here is recorded or sent."
            ),
            "small",
        )
        column.addWidget(footnote)
        column.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.presenter.show()
        if self._back is not None:
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._back is not None and event.key() == Qt.Key.Key_Escape:
            self.backWanted.emit()
        else:
            super().keyPressEvent(event)

    # what the presenter says

    def show_countries(self, countries: Sequence[Country]) -> None:
        """The countries that can be chosen."""
        self._country.clear()
        for country in countries:
            self._country.addItem(country.name, country.code)

    def show_help(self, shown: presenting.Help) -> None:
        """Everything for the country and the topic that are chosen now."""
        self._copied = None
        self._notice.hide()
        self._country.setCurrentIndex(self._country.findData(shown.country.code))
        self._crisis.show_line(shown.crisis, shown.country)
        self._show_topics(shown.topics, shown.topic)
        empty(self._list)
        self._cards, self._grids, self._columns = [], [], 0
        for section in shown.sections:
            heading = wrapped(wording.part_text(section.part), "section")
            heading.setContentsMargins(0, theme.current().px(8), 0, 0)
            self._list.addWidget(heading)
            grid = QGridLayout()
            grid.setSpacing(theme.current().px(12))
            self._list.addLayout(grid)
            self._grids.append(grid)
            self._cards.append(
                [
                    OrganisationCard(organisation, copy=self._copy, follow=self._follow)
                    for organisation in section.organisations
                ]
            )
        self._arrange()

    def show_problem(self, error: SupportListDamaged) -> None:
        """The list cannot be read; the emergency number is what is left to say."""
        for hidden in (self._country, self._crisis, self._chips):
            hidden.hide()
        self._notice.say(messages.sentence(error))

    def _show_topics(self, topics: tuple[presenting.Topic, ...], chosen: presenting.Topic | None) -> None:
        if topics != self._topics or not self._chip_group.buttons():
            self._topics = topics
            for chip in self._chip_group.buttons():
                self._chip_group.removeButton(chip)
            self._chips.clear()
            self._chips.add(LineLabel(tr("I am looking for"), "small"))
            self._add_chip(None)
            for topic in topics:
                self._add_chip(topic)
        self._chips.setVisible(bool(topics))
        wanted = [None, *topics].index(chosen)
        self._chip_group.buttons()[wanted].setChecked(True)

    def _add_chip(self, topic: presenting.Topic | None) -> None:
        name = topic.name.lower() if topic else "all"
        chip = Button(
            wording.topic_text(topic) if topic else tr("All"),
            lambda: self.presenter.choose_topic(topic),
            name=f"topic-{name}",
            variant="chip",
        )
        chip.setCheckable(True)
        self._chip_group.addButton(chip)
        self._chips.add(chip)

    def _arrange(self) -> None:
        """Two columns of cards where there is room for them, else one."""
        room = self.width()
        px = theme.current().px
        narrow = room < px(_ONE_LINE)
        lie_or_stand(self._head, narrow=narrow)
        side = px(16 if narrow else 40)
        self._scroll.set_margins(side, px(24), side, px(40))
        for card in chain.from_iterable(self._cards):
            card.fit(narrow=narrow)
        columns = 2 if room >= px(_TWO_COLUMNS) else 1
        if columns == self._columns:
            return
        self._columns = columns
        for grid, cards in zip(self._grids, self._cards, strict=True):
            while (item := grid.takeAt(0)) is not None:
                filler = item.widget()
                if filler is not None and filler not in cards:
                    filler.deleteLater()
            for number, card in enumerate(cards):
                grid.addWidget(card, number // columns, number % columns)
            if columns == 2 and len(cards) == 1:
                grid.addWidget(QWidget(), 0, 1)  # an empty column is narrower than one with a card
            grid.setColumnStretch(0, 1)
            grid.setColumnStretch(1, 1 if columns == 2 else 0)

    # what the person does

    def _copy(self, way: presenting.Way, button: Button) -> None:
        clipboard.current().copy_public(way.address)
        if self._copied is not None:
            self._copied.setText(tr("Copy"))
        button.setText(tr("Copied"))
        self._copied = button

    def _follow(self, way: presenting.Way) -> None:
        dialogs.ask(
            self,
            way.shown,
            f"{tr('This opens your web browser. The page will see that you visited it.')}\n\n{way.address}",
            yes=tr("Open"),
            no=tr("Not now"),
            name="open-website",
            agreed=lambda: self._open(way),
        )

    def _open(self, way: presenting.Way) -> None:
        if not QDesktopServices.openUrl(QUrl(way.address)):
            self._notice.say(
                tr("The web browser could not be opened. The address is {address}.").format(
                    address=way.address
                )
            )


class _CountryBox(QComboBox):
    """Scrolling the page past it does not change the country. A long name is shortened in a narrow place."""

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(min(least.width(), _COUNTRY_LEAST), least.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


if TYPE_CHECKING:
    _: type[presenting.SupportView] = SupportPage
