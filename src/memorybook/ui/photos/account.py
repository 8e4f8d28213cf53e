"""The plain account of photos that were brought in: how many, and what became of the others."""

from memorybook.domain.bringing import BringAccount, Refused
from memorybook.domain.ids import PhotoId
from memorybook.errors import BookClosed
from memorybook.ui.core.i18n import count_text, tr
from memorybook.ui.core.messages import sentence

_NAMED = 4
"""So many files are named for each reason; of the others only the number is said."""

_ISOLATE, _END = "\u2068", "\u2069"


def summary(account: BringAccount[PhotoId]) -> str:
    """One line: "12 photos added, 1 was here already, 1 could not be taken in."."""
    already = len(account.known) - len(account.back)
    parts = [
        count_text("{n} photo added", "{n} photos added", len(account.added)) if account.added else "",
        count_text("{n} was here already", "{n} were here already", already) if already else "",
        count_text("{n} came back out of the drawer", "{n} came back out of the drawer", len(account.back))
        if account.back
        else "",
        count_text("{n} could not be taken in", "{n} could not be taken in", len(account.refused))
        if account.refused
        else "",
        count_text("{n} was not taken in", "{n} were not taken in", account.not_taken)
        if account.not_taken
        else "",
    ]
    said = [part for part in parts if part]
    if not said:
        return tr("No photo was found there.")
    return tr("{parts}.").format(parts=", ".join(said))


def reasons(account: BringAccount[PhotoId]) -> list[str]:
    """Why some were not taken in, a line for each reason; what else was met in folders."""
    lines = []
    if account.stopped_by is not None and not isinstance(account.stopped_by, BookClosed):
        lines.append(sentence(account.stopped_by))
    groups: dict[str, list[Refused]] = {}
    for refused in account.refused:
        groups.setdefault(sentence(refused.error), []).append(refused)
    for reason, files in groups.items():
        lines.append(_named(files, reason))
    if account.others:
        lines.append(
            count_text(
                "{n} other file in the folder is no photo and was left where it is.",
                "{n} other files in the folder are no photos and were left where they are.",
                account.others,
            )
        )
    if account.closed_folders:
        lines.append(
            count_text(
                "{n} folder could not be opened.", "{n} folders could not be opened.", account.closed_folders
            )
        )
    return lines


def _named(files: list[Refused], reason: str) -> str:
    names = [f"{_ISOLATE}{refused.name}{_END}" for refused in files if refused.name][:_NAMED]
    if not names:
        return reason
    more = len(files) - len(names)
    listed = ", ".join(names)
    if more:
        listed = tr("{names} and {number} more").format(names=listed, number=more)
    return tr("{names}: {reason}").format(names=listed, reason=reason)
