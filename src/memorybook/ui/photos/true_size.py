"""How large the thing on a photo is in truth: from the dots of a scan, or by a ruler laid over it."""

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QLineEdit, QVBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.fields import OWN_WORDS
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.true_size import size_text
from memorybook.ui.photos import lengths
from memorybook.ui.photos.lengths import Unit
from memorybook.ui.photos.ruler import RulerLine

_UNITS = (Unit.MM, Unit.CM, Unit.INCH)


class TrueSizeBar(QWidget):
    """Stands below the photo. ``kept`` carries pixels for a millimetre, 0 for a size that is not known.

    ``left`` when the person leaves it as it was.
    """

    kept = Signal(float)
    left = Signal()

    def __init__(self, ruler: RulerLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        self._ruler = ruler
        self._size = (1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        ways = FlowLayout(gap=px(8))
        self._ways = QButtonGroup(self)
        for number, (text, name) in enumerate(
            ((tr("With a ruler"), "size-ruler"), (tr("From the scan"), "size-scan"))
        ):
            chip = Button(text, name=name, variant="chip")
            chip.setCheckable(True)
            self._ways.addButton(chip, number)
            ways.addWidget(chip)
        column.addLayout(ways)
        self._hint = label("", "small")
        column.addWidget(self._hint)
        row = FlowLayout(gap=px(8))
        self._asked = label("", "field", wraps=False)
        self._length = QLineEdit()
        self._length.setObjectName("size-length")
        self._length.setInputMethodHints(OWN_WORDS | Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self._length.setFixedWidth(px(96))
        self._asked.setBuddy(self._length)
        self._unit = QComboBox()
        self._unit.setObjectName("size-unit")
        self._unit.setAccessibleName(tr("Unit"))
        self._unit.addItems([tr("mm"), tr("cm"), tr("inches")])
        metric = QLocale().measurementSystem() is QLocale.MeasurementSystem.MetricSystem
        self._unit.setCurrentIndex(_UNITS.index(Unit.MM if metric else Unit.INCH))
        for widget in (self._asked, self._length, self._unit):
            row.addWidget(widget)
        column.addLayout(row)
        self._result = label("")
        self._result.setObjectName("size-result")
        column.addWidget(self._result)
        buttons = FlowLayout(gap=px(8))
        self._keep = Button(tr("Keep this size"), self._give, name="size-keep", variant="primary")
        self._unknown = Button(tr("The size is not known"), lambda: self.kept.emit(0.0), name="size-unknown")
        for button in (
            self._keep,
            Button(tr("Leave as it was"), self.left.emit, name="size-leave"),
            self._unknown,
        ):
            buttons.addWidget(button)
        column.addLayout(buttons)
        self._ways.idClicked.connect(lambda _: self._choose_way())
        self._length.textChanged.connect(lambda _: self._work_out())
        self._length.returnPressed.connect(self._give)
        self._unit.currentIndexChanged.connect(lambda _: self._work_out())
        ruler.changed.connect(self._work_out)

    def begin(self, width: int, height: int, per_mm: float | None) -> None:
        """Show what is known of a photo of this size in pixels, as it is shown."""
        self._size = (width, height)
        self._unknown.setVisible(per_mm is not None)
        self._ways.button(0 if per_mm is None else 1).setChecked(True)
        self._choose_way()
        if per_mm is not None:
            self._length.setText(_plain(lengths.dots_per_inch(per_mm)))
        self._length.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def _by_ruler(self) -> bool:
        return self._ways.checkedId() == 0

    def _choose_way(self) -> None:
        self._length.clear()
        if self._by_ruler:
            self._hint.setText(
                tr("Pull the two marks to the ends of something of a known length: a foot, a band, a ruler.")
            )
            self._asked.setText(tr("Between the marks"))
            self._ruler.begin()
        else:
            self._hint.setText(tr("The program of the scanner says how many dots per inch it made."))
            self._asked.setText(tr("Dots per inch"))
            self._ruler.hide()
        self._length.setAccessibleName(self._asked.text())
        self._unit.setVisible(self._by_ruler)
        self._work_out()

    def _per_mm(self) -> float | None:
        typed = lengths.number(self._length.text())
        if typed is None:
            return None
        if not self._by_ruler:
            return lengths.per_mm_by_scan(typed)
        pixels = self._ruler.pixels()
        unit = _UNITS[self._unit.currentIndex()]
        return lengths.per_mm_by_ruler(pixels, typed, unit) if pixels >= 1 else None

    def _work_out(self) -> None:
        per_mm = self._per_mm()
        self._keep.setEnabled(per_mm is not None)
        text = ""
        if per_mm is not None:
            size = size_text(*self._size, per_mm)
            text = tr("At its true size, the photo measures {size}.").format(size=size)
        self._result.setText(text)
        self._result.setVisible(bool(text))

    def _give(self) -> None:
        per_mm = self._per_mm()
        if per_mm is not None:
            self.kept.emit(per_mm)


def _plain(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
