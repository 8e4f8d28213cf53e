"""Commands and their words. Only opening the window loads Qt."""

import argparse
import datetime
import getpass
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from memorybook import __version__
from memorybook.errors import MediaDamaged, MediaMissing, MemoryBookError
from memorybook.system.replacement import LOCKED, MINIMISED, RENEWED

SAMPLE_PASSPHRASE = "willow harbour lantern meadow"  # noqa: S105 - it opens the sample alone and is printed


def run(arguments: Sequence[str]) -> int:
    """Carry out one command. 0 when it did what was asked, 1 when it could not, 2 when it was misspelled."""
    commands = {"self-test": _self_test, "sample": _sample, "export": _export, "salvage": _salvage}
    if arguments and arguments[0] in commands:
        chosen, rest = commands[arguments[0]], arguments[1:]
    else:
        chosen, rest = _open, list(arguments)
    try:
        return chosen(rest)
    except MemoryBookError as error:
        print(error.sentence, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _open(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="memorybook",
        description="A private, encrypted memory book. Without a command it opens the window.",
        epilog="commands: self-test, sample --to DIR, export BOOK --pdf FILE, salvage FILE --to DIR "
        "(each with --help)",
    )
    parser.add_argument("book", nargs="?", type=Path, help="the folder of the book to open")
    # How the program starts itself once a book has been closed; not for people.
    parser.add_argument(LOCKED, action="store_true", help=argparse.SUPPRESS)
    parser.add_argument(MINIMISED, action="store_true", help=argparse.SUPPRESS)
    parser.add_argument(RENEWED, type=int, help=argparse.SUPPRESS)
    parser.add_argument("--version", action="version", version=f"Memory Book {__version__}")
    given = parser.parse_args(arguments)
    if given.book and not given.locked and not given.book.exists():
        parser.error("there is no such folder, and no such command")
    if not _has_screen():
        print(
            "There is no screen here to open a window on. --help lists what works without one.",
            file=sys.stderr,
        )
        return 1
    from memorybook.app import window  # Qt is loaded here and nowhere before

    book = given.book.absolute() if given.book else None
    return window.run(book, locked=given.locked, minimised=given.minimised, renewed=given.renewed)


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
        description="Make a book in a temporary folder and check every step of it.",
    )
    parser.parse_args(arguments)
    from memorybook.app import self_test

    return self_test.run(print)


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
    print(f"Its PDF:         {made.pdf}")
    return 0


def _export(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="memorybook export",
        description="Make a PDF of a book. The PDF is an ordinary file: it is not locked.",
    )
    parser.add_argument("book", type=Path, help="the folder of the book")
    parser.add_argument("--pdf", required=True, type=Path, metavar="FILE", help="where the PDF goes")
    given = parser.parse_args(arguments)
    from memorybook.app import books

    with books.library() as library:
        library.look(given.book.absolute())
        vault = library.open(given.book.absolute(), _asked("Passphrase: "))
        try:
            pages = books.export_pdf(vault, given.pdf.absolute(), datetime.datetime.now().astimezone())
        finally:
            vault.close()
    print(f"{pages} pages are in {given.pdf}. Anyone who has this file can read it.")
    return 0


def _salvage(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="memorybook salvage",
        description="Take pictures and recordings out of single files of a book, with the recovery words "
        "alone. The files are only read. What is taken out is not protected: anyone can look at it.",
    )
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="files ending in .mbm, or the folder they are in"
    )
    parser.add_argument("--to", required=True, type=Path, metavar="DIR", help="the folder they are put into")
    given = parser.parse_args(arguments)
    from memorybook.services import salvaging

    take_out = salvaging.taking_out(_asked("The twelve recovery words, or the code: "))
    failed = taken = 0
    for media in salvaging.media_among(given.files):
        try:
            out = take_out(media, given.to)
        except (MediaDamaged, MediaMissing) as error:
            failed += 1
            print(f"{media.name}: {_why_not(error)}", file=sys.stderr)
            continue
        taken += 1
        if out.is_whole:
            print(f"{media.name}: whole, as {out.path.name}")
        else:
            failed += 1
            lack = f"{out.lost} stretches of it are gone" if out.lost else "it breaks off"
            print(f"{media.name}: damaged, {lack}; what is left is in {out.path.name}", file=sys.stderr)
    if taken:
        print(f"{taken} files are in {given.to}. They are not protected: anyone can look at them.")
    elif not failed:
        print("There is no file of a book in that folder.", file=sys.stderr)
    return 1 if failed or not taken else 0


def _why_not(error: MediaDamaged | MediaMissing) -> str:
    if isinstance(error, MediaMissing):
        return "there is no such file"
    return "these words do not open it: it is another book\u2019s, or its first bytes are damaged"
