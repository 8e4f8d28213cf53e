"""Notices that somebody types or points, and lets a moment pass: copies rest while people do not."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from memorybook.ui.core.window_events import WindowEvents

_GLANCE_MS = 1_000
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class Watching(QObject):
    """``touched`` comes before what was touched hears of it, ``glance`` every second. GUI thread.

    A pointer that is only moved asks the book for nothing, and is no touch.
    """

    touched = Signal()
    glance = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_GLANCE_MS)
        self._timer.timeout.connect(self.glance)
        self._events = WindowEvents(self._noticed, self)

    def start(self) -> None:
        """Begin to watch."""
        self._events.start()
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        self._events.stop()

    def _noticed(self, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self.touched.emit()
        return False
