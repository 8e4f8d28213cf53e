"""The closed-book screen: one card in the middle, the way to support below it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from memorybook.errors import MemoryBookError
from memorybook.ui.core import dialogs, messages, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.labels import surface
from memorybook.ui.lock import presenter as presenting
from memorybook.ui.lock.cards import BeginCard, Card, WelcomeCard

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
        self._welcome = WelcomeCard()
        self._begin = BeginCard()
        self._shown: Card = self._begin
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
        self._welcome.lookAgainWanted.connect(lambda: self.presenter.look_again())
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

    def show_not_there(self, error: MemoryBookError) -> None:
        """No book that could be opened lies in the folder."""
        self._turn_to(self._welcome)
        self._welcome.show_not_there(messages.sentence(error))

    def show_begin(self, folder: Path) -> None:
        """Offer to begin a book in this folder."""
        self._begin.reset(folder)
        self._turn_to(self._begin)

    def _turn_to(self, card: Card) -> None:
        self._shown = card
        for each in (self._welcome, self._begin):
            each.setVisible(each is card)
        card.passphrase.setFocus()

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
        self._say(tr("The two are not the same yet. The eye beside them shows what was typed."))

    def show_passphrase_short(self) -> None:
        """The passphrase is short; asking a second time takes it all the same."""
        self._say(
            tr(
                "This passphrase is short, and a short one can be guessed. A longer one is safer. "
                "To use this one all the same, press the button once more."
            )
        )

    def show_passphrase_missing(self) -> None:
        """Nothing was typed."""
        self._say(tr("Please type a passphrase first."))

    def _say(self, text: str) -> None:
        self._shown.rest()
        self._shown.notice.say(text)
        self._shown.passphrase.setFocus()


if TYPE_CHECKING:
    _: type[presenting.LockView] = LockScreen
