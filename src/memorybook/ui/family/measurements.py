"""Measurements as they were entered: what was measured, and what it came to, in any unit."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from memorybook.domain.people import Measurement
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.family.wording import measure_names
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.fields import OWN_WORDS
from memorybook.ui.kit.flow import lie_or_stand
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.parts import Part

_NARROW = 420


class _Line(QWidget):
    """One measurement. What was measured can be chosen or typed."""

    edited = Signal()
    removed = Signal()

    def __init__(self, measurement: Measurement, *, name: str) -> None:
        super().__init__()
        px = theme.current().px
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        self._fields = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._fields.setSpacing(px(8))
        row.addLayout(self._fields, 1)
        self._names = measure_names()
        self._what = QComboBox()
        self._what.setEditable(True)
        self._what.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._what.setCompleter(None)  # type: ignore[arg-type]  # none: a word of one's own stays as typed
        self._what.setObjectName(f"{name}-what")
        self._what.setAccessibleName(tr("What was measured"))
        self._what.addItems(list(self._names.values()))
        self._what.setCurrentText(self._names.get(measurement.what, measurement.what))
        self._what.setMinimumContentsLength(8)
        self._what.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        inner = self._what.lineEdit()
        if inner is not None:
            inner.setInputMethodHints(OWN_WORDS)
            inner.setObjectName(f"{name}-what-line")
            inner.setAccessibleName(tr("What was measured"))
        self.value = QLineEdit(measurement.value)
        self.value.setObjectName(f"{name}-value")
        self.value.setAccessibleName(tr("How much, with its unit"))
        self.value.setPlaceholderText(tr("With its unit"))
        self.value.setInputMethodHints(OWN_WORDS)
        away = Button(
            "",
            self.removed.emit,
            name=f"{name}-remove",
            variant="quiet",
            icon="remove",
            tint="ink_soft",
            says=tr("Remove this measurement"),
        )
        self._fields.addWidget(self._what, 2)
        self._fields.addWidget(self.value, 3)
        row.addWidget(away, 0, Qt.AlignmentFlag.AlignTop)
        self._what.editTextChanged.connect(lambda _: self.edited.emit())
        self.value.textEdited.connect(lambda _: self.edited.emit())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        lie_or_stand(self._fields, narrow=self.width() < theme.current().px(_NARROW))

    def measurement(self) -> Measurement:
        """As it stands there."""
        typed = self._what.currentText().strip()
        codes = {text: code for code, text in self._names.items()}
        return Measurement(codes.get(typed, typed), self.value.text())


class MeasurementsPart(Part):
    """As many as the parent likes, in the order they were written down."""

    def __init__(self, caption: str, *, name: str) -> None:
        super().__init__()
        self._name = name
        self._made = 0
        self._lines: list[_Line] = []
        self.column.addWidget(label(caption, "field"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.current().px(8))
        self.column.addLayout(self._rows)
        self._more = Button(tr("One more"), self._add_next, name=f"{name}-more", variant="link")
        self.column.addWidget(self._more)

    def show_measurements(self, measurements: Sequence[Measurement]) -> None:
        """Fill the lines."""
        for line in self._lines:
            self._let_go(line)
        self._lines = []
        for measurement in measurements:
            self._add(measurement)

    def measurements(self) -> tuple[Measurement, ...]:
        """All that say something."""
        every = (line.measurement() for line in self._lines)
        return tuple(measurement for measurement in every if not measurement.is_empty)

    def begin(self) -> QWidget:
        """A first line where there is none; what the keyboard goes to."""
        if not self._lines:
            self._add_next()
        return self._lines[0].value

    def _add(self, measurement: Measurement) -> _Line:
        self._made += 1
        line = _Line(measurement, name=f"{self._name}-{self._made}")
        line.edited.connect(self.edited)
        line.removed.connect(lambda: self._remove(line))
        self._lines.append(line)
        self._rows.addWidget(line)
        return line

    def _add_next(self) -> None:
        used = {line.measurement().what for line in self._lines}
        free = next((code for code in measure_names() if code not in used), "")
        self._add(Measurement(free, "")).value.setFocus()

    def _remove(self, line: _Line) -> None:
        self._lines.remove(line)
        self._more.setFocus()
        self._let_go(line)
        self.edited.emit()

    def _let_go(self, line: _Line) -> None:
        self._rows.removeWidget(line)
        line.hide()
        line.deleteLater()

    def holds(self) -> bool:
        return bool(self.measurements())
