"""Below the photo: how large it is seen, and the way to see it as it came."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import number_text, tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label
from memorybook.ui.photos.canvas import PhotoCanvas
from memorybook.ui.photos.viewport import STEP


class ZoomBar(QWidget):
    """``compareWanted`` carries whether the original is to be seen; ``originalWanted`` asks for it for good.

    ``coverWanted`` covers a photo again that was uncovered.
    """

    compareWanted = Signal(bool)
    originalWanted = Signal()
    coverWanted = Signal()

    def __init__(self, canvas: PhotoCanvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        flow = FlowLayout(self, gap=theme.current().px(4))
        self._zooming = [
            Button("", lambda: canvas.zoom_by(1 / STEP), name="zoom-out", variant="quiet", icon="minus",
                   tint="ink_soft", says=tr("Smaller")),
            Button("", lambda: canvas.zoom_by(STEP), name="zoom-in", variant="quiet", icon="add",
                   tint="ink_soft", says=tr("Larger")),
            Button(tr("Fit"), canvas.fit, name="zoom-fit", variant="quiet", says=tr("See the whole photo")),
            Button(tr("100 %"), lambda: canvas.zoom_to(100), name="zoom-100", variant="quiet",
                   says=tr("See every pixel of the photo")),
        ]  # fmt: skip
        self._percent = label("", "small", wraps=False)
        self._percent.setObjectName("zoom-percent")
        self._percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._percent.ensurePolished()
        self._percent.setMinimumWidth(self._percent.fontMetrics().horizontalAdvance("000 %") + 8)
        for place, button in enumerate(self._zooming):
            flow.addWidget(button)
            if place == 0:
                flow.addWidget(self._percent)
        self._compare = Button(
            tr("Compare with the original"), name="large-compare", variant="quiet"
        )
        self._compare.setCheckable(True)
        self._compare.toggled.connect(self.compareWanted)
        self._original = Button(
            tr("Back to the original"), self.originalWanted.emit, name="large-original", variant="quiet"
        )
        self._cover = Button(tr("Cover it again"), self.coverWanted.emit, name="large-cover", variant="quiet")
        for button in (self._compare, self._original, self._cover):
            button.hide()
            flow.addWidget(button)
        canvas.zoomed.connect(self._show_zoom)

    def show_edited(self, *, edited: bool) -> None:
        """Whether the photo is shown otherwise than it came."""
        self._compare.setVisible(edited)
        self._original.setVisible(edited)
        if not edited:
            self._compare.setChecked(False)

    def stop_comparing(self) -> None:
        """The photo itself is shown again."""
        self._compare.setChecked(False)

    def toggle_comparing(self) -> None:
        """By the key."""
        if not self._compare.isHidden():
            self._compare.toggle()

    def show_uncovered(self, *, uncovered: bool) -> None:
        """Whether a covered photo is looked at for now."""
        self._cover.setVisible(uncovered)

    def _show_zoom(self) -> None:
        shown = self._canvas.is_shown
        percent = tr("{n} %").format(n=number_text(round(self._canvas.port.percent)))
        self._percent.setText(percent if shown else "")
        for button in self._zooming:
            button.setEnabled(shown)
            button.setVisible(not self._canvas.is_covered)
