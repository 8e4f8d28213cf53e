"""The app's side of the picture worker: starts it, asks it, and replaces it when it fails."""

import contextlib
import os
import threading
import time
import weakref
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self, TypeVar

from memorybook.domain.edit import UNTOUCHED, Edit
from memorybook.domain.photo import BYTE_LIMIT, DecodedPicture
from memorybook.errors import PictureNotRecognised, PictureTooManyBytes, PictureWorkerStopped
from memorybook.system import limited, workers
from memorybook.system.decoder import protocol
from memorybook.system.decoder.recognising import ENDINGS

T = TypeVar("T")

SECONDS_PER_PICTURE: Final = 30.0
"""How long one picture may take before its worker is ended. The slowest of honest pictures measured
(60 megapixels of HEIC with transparency) takes five seconds on two plain cores."""

PICTURES_PER_WORKER: Final = 50
SECONDS_PER_WORKER: Final = 20.0
"""A worker that has looked at so many pictures, or worked for so long, is replaced by a fresh one."""

WORKERS: Final = 2
"""So many pictures are looked at at a time, on a computer with so many processors. Each worker may take the
memory that ``sandbox`` allows, and a phone's picture takes a sixth of that."""

WORKER_ARGUMENT: Final = workers.PICTURES
"""What the packaged program is started with to be the worker."""


def worker_command() -> list[str]:
    """How the process is started. No variable of the environment and no folder of the user's adds code."""
    return limited.command("memorybook.system.decoder.worker", WORKER_ARGUMENT)


class Decoder:
    """Looks at pictures in separate, limited processes. Thread-safe; two pictures at a time, if it may.

    A process is started at the first picture, a second one when two are asked for at once, and each serves
    many. After a refusal or a failure a process is replaced, and so it is after fifty pictures. Its successor
    is started then, not when it is needed. Use as a context manager, or call ``close``.
    """

    def __init__(self, *, patience: float = SECONDS_PER_PICTURE, workers: int | None = None) -> None:
        """``patience`` is how long, in seconds, one picture may take; ``workers`` how many there may be."""
        self._patience = patience
        self._most = workers or min(WORKERS, os.cpu_count() or 1)
        self._state = threading.Condition()
        self._idle: list[_Worker] = []
        self._busy: list[_Worker] = []
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
    def worker_ids(self) -> tuple[int, ...]:
        """The processes that there are at this moment: those at work, then the others, the next one first."""
        with self._state:
            return tuple(worker.process_id for worker in (*self._busy, *reversed(self._idle)))

    @property
    def worker_id(self) -> int | None:
        """The process that looks at a picture at this moment, or else at the next one, if there is one."""
        return next(iter(self.worker_ids), None)

    def interrupt(self) -> None:
        """End the workers, even in the middle of a picture: that one fails with ``PictureWorkerStopped``.

        The next picture gets a fresh worker. Safe from any thread.
        """
        with self._state:
            workers = (*self._busy, *self._idle)
        for worker in workers:
            worker.kill()

    def rest(self) -> None:
        """End the workers and wait until nothing of them is left. The next picture gets a fresh one."""
        self.interrupt()
        with self._state:
            while self._busy:
                self._state.wait()
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.end()

    def close(self) -> None:
        """End the workers, even in the middle of a picture. Every later call is refused."""
        with self._state:
            self._closed = True
        self.rest()

    def _ask(self, request: protocol.Request, read: Callable[[bytes], T]) -> T:
        """Have it answered and the answer read; the worker ends after one that cannot be read."""
        if len(request.data) > BYTE_LIMIT:
            raise PictureTooManyBytes
        if not request.data:
            raise PictureNotRecognised
        worker = self._take()
        status: int | None = None
        try:
            status, body = worker.ask(request, self._patience)
            if status == protocol.ACCEPTED:
                return read(body)
            refusal = protocol.REFUSALS[status]
        except (OSError, EOFError, KeyError, protocol.ProtocolError):
            status = None
            raise PictureWorkerStopped from None
        finally:
            self._give_back(worker, status)
        raise refusal

    def _take(self) -> "_Worker":
        """A worker to ask: one that is there, or a fresh one. Waits while as many as may be are at work."""
        with self._state:
            while len(self._busy) >= self._most and not self._closed:
                self._state.wait()
            if self._closed:
                raise PictureWorkerStopped
            dead = [worker for worker in self._idle if not worker.is_alive]
            self._idle = [worker for worker in self._idle if worker.is_alive]
            try:
                worker = self._idle.pop() if self._idle else _Worker()
            except OSError:
                raise PictureWorkerStopped from None
            finally:
                for one in dead:
                    one.end()
            self._busy.append(worker)
            return worker

    def _give_back(self, worker: "_Worker", status: int | None) -> None:
        """Keep a worker for the next picture or end it; ``status`` is ``None`` when it made no sense."""
        keep = status == protocol.ACCEPTED and not worker.is_spent
        if not keep:
            worker.end()
        with self._state:
            self._busy.remove(worker)
            if keep:
                self._idle.append(worker)
            elif status is not None and not self._idle and not self._closed:
                with contextlib.suppress(OSError):  # then the next picture tries again, and is told
                    self._idle.append(_Worker())
            self._state.notify_all()


class _Worker:
    """One worker process and its two pipes."""

    def __init__(self) -> None:
        self._process = limited.start(worker_command())
        self._finalizer = weakref.finalize(self, limited.end, self._process)
        self._killed = False
        self._pictures = 0
        self._seconds = 0.0

    @property
    def process_id(self) -> int:
        """What the operating system calls it."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return not self._killed and self._process.poll() is None

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
        self._killed = True  # it may take a moment, in which nothing may be asked of it any more
        self._process.kill()

    def end(self) -> None:
        """End the process and wait until nothing of it is left."""
        self._finalizer()
