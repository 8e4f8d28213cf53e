"""The cards of the closed book that ask for a passphrase: one opens it, one begins a new one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from memorybook.domain.synced import service_of
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.closed_card import Card
from memorybook.ui.kit.fields import PassphraseLine
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import ElidedLabel, label


class WelcomeCard(Card):
    """Opens the book of one folder. ``opened`` carries the passphrase."""

    opened = Signal(str)
    typing = Signal()
    lookAgainWanted = Signal()
    wordsWanted = Signal()
    keyringWanted = Signal()
    anotherWanted = Signal()
    newWanted = Signal()
    copyWanted = Signal()

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
        self._words = label("", "soft")
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.lines.addWidget(self._words)
        self._place = ElidedLabel("", "small", elide=Qt.TextElideMode.ElideMiddle)
        self._place.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.lines.addWidget(self._place)
        self.lines.addSpacing(px(8))
        self.passphrase = PassphraseLine(tr("Passphrase"), name="passphrase")
        self.passphrase.line.returnPressed.connect(self._open)
        self.passphrase.line.textEdited.connect(lambda: self.typing.emit())
        self.begin_at(self.passphrase)
        self.lines.addWidget(self.passphrase)
        self.lines.addWidget(self.notice)
        self._button = Button(tr("Open the book"), self._open, name="open-book", variant="primary")
        self.lines.addWidget(self._button)
        self._use_words = Button(
            tr("Use my recovery words"), self.wordsWanted.emit, name="use-words-instead", variant="primary"
        )
        self.lines.addWidget(self._use_words)
        self._again = Button(tr("Look again"), self.lookAgainWanted.emit, name="look-again")
        self.lines.addWidget(self._again)
        self._from_copy = Button(tr("Bring it back from a copy"), self.copyWanted.emit, name="from-copy")
        self.lines.addWidget(self._from_copy)
        self._keyring = _link(
            tr("Open with this computer’s keyring"), self.keyringWanted.emit, "open-with-keyring"
        )
        self.lines.addWidget(self._keyring, 0, Qt.AlignmentFlag.AlignHCenter)
        self.lines.addLayout(self._links())
        self._dress()

    def _links(self) -> FlowLayout:
        links = FlowLayout(gap=theme.current().px(6), centred=True)
        self._words_link = _link(tr("Use my recovery words"), self.wordsWanted.emit, "use-words")
        self._dot = label("·", "soft", wraps=False)
        links.addWidget(self._words_link)
        links.addWidget(self._dot)
        links.addWidget(_link(tr("Open another book"), self.anotherWanted.emit, "open-another"))
        links.addWidget(_link(tr("Begin a new book"), self.newWanted.emit, "begin-new"))
        self._copy_link = _link(tr("Bring back a book from a copy"), self.copyWanted.emit, "use-copy")
        links.addWidget(self._copy_link)
        return links

    def _dress(self) -> None:
        self._mark.setPixmap(theme.current().pixmap("memory-book", "sage", 48))

    def reset(self, folder: Path) -> None:
        self.forget()
        self.notice.hide()
        self._place.show_text(str(folder))
        self._keyring.hide()
        self._show_there(there=True)
        self.rest()

    def forget(self) -> None:
        self.passphrase.forget()

    def show_not_there(self, title: str, text: str, *, by_words: bool, from_copy: bool) -> None:
        """No passphrase opens anything here: say so, and ask for none; the words may open it all the same.

        ``from_copy`` when a copy can take the place of what is not there or cannot be read.
        """
        self._show_there(there=False)
        self.begin_at(self._use_words if by_words else self._again)
        self._from_copy.setVisible(from_copy)
        self._copy_link.setVisible(not from_copy)
        self._title.setText(title)
        for button in (self._use_words, self._words_link, self._dot):
            button.setVisible(by_words and button is self._use_words)
        self._again.set_variant("" if by_words else "primary")
        self.rest()
        self.notice.say(text)
        (self._use_words if by_words else self._again).setFocus()

    def _show_there(self, *, there: bool) -> None:
        if there:
            self.begin_at(self.passphrase)
        self._title.setText(tr("Welcome back"))
        self._words.setText(tr("Take your time. Everything is as you left it."))
        for widget in (self._words, self.passphrase, self._button, self._words_link, self._dot):
            widget.setVisible(there)
        self._again.setVisible(not there)
        self._from_copy.hide()
        self._copy_link.show()
        self._use_words.hide()

    def show_damaged(self) -> None:
        """Not everything is as it was left."""
        self._words.setText(tr("Take your time."))

    def show_remembered(self) -> None:
        """The keyring can be asked."""
        self._keyring.show()

    def show_asking(self, *, asking: bool) -> None:
        """The keyring is being asked; the passphrase can be typed all the same."""
        self._words.setText(
            tr("Asking this computer’s keyring. The passphrase opens the book too.")
            if asking
            else tr("Take your time. Everything is as you left it.")
        )
        self._keyring.setEnabled(not asking)

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
    copyWanted = Signal()

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
        self.begin_at(self.passphrase)
        self.lines.addWidget(self.passphrase)
        self.lines.addWidget(self.again)
        self.lines.addWidget(
            label(
                tr(
                    "Four or more ordinary words are quick to type and hard to guess. "
                    "The next page shows what opens the book if they are forgotten."
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
        where.addWidget(_link(tr("Change"), self.placeWanted.emit, "change-place"))
        self.lines.addLayout(where)
        self._synced = label("", "small")
        self._synced.setObjectName("new-book-synced")
        self.lines.addWidget(self._synced)
        self.lines.addWidget(self.notice)
        self._button = Button(tr("Begin the book"), self._begin, name="begin-book", variant="primary")
        self.lines.addWidget(self._button)
        links = FlowLayout(gap=px(6), centred=True)
        links.addWidget(
            _link(tr("Open a book that is already here"), self.existingWanted.emit, "open-existing")
        )
        links.addWidget(_link(tr("Bring back a book from a copy"), self.copyWanted.emit, "begin-from-copy"))
        self.lines.addLayout(links)

    def reset(self) -> None:
        self._place.show_text("…")
        self._synced.hide()
        self.notice.hide()
        self.rest()

    def show_place(self, folder: Path) -> None:
        """Say where the book will be kept."""
        self._place.show_text(str(folder))
        service = service_of(folder.parts)
        self._synced.setVisible(bool(service))
        self._synced.setText(
            tr(
                "{service} seems to copy this folder to other computers. The copies are locked like the "
                "book itself. Each is complete once the book is closed."
            ).format(service=service)
        )

    def rest(self) -> None:
        super().rest()
        self._button.setText(tr("Begin the book"))

    def work(self) -> None:
        self.forget()
        super().work()
        self._button.setText(tr("Beginning…"))

    def forget(self) -> None:
        self.passphrase.forget()
        self.again.forget()

    def _begin(self) -> None:
        self.begun.emit(self.passphrase.text(), self.again.text())


def _link(text: str, pressed: Callable[[], object], name: str) -> Button:
    return Button(text, pressed, name=name, variant="link")
