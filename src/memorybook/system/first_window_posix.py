"""Linux and macOS: one window for each person, by pipes with a name in a folder of this person alone.

Beside them lies a lock that goes away with the process that held it.
"""

import fcntl
import os
import select
import stat
import struct
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from memorybook.system.first_window import Asked, Met

_LOCK, _ASKED = "window.lock", "window.asked"
_ANSWER: Final = "answer-"
_LENGTH: Final = struct.Struct(">H")
_NAME_BYTES: Final = 8
_POLL_S: Final = 0.05
_HERE: Final = b"here"
_MOST: Final = 1 << 16
_FIELDS: Final = 4


@dataclass(frozen=True, slots=True)
class Call(Asked):
    """A second start that waits for an answer."""

    pipe: Path = field(default=Path(), repr=False)

    def answer(self) -> bool:
        """Say that the window comes to the front; whether anybody was still waiting. Blocks for nothing."""
        try:
            descriptor = os.open(self.pipe, os.O_WRONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
        except OSError:
            return False
        try:
            if not stat.S_ISFIFO(os.fstat(descriptor).st_mode):
                return False
            os.write(descriptor, _HERE)
        except OSError:
            return False
        finally:
            os.close(descriptor)
        return True


class Pipes:
    """Held by the program that has the window; it goes away with the process. Any thread."""

    def __init__(self, folder: Path, lock: int) -> None:
        """Take over ``lock``. Raises ``OSError``."""
        self._folder, self._lock = folder, lock
        for left in folder.glob(f"{_ANSWER}*"):  # of a start that was ended while it waited
            left.unlink(missing_ok=True)
        pipe = folder / _ASKED
        pipe.unlink(missing_ok=True)
        os.mkfifo(pipe, 0o600)
        self.descriptor = os.open(pipe, os.O_RDWR | os.O_NONBLOCK | os.O_NOFOLLOW)
        """Can be read when somebody has asked."""

    def calls(self) -> list[Call]:
        """Who has asked since the last time. Blocks for nothing."""
        try:
            said = os.read(self.descriptor, _MOST)
        except OSError:
            return []
        found = []
        while len(said) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(said)
            call = self._understood(said[_LENGTH.size : _LENGTH.size + length])
            if call is None:
                break  # nobody of ours says that, and where the next one begins is not known
            found.append(call)
            said = said[_LENGTH.size + length :]
        return found

    def _understood(self, said: bytes) -> Call | None:
        parts = said.split(b"\0")
        if len(parts) != _FIELDS:
            return None
        name, token, startup, path = parts
        if len(name) != 2 * _NAME_BYTES or set(name) - set(b"0123456789abcdef"):
            return None
        return Call(
            path=Path(os.fsdecode(path)) if path else None,
            token=token.decode("ascii", "ignore"),
            startup=startup.decode("ascii", "ignore"),
            pipe=self._folder / f"{_ANSWER}{name.decode('ascii')}",
        )

    def close(self) -> None:
        """Let the next one be the first."""
        with suppress(OSError):
            (self._folder / _ASKED).unlink(missing_ok=True)
        os.close(self.descriptor)
        os.close(self._lock)


def meet(asked: Asked, *, asks: bool, patience: float) -> Met:
    """As :func:`first_window.meet`."""
    folder = _private_folder()
    if folder is None:
        return None
    try:
        return _met(folder, asked, patience) if asks else _begun(folder)
    except OSError:
        return None


def _met(folder: Path, asked: Asked, patience: float) -> Met:
    first = _begun(folder)
    if first is not None:
        return first
    name = os.urandom(_NAME_BYTES).hex()
    words = [name.encode(), asked.token.encode("ascii", "ignore"), asked.startup.encode("ascii", "ignore")]
    said = b"\0".join([*words, os.fsencode(asked.path) if asked.path else b""])
    if _LENGTH.size + len(said) > select.PIPE_BUF:  # it might arrive in parts, between those of another
        return None
    pipe = folder / f"{_ANSWER}{name}"
    os.mkfifo(pipe, 0o600)
    descriptor = os.open(pipe, os.O_RDWR | os.O_NONBLOCK | os.O_NOFOLLOW)
    try:
        return _answered(folder, _LENGTH.pack(len(said)) + said, descriptor, time.monotonic() + patience)
    finally:
        os.close(descriptor)
        pipe.unlink(missing_ok=True)


def _answered(folder: Path, said: bytes, descriptor: int, until: float) -> Met:
    is_said = False
    while time.monotonic() < until:
        is_said = is_said or _say(folder, said)
        readable, _, _ = select.select([descriptor], [], [], _POLL_S)
        if readable and os.read(descriptor, len(_HERE)) == _HERE:
            return "answered"
        first = _begun(folder)  # the one that was asked may have ended
        if first is not None:
            return first
    return None


def _say(folder: Path, said: bytes) -> bool:
    """Whether somebody is there to read it."""
    try:
        asked = os.open(folder / _ASKED, os.O_WRONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    except OSError:  # in the very moment in which it begins
        return False
    try:
        return stat.S_ISFIFO(os.fstat(asked).st_mode) and os.write(asked, said) == len(said)
    except BrokenPipeError:  # or in that in which it ends
        return False
    finally:
        os.close(asked)


def _begun(folder: Path) -> Pipes | None:
    """The right to the window, if nobody has it. Raises ``OSError``."""
    lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    try:
        return Pipes(folder, lock)
    except BaseException:
        os.close(lock)
        raise


def _private_folder() -> Path | None:
    """The folder for it, which nobody else may enter; ``None`` where there cannot be one."""
    own = os.geteuid()
    running = Path(os.environ.get("XDG_RUNTIME_DIR") or "/")
    boxed = running / "app" / os.environ.get("FLATPAK_ID", "")  # what all programs of one box share
    if running.is_absolute() and running != Path("/"):
        folder = (boxed if os.environ.get("FLATPAK_ID") and boxed.is_dir() else running) / "memorybook"
    else:
        folder = Path(os.environ.get("TMPDIR") or "/tmp") / f"memorybook-{own}"  # noqa: S108 - seen to below
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        seen = folder.lstat()
    except OSError:
        return None
    if not stat.S_ISDIR(seen.st_mode) or seen.st_uid != own or seen.st_mode & 0o077:
        return None
    return folder
