"""A keepsake: a thing that is kept somewhere, in words, with or without pictures of it."""

from dataclasses import dataclass, field

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.ids import BabyId, KeepsakeId, PhotoId

MEDICAL = "medical"
"""The kind of what is hard to read: it goes into a printed book only when the parent puts it there."""

KINDS = (
    "prints",
    "cast",
    "hair",
    "band",
    "card",
    "measure",
    "clothes",
    "blanket",
    "bear",
    "candle",
    "jewellery",
    "scan",
    "test",
    "papers",
    "certificate",
    "ceremony",
    "book",
    "drawing",
    "cards",
    "garden",
    MEDICAL,
)
"""Codes of the kinds we have a word for; the parent's own words are as good."""


@dataclass(frozen=True, slots=True)
class KeepsakeDraft:
    """What is written of a keepsake; all of it optional, words alone are enough.

    ``kind`` is one of ``KINDS`` or own words; ``kept`` is where it is; ``photos`` in the parent's order.
    """

    kind: str = field(default="", repr=False)
    title: str = field(default="", repr=False)
    words: str = field(default="", repr=False)
    day: VagueDate = UNKNOWN
    kept: str = field(default="", repr=False)
    given_by: str = field(default="", repr=False)
    babies: tuple[BabyId, ...] = ()
    photos: tuple[PhotoId, ...] = ()
    in_book: bool = True

    @property
    def is_empty(self) -> bool:
        """Nothing written, no date, no picture. Which babies it is of is not content by itself."""
        texts = (self.kind, self.title, self.words, self.kept, self.given_by)
        return not (any(text.strip() for text in texts) or self.day.is_known or self.photos)


@dataclass(frozen=True, slots=True)
class Keepsake:
    """One keepsake as it is kept. Times are ISO 8601 in UTC."""

    id: KeepsakeId
    draft: KeepsakeDraft
    created_at: str
    deleted_at: str | None = None
