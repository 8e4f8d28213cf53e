"""The keepsake whose form is open."""

from dataclasses import dataclass, field

from memorybook.domain.ids import KeepsakeId
from memorybook.domain.photo import Photo


@dataclass(slots=True, eq=False)
class Opened:
    """``id`` is ``None`` until it is in the book. ``adding`` counts the bringings that are under way."""

    id: KeepsakeId | None
    photos: list[Photo] = field(repr=False)
    adding: int = 0
