"""The plain account of recordings that were brought in: how many, and what became of the others."""

from memorybook.domain.bringing import BringAccount
from memorybook.domain.ids import RecordingId
from memorybook.errors import BookClosed
from memorybook.ui.core import messages
from memorybook.ui.core.i18n import count_text, tr

_NAMED = 5
_ISOLATE, _END = "\u2068", "\u2069"


def account_text(account: BringAccount[RecordingId]) -> str:
    """One line that says how many, and one for each file that was not taken in."""
    return "\n".join([_summary(account), *_reasons(account)])


def _summary(account: BringAccount[RecordingId]) -> str:
    added, back = len(account.added), len(account.back)
    already, refused, left = len(account.known) - back, len(account.refused), account.not_taken
    parts = []
    if added:
        parts.append(count_text("{n} recording added", "{n} recordings added", added))
    if already:
        parts.append(count_text("{n} was here already", "{n} were here already", already))
    if back:
        parts.append(count_text("{n} came back out of the drawer", "{n} came back out of the drawer", back))
    if refused:
        parts.append(count_text("{n} could not be taken in", "{n} could not be taken in", refused))
    if left:
        parts.append(count_text("{n} was not taken in", "{n} were not taken in", left))
    if not parts:
        return tr("No recording was found there.")
    return tr("{parts}.").format(parts=", ".join(parts))


def _reasons(account: BringAccount[RecordingId]) -> list[str]:
    lines = []
    if account.stopped_by is not None and not isinstance(account.stopped_by, BookClosed):
        lines.append(messages.sentence(account.stopped_by))
    for refused in account.refused[:_NAMED]:
        reason = messages.sentence(refused.error)
        name = f"{_ISOLATE}{refused.name}{_END}"
        lines.append(tr("{names}: {reason}").format(names=name, reason=reason) if refused.name else reason)
    if len(account.refused) > _NAMED:
        lines.append(count_text("And {n} more.", "And {n} more.", len(account.refused) - _NAMED))
    if account.others:
        lines.append(
            count_text(
                "{n} other file in the folder is no recording and was left where it is.",
                "{n} other files in the folder are no recordings and were left where they are.",
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
