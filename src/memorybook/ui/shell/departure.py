"""Everything that closes an open book without a click: nobody is there any more, or the computer is left."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from memorybook.ui.core.device import DeviceSettings
from memorybook.ui.core.idle import Idle
from memorybook.ui.core.session_lock import SessionLock


class Departure(QObject):
    """``noticed`` is emitted while a book is watched: between :meth:`watch` and :meth:`rest`. GUI thread."""

    noticed = Signal()

    def __init__(self, device: DeviceSettings, elapsed: Callable[[], float], parent: QObject) -> None:
        super().__init__(parent)
        self._device = device
        self._watching = False
        self._idle = Idle(elapsed=elapsed, minutes=lambda: device.idle_minutes, parent=self)
        self._idle.expired.connect(self.noticed)
        self._session = SessionLock(self)
        self._session.locked.connect(self.noticed)

    def watch(self) -> None:
        """A book is open."""
        self._watching = True
        self._idle.start()
        self._session.start()

    def rest(self) -> None:
        """No book is open any more; a sleep of the computer that waited for this goes on."""
        self._watching = False
        self._idle.stop()
        self._session.stop()

    def minimised(self) -> None:
        """The window was put away: that counts if it was chosen."""
        if self._watching and self._device.lock_on_minimise:
            self.noticed.emit()
