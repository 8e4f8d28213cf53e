"""Above the photo: the way back, which of them it is, and what can be done with it as a whole."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import number_text, tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.flow import FlowLayout, lie_or_stand
from memorybook.ui.kit.labels import label

_NARROW = 400


class LargeTop(QWidget):
    """One row. ``stepWanted`` carries 1 for the next photo and -1 for the one before."""

    backWanted = Signal()
    stepWanted = Signal(int)
    editToggled = Signal(bool)
    wordsToggled = Signal(bool)
    copyWanted = Signal()
    putAwayWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.current().px
        across = self._across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(px(12))
        turning, doing = QWidget(), QWidget()
        across.addWidget(turning)
        across.addWidget(doing, 1)
        row = FlowLayout(turning, gap=px(6), one_line=True)
        row.addWidget(
            Button(tr("All photos"), self.backWanted.emit, name="large-back", variant="quiet", icon="back",
                   tint="ink_soft")
        )  # fmt: skip
        self._previous = self._arrow("previous", tr("The photo before"), -1)
        self._next = self._arrow("next", tr("The next photo"), 1)
        self._place = label("", "small", wraps=False)
        self._place.setObjectName("large-place")
        for widget in (self._previous, self._place, self._next):
            row.addWidget(widget)
        self._words = self._toggle(tr("Words"), "large-words", tr("Show what is written of the photo"))
        self._words.setChecked(True)
        self._words.toggled.connect(self.wordsToggled)
        self._edit = self._toggle(tr("Edit"), "large-edit", tr("Turn, cut or soften the photo"))
        self._edit.toggled.connect(self.editToggled)
        self._more = Button("", self._open_menu, name="large-more", variant="quiet", icon="more",
                            tint="ink_soft", says=tr("More for this photo"))  # fmt: skip
        actions = FlowLayout(doing, gap=px(6), trailing=True, one_line=True)
        for button in (self._words, self._edit, self._more):
            actions.addWidget(button)

    def _arrow(self, icon: str, says: str, by: int) -> Button:
        return Button(
            "", lambda: self.stepWanted.emit(by), name=f"large-{icon}", variant="quiet", icon=icon,
            tint="ink_soft", says=says,
        )  # fmt: skip

    def _toggle(self, text: str, name: str, says: str) -> Button:
        button = Button(text, name=name, variant="quiet")
        button.setCheckable(True)
        button.setToolTip(says)
        button.setAccessibleDescription(says)
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        lie_or_stand(self._across, narrow=self.width() < theme.current().px(_NARROW))

    @property
    def wants_words(self) -> bool:
        """Whether the words are to be seen beside the photo."""
        return self._words.isChecked()

    @property
    def wants_edit(self) -> bool:
        """Whether what can be done to the photo is to be seen above it."""
        return self._edit.isChecked()

    def show_place(self, place: int, among: int) -> None:
        """The photo at ``place`` (from 0) ``among`` so many; none of them when there is none."""
        number = number_text
        text = tr("{place} of {all}").format(place=number(place + 1), all=number(among)) if among else ""
        self._place.setText(text)
        self._at, self._among = place, among
        self.allow_stepping(on=True)
        for button in (self._words, self._edit, self._more):
            button.setEnabled(among > 0)

    def allow_stepping(self, *, on: bool) -> None:
        """No other photo is turned to while this one is cut or measured."""
        self._previous.setEnabled(on and self._at > 0)
        self._next.setEnabled(on and self._at + 1 < self._among)

    _at, _among = 0, 0

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Save a copy…")).triggered.connect(self.copyWanted)
        menu.addSeparator()
        menu.addAction(tr("Put this photo away")).triggered.connect(self.putAwayWanted)
        below = self._more.mapToGlobal(self._more.rect().bottomRight())
        menu.popup(below - QPoint(menu.sizeHint().width(), 0))
