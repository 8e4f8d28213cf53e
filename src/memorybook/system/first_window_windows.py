"""Windows: one window for each person and session, by a pipe with a name. Whoever has made it has the window.

Windows takes the pipe away with the process that made it, and makes no second one of its name. It refuses
other computers, and it lets in nobody but this person, and no process that has given up its rights. A second
start says nothing before it has seen that the pipe belongs to this person: somebody else may have taken the
name. From Microsoft's documentation; tried under Wine.
"""

import ctypes
import time
from collections.abc import Callable
from contextlib import suppress
from ctypes import wintypes
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from memorybook.system import windows_person
from memorybook.system.first_window import Asked, Met

_POLL_S: Final = 0.05
_BEGINS: Final = b"memorybook\0"
_HERE: Final = b"here"
_MOST: Final = 1 << 16

_DUPLEX, _OVERLAPPED, _MADE_ONCE = 0x3, 0x40000000, 0x00080000
_MESSAGES, _NO_OTHER_COMPUTER = 0x4 | 0x2, 0x8
_READ_AND_WRITE, _EXISTING, _AS_NOBODY = 0xC0000000, 3, 0x00100000
_NOT_THERE, _DENIED, _GONE, _BUSY = {2}, {5}, {109, 232, 233}, {231}
_INCOMPLETE, _ENDED, _PATIENCE_IS_OVER = 996, 0, 258
_SYNCHRONIZE: Final = 0x00100000
_WAITS: Final = True


@dataclass(frozen=True, slots=True)
class Call(Asked):
    """A second start that waits for an answer."""

    said_to: Callable[[], bool] = field(default=lambda: False, repr=False)

    def answer(self) -> bool:
        """Say that the window comes to the front; whether anybody was still waiting. Blocks for nothing."""
        return self.said_to()


class Pipe:
    """Held by the program that has the window; it goes away with the process. One thread at a time."""

    def __init__(self, handle: int) -> None:
        """Take over ``handle``. Raises ``OSError``."""
        self._handle = handle
        self._who = 0  # counts those who came
        self._is_listening = True
        self._pending: Any = None
        self._answering: Any = None
        self._listen()

    @property
    def descriptor(self) -> int:
        """An event that is set when somebody has asked; another after each ``calls``. 0 after ``close``."""
        return int(self._pending.event) if self._pending is not None else 0

    def calls(self) -> list[Call]:
        """Who has asked since the last time. Blocks for nothing, raises nothing."""
        found = []
        try:
            while self._pending is not None and (said := self._next()) is not None:
                call = self._understood(said)
                if call is not None:
                    found.append(call)
        except OSError:
            self.close()  # who cannot hear them does not keep them from a window of their own
        return found

    def _next(self) -> bytes | None:
        """What somebody said, nothing of one who came or went; ``None`` while there is no more."""
        try:
            _, state = self._pending.GetOverlappedResult(not _WAITS)
            if state == _INCOMPLETE:
                return None
            said = b"" if self._is_listening else bytes(self._pending.getbuffer())
            # Also of one who says no more: it is how their going away is heard.
            self._pending, _ = _api().ReadFile(self._handle, _MOST, overlapped=True)
            self._is_listening = False
        except OSError as trouble:
            if _number(trouble) not in _GONE:
                raise
            said = b""
            windows_person.library("kernel32").DisconnectNamedPipe(wintypes.HANDLE(self._handle))
            self._listen()
        return said

    def _listen(self) -> None:
        _end(self._answering)
        self._answering = None
        self._who += 1
        self._is_listening = True
        while True:
            try:
                self._pending = _api().ConnectNamedPipe(self._handle, overlapped=True)
            except OSError as trouble:
                if _number(trouble) not in _GONE:
                    raise
                windows_person.library("kernel32").DisconnectNamedPipe(wintypes.HANDLE(self._handle))
            else:
                return

    def _understood(self, said: bytes) -> Call | None:
        path = understood(said)
        if path is None:
            return None
        who = self._who
        return Call(path=path if path.parts else None, said_to=lambda: self._answer(who))

    def _answer(self, who: int) -> bool:
        if self._pending is None or who != self._who:
            return False
        try:
            self._answering, _ = _api().WriteFile(self._handle, _HERE, overlapped=True)
        except OSError:
            return False
        return True

    def close(self) -> None:
        """Let the next one be the first."""
        if self._pending is not None:
            _end(self._pending, self._answering)
            self._pending = self._answering = None
            _api().CloseHandle(self._handle)


def saying(path: Path | None) -> bytes:
    """What a second start says."""
    return _BEGINS + (str(path).encode("utf-8", "surrogatepass") if path else b"")


def understood(said: bytes) -> Path | None:
    """What a second start was given, the empty path for nothing; ``None`` of what no start of ours says."""
    if not said.startswith(_BEGINS) or len(said) >= _MOST:
        return None
    try:
        return Path(said.removeprefix(_BEGINS).decode("utf-8", "surrogatepass"))
    except UnicodeDecodeError:
        return None


def meet(asked: Asked, *, asks: bool, patience: float) -> Met:
    """As :func:`first_window.meet`."""
    until = time.monotonic() + patience
    try:
        person = windows_person.own()
        name = rf"\\.\pipe\memorybook-{person}-{windows_person.session()}"
        return _met(name, person, saying(asked.path), until) if asks else _taken_over(name, person, until)
    except (OSError, AttributeError):  # the latter where there is no such function
        return None


def _met(name: str, person: str, said: bytes, until: float) -> Met:
    while True:
        first = _begun(name, person)  # also when the one that was asked has ended
        if first is not None:
            return first
        if len(said) >= _MOST:
            return None
        if _is_answered(name, person, said, until):
            return "answered"
        if time.monotonic() >= until:
            return None
        time.sleep(_POLL_S)


def _taken_over(name: str, person: str, until: float) -> Pipe | None:
    """The right of the program that this one takes the place of: it has started this one, and is ending."""
    try:
        before = _api().OpenProcess(_SYNCHRONIZE, 0, windows_person.parent())
    except OSError:  # it has ended long ago
        return _begun(name, person)
    try:
        while True:
            has_ended = _api().WaitForSingleObject(before, int(_POLL_S * 1000)) == _ENDED
            first = _begun(name, person)
            if first is not None or has_ended or time.monotonic() >= until:
                return first
    finally:
        _api().CloseHandle(before)


def _begun(name: str, person: str) -> Pipe | None:
    """The right to the window, if nobody has it. Raises ``OSError``."""
    with windows_person.for_alone(person) as security:
        try:
            handle = _api().CreateNamedPipe(
                name, _DUPLEX | _OVERLAPPED | _MADE_ONCE, _MESSAGES | _NO_OTHER_COMPUTER, 1,
                _MOST, _MOST, 0, security,
            )  # fmt: skip
        except OSError as trouble:
            if _number(trouble) in _DENIED | _BUSY:
                return None
            raise
    try:
        return Pipe(handle)
    except BaseException:
        _api().CloseHandle(handle)
        raise


def _is_answered(name: str, person: str, said: bytes, until: float) -> bool:
    """Ask the first one; whether it has answered in time. Raises ``OSError`` where it is somebody else's."""
    try:
        pipe = _api().CreateFile(name, _READ_AND_WRITE, 0, 0, _EXISTING, _OVERLAPPED | _AS_NOBODY, 0)
    except OSError as trouble:
        if _number(trouble) in _NOT_THERE | _BUSY:  # it has ended, or another start asks it
            return False
        raise
    writing = reading = None
    try:
        if windows_person.owner(pipe) != person:
            raise PermissionError
        _let_come_forward(pipe)
        writing, _ = _api().WriteFile(pipe, said, overlapped=True)
        reading, _ = _api().ReadFile(pipe, len(_HERE), overlapped=True)
        left = max(0, int((until - time.monotonic()) * 1000))
        if _api().WaitForSingleObject(reading.event, left) == _PATIENCE_IS_OVER:
            return False
        reading.GetOverlappedResult(_WAITS)
        return bytes(reading.getbuffer()) == _HERE
    except OSError as trouble:
        if _number(trouble) in _GONE:
            return False
        raise
    finally:
        _end(writing, reading)
        _api().CloseHandle(pipe)


def _let_come_forward(pipe: int) -> None:
    """Windows leaves a window behind others unless the program that somebody has begun gives it leave."""
    kernel, process = windows_person.library("kernel32"), wintypes.DWORD()
    if kernel.GetNamedPipeServerProcessId(wintypes.HANDLE(pipe), ctypes.byref(process)):
        windows_person.library("user32").AllowSetForegroundWindow(process)


def _end(*begun: Any) -> None:
    """None of it is still written to once this is over: where it lies is used for something else then."""
    for each in begun:
        if each is not None:
            with suppress(OSError):
                each.cancel()
                each.GetOverlappedResult(_WAITS)


def _number(trouble: OSError) -> int:
    return int(getattr(trouble, "winerror", None) or 0)


@cache
def _api() -> Any:
    """What Python itself has for pipes of Windows; it keeps what is still being read or written."""
    return import_module("_winapi")
