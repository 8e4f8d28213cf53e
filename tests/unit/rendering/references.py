"""Pictures of the pages of every preset and style, to compare with the ones that are kept.

``make references`` makes them anew. Look at them before they are committed.
"""

import io
from dataclasses import replace
from itertools import product
from pathlib import Path

from PIL import Image

from memorybook.domain.book import BookPlan, Chapters, PageSize, Preset, Style
from memorybook.rendering.preview import Preview
from tests.unit.rendering.whole import PICTURES, WHOLE

FOLDER = Path(__file__).parent / "references"
PPI = 30
GAP = 6
_ACROSS = 8
_DESK = 200
_GREYS = 15  # steps between greys, so that few bytes are kept

_SIZES = {Preset.KEEP: PageSize.A5, Preset.PRESS: PageSize.SIX_NINE, Preset.HOME: PageSize.A4}
_CHAPTERS = {Style.QUIET: Chapters.NONE, Style.CLASSIC: Chapters.TIME, Style.ALBUM: Chapters.PERSON}

BOOKS: dict[str, BookPlan] = {
    f"{preset.value}-{style.value}": replace(
        WHOLE,
        preset=preset,
        style=style,
        page_size=_SIZES[preset],
        chapters=_CHAPTERS[style],
        large_print=preset is Preset.HOME,
    )
    for preset, style in product(Preset, Style)
}


def sheet(book: BookPlan) -> Image.Image:
    """All pages of a book on one picture, a right page at the right of its left one."""
    preview = Preview(book, PICTURES.__getitem__)
    pages = [
        Image.open(io.BytesIO(preview.png(index, PPI))).convert("L") for index in range(preview.page_count)
    ]
    width, height = pages[0].size
    rows = -(-(len(pages) + 1) // _ACROSS)
    made = Image.new("L", (_ACROSS * (width + GAP) + GAP, rows * (height + GAP) + GAP), _DESK)
    for place, page in enumerate(pages, 1):
        row, column = divmod(place, _ACROSS)
        made.paste(page, (GAP + column * (width + GAP), GAP + row * (height + GAP)))
    return made.point(lambda grey: grey // _GREYS * _GREYS)


def path_of(name: str) -> Path:
    """Where the picture of one book is kept."""
    return FOLDER / f"{name}.png"


def main() -> None:
    """Make all of them anew."""
    FOLDER.mkdir(exist_ok=True)
    for name, book in BOOKS.items():
        sheet(book).save(path_of(name), optimize=True)


if __name__ == "__main__":
    main()
