"""Two pages side by side on each side of a sheet, so that sheets folded in the middle make a booklet."""

from collections.abc import Iterator

import pikepdf

from memorybook.domain.book import PageSize
from memorybook.rendering.measures import MM_PER_POINT

MOST_SHEETS = 20
"""Sheets that one fold takes. A longer book is made of several gatherings, laid one behind another."""

SHEETS_OF_MANY = 8
"""How many sheets each of several gatherings has at most."""

_A4 = (297.0, 210.0)
_LETTER = (279.4, 215.9)
_SHEETS = {PageSize.A5: _A4, PageSize.A4: _A4}
_HAIR = 0.05
"""Of a millimetre: by so little a page may be too large."""


def sheet(size: PageSize) -> tuple[float, float]:
    """Width and height, in millimetres, of the sheet that these pages are printed on, lying."""
    return _SHEETS.get(size, _LETTER)


def gatherings(pages: int) -> tuple[int, ...]:
    """How many sheets each gathering has: one for a book that can be folded at once, else several alike."""
    sheets = max(1, -(-pages // 4))
    if sheets <= MOST_SHEETS:
        return (sheets,)
    count = -(-sheets // SHEETS_OF_MANY)
    each, more = divmod(sheets, count)
    return tuple(each + (number < more) for number in range(count))


def order(pages: int) -> Iterator[tuple[int | None, int | None]]:
    """Left and right page of each side, counted from 0; ``None`` where there is no page any more.

    Two sides after another are a sheet: printed on both sides, turned over the short edge, laid upon one
    another and folded, they are in order.
    """
    first = 0
    for sheets in gatherings(pages):
        last = first + 4 * sheets - 1
        for number in range(2 * sheets):
            low, high = first + number, last - number
            left, right = (low, high) if number % 2 else (high, low)
            yield (left if left < pages else None), (right if right < pages else None)
        first += 4 * sheets


def impose(pdf: pikepdf.Pdf, size: PageSize) -> None:
    """Make sheets of the pages, which become smaller where two of them do not fit beside one another.

    Sheets are for a printer: what is read aloud, and bookmarks, belong to the file with single pages, and
    are not in this one. It is still made to last (PDF/A-2b).
    """
    width, height = (edge / MM_PER_POINT for edge in sheet(size))
    pages = [page.as_form_xobject() for page in pdf.pages]
    boxes = [tuple(float(edge) for edge in page.MediaBox) for page in pdf.pages]
    count = len(pages)
    for left, right in order(count):
        made = pdf.add_blank_page(page_size=(width, height))
        content = b""
        for name, number in (("/Left", left), ("/Right", right)):
            if number is not None:
                made.add_resource(pages[number], pikepdf.Name.XObject, pikepdf.Name(name))
                content += _placed(name, boxes[number], width, height)
        made.Contents = pdf.make_stream(content)
    del pdf.pages[:count]
    _only_for_printing(pdf)


def _placed(name: str, box: tuple[float, ...], width: float, height: float) -> bytes:
    """One page on its half of a side: against the fold, and in the middle of the height."""
    across, down = box[2] - box[0], box[3] - box[1]
    scale = min(1.0, width / 2 / across, height / down)
    if scale > 1 - _HAIR / across:
        scale = 1.0
    x = width / 2 - across * scale if name == "/Left" else width / 2
    y = (height - down * scale) / 2
    return b"q %.5f 0 0 %.5f %.4f %.4f cm %b Do Q\n" % (
        scale, scale, x - box[0] * scale, y - box[1] * scale, name.encode("ascii"),
    )  # fmt: skip


def _only_for_printing(pdf: pikepdf.Pdf) -> None:
    for key in ("/StructTreeRoot", "/MarkInfo", "/Outlines", "/PageLabels", "/Names", "/Dests", "/PageMode"):
        if key in pdf.Root:
            del pdf.Root[key]
    metadata = pdf.Root.Metadata.read_bytes()
    metadata = metadata.replace(b"<pdfuaid:part>1</pdfuaid:part>", b"").replace(
        b"<pdfaid:conformance>A</pdfaid:conformance>", b"<pdfaid:conformance>B</pdfaid:conformance>"
    )
    pdf.Root.Metadata.write(metadata)
