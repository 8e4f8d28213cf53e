"""The picture on the cover: none, one that was chosen, another."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.pictures import Picture

_EDGE = (84, 63)


class CoverPicture(QWidget):
    """``chooseWanted`` asks for a picture, ``takenOff`` has none any more."""

    chooseWanted = Signal()
    takenOff = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        self._caption = label(tr("Picture on the cover"), "field")
        column.addWidget(self._caption)
        across = QHBoxLayout()
        across.setSpacing(px(10))
        self._picture = Picture(name="book-cover-picture", says=tr("Picture on the cover"), edge=_EDGE)
        self._picture.pressed.connect(self.chooseWanted)
        across.addWidget(self._picture)
        buttons = QVBoxLayout()
        buttons.setSpacing(0)
        self._choose = Button("", self.chooseWanted.emit, name="book-cover-choose", variant="link")
        self._off = Button(tr("Take it off"), self.takenOff.emit, name="book-cover-off", variant="link")
        for button in (self._choose, self._off):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        across.addLayout(buttons, 1)
        column.addLayout(across)
        self.show_none()

    def show_none(self) -> None:
        """There is no picture on it."""
        for widget in (self._picture, self._off, self._caption):
            widget.hide()
        self._word(tr("A picture on the cover…"))

    def show_picture(self, jpeg: bytes) -> None:
        """Show one; without pixels it is covered now."""
        if jpeg:
            self._picture.show_jpeg(jpeg)
        else:
            self._picture.show_covered()
        for widget in (self._picture, self._off, self._caption):
            widget.show()
        self._word(tr("Another one…"))

    def _word(self, text: str) -> None:
        self._choose.setText(text)
        self._choose.setAccessibleName(text)
