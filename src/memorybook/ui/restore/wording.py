"""What is said while a book is brought back."""

import datetime
from pathlib import Path

from memorybook.domain import restoring, salvage
from memorybook.domain.archive import ArchiveReport
from memorybook.domain.backup import Step
from memorybook.domain.restoring import Copy, CopyKind, Restored
from memorybook.domain.salvage import SalvageMarks, SalvageReport, Tally
from memorybook.ui.core import copy_words
from memorybook.ui.core.damage_words import named
from memorybook.ui.core.i18n import count_text, tr
from memorybook.ui.restore.copies_card import CopyRow
from memorybook.ui.restore.long_work import Kind
from memorybook.ui.restore.looking import Found
from memorybook.ui.restore.presenter import Reason
from memorybook.ui.restore.result_card import Findings


def source(book: Path | None, reason: Reason) -> tuple[str, str]:
    """The title of the first card and the sentences below it."""
    if reason == "damaged":
        return tr("This book is damaged"), tr(
            "Parts of it cannot be read as they were written. A copy that was made before can take its "
            "place. The damaged book is not changed: it is kept beside the other one."
        )
    if reason == "missing":
        return tr("Bring back your book"), tr(
            "The book is not in its folder, “{folder}”, at the moment. A copy that was made before can be "
            "put there. The copy itself is only read."
        ).format(folder=book.name if book is not None else "")
    if reason == "earlier":
        return tr("An earlier state of this book"), tr(
            "A copy that was made before can take the place of this book. The book as it is now is kept "
            "beside it, with everything that was written since then."
        )
    return tr("Bring back a book"), tr(
        "From a copy that was made before, on this computer or on another one. The copy is only read, and "
        "nothing that is here is replaced without asking you."
    )


def found(place: Found, now: datetime.datetime) -> tuple[str, str]:
    """What is in a place, and where that is."""
    newest = copy_words.moment(place.copies[0].made_at, now)
    number = count_text("{n} copy", "{n} copies", len(place.copies))
    if not newest:
        return number, str(place.place)
    if len(place.copies) == 1:
        return tr("A copy that was made {moment}").format(moment=newest), str(place.place)
    return tr("{copies}, the newest made {moment}").format(copies=number, moment=newest), str(place.place)


def row(copy: Copy, now: datetime.datetime) -> CopyRow:
    """One copy of several."""
    when = copy_words.moment(copy.made_at, now)
    notes = []
    if copy.kind is CopyKind.FOLDER:
        notes.append(tr("a copy of the book’s folder"))
    elif copy.kind is CopyKind.FILE:
        notes.append(tr("in one file, “{name}”").format(name=copy.path.name))
    if copy.size:
        notes.append(copy_words.size(copy.size))
    if copy.is_newer:
        notes.append(tr("made by a newer Memory Book, which is needed to open it"))
    elif not copy.looks_complete:
        notes.append(tr("some of its files are missing"))
    return CopyRow(_sentence(when) or tr("On a day that is not known"), ", ".join(notes))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def key(copy: Copy, now: datetime.datetime) -> str:
    """What opens a copy."""
    when = copy_words.moment(copy.made_at, now)
    if not when:
        return tr("The passphrase or the recovery words that the book had then open the copy.")
    return tr(
        "It was made {moment}. The passphrase or the recovery words that the book had then open it."
    ).format(moment=when)


def title_of(kind: Kind) -> tuple[str, str]:
    """The title of the window over long work, and what it means to stop it."""
    if kind == "gather":
        return tr("Gathering what can be read"), tr(
            "What is damaged is only read. Stopping changes nothing."
        )
    if kind == "archive":
        return tr("Making the book"), tr("The archive is only read. Stopping leaves nothing behind.")
    return tr("Bringing the book back"), tr(
        "Everything in the copy is read and checked. Nothing is replaced yet, and stopping changes nothing."
    )


def step(kind: Kind, told: Step) -> str:
    """How far it is."""
    stages = {
        ("copy", restoring.COPYING): tr("Copying: {amount}"),
        ("copy", restoring.CHECKING): tr("Checking the pages: {amount}"),
        ("copy", restoring.CHECKING_FILES): tr("Checking photos and recordings: {amount}"),
        ("gather", salvage.READING): tr("Reading what is damaged: {amount}"),
        ("gather", salvage.COPYING): tr("Copying photos and recordings: {amount}"),
        ("gather", salvage.CHECKING): tr("Checking the new book: {amount}"),
    }
    words = stages.get((kind, told.stage))
    if words is not None and told.total:
        return words.format(amount=copy_words.so_far(told.done, told.total))
    others = {
        ("gather", salvage.WRITING): tr("Writing the new book"),
        ("gather", salvage.PICTURES): tr("Looking at pictures"),
        ("archive", "checking"): tr("Checking the archive"),
        ("archive", "reading"): tr("Taking everything in"),
    }
    return others.get((kind, told.stage)) or tr("Working…")


def restored(result: Restored, now: datetime.datetime, *, replaces: bool, opened: bool) -> Findings:
    """What was brought back, and what happens to the book that is there now."""
    place = str(result.target)
    if replaces:
        follows = tr(
            "It takes the place of the book in {folder}. The book that is there now is not deleted: it is "
            "kept beside it, with “before” and the day added to its name."
        )
        if opened:
            follows = tr(
                "It takes the place of the book that is open, which is closed for it. The book as it is now "
                "is not deleted: it is kept beside it, with “before” and the day added to its name."
            )
    else:
        follows = tr("It is put into {folder}.")
    missing = tuple(named(thing) for thing in result.missing)
    title = tr("The copy is whole")
    if missing:
        title = tr("A part of the copy could not be read")
    elif not result.is_exact:
        title = tr("Everything in the book is whole")
    return Findings(
        title=title,
        amount=_sentence(copy_words.amount(result.counts)),
        newest=newest(result.counts.newest, now),
        missing=missing,
        follows=follows.format(folder=place),
        take=tr("Put it in its place") if replaces else tr("Bring it back"),
        leave=tr("Leave everything as it is"),
    )


def newest(stamp: str, now: datetime.datetime) -> str:
    """When something was last written or added."""
    when = copy_words.moment(stamp, now)
    return tr("The newest in it was written or added {moment}.").format(moment=when) if when else ""


def read_in(target: Path, report: ArchiveReport) -> Findings:
    """A book was made of an archive."""
    return Findings(
        title=tr("The book is made"),
        amount=_sentence(copy_words.amount(report.counts)),
        newest="",
        missing=tuple(named(thing) for thing in report.left_out),
        follows=tr(
            "It is in {folder}. It has recovery words of its own: the sheet can be printed from the settings "
            "once the book is open."
        ).format(folder=target),
        take=tr("Open the book"),
        leave="",
    )


def gathered(book: Path, report: SalvageReport) -> Findings:
    """What could be gathered of a damaged book."""
    kinds = (
        (report.pages, count_text("{n} page", "{n} pages", _there(report.pages))),
        (report.photos, count_text("{n} photo", "{n} photos", _there(report.photos))),
        (report.recordings, count_text("{n} recording", "{n} recordings", _there(report.recordings))),
    )
    amount = ", ".join(words for tally, words in kinds if _there(tally))
    title = tr("What could be read is in a new book")
    if report.is_whole and (amount or not report.bad_pages):
        title = tr("Everything could be gathered")
        amount = amount or tr("There was no page, photo or recording in it.")
    elif not amount:
        title = tr("Little could be read")
    return Findings(
        title=title,
        amount=amount or tr("None of its pages, photos or recordings could be read."),
        newest="",
        missing=tuple(_lacking(report)),
        follows=tr(
            "The new book is in {folder}. What it was gathered from stays in {damaged}, as it is. Please "
            "keep it: a later version of Memory Book may be able to read more of it."
        ).format(folder=report.folder, damaged=book),
        take=tr("Open the new book"),
        leave="",
    )


def _there(tally: Tally) -> int:
    return tally.whole + tally.in_part


def _lacking(report: SalvageReport) -> list[str]:
    pages, photos, recordings = report.pages, report.photos, report.recordings
    others = report.others.in_part + report.others.lost
    said = (
        (
            pages.in_part,
            count_text(
                "{n} page came in part. It stands apart, and says so.",
                "{n} pages came in part. They stand apart, and say so.",
                pages.in_part,
            ),
        ),
        (pages.lost, count_text("{n} page is lost.", "{n} pages are lost.", pages.lost)),
        (
            photos.in_part,
            count_text(
                "{n} photo lost its words, or a part of its picture.",
                "{n} photos lost their words, or a part of the picture.",
                photos.in_part,
            ),
        ),
        (photos.lost, count_text("{n} photo is lost.", "{n} photos are lost.", photos.lost)),
        (
            recordings.in_part,
            count_text(
                "{n} recording lost its words, or a part of its sound.",
                "{n} recordings lost their words, or a part of the sound.",
                recordings.in_part,
            ),
        ),
        (
            recordings.lost,
            count_text("{n} recording is lost.", "{n} recordings are lost.", recordings.lost),
        ),
        (
            others,
            count_text(
                "{n} keepsake, date or other record is not whole.",
                "{n} keepsakes, dates or other records are not whole.",
                others,
            ),
        ),
    )
    return [words for number, words in said if number]


def marks() -> SalvageMarks:
    """The words that mark in the new book what is not whole."""
    return SalvageMarks(
        tag=tr("damaged"),
        notice=tr(
            "This page was damaged. What could still be read of it is below; part of it may be missing."
        ),
        earlier=tr("This page was damaged. Below is what an earlier version of it said."),
        note=tr("This was damaged, and part of it may be missing."),
        gap=tr("[…]"),
        someone=tr("Someone"),
    )
