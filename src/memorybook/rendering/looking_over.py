"""What is worth a look before a book is saved: letters without a face, pictures without words, soft pictures.

None of it is ever a reason not to print.
"""

import unicodedata
from dataclasses import dataclass

from memorybook.domain.book import BookPlan, PlannedPicture
from memorybook.rendering.plan_json import all_pictures, placed_pictures
from memorybook.rendering.plates import is_true_size
from memorybook.rendering.typesetter import letters_for

MM_PER_INCH = 25.4

NOTED = 200.0
"""Pixels to the inch below which a picture will look a little soft in print."""

SOFT = 150.0
"""Pixels to the inch below which it will look soft, and not only a little."""


@dataclass(frozen=True, slots=True)
class SoftPicture:
    """A picture that will look soft: ``ppi`` at the size it is printed in, which is in millimetres.

    ``has_choice``: it could be smaller on its page. The one on the cover could not, nor one in true size.
    """

    picture: PlannedPicture
    ppi: float
    width_mm: float
    height_mm: float
    has_choice: bool

    @property
    def is_very(self) -> bool:
        """Whether it will look soft, and not only a little."""
        return self.ppi < SOFT


def unprintable(plan: BookPlan) -> tuple[tuple[str, str], ...]:
    """The characters that no face here can draw: their names and codes, ("candle", "U+1F56F").

    On the page stands the name or the code in square brackets. In the order of the codes. Blocking, for
    some hundredths of a second, longer when the faces of the computer have to be looked through; any thread.
    """
    undrawn = sorted(letters_for(plan).naming.characters)
    return tuple((unicodedata.name(sign, "").lower(), f"U+{ord(sign):04X}") for sign in undrawn)


def soft_pictures(plan: BookPlan) -> tuple[SoftPicture, ...]:
    """The pictures that will look soft as large as they are printed, each once, the softest first.

    What was asked to be printed smaller is as small as a picture gets, and not among them any more.
    """
    found: dict[int, SoftPicture] = {}
    for placed in placed_pictures(plan):
        picture = placed.picture
        ppi = picture.width / placed.width * MM_PER_INCH
        known = found.get(picture.photo)
        if ppi < NOTED and not picture.smaller and (known is None or ppi < known.ppi):
            has_choice = not picture.per_mm and picture != plan.cover
            found[picture.photo] = SoftPicture(picture, ppi, placed.width, placed.height, has_choice)
    return tuple(sorted(found.values(), key=lambda soft: soft.ppi))


def without_description(plan: BookPlan) -> tuple[PlannedPicture, ...]:
    """The pictures that nobody has described for somebody who cannot see them, each once, in page order.

    Their captions are read aloud in place of that. Those that are marked as decorative need no words.
    """
    found: dict[int, PlannedPicture] = {}
    for picture in all_pictures(plan):
        if not picture.decorative and not picture.description.strip():
            found.setdefault(picture.photo, picture)
    return tuple(found.values())


def smaller_than_they_are(plan: BookPlan) -> tuple[PlannedPicture, ...]:
    """The pictures of a known size that had to be printed smaller, since the page has no room for more."""
    found: dict[int, PlannedPicture] = {}
    for placed in placed_pictures(plan):
        if placed.picture.per_mm and not is_true_size(placed) and placed.picture != plan.cover:
            found[placed.picture.photo] = placed.picture
    return tuple(found.values())


def printed_smaller(plan: BookPlan) -> tuple[PlannedPicture, ...]:
    """The pictures that were asked to be printed smaller, each once, in page order."""
    found: dict[int, PlannedPicture] = {}
    for picture in all_pictures(plan):
        if picture.smaller and not picture.per_mm and picture != plan.cover:
            found.setdefault(picture.photo, picture)
    return tuple(found.values())
