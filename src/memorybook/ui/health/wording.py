"""What is said of a book that was looked through."""

import datetime
from collections.abc import Collection, Sequence

from memorybook.domain import health
from memorybook.domain.backup import Step
from memorybook.domain.health import DamagedThing, HealthReport, PutRight
from memorybook.domain.mending import Mended, Offer
from memorybook.ui.core import copy_words
from memorybook.ui.core.damage_words import in_all, named
from memorybook.ui.core.i18n import count_text, tr
from memorybook.ui.health.presenter import Kind


def last(stamp: str, now: datetime.datetime) -> str:
    """When the book was looked through."""
    if not stamp:
        return tr("It has not been looked through yet.")
    return tr("Last looked through {moment}.").format(moment=copy_words.moment(stamp, now))


def course(kind: Kind) -> tuple[str, str]:
    """The title of the window over long work, and what it means."""
    if kind == "mend":
        return tr("Bringing it back"), tr("The copies are only read, and nothing that is whole is touched.")
    if kind == "search":
        return tr("Looking for good copies"), tr(
            "The places where copies of this book are kept are looked through. They are only read."
        )
    return tr("Looking through the book"), tr(
        "Every page, photo and recording is compared with what was kept. Nothing that you wrote or brought "
        "in is changed by it."
    )


def step(kind: Kind, told: Step) -> str:
    """How far it is."""
    stages = {
        health.PAGES: tr("The book’s file, from beginning to end"),
        health.ROWS: tr("Pages, dates and keepsakes"),
        health.FILES: tr("Photos and recordings"),
        health.ANEW: tr("Writing the book’s file anew"),
        health.PICTURES: tr("Making small pictures again"),
    }
    if kind == "check" and told.stage in stages:
        return stages[told.stage]
    return tr("Looking…") if kind == "search" else tr("Working…")


def whole(report: HealthReport, mended: Collection[PutRight] = ()) -> str:
    """That nothing is missing, how much is in the book, and what was put right on the way."""
    said = tr("Everything is whole.")
    if report.counts is not None:
        amount = copy_words.amount(report.counts)
        said = f"{said} {amount[:1].upper()}{amount[1:]}."
    if mended:
        said = f"{said} {put_right(mended)}"
    if report.keys_mended:
        said = f"{said} {keys_mended()}"
    if report.strays:
        said = f"{said} {strays(report.strays)}"
    return said


def damaged(report: HealthReport, *, briefly: bool = False) -> str:
    """What could not be read, in one sentence, and that the rest is whole."""
    if briefly:
        return _damaged_briefly(report)
    if report.damaged:
        said = tr("Some of this book cannot be read as it was kept: {what}. Everything else is whole.")
        return said.format(what=_inner(in_all(report.damaged)))
    if report.bad_pages:
        return count_text(
            "{n} part of the book’s file is damaged. Everything that you keep in it could still be read.",
            "{n} parts of the book’s file are damaged. Everything that you keep in it could still be read.",
            len(report.bad_pages),
        )
    if report.unknown_schema:
        return tr(
            "Everything that you keep could be read. The book also holds something that no Memory Book "
            "puts into one."
        )
    return tr(
        "Everything that you keep could be read. One of the two key files is damaged and could not be put "
        "right; the other one opens the book."
    )


def _damaged_briefly(report: HealthReport) -> str:
    """The same in a few words, where a line has room for no more."""
    if report.damaged:
        return left_out(report.damaged, briefly=True)
    if report.bad_pages:
        return tr("The file is damaged. All could still be read.")
    if report.unknown_schema:
        return tr("All could be read. A part is not known.")
    return tr("A key file is damaged. The book is whole.")


def _inner(text: str) -> str:
    """Words that stand within a sentence."""
    return text[:1].lower() + text[1:]


def advice(report: HealthReport) -> str:
    """What can be done where nothing single can be brought back."""
    if report.damaged:
        return ""
    if report.keys_damaged and not report.bad_pages and not report.unknown_schema:
        return tr("Changing your passphrase writes both key files anew.")
    return tr(
        "Please make no more changes for now. An earlier state of the whole book can be brought back from "
        "a copy; the book as it is now is kept beside it."
    )


def put_right(what: Collection[PutRight], *, briefly: bool = False) -> str:
    """What was damaged and is whole again; nothing when nothing was."""
    if briefly and what:
        return tr("Damage was put right. Nothing is lost.")
    said = {
        PutRight.FIRST_PAGE: tr(
            "The beginning of the book’s file was damaged. It was put back from the copy that is kept of it, "
            "and nothing is lost."
        ),
        PutRight.FILE: tr(
            "A part of the book’s file was damaged where nothing stands that you wrote. The file was written "
            "anew, and nothing is lost."
        ),
        PutRight.PICTURES: tr(
            "Small pictures that were damaged were made again from their originals, which are whole."
        ),
    }
    return " ".join(said[each] for each in PutRight if each in what)


def keys_mended() -> str:
    """A key file was put right."""
    return tr("One of the two key files was damaged, and was put right from the other.")


def strays(number: int) -> str:
    """Files of nothing."""
    return count_text(
        "{n} file in the folder “media” belongs to nothing in the book. It stays where it is.",
        "{n} files in the folder “media” belong to nothing in the book. They stay where they are.",
        number,
    )


def line(thing: DamagedThing, offers: Sequence[Offer], now: datetime.datetime) -> tuple[str, str]:
    """One damaged thing, and whether there is a good copy of it."""
    for offer in offers:
        if (offer.thing.thing, offer.thing.id) == (thing.thing, thing.id):
            known = DamagedThing(
                thing.thing, thing.id, offer.title or thing.title, offer.day or thing.day, thing.lost
            )
            when = copy_words.moment(offer.copy.made_at, now)
            good = tr("There is a good copy.")
            if when:
                good = tr("There is a good copy, made {moment}.").format(moment=when)
            return named(known), good
    return named(thing), tr("No good copy of it has been found.")


def mended(all_of_them: Sequence[Mended]) -> str:
    """What came back, and what did not."""
    back = [each for each in all_of_them if each.how == "put back"]
    beside = [each for each in all_of_them if each.how == "beside"]
    not_back = [each for each in all_of_them if each.how == "not"]
    said = []
    if back:
        said.append(
            count_text(
                "{n} thing is back as it was kept.", "{n} things are back as they were kept.", len(back)
            )
        )
    if beside:
        said.append(
            count_text(
                "{n} thing stands beside what is left of the damaged one.",
                "{n} things stand beside what is left of the damaged ones.",
                len(beside),
            )
        )
    if not_back:
        said.append(
            count_text(
                "{n} thing could not be brought back.", "{n} things could not be brought back.", len(not_back)
            )
        )
    return " ".join(said)


def left_out(things: Sequence[DamagedThing], *, briefly: bool = False) -> str:
    """Above the page: something is not shown because it cannot be read."""
    if briefly:
        return count_text(
            "{n} thing cannot be read. The rest is whole.",
            "{n} things cannot be read. The rest is whole.",
            len(things),
        )
    return count_text(
        "{n} thing in this book cannot be read and is left out of what you see. Everything else is whole.",
        "{n} things in this book cannot be read and are left out of what you see. Everything else is whole.",
        len(things),
    )
