"""Attempts to get out of the picture worker, run inside a process prepared as the worker prepares itself.

Started as a process of its own by ``test_sandbox``: the name of an attempt, ``shut``, ``unfiltered`` or
``open``, and a file that may be read. It answers on its standard output with "did", or with what stopped it.
"""

import ctypes
import errno
import os
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from memorybook.system.decoder import sandbox_linux, worker

LARGE: Final = 2 * 1024**3
MODEST: Final = 256 * 1024**2

_LIBRARY: Final = ctypes.CDLL(None, use_errno=True)
_LIBRARY.syscall.restype = ctypes.c_long
_LIBRARY.mmap.restype = ctypes.c_void_p
_X32_BIT: Final = 0x4000_0000


def _open_file(path: Path) -> None:
    os.close(os.open(path, os.O_RDONLY))


def _write_file(path: Path) -> None:
    os.close(os.open(path.with_name("written"), os.O_WRONLY | os.O_CREAT))


def _look_at_file(path: Path) -> None:
    path.stat()


def _list_folder(path: Path) -> None:
    os.listdir(path.parent)  # noqa: PTH208 the plain call is what is tried


def _remove_file(path: Path) -> None:
    path.with_name("spare").unlink()


def _link_file(path: Path) -> None:
    path.with_name("link").symlink_to(path)


def _socket(path: Path) -> None:
    socket.socket().close()


def _local_socket(path: Path) -> None:
    for end in socket.socketpair():
        end.close()


def _fork(path: Path) -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _spawn(path: Path) -> None:
    os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0)


def _exec(path: Path) -> None:
    os.execv("/bin/echo", ["echo", "-n", "did"])  # noqa: S606 the attempt is the test


def _signal_parent(path: Path) -> None:
    os.kill(os.getppid(), 0)


def _signal_itself(path: Path) -> None:
    os.kill(os.getpid(), 0)


def _memory(path: Path) -> None:
    bytes(LARGE)


def _modest_memory(path: Path) -> None:
    bytes(MODEST)


def _threads(path: Path) -> None:
    threads = [threading.Thread(target=bytearray, args=(1000,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _executable_memory(path: Path) -> None:
    read_write_execute, private_anonymous = 7, 0x22
    place = _LIBRARY.mmap(None, ctypes.c_size_t(4096), read_write_execute, private_anonymous, -1, None)
    if place == ctypes.c_void_p(-1).value:
        raise OSError(ctypes.get_errno(), "")


def _raise_limit(path: Path) -> None:
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _trace_parent(path: Path) -> None:
    attach = 16
    _LIBRARY.ptrace.restype = ctypes.c_long
    _checked(_LIBRARY.ptrace(attach, os.getpid() + 100_000_000, None, None), ignore=errno.ESRCH)


def _pipe(path: Path) -> None:
    for end in os.pipe():
        os.close(end)


def _duplicate(path: Path) -> None:
    os.close(os.dup(1))


def _environment_of_parent(path: Path) -> None:
    os.close(os.open(f"/proc/{os.getppid()}/environ", os.O_RDONLY))


def _other_numbering(path: Path) -> None:
    """``getpid`` by the numbering of the x32 programs, a way round many filters."""
    _checked(_LIBRARY.syscall(ctypes.c_long(_X32_BIT | 39)))


def _checked(result: int, ignore: int = 0) -> None:
    if result == -1 and ctypes.get_errno() != ignore:
        raise OSError(ctypes.get_errno(), "")


FORBIDDEN: Final[dict[str, Callable[[Path], None]]] = {
    "open a file": _open_file,
    "write a file": _write_file,
    "look at a file": _look_at_file,
    "list a folder": _list_folder,
    "remove a file": _remove_file,
    "link a file": _link_file,
    "make a socket": _socket,
    "make a pair of sockets": _local_socket,
    "fork": _fork,
    "spawn a program": _spawn,
    "become another program": _exec,
    "signal the parent": _signal_parent,
    "signal itself": _signal_itself,
    "take much memory": _memory,
    "make memory executable": _executable_memory,
    "raise a limit": _raise_limit,
    "trace a process": _trace_parent,
    "make a pipe": _pipe,
    "duplicate a descriptor": _duplicate,
    "read the parent's environment": _environment_of_parent,
}
"""Each of these works in an open process and must not in the worker."""

BY_LIMITS_ALONE: Final = (
    "open a file",
    "write a file",
    "list a folder",
    "make a socket",
    "make a pair of sockets",
    "take much memory",
    "make a pipe",
    "duplicate a descriptor",
    "read the parent's environment",
)
"""Those that do not work either where the system has no filter of calls."""

ALLOWED: Final[dict[str, Callable[[Path], None]]] = {
    "take a modest amount of memory": _modest_memory,
    "start threads": _threads,
}
NEVER: Final[dict[str, Callable[[Path], None]]] = {"call by another numbering": _other_numbering}
"""May not work in the worker, and need not work anywhere else."""


def take_the_filter_away() -> None:
    """As on a system that has none."""
    sandbox_linux.close = lambda: False


def work_without_filter() -> None:
    """A worker on a system that has no filter of calls."""
    take_the_filter_away()
    worker.main()


def work_without_end() -> None:
    """What becomes of a worker whose picture never ends, when the app is not there to end it."""
    worker.prepare()
    worker.set_alarm(1)
    while True:
        pass


def main(name: str, state: str, path: str) -> None:
    attempt = (FORBIDDEN | ALLOWED | NEVER)[name]
    if state == "unfiltered":
        take_the_filter_away()
    if state != "open":
        worker.prepare()
    try:
        attempt(Path(path))
        outcome = "did"
    except OSError as error:
        outcome = errno.errorcode.get(error.errno or 0, "?")
    except MemoryError:
        outcome = "MemoryError"
    except RuntimeError:
        outcome = "RuntimeError"
    os.write(1, outcome.encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
