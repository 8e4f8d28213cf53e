"""Words beside the grid: how covered photos behave, prints that fade, and an empty place."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.labels import label, surface


def about_covered() -> QWidget:
    """The line below the last row of a grid with covered photos in it."""
    px = theme.current().px
    frame = surface("quiet")
    column = QVBoxLayout(frame)
    column.setContentsMargins(px(16), px(12), px(16), px(12))
    words = label(
        tr(
            "Covered photos stay covered until you choose to look, and are covered again when you leave this "
            "place. You decide which ones, one by one."
        ),
        "small",
    )
    column.addWidget(words)
    return frame


class ScanHint(QWidget):
    """Says once in the life of a book that prints on thermal paper fade."""

    def __init__(self, dismissed: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame = surface("quiet")
        outer.addWidget(frame)
        row = QHBoxLayout(frame)
        row.setContentsMargins(px(16), px(10), px(8), px(10))
        words = label(
            tr(
                "Ultrasound prints are made on paper that fades. If you have some, a scan or a photo made "
                "soon keeps what is on them. Heat and laminating can darken them."
            ),
            "small",
        )
        words.setObjectName("photos-scan-hint")
        row.addWidget(words, 1)
        away = Button(
            "", dismissed, name="photos-scan-hint-away", variant="quiet", icon="remove", tint="ink_soft",
            says=tr("Put this away for good"),
        )  # fmt: skip
        row.addWidget(away, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()


class EmptyWords(ScrollColumn):
    """Stands in the middle of a place without photos, or without any that are as chosen."""

    def __init__(self, acts: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        px = theme.current().px
        column = self.column
        column.setSpacing(px(10))
        self._words = label(role="soft")
        self._words.setObjectName("photos-empty")
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._words.setMaximumWidth(px(520))
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self._words, 1000)
        across.addStretch(1)
        column.addStretch(1)
        column.addLayout(across)
        self._action = Button("", acts, name="photos-empty-action", variant="link")
        column.addWidget(self._action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(4)

    def say_nothing_kept(self) -> None:
        """The book has no photos."""
        self._words.setText(
            tr(
                "Photos you bring in are kept here. You can also drop them on this page or paste them. "
                "The files they come from stay where they are."
            )
        )
        self._say_action(tr("Add a folder of photos…"))

    def say_nothing_like_this(self) -> None:
        """It has some, and none like this."""
        self._words.setText(tr("No photo is like this."))
        self._say_action(tr("Show all photos"))

    def _say_action(self, text: str) -> None:
        self._action.setText(text)
        self._action.setAccessibleName(text)
