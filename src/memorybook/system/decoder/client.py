"""The app's side of the picture worker: starts it, asks it, and replaces it when it fails."""

import threading
import time
import weakref
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self, TypeVar

from memorybook.domain.edit import UNTOUCHED, Edit
from memorybook.domain.photo import BYTE_LIMIT, DecodedPicture
from memorybook.errors import PictureNotRecognised, PictureTooManyBytes, PictureWorkerStopped
from memorybook.system import limited
from memorybook.system.decoder import protocol
from memorybook.system.decoder.recognising import ENDINGS

T = TypeVar("T")

SECONDS_PER_PICTURE: Final = 30.0
"""How long one picture may take before its worker is ended. The slowest of honest pictures measured
(60 megapixels of HEIC with transparency) takes five seconds on two plain cores."""

PICTURES_PER_WORKER: Final = 50
SECONDS_PER_WORKER: Final = 20.0
"""A worker that has looked at so many pictures, or worked for so long, is replaced by a fresh one."""

WORKER_ARGUMENT: Final = "--picture-worker"
"""What the packaged program is started with to be the worker."""


def worker_command() -> list[str]:
    """How the process is started. No variable of the environment and no folder of the user's adds code."""
    return limited.command("memorybook.system.decoder.worker", WORKER_ARGUMENT)


class Decoder:
    """Looks at pictures in a separate, limited process. Thread-safe; one picture at a time.

    The process is started at the first picture and serves many. After a refusal or a failure the next
    picture gets a fresh one, and so does every fiftieth. Use as a context manager, or call ``close``.
    """

    def __init__(self, *, patience: float = SECONDS_PER_PICTURE) -> None:
        """``patience`` is how long, in seconds, one picture may take."""
        self._patience = patience
        self._turn = threading.Lock()
        self._state = threading.Lock()
        self._worker: _Worker | None = None
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def decode(self, data: bytes, edit: Edit = UNTOUCHED) -> DecodedPicture:
        """What is known of this picture, with two JPEGs of it that have the edit in them. Blocking.

        Everything else that is told is of the picture as it came, upright.
        Raises ``PictureNotRecognised``, ``PictureDamaged``, ``PictureTooManyPixels``,
        ``PictureTooManyBytes`` or ``PictureWorkerStopped``.
        """
        return self._ask(protocol.Request(protocol.DECODE, data, edit=edit), protocol.unpack_picture)

    def printable(self, data: bytes, *, longest: int, quality: int, edit: Edit = UNTOUCHED) -> bytes:
        """An upright sRGB JPEG of this picture, without metadata, no side longer than ``longest``. Blocking.

        The edit is in it, ``longest`` counts after it. ``quality`` is 1 to 95. Never enlarges.
        Raises as ``decode``; ``ValueError`` for a wrong number.
        """
        if not 1 <= longest <= protocol.LONGEST_EDGE or not 1 <= quality <= 95:
            raise ValueError("longest or quality out of range")
        request = protocol.Request(protocol.PRINTABLE, data, longest, quality, edit)
        return self._ask(request, protocol.unpack_jpeg)

    def clean(self, data: bytes) -> tuple[bytes, str]:
        """A copy of this file that says nothing of place, camera, time or people, and its ending (".jpg").

        The pixels are those of the file, coded as they were; what makes them look right stays (orientation,
        colour profile, resolution). HEIC becomes an upright JPEG of quality 95, BMP is written anew.
        Blocking. Raises as ``decode``.
        """
        kind, copy = self._ask(protocol.Request(protocol.CLEAN, data), protocol.unpack_clean)
        return copy, ENDINGS[kind]

    @property
    def worker_id(self) -> int | None:
        """The process that looks at pictures at this moment, if there is one."""
        with self._state:
            return None if self._worker is None else self._worker.process_id

    def interrupt(self) -> None:
        """End the worker, even in the middle of a picture: that one fails with ``PictureWorkerStopped``.

        The next picture gets a fresh worker. Safe from any thread.
        """
        with self._state:
            worker = self._worker
        if worker is not None:
            worker.kill()

    def rest(self) -> None:
        """End the worker and wait until nothing of it is left. The next picture gets a fresh one."""
        self.interrupt()
        with self._turn:
            self._dismiss()

    def close(self) -> None:
        """End the worker, even in the middle of a picture. Every later call is refused."""
        with self._state:
            self._closed = True
        self.interrupt()
        with self._turn:
            self._dismiss()

    def _ask(self, request: protocol.Request, read: Callable[[bytes], T]) -> T:
        """Have it answered and the answer read; the worker ends after one that cannot be read."""
        if len(request.data) > BYTE_LIMIT:
            raise PictureTooManyBytes
        if not request.data:
            raise PictureNotRecognised
        with self._turn:
            worker = self._ready_worker()
            try:
                status, body = worker.ask(request, self._patience)
                answer = read(body) if status == protocol.ACCEPTED else None
            except (OSError, EOFError, protocol.ProtocolError):
                self._dismiss()
                raise PictureWorkerStopped from None
            except BaseException:
                self._dismiss()
                raise
            if answer is None or worker.is_spent:
                self._dismiss()
        if answer is None:
            raise protocol.REFUSALS.get(status, PictureWorkerStopped)
        return answer

    def _ready_worker(self) -> "_Worker":
        """The worker to ask: the present one, or a fresh one where there is none or it has ended."""
        if self._worker is not None and not self._worker.is_alive:
            self._dismiss()
        with self._state:
            if self._closed:
                raise PictureWorkerStopped
            if self._worker is None:
                try:
                    self._worker = _Worker()
                except OSError:
                    raise PictureWorkerStopped from None
            return self._worker

    def _dismiss(self) -> None:
        with self._state:
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()


class _Worker:
    """One worker process and its two pipes."""

    def __init__(self) -> None:
        self._process = limited.start(worker_command())
        self._finalizer = weakref.finalize(self, limited.end, self._process)
        self._pictures = 0
        self._seconds = 0.0

    @property
    def process_id(self) -> int:
        """What the operating system calls it."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    @property
    def is_spent(self) -> bool:
        """Whether it has served long enough."""
        return self._pictures >= PICTURES_PER_WORKER or self._seconds >= SECONDS_PER_WORKER

    def ask(self, request: protocol.Request, patience: float) -> tuple[int, bytes]:
        """Status and body of the answer. Raises ``OSError``, ``EOFError`` or ``ProtocolError``."""
        started = time.monotonic()
        # The timer ends the process; reading and writing here then fail at once, on every system alike.
        timer = threading.Timer(patience, self.kill)
        timer.daemon = True
        timer.start()
        try:
            return self._exchange(request)
        finally:
            timer.cancel()
            self._pictures += 1
            self._seconds += time.monotonic() - started

    def _exchange(self, request: protocol.Request) -> tuple[int, bytes]:
        questions, answers = self._process.stdin, self._process.stdout
        if questions is None or answers is None:
            raise EOFError
        questions.write(request.header())
        questions.write(request.data)
        questions.flush()
        status, length = protocol.ANSWER_HEADER.unpack(limited.exactly(answers, protocol.ANSWER_HEADER.size))
        if length > protocol.ANSWER_LIMIT:
            raise protocol.ProtocolError
        return status, limited.exactly(answers, length)

    def kill(self) -> None:
        """End the process at once. Safe from any thread."""
        self._process.kill()

    def end(self) -> None:
        """End the process and wait until nothing of it is left."""
        self._finalizer()
