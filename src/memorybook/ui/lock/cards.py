"""The two cards of the closed book: one opens it, one begins a new one."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.fields import PassphraseLine
from memorybook.ui.kit.labels import ElidedLabel, label
from memorybook.ui.kit.notice import Notice


class Card(QWidget):
    """What the two cards share: a notice, fields that rest or wait, a way to be emptied."""

    passphrase: PassphraseLine

    def __init__(self, *, name: str) -> None:
        super().__init__()
        px = theme.current().px
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(px(14))
        self.notice = Notice(name=f"{name}-notice")

    def rest(self) -> None:
        """Ready for typing again."""
        self.setEnabled(True)

    def work(self) -> None:
        """Wait for an answer; the notice of before no longer holds."""
        self.notice.hide()
        self.setEnabled(False)


class WelcomeCard(Card):
    """Opens the book of one folder. ``opened`` carries the passphrase."""

    opened = Signal(str)
    lookAgainWanted = Signal()
    anotherWanted = Signal()
    newWanted = Signal()

    def __init__(self) -> None:
        super().__init__(name="welcome")
        px = theme.current().px
        self._mark = label(wraps=False)
        self._mark.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        theme.current().changed.connect(self._dress)
        self.lines.addWidget(self._mark)
        self._title = label("", "title")
        self._title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.lines.addWidget(self._title)
        self._words = label(tr("Take your time. Everything is as you left it."), "soft")
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.lines.addWidget(self._words)
        self._place = ElidedLabel("", "small", elide=Qt.TextElideMode.ElideMiddle)
        self._place.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.lines.addWidget(self._place)
        self.lines.addSpacing(px(8))
        self.passphrase = PassphraseLine(tr("Passphrase"), name="passphrase")
        self.passphrase.line.returnPressed.connect(self._open)
        self.lines.addWidget(self.passphrase)
        self.lines.addWidget(self.notice)
        self._button = Button(tr("Open the book"), self._open, name="open-book", variant="primary")
        self.lines.addWidget(self._button)
        self._again = Button(
            tr("Look again"), self.lookAgainWanted.emit, name="look-again", variant="primary"
        )
        self.lines.addWidget(self._again)
        links = QHBoxLayout()
        links.addStretch(1)
        links.addWidget(
            Button(tr("Open another book"), self.anotherWanted.emit, name="open-another", variant="link")
        )
        links.addWidget(Button(tr("Begin a new book"), self.newWanted.emit, name="begin-new", variant="link"))
        links.addStretch(1)
        self.lines.addLayout(links)
        self._dress()

    def _dress(self) -> None:
        self._mark.setPixmap(theme.current().pixmap("memory-book", "sage", 48))

    def reset(self, folder: Path) -> None:
        self.passphrase.forget()
        self.notice.hide()
        self._place.show_text(str(folder))
        self._show_there(there=True)
        self.rest()

    def show_not_there(self, text: str) -> None:
        """There is nothing to open here: say so, and ask for no passphrase."""
        self._show_there(there=False)
        self.notice.say(text)
        self._again.setFocus()

    def _show_there(self, *, there: bool) -> None:
        self._title.setText(tr("Welcome back") if there else tr("The book is not here"))
        for widget in (self._words, self.passphrase, self._button):
            widget.setVisible(there)
        self._again.setVisible(not there)

    def rest(self) -> None:
        super().rest()
        self._button.setText(tr("Open the book"))

    def work(self) -> None:
        super().work()
        self._button.setText(tr("Opening…"))

    def _open(self) -> None:
        words = self.passphrase.text()
        self.passphrase.forget()
        self.opened.emit(words)


class BeginCard(Card):
    """Begins a book. ``begun`` carries the passphrase as it was typed the first and the second time."""

    begun = Signal(str, str)
    placeWanted = Signal()
    existingWanted = Signal()

    def __init__(self) -> None:
        super().__init__(name="begin")
        px = theme.current().px
        self.lines.addWidget(label(tr("Begin your book"), "title"))
        self.lines.addWidget(
            label(
                tr(
                    "It stays on this computer and is locked with a passphrase. "
                    "Nothing is ever sent anywhere."
                ),
                "soft",
            )
        )
        self.passphrase = PassphraseLine(tr("Choose a passphrase"), name="new-passphrase")
        self.again = PassphraseLine(tr("The same once more"), name="new-passphrase-again")
        self.passphrase.line.returnPressed.connect(self.again.setFocus)
        self.again.line.returnPressed.connect(self._begin)
        self.lines.addWidget(self.passphrase)
        self.lines.addWidget(self.again)
        self.lines.addWidget(
            label(
                tr(
                    "Four or more ordinary words are quick to type and hard to guess. Without the passphrase "
                    "nobody can open the book, so please write it down and keep it somewhere safe."
                ),
                "small",
            )
        )
        where = QHBoxLayout()
        where.setSpacing(px(8))
        where.addWidget(label(tr("Kept in"), "field", wraps=False))
        self._place = ElidedLabel("", "small", elide=Qt.TextElideMode.ElideMiddle)
        self._place.setObjectName("new-book-place")
        where.addWidget(self._place, 1)
        where.addWidget(Button(tr("Change"), self.placeWanted.emit, name="change-place", variant="link"))
        self.lines.addLayout(where)
        self.lines.addWidget(self.notice)
        self._button = Button(tr("Begin the book"), self._begin, name="begin-book", variant="primary")
        self.lines.addWidget(self._button)
        self.lines.addWidget(
            Button(
                tr("Open a book that is already here"),
                self.existingWanted.emit,
                name="open-existing",
                variant="link",
            ),
            0,
            Qt.AlignmentFlag.AlignHCenter,
        )

    def reset(self, folder: Path) -> None:
        self._place.show_text(str(folder))
        self.notice.hide()
        self.rest()

    def rest(self) -> None:
        super().rest()
        self._button.setText(tr("Begin the book"))

    def work(self) -> None:
        self.passphrase.forget()
        self.again.forget()
        super().work()
        self._button.setText(tr("Beginning…"))

    def _begin(self) -> None:
        self.begun.emit(self.passphrase.text(), self.again.text())
