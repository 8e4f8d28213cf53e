"""The parts of a form: a line, some words, a day. Each may stay empty."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.beginning import Beginning
from memorybook.ui.kit.date_field import DateField
from memorybook.ui.kit.fields import LabelledLine
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.text_box import LabelledText


class Part(Beginning):
    """One thing that can be written down. ``edited`` when the person changes it."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.current().px(6))

    def holds(self) -> bool:
        """Whether anything is written down."""
        raise NotImplementedError


class LinePart(Part):
    """One line."""

    def __init__(self, caption: str, *, name: str) -> None:
        super().__init__()
        self._line = LabelledLine(caption, name=name)
        self._line.line.textEdited.connect(self.edited)
        self.column.addWidget(self._line)
        self.setFocusProxy(self._line)

    def show_text(self, text: str) -> None:
        """Fill the line."""
        self._line.line.setText(text)
        self._line.line.setCursorPosition(0)  # a long one is read from its beginning

    def text(self) -> str:
        """What was typed."""
        return self._line.text()

    def holds(self) -> bool:
        return bool(self.text().strip())


class WordsPart(Part):
    """A few lines."""

    def __init__(self, caption: str, *, name: str) -> None:
        super().__init__()
        self._text = LabelledText(caption, name=name)
        self._text.box.textChanged.connect(self.edited)
        self.column.addWidget(self._text)
        self.setFocusProxy(self._text)

    def show_text(self, text: str) -> None:
        """Fill the box."""
        self._text.box.setPlainText(text)

    def text(self) -> str:
        """What was typed."""
        return self._text.text()

    def holds(self) -> bool:
        return bool(self.text().strip())


class DayPart(Part):
    """A date as well as it is known, and a sentence while what stands there makes none."""

    def __init__(self, caption: str, *, name: str) -> None:
        super().__init__()
        self.field = DateField(name=name)
        self._whole: VagueDate = UNKNOWN
        self._stood: VagueDate = UNKNOWN
        self._caption = label(caption, "field")
        self.column.addWidget(self._caption)
        self.column.addWidget(self.field)
        self._hint = label("", "small")
        self._hint.setObjectName(f"{name}-hint")
        self._hint.hide()
        self.column.addWidget(self._hint)
        for control in (self.field.day, self.field.month, self.field.year, self.field.about):
            control.installEventFilter(self)
        self.call(caption)
        self.setFocusProxy(self.field.day)
        self.field.changed.connect(self._changed)

    def call(self, caption: str) -> None:
        """What day it is, in other words."""
        self._caption.setText(caption)
        self.setAccessibleName(caption)
        for control, says in (
            (self.field.day, tr("{date}: day")),
            (self.field.month, tr("{date}: month")),
            (self.field.year, tr("{date}: year")),
            (self.field.about, tr("{date}: about this time")),
        ):
            control.setAccessibleName(says.format(date=caption))

    def show_day(self, day: VagueDate) -> None:
        """Fill the fields."""
        self._whole = self._stood = day
        self.field.show_day(day)
        self._changed()

    def day(self) -> VagueDate:
        """What the fields say; while they say none, the last date that was whole when a field was left."""
        return self._whole

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            if self.is_whole:
                self._stood = self._whole
            else:
                self._say_missing()
        return super().eventFilter(watched, event)

    @property
    def is_whole(self) -> bool:
        """Whether all that stands in the fields is in :meth:`day`."""
        return self.field.value() is not None

    def _changed(self) -> None:
        day = self.field.value()
        if day is not None:
            self._whole = day
            self._hint.hide()
            self.edited.emit()
            return
        self._whole = self._stood  # 31 January, passed on the way to 31 February, was never meant
        if self.field.year.hasFocus() and self.field.has_part_of_a_year:
            self._hint.hide()  # the other digits are on their way
        else:
            self._say_missing()
        self.edited.emit()

    def _say_missing(self) -> None:
        if self._hint.text() != (missing := self.field.what_is_missing()) or self._hint.isHidden():
            self._hint.setText(missing)
            self._hint.setAccessibleName(missing)
            self._hint.show()

    def holds(self) -> bool:
        return self._whole.is_known or not self.is_whole
