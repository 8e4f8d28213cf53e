"""The password store of this computer, asked so that it can neither hold up nor mislead the program."""

import secrets
import sys
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, TypeVar

from memorybook.errors import KeyringError, KeyringForgotten, KeyringUnavailable, KeyringUnprotected
from memorybook.system.keyring import backends

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

SERVICE: Final = "org.memorybook"
"""What the items of books are kept under. The account is the book's random id; nothing else is told."""

CHECK_SERVICE: Final = "org.memorybook.check"
"""What the trial item is kept under; apart, because Windows moves the other items of a service about."""

_TRIAL: Final = "trial"

SECONDS_PER_CALL: Final = 20.0
"""How long one call may take. A desktop asks for a password meanwhile, and may never get an answer."""


class ComputerKeyring:
    """Keeps one short secret for each book. Any thread; every method blocks, at most for ``patience``.

    Each call runs on a thread of its own. When its time is up the thread is left behind, KeyringUnavailable
    is raised, and so it is at once for every later call until the thread has got its answer; what a call
    that was given up writes after all, it removes again. Calls wait for one another.

    Raises KeyringUnavailable, KeyringLocked or KeyringUnprotected, and nothing of what the system said.
    """

    def __init__(self, *, patience: float = SECONDS_PER_CALL) -> None:
        """``patience`` is how long, in seconds, one call may take."""
        self._patience = patience
        self._turn = threading.Lock()
        self._left_behind: threading.Thread | None = None
        self._awaited: Future[Any] | None = None

    def look(self) -> None:
        """Return when there is a store that may be used. Writes nothing, and asks nobody to unlock it."""
        self._ask(_look)

    def check(self) -> None:
        """Return when a random secret could be written, read back and deleted. May ask to unlock."""
        self._ask(_check)

    def store(self, account: str, secret_hex: str) -> None:
        """Keep ``secret_hex`` for this account, in place of an earlier one, and read it back."""

        def forget() -> None:
            with suppress(KeyringError):
                _delete(SERVICE, account)

        self._ask(lambda: _store(SERVICE, account, secret_hex), undo=forget)

    def fetch(self, account: str) -> str:
        """What was stored for this account. Raises KeyringForgotten when there is nothing.

        In a store that has lost its protection since, it is deleted, and KeyringUnprotected is raised.
        """
        return self._ask(lambda: _fetch(SERVICE, account))

    def delete(self, account: str) -> None:
        """Make sure that nothing is kept for this account. An unprotected store is no reason to refuse."""
        self._ask(lambda: _delete(SERVICE, account))

    def give_up(self) -> None:
        """Have whoever waits be refused now, as if the time were up. Blocks for nothing."""
        awaited = self._awaited
        if awaited is not None:
            awaited.cancel()

    def _ask(self, work: Callable[[], T], undo: Callable[[], None] | None = None) -> T:
        answer: Future[T] = Future()
        thread = threading.Thread(
            target=_run, args=(work, undo, answer), name="memorybook-keyring", daemon=True
        )
        with self._turn:
            if self._left_behind is not None and self._left_behind.is_alive():
                raise KeyringUnavailable
            self._left_behind = None
            self._awaited = answer
            thread.start()
            try:
                return answer.result(self._patience)
            except (TimeoutError, CancelledError):
                if not answer.cancel():  # it came in this very moment
                    return answer.result()
                self._left_behind = thread
                raise KeyringUnavailable from None
            finally:
                self._awaited = None
                if answer.done() and not answer.cancelled():
                    thread.join()  # it has answered, and nothing more to do


def _run(work: Callable[[], T], undo: Callable[[], None] | None, answer: Future[T]) -> None:
    """Do ``work`` and hand its answer over; when nobody waits for it any more, take back what it did."""
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 - carried to whoever asked, as executors do
        if answer.set_running_or_notify_cancel():
            answer.set_exception(error)
    else:
        if answer.set_running_or_notify_cancel():
            answer.set_result(result)
        elif undo is not None:
            undo()


def _protected() -> "KeyringBackend":
    """The store, unless it keeps what it is given in clear."""
    ring = backends.build()
    if sys.platform == "linux":
        from memorybook.system.keyring import secret_service

        secret_service.refuse_unprotected()
    return ring


def _opened() -> "KeyringBackend":
    """The store, protected and open. May wait for the person."""
    ring = _protected()
    if sys.platform == "linux":
        from memorybook.system.keyring import secret_service

        secret_service.unlock()
    return ring


@backends.errors_translated()
def _look() -> None:
    _protected()


@backends.errors_translated()
def _check() -> None:
    trial = secrets.token_hex(32)
    _store(CHECK_SERVICE, _TRIAL, trial)
    _delete(CHECK_SERVICE, _TRIAL)
    if _opened().get_password(CHECK_SERVICE, _TRIAL) is not None:
        raise KeyringUnavailable


@backends.errors_translated()
def _store(service: str, account: str, secret_hex: str) -> None:
    ring = _opened()
    try:
        ring.set_password(service, account, secret_hex)
        if ring.get_password(service, account) != secret_hex:
            raise KeyringUnavailable
    except BaseException:
        with suppress(KeyringError):
            _delete(service, account)
        raise


@backends.errors_translated()
def _fetch(service: str, account: str) -> str:
    try:
        secret_hex = _opened().get_password(service, account)
    except KeyringUnprotected:
        with suppress(KeyringError):
            _delete(service, account)
        raise
    if secret_hex is None:
        raise KeyringForgotten
    return secret_hex


@backends.errors_translated()
def _delete(service: str, account: str) -> None:
    ring = backends.build()
    if sys.platform == "linux":
        from memorybook.system.keyring import secret_service

        secret_service.forget(service, account)
    elif ring.get_password(service, account) is not None:
        ring.delete_password(service, account)
