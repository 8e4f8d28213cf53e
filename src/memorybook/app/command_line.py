"""Commands and their words. Only opening the window loads Qt."""

import argparse
import datetime
import getpass
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from memorybook import __version__
from memorybook.errors import (
    ArchiveLocked,
    BookDamaged,
    BookEmpty,
    BookMissing,
    BookNotCopied,
    BookReadOnly,
    BookWithoutWords,
    CopyDamaged,
    KeyFilesDamaged,
    KeyFilesMissing,
    MemoryBookError,
    NoPassphrase,
    StorageFailed,
    StorageFull,
    WrongPassphrase,
)
from memorybook.system import first_window
from memorybook.system.replacement import AFTER, BEFORE, KEPT, LOCKED, MINIMISED, RENEWED

SAMPLE_PASSPHRASE = "willow harbour lantern meadow"  # noqa: S105 - it opens the sample alone and is printed

_HERE: dict[type[MemoryBookError], str] = {
    StorageFull: "There is too little room where this was to go, so it was not made. Everything kept in "
    "your book is safe. Please free some room there, or choose a folder on another disk.",
    StorageFailed: "A disk or drive did not answer, so this was not finished. Everything that was kept "
    "before is safe. Please connect the drive again, and give the same command once more.",
}
"""Where no window is open no words wait to be kept, and none are seen."""

_WORDS = "Here: give the same command with --words, and type the words."
_NEXT: dict[type[MemoryBookError], str] = {
    WrongPassphrase: "If it is forgotten: with --words the twelve recovery words open the book.",
    NoPassphrase: _WORDS,
    KeyFilesMissing: _WORDS,
    KeyFilesDamaged: _WORDS,
    BookMissing: "If it is lost: “memorybook restore” brings it back from a copy.",
    BookWithoutWords: "“memorybook restore” brings it back from a copy, and “memorybook salvage” gathers "
    "what is here.",
    BookEmpty: "“memorybook restore” brings it back from a copy.",
    BookDamaged: "After that: “memorybook restore” brings it back from a copy, and “memorybook salvage” "
    "takes all that can still be read into a new book.",
    BookReadOnly: "If the book itself lies there: “memorybook restore” takes its folder as a copy, and only "
    "reads it.",
    BookNotCopied: "Here: “memorybook health” looks through it.",
    CopyDamaged: "Here: --list names the other copies, and --partly looks for what is left of this one.",
    ArchiveLocked: "Here: give the same command with --password.",
}
"""What can be typed next, where the sentence alone speaks of the window."""


def run(arguments: Sequence[str]) -> int:
    """Carry out one command. 0 when it did what was asked, 1 when it could not, 2 when it was misspelled."""
    commands = {
        "self-test": _self_test,
        "sample": _sample,
        "export": _export,
        "backup": _backup,
        "restore": _restore,
        "health": _health,
        "archive": _archive,
        "unarchive": _unarchive,
        "salvage": _salvage,
    }
    if arguments and arguments[0] in commands:
        chosen, rest = commands[arguments[0]], arguments[1:]
    else:
        chosen, rest = _open, list(arguments)
    try:
        return chosen(rest)
    except MemoryBookError as error:
        print(_HERE.get(type(error), error.sentence), file=sys.stderr)
        if type(error) in _NEXT:
            print(_NEXT[type(error)], file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _open(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="memorybook",
        description="A private, encrypted memory book. Without a command it opens the window.",
        epilog="commands: self-test, sample --to DIR, export BOOK --pdf FILE, backup BOOK --to DIR|FILE, "
        "restore COPY --to DIR, health BOOK, "
        "archive BOOK --to DIR|FILE.zip, unarchive ARCHIVE --to DIR, salvage BOOK|FILE --to DIR "
        "(each with --help)",
    )
    parser.add_argument("book", nargs="?", type=Path, help="the folder of the book to open")
    # How the program starts itself once a book has been closed; not for people.
    parser.add_argument(LOCKED, action="store_true", help=argparse.SUPPRESS)
    parser.add_argument(MINIMISED, action="store_true", help=argparse.SUPPRESS)
    parser.add_argument(RENEWED, type=int, help=argparse.SUPPRESS)
    parser.add_argument(KEPT, default="", help=argparse.SUPPRESS)
    parser.add_argument("--version", action="version", version=f"Memory Book {__version__}")
    given = parser.parse_args(arguments)
    # Whoever types a word sees the answer in the terminal; whoever clicks on something sees a window alone.
    is_typed = given.book and not given.locked and (given.book.parent == Path() or not _has_screen())
    if is_typed and not given.book.exists():
        parser.error("there is no such folder, and no such command")
    if not _has_screen():
        print(
            "There is no screen here to open a window on. --help lists what works without one.",
            file=sys.stderr,
        )
        return 1
    book = given.book.absolute() if given.book else None
    clicked = [os.environ.get(name, "") for name in ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")]
    met = first_window.meet(first_window.Asked(book, *clicked), asks=not given.locked)
    if met == "answered":
        return 0
    from memorybook.app import window  # Qt is loaded here and nowhere before

    return window.run(
        book,
        locked=given.locked,
        minimised=given.minimised,
        renewed=given.renewed,
        kept=given.kept,
        first=met,
    )


def _has_screen() -> bool:
    """Without one Qt would end the program in mid-start. Other platforms than Linux always have one."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM", "xcb") not in {"", "xcb", "wayland"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _asked(prompt: str) -> str:
    """From the terminal without showing it; from a pipe as its first line."""
    if sys.stdin.isatty():
        return getpass.getpass(prompt)
    return sys.stdin.readline().rstrip("\n")


def _self_test(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="memorybook self-test",
        description="Make a book in a temporary folder and check every step of it. No book of yours is "
        "touched, and nothing is left behind.",
    )
    # How the program starts itself for the step of the lock; not for people.
    parser.add_argument(BEFORE, type=Path, help=argparse.SUPPRESS)
    parser.add_argument(AFTER, type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    from memorybook.app import self_test, self_test_lock

    if given.before_lock:
        return self_test_lock.before(given.before_lock)
    if given.after_lock:
        return self_test_lock.after(given.after_lock)
    return self_test.run(_said, lambda line: print(line, file=sys.stderr))


def _said(line: str) -> None:
    print(line, flush=True)  # also into a pipe, where whoever looks on sees how far it is


def _sample(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="memorybook sample", description="Make the sample book and its PDF, to look around in."
    )
    parser.add_argument("--to", required=True, type=Path, metavar="DIR", help="an empty or new folder")
    folder = parser.parse_args(arguments).to.absolute()
    from memorybook.app import books

    made = books.make_sample(folder, SAMPLE_PASSPHRASE)
    print(f"The sample book: {made.book}")
    print(f"Its passphrase:  {SAMPLE_PASSPHRASE}")
    print(f"Its words:       {' '.join(made.words)}")
    print(f"Its PDF:         {made.pdf}")
    return 0


def _export(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="memorybook export",
        description="Make a PDF of a book. The PDF is an ordinary file: it is not locked.",
    )
    parser.add_argument("book", type=Path, help="the folder of the book")
    parser.add_argument("--pdf", required=True, type=Path, metavar="FILE", help="where the PDF goes")
    parser.add_argument("--words", action="store_true", help="open it with the twelve words, or the code")
    given = parser.parse_args(arguments)
    from memorybook.app import books

    with books.library() as library:
        vault = books.opened(library, given.book.absolute(), _asked, words=given.words)
        try:
            pages = books.export_pdf(vault, given.pdf.absolute(), datetime.datetime.now().astimezone())
        finally:
            vault.close()
    print(f"{pages} pages are in {given.pdf}. Anyone who has this file can read it.")
    return 0


def _backup(arguments: Sequence[str]) -> int:
    from memorybook.app import backup

    return backup.run(arguments, _asked)


def _restore(arguments: Sequence[str]) -> int:
    from memorybook.app import restore

    return restore.run(arguments, _asked)


def _archive(arguments: Sequence[str]) -> int:
    from memorybook.app import archive

    return archive.run(arguments, _asked)


def _unarchive(arguments: Sequence[str]) -> int:
    from memorybook.app import archive

    return archive.run_in(arguments, _asked)


def _health(arguments: Sequence[str]) -> int:
    from memorybook.app import health

    return health.run(arguments, _asked)


def _salvage(arguments: Sequence[str]) -> int:
    from memorybook.app import salvage

    return salvage.run(arguments, _asked)
