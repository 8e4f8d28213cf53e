"""One page while it is open."""

import datetime
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import EntryId
from memorybook.domain.photo import Photo
from memorybook.domain.recording import Recording


@dataclass(eq=False, slots=True)
class Page:
    """What came back for one page must not land on the page that is open next, so each has its own.

    ``waiting`` are pictures, and ``recordings_waiting`` recordings, that cannot be taken in before the page
    has an id.
    """

    id: EntryId | None = None
    photos: list[Photo] = field(default_factory=list)
    recordings: list[Recording] = field(default_factory=list)
    kept: EntryDraft | None = None
    kept_at: datetime.datetime | None = None
    waiting: deque[Path | bytes] = field(default_factory=deque)
    adding: int = 0
    recordings_waiting: list[Path] = field(default_factory=list)
    recordings_adding: int = 0
    keeping: bool = False
    again: bool = False

    @property
    def is_awaited(self) -> bool:
        """Whether anything waits for its id."""
        return bool(self.waiting or self.recordings_waiting)

    @property
    def shown(self) -> list[Photo]:
        """Its photos without those that were put away, whose place on the page is kept for them."""
        return [photo for photo in self.photos if photo.deleted_at is None]
