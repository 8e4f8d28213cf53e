"""Notices that nobody has touched the program for a while, also when the computer slept meanwhile."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from memorybook.ui.core.window_events import WindowEvents

_GLANCE_MS = 1_000
_SECONDS = 60
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    }
)


class Idle(QObject):
    """``expired`` is emitted once, so many minutes after the last key, movement, touch or turn of a wheel.

    ``elapsed`` is a clock in seconds that goes on during sleep; ``minutes`` is asked at every look, 0 is
    never. What the program does by itself, an export for one, is no touch, but for what a person has asked
    to be waited for: while ``at_work`` holds, the minutes do not pass. A sleep of that length ends it all
    the same. GUI thread.
    """

    expired = Signal()

    def __init__(
        self,
        *,
        elapsed: Callable[[], float],
        minutes: Callable[[], int],
        at_work: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._elapsed = elapsed
        self._minutes = minutes
        self._at_work = at_work
        self._touched = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_GLANCE_MS)
        self._timer.timeout.connect(self.look)
        self._events = WindowEvents(self._noticed, self)

    def start(self) -> None:
        """Begin to count."""
        self._touched = self._elapsed()
        self._events.start()
        self._timer.start()

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()
        self._events.stop()

    def look(self) -> bool:
        """Whether the time has passed; then it is told, and counting ends."""
        minutes = self._minutes()
        now = self._elapsed()
        if not minutes or now - self._touched < minutes * _SECONDS:
            if self._at_work():  # looked at every second: only a sleep makes a gap of minutes
                self._touched = now
            return False
        self.stop()
        self.expired.emit()
        return True

    def _noticed(self, event: QEvent) -> bool:
        """Any touch counts anew. The first one after a long sleep comes before the timer, and too late."""
        if event.type() in _TOUCHES:
            if self._timer.isActive() and self.look():
                return True
            self._touched = self._elapsed()
        return False
