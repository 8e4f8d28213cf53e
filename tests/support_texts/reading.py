"""How hard each text of the support pane is to read, in both languages."""

from collections.abc import Iterator
from dataclasses import dataclass

from memorybook.services.guidance import guidance
from memorybook.services.remembrance import remembrance_days
from memorybook.services.support import Support
from tests import reading_ease

HARDEST_GRADE = 8.0
"""Of the American school; grief makes it hard to read."""

LEAST_EASE = 60.0
"""By Fernández Huerta, what is read at twelve or thirteen. A single line swings more than a page does."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One text with its figure: in English a school grade, less is easier to read; in Spanish more is."""

    language: str
    id: str
    text: str

    @property
    def figure(self) -> float:
        """By Flesch and Kincaid, or by Fernández Huerta."""
        return reading_ease.grade(self.text) if self.language == "en" else reading_ease.huerta(self.text)

    @property
    def is_hard(self) -> bool:
        """Whether it is harder than it may be."""
        return self.figure > HARDEST_GRADE if self.language == "en" else self.figure < LEAST_EASE


def every(language: str) -> Iterator[Reading]:
    """All texts that are read: lines, what introduces them, descriptions, days, and the sheet's own words."""
    found = guidance(language)
    yield Reading(language, "handover", found.handover.lead)
    for page in found.pages:
        yield Reading(language, page.id, page.lead)
        for section in page.sections:
            for line in section.lines:
                yield Reading(language, line.id, line.text)
    for each in Support().all(language):
        yield Reading(language, each.id, each.description)
    for day in remembrance_days(language):
        yield Reading(language, day.id, f"{day.words} {day.disagreement}".strip())
