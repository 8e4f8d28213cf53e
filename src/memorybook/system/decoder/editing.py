"""What a parent did to a photo, done to its pixels: the part that stays, the turn, grey, softness.

The part that stays is cut out of the picture as it lies in its file, while it is made small, so that a small
part of a large photo is as sharp as the photo allows.
"""

from typing import Final

from PIL import Image, ImageFilter

from memorybook.domain.edit import Crop, Edit

Box = tuple[int, int, int, int]

_UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_CLOCKWISE: Final = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}

_SOFT_RADIUS: Final = 1 / 600
"""Of the longest side, so that the small picture looks as soft as the large one."""

SOFT_EDGE: Final = 2400
"""A soft picture has no detail that would need more pixels than this on its longest side."""

_SOFT_CONTRAST: Final = 0.8
_SOFTER: Final = [round(255 - (255 - value) * _SOFT_CONTRAST) for value in range(256)]
_SOFT: Final = {"L": _SOFTER, "RGB": _SOFTER * 3}
"""The darks become lighter, while white, the paper of a scan, stays white."""


def lies_across(orientation: int) -> bool:
    """Whether width and height change places when this EXIF orientation is undone."""
    return orientation >= 5


def stored_box(crop: Crop, size: tuple[int, int], orientation: int) -> Box:
    """The part that stays in pixels of a picture of this size that still has to be turned upright."""
    width, height = size if not lies_across(orientation) else (size[1], size[0])
    left, top, right, bottom = crop.box(width, height)
    if orientation in (2, 3, 6, 7):
        left, right = width - right, width - left
    if orientation in (3, 4, 7, 8):
        top, bottom = height - bottom, height - top
    return (top, left, bottom, right) if lies_across(orientation) else (left, top, right, bottom)


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """The picture turned as its EXIF orientation says."""
    method = _UPRIGHT.get(orientation)
    return image if method is None else image.transpose(method)


def edited(image: Image.Image, edit: Edit) -> Image.Image:
    """An upright ``RGB`` picture, cut already, with everything else done to it; ``RGB`` again."""
    if edit.grey:
        image = image.convert("L")
    method = _CLOCKWISE.get(edit.turn)
    if method is not None:
        image = image.transpose(method)
    if edit.soft:
        blurred = image.filter(ImageFilter.GaussianBlur(max(image.size) * _SOFT_RADIUS))
        image = blurred.point(_SOFT[blurred.mode])
    return image if image.mode == "RGB" else image.convert("RGB")
