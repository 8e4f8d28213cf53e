"""The closed-book screen: one card in the middle, the way to support below it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from memorybook.errors import MemoryBookError
from memorybook.ui.core import dialogs, messages, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.fields import PassphraseLine
from memorybook.ui.kit.labels import ElidedLabel, label, surface
from memorybook.ui.kit.notice import Notice
from memorybook.ui.lock import presenter as presenting

_CARD_WIDTH = 420


class LockScreen(QWidget):
    """Shows what :class:`LockPresenter` says. ``supportWanted`` leads to the pane that needs no book."""

    supportWanted = Signal()
    presenter: presenting.LockPresenter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "linen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        px = theme.current().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = ScrollColumn(width=_CARD_WIDTH)
        outer.addWidget(scroll)
        column = scroll.column
        column.addStretch(1)
        card = surface("card")
        card_column = QVBoxLayout(card)
        card_column.setContentsMargins(px(40), px(36), px(40), px(28))
        card_column.setSpacing(px(14))
        self._welcome = _WelcomeCard()
        self._begin = _BeginCard()
        self._shown: _Card = self._begin
        for each in (self._welcome, self._begin):
            each.hide()
            card_column.addWidget(each)
        column.addWidget(card)
        self._support = Button(
            tr("Support is here too, without opening the book"),
            self.supportWanted.emit,
            name="closed-support",
            variant="support",
            icon="support",
            tint="sage",
        )
        column.addWidget(self._support, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._connect()

    def _connect(self) -> None:
        self._welcome.opened.connect(lambda words: self.presenter.open(words))
        self._welcome.anotherWanted.connect(self._choose_book)
        self._welcome.newWanted.connect(lambda: self.presenter.offer_begin())
        self._begin.begun.connect(lambda one, two: self.presenter.begin(one, two))
        self._begin.placeWanted.connect(self._choose_place)
        self._begin.existingWanted.connect(self._choose_book)

    def _choose_book(self) -> None:
        dialogs.choose_folder(
            self,
            tr("Choose the folder in which the book is kept"),
            Path.home(),
            lambda folder: self.presenter.choose_book(folder),
        )

    def _choose_place(self) -> None:
        dialogs.choose_folder(
            self,
            tr("Choose where the book is kept"),
            Path.home(),
            lambda folder: self.presenter.choose_place(folder),
        )

    def show_welcome(self, folder: Path) -> None:
        """Ask for the passphrase of the book in this folder."""
        self._welcome.reset(folder)
        self._turn_to(self._welcome)

    def show_begin(self, folder: Path) -> None:
        """Offer to begin a book in this folder."""
        self._begin.reset(folder)
        self._turn_to(self._begin)

    def _turn_to(self, card: "_Card") -> None:
        self._shown = card
        for each in (self._welcome, self._begin):
            each.setVisible(each is card)
        card.first_field().setFocus()

    def show_working(self, *, opening: bool) -> None:
        """A passphrase is being checked or a book begun."""
        self._welcome.work() if opening else self._begin.work()

    def show_closing(self, folder: Path) -> None:
        """The book is being closed; it can be opened again in a moment."""
        self.show_welcome(folder)
        self._welcome.setEnabled(False)

    def show_problem(self, error: MemoryBookError) -> None:
        """Say what happened, with the field ready for another try."""
        self._say(messages.sentence(error))

    def show_passphrases_differ(self) -> None:
        """The two passphrases are not the same yet."""
        self._say(tr("The two are not the same yet. Nothing was begun. Please type them once more."))

    def show_passphrase_missing(self) -> None:
        """Nothing was typed."""
        self._say(tr("Please type a passphrase first."))

    def _say(self, text: str) -> None:
        self._shown.rest()
        self._shown.notice.say(text)
        self._shown.first_field().setFocus()


class _Card(QWidget):
    """What the two cards share: a notice, fields that rest or wait, a way to be emptied."""

    def __init__(self, *, name: str) -> None:
        super().__init__()
        px = theme.current().px
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(px(14))
        self.notice = Notice(name=f"{name}-notice")
        self._name = name

    def first_field(self) -> PassphraseLine:
        raise NotImplementedError

    def rest(self) -> None:
        """Ready for typing again."""
        self.setEnabled(True)

    def work(self) -> None:
        """Wait for an answer; the notice of before no longer holds."""
        self.notice.hide()
        self.setEnabled(False)


class _WelcomeCard(_Card):
    opened = Signal(str)
    anotherWanted = Signal()
    newWanted = Signal()

    def __init__(self) -> None:
        super().__init__(name="welcome")
        px = theme.current().px
        self._mark = label(wraps=False)
        self._mark.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        theme.current().changed.connect(self._dress)
        self.lines.addWidget(self._mark)
        title = label(tr("Welcome back"), "title")
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.lines.addWidget(title)
        words = label(tr("Take your time. Everything is as you left it."), "soft")
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.lines.addWidget(words)
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

    def first_field(self) -> PassphraseLine:
        return self.passphrase

    def reset(self, folder: Path) -> None:
        self.passphrase.forget()
        self.notice.hide()
        self._place.show_text(str(folder))
        self.rest()

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


class _BeginCard(_Card):
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

    def first_field(self) -> PassphraseLine:
        return self.passphrase

    def reset(self, folder: Path) -> None:
        self._place.show_text(str(folder))
        self.notice.hide()
        self.rest()

    def rest(self) -> None:
        super().rest()
        self._button.setText(tr("Begin the book"))

    def work(self) -> None:
        super().work()
        self._button.setText(tr("Beginning…"))

    def _begin(self) -> None:
        one, two = self.passphrase.text(), self.again.text()
        self.passphrase.forget()
        self.again.forget()
        self.begun.emit(one, two)


if TYPE_CHECKING:
    _: type[presenting.LockView] = LockScreen
