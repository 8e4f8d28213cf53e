"""Whether a JPEG may stand in a PDF as it is."""

_MARKERS_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD9)}
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_FRAMES_OF_PDF = {0xC0, 0xC1, 0xC2}  # baseline, extended, progressive, all Huffman-coded


def stands_in_pdf(data: bytes) -> bool:
    """Whether these bytes are a Huffman-coded JPEG of 8 bits with one or three colours.

    Arithmetic-coded, lossless and 12-bit ones can be decoded here and by few viewers of PDF files.
    """
    if not data.startswith(b"\xff\xd8"):
        return False
    place = 2
    while place + 10 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF or marker in _MARKERS_WITHOUT_LENGTH:  # a filling byte, or a bare marker
            place += 1 if marker == 0xFF else 2
            continue
        if marker in _FRAMES:
            return marker in _FRAMES_OF_PDF and data[place + 4] == 8 and data[place + 9] in {1, 3}
        place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return False
