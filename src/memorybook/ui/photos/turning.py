"""Crops as they are seen in a picture that has been turned, and back."""

from dataclasses import replace

from memorybook.domain.edit import SCALE, WHOLE, Crop, Edit


def turned(crop: Crop, turn: int) -> Crop:
    """A crop of the upright picture, as it lies in the picture turned clockwise by 0, 90, 180 or 270."""
    for _ in range(turn // 90):
        crop = Crop(SCALE - crop.bottom, crop.left, SCALE - crop.top, crop.right)
    return crop


def upright(crop: Crop, turn: int) -> Crop:
    """A crop of the turned picture, as it lies in the upright one."""
    return turned(crop, (360 - turn) % 360)


def rotated(edit: Edit, *, clockwise: bool) -> Edit:
    """A quarter turn more."""
    return replace(edit, turn=(edit.turn + (90 if clockwise else 270)) % 360)


def cropped(edit: Edit, seen: Crop) -> Edit:
    """Another crop, given as it is seen in the turned picture."""
    return replace(edit, crop=upright(seen, edit.turn))


def uncropped(edit: Edit) -> Edit:
    """All but the crop."""
    return replace(edit, crop=WHOLE)
