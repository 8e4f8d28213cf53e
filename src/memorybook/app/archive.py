"""The commands that take a book out in open formats, and read such an archive back, without a window."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from memorybook.app import books, terminal
from memorybook.app.terminal import Ask
from memorybook.domain.archive import ArchiveForm, ArchiveReport
from memorybook.errors import ArchiveStopped
from memorybook.services.archiving import reading
from memorybook.ui.core.passphrases import SHORT_PASSPHRASE, PassphraseCheck

ZIP = ".zip"

_SHORT_PIPED = (
    f"That passphrase is short. A longer one, of {SHORT_PASSPHRASE} letters or more, is harder to guess."
)
_SHORT = f"{_SHORT_PIPED} To use it all the same, type it again."


def run(arguments: Sequence[str], ask: Ask) -> int:
    """Carry out ``memorybook archive``. 0 when all of the book is in it, 1 when not."""
    parser = _out_parser()
    given = parser.parse_args(arguments)
    target, book = given.to.absolute(), given.book.absolute()
    is_zip = target.suffix.lower() == ZIP
    if given.password and not is_zip:
        parser.error("only a file ending in .zip can have a password")
    form = ArchiveForm.LOCKED_ZIP if given.password else ArchiveForm.ZIP if is_zip else ArchiveForm.FOLDER
    with books.library() as library, terminal.stoppable(ArchiveStopped) as stop:
        vault = books.opened(library, book, ask, words=given.words)
        try:
            password = _chosen(ask, "Password for the archive: ") if given.password else ""
            told = terminal.progress()
            report = vault.archive.save(target, form, password=password, told=told, stop=stop).result()
        finally:
            vault.close()
    print(f"The archive is in {target}: {terminal.counted(report.counts)}.")
    if given.password:
        print("It opens with the password alone, in 7-Zip and most programs for zip files.")
    else:
        print("It is not protected: anyone who has it can read it.")
    return _name_left_out(report)


def run_in(arguments: Sequence[str], ask: Ask) -> int:
    """Carry out ``memorybook unarchive``. 0 when all of the archive is in the new book."""
    given = _in_parser().parse_args(arguments)
    source, folder = given.archive.absolute(), given.to.absolute()
    with books.library() as library, terminal.stoppable(ArchiveStopped) as stop:
        password = ask("Password of the archive: ") if given.password else ""
        seen = reading.look(source, password)
        print(f"An archive of {seen.made_at[:10]}: {terminal.counted(seen.counts)}.")
        passphrase = _chosen(ask, "Passphrase for the new book: ", refused=PassphraseCheck())
        told = terminal.progress({reading.CHECKING})
        report = reading.into_new_book(
            library, source, folder, passphrase, password=password, told=told, stop=stop
        )
    print(f"The book is in {folder}: {terminal.counted(report.counts)}.")
    print("It has keys of its own: its recovery words can be printed once it is open.")
    return _name_left_out(report)


def _out_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="memorybook archive",
        description="Take everything out of a book in open formats: the original photos and recordings, a "
        "page for any browser, text files, and JSON. Without a password anyone can read it.",
    )
    parser.add_argument("book", type=Path, help="the folder of the book")
    parser.add_argument(
        "--to", required=True, type=Path, metavar="PLACE", help="a new folder, or a file ending in .zip"
    )
    parser.add_argument(
        "--password",
        action="store_true",
        help="ask for a password for the zip file (AES-256). Guessing is quick there: choose a long one",
    )
    parser.add_argument("--words", action="store_true", help="open it with the twelve words, or the code")
    return parser


def _in_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="memorybook unarchive", description="Make a new book of an archive. The archive is only read."
    )
    parser.add_argument("archive", type=Path, metavar="ARCHIVE", help="its folder, or the zip file")
    parser.add_argument("--to", required=True, type=Path, metavar="DIR", help="an empty or new folder")
    parser.add_argument("--password", action="store_true", help="ask for the password of the archive")
    return parser


def _chosen(ask: Ask, prompt: str, refused: PassphraseCheck | None = None) -> str:
    """What is typed, twice at a terminal; a pipe says it once. Never nothing.

    What ``refused`` remarks on is asked for once more, as in the window; a pipe, which nobody can ask, ends.
    """
    while True:
        said = ask(prompt)
        is_asked = sys.stdin.isatty()
        if not said and not is_asked:
            raise SystemExit(2)
        again = ask("Once more: ") if said and is_asked else said
        remark = None if refused is None else refused.remark(said, again)
        if remark == "short":
            print(_SHORT if is_asked else _SHORT_PIPED, file=sys.stderr)
            if not is_asked:
                raise SystemExit(2)
        elif said and said == again:
            return said
        else:
            print("The two are not the same. Please type it again.", file=sys.stderr)


def _name_left_out(report: ArchiveReport) -> int:
    for each in report.left_out:
        day = f" of {each.day}" if each.day else ""
        print(f"Left out, because it could not be read: {each.thing.value} {each.id}{day}", file=sys.stderr)
    return 1 if report.left_out else 0
