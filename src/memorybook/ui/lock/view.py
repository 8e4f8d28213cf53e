"""The closed-book screen: one card in the middle, the way to support below it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from memorybook.errors import (
    BookEmpty,
    BookMissing,
    BookWithoutWords,
    KeyFilesDamaged,
    KeyFilesMissing,
    MemoryBookError,
    NotABook,
    RecoveryWordsMistyped,
    RecoveryWordsOther,
)
from memorybook.ui.core import closed_messages, dialogs
from memorybook.ui.core.i18n import count_text, tr
from memorybook.ui.core.passphrases import Remark
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.card_page import CardPage
from memorybook.ui.kit.fields import passphrase_remark
from memorybook.ui.kit.word_lines import WordList
from memorybook.ui.lock import presenter as presenting
from memorybook.ui.lock.cards import BeginCard, WelcomeCard
from memorybook.ui.lock.remedies import Reason, Remedy, by_copy, remedy
from memorybook.ui.lock.words_card import WordsCard

_SUPPORT_KEY = "Ctrl+8"  # the same as with an open book


class LockScreen(CardPage):
    """Shows what :class:`LockPresenter` says.

    ``supportWanted`` leads to the pane that needs no book, ``helpWanted`` to what is protected,
    ``copyWanted`` to where a book is brought back: the folder in question, if there is one, and why.
    """

    supportWanted = Signal()
    helpWanted = Signal()
    copyWanted = Signal(object, str)
    presenter: presenting.LockPresenter

    def __init__(self, words: WordList, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._welcome = WelcomeCard()
        self._words = WordsCard(words)
        self._begin = BeginCard()
        self.set_cards(self._begin, self._welcome, self._words)
        self._reason: Reason = "wanted"
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
        self.put_below(self._support)
        protected = Button(
            tr("What is protected, and what is not"),
            self.helpWanted.emit,
            name="closed-help",
            variant="aside",
        )
        self.put_below(protected)
        self._connect()

    def _connect(self) -> None:
        welcome = self._welcome
        welcome.lookAgainWanted.connect(lambda: self.presenter.look_again())
        welcome.opened.connect(lambda passphrase: self.presenter.open(passphrase))
        welcome.typing.connect(lambda: self.presenter.typing())
        welcome.wordsWanted.connect(lambda: self.presenter.use_words())
        welcome.keyringWanted.connect(lambda: self.presenter.ask_keyring())
        welcome.anotherWanted.connect(self._choose_book)
        welcome.newWanted.connect(lambda: self.presenter.offer_begin())
        welcome.copyWanted.connect(self._from_copy)
        self._begin.copyWanted.connect(lambda: self.copyWanted.emit(None, "wanted"))
        self._words.opened.connect(lambda text: self.presenter.open_with_words(text))
        self._words.passphraseWanted.connect(lambda: self.presenter.look_again())
        self._begin.begun.connect(lambda one, two: self.presenter.begin(one, two))
        self._begin.placeWanted.connect(self._choose_place)
        self._begin.existingWanted.connect(self._choose_book)

    def _from_copy(self) -> None:
        self.presenter.typing()  # the keyring would open the book in the middle of it
        self.copyWanted.emit(self.presenter.folder, self._reason)

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
        self._reason = "wanted"
        self._welcome.reset(folder)
        self.turn_to(self._welcome)

    def show_not_there(self, error: MemoryBookError) -> None:
        """No book that a passphrase could open lies in the folder."""
        self.turn_to(self._welcome)
        by_words = isinstance(error, KeyFilesMissing | KeyFilesDamaged)
        if by_words:
            title = tr("Your pages are here")
        elif isinstance(error, BookWithoutWords):
            title = tr("Part of the book is here")
        elif isinstance(error, BookMissing | BookEmpty | NotABook):
            title = tr("The book is not here")
        else:
            title = tr("The book did not open")
        self._reason = by_copy(error)
        self._welcome.show_not_there(
            title, closed_messages.sentence(error), by_words=by_words, from_copy=self._reason != "wanted"
        )

    def show_words(self, folder: Path) -> None:
        """Ask for the recovery words of the book in this folder."""
        self._words.reset(folder)
        self.turn_to(self._words)

    def show_begin(self) -> None:
        """Offer to begin a book."""
        self._begin.reset()
        self.turn_to(self._begin)

    def show_place(self, folder: Path) -> None:
        """The book to be begun will be kept in this folder. The keyboard stays where it is."""
        self._begin.show_place(folder)

    def take_focus(self) -> None:
        """Put the keyboard into the card that is shown."""
        self.shown.setFocus()

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
        self.shown.work()

    def show_closing(self, folder: Path) -> None:
        """The book is being closed; it can be opened again in a moment."""
        self.show_welcome(folder)
        self._welcome.setEnabled(False)

    def show_problem(self, error: MemoryBookError) -> None:
        """Say what happened and what can be done next, with the field ready for another try."""
        if isinstance(error, KeyFilesMissing | KeyFilesDamaged) and self.shown is self._welcome:
            self.show_not_there(error)
        else:
            self.shown.rest()
            self._say(error)
            self.shown.setFocus()

    def _say(self, error: MemoryBookError) -> None:
        if self.shown is self._words and isinstance(error, RecoveryWordsMistyped | RecoveryWordsOther):
            self._words.say(error)
            self.scrolled.bring_into_view(self._words.notice)
            return
        wanted = remedy(error, beginning=self.shown is self._begin)
        self._reason = by_copy(error)
        if self._reason == "damaged":
            self._welcome.show_damaged()
        offers: dict[Remedy, tuple[str, Callable[[], object]]] = {
            "words": (tr("Use my recovery words"), lambda: self.presenter.use_words()),
            "another": (tr("Open another book"), self._choose_book),
            "again": (tr("Look again"), lambda: self.presenter.look_again()),
            "place": (tr("Choose another place"), self._choose_place),
            "keyring": (tr("Ask the keyring again"), lambda: self.presenter.ask_keyring()),
            "copy": (tr("See what can be done"), self._from_copy),
            "": ("", lambda: None),
        }
        action, acts = offers[wanted]
        self._tell(closed_messages.sentence(error), action=action, acts=acts)

    def _tell(self, text: str, *, action: str = "", acts: Callable[[], object] | None = None) -> None:
        """In sight: where letters are large, it is below what can be seen of the card."""
        self.shown.notice.say(text, action=action, acts=acts)
        self.scrolled.bring_into_view(self.shown.notice)

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
        self._tell(said)

    def show_brought_back(self, kept: str) -> None:
        """An earlier state took the place of the book, which is kept in the folder of this name."""
        said = tr(
            "Your book is back as it was when the copy was made. The passphrase it had then opens it. The "
            "book as it was before is kept beside it, in “{name}”. Nothing of it was deleted."
        )
        self._tell(said.format(name=kept))

    def show_remark(self, remark: Remark) -> None:
        """The passphrase cannot be taken yet, or is worth a second thought."""
        self.shown.rest()
        self._tell(passphrase_remark(remark))
        self.shown.setFocus()


if TYPE_CHECKING:
    _: type[presenting.LockView] = LockScreen
