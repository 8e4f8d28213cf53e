"""Every line of the support pane with the date of its source, and which of them ought to be read again."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from memorybook.domain.dates import VagueDate
from memorybook.services.guidance import guidance
from memorybook.services.remembrance import remembrance_days
from memorybook.services.support import Support


@dataclass(frozen=True, slots=True)
class Sourced:
    """One line of one of the files, with the date of its newest source."""

    file: str
    id: str
    as_of: VagueDate
    sources: tuple[str, ...]

    @property
    def since(self) -> datetime.date | None:
        """The earliest day its source can be of: the cautious end. ``None`` for one without a date."""
        if self.as_of.year is None:
            return None
        return datetime.date(self.as_of.year, self.as_of.month or 1, self.as_of.day or 1)


def every(language: str = "en") -> Iterator[Sourced]:
    """All lines, in the order of the files."""
    # What is first in one language may be second in another: by id they are side by side.
    for each in sorted(Support().all(language), key=lambda each: each.id):
        yield Sourced("organisations.json", each.id, each.as_of, each.sources)
    for page in guidance(language).pages:
        for section in page.sections:
            for line in section.lines:
                yield Sourced("guidance.json", line.id, line.as_of, line.sources)
    for day in remembrance_days(language):
        yield Sourced("remembrance.json", day.id, day.as_of, day.sources)


def to_read_again(lines: Iterable[Sourced], today: datetime.date) -> list[Sourced]:
    """Those whose source is older than a year or bears no date: undated first, then the oldest first."""
    year_ago = _year_before(today)
    old = [line for line in lines if line.since is None or line.since < year_ago]
    return sorted(old, key=lambda line: line.since or datetime.date.min)


def _year_before(today: datetime.date) -> datetime.date:
    # The day before 29 February is a year old a day sooner.
    day = min(today.day, 28) if today.month == 2 else today.day
    return today.replace(year=today.year - 1, day=day)
