"""The crisis line of a country: always there, quiet, its number large."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from memorybook.domain.support import Country, Organisation
from memorybook.ui.core import theme
from memorybook.ui.kit.flow import lie_or_stand
from memorybook.ui.kit.labels import label
from memorybook.ui.support import wording
from memorybook.ui.support.card import Uses, copy_button, way_rows
from memorybook.ui.support.parts import empty, wrapped
from memorybook.ui.support.tongue import tr
from memorybook.ui.support.ways import ways

_SIDE_BY_SIDE = 560
_SIDE_WIDTH = 250


class CrisisLine(QFrame):
    """Words on one side, the number on the other; below one another where it is narrow."""

    def __init__(self, uses: Uses) -> None:
        super().__init__()
        px = theme.current().px
        self._uses = uses
        self.setObjectName("crisis")
        self.setProperty("surface", "crisis")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(14))
        column.setSpacing(px(2))
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(px(12))
        column.addLayout(self._across)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(wrapped(tr("If tonight feels like too much"), "crisis"))
        self._text = wrapped()
        words.addWidget(self._text)
        words.addStretch(1)
        self._across.addLayout(words, 1)
        self._side = QWidget()
        beside = QVBoxLayout(self._side)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        self._line = QHBoxLayout()
        self._line.setSpacing(px(8))
        self._name = wrapped("", "small")
        beside.addLayout(self._line)
        beside.addWidget(self._name)
        beside.addStretch(1)
        self._across.addWidget(self._side)
        self._others = QVBoxLayout()
        self._others.setSpacing(0)
        column.addLayout(self._others)

    def show_line(self, crisis: Organisation | None, country: Country) -> None:
        """Show the line of a country, with every way to reach it, or the emergency number alone."""
        self._text.setText(wording.crisis_text(crisis, country))
        self.setAccessibleName(self._text.text())
        empty(self._others)
        empty(self._line)
        self._side.setVisible(crisis is not None)
        if crisis is None:
            return
        first = ways(crisis)[0]
        number = label(wording.way_text(first), "crisis-number", wraps=False)
        number.setObjectName("crisis-number")
        self._line.addWidget(number)
        self._line.addWidget(copy_button(crisis, first, self._uses))
        self._line.addStretch(1)
        self._name.setText(" · ".join(filter(None, (crisis.name, first.note))))
        for row in way_rows(crisis, self._uses, skip=1):
            self._others.addWidget(row)
        self._align()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._align()

    def _align(self) -> None:
        px = theme.current().px
        narrow = self.width() < px(_SIDE_BY_SIDE)
        lie_or_stand(self._across, narrow=narrow)
        self._side.setMinimumWidth(0 if narrow else px(_SIDE_WIDTH))
        self._side.setMaximumWidth(self.width() if narrow else px(_SIDE_WIDTH))
        # Towards the edge they stand at; Copy is on the inner side of the number.
        self._line.setDirection(
            QBoxLayout.Direction.LeftToRight if narrow else QBoxLayout.Direction.RightToLeft
        )
        self._name.setAlignment(Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag.AlignRight)
