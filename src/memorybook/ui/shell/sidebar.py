"""The places of the book at the side of the window, and the way to close it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.closing import CLOSE_KEY
from memorybook.ui.core.cover import COVER_KEY
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.labels import ElidedLabel, label, surface

NARROW = 820
_WIDTH = 224
_ROW = 24
"""One place without the padding above and below it: its line, its border and what is between two of them."""
_AROUND = 44
"""What is above the places, between them and at their end, without the head: margins and a rule."""
_LEAST = 34
"""Pixels as drawn: no target is lower, however small the text is."""
_ROOMS = {"": 9, "some": 5, "little": 1}
"""The padding above and below a place, as the style sheet has it for each ``room``, the roomiest first."""
_ACTIONS = ("hide", "close-book")  # what is no place
_KEYS = {
    "write": "Ctrl+1",
    "story": "Ctrl+2",
    "family": "Ctrl+3",
    "photos": "Ctrl+4",
    "recordings": "Ctrl+5",
    "keepsakes": "Ctrl+6",
    "dates": "Ctrl+7",
    "support": "Ctrl+8",
    "book": "Ctrl+9",
    "settings": "Ctrl+0",
}
_GAP = "\u2002"  # between icon and words; a style sheet has no length for it


def place_names() -> dict[str, str]:
    """The places in their order; each key is the name of an icon too."""
    return {
        "write": tr("Write"),
        "story": tr("Our story"),
        "family": tr("Our family"),
        "photos": tr("Photos"),
        "recordings": tr("Recordings"),
        "keepsakes": tr("Keepsakes"),
        "dates": tr("Dates"),
        "support": tr("Support"),
        "book": tr("Make a book"),
        "settings": tr("Settings"),
    }


def page_names() -> dict[str, str]:
    """What a screen reader says on arrival: the places, and the pages that are reached from them."""
    return {
        **place_names(),
        "drawer": tr("Put away"),
        "help": tr("What is protected, and what is not"),
        "sheet": tr("Your recovery sheet"),
        "earlier": tr("An earlier state of this book"),
        "new-passphrase": tr("The words opened your book"),
    }


class Sidebar(QFrame):
    """``chosen`` carries the key of a place. In a narrow window only the icons stay."""

    chosen = Signal(str)
    closeWanted = Signal()
    coverWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "sidebar")
        px = theme.current().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 1, 0)
        outer.setSpacing(0)
        self._scroll = scroll = ScrollColumn()
        scroll.set_margins(px(14), px(24), px(14), px(2))
        outer.addWidget(scroll, 1)
        column = scroll.column
        column.setSpacing(px(2))
        self._head = QWidget()
        head = QVBoxLayout(self._head)
        head.setContentsMargins(px(10), 0, px(4), px(14))
        head.setSpacing(px(4))
        self._name = ElidedLabel("", "book-name")
        self._name.setObjectName("book-name")
        head.addWidget(self._name)
        head.addWidget(label(tr("Kept only on this computer"), "small"))
        column.addWidget(self._head)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, Button] = {}
        self._texts: dict[str, str] = {}
        self._shortcuts: dict[str, QShortcut] = {}
        for key, text in place_names().items():
            if key == "book":
                column.addStretch(1)
            self._add(column, key, text, QKeySequence(_KEYS[key]), self._chooser(key))
        always = QVBoxLayout()  # apart from what scrolls: one click away at every size of text
        always.setContentsMargins(px(14), 0, px(14), px(14))
        always.setSpacing(px(2))
        outer.addLayout(always)
        always.addWidget(surface("rule"))
        self._add(always, "hide", tr("Cover"), COVER_KEY, self.coverWanted.emit)
        self._add(always, "close-book", tr("Close the book"), CLOSE_KEY, self.closeWanted.emit)
        for key in _ACTIONS:
            self._buttons[key].setCheckable(False)
        theme.current().changed.connect(self._fit)
        self._narrow = False
        self._room = ""
        self._marked = ""
        self._fit()

    def _chooser(self, key: str) -> Callable[[], None]:
        return lambda: self.chosen.emit(key)

    def _add(
        self, column: QVBoxLayout, key: str, text: str, shortcut: QKeySequence, pressed: Callable[[], object]
    ) -> None:
        button = Button(
            _GAP + text, pressed, name=f"place-{key}", variant="place", icon=key, on_tint="sage", says=text
        )
        button.setCheckable(True)
        key_press = QShortcut(shortcut, self)  # a button's own shortcut waits and is lost with its text
        key_press.setContext(Qt.ShortcutContext.WindowShortcut)
        key_press.activated.connect(button.click)
        keys = shortcut.toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{text}  ({keys})")
        button.setAccessibleDescription(keys)
        if key not in _ACTIONS:
            self._group.addButton(button)
        self._buttons[key] = button
        self._texts[key] = text
        self._shortcuts[key] = key_press
        column.addWidget(button)

    def show_title(self, title: str) -> None:
        """The words on the cover; "Memory Book" while there are none."""
        self._name.show_text(title or "Memory Book")

    def show_place(self, key: str, *, shown: bool) -> None:
        """Have a place in the list, or not; without it its key leads nowhere either."""
        self._buttons[key].setVisible(shown)
        self._shortcuts[key].setEnabled(shown)
        self._draw_together()

    def mark(self, key: str) -> None:
        """Show which place the person is in; none for a page that is no place of its own."""
        self._group.setExclusive(False)
        for each in self._group.buttons():
            each.setChecked(each is self._buttons.get(key))
            # As with every such group, Tab comes to the one that holds and the arrows to the others.
            reached = key not in self._buttons or each.isChecked()
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus if reached else Qt.FocusPolicy.NoFocus)
        self._group.setExclusive(True)
        self._marked = key
        self._keep_marked_in_sight()

    def _keep_marked_in_sight(self) -> None:
        if (button := self._buttons.get(self._marked)) is not None:
            self._scroll.follow(button)  # a window system may have another size for it later

    def fit_to(self, window_width: int) -> None:
        """Fold to icons when there is little room for the page beside it."""
        self._narrow = window_width < theme.current().px(NARROW)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw_together()

    def _fit(self) -> None:
        px = theme.current().px
        for key, button in self._buttons.items():
            button.setText("" if self._narrow else _GAP + self._texts[key])
        self._head.setVisible(not self._narrow)
        self.setFixedWidth(px(76) if self._narrow else px(_WIDTH))
        self.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self._draw_together()

    def _draw_together(self) -> None:
        """All places are in sight where the window is tall enough for that; in a lower one they scroll."""
        px = theme.current().px
        head = 0 if self._narrow else self._head.sizeHint().height()
        left = self.height() - head - px(_AROUND)
        rows = {room: max(px(_ROW + 2 * padding), _LEAST) for room, padding in _ROOMS.items()}
        shown = sum(not button.isHidden() for button in self._buttons.values())
        room = next((room for room, row in rows.items() if shown * row <= left), "little")
        if room == self._room:
            return
        self._room = room
        for button in self._buttons.values():
            button.setProperty("room", room)
            button.style().unpolish(button)
            button.style().polish(button)
        self._scroll.set_margins(px(14), px(24 if room == "" else 8), px(14), px(2))
        self._scroll.column.setSpacing(px(2) if room != "little" else 0)
        self._keep_marked_in_sight()
