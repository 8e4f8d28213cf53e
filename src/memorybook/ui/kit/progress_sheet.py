"""The small window over something long: how far it is, and the way to stop it."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from memorybook.domain.backup import Step
from memorybook.ui.core import cover
from memorybook.ui.core.course import Course
from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.labels import label

_LOOK_MS = 100
_STEPS = 1000


class ProgressSheet(Sheet):
    """Leaving it in any way stops the work; it stays until the work has ended (:meth:`finish`).

    ``name`` begins the names of its parts; ``words`` says a step. A closing book puts it away as every
    dialog, which stops the work too.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        meaning: str,
        course: Course,
        words: Callable[[Step], str],
        *,
        name: str,
        stop: str = "",
    ) -> None:
        super().__init__(parent, title, name=name, width=460)
        self._course, self._words = course, words
        self.column.addWidget(label(meaning, "soft"))
        self._bar = QProgressBar()
        self._bar.setObjectName(f"{name}-bar")
        self._bar.setAccessibleName(title)
        self._bar.setTextVisible(False)
        self.column.addWidget(self._bar)
        self._state = label(" ", "small")
        self._state.setObjectName(f"{name}-state")
        self.column.addWidget(self._state)
        self._cancel = self.add_button(stop or tr("Stop"), self._stop, name=f"{name}-stop")
        self.rejected.connect(course.stop.set)
        # Looked at from here: what another thread tells must not wait for, or outlive, a window.
        looking = QTimer(self)
        looking.setInterval(_LOOK_MS)
        looking.timeout.connect(self._look)
        looking.start()
        self._look()

    def open(self) -> None:
        """In another place of the book too: work is not stopped because somebody went on there."""
        cover.open_in_sight(self, anywhere=True)

    def _stop(self) -> None:
        self._course.stop.set()
        self._cancel.setEnabled(False)
        self._look()

    def _look(self) -> None:
        step = self._course.step
        # Without a known end the bar says only that something goes on.
        self._bar.setRange(0, _STEPS if step.total or not step.stage else 0)
        self._bar.setValue(min(_STEPS, _STEPS * step.done // step.total) if step.total else 0)
        if self._course.is_stopping:
            said = tr("Stopping…")
        else:
            said = self._words(step) if step.stage else tr("Preparing…")
        if said != self._state.text():
            self._state.setText(said)
            self._state.setAccessibleName(said)

    def finish(self) -> None:
        """Go away: the work has ended. A lock may have taken the window away before."""
        if shiboken6.isValid(self):
            self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._stop()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._stop()
        event.ignore()
