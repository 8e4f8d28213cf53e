"""How far along it was, as well as it is known: weeks, days, and "about"."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from memorybook.domain.gestation import Gestation
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.checks import CheckBox
from memorybook.ui.kit.fields import OWN_WORDS
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label


class GestationField(QWidget):
    """Weeks and days; the days may stay empty. ``changed`` follows every keystroke."""

    changed = Signal()

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        row = FlowLayout(gap=px(8))
        self.weeks = self._number(45, tr("Weeks"), f"{name}-weeks")
        self.days = self._number(6, tr("Days"), f"{name}-days")
        for field, unit in ((self.weeks, tr("weeks")), (self.days, tr("days"))):
            row.addWidget(field)
            row.addWidget(label(unit, wraps=False))
        column.addLayout(row)
        self.about = CheckBox(tr("About this far"), name=f"{name}-about")
        self.about.toggled.connect(self.changed)
        column.addWidget(self.about)
        self.setFocusProxy(self.weeks)

    def _number(self, most: int, says: str, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(name)
        line.setAccessibleName(says)
        line.setInputMethodHints(OWN_WORDS)
        line.setValidator(QIntValidator(0, most, line))
        line.setFixedWidth(theme.current().px(76))
        line.textChanged.connect(self.changed)
        return line

    def show_gestation(self, gestation: Gestation | None) -> None:
        """Fill the fields, or empty them."""
        known = gestation is not None
        self.weeks.setText(str(gestation.weeks) if gestation is not None else "")
        self.days.setText(str(gestation.days) if gestation is not None and gestation.days is not None else "")
        self.about.setChecked(known and gestation is not None and gestation.about)

    @property
    def is_empty(self) -> bool:
        """Nothing was typed."""
        return not (self.weeks.text() or self.days.text())

    def what_is_missing(self) -> str:
        """The sentence for fields that say nothing together; empty when nothing is missing."""
        if self.is_empty or self.value() is not None:
            return ""
        if not self.weeks.text():
            return tr("The weeks are missing. The days can stay empty.")
        return tr("Weeks go up to 45, days up to 6.")

    def value(self) -> Gestation | None:
        """What the fields say; ``None`` when they are empty or say nothing together."""
        weeks, days = self.weeks.text(), self.days.text()
        try:
            return Gestation(int(weeks), int(days) if days else None, self.about.isChecked())
        except ValueError:
            return None
