"""What goes into the book, section by section, with how many of each are in."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from memorybook.domain.book import CoveredPhotos, Edition
from memorybook.ui.book.chip_row import ChipRow
from memorybook.ui.book.selection import Figures, Section
from memorybook.ui.book.wording import section_names
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import number_text, tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.checks import CheckBox
from memorybook.ui.kit.labels import LineLabel, tool_tip

_SHARE = 0.42
"""Of a row: what the names of those who wrote may take."""


class WhatGoesIn(QFrame):
    """A box for each section of which there is something; it tells what the person changed.

    ``put`` gets a section and whether it goes in, ``edited`` what was set, by the names of an edition.
    """

    oneByOneWanted = Signal()

    def __init__(self, put: Callable[[Section, bool], object], edited: Callable[..., object]) -> None:
        super().__init__()
        self._put, self._edited = put, edited
        px = theme.current().px
        self.setProperty("surface", "card")
        self.setAccessibleName(tr("What goes in"))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(10), px(14), px(8))
        column.setSpacing(px(4))
        self._rows: dict[Section, _Row] = {}
        names = section_names()
        for section in (Section.PAGES, Section.PHOTOS):
            column.addWidget(self._row(section, names[section]))
        self._dates = _Row(tr("Dates"), name="book-dates")
        self._dates.box.clicked.connect(lambda on: edited(with_dates=on))
        column.addWidget(self._dates)
        for section in (Section.KEEPSAKES, Section.RECORDINGS, Section.BABIES, Section.FAREWELLS):
            column.addWidget(self._row(section, names[section]))
        self._covered = _Row(tr("Covered photos"), name="book-covered")
        self._covered.box.clicked.connect(self._cover)
        column.addWidget(self._covered)
        where = {
            CoveredPhotos.IN_PLACE: tr("Where they belong"),
            CoveredPhotos.LAST: tr("In a last section"),
        }
        self._where = ChipRow(
            "", where, name="book-covered", chosen=lambda covered: edited(covered=covered)
        )
        self._where.setAccessibleName(tr("Where covered photos go"))
        column.addWidget(self._where)
        column.addWidget(self._row(Section.OTHERS, names[Section.OTHERS]))
        self._one_by_one = Button(
            tr("Choose one by one…"), self.oneByOneWanted.emit, name="book-choose", variant="link"
        )
        column.addWidget(self._one_by_one, 0, Qt.AlignmentFlag.AlignLeft)

    def _row(self, section: Section, text: str) -> "_Row":
        row = self._rows[section] = _Row(text, name=f"book-{section}")
        row.box.clicked.connect(lambda on: self._put(section, on))
        return row

    def _cover(self, on: bool) -> None:
        self._edited(covered=CoveredPhotos.IN_PLACE if on else CoveredPhotos.LEAVE_OUT)

    def show_edition(
        self, edition: Edition, figures: Mapping[Section, Figures], *, dates: bool, covered: bool
    ) -> None:
        """What is in, and of what there is anything: ``dates`` to keep, ``covered`` photos."""
        for section, row in self._rows.items():
            found = figures.get(section)
            row.setVisible(found is not None)
            if found is not None:
                row.show_figures(found)
        self._dates.setVisible(dates)
        self._dates.box.setChecked(edition.with_dates)
        self._covered.setVisible(covered)
        goes_in = edition.covered is not CoveredPhotos.LEAVE_OUT
        self._covered.box.setChecked(goes_in)
        self._where.setVisible(covered and goes_in)
        if goes_in:
            self._where.mark(edition.covered)
        self._one_by_one.setVisible(bool(figures))


class _Row(QWidget):
    """A box, and beside it how many of these are in, or who wrote them."""

    def __init__(self, text: str, *, name: str) -> None:
        super().__init__()
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.current().px(8))
        self._whole = ""
        self.box = CheckBox(text, name=name)
        across.addWidget(self.box, 1)
        self.says = LineLabel("", "small")
        self.says.setObjectName(f"{name}-figure")
        self.says.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        across.addWidget(self.says)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Names are cut before the words beside the box have to be."""
        metrics = self.says.fontMetrics()
        room = int(self.width() * _SHARE)
        shown = metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.says.setText(shown)
        self.says.setFixedWidth(metrics.horizontalAdvance(shown) + 4)

    def show_figures(self, found: Figures) -> None:
        self.box.setChecked(found.chosen > 0)
        count = tr("{chosen} of {total}").format(
                chosen=number_text(found.chosen), total=number_text(found.total)
            )
        text = QLocale().createSeparatedList(list(found.who)) or count
        self._whole = text
        self.says.setAccessibleName(text)
        self.says.setToolTip(tool_tip(text) if found.who else "")
        self.box.setAccessibleDescription(count)
        self._fit()
