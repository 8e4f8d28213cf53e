"""The app's side of the player's process: starts it, asks it, and hands it the parts of the file it wants."""

import io
import threading
import time
from types import TracebackType
from typing import BinaryIO, Final, Self

from memorybook.errors import MemoryBookError, PlayerStopped
from memorybook.system import limited, workers
from memorybook.system.player import protocol

SECONDS_PER_ANSWER: Final = 60.0
"""How long one answer may take before the process is ended. The slowest of honest ones measured, to look
through two hours of video for the first time, takes a few seconds."""

WORKER_ARGUMENT: Final = workers.PLAYER
"""What the packaged program is started with to be that process."""

_LOOK: Final = 0.5


def worker_command() -> list[str]:
    """How the process is started. As with pictures, no variable and no folder of the user's adds code."""
    return limited.command("memorybook.system.player.worker", WORKER_ARGUMENT)


class Process:
    """One process that reads one file. For one thread; ``kill`` is for any. Use as a context manager."""

    def __init__(self, file: BinaryIO, *, patience: float = SECONDS_PER_ANSWER) -> None:
        """``file`` can be read at any place, and stays the caller's. Raises ``PlayerStopped``."""
        self._file = file
        self.length = file.seek(0, io.SEEK_END)
        self._patience = patience
        self._fault: Exception | None = None
        self._deadline: float | None = None
        self._over = threading.Event()
        try:
            self._process = limited.start(worker_command())
        except OSError:
            raise PlayerStopped from None
        threading.Thread(target=self._watch, name="player-patience", daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        limited.end(self._process)

    @property
    def process_id(self) -> int:
        """What the operating system calls it."""
        return self._process.pid

    def kill(self) -> None:
        """End the process at once, also in the middle of an answer. Safe from any thread."""
        self._process.kill()

    def ask(self, kind: int, body: bytes = b"") -> tuple[int, bytes]:
        """Kind and body of the answer. Blocks.

        Raises ``PlayerStopped``, or what reading the file raised.
        """
        self._deadline = time.monotonic() + self._patience
        try:
            self._send(kind, body)
            while True:
                answer, said = self._hear()
                if answer != protocol.READ:
                    break
                self._hand_over(*protocol.unpack_range(said, self.length))
        except (OSError, EOFError, protocol.ProtocolError):
            raise self._fault or PlayerStopped() from None
        finally:
            self._deadline = None
        if self._fault is not None:
            raise self._fault
        return answer, said

    def _hand_over(self, offset: int, number: int) -> None:
        part = b""
        try:
            if self._fault is None:
                self._file.seek(offset)
                part = self._file.read(number)
        except (MemoryBookError, OSError) as fault:
            self._fault = fault
        self._send(protocol.BYTES if part else protocol.FAILED, part)

    def _send(self, kind: int, body: bytes) -> None:
        pipe = self._process.stdin
        if pipe is None:
            raise EOFError
        pipe.write(protocol.HEADER.pack(kind, len(body)))
        pipe.write(body)
        pipe.flush()

    def _hear(self) -> tuple[int, bytes]:
        pipe = self._process.stdout
        if pipe is None:
            raise EOFError
        kind, length = protocol.HEADER.unpack(limited.exactly(pipe, protocol.HEADER.size))
        if length > protocol.BODY_LIMIT:
            raise protocol.ProtocolError
        return kind, limited.exactly(pipe, length)

    def _watch(self) -> None:
        """Ends the process when an answer takes too long; the one who asked then hears of it at once."""
        while not self._over.wait(_LOOK):
            deadline = self._deadline
            if deadline is not None and time.monotonic() > deadline:
                self._process.kill()
                return
