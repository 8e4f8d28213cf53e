"""What parts the pages of the story: the years, or who wrote them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from memorybook.domain.book import Chapters, PlannedEntry


@dataclass(frozen=True, slots=True)
class Chapter:
    """Pages under one name; the first ones may have none, when nobody knows their year or their writer."""

    name: str = field(repr=False)
    entries: tuple[PlannedEntry, ...]


def parted(entries: Sequence[PlannedEntry], chapters: Chapters) -> tuple[Chapter, ...]:
    """All entries once. Chapters come in the order of their first pages, pages in the order they are in.

    A page without a year stays behind the one it follows; pages of nobody's come first.
    """
    names: dict[str, list[PlannedEntry]] = {"": []}
    last = ""
    for entry in entries:
        if chapters is Chapters.TIME:
            last = str(entry.day.year) if entry.day.year is not None else last
        elif chapters is Chapters.PERSON:
            last = " ".join((entry.author or entry.signature).split())
        names.setdefault(last, []).append(entry)
    return tuple(Chapter(name, tuple(pages)) for name, pages in names.items() if pages)
