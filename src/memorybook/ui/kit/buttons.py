"""Buttons in the variants of the style sheet, each with an accessible name."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QPushButton, QWidget

from memorybook.ui.core import theme


class Button(QPushButton):
    """A push button. ``variant`` is primary, link, aside, quiet, chip, place, support or plain ("").

    ``icon`` is a name of the drawn set; it is tinted again whenever the look changes.
    """

    def __init__(
        self,
        text: str,
        pressed: Callable[[], object] | None = None,
        *,
        name: str,
        variant: str = "",
        icon: str = "",
        tint: str = "ink",
        on_tint: str | None = None,
        says: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setObjectName(name)
        self.setAccessibleName(says or text)
        if not text and says:
            self.setToolTip(says)
        if variant:
            self.setProperty("variant", variant)
        if variant in {"primary", "link", "chip", "place"}:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._icon, self._tint, self._on_tint = icon, tint, on_tint
        if icon:
            theme.current().changed.connect(self._dress)
            self._dress()
        if pressed is not None:
            self.clicked.connect(lambda: pressed())
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a press by mouse leaves the caret where it was

    def _dress(self) -> None:
        look = theme.current()
        self.setIcon(look.icon(self._icon, self._tint, self._on_tint))
        self.setIconSize(QSize(look.px(20), look.px(20)))

    def use_icon(self, icon: str) -> None:
        """Show another icon of the set."""
        self._icon = icon
        self._dress()

    def set_variant(self, variant: str) -> None:
        """Take the look of another variant."""
        self.setProperty("variant", variant)
        self.style().unpolish(self)
        self.style().polish(self)

    def sizeHint(self) -> QSize:
        """Room for its words in the heavier weight they have when it is on, so that nothing moves."""
        hint = super().sizeHint()
        if not self.isCheckable():
            return hint
        heavy = QFont(self.font())
        heavy.setWeight(QFont.Weight.DemiBold)
        text = self.text()
        wider = QFontMetrics(heavy).horizontalAdvance(text) - self.fontMetrics().horizontalAdvance(text)
        return QSize(hint.width() + max(wider, 0), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its words, never a target below 32 pixels."""
        hint = self.sizeHint()
        return QSize(hint.width(), max(hint.height(), 32 if self.property("variant") != "chip" else 28))
