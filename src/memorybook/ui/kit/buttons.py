"""Buttons in the variants of the style sheet, each with an accessible name."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

from memorybook.ui.core import theme
from memorybook.ui.kit.wrapping import lines_of, longest_word

# A button keeps its words in one line up to this width (at 100 %, and as drawn), also in a crowded row.
_WRAPS_FROM = 220
_WRAPS_ALWAYS = 280
_ANY_WIDTH = {"place", "aside", "source"}  # apart from those below one another, and what only adds something
_LONG_WORD = 120  # a longer one, such as a web address, may stand in two lines


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
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)  # may be narrower than in one line
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
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
        """Room for its words in one line; as tall as the lines that they stand in now."""
        line = self._in_one_line()
        return QSize(line.width(), line.height() + self._added(self.width()))

    def minimumSizeHint(self) -> QSize:
        """Never narrower than a word or a short sentence, never a target below 32 pixels."""
        hint = self.sizeHint()
        word = longest_word(self.text(), self._metrics())
        least = self._around() + min(word, theme.current().px(_LONG_WORD))
        if self.property("variant") not in _ANY_WIDTH:
            least = max(least, min(theme.current().px(_WRAPS_FROM), _WRAPS_ALWAYS))
        tall = max(hint.height(), 32 if self.property("variant") != "chip" else 28)
        return QSize(min(hint.width(), least), tall)

    def hasHeightForWidth(self) -> bool:
        return bool(self.text())

    def heightForWidth(self, width: int) -> int:
        """As many lines as the words need at this width, in pixels."""
        least = 32 if self.property("variant") != "chip" else 28
        return max(self._in_one_line().height() + self._added(width), least)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._added(event.size().width()) != self._added(event.oldSize().width()):
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words that do not fit into one line stand in several."""
        lines = self._lines(self.width())
        if len(lines) < 2:
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = "\n".join(lines)
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)

    def _in_one_line(self) -> QSize:
        """What it needs for its words in one line, in the heavier weight they have when it is on."""
        line = super().sizeHint()
        if not self.isCheckable():
            return line
        text = self.text()
        wider = self._metrics().horizontalAdvance(text) - self.fontMetrics().horizontalAdvance(text)
        return QSize(line.width() + max(wider, 0), line.height())

    def _added(self, width: int) -> int:
        """What the lines after the first add to the height."""
        return (len(self._lines(width)) - 1) * self.fontMetrics().lineSpacing()

    def _lines(self, width: int) -> list[str]:
        """Its words in lines, when the button is this wide."""
        text = self.text()
        if not text or width >= self._in_one_line().width():
            return [text]
        return lines_of(text, width - self._around(), self._metrics())

    def _around(self) -> int:
        """What stands beside its words: the padding, and the icon if there is one."""
        return super().sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())

    def _metrics(self) -> QFontMetrics:
        """How wide its words are at most: those that are on are heavier."""
        font = QFont(self.font())
        if self.isCheckable():
            font.setWeight(QFont.Weight.DemiBold)
        return QFontMetrics(font)
