"""Every preset and style looks as it did when somebody looked at it last."""

from dataclasses import replace

import pytest
from PIL import Image, ImageChops

from memorybook.domain.book import BookPlan
from tests.unit.rendering.references import BOOKS, path_of, sheet

_TILE = 6
_LARGEST = 8
"""How far apart the greys of a tile may be, of 255, in the mean: less than one word that is another one."""


def differing(book: BookPlan, name: str) -> str:
    """How a book looks different from its picture; nothing where it does not."""
    made, kept = sheet(book), Image.open(path_of(name)).convert("L")
    if made.size != kept.size:
        return f"{made.size} instead of {kept.size}: another number of pages"
    most = max(ImageChops.difference(made, kept).reduce(_TILE).tobytes())
    return f"by {most} of 255 somewhere" if most > _LARGEST else ""


@pytest.mark.parametrize("name", BOOKS)
def test_pages_look_as_they_did(name: str) -> None:
    assert differing(BOOKS[name], name) == "", (
        "Pages look different. When that is meant, make references, and look at them."
    )


@pytest.mark.parametrize("change", ["another word", "another place", "a picture less", "another style"])
def test_a_change_is_seen(change: str) -> None:
    book = BOOKS["keep-quiet"]
    first = book.entries[0]
    changed = {
        "another word": replace(book, entries=(replace(first, signature="Ada"), *book.entries[1:])),
        "another place": replace(book, dedication="For our daughter,\n\nwho was here."),
        "a picture less": replace(book, entries=(replace(first, pictures=()), *book.entries[1:])),
        "another style": BOOKS["keep-classic"],
    }[change]
    assert differing(changed, "keep-quiet")
