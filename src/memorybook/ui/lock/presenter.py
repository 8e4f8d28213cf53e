"""What the closed book does: which card is shown, what is checked, what is said."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from memorybook.errors import (
    BookOpenElsewhere,
    MemoryBookError,
    RecoveryWordsMistyped,
    RecoveryWordsOther,
    WordListDamaged,
)
from memorybook.services.recovery import RecoveryWords
from memorybook.ui.core.book_folders import BOOK_FOLDER_NAME, free_folder, free_or_inside
from memorybook.ui.core.delivery import Deliver, Run
from memorybook.ui.core.device import DeviceSettings
from memorybook.ui.core.passphrases import PassphraseCheck, Remark

if TYPE_CHECKING:  # the closed book is there before what opens it is loaded
    from memorybook.services.vault import Library, Vault


class LockView(Protocol):
    """What the presenter tells the screen."""

    def show_welcome(self, folder: Path) -> None:
        """Ask for the passphrase of the book in this folder."""

    def show_not_there(self, error: MemoryBookError) -> None:
        """No book that a passphrase could open lies in the folder; what can be done instead is offered."""

    def show_words(self, folder: Path) -> None:
        """Ask for the recovery words of the book in this folder."""

    def show_begin(self) -> None:
        """Offer to begin a book, in a place that is still being looked for."""

    def show_place(self, folder: Path) -> None:
        """The book to be begun will be kept in this folder; what is typed and said meanwhile stays."""

    def show_remembered(self) -> None:
        """Offer to ask this computer's keyring for the book."""

    def show_asking(self) -> None:
        """The keyring is being asked; the passphrase can be typed meanwhile."""

    def show_not_asking(self, error: MemoryBookError | None) -> None:
        """The keyring is not asked any more, and why; what is being typed stays."""

    def show_working(self) -> None:
        """A way in is being checked or a book begun; the window stays alive."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Say what happened; what was typed elsewhere stays."""

    def show_word_problem(self, error: MemoryBookError, position: int) -> None:
        """Say what happened and lead to one of the words, counted from 0."""

    def show_remark(self, remark: Remark) -> None:
        """The passphrase cannot be taken yet, or is worth a second thought."""


class LockPresenter:
    """Drives one :class:`LockView`. All methods run on the GUI thread and return at once.

    ``opened`` gets the book; ``refused`` is told whenever nothing is being opened any more without one.
    """

    def __init__(
        self,
        view: LockView,
        *,
        library: "Library",
        words: RecoveryWords,
        device: DeviceSettings,
        run: Run,
        deliver: Deliver,
        opened: Callable[["Vault"], None],
        refused: Callable[[], None],
        home: Path,
    ) -> None:
        self._view = view
        self._library = library
        self._words = words
        self._device = device
        self._run = run
        self._deliver = deliver
        self._opened = opened
        self._refused = refused
        self._home = home
        self._folder = home / BOOK_FOLDER_NAME
        self._busy = False
        self._check = PassphraseCheck()
        self._finding = False  # where the new book will live
        self._begin_there: Callable[[], None] | None = None
        self._turn = 0  # which card was asked for last: a slow drive may answer late
        self._may_ask = False  # the keyring, by itself: once, at the start
        self._asking: int | None = None  # the turn in which the keyring was asked
        self._ask_next = False
        self._dropping = 0  # books that came too late and are being closed
        self._waiting: Callable[[], None] | None = None
        self._crossed = False  # the keyring was at the same book while another way in was tried

    @property
    def folder(self) -> Path:
        """The folder of the book that is shown, or of the one that is begun."""
        return self._folder

    def start(self, book: Path | None, *, ask_keyring: bool = False) -> None:
        """Show the book that was named or used last, or the way to begin one.

        With ``ask_keyring`` a book that this computer remembers opens by itself.
        """
        self._may_ask = ask_keyring
        if book is None and self._device.last_book:
            book = Path(self._device.last_book)
        if book is None:
            self.offer_begin()
        else:
            self.choose_book(book)

    def offer_begin(self) -> None:
        """Turn to beginning a new book; no book that exists is touched by this."""
        self._offer(lambda: free_folder(self._home))

    def choose_place(self, folder: Path) -> None:
        """Begin the book in ``folder`` itself when it is empty, else in a folder of its own inside."""
        self._offer(lambda: free_or_inside(folder) if folder.is_dir() else free_folder(folder))

    def _offer(self, place: Callable[[], Path]) -> None:
        turn = self._next_turn()
        self._finding = True
        self._view.show_begin()

        def found(folder: Path) -> None:
            if turn == self._turn:
                self._finding = False
                self._folder = folder
                self._view.show_place(folder)
                self._begin_if_found()

        def failed(error: MemoryBookError) -> None:
            if turn == self._turn:
                self._finding = False
                self._begin_there = None
                self._view.show_place(self._folder)
                self._view.show_problem(error)

        # Off the window's thread, as everything that asks a drive: it may be asleep or far away.
        self._deliver(self._run(place), found, failed)

    def choose_book(self, folder: Path) -> None:
        """Turn to opening the book in ``folder``; say when there is none."""
        turn = self._next_turn()
        self._folder = folder
        self._view.show_welcome(folder)

        def look() -> bool:
            self._library.look(folder)
            return self._library.remembers(folder)

        def found(remembered: bool) -> None:
            if turn == self._turn and remembered:
                self._view.show_remembered()
                if self._may_ask:
                    self.ask_keyring()

        def failed(error: MemoryBookError) -> None:
            if turn == self._turn:
                self._view.show_not_there(error)

        self._deliver(self._run(look), found, failed)

    def _next_turn(self) -> int:
        self._turn += 1
        self._finding = False
        self._begin_there = None
        self._ask_next = False
        self._check.forget()
        return self._turn

    def look_again(self) -> None:
        """Look whether the book is there now."""
        self.choose_book(self._folder)

    def use_words(self) -> None:
        """Turn to the recovery words of the same book."""
        try:
            self._words.starts_well("")  # without its list no word could be checked
        except WordListDamaged as damaged:
            self._view.show_problem(damaged)
            return
        self._next_turn()
        self._view.show_words(self._folder)

    def begin(self, passphrase: str, again: str) -> None:
        """Begin a book, once it is known where. Both passphrases have to be the same."""
        if self._busy:
            return
        remark = self._check.remark(passphrase, again)
        if remark is not None:
            self._view.show_remark(remark)
        else:
            self._begin_there = lambda: self._go(lambda: self._library.create(self._folder, passphrase))
            self._view.show_working()  # also while the place is looked at: no other passphrase would count
            self._begin_if_found()

    def _begin_if_found(self) -> None:
        """Never in the place that was offered before, while another is being looked at."""
        begin = self._begin_there
        if begin is not None and not self._finding:
            self._begin_there = None
            begin()

    def open(self, passphrase: str) -> None:
        """Open the book with a passphrase."""
        if self._busy:
            return
        if passphrase:
            self._go(lambda: self._library.open(self._folder, passphrase))
        else:
            self._view.show_remark("missing")

    def open_with_words(self, text: str) -> None:
        """Open the book with what was typed of its sheet."""
        if not self._busy:
            self._go(lambda: self._library.open_with_words(self._folder, text))

    def _go(self, work: Callable[[], "Vault"]) -> None:
        self._may_ask = False
        self._ask_next = False
        self._crossed = self.is_busy
        self._busy = True
        self._view.show_working()

        def failed(error: MemoryBookError) -> None:
            if isinstance(error, BookOpenElsewhere) and self._crossed:
                self._crossed = False
                self._once_alone(lambda: self._go(work))
            else:
                self._failed(error)

        self._deliver(self._run(work), self._done, failed)

    def _done(self, vault: "Vault") -> None:
        self._busy = False
        self._next_turn()
        self._device.last_book = str(vault.folder)
        self._device.save()
        self._opened(vault)

    def _failed(self, error: MemoryBookError) -> None:
        self._busy = False
        if isinstance(error, RecoveryWordsMistyped | RecoveryWordsOther) and error.position is not None:
            self._view.show_word_problem(error, error.position)
        else:
            self._view.show_problem(error)
        self._refuse()

    # the keyring

    def ask_keyring(self) -> None:
        """Open the book with what this computer keeps for it. A passphrase typed meanwhile wins."""
        self._may_ask = False
        if self._busy:
            return
        self._view.show_asking()
        if self._asking is not None:
            self._ask_next = True  # one at a time: an answer can take as long as a question on the desktop
            return
        turn = self._asking = self._turn
        folder = self._folder

        def came(vault: "Vault") -> None:
            self._asking = None
            if turn == self._turn and not self._busy:
                self._done(vault)
            else:
                self._drop(vault)

        def failed(error: MemoryBookError) -> None:
            self._asking = None
            if turn == self._turn and not self._busy:
                self._view.show_not_asking(error)
            self._settled()

        self._deliver(self._run(lambda: self._library.open_with_keyring(folder)), came, failed)

    def typing(self) -> None:
        """Somebody types a passphrase: what the keyring says from now on comes too late."""
        self._may_ask = False
        if self._asking == self._turn or self._ask_next:
            self._next_turn()
            self._view.show_not_asking(None)

    def _drop(self, vault: "Vault") -> None:
        """Close a book that came after something else was chosen; nobody has seen it."""
        self._dropping += 1

        def closed() -> None:
            self._dropping -= 1
            self._settled()

        self._deliver(self._run(vault.close), lambda _: closed(), lambda _: closed())

    def _settled(self) -> None:
        """The keyring has let go of the book it was asked for."""
        if self._ask_next and self._asking is None:
            self._ask_next = False
            self.ask_keyring()
        self._refuse()

    def _once_alone(self, act: Callable[[], None]) -> None:
        """Do something once no late book is open any more: the same book opens in one place at a time."""
        self._waiting = act
        self._refuse()

    def _refuse(self) -> None:
        if self._asking is None and not self._dropping and self._waiting is not None:
            act, self._waiting = self._waiting, None
            act()
        elif not self.is_busy:
            self._refused()

    @property
    def is_busy(self) -> bool:
        """Whether a book is being opened or begun; ``opened`` or ``refused`` follows."""
        return self._busy or self._asking is not None or self._dropping > 0
