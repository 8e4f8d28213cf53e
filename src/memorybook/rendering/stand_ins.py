"""Pictures as Typst takes them: text files, each an SVG around one JPEG.

Typst takes text alone from memory, and the JPEG within an SVG reaches the PDF byte for byte. For the PDF
it is given a stand-in of a few hundred bytes, since it holds all its pictures in memory at once; the
photograph follows when the pages are done (:mod:`memorybook.rendering.pictures`).
"""

import base64
import hashlib
from collections.abc import Iterable

from memorybook.domain.book import PlannedPicture
from memorybook.domain.ids import PhotoId

# One pixel the colour of linen, as a colour JPEG.
_PIXEL = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19i"
    "Z2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2Nj"
    "Y2NjY2NjY2P/wAARCAABAAEDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAb/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QA"
    "FQEBAQAAAAAAAAAAAAAAAAAAAQL/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCqASX/2Q=="
)


def file_name(photo: PhotoId) -> str:
    """Under which name the template finds the picture."""
    return f"picture-{photo}.svg"


def files(planned: Iterable[PlannedPicture]) -> dict[str, bytes]:
    """A stand-in for each of these pictures, under the name by which the template finds it."""
    return {file_name(each.photo): wrapped(stand_in(each.photo), each) for each in planned}


def wrapped(jpeg: bytes, picture: PlannedPicture) -> bytes:
    """An SVG of this picture's shape that shows ``jpeg`` and nothing else."""
    width, height = max(1, picture.width), max(1, picture.height)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" preserveAspectRatio="none"'
        f' xlink:href="data:image/jpeg;base64,{base64.b64encode(jpeg).decode("ascii")}"/></svg>'
    ).encode("ascii")


def stand_in(photo: PhotoId) -> bytes:
    """A JPEG of one pixel, told from all others by a comment in it."""
    comment = f"Memory Book, photograph {photo}".encode("ascii")
    return _PIXEL[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + _PIXEL[2:]


def digest(jpeg: bytes) -> bytes:
    """What a stand-in is found again by."""
    return hashlib.sha256(jpeg).digest()
