"""The line below the page: styles by button and by key, what is kept, how many words, and a new page."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from memorybook.domain.markup import BlockKind
from memorybook.ui.core import i18n, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit import rich_text
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.editor import PageText
from memorybook.ui.kit.flow import FlowLayout, lie_or_stand
from memorybook.ui.kit.labels import label, surface

_NEW_PAGE = "Ctrl+N"
_SIDES = 36  # pixels as drawn, at most: in large text the room is for what can be pressed


def _shown(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


class Footer(QWidget):
    """``edited`` is called after every press of a style, ``begun`` for a new page."""

    def __init__(
        self,
        text: PageText,
        *,
        edited: Callable[[], object],
        begun: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = text
        self._edited = edited
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame = surface("footer")
        outer.addWidget(frame)
        self._lay_out(frame, begun)
        text.cursorPositionChanged.connect(self.show_styles)
        text.currentCharFormatChanged.connect(lambda _: self.show_styles())

    def _lay_out(self, frame: QFrame, begun: Callable[[], object]) -> None:
        px = theme.current().px
        row = self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, frame)
        row.setContentsMargins(min(px(30), _SIDES), px(4), min(px(30), _SIDES), px(4))
        row.setSpacing(px(4))
        styles = FlowLayout(gap=px(2))
        self._styles: dict[str, Button] = {}
        for name, says, keys, act in (
            ("bold", tr("Bold"), "Ctrl+B", self._text.toggle_bold),
            ("italic", tr("Italic"), "Ctrl+I", self._text.toggle_italic),
            ("quote", tr("Quotation"), "Ctrl+Shift+9", self._kind(BlockKind.QUOTE)),
            ("list", tr("List"), "Ctrl+Shift+8", self._kind(BlockKind.BULLET)),
            ("numbers", tr("Numbered list"), "Ctrl+Shift+7", self._kind(BlockKind.NUMBER)),
            ("heading", tr("Heading"), "Ctrl+Shift+6", self._kind(BlockKind.HEADING)),
        ):
            styles.addWidget(self._style(name, says, keys, act))
        row.addLayout(styles, 5)
        state = FlowLayout(gap=px(14), trailing=True)
        self._state = label("", "small", wraps=False)
        self._state.setObjectName("kept-state")
        state.addWidget(self._state)
        self._number = label("", "small", wraps=False)
        self._number.setObjectName("number-of-words")
        self._number.hide()
        state.addWidget(self._number)
        new = Button(tr("New page"), begun, name="new-page", variant="link")
        new.setToolTip(_shown(_NEW_PAGE))
        new.setAccessibleDescription(_shown(_NEW_PAGE))
        self._key(_NEW_PAGE, begun, of=self.parentWidget() or self)
        state.addWidget(new)
        row.addLayout(state, 4)

    def _kind(self, kind: BlockKind) -> Callable[[], None]:
        return lambda: self._text.toggle_kind(kind)

    def _style(self, name: str, says: str, keys: str, act: Callable[[], object]) -> Button:
        def press() -> None:
            act()
            self._text.setFocus()
            self._edited()

        button = Button(
            "",
            press,
            name=f"style-{name}",
            variant="quiet",
            icon=name,
            tint="ink_soft",
            on_tint="sage",
            says=says,
        )
        button.setCheckable(True)
        button.setToolTip(f"{says}  ({_shown(keys)})")
        button.setAccessibleDescription(_shown(keys))
        if name not in {"bold", "italic"}:  # those two are keys of the text itself
            self._key(keys, press, of=self._text)
        self._styles[name] = button
        return button

    def _key(self, keys: str, act: Callable[[], object], *, of: QWidget) -> None:
        key = QShortcut(QKeySequence(keys), of)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(act)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        styles = sum(button.sizeHint().width() for button in self._styles.values())
        lie_or_stand(self._row, narrow=styles > self.width() * 5 // 9)

    def show_styles(self) -> None:
        """Show which styles are on at the caret."""
        style = self._text.currentCharFormat()
        kind = self._text.kind()
        on = {
            "bold": rich_text.is_bold(style),
            "italic": style.fontItalic(),
            "quote": kind is BlockKind.QUOTE,
            "list": kind is BlockKind.BULLET,
            "numbers": kind is BlockKind.NUMBER,
            "heading": kind is BlockKind.HEADING,
        }
        for name, button in self._styles.items():
            button.setChecked(on[name])

    def say(self, state: str) -> None:
        """What is kept, in a few words."""
        self._state.setText(state)
        self._state.setAccessibleName(state)

    def show_number(self, number: int | None) -> None:
        """How many words there are; ``None`` when nobody wants to know."""
        self._number.setVisible(number is not None)
        if number is not None:
            self._number.setText(i18n.count_text("{n} word", "{n} words", number))
