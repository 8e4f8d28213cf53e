"""Measures in a running window: when something has been painted, and how long the window did not answer."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer, SignalInstance
from PySide6.QtWidgets import QWidget

_PATIENCE_MS = 60_000
_BEAT_MS = 1


class Watch(QObject):
    """Calls ``seen`` once, when events of this kind that come to ``target`` have been dealt with."""

    def __init__(self, target: QObject, kind: QEvent.Type, seen: Callable[[], None]) -> None:
        super().__init__(target)
        self._target, self._kind, self._seen = target, kind, seen
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._target and event.type() is self._kind:
            self._target.removeEventFilter(self)
            QTimer.singleShot(0, self._seen)
        return False


class Heartbeat:
    """Beats every millisecond. The longest gap between two beats is the longest that a key had to wait."""

    def __init__(self) -> None:
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._last = self._longest = 0.0

    def _beat(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now

    def start(self) -> None:
        self._last, self._longest = time.perf_counter(), 0.0
        self._timer.start()

    def stop(self) -> float:
        """The longest gap since the start, in milliseconds."""
        self._beat()
        self._timer.stop()
        return self._longest * 1000


class Stopwatch:
    """Times one thing a person does, in milliseconds, up to the moment when its outcome is on the screen."""

    def __init__(self) -> None:
        self.heartbeat = Heartbeat()

    def until_painted(
        self, act: Callable[[], object], changed: SignalInstance, surface: QWidget
    ) -> tuple[float, float]:
        """Act, wait for ``changed`` and then for ``surface`` to be painted. Time taken, longest wait."""

        def arrange(finish: Callable[[], None]) -> None:
            def come(*_: object) -> None:
                changed.disconnect(come)
                Watch(surface, QEvent.Type.Paint, finish)

            changed.connect(come)

        return self.until(act, arrange)

    def until(
        self, act: Callable[[], object], arrange: Callable[[Callable[[], None]], None]
    ) -> tuple[float, float]:
        """Act, and run the event loop until what ``arrange`` was given is called. Time, longest wait."""
        loop = QEventLoop()
        ended: list[float] = []

        def finish() -> None:
            ended.append(time.perf_counter())
            loop.quit()

        arrange(finish)
        QTimer.singleShot(_PATIENCE_MS, loop, loop.quit)
        self.heartbeat.start()
        began = time.perf_counter()
        act()
        if not ended:
            loop.exec()
        longest = self.heartbeat.stop()
        if not ended:
            raise TimeoutError("what was waited for did not come")
        return (ended[0] - began) * 1000, longest


def peak_memory() -> float:
    """The most memory this process has held, in MiB."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def forget_peak() -> None:
    """Let :func:`peak_memory` begin anew."""
    Path("/proc/self/clear_refs").write_text("5")
