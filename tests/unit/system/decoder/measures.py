"""What tests read off a finished picture."""

import io
from collections.abc import Sequence

from PIL import Image

from tests.corpus.pictures import QUARTERS, Colour


def opened(jpeg: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(jpeg), formats=["JPEG"])
    image.load()
    return image


def pixel(image: Image.Image, across: float, down: float) -> Colour:
    """The colour at this share of the width and the height."""
    found = image.convert("RGB").getpixel((int(image.width * across), int(image.height * down)))
    assert isinstance(found, tuple)
    red, green, blue = found
    return red, green, blue


def quarters(image: Image.Image) -> list[Colour]:
    """The colours in the middle of the four quarters."""
    return [pixel(image, across, down) for down in (0.25, 0.75) for across in (0.25, 0.75)]


def near(found: Colour, expected: Colour, distance: int = 14) -> bool:
    return all(abs(a - b) <= distance for a, b in zip(found, expected, strict=True))


def is_motif(image: Image.Image, colours: Sequence[Colour] = QUARTERS, distance: int = 14) -> bool:
    return all(near(a, b, distance) for a, b in zip(quarters(image), colours, strict=True))


def metadata_of(jpeg: bytes) -> set[str]:
    """Everything a JPEG says beside its pixels and its density."""
    image = opened(jpeg)
    return {str(key) for key in image.info} - {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
