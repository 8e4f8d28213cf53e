"""The command that takes out what is left of a damaged book, or of single files of one, without a window."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from memorybook.app import terminal
from memorybook.app.terminal import Ask
from memorybook.domain.salvage import PICTURES, WRITING, SalvageReport, Tally
from memorybook.errors import MediaDamaged, MediaMissing
from memorybook.services import salvaging
from memorybook.services.salvaging_book import BookSalvage
from memorybook.storage.book import DATABASE
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder


def run(arguments: Sequence[str], ask: Ask) -> int:
    """Carry out ``memorybook salvage``. 0 when all of it is whole, 1 when something is not."""
    given = _parser().parse_args(arguments)
    first: Path = given.places[0]
    if len(given.places) == 1 and (first / DATABASE).exists():
        return _book(first, given.to, ask, words=given.words)
    return _files(given.places, given.to, ask)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="memorybook salvage",
        description="Take everything that can still be read out of a damaged book into a new book, which the "
        "same passphrase and words open. Or take pictures and recordings out of single files of a book, with "
        "the recovery words alone; those are not protected then: anyone can look at them. What is damaged is "
        "only read.",
    )
    parser.add_argument(
        "places",
        nargs="+",
        type=Path,
        metavar="BOOK|FILE",
        help="the folder of a damaged book; or files ending in .mbm, or a folder they are in",
    )
    parser.add_argument(
        "--to", required=True, type=Path, metavar="DIR", help="the folder of the new book, or of the files"
    )
    parser.add_argument("--words", action="store_true", help="open it with the twelve words, or the code")
    return parser


def _book(book: Path, to: Path, ask: Ask, *, words: bool) -> int:
    secret = terminal.secret(ask, words=words)
    with Decoder() as decoder:
        report = BookSalvage(decoder, SystemClock()).salvage(
            book,
            to,
            words=secret if words else None,
            passphrase=None if words else secret,
            told=terminal.progress({WRITING, PICTURES}),
        )
    _tell(report)
    return 0 if report.is_whole and not report.strays else 1


def _tell(report: SalvageReport) -> None:
    print(f"The new book is in {report.folder}. The damaged one is as it was; please keep it.")
    for name, tally in (
        ("pages", report.pages),
        ("photos", report.photos),
        ("recordings", report.recordings),
        ("other things", report.others),
    ):
        print(f"{name}: {_counted(tally)}")
    if report.bad_pages:
        print(f"Of the {report.all_pages} pages of the file, {report.bad_pages} could not be read.")
    if report.from_earlier:
        print(f"Pages that say what an earlier version of them said: {report.from_earlier}.")
    if report.strays:
        print(f"Files that nothing could be made of, copied as they are: {report.strays}.")
    if not report.has_passphrase:
        print("It opens with the twelve recovery words. A passphrase can be chosen then.")


def _counted(tally: Tally) -> str:
    parts = [f"{tally.whole} whole"]
    if tally.in_part:
        parts.append(f"{tally.in_part} in part")
    if tally.lost:
        parts.append(f"{tally.lost} lost")
    return ", ".join(parts)


def _files(places: list[Path], to: Path, ask: Ask) -> int:
    take_out = salvaging.taking_out(terminal.secret(ask, words=True))
    failed = taken = 0
    for media in salvaging.media_among(places):
        try:
            out = take_out(media, to)
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
        print(f"{taken} files are in {to}. They are not protected: anyone can look at them.")
    elif not failed:
        print("There is no file of a book in that folder.", file=sys.stderr)
    return 1 if failed or not taken else 0


def _why_not(error: MediaDamaged | MediaMissing) -> str:
    if isinstance(error, MediaMissing):
        return "there is no such file"
    return "these words do not open it: it is another book\u2019s, or its first bytes are damaged"
