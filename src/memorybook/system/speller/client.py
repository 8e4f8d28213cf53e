"""The app's side of the process that spells: starts it, asks it, and ends it."""

import subprocess
import threading
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from memorybook.domain.spelling import Dictionary
from memorybook.errors import DictionaryNotRecognised, SpellerStopped
from memorybook.system import limited, workers
from memorybook.system.speller import protocol

T = TypeVar("T")

SECONDS_PER_ANSWER: Final = 10.0
"""How long one answer may take before the process is ended. The slowest measured takes one second."""

_TO_OPEN: Final = 3
"""So many times that long may reading a dictionary take: the largest needs three seconds on busy cores."""

WORKER_ARGUMENT: Final = workers.SPELLING
"""What the packaged program is started with to be that process."""


def worker_command() -> list[str]:
    """How the process is started. As with pictures, no variable and no folder of the user's adds code."""
    return limited.command("memorybook.system.speller.worker", WORKER_ARGUMENT)


class Speller:
    """One dictionary in a process of its own, started at the first question. Thread-safe; one at a time.

    Words go to it through a pipe and are nowhere else. After a failure the next question starts it anew.
    """

    def __init__(self, dictionary: Dictionary, *, patience: float = SECONDS_PER_ANSWER) -> None:
        """``patience`` is how long one answer may take, in seconds."""
        self.dictionary = dictionary
        self._patience = patience
        self._turn = threading.Lock()
        self._state = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def check(self, words: Sequence[str]) -> tuple[bool, ...]:
        """Whether each word is known to the dictionary. Blocks.

        Raises ``SpellerStopped``, or ``DictionaryNotRecognised`` when the dictionary cannot be used.
        """
        asked = tuple(words)
        body = self._ask(protocol.CHECK, protocol.pack_words(asked)) if asked else b""
        return self._read(lambda: protocol.unpack_verdicts(body, len(asked)))

    def suggest(self, word: str) -> tuple[str, ...]:
        """A few words that may have been meant, the likeliest first. Blocks; raises as ``check``."""
        body = self._ask(protocol.SUGGEST, protocol.pack_words((word,)))
        return self._read(lambda: protocol.unpack_suggestions(body))

    @property
    def worker_id(self) -> int | None:
        """What the operating system calls the process, while there is one."""
        with self._state:
            return None if self._process is None else self._process.pid

    def close(self) -> None:
        """End the process, also in the middle of an answer, and wait until nothing of it is left."""
        with self._state:
            self._closed = True
            if self._process is not None:
                self._process.kill()
        with self._turn:
            self._dismiss()

    def _read(self, unpack: Callable[[], T]) -> T:
        try:
            return unpack()
        except protocol.ProtocolError:
            with self._turn:
                self._dismiss()
            raise SpellerStopped from None

    def _ask(self, task: int, body: bytes) -> bytes:
        with self._turn:
            try:
                if self._process is not None and self._process.poll() is not None:
                    self._dismiss()
                if self._process is None:
                    self._start()
                return self._exchange(task, body, self._patience)[1]
            except (OSError, EOFError, protocol.ProtocolError):
                self._dismiss()
                raise SpellerStopped from None
            except BaseException:
                self._dismiss()
                raise

    def _start(self) -> None:
        with self._state:
            if self._closed:
                raise SpellerStopped
            self._process = limited.start(worker_command())
        named = f"{self.dictionary.folder}\0{self.dictionary.name}".encode("utf-8", "surrogateescape")
        if self._exchange(protocol.OPEN, named, self._patience * _TO_OPEN)[0] != protocol.DONE:
            raise DictionaryNotRecognised

    def _exchange(self, task: int, body: bytes, patience: float) -> tuple[int, bytes]:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise EOFError
        # The timer ends the process; reading and writing here then fail at once, on every system alike.
        timer = threading.Timer(patience, process.kill)
        timer.daemon = True
        timer.start()
        try:
            process.stdin.write(protocol.HEADER.pack(task, len(body)) + body)
            process.stdin.flush()
            status, length = protocol.HEADER.unpack(limited.exactly(process.stdout, 5))
            if length > protocol.BODY_LIMIT:
                raise protocol.ProtocolError
            return status, limited.exactly(process.stdout, length)
        finally:
            timer.cancel()

    def _dismiss(self) -> None:
        with self._state:
            process, self._process = self._process, None
        if process is not None:
            limited.end(process)
