"""The closed-book screen: one card in the middle, the way to support below it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from memorybook.errors import (
    BookEmpty,
    BookMissing,
    KeyFilesDamaged,
    KeyFilesMissing,
    MemoryBookError,
    NotABook,
    RecoveryWordsMistyped,
    RecoveryWordsOther,
)
from memorybook.ui.core import dialogs, theme
from memorybook.ui.core.i18n import count_text, tr
from memorybook.ui.core.passphrases import Remark
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.fields import passphrase_remark
from memorybook.ui.kit.labels import surface
from memorybook.ui.kit.word_lines import WordList
from memorybook.ui.lock import presenter as presenting
from memorybook.ui.lock import wording
from memorybook.ui.lock.cards import BeginCard, Card, WelcomeCard
from memorybook.ui.lock.remedies import Remedy, remedy
from memorybook.ui.lock.words_card import WordsCard

_NARROW = 480
_SUPPORT_KEY = "Ctrl+8"  # the same as with an open book


class LockScreen(QWidget):
    """Shows what :class:`LockPresenter` says.

    ``supportWanted`` leads to the pane that needs no book, ``helpWanted`` to what is protected.
    """

    supportWanted = Signal()
    helpWanted = Signal()
    presenter: presenting.LockPresenter

    def __init__(self, words: WordList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "linen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        px = theme.current().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scroll = ScrollColumn()
        outer.addWidget(self._scroll)
        column = self._scroll.column
        column.addStretch(1)
        card = surface("card")
        self._card_column = card_column = QVBoxLayout(card)
        card_column.setSpacing(px(14))
        self._welcome = WelcomeCard()
        self._words = WordsCard(words)
        self._begin = BeginCard()
        self._cards: tuple[Card, ...] = (self._welcome, self._words, self._begin)
        self._shown: Card = self._begin
        for each in self._cards:
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
        keys = QKeySequence(_SUPPORT_KEY)
        QShortcut(keys, self).activated.connect(self._support.click)
        shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
        self._support.setAccessibleDescription(shown)
        self._support.setToolTip(shown)
        column.addWidget(self._support, 0, Qt.AlignmentFlag.AlignHCenter)
        protected = Button(
            tr("What is protected, and what is not"),
            self.helpWanted.emit,
            name="closed-help",
            variant="aside",
        )
        column.addWidget(protected, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._connect()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = theme.current().px
        side = px(40 if self.width() >= px(_NARROW) else 20)
        self._card_column.setContentsMargins(side, px(36), side, px(28))

    def _connect(self) -> None:
        welcome = self._welcome
        welcome.lookAgainWanted.connect(lambda: self.presenter.look_again())
        welcome.opened.connect(lambda passphrase: self.presenter.open(passphrase))
        welcome.typing.connect(lambda: self.presenter.typing())
        welcome.wordsWanted.connect(lambda: self.presenter.use_words())
        welcome.keyringWanted.connect(lambda: self.presenter.ask_keyring())
        welcome.anotherWanted.connect(self._choose_book)
        welcome.newWanted.connect(lambda: self.presenter.offer_begin())
        self._words.opened.connect(lambda text: self.presenter.open_with_words(text))
        self._words.passphraseWanted.connect(lambda: self.presenter.look_again())
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
        """No book that a passphrase could open lies in the folder."""
        self._turn_to(self._welcome)
        by_words = isinstance(error, KeyFilesMissing | KeyFilesDamaged)
        if by_words:
            title = tr("Your pages are here")
        elif isinstance(error, BookMissing | BookEmpty | NotABook):
            title = tr("The book is not here")
        else:
            title = tr("The book did not open")
        self._welcome.show_not_there(title, wording.sentence(error), by_words=by_words)

    def show_words(self, folder: Path) -> None:
        """Ask for the recovery words of the book in this folder."""
        self._words.reset(folder)
        self._turn_to(self._words)

    def show_begin(self, folder: Path) -> None:
        """Offer to begin a book in this folder."""
        self._begin.reset(folder)
        self._turn_to(self._begin)

    def _turn_to(self, card: Card) -> None:
        if card is not self._shown:
            self._shown.forget()
        self._shown = card
        self._scroll.set_width(card.width_wanted)
        for each in self._cards:
            each.setVisible(each is card)
        card.setFocus()
        self._scroll.verticalScrollBar().setValue(0)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing that was typed waits behind another screen."""
        super().hideEvent(event)
        if not event.spontaneous():
            for card in self._cards:
                card.forget()

    def show_remembered(self) -> None:
        """Offer to ask this computer's keyring for the book."""
        self._welcome.show_remembered()

    def show_asking(self) -> None:
        """The keyring is being asked."""
        self._welcome.notice.hide()
        self._welcome.show_asking(asking=True)

    def show_not_asking(self, error: MemoryBookError | None) -> None:
        """The keyring is not asked any more; the keyboard stays where it is."""
        self._welcome.show_asking(asking=False)
        if error is not None:
            self._say(error)

    def show_working(self) -> None:
        """A way in is being checked or a book begun."""
        self._shown.work()

    def show_closing(self, folder: Path) -> None:
        """The book is being closed; it can be opened again in a moment."""
        self.show_welcome(folder)
        self._welcome.setEnabled(False)

    def show_problem(self, error: MemoryBookError) -> None:
        """Say what happened and what can be done next, with the field ready for another try."""
        if isinstance(error, KeyFilesMissing | KeyFilesDamaged) and self._shown is self._welcome:
            self.show_not_there(error)
        else:
            self._shown.rest()
            self._say(error)
            self._shown.setFocus()

    def _say(self, error: MemoryBookError) -> None:
        if self._shown is self._words and isinstance(error, RecoveryWordsMistyped | RecoveryWordsOther):
            self._words.say(error)
            self._scroll.bring_into_view(self._words.notice)
            return
        wanted = remedy(error, beginning=self._shown is self._begin)
        offers: dict[Remedy, tuple[str, Callable[[], object]]] = {
            "words": (tr("Use my recovery words"), lambda: self.presenter.use_words()),
            "another": (tr("Open another book"), self._choose_book),
            "again": (tr("Look again"), lambda: self.presenter.look_again()),
            "place": (tr("Choose another place"), self._choose_place),
            "keyring": (tr("Ask the keyring again"), lambda: self.presenter.ask_keyring()),
            "": ("", lambda: None),
        }
        action, acts = offers[wanted]
        self._shown.notice.say(wording.sentence(error), action=action, acts=acts)

    def show_word_problem(self, error: MemoryBookError, position: int) -> None:
        """Say what happened and lead to one of the words, counted from 0."""
        self._words.rest()
        if isinstance(error, RecoveryWordsOther):
            said = tr("Your book is safe. The words do not fit it yet. Please look at word {number} again.")
        else:
            said = tr("Your book is safe. Please look at word {number} again.")
        self._words.notice.say(said.format(number=position + 1))
        self._words.entry.point_to(position)

    def show_written_anew(self, unreadable: int) -> None:
        """The sheet was withdrawn; so many photos and recordings could not be read before either."""
        said = tr(
            "The sheet was withdrawn, and your book is written anew. The passphrase you chose opens it. "
            "A new recovery sheet can be made in the settings."
        )
        if unreadable:
            photos = count_text(
                "{n} photo or recording could not be read before, and came along as it was.",
                "{n} photos or recordings could not be read before, and came along as they were.",
                unreadable,
            )
            said = f"{said} {photos}"
        self._shown.notice.say(said)

    def show_remark(self, remark: Remark) -> None:
        """The passphrase cannot be taken yet, or is worth a second thought."""
        self._shown.rest()
        self._shown.notice.say(passphrase_remark(remark))
        self._shown.setFocus()


if TYPE_CHECKING:
    _: type[presenting.LockView] = LockScreen
