"""What a print service expects of a file: its boxes, an even number of pages, nothing see-through."""

import pikepdf

from memorybook.rendering.measures import BLEED, MM_PER_POINT


def finish(pdf: pikepdf.Pdf, bleed: float = BLEED) -> None:
    """Say where each page will be cut, and make the number of pages even, with an empty one at the end.

    The pages have to be set with ``bleed``, in millimetres, on every side.
    """
    if len(pdf.pages) % 2:
        left, bottom, right, top = (float(edge) for edge in pdf.pages[-1].MediaBox)
        pdf.add_blank_page(page_size=(right - left, top - bottom))
    set_boxes_of_all(pdf, bleed)


def set_boxes_of_all(pdf: pikepdf.Pdf, bleed: float = BLEED) -> None:
    """As :func:`set_boxes`, for every page."""
    for page in pdf.pages:
        set_boxes(page, bleed)


def set_boxes(page: pikepdf.Page, bleed: float) -> None:
    """MediaBox and BleedBox are all of the page, TrimBox what is left when ``bleed`` (mm) is cut off."""
    left, bottom, right, top = (float(edge) for edge in page.MediaBox)
    cut = bleed / MM_PER_POINT
    page.BleedBox = pikepdf.Array([left, bottom, right, top])
    page.TrimBox = pikepdf.Array(
        [_number(left + cut), _number(bottom + cut), _number(right - cut), _number(top - cut)]
    )


def _number(points: float) -> float:
    return round(points, 4)
