"""The two facts that are read from a picture's EXIF: which way is up, and the day it was taken.

Nothing else is looked at. Places, cameras and names never leave the worker.
"""

import re
import struct
from typing import Final

from PIL import Image

from memorybook.domain.dates import UNKNOWN, VagueDate

_ORIENTATION: Final = 0x0112
_EXIF_FOLDER: Final = 0x8769
_DATE_TIME_ORIGINAL: Final = 0x9003
_DATE_TIME: Final = re.compile(r"\s*(\d{4})[:\-/.](\d{2})[:\-/.](\d{2})(?:\D.*)?", re.DOTALL)
_FIRST_PHOTOGRAPH: Final = 1826

BROKEN_EXIF: Final = (
    ValueError,
    TypeError,
    LookupError,
    SyntaxError,
    AttributeError,
    OSError,
    EOFError,
    struct.error,
    ArithmeticError,
    AssertionError,
)
"""What Pillow raises on EXIF that makes no sense."""


def orientation(image: Image.Image) -> int:
    """The EXIF orientation, 1 to 8; 1 when there is none or it makes no sense.

    The HEIF decoder turns pictures itself, and keeps the value they came with elsewhere.
    """
    try:
        heif = image.format == "HEIF"
        value = image.info.get("original_orientation") if heif else image.getexif().get(_ORIENTATION)
    except BROKEN_EXIF:
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def taken(image: Image.Image) -> VagueDate:
    """The day the picture was taken by the camera's own calendar; unknown when it makes no sense."""
    try:
        text = image.getexif().get_ifd(_EXIF_FOLDER).get(_DATE_TIME_ORIGINAL)
    except BROKEN_EXIF:
        return UNKNOWN
    if isinstance(text, bytes):
        text = text.decode("latin-1")
    match = _DATE_TIME.fullmatch(text) if isinstance(text, str) else None
    if match is None or int(match[1]) < _FIRST_PHOTOGRAPH:
        return UNKNOWN
    try:
        return VagueDate(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return UNKNOWN
