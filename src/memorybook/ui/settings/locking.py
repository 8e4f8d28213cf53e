"""The card of closing by itself: after how long, when minimised, and the keys that hide everything."""

from PySide6.QtGui import QKeySequence

from memorybook.ui.core.closing import CLOSE_KEY
from memorybook.ui.core.cover import COVER_KEY
from memorybook.ui.core.device import DeviceSettings
from memorybook.ui.core.i18n import count_text, tr
from memorybook.ui.kit.cards import Choice, SettingsCard
from memorybook.ui.kit.labels import label

IDLE_MINUTES = (0, 1, 2, 5, 10, 15, 30, 60)
_NO, _YES = "no", "yes"


class LockingCard(SettingsCard):
    """Each choice is in the device settings at once, where what watches the time looks again and again."""

    def __init__(self, device: DeviceSettings) -> None:
        super().__init__(tr("Closing by itself"), name="settings-locking")
        self._device = device
        idle = Choice(
            tr("When nothing was typed or moved for"),
            {str(minutes): _minutes_text(minutes) for minutes in IDLE_MINUTES},
            name="idle",
        )
        idle.show_choice(str(device.idle_minutes))
        idle.chosen.connect(self._take_idle)
        self.column.addWidget(idle)
        minimise = Choice(
            tr("Also when the window is minimised"), {_NO: tr("No"), _YES: tr("Yes")}, name="lock-minimised"
        )
        minimise.show_choice(_YES if device.lock_on_minimise else _NO)
        minimise.chosen.connect(self._take_minimise)
        self.column.addWidget(minimise)
        self.column.addWidget(
            label(
                tr(
                    "The book always closes when the computer is locked, sleeps, or is handed to another "
                    "person. What you were writing is kept first."
                ),
                "soft",
            )
        )
        form = QKeySequence.SequenceFormat.NativeText
        keys = tr(
            "{close} closes the book at once, wherever you are in it. {cover} covers the window without "
            "closing anything."
        )
        self.column.addWidget(
            label(keys.format(close=CLOSE_KEY.toString(form), cover=COVER_KEY.toString(form)), "soft")
        )

    def _take_idle(self, value: str) -> None:
        self._device.idle_minutes = int(value)
        self._device.save()

    def _take_minimise(self, value: str) -> None:
        self._device.lock_on_minimise = value == _YES
        self._device.save()


def _minutes_text(minutes: int) -> str:
    return count_text("{n} minute", "{n} minutes", minutes) if minutes else tr("Never")
