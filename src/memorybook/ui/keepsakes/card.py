"""One keepsake as a card: a picture if there is one, and the words there are. Nothing stands for the rest."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from memorybook.domain.ids import KeepsakeId
from memorybook.domain.keepsake import Keepsake
from memorybook.domain.photo import Photo, PhotoKind
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.keepsake_words import facts, heading, kind_text, life_size, title_of
from memorybook.ui.core.long_words import breakable
from memorybook.ui.keepsakes.front import Front
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.labels import label

_WITH_PICTURE, _ALONE = 180, 420  # letters of the words that a card shows
_MARGIN = 10


class Card(QPushButton):
    """Pressed, it opens. ``moveWanted`` carries -1 or 1; ``stepWanted`` where the keyboard goes.

    ``uncoverWanted`` asks for the picture on it.
    """

    moveWanted = Signal(int)
    stepWanted = Signal(int)
    uncoverWanted = Signal()

    def __init__(
        self, keepsake: Keepsake, front: Photo | None, names: tuple[str, ...], *, covered: bool
    ) -> None:
        super().__init__()
        self.shown = (keepsake, front, names)
        self.front: Front | None = None
        draft = keepsake.draft
        self.name = heading(draft)
        self.setObjectName(f"keepsake-{keepsake.id}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(_MARGIN), px(_MARGIN), px(_MARGIN), px(_MARGIN))
        column.setSpacing(px(8))
        if front is not None:
            self.front = Front(front, covered=covered)
            self.front.uncoverWanted.connect(self.uncoverWanted)
            column.addWidget(self.front)
        words = QWidget()
        words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        lines = QVBoxLayout(words)
        lines.setContentsMargins(px(6), px(4), px(6), px(4))
        lines.setSpacing(px(4))
        self._write(lines, keepsake, front, names)
        words.setVisible(lines.count() > 0)
        column.addWidget(words)
        self._order = self._make_order()
        column.addWidget(self._order)
        theme.current().changed.connect(self.update)

    @property
    def id(self) -> KeepsakeId:
        """Which keepsake it is of."""
        return self.shown[0].id

    def _write(
        self, lines: QVBoxLayout, keepsake: Keepsake, front: Photo | None, names: tuple[str, ...]
    ) -> None:
        draft = keepsake.draft
        kind, title = kind_text(draft.kind), title_of(draft)
        said: list[str] = []
        if title:
            lines.addWidget(label(breakable(title), "card-title"))
        if kind and kind != title:
            lines.addWidget(label(breakable(kind), "small"))
            said.append(kind)
        place_alone = not (title or draft.words.strip() or front) and draft.kept.strip()
        told = draft.words.strip() or place_alone
        if told:
            told = shortened(told, _ALONE if front is None else _WITH_PICTURE)
            lines.addWidget(label(breakable(told), "read"))
            said.append(told)
        about = facts(draft, names, kept=not place_alone)
        if about:
            lines.addWidget(label(breakable(about), "small"))
            said.append(about)
        prints = draft.kind == "prints" or (front is not None and front.draft.kind is PhotoKind.PRINTS)
        if front is not None and prints and (size := life_size(front)):
            lines.addWidget(label(size, "small"))
            said.append(size)
        self.setAccessibleName(self.name)
        self.setAccessibleDescription(". ".join(part for part in said if part != self.name))

    def _make_order(self) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        self._movers: dict[int, Button] = {}
        for step, icon, text, says in (
            (-1, "previous", tr("Earlier"), tr("Move {name} towards the beginning")),
            (1, "next", tr("Later"), tr("Move {name} towards the end")),
        ):
            mover = Button(
                text,
                self._mover(step),
                name=f"keepsake-{icon}-{self.id}",
                variant="quiet",
                icon=icon,
                tint="ink_soft",
                says=says.format(name=self.name),
            )
            if step > 0:
                mover.setLayoutDirection(_other_way(mover))  # its arrow stands on the far side
            across.addWidget(mover)
            self._movers[step] = mover
        across.addStretch(1)
        row.hide()
        return row

    def _mover(self, step: int) -> Callable[[], None]:
        return lambda: self.moveWanted.emit(step)

    def show_order(self, *, on: bool, first: bool, last: bool) -> None:
        """Whether the buttons that move it are there, and which of them can be pressed."""
        self._order.setVisible(on)
        self._movers[-1].setEnabled(not first)
        self._movers[1].setEnabled(not last)

    def mover(self, step: int) -> Button:
        """The button that moves it."""
        return self._movers[step]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moveWanted.emit(step)
        elif step and event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            away = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            self.stepWanted.emit(-step if away else step)
        elif step:
            self.stepWanted.emit(step)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        width = max(self.width(), theme.current().px(200))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(120), 32)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout is not None else 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.heightForWidth(self.width()) != self.height():  # told for another width: ask once more
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = 2 if self.hasFocus() else 1
        edge = "sage" if self.hasFocus() else "ink_soft" if self.underMouse() else "line"
        painter.setPen(QPen(look.colour(edge), wide))
        painter.setBrush(look.colour("card"))
        half = wide / 2
        frame = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(frame, look.px(10), look.px(10))


def shortened(text: str, length: int) -> str:
    """The words with their line breaks; between two words an ellipsis stands for more than ``length``."""
    text = text.strip()
    if len(text) <= length:
        return text
    kept = text[: length + 1].rpartition(" ")[0] or text[:length]
    return kept.rstrip(" \n\t.,;:") + "…"


def _other_way(widget: QWidget) -> Qt.LayoutDirection:
    left = widget.layoutDirection() is Qt.LayoutDirection.LeftToRight
    return Qt.LayoutDirection.RightToLeft if left else Qt.LayoutDirection.LeftToRight
