"""What the closed book does, with real books below and a screen that is only remembered above."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from memorybook import errors
from memorybook.errors import KeyringError, MemoryBookError
from memorybook.services.recovery import RecoveryWords
from memorybook.services.vault import Library, Vault
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
from memorybook.system.keyring import ComputerKeyring
from memorybook.system.settings import Settings
from memorybook.ui.core.passphrases import Remark
from memorybook.ui.lock.presenter import LockPresenter
from memorybook.ui.lock.remedies import remedy
from tests.books import FAST, PASSPHRASE

WORDS = RecoveryWords()


class Screen:
    """What would be shown."""

    def __init__(self) -> None:
        self.card = ""
        self.place: Path | None = None
        self.remembered = False
        self.asking = False
        self.working = False
        self.problems: list[type[MemoryBookError]] = []
        self.position: int | None = None
        self.remarks: list[Remark] = []

    def show_welcome(self, folder: Path) -> None:
        self.card, self.working, self.remembered, self.asking = "welcome", False, False, False

    def show_not_there(self, error: MemoryBookError) -> None:
        self.card = "not there"
        self.problems.append(type(error))

    def show_words(self, folder: Path) -> None:
        self.card = "words"

    def show_begin(self) -> None:
        self.card, self.place = "begin", None

    def show_place(self, folder: Path) -> None:
        self.place = folder

    def show_remembered(self) -> None:
        self.remembered = True

    def show_asking(self) -> None:
        self.asking = True

    def show_not_asking(self, error: MemoryBookError | None) -> None:
        self.asking = False
        if error is not None:
            self.problems.append(type(error))

    def show_working(self) -> None:
        self.working = True

    def show_problem(self, error: MemoryBookError) -> None:
        self.working = False
        self.problems.append(type(error))

    def show_word_problem(self, error: MemoryBookError, position: int) -> None:
        self.show_problem(error)
        self.position = position

    def show_remark(self, remark: Remark) -> None:
        self.remarks.append(remark)


class Keyring(ComputerKeyring):
    """Stands where the computer's password store is: it answers once it is let to."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, str] = {}
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.problem: KeyringError | None = None
        self.asked = 0

    def look(self) -> None: ...

    def check(self) -> None: ...

    def store(self, account: str, secret_hex: str) -> None:
        self.kept[account] = secret_hex

    def fetch(self, account: str) -> str:
        self.asked += 1
        assert self.may_answer.wait(30)
        if self.problem is not None:
            raise self.problem
        return self.kept[account]

    def delete(self, account: str) -> None:
        self.kept.pop(account, None)


class Closed:
    """A closed book and everything around it. ``happen`` lets answers arrive, as the event loop does."""

    def __init__(self, decoder: Decoder, folder: Path) -> None:
        self.keyring = Keyring()
        self.library = Library(decoder=decoder, clock=SystemClock(), kdf=FAST, keyring=self.keyring)
        self.folder = folder / "Memory Book"
        vault = self.library.create(self.folder, PASSPHRASE)
        self.sheet = vault.ways.sheet().result()
        vault.ways.remember_here().result()
        vault.close()
        self.keyring.asked = 0
        self.device = Settings(folder / "settings.json")
        self.device.last_book = str(self.folder)
        self.screen = Screen()
        self.vaults: list[Vault] = []
        self.refused = 0
        self._threads = ThreadPoolExecutor(2)
        self._arrived: list[Callable[[], None]] = []
        self._waiting = 0
        self.presenter = LockPresenter(
            self.screen,
            library=self.library,
            words=WORDS,
            device=self.device,
            run=self._threads.submit,
            deliver=self._deliver,
            opened=self.vaults.append,
            refused=self._refused,
            home=folder,
        )

    def _refused(self) -> None:
        self.refused += 1

    def _deliver(
        self, future: Future[Any], done: Callable[[Any], None], failed: Callable[[MemoryBookError], None], /
    ) -> None:
        self._waiting += 1

        def arrive() -> None:
            error = future.exception()
            if error is None:
                done(future.result())
            else:
                assert isinstance(error, MemoryBookError), error
                failed(error)

        future.add_done_callback(lambda _: self._arrived.append(arrive))

    def happen(self, until: Callable[[], object]) -> None:
        """Let answers arrive in the order they come until something holds."""
        deadline = threading.Event()
        timer = threading.Timer(30, deadline.set)
        timer.start()
        while not until():
            assert not deadline.is_set(), "it did not happen"
            if self._arrived:
                self._waiting -= 1
                self._arrived.pop(0)()
        timer.cancel()

    def everything(self) -> None:
        """Let every answer that is on its way arrive."""
        self.happen(lambda: not self._waiting)

    def stop(self) -> None:
        self.keyring.may_answer.set()
        self.everything()
        for vault in self.vaults:
            vault.close()
        self._threads.shutdown()


@pytest.fixture
def closed(decoder: Decoder, tmp_path: Path) -> Iterator[Closed]:
    closed = Closed(decoder, tmp_path)
    yield closed
    closed.stop()


def test_a_book_that_this_computer_remembers_opens_by_itself(closed: Closed) -> None:
    closed.presenter.start(None, ask_keyring=True)
    assert closed.screen.card == "welcome", "the passphrase can be typed at once"
    closed.happen(lambda: closed.vaults)
    assert closed.vaults[0].opened_by == "keyring"
    assert closed.keyring.asked == 1


def test_the_keyring_is_asked_once_and_then_by_hand(closed: Closed) -> None:
    closed.keyring.problem = errors.KeyringLocked()
    closed.presenter.start(None, ask_keyring=True)
    closed.everything()
    assert (closed.screen.problems, closed.keyring.asked) == ([errors.KeyringLocked], 1)
    closed.presenter.look_again()
    closed.everything()
    assert (closed.screen.remembered, closed.keyring.asked) == (True, 1)
    closed.keyring.problem = None
    closed.presenter.ask_keyring()
    closed.happen(lambda: closed.vaults)
    assert closed.keyring.asked == 2


def test_without_being_told_to_nothing_is_asked(closed: Closed) -> None:
    closed.presenter.start(None)
    closed.everything()
    assert (closed.screen.card, closed.screen.remembered, closed.keyring.asked) == ("welcome", True, 0)


@pytest.mark.parametrize(
    "problem",
    [
        errors.KeyringUnavailable,
        errors.KeyringLocked,
        errors.KeyringUnprotected,
        errors.KeyringForgotten,
    ],
)
def test_whatever_the_keyring_says_the_passphrase_opens_the_book(
    closed: Closed, problem: type[KeyringError]
) -> None:
    closed.keyring.problem = problem()
    closed.presenter.start(None, ask_keyring=True)
    closed.everything()
    assert closed.screen.problems == [problem]
    assert not closed.presenter.is_busy
    assert closed.refused > 0
    closed.presenter.open(PASSPHRASE)
    closed.happen(lambda: closed.vaults)
    assert closed.vaults[0].opened_by == "passphrase"


def test_an_answer_that_comes_while_a_passphrase_is_typed_is_put_away(closed: Closed) -> None:
    closed.keyring.may_answer.clear()
    closed.presenter.start(None, ask_keyring=True)
    closed.happen(lambda: closed.screen.asking)
    closed.presenter.typing()
    assert not closed.screen.asking
    assert closed.presenter.is_busy, "a window that is closed now waits for the answer"
    closed.keyring.may_answer.set()
    closed.everything()
    assert not closed.vaults
    assert not closed.presenter.is_busy
    closed.presenter.open(PASSPHRASE)
    closed.happen(lambda: closed.vaults)


def test_a_passphrase_wins_over_a_keyring_that_answers_in_the_same_moment(closed: Closed) -> None:
    """The book opens in one place at a time: once the keyring let go of it, the passphrase is tried anew."""
    closed.keyring.may_answer.clear()
    closed.presenter.start(None, ask_keyring=True)
    closed.happen(lambda: closed.screen.asking)
    other = closed.library.open(closed.folder, PASSPHRASE)  # so that the first try meets a book that is open
    closed.presenter.open(PASSPHRASE)
    closed.happen(lambda: closed.presenter._waiting is not None)
    assert not closed.screen.problems
    other.close()
    closed.keyring.may_answer.set()
    closed.happen(lambda: closed.vaults)
    closed.everything()
    assert [vault.opened_by for vault in closed.vaults] == ["passphrase"]
    assert not closed.screen.problems


def test_a_book_that_comes_after_another_was_chosen_is_closed_unseen(closed: Closed, tmp_path: Path) -> None:
    closed.keyring.may_answer.clear()
    closed.presenter.start(None, ask_keyring=True)
    closed.happen(lambda: closed.screen.asking)
    closed.presenter.choose_book(tmp_path / "nothing here")
    closed.keyring.may_answer.set()
    closed.everything()
    assert closed.screen.problems == [errors.BookMissing]
    assert not closed.vaults
    assert closed.refused > 0
    closed.library.open(closed.folder, PASSPHRASE).close()


def test_the_words_open_the_book_also_without_its_key_files(closed: Closed) -> None:
    for name in ("book.keys", "book.keys.copy"):
        (closed.folder / name).unlink()
    closed.presenter.start(None)
    closed.everything()
    assert (closed.screen.card, closed.screen.problems) == ("not there", [errors.KeyFilesMissing])
    closed.presenter.use_words()
    assert closed.screen.card == "words"
    closed.presenter.open_with_words(" ".join(closed.sheet.words))
    closed.happen(lambda: closed.vaults)
    assert closed.vaults[0].opened_by == "words"
    assert closed.vaults[0].ways.all().result() == ()


def test_a_mistaken_word_is_named(closed: Closed) -> None:
    closed.presenter.start(None)
    closed.presenter.use_words()
    words = list(closed.sheet.words)
    words[6] = "notaword"
    closed.presenter.open_with_words(" ".join(words))
    closed.everything()
    assert (closed.screen.problems, closed.screen.position) == ([errors.RecoveryWordsMistyped], 6)
    closed.presenter.open_with_words(" ".join(WORDS.sheet(bytes(16)).words))
    closed.everything()
    assert closed.screen.problems[-1] is errors.RecoveryWordsOther
    assert not closed.vaults


def test_while_words_are_typed_the_keyring_does_not_open_the_book(closed: Closed) -> None:
    closed.keyring.may_answer.clear()
    closed.presenter.start(None, ask_keyring=True)
    closed.happen(lambda: closed.screen.asking)
    closed.presenter.use_words()
    closed.keyring.may_answer.set()
    closed.everything()
    assert (closed.screen.card, closed.vaults) == ("words", [])


def test_a_new_passphrase_is_looked_at_once(closed: Closed, tmp_path: Path) -> None:
    closed.presenter.choose_place(tmp_path / "another")
    closed.everything()
    assert closed.screen.card == "begin"
    for given in (("", ""), ("one", "two"), ("short", "short")):
        closed.presenter.begin(*given)
    assert closed.screen.remarks == ["missing", "differ", "short"]
    closed.presenter.begin("short", "short")
    closed.happen(lambda: closed.vaults)
    assert closed.vaults[0].opened_by == "begun"


def test_a_book_is_begun_in_the_place_that_was_chosen_last_however_late_its_drive_answers(
    closed: Closed, tmp_path: Path
) -> None:
    closed.presenter.choose_place(tmp_path / "one")
    closed.everything()
    closed.presenter.choose_place(tmp_path / "another")
    long = "willow harbour lantern meadow"
    closed.presenter.begin(long, long)
    assert closed.screen.working, "another passphrase that is typed now would not count"
    closed.happen(lambda: closed.vaults)
    assert closed.vaults[0].folder.is_relative_to(tmp_path / "another")
    assert not (tmp_path / "one").exists()


def every(kind: type[MemoryBookError]) -> Iterator[type[MemoryBookError]]:
    yield kind
    for deeper in kind.__subclasses__():
        yield from every(deeper)


def test_every_problem_of_a_closed_book_has_a_next_step() -> None:
    """Where no remedy is offered the card itself holds the next step: its field, its button, its links."""
    on_the_card = {
        errors.VaultError,
        errors.BookMissing,  # the card of a book that is not there: look again, another, a new one
        errors.FolderInUse,  # said on the card that begins a book
        errors.RecoveryWordsMistyped,  # the keyboard is in the word to look at
        errors.RecoveryWordsOther,
        errors.EnoughWaysIn,  # said in the settings
        errors.LastWayIn,  # said in the settings
        errors.KeyringError,
        errors.KeyringUnprotected,  # asking again would not help: the passphrase field has the keyboard
        errors.KeyringForgotten,
    }
    for kind in every(errors.VaultError):
        assert bool(remedy(kind(), beginning=False)) != (kind in on_the_card), kind
    assert remedy(errors.FolderInUse(), beginning=True) == "place"
    assert remedy(errors.BookReadOnly(), beginning=True) == "place"
