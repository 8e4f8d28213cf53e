"""The pages of a book for the screen: set once without pictures, drawn with them when they are looked at."""

import base64
import re
import zlib
from collections.abc import Callable, Iterator

from memorybook.domain.book import BookPlan, PlannedPicture
from memorybook.domain.ids import PhotoId
from memorybook.rendering import plan_json, stand_ins, typesetter
from memorybook.rendering.measures import measures_for

_PICTURE = re.compile(rb"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")


class Preview:
    """Real pages, the same that the PDF will have once it is cut. Any thread; every call blocks.

    Setting 209 pages with 200 pictures after a change is 0.55 s of work for the processor, 1 s in Classic
    with its running heads (``python -m tests.benchmarks.preview``); a page with pictures is drawn in 50 ms.
    """

    def __init__(self, plan: BookPlan, thumbnails: Callable[[PhotoId], bytes]) -> None:
        """Typeset. ``thumbnails`` gives JPEGs, when a page is drawn that has them. Raises PagesNotMade."""
        self._pictures = {picture.photo: picture for picture in each_picture(plan)}
        self._thumbnails = thumbnails
        files = {
            stand_ins.file_name(photo): stand_ins.wrapped(stand_ins.stand_in(photo), picture)
            for photo, picture in self._pictures.items()
        }
        # What stands in a page where a picture belongs; different for each of them.
        self._places = {
            base64.b64encode(files[stand_ins.file_name(photo)]): photo for photo in self._pictures
        }
        self._page = measures_for(plan, bleed=False)
        # Outlines of letters press to a twentieth.
        self._svgs = tuple(zlib.compress(svg, 1) for svg in typesetter.svg(plan, files))

    @property
    def page_count(self) -> int:
        """How many pages the book has."""
        return len(self._svgs)

    def png(self, index: int, ppi: float) -> bytes:
        """Page ``index``, counted from 0, at ``ppi`` pixels to the inch. IndexError beyond the book.

        Raises PagesNotMade, or what ``thumbnails`` raises.
        """
        if not 0 <= index < len(self._svgs):
            raise IndexError(index)
        svg = _PICTURE.sub(self._with_picture, zlib.decompress(self._svgs[index]))
        return typesetter.png(svg, self._page.width, self._page.height, ppi)

    def _with_picture(self, found: re.Match[bytes]) -> bytes:
        photo = self._places.get(found[1])
        if photo is None:
            return found[0]
        wrapped = stand_ins.wrapped(self._thumbnails(photo), self._pictures[photo])
        return b"data:image/svg+xml;base64," + base64.b64encode(wrapped)


def each_picture(plan: BookPlan) -> Iterator[PlannedPicture]:
    """Every different picture of the book, once, in order of appearance."""
    seen: set[PhotoId] = set()
    for picture in plan_json.all_pictures(plan):
        if picture.photo not in seen:
            seen.add(picture.photo)
            yield picture
