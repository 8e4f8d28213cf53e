"""The list of places in which copies are kept: what is there, and what can be done with each."""

import datetime
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from memorybook.domain.backup import BackupPlace
from memorybook.domain.ids import PlaceId
from memorybook.ui.backup import wording
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import count_text, tr
from memorybook.ui.core.long_words import breakable
from memorybook.ui.kit.cards import CardButton
from memorybook.ui.kit.checks import CheckBox
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import ElidedLabel, label, surface


class PlaceLine(QWidget):
    """One place. Each signal is a wish; what it means is asked elsewhere."""

    copyWanted = Signal()
    verifyWanted = Signal()
    moveWanted = Signal()
    forgetWanted = Signal()
    thinWanted = Signal()
    olderWanted = Signal(int)
    automaticChosen = Signal(bool)

    def __init__(self, place: BackupPlace, number: int, now: datetime.datetime, *, first: bool) -> None:
        super().__init__()
        self._number, self._of = number, str(place.folder)
        px = theme.current().px
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(label(breakable(wording.place_name(place)), "strong"))
        column.addWidget(ElidedLabel(str(place.folder), "small", elide=Qt.TextElideMode.ElideMiddle))
        said = label(wording.last_copy(place, now))
        said.setObjectName(f"place-last-{number}")
        column.addWidget(said)
        if not place.is_there:
            column.addWidget(
                label(
                    tr("It cannot be reached at the moment. If it is a drive, please connect it."), "small"
                )
            )
        elif place.is_own_disk:
            column.addWidget(
                label(
                    tr(
                        "It is on the same disk as the book: good against a mistake, and of no help when the "
                        "disk breaks or the computer is lost."
                    ),
                    "small",
                )
            )
        box = CheckBox(
            tr("Make copies here unasked: while you rest, and when the book is closed"),
            name=f"place-automatic-{number}",
        )
        box.setChecked(place.is_automatic)
        box.clicked.connect(self.automaticChosen)
        column.addWidget(box)
        self._links = FlowLayout(gap=px(8))
        column.addLayout(self._links)
        if place.is_there:
            self._add("copy", tr("Make a copy now"), tr("Make a copy now: {place}"), self.copyWanted.emit)
        if place.is_there and place.copies:
            self._add("verify", tr("Check the newest"), tr("Check the newest copy: {place}"),
                      self.verifyWanted.emit)  # fmt: skip
        if place.is_there and place.copies > 1:
            self._add("thin", tr("Keep only the newest"), tr("Keep only the newest copy: {place}"),
                      self.thinWanted.emit)  # fmt: skip
        if first:
            self._add("move", tr("Keep them elsewhere"), tr("Keep these copies elsewhere: {place}"),
                      self.moveWanted.emit)  # fmt: skip
        else:
            self._add("forget", tr("Take off this list"), tr("Take off this list: {place}"),
                      self.forgetWanted.emit)  # fmt: skip

    def _add(self, key: str, text: str, says: str, pressed: Callable[[], object]) -> CardButton:
        button = CardButton(
            text,
            pressed,
            name=f"place-{key}-{self._number}",
            variant="link",
            says=says.format(place=self._of),
        )
        self._links.addWidget(button)
        return button

    def show_older(self, number: int) -> None:
        """So many copies there open with a sheet that was withdrawn."""
        told = count_text(
            "One copy there still opens with the sheet that was withdrawn.",
            "{n} copies there still open with the sheet that was withdrawn.",
            number,
        )
        self._column.insertWidget(self._column.count() - 1, label(told, "small"))
        button = self._add(
            "older", tr("Delete those"), tr("Delete the copies that open with the withdrawn sheet: {place}"),
            lambda: self.olderWanted.emit(number),
        )  # fmt: skip
        button.show()


class PlacesList(QWidget):
    """Lists them anew whenever it is told, with the keyboard where it was."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._inner = QWidget()
        self._column.addWidget(self._inner)
        self._lines: dict[PlaceId, PlaceLine] = {}

    def show_places(
        self,
        places: Sequence[BackupPlace],
        now: datetime.datetime,
        join: Callable[[PlaceLine, BackupPlace], object],
    ) -> None:
        """One line for each; ``join`` is given every new one."""
        had = next((each.objectName() for each in self.findChildren(QWidget) if each.hasFocus()), "")
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().px(10))
        self._lines = {}
        for number, place in enumerate(places, start=1):
            line = PlaceLine(place, number, now, first=number == 1)
            join(line, place)
            self._lines[place.id] = line
            column.addWidget(surface("rule"))
            column.addWidget(line)
        before, self._inner = self._inner, inner
        self._column.replaceWidget(before, inner)
        inner.show()
        before.hide()
        before.deleteLater()
        if had:
            found = inner.findChild(QWidget, had)
            if found is not None:
                found.setFocus()

    @property
    def parts(self) -> list[QWidget]:
        """What the keyboard comes to, in its order."""
        return [part for part in self._inner.findChildren(QWidget) if isinstance(part, QAbstractButton)]

    def show_older(self, place: PlaceId, number: int) -> None:
        """So many copies in this place open with a sheet that was withdrawn."""
        line = self._lines.get(place)
        if line is not None:
            line.show_older(number)
