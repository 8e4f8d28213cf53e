"""What can be done to a photo before it is shown, and the line that says how it is cut."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from memorybook.domain.edit import UNTOUCHED, WHOLE, Edit
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label
from memorybook.ui.photos.cropping import CropFrame
from memorybook.ui.photos.turning import rotated


class EditBar(QWidget):
    """``wanted`` carries the edit a person asks for; the others ask for what their names say."""

    wanted = Signal(object)
    cropWanted = Signal()
    undoWanted = Signal()
    sizeWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        self._edit = UNTOUCHED
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        flow = FlowLayout(gap=px(8))
        column.addLayout(flow)
        left = Button("", lambda: self._turn(clockwise=False), name="edit-left", icon="turn-left",
                      says=tr("Turn to the left"))  # fmt: skip
        right = Button("", lambda: self._turn(clockwise=True), name="edit-right", icon="turn-right",
                       says=tr("Turn to the right"))  # fmt: skip
        crop = Button(tr("Cut"), self.cropWanted.emit, name="edit-crop", says=tr("Cut the photo"))
        self._grey = Button(tr("Black and white"), name="edit-grey", variant="chip")
        self._soft = Button(tr("Softer"), name="edit-soft", variant="chip", says=tr("Show it softer"))
        size = Button(tr("True size…"), self.sizeWanted.emit, name="edit-size")
        self._undo = Button(tr("Undo"), self.undoWanted.emit, name="edit-undo", variant="quiet")
        for chip in (self._grey, self._soft):
            chip.setCheckable(True)
        self._grey.clicked.connect(lambda on: self.wanted.emit(replace(self._edit, grey=on)))
        self._soft.clicked.connect(lambda on: self.wanted.emit(replace(self._edit, soft=on)))
        self._tools = [left, right, crop, self._grey, self._soft, size]
        for tool in (*self._tools, self._undo):
            flow.addWidget(tool)
        self._says = label(tr("The original stays as it came, and is always one press away."), "small")
        self._says.setObjectName("edit-says")
        column.addWidget(self._says)

    def show_edit(self, edit: Edit, *, can_undo: bool, working: bool) -> None:
        """What is done to the photo, and whether its pixels are being made anew at this moment."""
        self._edit = edit
        self._grey.setChecked(edit.grey)
        self._soft.setChecked(edit.soft)
        self._undo.setEnabled(can_undo)
        self._says.setText(
            tr("Changing the photo…")
            if working
            else tr("The original stays as it came, and is always one press away.")
        )

    def allow(self, *, on: bool) -> None:
        """Nothing can be done to a photo that is covered or cannot be read."""
        for tool in self._tools:
            tool.setEnabled(on)

    def _turn(self, *, clockwise: bool) -> None:
        self.wanted.emit(rotated(self._edit, clockwise=clockwise))


class CropBar(QWidget):
    """Below the photo while it is cut. ``done`` carries the crop as it is seen, or ``None`` to leave it."""

    done = Signal(object)

    def __init__(self, frame: CropFrame, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        says = tr("What is in the frame stays. Pull its corners and edges, or use Tab and the arrow keys.")
        column.addWidget(label(says, "small"))
        flow = FlowLayout(gap=px(8))
        for button in (
            Button(
                tr("Cut"), lambda: self.done.emit(frame.crop()), name="crop-keep", variant="primary",
                says=tr("Cut the photo"),
            ),
            Button(tr("Leave as it was"), lambda: self.done.emit(None), name="crop-leave"),
            Button(tr("The whole photo"), lambda: frame.set_crop(WHOLE), name="crop-whole", variant="quiet"),
        ):  # fmt: skip
            flow.addWidget(button)
        column.addLayout(flow)
