"""Cyclic garbage collection on the GUI thread: on a worker it would destroy Qt objects there."""

import gc

from PySide6.QtCore import QObject, QTimer

_INTERVAL_MS = 5_000


class Collector(QObject):
    """Turns the automatic collector off and collects by timer while it lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self)
        timer.timeout.connect(self._collect)
        timer.start(_INTERVAL_MS)

    def _collect(self) -> None:
        for generation, (threshold, count) in enumerate(zip(gc.get_threshold(), gc.get_count(), strict=True)):
            if count > threshold:
                gc.collect(generation)
