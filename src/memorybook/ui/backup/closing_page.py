"""What is seen while a last copy is made of a book that is closed: nothing of it, and a way on."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.closing import CLOSE_KEY
from memorybook.ui.core.course import Course
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.labels import label

_WIDTH = 420
_LOOK_MS = 100
_STEPS = 1000


class ClosingPage(QWidget):
    """``closeNowWanted`` when the copy is not to be waited for: by the button, by Escape or by the key."""

    closeNowWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "linen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = ScrollColumn(width=_WIDTH)
        outer.addWidget(scroll)
        column = scroll.column
        column.setSpacing(theme.current().px(14))
        column.addStretch(1)
        says = label(tr("Making a copy of your book…"))
        says.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(says)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(says.text())
        self._bar.setRange(0, _STEPS)
        column.addWidget(self._bar)
        then = label(tr("Everything is kept. The book closes as soon as the copy is there."), "soft")
        then.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(then)
        self._now = Button(tr("Close now"), self.closeNowWanted.emit, name="close-now")
        self._now.setAccessibleDescription(tr("The copy is left for another time."))
        column.addWidget(self._now, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.setFocusProxy(self._now)
        for sequence in (CLOSE_KEY, QKeySequence(Qt.Key.Key_Escape)):
            key = QShortcut(sequence, self)
            key.activated.connect(self.closeNowWanted)

        self._course: Course | None = None
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self._look)

    def show_course(self, course: Course) -> None:
        """The copy has begun."""
        self._course = course
        self._look()
        self._looking.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._looking.stop()

    def _look(self) -> None:
        step = self._course.step if self._course is not None else None
        self._bar.setValue(_STEPS * step.done // step.total if step is not None and step.total else 0)
