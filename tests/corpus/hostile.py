"""Picture files made to do harm: bombs, contradictions, two things at once, and damage at random."""

import functools
import random
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import Final

from memorybook.errors import (
    PictureDamaged,
    PictureError,
    PictureNotRecognised,
    PictureTooManyPixels,
)
from tests.corpus import pictures

SIDE: Final = 60_000
"""Of pictures that say they are larger than anything that can be held in memory."""


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _in_png(name: bytes, data: bytes) -> bytes:
    """A plain picture with one more chunk behind its header."""
    image = pictures.png_with_holes()
    return image[:33] + _chunk(name, data) + image[33:]


def png_of_a_large_profile() -> bytes:
    """A colour profile of 200 MB pressed into some kilobytes."""
    return _in_png(b"iCCP", b"wide\0\0" + zlib.compress(bytes(200_000_000), 9))


def gif_of_many_pixels() -> bytes:
    """A screen of 65,535 by 65,535, and nothing on it."""
    return b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_535, 0x80, 0, 0) + bytes(6) + _gif_picture(1, 1)


def gif_larger_than_its_screen() -> bytes:
    """A picture of 65,535 by 65,535 on a screen of one pixel."""
    return b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + bytes(6) + _gif_picture(65_535, 65_535)


def gif_of_many_pictures() -> bytes:
    """The same small picture 100,000 times."""
    begin = b"GIF89a" + struct.pack("<HHBBB", 4, 4, 0x80, 0, 0) + bytes(6)
    return begin + _gif_picture(4, 4)[:-1] * 100_000 + b";"


def _gif_picture(width: int, height: int) -> bytes:
    """A picture that says it is so large, with sixteen pixels in it, and the end."""
    # Codes of three bits: clear, two pixels, clear, two pixels, ... and the end.
    codes = [code for _ in range(8) for code in (4, 0, 0)] + [5]
    bits = sum(code << 3 * place for place, code in enumerate(codes))
    pixels = bits.to_bytes(10, "little")
    return b"," + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\2\x0a" + pixels + b"\0;"


def webp_of_many_pixels() -> bytes:
    """A header of 16,383 by 16,383, the most that a WebP can say."""
    size = struct.pack("<I", 16_382 | 16_382 << 14)
    body = b"\x2f" + size + bytes(27)
    chunk = b"VP8L" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk


def bmp_that_says(width: int, height: int, bits: int = 24, packing: int = 0) -> bytes:
    """A header of this size and next to no pixels behind it."""
    colours = bytes(4 << bits) if bits <= 8 else b""
    start = 54 + len(colours)
    header = struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, packing, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", start + 64, 0, 0, start) + header + colours + bytes(64)


def tiff_that_says(width: int, height: int, *, strips: int = 1, following: int = 0) -> bytes:
    """A list of tags of this size; ``following`` is where the next list is said to be."""
    tags = [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1),
        (273, 4, strips, 8), (277, 3, 1, 1), (278, 4, 1, height),
        (279, 4, strips, width * height & 0xFFFFFFFF),
    ]  # fmt: skip
    body = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    return (
        b"II*\0" + struct.pack("<I", 264) + bytes(256) + struct.pack("<H", len(tags)) + body
        + struct.pack("<I", following)
    )  # fmt: skip


def jpeg_that_says(width: int, height: int) -> bytes:
    """A whole small picture with another size written into its header."""
    data = bytearray(pictures.jpeg())
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def jpeg_of_many_scans() -> bytes:
    """A progressive picture whose last scan comes 5,000 times: each is a walk over all of its pixels."""
    data = pictures.jpeg(pictures.motif(3000, 2000), progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * 5_000 + b"\xff\xd9"


def jpeg_with_exif(tiff: bytes) -> bytes:
    """A whole picture with these bytes in the place of its EXIF."""
    return pictures.jpeg_with_segment(0xE1, b"Exif\0\0" + tiff)


def exif_in_a_circle() -> bytes:
    """EXIF whose folders lead to one another, over and over."""
    entries = struct.pack("<HHII", 0x8769, 4, 1, 8) + struct.pack("<HHII", 0x8825, 4, 1, 8)
    return jpeg_with_exif(b"II*\0" + struct.pack("<IH", 8, 2) + entries + struct.pack("<I", 8))


def exif_of_many_values() -> bytes:
    """EXIF that says its one value comes four thousand million times."""
    entries = struct.pack("<HHII", 0x0112, 12, 0xFFFFFFFF, 8) + struct.pack("<HHII", 0x9003, 2, 0xFFFFFFFF, 8)
    return jpeg_with_exif(b"II*\0" + struct.pack("<IH", 8, 2) + entries + bytes(4))


def heic_that_says(width: int, height: int) -> bytes:
    """A whole HEIC with another size in every place where it says its own."""
    data = bytearray(pictures.heic())
    at = data.find(b"ispe")
    while at >= 0:
        data[at + 8 : at + 16] = struct.pack(">II", width, height)
        at = data.find(b"ispe", at + 4)
    return bytes(data)


ZIP: Final = b"PK\3\4" + bytes(26) + b"PK\5\6" + bytes(18)
PAGE: Final = b"<html><script>location='https://example.org'</script></html>"

Verdict = frozenset[type[PictureError] | None]
TAKEN: Final[Verdict] = frozenset((None,))
DAMAGED: Final[Verdict] = frozenset((PictureDamaged,))
FOREIGN: Final[Verdict] = frozenset((PictureNotRecognised,))
VAST: Final[Verdict] = frozenset((PictureTooManyPixels,))

HOSTILE: Final[dict[str, tuple[Verdict, Callable[[], bytes]]]] = {
    "a PNG of 60,000 by 60,000": (VAST, pictures.png_of_many_pixels),
    "a PNG with 200 MB of text": (DAMAGED, pictures.png_of_much_text),
    "a PNG with 200 MB of profile": (DAMAGED, png_of_a_large_profile),
    "a GIF of 65,535 by 65,535": (VAST, gif_of_many_pixels),
    "a GIF larger than its screen": (VAST, gif_larger_than_its_screen),
    "a GIF of 100,000 pictures": (TAKEN, gif_of_many_pictures),
    "a WebP of 16,383 by 16,383": (VAST, webp_of_many_pixels),
    "a BMP of 60,000 by 60,000": (VAST, functools.partial(bmp_that_says, SIDE, SIDE)),
    "a BMP of less than nothing": (DAMAGED, functools.partial(bmp_that_says, -5, 0)),
    "a BMP that is not there": (DAMAGED, functools.partial(bmp_that_says, 9000, 6000)),
    "a packed BMP that is not there": (DAMAGED, functools.partial(bmp_that_says, 9000, 6000, 8, 1)),
    "a TIFF of 60,000 by 60,000": (VAST, functools.partial(tiff_that_says, SIDE, SIDE)),
    "a TIFF that is not there": (DAMAGED, functools.partial(tiff_that_says, 9000, 6000)),
    "a TIFF of 1,000,000 strips": (DAMAGED, functools.partial(tiff_that_says, 16, 16, strips=1_000_000)),
    "a TIFF whose list leads to itself": (TAKEN, functools.partial(tiff_that_says, 16, 16, following=264)),
    "a JPEG of 65,500 by 65,500": (VAST, functools.partial(jpeg_that_says, 65_500, 65_500)),
    "a JPEG of no width": (DAMAGED, functools.partial(jpeg_that_says, 0, 64)),
    "a JPEG taller than its pixels": (DAMAGED, functools.partial(jpeg_that_says, 96, 4000)),
    "a JPEG of 5,000 scans": (DAMAGED, jpeg_of_many_scans),
    "EXIF in a circle": (TAKEN, exif_in_a_circle),
    "EXIF of many values": (TAKEN, exif_of_many_values),
    "a HEIC of 60,000 by 60,000": (VAST | DAMAGED, functools.partial(heic_that_says, SIDE, SIDE)),
    "a HEIC of no width": (DAMAGED, functools.partial(heic_that_says, 0, 64)),
    "a HEIC of a name alone": (DAMAGED, lambda: b"\0\0\0\x18ftypheic" + bytes(12)),
    "a WebP of a name alone": (DAMAGED, lambda: b"RIFF\4\0\0\0WEBP"),
    "a JPEG and a ZIP": (TAKEN, lambda: pictures.jpeg() + ZIP),
    "a JPEG and a web page": (TAKEN, lambda: pictures.jpeg() + PAGE),
    "a JPEG with a web page in it": (TAKEN, lambda: pictures.jpeg_with_segment(0xFE, PAGE)),
    "a PNG and a program": (TAKEN, lambda: pictures.png_with_holes() + b"\x7fELF" + bytes(200)),
    "a GIF and a ZIP": (TAKEN, lambda: pictures.gif() + ZIP),
    "a GIF that is a script": (DAMAGED | VAST, lambda: b"GIF89a=1;/*" + bytes(40) + b"*/alert(1)"),
    "a BMP that is a text": (DAMAGED | VAST, lambda: b"BMX bikes were what we rode that summer. " * 8),
    "a PDF with a JPEG in it": (FOREIGN, lambda: b"%PDF-1.7\n" + pictures.jpeg()),
    "a ZIP with a JPEG in it": (FOREIGN, lambda: ZIP + pictures.jpeg()),
    "a web page with a GIF in it": (FOREIGN, lambda: PAGE + pictures.gif()),
}
"""What may become of each: ``None`` for one that is taken in, else the refusals that are right."""


def mutated(count: int, seed: int) -> Iterator[bytes]:
    """Pictures with random damage: flipped, lost, doubled and invented bytes, and wrong lengths."""
    dice = random.Random(seed)  # noqa: S311 the same pictures every time
    sound = [make() for _, make in pictures.PICTURES.values()]
    for _ in range(count):
        data = bytearray(dice.choice(sound))
        for _ in range(dice.choice((1, 1, 2, 4, 16))):
            _damage(data, dice)
        yield bytes(data)


def _damage(data: bytearray, dice: random.Random) -> None:
    # Most of what goes wrong in a decoder goes wrong in the first bytes of a file.
    at = dice.randrange(min(len(data), 400)) if dice.random() < 0.6 else dice.randrange(len(data))
    kind = dice.randrange(5)
    if kind == 0:
        data[at] ^= 1 << dice.randrange(8)
    elif kind == 1:
        data[at : at + 4] = dice.choice(
            (b"\xff\xff\xff\xff", bytes(4), b"\x7f\xff\xff\xff", b"\x00\x00\x00\x01")
        )
    elif kind == 2:
        del data[at : at + dice.randrange(1, 64)]
    elif kind == 3:
        data[at:at] = data[at : at + dice.randrange(1, 64)]
    else:
        data[at:at] = dice.randbytes(dice.randrange(1, 32))
    if not data:
        data.append(0)
