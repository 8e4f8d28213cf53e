"""Boxes to tick and choices to make, whose words may stand in several lines."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from memorybook.ui.kit.wrapping import lines_of, longest_word


class CheckBox(QCheckBox):
    """A box to tick, ``name`` for tests and readers; as wide as there is room, as tall as its words need."""

    def __init__(self, text: str, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setObjectName(name)
        self.setSizePolicy(_as_tall_as_needed())

    def sizeHint(self) -> QSize:
        line = super().sizeHint()
        return QSize(line.width(), line.height() + _added(self, line.width(), self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(_least(self, super().sizeHint().width()), self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return bool(self.text())

    def heightForWidth(self, width: int) -> int:
        line = super().sizeHint()
        return line.height() + _added(self, line.width(), width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = "\n".join(_lines(self, super().sizeHint().width(), self.width()))
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_CheckBox, option)


class RadioButton(QRadioButton):
    """One of several choices, with the same manners."""

    def __init__(self, text: str, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setObjectName(name)
        self.setSizePolicy(_as_tall_as_needed())

    def sizeHint(self) -> QSize:
        line = super().sizeHint()
        return QSize(line.width(), line.height() + _added(self, line.width(), self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(_least(self, super().sizeHint().width()), self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return bool(self.text())

    def heightForWidth(self, width: int) -> int:
        line = super().sizeHint()
        return line.height() + _added(self, line.width(), width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = "\n".join(_lines(self, super().sizeHint().width(), self.width()))
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_RadioButton, option)


def _as_tall_as_needed() -> QSizePolicy:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    policy.setHeightForWidth(True)
    return policy


def _around(part: QCheckBox | QRadioButton, line: int) -> int:
    """What stands beside the words: the box, and the space around both."""
    return line - part.fontMetrics().horizontalAdvance(part.text())


def _least(part: QCheckBox | QRadioButton, line: int) -> int:
    return min(line, _around(part, line) + longest_word(part.text(), part.fontMetrics()))


def _added(part: QCheckBox | QRadioButton, line: int, width: int) -> int:
    """What the lines after the first add to the height."""
    return (len(_lines(part, line, width)) - 1) * part.fontMetrics().lineSpacing()


def _lines(part: QCheckBox | QRadioButton, line: int, width: int) -> list[str]:
    if width >= line:
        return [part.text()]
    return lines_of(part.text(), width - _around(part, line), part.fontMetrics())
