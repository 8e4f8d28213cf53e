"""The settings screen. One short page: every choice holds at once, nothing has to be confirmed."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from memorybook import __version__
from memorybook.ui.core import theme
from memorybook.ui.core.device import DeviceSettings
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.fields import LabelledLine
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label, surface

TEXT_SIZES = (80, 100, 125, 150, 200)
_PAUSE_MS = 700


class SettingsPage(QWidget):
    """One decision each, so there is no presenter. ``title_kept`` stores the words on the cover."""

    def __init__(
        self,
        device: DeviceSettings,
        *,
        restyle: Callable[[], object],
        title_kept: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._device = device
        self._restyle = restyle
        self._title_kept = title_kept
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = ScrollColumn(width=680)
        outer.addWidget(scroll)
        self._column = scroll.column
        self._column.addWidget(label(tr("Settings"), "title"))
        self._add_cover()
        self._add_choice(
            tr("Light or dark"),
            "theme",
            {"system": tr("As on this computer"), "light": tr("Light"), "dark": tr("Dark")},
            device.theme,
        )
        self._add_choice(
            tr("Size of the text"),
            "text-size",
            {str(size): f"{size} %" for size in TEXT_SIZES},
            str(device.text_scale),
        )
        about = tr(
            "Memory Book {version}. It never connects to anything. "
            "What you write stays in your book’s folder."
        )
        self._column.addWidget(label(about.format(version=__version__), "small"))
        self._column.addStretch(1)

    def _card(self, title: str) -> QVBoxLayout:
        px = theme.current().px
        card = surface("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(px(20), px(16), px(20), px(18))
        column.setSpacing(px(10))
        column.addWidget(label(title, "card-title"))
        self._column.addWidget(card)
        return column

    def _add_cover(self) -> None:
        column = self._card(tr("The words on the cover"))
        self._title = LabelledLine(
            tr("A name, or any words you like. They may stay empty."), name="cover-title"
        )
        column.addWidget(self._title)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self._title_kept(self._title.text().strip()))
        self._title.line.textEdited.connect(lambda: self._pause.start())
        self._title.line.editingFinished.connect(self.keep_now)

    def keep_now(self) -> None:
        """Store what was typed, without waiting for the pause."""
        if self._pause.isActive():
            self._pause.stop()
            self._title_kept(self._title.text().strip())

    def show_title(self, title: str) -> None:
        """The words on the cover as they are kept."""
        if not self._title.line.hasFocus():
            self._title.line.setText(title)

    def _add_choice(self, title: str, name: str, choices: dict[str, str], chosen: str) -> None:
        column = self._card(title)
        chips = FlowLayout(gap=theme.current().px(8))
        group = QButtonGroup(self)
        group.setExclusive(True)
        for value, text in choices.items():
            chip = Button(text, name=f"{name}-{value}", variant="chip")
            chip.setCheckable(True)
            chip.setChecked(value == chosen)
            chip.clicked.connect(lambda _, taken=value: self._take(name, taken))
            group.addButton(chip)
            chips.addWidget(chip)
        column.addLayout(chips)

    def _take(self, name: str, value: str) -> None:
        if name == "theme":
            self._device.theme = value
        else:
            self._device.text_scale = int(value)
        self._device.save()
        self._restyle()
