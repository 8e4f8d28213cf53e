"""How long something is: as it is typed in millimetres, centimetres or inches, and as it is said."""

import enum
import re

MM_PER_INCH = 25.4

_NUMBER = re.compile(r"\d{1,5}(?:[.,]\d{1,4})?")


class Unit(enum.Enum):
    """What a length is typed in; the value is how many millimetres it has."""

    MM = 1.0
    CM = 10.0
    INCH = MM_PER_INCH


def number(text: str) -> float | None:
    """A number above zero, with a point or a comma in it; ``None`` for anything else."""
    if _NUMBER.fullmatch(text.strip()) is None:
        return None
    found = float(text.strip().replace(",", "."))
    return found if found > 0 else None


def per_mm_by_ruler(pixels: float, length: float, unit: Unit) -> float:
    """Pixels for a millimetre, where ``pixels`` of the photo show a known length."""
    return pixels / (length * unit.value)


def per_mm_by_scan(dots_per_inch: float) -> float:
    """Pixels for a millimetre of a scan."""
    return dots_per_inch / MM_PER_INCH


def dots_per_inch(per_mm: float) -> float:
    """The other way round."""
    return per_mm * MM_PER_INCH
