"""What the readable part of an archive shows: what is not put away, in the order in which it was."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from memorybook.domain.book_words import words_for
from memorybook.domain.dates import VagueDate
from memorybook.domain.dates_text import in_words
from memorybook.domain.wording import WORD, word_for
from memorybook.services.archiving.gathering import Gathered
from memorybook.services.preferences import ME, TITLE
from memorybook.storage.archive_kinds import (
    BABIES,
    CEREMONIES,
    DAYS,
    KEEPSAKES,
    PAGES,
    PEOPLE,
    PHOTOS,
    PREFERENCES,
    RECORDINGS,
    Kind,
)
from memorybook.storage.archive_rows import Item

__all__ = ["WORDS", "Contents", "Line", "day_of", "in_order"]

WORDS = words_for("en")
_KINDS = {"letter": "Letter", "memory": "Memory", "reading": "Reading", "words": "Words from someone else"}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was written down, and what it is."""

    label: str
    value: str


class Contents:
    """Looks things up by their numbers. What is put away, damaged or gone is not there."""

    def __init__(self, found: Gathered) -> None:
        self._found = found
        self._preferences = {item["key"]: item["value"] for item in found.of(PREFERENCES)}
        self._people = {item["id"]: item["name"] for item in found.of(PEOPLE)}
        self._babies = {item["id"]: item for item in self._shown(BABIES)}
        self._photos = {item["id"]: item for item in self._shown(PHOTOS) if item["file"] or item["shown"]}
        self._recordings = {item["id"]: item for item in self._shown(RECORDINGS) if item["file"]}

    @property
    def title(self) -> str:
        """The words on the cover, or what a book without any is called."""
        return self._preferences.get(TITLE, "").strip() or WORDS.book

    def babies(self) -> list[Item]:
        """In the parent's order."""
        return sorted(self._babies.values(), key=lambda item: (item["position"], item["id"]))

    def pages(self) -> list[Item]:
        """Pages with something on them, the earliest first; those of no known day before them."""
        return in_order(page for page in self._shown(PAGES) if self._has_something(page))

    def keepsakes(self) -> list[Item]:
        """In the parent's order."""
        return sorted(self._shown(KEEPSAKES), key=lambda item: (item["position"], item["id"]))

    def ceremonies(self) -> list[Item]:
        """The earliest first."""
        return in_order(self._shown(CEREMONIES))

    def days(self) -> list[Item]:
        """The earliest first."""
        return in_order(self._shown(DAYS))

    def photos(self, numbers: Iterable[int]) -> list[Item]:
        """Those of these that are there."""
        return [self._photos[number] for number in numbers if number in self._photos]

    def recordings(self, numbers: Iterable[int]) -> list[Item]:
        """Those of these that are there."""
        return [self._recordings[number] for number in numbers if number in self._recordings]

    def other_photos(self) -> list[Item]:
        """Those on no page and of no keepsake."""
        used = {number for item in (*self.pages(), *self.keepsakes()) for number in item["photos"]}
        return in_order((each for number, each in self._photos.items() if number not in used), "taken")

    def other_recordings(self) -> list[Item]:
        """Those on no page."""
        used = {number for item in self.pages() for number in item["recordings"]}
        return in_order((each for number, each in self._recordings.items() if number not in used), "taken")

    def baby(self, number: int | None) -> str:
        """What a baby is called: the names as typed, else the word."""
        item = self._babies.get(number or 0)
        if item is None:
            return ""
        word = word_for(item["word"], self._preferences.get(WORD))
        return item["names"].strip() or WORDS.record.called.get(word, word)

    def facts(self, page: Item) -> list[str]:
        """What stands under the title of a page: its day, what it is, to whom, from whom, about whom."""
        author = self._people.get(page["author"] or 0, "")
        if page["author"] is None and page["kind"] == "letter":
            author = self._preferences.get(ME, "")
        about = [name for name in map(self.baby, page["babies"]) if name]
        said = [
            in_words(day_of(page)),
            _KINDS.get(page["kind"], ""),
            WORDS.to.format(name=page["recipient"].strip()) if page["recipient"].strip() else "",
            f"By {author}" if author.strip() else "",
            f"About {', '.join(about)}" if about else "",
            "" if page["in_book"] else "For me alone",
        ]
        return [each for each in said if each]

    def title_of(self, page: Item) -> str:
        """The title of a page, or its day, or what it is."""
        return page["title"].strip() or in_words(day_of(page)) or _KINDS.get(page["kind"], "") or "A page"

    def _shown(self, kind: Kind) -> Iterator[Item]:
        return (item for item in self._found.of(kind) if item["deleted_at"] is None)

    def _has_something(self, page: Item) -> bool:
        texts = (page["title"], page["body"], page["recipient"], *page["tags"])
        seen = self.photos(page["photos"]) or self.recordings(page["recordings"])
        return any(text.strip() for text in texts) or bool(seen)


def day_of(item: dict[str, Any], key: str = "day") -> VagueDate:
    """The day of an item."""
    return VagueDate.parse(item[key])


def in_order(items: Iterable[Item], key: str = "day") -> list[Item]:
    """By day, and within it as they came into the book."""
    return sorted(items, key=lambda item: (day_of(item, key).sort_key, item["id"]))
