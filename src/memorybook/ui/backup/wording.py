"""What is said of the places in which copies are kept."""

import datetime

from memorybook.domain.backup import (
    CHECKING,
    FILES,
    WORDS,
    BackupPlace,
    Drive,
    Reminder,
    Snapshot,
    Step,
    Verified,
)
from memorybook.domain.health import HealthReport
from memorybook.domain.room import Room
from memorybook.errors import BookNotCopied
from memorybook.ui.core import copy_words
from memorybook.ui.core.damage_words import named
from memorybook.ui.core.i18n import count_text, tr

_NAMED = 5


def place_name(place: BackupPlace) -> str:
    """What a place is called: by the disk it is on, or by the last part of its path."""
    if place.is_own_disk:
        return tr("On this computer")
    return place.folder.name or str(place.folder)


def last_copy(place: BackupPlace, now: datetime.datetime) -> str:
    """What is known of the newest copy in a place."""
    last = place.last
    if last is None:
        return tr("No copy is there yet.")
    when = copy_words.moment(last.checked_at or last.made_at, now)
    if last.counts is None:
        return tr("Last copy made {when}.").format(when=copy_words.moment(last.made_at, now))
    amount = copy_words.amount(last.counts)
    return tr("Last copy: {amount}, checked {when}.").format(amount=amount, when=when)


def copied(snapshot: Snapshot, now: datetime.datetime) -> str:
    """What came of a copy."""
    when = copy_words.moment(snapshot.checked_at or snapshot.made_at, now)
    if snapshot.counts is None:
        return tr("The copy is made, and was checked {when}.").format(when=when)
    amount = copy_words.amount(snapshot.counts)
    return tr("The copy is made and was opened again: {amount}, checked {when}.").format(
        amount=amount, when=when
    )


def verified(found: Verified) -> str:
    """What came of reading a copy from beginning to end."""
    if not found.is_whole:
        return count_text(
            "One file of the newest copy there cannot be read, and the book does not have it either. A copy "
            "on another drive may.",
            "{n} files of the newest copy there cannot be read, and the book does not have them either. A "
            "copy on another drive may.",
            found.damaged,
        )
    counts = found.snapshot.counts
    said = [tr("The newest copy there was read from beginning to end, and it is whole.")]
    if counts is not None:
        said = [
            tr("The newest copy there was read from beginning to end, and it is whole: {amount}.").format(
                amount=copy_words.amount(counts)
            )
        ]
    if found.mended:
        said.append(
            count_text(
                "One file in it was damaged and was put right from the book.",
                "{n} files in it were damaged and were put right from the book.",
                found.mended,
            )
        )
    return " ".join(said)


def step(step: Step) -> str:
    """How far a copy is."""
    far = copy_words.so_far(step.done, step.total) if step.total else ""
    if step.stage == WORDS:
        return tr("Copying the words. {far}").format(far=far)
    if step.stage == FILES:
        return tr("Copying photos and recordings. {far}").format(far=far)
    if step.stage == CHECKING:
        return tr("Opening the copy again and checking it. {far}").format(far=far)
    return far


def damaged(problem: BookNotCopied) -> str:
    """What cannot go into a copy, by name, and what going on means."""
    report = problem.report
    names = [named(thing) for thing in report.damaged] if isinstance(report, HealthReport) else []
    shown = names[:_NAMED]
    if len(names) > len(shown):
        shown.append(count_text("One more.", "{n} more.", len(names) - len(shown)))
    means = tr(
        "Every word of the book is whole. The copy can be made without these files. Copies made before are "
        "untouched, and may still have them: the settings can look for them there."
    )
    return "\n".join([*shown, "", means]) if shown else means


def short_of_room(room: Room, *, briefly: bool = False) -> str:
    """There is little room left, or none."""
    lacking = copy_words.size(room.lacking)
    if briefly and room.is_full:
        return tr("The disk is full. Your words are still kept. Please free {size}.").format(size=lacking)
    if briefly:
        return tr("The disk is nearly full. All is kept. Please free {size}.").format(size=lacking)
    if room.is_full:
        return tr(
            "The disk with your book is full. Your words are still kept, and things can be deleted. Photos, "
            "recordings and copies wait until about {size} are free."
        ).format(size=lacking)
    return tr(
        "The disk with your book is nearly full. Everything is kept. Please free about {size} when you can."
    ).format(size=lacking)


def drive_is_there(drive: Drive, now: datetime.datetime, *, briefly: bool = False) -> str:
    """A drive on which copies are kept is connected, and the book has more in it than the last of them."""
    name = drive.name or drive.mount.name
    if briefly:
        return tr("“{name}” is connected.").format(name=name)
    last = drive.place.last if drive.place is not None else None
    if last is None:
        return tr("The drive “{name}” is connected. No copy of this book is on it yet.").format(name=name)
    return tr("The drive “{name}” is connected. The copy on it was made {when}.").format(
        name=name, when=copy_words.moment(last.made_at, now)
    )


def no_copy_elsewhere(reminder: Reminder, now: datetime.datetime, *, briefly: bool = False) -> str:
    """There has been no checked copy away from this disk for a while."""
    if briefly and reminder.last:
        return tr("No new copy is on another drive.")
    if briefly:
        return tr("No copy is on another drive yet.")
    if not reminder.last:
        return tr("There is no copy of this book on another drive yet.")
    return tr("The last copy of this book on another drive was made {when}.").format(
        when=copy_words.moment(reminder.last, now)
    )
