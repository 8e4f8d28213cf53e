"""Everything that closes an open book without a click: nobody is there any more, or the computer is left."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from memorybook.ui.core.closing import CLOSE_KEY
from memorybook.ui.core.cover import COVER_KEY
from memorybook.ui.core.device import DeviceSettings
from memorybook.ui.core.idle import Idle
from memorybook.ui.core.session_lock import SessionLock
from memorybook.ui.core.window_events import WindowEvents


class Departure(QObject):
    """``noticed`` is emitted while a book is watched: between :meth:`watch` and :meth:`rest`. GUI thread.

    ``at_work`` tells whether the book does something that must not end because nobody touches anything.

    Menus, and the questions Qt itself asks, take every key for themselves. The two that hide the page are
    read before them: ``closeWanted`` stands for the one, ``coverWanted`` for the other.
    """

    noticed = Signal()
    closeWanted = Signal()
    coverWanted = Signal()

    def __init__(
        self,
        device: DeviceSettings,
        elapsed: Callable[[], float],
        parent: QObject,
        *,
        at_work: Callable[[], bool],
    ) -> None:
        super().__init__(parent)
        self._device = device
        self._watching = False
        self._keys = WindowEvents(self._heard, self)
        self._idle = Idle(
            elapsed=elapsed, minutes=lambda: device.idle_minutes, at_work=at_work, parent=self
        )
        self._idle.expired.connect(self.noticed)
        self._session = SessionLock(self)
        self._session.locked.connect(self.noticed)

    def watch(self) -> None:
        """A book is open."""
        self._watching = True
        self._keys.start()
        self._idle.start()
        self._session.start()

    def rest(self) -> None:
        """No book is open any more; a sleep of the computer that waited for this goes on."""
        self._watching = False
        self._keys.stop()
        self._idle.stop()
        self._session.stop()

    def minimised(self) -> None:
        """The window was put away: that counts if it was chosen."""
        if self._watching and self._device.lock_on_minimise:
            self.noticed.emit()

    def _heard(self, event: QEvent) -> bool:
        """Hear the two keys where nothing of ours would."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if QApplication.activePopupWidget() is None and QApplication.activeModalWidget() is None:
            return False
        wanted = {CLOSE_KEY: self.closeWanted, COVER_KEY: self.coverWanted}.get(
            QKeySequence(event.keyCombination())
        )
        if wanted is None:
            return False
        if not event.isAutoRepeat():
            QTimer.singleShot(0, self, wanted.emit)  # a menu must not go while a key is on its way to it
        return True
