"""What the closed book does: which card is shown, what is checked, what is said."""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Protocol, TypeVar

from memorybook.errors import MemoryBookError
from memorybook.services.vault import Library, Vault
from memorybook.ui.core.delivery import Deliver
from memorybook.ui.core.device import DeviceSettings

BOOK_FOLDER_NAME = "Memory Book"
SHORT_PASSPHRASE = 10
T = TypeVar("T")


class Run(Protocol):
    """Does something off the window's thread."""

    def __call__(self, work: Callable[[], T], /) -> Future[T]: ...


class LockView(Protocol):
    """What the presenter tells the screen."""

    def show_welcome(self, folder: Path) -> None:
        """Ask for the passphrase of the book in this folder."""

    def show_not_there(self, error: MemoryBookError) -> None:
        """No book that could be opened lies in the folder; looking again, or another book, is offered."""

    def show_begin(self, folder: Path) -> None:
        """Offer to begin a book in this folder."""

    def show_working(self, *, opening: bool) -> None:
        """A passphrase is being checked or a book begun; the window stays alive."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Say what happened; what was typed elsewhere stays."""

    def show_passphrases_differ(self) -> None:
        """The two passphrases are not the same yet."""

    def show_passphrase_short(self) -> None:
        """The passphrase is short; asking a second time takes it all the same."""

    def show_passphrase_missing(self) -> None:
        """Nothing was typed."""


class LockPresenter:
    """Drives one :class:`LockView`. All methods run on the GUI thread and return at once."""

    def __init__(
        self,
        view: LockView,
        *,
        library: Library,
        device: DeviceSettings,
        run: Run,
        deliver: Deliver,
        opened: Callable[[Vault], None],
        refused: Callable[[], None],
        home: Path,
    ) -> None:
        self._view = view
        self._library = library
        self._device = device
        self._run = run
        self._deliver = deliver
        self._opened = opened
        self._refused = refused
        self._home = home
        self._folder = home / BOOK_FOLDER_NAME
        self._busy = False
        self._short_one = ""
        self._turn = 0  # which card was asked for last: a slow drive may answer late

    def start(self, book: Path | None) -> None:
        """Show the book that was named or used last, or the way to begin one."""
        if book is None and self._device.last_book:
            book = Path(self._device.last_book)
        if book is None:
            self.offer_begin()
        else:
            self.choose_book(book)

    def offer_begin(self) -> None:
        """Turn to beginning a new book; no book that exists is touched by this."""
        self._offer(self._home, own_folder=True)

    def choose_place(self, folder: Path) -> None:
        """Begin the book in ``folder`` itself when it is empty, else in a folder of its own inside."""
        self._offer(folder, own_folder=False)

    def _offer(self, place: Path, *, own_folder: bool) -> None:
        self._turn += 1
        turn = self._turn

        def found(folder: Path) -> None:
            if turn == self._turn:
                self._folder = folder
                self._view.show_begin(folder)

        # Off the window's thread, as everything that asks a drive: it may be asleep or far away.
        future = self._run(lambda: _free_folder(place, own_folder=own_folder))
        self._deliver(future, found, self._view.show_problem)

    def choose_book(self, folder: Path) -> None:
        """Turn to opening the book in ``folder``; say when there is none."""
        self._turn += 1
        turn = self._turn
        self._folder = folder
        self._view.show_welcome(folder)

        def failed(error: MemoryBookError) -> None:
            if turn == self._turn:
                self._view.show_not_there(error)

        self._deliver(self._run(lambda: self._library.look(folder)), lambda _: None, failed)

    def look_again(self) -> None:
        """Look whether the book is there now."""
        self.choose_book(self._folder)

    def begin(self, passphrase: str, again: str) -> None:
        """Begin a book. Both passphrases have to be the same."""
        if self._busy:
            return
        if not passphrase:
            self._view.show_passphrase_missing()
        elif passphrase != again:
            self._view.show_passphrases_differ()
        elif len(passphrase) < SHORT_PASSPHRASE and passphrase != self._short_one:
            self._short_one = passphrase
            self._view.show_passphrase_short()
        else:
            self._go(lambda: self._library.create(self._folder, passphrase), opening=False)

    def open(self, passphrase: str) -> None:
        """Open the book with a passphrase."""
        if self._busy:
            return
        if passphrase:
            self._go(lambda: self._library.open(self._folder, passphrase), opening=True)
        else:
            self._view.show_passphrase_missing()

    def _go(self, work: Callable[[], Vault], *, opening: bool) -> None:
        self._busy = True
        self._view.show_working(opening=opening)
        self._deliver(self._run(work), self._done, self._failed)

    def _done(self, vault: Vault) -> None:
        self._busy = False
        self._short_one = ""
        self._device.last_book = str(vault.folder)
        self._device.save()
        self._opened(vault)

    def _failed(self, error: MemoryBookError) -> None:
        self._busy = False
        self._view.show_problem(error)
        self._refused()

    @property
    def is_busy(self) -> bool:
        """Whether a book is being opened or begun; ``opened`` or ``refused`` follows."""
        return self._busy


def _free_folder(place: Path, *, own_folder: bool) -> Path:
    """A folder for a new book: ``place`` when it is empty and allowed, else the first free name inside."""
    if not own_folder and place.is_dir() and not _has_content(place):
        return place
    candidate = place / BOOK_FOLDER_NAME
    number = 2
    while _has_content(candidate):
        candidate = place / f"{BOOK_FOLDER_NAME} {number}"
        number += 1
    return candidate


def _has_content(folder: Path) -> bool:
    try:
        return any(folder.iterdir())
    except FileNotFoundError:
        return False
    except OSError:
        return True
