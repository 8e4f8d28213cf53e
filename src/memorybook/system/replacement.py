"""Gives the process to a fresh one of the same program, which knows nothing but where the book is.

Python cannot clear its memory: dropped texts, passphrases and keys stay in it. A program that takes the place
of this one under the same number has none of it, and every thread of this one ends with it.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NoReturn

from memorybook import files
from memorybook.system import unpacked

LOCKED: Final = "--locked"
"""What the program is started with to show a closed book in the place of the open one."""

MINIMISED: Final = "--minimised"
"""Said besides, when the window was put away."""

RENEWED: Final = "--renewed"
"""Said besides, with the number of photos that could not be read, when the book was written anew."""

KEPT: Final = "--kept"
"""Said besides, when a book that was brought back took the place of another: the folder that keeps it."""

BEFORE: Final = "--before-lock"
AFTER: Final = "--after-lock"
"""Said to the self-test, with a folder: it is the process that gives way, or the one that takes its place."""

_DESCRIPTORS: Final = Path("/dev/fd")
_FIRST_OWN: Final = 3  # after standard input, output and error
_START: Final = (
    "import sys\n"
    "sys.path.insert(0, sys.argv.pop(1))\n"
    "from memorybook.__main__ import main\n"
    "sys.exit(main())\n"
)


def command(
    book: Path, *, minimised: bool = False, renewed: int | None = None, kept: str = ""
) -> list[str]:
    """What shows the closed book."""
    told = [LOCKED]
    if minimised:
        told.append(MINIMISED)
    if renewed is not None:
        told += [RENEWED, str(renewed)]
    if kept:
        told.append(f"{KEPT}={kept}")
    return program([*told, str(book)])


def program(told: Sequence[str]) -> list[str]:
    """The program itself with these arguments. Python runs isolated, so that no folder or variable adds code.

    A checkout that is found through the environment alone is named, as isolated Python would not find it.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, *told]
    source = Path(__file__).resolve().parents[2]
    if _found_through_environment(source):
        return [sys.executable, "-I", "-c", _START, str(source), *told]
    return [sys.executable, "-I", "-m", "memorybook", *told]


def _found_through_environment(source: Path) -> bool:
    if sys.flags.isolated:
        return False
    named = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    return any(name and Path(name).resolve() == source for name in [*named, str(Path.cwd())])


def replace_process(arguments: list[str]) -> NoReturn:
    """Become the program that ``arguments`` start. GUI thread, after everything of value is kept.

    Returns in no case; raises ``OSError`` when the program cannot be started (its file may have been
    replaced during an upgrade), and then everything is as before. What a thread is writing that anyone
    could read is taken away.
    """
    with files.nothing_readable_unfinished():
        _flush()
        if sys.platform == "win32":
            _start_beside(arguments)
        else:
            _become(arguments)


def _become(arguments: list[str]) -> NoReturn:
    _let_no_descriptor_through()
    before = _restore_signals()
    try:
        os.execv(arguments[0], arguments)  # noqa: S606 - the same program, and no shell
    finally:
        _put_back(before)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # none in a packaged window, or closed
            stream.flush()


def _start_beside(arguments: list[str]) -> NoReturn:
    """Windows cannot replace a process: another is started, and this one ends without a last word."""
    detached = getattr(subprocess, "DETACHED_PROCESS", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    subprocess.Popen(arguments, close_fds=True, creationflags=detached)
    os._exit(0)


def _let_no_descriptor_through() -> None:
    """Python and Qt close theirs by themselves; a library that forgot to say so must not give one away.

    One goes on: without it the files of an unpacked AppImage could be taken away under the running program.
    """
    try:
        names = os.listdir(_DESCRIPTORS)  # noqa: PTH208 - names are all that is wanted
    except OSError:
        return
    for name in names:
        number = int(name)
        if number >= _FIRST_OWN:
            with suppress(OSError):  # the one that listed the folder
                os.set_inheritable(number, unpacked.is_lock(number))


def _restore_signals() -> tuple[set[int], list[int]]:
    """Python ignores these by itself, and what is ignored or held back stays so in the next program."""
    held: set[int] = set()
    ignored: list[int] = []
    if sys.platform != "win32":
        held.update(signal.pthread_sigmask(signal.SIG_SETMASK, set()))
        for number in (signal.SIGPIPE, signal.SIGXFSZ):
            if signal.getsignal(number) is signal.SIG_IGN:
                signal.signal(number, signal.SIG_DFL)
                ignored.append(number)
    return held, ignored


def _put_back(before: tuple[set[int], list[int]]) -> None:
    if sys.platform != "win32":
        held, ignored = before
        for number in ignored:
            signal.signal(number, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
