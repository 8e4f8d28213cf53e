"""Which things are listed while one chooses: of one baby, from one person, of one kind, of some years."""

import datetime
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from memorybook.domain.ids import BabyId
from memorybook.domain.material import Item, Only, Part
from memorybook.services import choosing
from memorybook.ui.book.wording import kind_text
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.flow import FlowLayout

_WIDE = 10  # letters that a box has room for, if not for more


class ChoosingFilters(QWidget):
    """A box for each way to tell the things apart, where there are any. ``changed`` when one is set."""

    changed = Signal()

    def __init__(self, babies: Mapping[BabyId, str], me: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._babies, self._me = babies, me
        self._filling = False
        flow = FlowLayout(self, gap=theme.current().px(8))
        self._baby = self._box("choosing-baby", tr("About"))
        self._person = self._box("choosing-person", tr("From"))
        self._kind = self._box("choosing-kind", tr("Kind"))
        self._tag = self._box("choosing-tag", tr("Tag"))
        self._first = self._box("choosing-first", tr("From which year"))
        self._last = self._box("choosing-last", tr("Until which year"))
        for box in self._boxes():
            flow.addWidget(box)

    def _boxes(self) -> tuple[QComboBox, ...]:
        return (self._baby, self._person, self._kind, self._tag, self._first, self._last)

    def _box(self, name: str, says: str) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        box.setAccessibleName(says)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.currentIndexChanged.connect(self._set)
        return box

    def _set(self) -> None:
        if not self._filling:
            self.changed.emit()

    def offer(self, part: Part, items: Sequence[Item]) -> None:
        """What tells these apart; all of them are listed."""
        self._filling = True
        about = dict.fromkeys(baby for item in items for baby in item.babies)
        babies = [(self._babies[baby], baby) for baby in about if baby in self._babies]
        self._fill(self._baby, tr("About anyone"), babies)
        people: list[tuple[str, object]] = [(name, name) for name in choosing.people(items)]
        if people and any(not item.person for item in items) and part is Part.ENTRIES:
            people.insert(0, (self._me or tr("me"), ""))
        self._fill(self._person, tr("From anyone"), people)
        kinds = [(kind_text(part, kind), kind) for kind in choosing.kinds(items)]
        self._fill(self._kind, tr("Any kind"), [(text, kind) for text, kind in kinds if text])
        self._fill(self._tag, tr("Any tag"), [(tag, tag) for tag in choosing.tags(items)], few=1)
        years = sorted({item.day.year for item in items if item.day.year is not None})
        self._fill(self._first, tr("From any year"), [(tr("From {year}").format(year=y), y) for y in years])
        self._fill(self._last, tr("To any year"), [(tr("To {year}").format(year=y), y) for y in years])
        self._filling = False

    def _fill(self, box: QComboBox, every: str, choices: Sequence[tuple[str, object]], few: int = 2) -> None:
        box.clear()
        box.setMinimumContentsLength(max(len(every), _WIDE))
        box.addItem(every, None)
        for text, value in choices:
            box.addItem(text, value)
        box.setVisible(len(choices) >= few)

    @property
    def is_set(self) -> bool:
        """Whether some things are not listed."""
        return any(box.currentIndex() > 0 for box in self._boxes())

    def only(self, part: Part) -> Only:
        """What is listed."""
        first, last = self._first.currentData(), self._last.currentData()
        return Only(
            part=part,
            baby=self._baby.currentData(),
            person=self._person.currentData(),
            kind=self._kind.currentData(),
            tag=self._tag.currentData() or "",
            first=datetime.date(first, 1, 1) if first else None,
            last=datetime.date(last, 12, 31) if last else None,
            in_book=True,
        )
