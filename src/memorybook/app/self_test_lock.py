"""The part of the self-test that ends processes: a program with an open book gives way to a fresh one."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Final

from memorybook import files
from memorybook.app import books
from memorybook.storage import lock
from memorybook.system import replacement

_REPORT: Final = "after-lock"
_PATIENCE_S: Final = 120.0
_POLL_S: Final = 0.02
_WHOLE: Final = "fresh"


def gives_way(book: Path, passphrase: str) -> bool:
    """Whether a process that opened ``book`` was replaced by a fresh one which has nothing of it. Blocks."""
    report = book.parent / _REPORT
    process = subprocess.Popen(
        replacement.program(["self-test", replacement.BEFORE, str(book)]),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        if process.stdin is not None:
            process.stdin.write(f"{passphrase}\n".encode())
            process.stdin.close()
        until = time.monotonic() + _PATIENCE_S
        while not report.exists() and time.monotonic() < until:
            if process.poll() and not report.exists():
                return False
            time.sleep(_POLL_S)
        if not report.exists():
            return False
        number, found = report.read_text("utf-8").split(" ", 1)
        is_same = sys.platform == "win32" or int(number) == process.pid  # Windows replaces no process
        return is_same and found == _WHOLE
    finally:
        if process.poll() is None and not report.exists():
            process.kill()
        process.wait()


def before(book: Path) -> int:
    """In the process that is to go: open the book with what is said, and give way as the window does."""
    passphrase = sys.stdin.readline().rstrip("\n")
    with books.library() as library:
        vault = library.open(book, passphrase)
        vault.journal.all_for_book().result()
        vault.close_at_once()
    replacement.replace_process(replacement.program(["self-test", replacement.AFTER, str(book)]))


def after(book: Path) -> int:
    """In the fresh process: say what it has of the book, which must be nothing."""
    found = []
    if lock.is_held(book):
        found.append("lock")
    if threading.active_count() > 1:
        found.append("threads")
    if any(book in Path(name).parents for name in _descriptors()):
        found.append("files")
    said = f"{os.getpid()} {' '.join(found) or _WHOLE}"
    files.write_atomically(book.parent / _REPORT, said.encode())
    return 0


def _descriptors() -> list[str]:
    own = Path("/proc/self/fd")
    if not own.is_dir():
        return []
    found = []
    for each in list(own.iterdir()):
        try:
            found.append(str(each.readlink()))
        except OSError:  # the one that listed the folder
            continue
    return found
