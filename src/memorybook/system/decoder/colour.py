"""Every picture's colours become sRGB, on white.

What a screen and a printer expect is 8-bit sRGB without transparency. Pictures come as CMYK, as 16-bit
grey, with the wide colours of a phone, with holes in them. The steps here run on the picture after it
has been made small, except where shrinking itself needs plainer numbers (``shrinkable``).
"""

import io
import math
from typing import Final

from PIL import Image, ImageCms

_SRGB: Final = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
_LAB: Final = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
_SAME_COLOUR: Final = 3
"""A profile that moves no colour by more than this (of 255) is as good as sRGB."""

_PROFILED_MODES: Final = ("RGB", "L", "CMYK")
_SWATCH_STEPS: Final = (0, 24, 64, 112, 160, 208, 255)


def _swatches() -> Image.Image:
    colours = [(r, g, b) for r in _SWATCH_STEPS for g in _SWATCH_STEPS for b in _SWATCH_STEPS]
    image = Image.new("RGB", (len(colours), 1))
    image.putdata(colours)
    return image


_SWATCHES: Final = _swatches()


def shrinkable(image: Image.Image) -> Image.Image:
    """The same picture in a mode that can be made smaller without false colours in between."""
    mode = image.mode
    if mode in ("P", "PA") or (mode in ("L", "RGB") and "transparency" in image.info):
        return image.convert("RGBA" if "transparency" in image.info or mode == "PA" else "RGB")
    if mode.startswith("I") or mode == "F":
        return _eight_bit(image)
    if mode in ("1", "HSV", "YCbCr", "RGBX"):
        return image.convert("L" if mode == "1" else "RGB")
    return image


def _eight_bit(image: Image.Image) -> Image.Image:
    """Sixteen bits of grey, or the numbers of a scanner, as eight bits."""
    if image.mode.startswith("I;16"):
        white = 65535.0
        image = image if image.mode == "I;16" else image.convert("I")
    else:
        high = image.getextrema()[1]
        top = float(high) if isinstance(high, int | float) and math.isfinite(high) else 1.0
        white = next((limit for limit in (1.0, 255.0, 65535.0) if top <= limit), top)
    return image.point(lambda value: value * (255.0 / white) + 0.0).convert("L")


def on_white(image: Image.Image) -> Image.Image:
    """The picture without transparency: what was see-through is white paper."""
    if image.mode in ("LA", "La", "RGBa"):
        image = image.convert("RGBA") if image.mode != "La" else image.convert("LA").convert("RGBA")
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


class Profile:
    """The colour profile a picture carries, or the absence of one."""

    def __init__(self, icc: bytes | None, mode: str) -> None:
        """Read the profile for pictures of this mode; a profile that cannot be read counts as none."""
        transform = _transform(icc, mode)
        if transform is not None and mode == "RGB" and _changes_nothing(transform):
            transform = None
        self._transform = transform

    @property
    def is_srgb(self) -> bool:
        """Whether the colours are sRGB already, or are taken for it."""
        return self._transform is None

    def to_srgb(self, image: Image.Image) -> Image.Image:
        """The picture in sRGB, mode ``RGB``."""
        if self._transform is not None and image.mode == self._transform.input_mode:
            return self._transform.apply(image)
        return image if image.mode == "RGB" else image.convert("RGB")


def _transform(icc: bytes | None, mode: str) -> ImageCms.ImageCmsTransform | None:
    try:
        if mode == "LAB":
            source = _LAB
        elif icc and mode in _PROFILED_MODES:
            source = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        else:
            return None
        return ImageCms.buildTransform(source, _SRGB, mode, "RGB", ImageCms.Intent.RELATIVE_COLORIMETRIC)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    moved = transform.apply(_SWATCHES).tobytes()
    return all(abs(a - b) <= _SAME_COLOUR for a, b in zip(moved, _SWATCHES.tobytes(), strict=True))
