"""What waits in the drawer: pages that were deleted and can be brought back."""

import datetime
from dataclasses import dataclass, field

from memorybook.domain.dates import VagueDate
from memorybook.domain.ids import EntryId

WAITING = datetime.timedelta(days=30)
"""How long a page waits there for certain. Nothing leaves by itself afterwards either."""


@dataclass(frozen=True, slots=True)
class DrawerRow:
    """What the drawer shows of a page. ``deleted_at`` is ISO 8601 in UTC."""

    id: EntryId
    title: str = field(repr=False)
    excerpt: str = field(repr=False)
    day: VagueDate
    deleted_at: str
    photo_count: int
