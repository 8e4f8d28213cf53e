"""The first card of bringing a book back: where from."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.long_words import breakable
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.closed_card import Card
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import ElidedLabel, label, surface
from memorybook.ui.kit.tab_order import come_before


class SourceCard(Card):
    """``foundChosen`` carries which of the places that were found by themselves is meant, counted from 0."""

    folderWanted = Signal()
    fileWanted = Signal()
    foundChosen = Signal(int)
    rescueWanted = Signal()

    width_wanted = 580

    def __init__(self) -> None:
        super().__init__(name="source")
        px = theme.current().px
        self._title = label("", "title")
        self.lines.addWidget(self._title)
        self._about = label("", "soft")
        self.lines.addWidget(self._about)
        self.lines.addWidget(self.notice)
        self._found = QWidget()
        self._found_lines = QVBoxLayout(self._found)
        self._found_lines.setContentsMargins(0, 0, 0, 0)
        self._found_lines.setSpacing(px(6))
        self._found_lines.addWidget(label(tr("Copies that are on this computer"), "section"))
        self._rows: list[QWidget] = []
        self.lines.addWidget(self._found)
        self._elsewhere = label(tr("Somewhere else"), "section")
        self.lines.addWidget(self._elsewhere)
        buttons = FlowLayout(gap=px(10))
        self._folder = Button(tr("Choose a folder"), self.folderWanted.emit, name="restore-folder")
        buttons.addWidget(self._folder)
        self._file = Button(tr("Choose a file"), self.fileWanted.emit, name="restore-file")
        buttons.addWidget(self._file)
        self.lines.addLayout(buttons)
        self.lines.addWidget(
            label(
                tr(
                    "A folder can be one with copies in it, on a stick for instance, a copy of the book’s "
                    "own folder, or an archive. A file ends in .mbbackup, or in .zip if it is an archive."
                ),
                "small",
            )
        )
        self._rescue = self._rescuing()
        self.lines.addWidget(self._rescue)
        self.begin_at(self._folder)

    def _rescuing(self) -> QWidget:
        px = theme.current().px
        part = QWidget()
        lines = QVBoxLayout(part)
        lines.setContentsMargins(0, px(6), 0, 0)
        lines.setSpacing(px(10))
        lines.addWidget(surface("rule"))
        lines.addWidget(label(tr("Without a copy"), "section"))
        lines.addWidget(
            label(
                tr(
                    "What can still be read in the damaged book can be gathered into a new one. "
                    "The damaged book is only read and stays as it is."
                ),
                "soft",
            )
        )
        row = FlowLayout(gap=px(10))
        row.addWidget(
            Button(tr("Gather what can be read"), self.rescueWanted.emit, name="restore-rescue")
        )
        lines.addLayout(row)
        return part

    def ask(self, title: str, about: str, *, rescue: bool) -> None:
        """Begin anew: what is to be brought back, and whether there is a damaged book to gather from."""
        self._title.setText(title)
        self._about.setText(breakable(about))
        self._about.setAccessibleName(about)
        self._rescue.setVisible(rescue)
        self.show_found(())
        self.notice.hide()
        self.rest()

    def show_found(self, places: Sequence[tuple[str, str]]) -> None:
        """Offer places that hold copies: each by what is in it and where it is."""
        for row in self._rows:
            self._found_lines.removeWidget(row)
            row.deleteLater()
        rows = [self._row(number, *place) for number, place in enumerate(places)]
        self._rows = [row for row, _ in rows]
        for row in self._rows:
            self._found_lines.addWidget(row)
        buttons = [button for _, button in rows]
        come_before(buttons, self._folder)
        self._found.setVisible(bool(places))
        self._elsewhere.setVisible(bool(places))
        self.begin_at(buttons[0] if buttons else self._folder)
        if buttons and self._folder.hasFocus():  # nothing was chosen yet
            buttons[0].setFocus()

    def _row(self, number: int, what: str, where: str) -> tuple[QWidget, QWidget]:
        part = QWidget()
        lines = QVBoxLayout(part)
        lines.setContentsMargins(0, 0, 0, theme.current().px(4))
        lines.setSpacing(theme.current().px(2))
        button = Button(what, lambda: self.foundChosen.emit(number), name=f"restore-found-{number}")
        button.setAccessibleDescription(where)
        lines.addWidget(button)
        lines.addWidget(ElidedLabel(where, "small", elide=Qt.TextElideMode.ElideMiddle))
        return part, button
