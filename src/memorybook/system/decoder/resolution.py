"""How many pixels of a scan one millimetre of the thing itself takes, where the file can be believed.

A scanner writes the resolution that it scanned at. Every other maker of pictures writes a number too, one
that means nothing: cameras and phones 72, 180, 240, 300 or 350, screens what their pixels are set to. So a
number counts only when it is above what screens and phones write, is none of the numbers that programs and
cameras put there of themselves, and the picture was not taken through a lens. 300 and 350 are what scanners
use most and what some cameras write: those count unless a maker of cameras has signed. When in doubt there
is no number: a ruler drawn over the picture is better than a print in the wrong size.
"""

import math
from typing import Final

from PIL import Image

from memorybook.system.decoder.exif import BROKEN_EXIF

_X_RESOLUTION: Final = 0x011A
_Y_RESOLUTION: Final = 0x011B
_UNIT: Final = 0x0128
_CENTIMETRES: Final = 3
_NO_UNIT: Final = 1
_MAKE: Final = 0x010F
_EXIF_FOLDER: Final = 0x8769
_FILE_SOURCE: Final = 0xA300
_SCANNED: Final = (b"\x01", b"\x02")
"""A scanner of films, a scanner of prints."""

_THROUGH_A_LENS: Final = (0x829A, 0x829D, 0x9201, 0x9202, 0x920A, 0xA405)
"""Exposure and aperture in both forms, focal length in both forms."""

_MILLIMETRES_PER_INCH: Final = 25.4
_LEAST_DPI: Final = 120.5
_MOST_DPI: Final = 25_000.0
_OF_SCREENS_AND_PROGRAMS: Final = (144, 168, 180, 192, 216, 220, 240, 264, 288)
_OF_CAMERAS_TOO: Final = (300, 350)
_SAME: Final = 0.5
"""PNG and BMP count in whole pixels per metre, so that 240 comes back as 240.0046."""

_SQUARE: Final = 0.01
_TELLING: Final = ("JPEG", "PNG", "TIFF", "BMP", "WEBP")
"""Formats that scans are kept in. HEIF comes from cameras, GIF has no place for it."""


def per_mm(image: Image.Image) -> float | None:
    """Pixels per millimetre, or ``None`` where the file says nothing that can be meant."""
    try:
        dpi = _dpi(image) if image.format in _TELLING else None
        return None if dpi is None or not _is_meant(image, dpi) else dpi / _MILLIMETRES_PER_INCH
    except BROKEN_EXIF:
        return None


def _dpi(image: Image.Image) -> float | None:
    """What EXIF says, else what the format itself says; both directions have to agree."""
    tags = image.getexif()
    across, down = tags.get(_X_RESOLUTION), tags.get(_Y_RESOLUTION)
    unit = tags.get(_UNIT, 2)
    if across is None or down is None or unit == _NO_UNIT:
        found = image.info.get("dpi")
        if not isinstance(found, tuple) or len(found) != 2:
            return None
        across, down = found
        unit = 2
    factor = 2.54 if unit == _CENTIMETRES else 1.0
    x, y = float(across) * factor, float(down) * factor
    if not (math.isfinite(x) and math.isfinite(y) and _LEAST_DPI < x < _MOST_DPI):
        return None
    return x if abs(x - y) <= x * _SQUARE else None


def _is_meant(image: Image.Image, dpi: float) -> bool:
    tags = image.getexif()
    folder = tags.get_ifd(_EXIF_FOLDER)
    source = folder.get(_FILE_SOURCE)
    if (bytes([source]) if isinstance(source, int) and 0 <= source < 256 else source) in _SCANNED:
        return True
    if any(tag in folder for tag in _THROUGH_A_LENS):
        return False
    if any(abs(dpi - number) <= _SAME for number in _OF_SCREENS_AND_PROGRAMS):
        return False
    signed = bool(str(tags.get(_MAKE) or "").strip("\0 "))
    return not (signed and any(abs(dpi - number) <= _SAME for number in _OF_CAMERAS_TOO))
