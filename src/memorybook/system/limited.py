"""Starting and ending the processes of our own that have few rights: pictures, spelling, sound and video.

Files that a stranger made are read in such a process. It is started with nothing of the user's, talks through
its standard input and output alone, and gives up every right it can (``decoder.sandbox``) before its first
request.
"""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

_CHUNK: Final = 1 << 20

_START: Final = (
    "import sys\n"
    "if sys.argv[1] not in sys.path: sys.path.insert(0, sys.argv[1])\n"
    "from {module} import main\n"
    "main()\n"
)


class InputEndedError(Exception):
    """The app closed the pipe: there is nothing more to do. Raised inside such a process only."""


def command(module: str, argument: str) -> list[str]:
    """How the process whose ``main`` is in ``module`` is started: from a checkout, installed, or packaged.

    Python runs isolated (``-I``): no variable of the environment and no folder of the user's adds code.
    The folder that this very package lies in is named, because isolated Python would not find a checkout.
    A packaged program is started with ``argument`` instead.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, argument]
    source = Path(__file__).resolve().parents[2]
    return [sys.executable, "-I", "-c", _START.format(module=module), str(source)]


def environment() -> dict[str, str]:
    """The whole environment of such a process: nothing of the user's.

    The two settings make the C library give large pieces of memory back at once, and keep it from setting
    address space aside for every thread, both of which count towards the limit of memory.
    """
    if sys.platform == "win32":
        return {"SYSTEMROOT": os.environ.get("SYSTEMROOT", r"C:\Windows")}
    return {"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "1048576"}


def start(arguments: list[str]) -> "subprocess.Popen[bytes]":
    """Start such a process. Raises ``OSError``."""
    return subprocess.Popen(
        arguments,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
        cwd=Path(sys.executable).anchor,
        close_fds=True,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def end(process: "subprocess.Popen[bytes]") -> None:
    """End the process and wait until nothing of it is left."""
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):  # what was still to be sent is of no use to anyone
                pipe.close()
    process.wait()


def exactly(source: IO[bytes], length: int) -> bytes:
    """So many bytes of what the process says. Raises ``EOFError`` when it ended before."""
    part = source.read(length)
    if len(part) != length:
        raise EOFError
    return part


def read(source: int, length: int) -> bytes:
    """So many bytes of what the app says; for the process itself. Raises ``InputEndedError``."""
    parts: list[bytes] = []
    while length:
        part = os.read(source, min(length, _CHUNK))
        if not part:
            raise InputEndedError
        parts.append(part)
        length -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def write(target: int, data: bytes) -> None:
    """All of it to the app; for the process itself. Raises ``OSError``."""
    view = memoryview(data)
    while view:
        view = view[os.write(target, view) :]
