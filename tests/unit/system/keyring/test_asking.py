"""A locked keyring on a desktop that asks for its password, in a window that may wait for ever."""

import subprocess
import threading
from collections.abc import Iterator

import pytest

from memorybook.errors import KeyringLocked, KeyringUnavailable
from memorybook.system.keyring import ComputerKeyring
from tests.keyrings import PASSWORD, SECONDS, Session

pytestmark = pytest.mark.desktop

PATIENCE = 1.0
PROMPT = "Unlock Login Keyring"


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A session with a locked keyring that keeps something, and a desktop that asks."""
    with Session(prompts=True) as session:
        session.enter(monkeypatch)
        session.begin_keyring("--unlock")
        ComputerKeyring().store("account", "abcd")
        session.lock()
        yield session


def xdotool(*words: str) -> str:
    done = subprocess.run(["xdotool", *words], capture_output=True, text=True, timeout=SECONDS, check=True)
    return done.stdout.strip()


def the_prompt() -> str:
    """The window that asks, once it is there."""
    return xdotool("search", "--sync", "--onlyvisible", "--name", PROMPT).splitlines()[0]


def test_a_window_that_nobody_answers_is_left_behind(locked: Session) -> None:
    ring = ComputerKeyring(patience=PATIENCE)
    with pytest.raises(KeyringUnavailable):
        ring.fetch("account")
    assert the_prompt()
    with pytest.raises(KeyringUnavailable):
        ring.fetch("account")
    (waiting,) = (each for each in threading.enumerate() if each.name == "memorybook-keyring")
    xdotool("windowfocus", "--sync", the_prompt(), "key", "Escape")
    waiting.join(SECONDS)
    assert not waiting.is_alive()


def test_a_window_that_is_refused_leaves_it_locked(locked: Session) -> None:
    answers = threading.Thread(target=lambda: xdotool("windowfocus", "--sync", the_prompt(), "key", "Escape"))
    answers.start()
    with pytest.raises(KeyringLocked):
        ComputerKeyring().fetch("account")
    answers.join()


def test_the_right_password_opens_it(locked: Session) -> None:
    def answer() -> None:
        xdotool("windowfocus", "--sync", the_prompt(), "type", "--delay", "20", PASSWORD.decode())
        xdotool("key", "Return")

    answers = threading.Thread(target=answer)
    answers.start()
    assert ComputerKeyring().fetch("account") == "abcd"
    answers.join()
