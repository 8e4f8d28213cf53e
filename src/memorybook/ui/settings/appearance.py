"""The two cards of how the window looks: light or dark, and the size of the text."""

from collections.abc import Callable

from memorybook.ui.core.device import DeviceSettings
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.cards import Choice, SettingsCard

TEXT_SIZES = (80, 100, 125, 150, 200)


class ThemeCard(SettingsCard):
    """Light, dark, or as the rest of the computer. It holds at once."""

    def __init__(self, device: DeviceSettings, restyle: Callable[[], object]) -> None:
        super().__init__(tr("Light or dark"), name="settings-theme")
        self._device, self._restyle = device, restyle
        values = {"system": tr("As on this computer"), "light": tr("Light"), "dark": tr("Dark")}
        choice = Choice("", values, name="theme", about=tr("Light or dark"))
        choice.show_choice(device.theme)
        choice.chosen.connect(self._take)
        self.column.addWidget(choice)

    def _take(self, value: str) -> None:
        self._device.theme = value
        self._device.save()
        self._restyle()


class TextSizeCard(SettingsCard):
    """How large everything is written. It holds at once."""

    def __init__(self, device: DeviceSettings, restyle: Callable[[], object]) -> None:
        super().__init__(tr("Size of the text"), name="settings-text-size")
        self._device, self._restyle = device, restyle
        values = {str(size): tr("{size} %").format(size=size) for size in TEXT_SIZES}
        choice = Choice("", values, name="text-size", about=tr("Size of the text"))
        choice.show_choice(str(device.text_scale))
        choice.chosen.connect(self._take)
        self.column.addWidget(choice)

    def _take(self, value: str) -> None:
        self._device.text_scale = int(value)
        self._device.save()
        self._restyle()
