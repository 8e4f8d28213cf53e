"""The crisis line of a country: always there, quiet, its number large."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

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

    def show_line(
        self, crisis: Organisation | None, country: Country, finder: Organisation | None = None
    ) -> None:
        """Show the line of a country, with every way to reach it, or the emergency number alone.

        Where there is none, ``finder`` knows of others.
        """
        self._text.setText(wording.crisis_text(crisis, country))
        self.setAccessibleName(self._text.text())
        empty(self._others)
        empty(self._line)
        self._side.setVisible(crisis is not None)
        if crisis is None:
            self._add_rows(way_rows(finder, self._uses) if finder is not None else [])
            return
        first = ways(crisis)[0]
        number = label(wording.way_text(first), "crisis-number", wraps=False)
        number.setObjectName("crisis-number")
        self._line.addWidget(number)
        self._line.addWidget(copy_button(crisis, first, self._uses))
        self._line.addStretch(1)
        self._name.setText(" · ".join(filter(None, (crisis.name, first.note))))
        self._add_rows(way_rows(crisis, self._uses, skip=1))
        self._align()

    def _add_rows(self, rows: list[QWidget]) -> None:
        for row in rows:
            self._others.addWidget(row)
            row.show()  # now, and not a moment later

    def buttons(self) -> list[QPushButton]:
        """What the keyboard reaches in it, in the order in which it is read."""
        found: list[QPushButton] = []
        for layout in (self._line, self._others):
            for item in filter(None, map(layout.itemAt, range(layout.count()))):
                if isinstance(widget := item.widget(), QPushButton):
                    found.append(widget)
                elif widget is not None:
                    found.extend(widget.findChildren(QPushButton))
        return found

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
