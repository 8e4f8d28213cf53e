"""Paints the pictures of the sample book, the same ones every time: no photograph is anybody's.

    python packaging/sample/paint.py [FOLDER [NAME ...]]

They are painted into resources/sample unless another folder is named. What is kept there are the files
themselves; this is for whoever wants to change one. Needs Pillow and pillow-heif, as the app does.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random

import pillow_heif
from evening import candle, sea
from garden import leaves, maple, window
from keepsakes import blanket, prints, scan
from PIL import Image

EXIF_TAKEN = 0x9003
EXIF_FOLDER = 0x8769

PICTURES: dict[str, tuple[Callable[[Random], Image.Image], str]] = {
    "candle.jpg": (candle, "2026:10:15 19:04:00"),
    "sea.heic": (sea, "2026:04:11 20:12:00"),
    "scan.jpg": (scan, "2026:03:27 10:30:00"),
    "prints.jpg": (prints, "2026:05:23 11:20:00"),
    "blanket.heic": (blanket, "2026:09:27 15:40:00"),
    "window.jpg": (window, "2026:10:03 16:10:00"),
    "maple.jpg": (maple, "2026:11:21 12:05:00"),
    "leaves.jpg": (leaves, "2024:11:02 14:00:00"),
}


def save(picture: Image.Image, path: Path, taken: str) -> None:
    """Write a picture as a camera would, with the moment it was taken and nothing else about anybody."""
    exif = Image.Exif()
    exif.get_ifd(EXIF_FOLDER)[EXIF_TAKEN] = taken
    if path.suffix == ".heic":
        pillow_heif.from_pillow(picture).save(path, quality=58, exif=exif.tobytes())
    else:
        picture.save(path, quality=88, progressive=True, optimize=True, exif=exif)


def main(arguments: Sequence[str]) -> None:
    """Paint all of them, or those that are named."""
    folder = Path(arguments[0]) if arguments else Path(__file__).parents[2] / "resources" / "sample"
    names: Iterable[str] = arguments[1:] or PICTURES
    for name in names:
        paint, taken = PICTURES[name]
        save(paint(Random(name)), folder / name, taken)
        sys.stdout.write(f"{name}: {(folder / name).stat().st_size // 1024} KB\n")


if __name__ == "__main__":
    main(sys.argv[1:])
