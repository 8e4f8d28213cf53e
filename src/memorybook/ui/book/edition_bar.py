"""Which book is being made: those that were made before, a new one, and what can be done with this one."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from memorybook.domain.book import KeptEdition
from memorybook.domain.ids import EditionId
from memorybook.ui.core import theme
from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.fields import LabelledLine
from memorybook.ui.kit.labels import ElidedLabel, label

_LONGEST = 40  # letters of a name in the menu and on the button


class EditionBar(QWidget):
    """Not there while no edition is kept: the first one is made without having to know of editions."""

    openWanted = Signal(object)
    newWanted = Signal()
    renameWanted = Signal()
    awayWanted = Signal()
    drawerWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editions: tuple[KeptEdition, ...] = ()
        self._current: EditionId | None = None
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        self._button = Button("", self._open, name="book-edition", variant="chip", icon="down")
        self._button.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        across.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        across.addStretch(1)
        self.hide()

    def show_editions(
        self, editions: Sequence[KeptEdition], current: EditionId | None, *, put_away: bool
    ) -> None:
        """Those that are kept; ``current`` is the one that is being made, ``None`` a new one."""
        self._editions, self._current = tuple(editions), current
        here = next((each for each in self._editions if each.id == current), None)
        text = name_of(here) if here is not None else tr("A new book")
        self._button.setText(text.replace("&", "&&"))
        self._button.setAccessibleName(tr("The book that is being made: {name}").format(name=text))
        self.setVisible(bool(self._editions) or put_away)

    def _open(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("book-edition-menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for each in self._editions:
            action = menu.addAction(name_of(each).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(each.id == self._current)
            action.triggered.connect(partial(self._turn_to, each))
        menu.addSeparator()
        menu.addAction(tr("A new book"), self.newWanted.emit)
        if self._current is not None:
            menu.addSeparator()
            menu.addAction(tr("Give it a name…"), self.renameWanted.emit)
            menu.addAction(tr("Put it away"), self.awayWanted.emit)
        menu.addSeparator()
        menu.addAction(tr("Books that were put away…"), self.drawerWanted.emit)
        menu.popup(self._button.mapToGlobal(self._button.rect().bottomLeft()))

    def _turn_to(self, kept: KeptEdition) -> None:
        if kept.id != self._current:
            self.openWanted.emit(kept)


def name_of(kept: KeptEdition) -> str:
    """What an edition is called in a list."""
    name = kept.name.strip() or tr("A book without a name")
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"


def ask_name(parent: QWidget, name: str, named: Callable[[str], object]) -> Sheet:
    """Ask what an edition is to be called; empty goes by the title on its cover."""
    sheet = Sheet(parent, tr("A name for this book"), name="book-name")
    line = LabelledLine(tr("Only you see it. Without one it goes by its title."), name="book-name-line")
    line.line.setText(name)
    line.line.selectAll()
    sheet.column.addWidget(line)

    def take() -> None:
        text = line.text()
        sheet.accept()
        named(text)

    sheet.add_button(tr("Not now"), sheet.reject, name="book-name-no")
    sheet.add_button(tr("Done"), take, name="book-name-yes", primary=True)
    sheet.open()
    line.line.setFocus()
    return sheet


class PutAwaySheet(Sheet):
    """The editions that were put away: bring one back, or let it go for ever."""

    def __init__(
        self,
        parent: QWidget,
        editions: Sequence[KeptEdition],
        *,
        back: Callable[[EditionId], object],
        destroy: Callable[[EditionId], object],
    ) -> None:
        super().__init__(parent, tr("Books that were put away"), name="book-drawer", width=520)
        self._back, self._destroy = back, destroy
        if not editions:
            self.column.addWidget(label(tr("Nothing was put away here."), "soft"))
        else:
            words = tr("They wait here for as long as you like. What stands in them stays in your book.")
            self.column.addWidget(label(words, "soft"))
        for each in editions:
            self.column.addWidget(self._row(each))
        self.add_button(tr("Done"), self.accept, name="book-drawer-done", primary=True)
        self.open()

    def _row(self, kept: KeptEdition) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, theme.current().px(6))
        column.setSpacing(0)
        column.addWidget(ElidedLabel(kept.name.strip() or tr("A book without a name"), "strong"))
        buttons = QHBoxLayout()
        back = Button(
            tr("Bring it back"), partial(self._bring, kept.id), name=f"book-back-{kept.id}", variant="link"
        )
        ends = Button(
            tr("Delete for ever"), partial(self._ask, kept.id), name=f"book-destroy-{kept.id}", variant="link"
        )
        for button in (back, ends):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        return row

    def _bring(self, edition: EditionId) -> None:
        self.accept()
        self._back(edition)

    def _ask(self, edition: EditionId) -> None:
        button = self.findChild(Button, f"book-destroy-{edition}")
        if button is not None and button.property("asked") is None:
            button.setProperty("asked", True)  # noqa: FBT003 - Qt's own
            button.setText(tr("Delete it for ever: press once more"))
            button.setAccessibleName(button.text())
            return
        self.accept()
        self._destroy(edition)
