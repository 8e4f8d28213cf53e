"""Beside the photo: what is written down of it, what is known of its file, and whether that is kept."""

import datetime
from collections.abc import Mapping

from PySide6.QtCore import QLocale, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from memorybook.domain.ids import BabyId
from memorybook.domain.photo import Photo, PhotoDraft
from memorybook.errors import MemoryBookError
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import clock_time, number_text, tr
from memorybook.ui.core.messages import sentence
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.photo_form import PhotoForm
from memorybook.ui.kit.true_size import size_text

_PAUSE_MS = 700


class Details(ScrollColumn):
    """``keepWanted`` follows every pause in the typing. ``unfolded`` with a part that has come into view."""

    keepWanted = Signal()
    unfolded = Signal(QWidget)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._alone = False
        super().__init__(parent=parent)
        px = theme.current().px
        self.setObjectName("large-details")
        self.set_margins(px(4), px(4), px(12), px(16))
        self.form = PhotoForm()
        self.form.unfolded.connect(self.bring_into_view)
        self.form.unfolded.connect(self.unfolded)
        self.column.addWidget(self.form)
        self._size = label("", "small")
        self._size.setObjectName("large-size")
        self._file = label("", "small")
        self._file.setObjectName("large-file")
        self._kept = label("", "small")
        self._kept.setObjectName("large-kept")
        for line in (self._size, self._file, self._kept):
            self.column.addWidget(line)
        self.column.addStretch(1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.keepWanted)
        self.form.edited.connect(self._pause.start)

    def stand_alone(self, *, alone: bool) -> None:
        """Below the photo it is as tall as its content and the page scrolls; beside it, it scrolls itself."""
        self._alone = alone
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if alone else policy.ScrollBarAsNeeded)
        self._fit()

    def sizeHint(self) -> QSize:
        """Beside the photo it asks for no height of its own: the page would scroll for what scrolls here."""
        hint = super().sizeHint()
        return hint if self._alone else QSize(hint.width(), 0)

    def _fit(self) -> None:
        super()._fit()
        self.setMinimumHeight(self.height_for(self.viewport().width()) if self._alone else 0)

    def show_facts(self, photo: Photo) -> None:
        """What is known of the photo apart from its words."""
        locale = QLocale()
        kept = tr("Kept as it came: {format}, {width} × {height} pixels, {size}").format(
            format="HEIC" if photo.format == "HEIF" else photo.format,
            width=number_text(photo.width),
            height=number_text(photo.height),
            size=locale.formattedDataSize(photo.byte_size, 1, QLocale.DataSizeFormat.DataSizeSIFormat),
        )
        self._file.setText(kept)
        size = "" if photo.per_mm is None else size_text(*photo.shown_size, photo.per_mm)
        said = tr("At its true size, the photo measures {size}.").format(size=size)
        self._size.setText(said if size else "")
        self._size.setVisible(bool(size))

    def show_draft(self, draft: PhotoDraft, babies: Mapping[BabyId, str]) -> None:
        """What is written down of the photo."""
        self._pause.stop()
        self.form.show_draft(draft, babies)
        self._kept.setText("")

    def show_kept(self, at: datetime.datetime | None) -> None:
        """All that was typed is kept."""
        self._kept.setText(tr("Kept at {time}").format(time=clock_time(at)) if at is not None else "")

    def show_not_kept(self, error: MemoryBookError) -> None:
        """The last words are on the screen and not in the book yet; it is tried again."""
        self._kept.setText(tr("Not kept yet. {reason}").format(reason=sentence(error)))
        self._pause.start(_PAUSE_MS * 4)
