"""The numbers of those objects of a PDF that are written before the pages are set."""

HEAD = b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n"
"""How the file begins: the four bytes tell programs that it is no text."""

COLOURS = b"3 0 R"
"""The colours of every photograph that has any: sRGB, as Typst describes them for its stand-ins."""

_FIRST = 4


def number_of(position: int) -> int:
    """The number of a photograph; the one behind it is free for another object it may need."""
    return _FIRST + 2 * position
