"""The cover of a book for a print service: back, spine and front on one sheet that goes around the pages."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from memorybook.domain.book import BookPlan, PageSize, Paper, PlannedPicture
from memorybook.domain.book_words import normal_language, words_for
from memorybook.domain.ids import PhotoId
from memorybook.errors import PagesNotMade
from memorybook.rendering import stand_ins, typesetter
from memorybook.rendering.characters import one_line
from memorybook.rendering.measures import BLEED, MEASURES, MM_PER_POINT, SAFE
from memorybook.rendering.pictures import Photographs

if TYPE_CHECKING:
    from memorybook.rendering.frame import Frame

THICKNESS = {Paper.STANDARD: 25.4 / 444, Paper.PREMIUM: 0.0596, Paper.PHOTO: 0.0673}
"""Millimetres of one page, half a leaf: uncoated 60 lb paper, coated 80 lb, and 100 lb for photographs."""

BOARD = 0.06 * 25.4
"""Millimetres that the cover itself adds to the spine."""

NARROWEST_WITH_TITLE = 0.25 * 25.4
"""A spine narrower than this stays empty: a title on it would wander around the edge. Millimetres."""

_NOTHING = BookPlan("", "", "", "en", PageSize.A5, (), ())
_SPINE_ROOM = 0.0625 * 25.4
_SPINE_LETTERS = 14.0
_SHORTEST_PAGES = 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """The measures of the whole sheet in millimetres, bleed included; ``page`` is one trimmed page."""

    page: float
    height: float
    spine: float

    @property
    def width(self) -> float:
        """From the edge of the back to the edge of the front."""
        return 2 * BLEED + 2 * self.page + self.spine

    @property
    def spine_left(self) -> float:
        """Where the spine begins."""
        return BLEED + self.page


def spine_width(page_count: int, paper: Paper) -> float:
    """How wide the back of the book is, in millimetres. Every print service says its own: this is near it."""
    return max(_SHORTEST_PAGES, page_count + page_count % 2) * THICKNESS[paper] + BOARD


def sheet(plan: BookPlan, page_count: int, paper: Paper) -> Sheet:
    """The measures of the cover of this book."""
    trim = MEASURES[plan.page_size]
    return Sheet(trim.width, trim.height + 2 * BLEED, spine_width(page_count, paper))


def pdf(
    plan: BookPlan,
    page_count: int,
    paper: Paper,
    *,
    pictures: Callable[[PhotoId], bytes],
    created: datetime,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Iterable[bytes]:
    """The cover as a tagged PDF/UA-1 and PDF/A-2a of one page, with its boxes. As ``Typesetter.pdf``."""
    if cancelled is not None and cancelled():
        raise PagesNotMade
    planned = () if plan.cover is None else (plan.cover,)
    words = replace(_NOTHING, title=plan.title, subtitle=plan.subtitle, language=plan.language)

    def data(written: Callable[[str], str]) -> bytes:
        return _data(plan, page_count, paper, written)

    def frame() -> "Frame":
        from memorybook.rendering import press  # loads what reads PDFs, as Typesetter.pdf does
        from memorybook.rendering.frame import Frame

        typeset = typesetter.cover(words, data, stand_ins.files(planned), created)
        return Frame(typeset, [each.photo for each in planned], finish=press.set_boxes_of_all)

    return Photographs(frame, planned, pictures, progress, cancelled)


def _data(plan: BookPlan, page_count: int, paper: Paper, written: Callable[[str], str]) -> bytes:
    whole, measures = sheet(plan, page_count, paper), MEASURES[plan.page_size]
    code, _, region = normal_language(plan.language).partition("-")
    title, subtitle = written(one_line(plan.title)), written(one_line(plan.subtitle))
    content = {
        "language": code,
        "region": region,
        "name": title or words_for(normal_language(plan.language)).book,
        "title": title,
        "subtitle": subtitle,
        "title-size": _title_size(title),
        "letters": measures.letters,
        "width": whole.width,
        "height": whole.height,
        "page": whole.page,
        "front": whole.spine_left + whole.spine,
        "spine-left": whole.spine_left,
        "spine": whole.spine,
        "spine-title": title if _fits_on_spine(title, whole) else "",
        "spine-size": _spine_letters(whole),
        "bleed": BLEED,
        "safe": SAFE,
        "picture": _picture(plan, whole, written),
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode("utf-8")


def _title_size(title: str) -> float:
    """In letters of the text."""
    return next((size for most, size in ((18, 3.1), (40, 2.3), (90, 1.75)) if len(title) <= most), 1.3)


def _spine_letters(whole: Sheet) -> float:
    """Points."""
    return min(_SPINE_LETTERS, (whole.spine - 2 * _SPINE_ROOM) / MM_PER_POINT)


def _fits_on_spine(title: str, whole: Sheet) -> bool:
    if not title or whole.spine < NARROWEST_WITH_TITLE:
        return False
    length = len(title) * 0.55 * _spine_letters(whole) * MM_PER_POINT
    return length <= whole.height - 2 * (BLEED + SAFE)


def _picture(plan: BookPlan, whole: Sheet, written: Callable[[str], str]) -> dict[str, object] | None:
    picture = plan.cover
    if picture is None:
        return None
    width = whole.page - 2 * SAFE
    depth = (whole.height - 2 * BLEED - 2 * SAFE) * 0.55
    scale = min(width / max(1, picture.width), depth / max(1, picture.height))
    return {
        "file": stand_ins.file_name(picture.photo),
        "width": picture.width * scale,
        "height": picture.height * scale,
        "alt": written(_alt(plan, picture)),
    }


def _alt(plan: BookPlan, picture: PlannedPicture) -> str:
    described = one_line(picture.description) or one_line(picture.caption)
    return described or words_for(normal_language(plan.language)).photograph
