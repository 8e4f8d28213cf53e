"""Earlier versions of a page, and when one is worth keeping."""

import datetime
from dataclasses import dataclass, field

from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import EntryId, VersionId

INTERVAL = datetime.timedelta(minutes=10)
"""While a page is being written, a version of it is kept about this often."""

KEPT_FOR = datetime.timedelta(days=30)
"""How long a version stays after the page went on without it."""

_MUCH = 200
_SOME = 40


@dataclass(frozen=True, slots=True)
class VersionRow:
    """What a list shows of a version. ``kept_at`` is when the page was left like this, ISO 8601 in UTC."""

    id: VersionId
    kept_at: str
    title: str = field(repr=False)
    excerpt: str = field(repr=False)
    words: int


@dataclass(frozen=True, slots=True)
class Version:
    """A page as it once was."""

    id: VersionId
    entry: EntryId
    kept_at: str
    draft: EntryDraft


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest version of a page: when it was made, and how many characters it holds."""

    made_at: datetime.datetime
    length: int


def is_due(
    before: EntryDraft,
    after: EntryDraft,
    newest: Newest | None,
    begun: datetime.datetime,
    now: datetime.datetime,
) -> bool:
    """Whether ``before`` should be kept as a version when ``after`` takes its place.

    It is when a picture goes or nothing stays; and, if the words are others, when the newest version (or,
    without one, the page, begun at ``begun``) is ten minutes old, when much goes at once, and when somewhat
    less goes that no version holds: of words that are taken away little by little a version is made when
    more than a few of them go.
    """
    if before.is_empty:
        return False
    if after.is_empty or not set(before.photos) <= set(after.photos):
        return True
    old, new = text(before), text(after)
    if old == new:
        return False
    since = begun if newest is None else newest.made_at
    if abs(now - since) >= INTERVAL:  # or a clock that was put back
        return True
    gone = _gone(old, new)
    if gone > _MUCH or gone * 2 > len(old):
        return True
    return gone > _SOME and (newest is None or newest.length < len(old))


def text(draft: EntryDraft) -> str:
    """Everything on a page that was typed as prose."""
    return "\n".join((draft.title, draft.recipient, draft.body))


def _gone(old: str, new: str) -> int:
    """How many characters of ``old`` were taken away or written over, at one place."""
    shorter = min(len(old), len(new))
    start = _same(old, new, shorter)
    end = _same(old[::-1], new[::-1], shorter - start)
    return len(old) - start - end


def _same(one: str, other: str, longest: int) -> int:
    """How many characters both begin with, ``longest`` at most."""
    if one[:longest] == other[:longest]:
        return longest
    low, high = 0, longest
    while high - low > 1:
        middle = (low + high) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle
    return low
