"""Real picture files, good and bad, made with Pillow and pillow-heif when a test asks for them.

The motif of most of them has four plain quarters, so that a test can tell which way up a picture is and
whether its colours are right: red and green above, blue and white below, when it is upright.
"""

import functools
import io
import random
import struct
import zlib
from collections.abc import Callable
from typing import Final

import pillow_heif
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

Colour = tuple[int, int, int]

RED: Final[Colour] = (220, 30, 30)
GREEN: Final[Colour] = (30, 170, 60)
BLUE: Final[Colour] = (40, 60, 200)
WHITE: Final[Colour] = (250, 250, 250)
QUARTERS: Final = (RED, GREEN, BLUE, WHITE)
"""Upright: above left, above right, below left, below right."""

WIDTH: Final = 96
HEIGHT: Final = 64

TAKEN: Final = "2026:10:03 14:05:59"
"""The moment in the EXIF of pictures that have one."""

PLACE: Final = "Canary Wharf, 51.5054 N"
"""What must never come out of the worker: it stands in EXIF, comments and text."""

GPS: Final = 0x8825
"""The tag that leads to the coordinates."""

_ORIENTATION: Final = 0x0112
_STORED_FROM_UPRIGHT: Final = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def motif(width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    """The four quarters, upright."""
    image = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(image)
    for index, colour in enumerate(QUARTERS):
        left, top = (index % 2) * width // 2, (index // 2) * height // 2
        draw.rectangle((left, top, left + width // 2, top + height // 2), fill=colour)
    return image


def scene(width: int, height: int, seed: int = 3) -> Image.Image:
    """Something with soft detail everywhere, as a photograph has."""
    dice = random.Random(seed)  # noqa: S311 the same pictures every time
    small = Image.new("RGB", (max(2, width // 4), max(2, height // 4)))
    small.putdata(
        [(dice.randrange(256), dice.randrange(256), dice.randrange(256)) for _ in range(_area(small))]
    )
    return small.resize((width, height), Image.Resampling.BICUBIC)


def _area(image: Image.Image) -> int:
    return image.width * image.height


def exif(orientation: int = 1, taken: str | bytes = TAKEN, *, place: bool = True) -> Image.Exif:
    """EXIF with an orientation, a moment, a camera and, with ``place``, coordinates."""
    tags = Image.Exif()
    tags[_ORIENTATION] = orientation
    tags[0x010F] = PLACE
    tags[0x010E] = PLACE
    tags.get_ifd(0x8769)[0x9003] = taken
    if place:
        coordinates = tags.get_ifd(GPS)
        coordinates[1], coordinates[2] = "N", (51.0, 30.0, 19.0)
        coordinates[3], coordinates[4] = "W", (0.0, 1.0, 11.0)
    return tags


def jpeg(
    image: Image.Image | None = None,
    *,
    orientation: int = 1,
    taken: str | bytes = TAKEN,
    progressive: bool = False,
    icc: bytes | None = None,
    place: bool = True,
) -> bytes:
    """A JPEG as a camera writes it: turned as ``orientation`` says, with coordinates if ``place``."""
    return _saved(
        _stored(image or motif(), orientation),
        "JPEG",
        quality=92,
        progressive=progressive,
        exif=exif(orientation, taken, place=place),
        comment=PLACE.encode(),
        icc_profile=icc,
    )


def _stored(upright: Image.Image, orientation: int) -> Image.Image:
    """The picture as it lies in a file that says how to turn it."""
    method = _STORED_FROM_UPRIGHT[orientation]
    return upright.transpose(method) if method is not None else upright


def jpeg_cmyk() -> bytes:
    """A JPEG for a printing press."""
    return _saved(motif().convert("CMYK"), "JPEG", quality=95)


def jpeg_grey() -> bytes:
    """A JPEG without colour."""
    return _saved(motif().convert("L"), "JPEG", quality=95)


def jpeg_wide_colour() -> bytes:
    """A JPEG whose numbers mean the wider colours of a phone's screen."""
    return jpeg(icc=display_p3())


def jpeg_with_segment(marker: int, body: bytes) -> bytes:
    """A JPEG that says nothing of a place but, perhaps, in this segment."""
    data = jpeg(place=False)
    return data[:2] + bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body + data[2:]


def jpeg_with_xmp(properties: str) -> bytes:
    """A JPEG with an XMP packet, as picture programs write it."""
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f"<rdf:Description {properties}/></rdf:RDF></x:xmpmeta>"
    )
    return jpeg_with_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet.encode())


def jpeg_with_iptc(*sets: tuple[int, bytes], name: bytes = b"") -> bytes:
    """A JPEG with words as news agencies write them: numbers of data sets and what is in them."""
    words = b"\x1c\x01\x5a\0\x03\x1b%G"
    words += b"".join(b"\x1c\x02" + struct.pack(">BH", number, len(text)) + text for number, text in sets)
    called = bytes((len(name),)) + name
    called += bytes(len(called) % 2)
    resource = b"8BIM\x04\x04" + called + struct.pack(">I", len(words)) + words + bytes(len(words) % 2)
    other = b"8BIM\x04\x25\0\0" + struct.pack(">I", 16) + bytes(16)
    return jpeg_with_segment(0xED, b"Photoshop 3.0\0" + other + resource)


def jpeg_with_another_behind() -> bytes:
    """An MPO: what phones write when a second picture belongs to the first."""
    return _saved(motif(), "MPO", save_all=True, append_images=[Image.new("RGB", (WIDTH, HEIGHT), BLUE)])


def heic(image: Image.Image | None = None, *, orientation: int = 1) -> bytes:
    """A picture as an iPhone writes it, of several tiles when it is large."""
    pillow_heif.register_heif_opener()
    return _saved(
        _stored(image or motif(), orientation),
        "HEIF",
        quality=90,
        tile_size=512,
        exif=exif(orientation).tobytes(),
    )


def png_with_holes() -> bytes:
    """The left half is opaque, the right half is not there at all and hides another colour."""
    image = motif().convert("RGBA")
    image.paste((10, 200, 10, 0), (WIDTH // 2, 0, WIDTH, HEIGHT))
    return _saved(image, "PNG")


def png_palette_with_hole() -> bytes:
    """A palette picture in which one colour, red, means nothing is there."""
    image = Image.new("P", (WIDTH, HEIGHT), 1)
    image.putpalette([*RED, *BLUE])
    image.paste(0, (0, 0, WIDTH // 2, HEIGHT))
    return _saved(image, "PNG", transparency=0)


def png_sixteen_bit() -> bytes:
    """Grey in sixteen bits: dark on the left, light on the right."""
    row = struct.pack("<H", 0x2000) * (WIDTH // 2) + struct.pack("<H", 0xC000) * (WIDTH // 2)
    return _saved(Image.frombytes("I;16", (WIDTH, HEIGHT), row * HEIGHT), "PNG")


def png(*, orientation: int = 1) -> bytes:
    """A PNG with all that a camera says, as picture programs save it."""
    told = PngInfo()
    told.add_text("Comment", PLACE)
    told.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{PLACE}</x:xmpmeta>", zip=True)
    return _saved(_stored(motif(), orientation), "PNG", exif=exif(orientation).tobytes(), pnginfo=told)


def webp(image: Image.Image | None = None) -> bytes:
    """A still WebP."""
    return _saved(image or motif(), "WEBP", quality=95)


def webp_of_a_phone(*, orientation: int = 1) -> bytes:
    """A WebP with all that a camera says."""
    return _saved(
        _stored(motif(), orientation),
        "WEBP",
        quality=95,
        exif=exif(orientation).tobytes(),
        xmp=f"<x:xmpmeta>{PLACE}</x:xmpmeta>".encode(),
    )


def webp_moving() -> bytes:
    """A WebP of three pictures, of which the first is the motif."""
    return _saved(motif(), "WEBP", save_all=True, append_images=_other_frames(), duration=100, quality=95)


def tiff(*, orientation: int = 1) -> bytes:
    """A TIFF as scanners write it."""
    turn = Image.Exif()
    turn[_ORIENTATION] = orientation
    return _saved(_stored(motif(), orientation), "TIFF", compression="tiff_lzw", exif=turn)


def tiff_of_a_camera(*, orientation: int = 1) -> bytes:
    """A TIFF with all that a camera says, not compressed."""
    return _saved(_stored(motif(), orientation), "TIFF", exif=exif(orientation).tobytes())


def tiff_of_pages() -> bytes:
    """A TIFF of three pages, of which the first is the motif."""
    return _saved(motif(), "TIFF", save_all=True, append_images=_other_frames(), compression="tiff_lzw")


def gif() -> bytes:
    """A GIF of three pictures, of which the first is the motif."""
    frames = {"save_all": True, "append_images": _other_frames(), "duration": 100, "loop": 0}
    return _saved(motif(), "GIF", comment=PLACE.encode(), **frames)


def bmp() -> bytes:
    """A BMP."""
    return _saved(motif(), "BMP")


def _other_frames() -> list[Image.Image]:
    return [Image.new("RGB", (WIDTH, HEIGHT), colour) for colour in (BLUE, GREEN)]


def display_p3() -> bytes:
    """A colour profile with the primaries of Display P3 and a plain gamma of 2.2."""
    colorants = {
        b"rXYZ": (0.51512, 0.2412, -0.00105),
        b"gXYZ": (0.29198, 0.69225, 0.04189),
        b"bXYZ": (0.1571, 0.06657, 0.78407),
        b"wtpt": (0.96420, 1.0, 0.82491),
    }
    curve = b"curv" + bytes(4) + struct.pack(">IHxx", 1, round(2.2 * 256))
    name = b"Wide"
    blocks = {
        key: b"XYZ " + bytes(4) + b"".join(_fixed(part) for part in xyz) for key, xyz in colorants.items()
    }
    blocks |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    blocks[b"desc"] = (
        b"desc" + bytes(4) + struct.pack(">I", len(name) + 1) + name + bytes(1 + 4 + 4 + 2 + 1 + 67)
    )
    blocks[b"cprt"] = b"text" + bytes(4) + b"CC0\0"
    table, body = b"", b""
    start = 128 + 4 + 12 * len(blocks)
    for key, block in blocks.items():
        table += key + struct.pack(">II", start + len(body), len(block))
        body += block + bytes(-len(block) % 4)
    header = struct.pack(">I4sI4s4s4s", start + len(body), b"lcms", 0x0210_0000, b"mntr", b"RGB ", b"XYZ ")
    header += struct.pack(">6H4s", 2026, 1, 1, 0, 0, 0, b"acsp") + bytes(28)
    header += b"".join(_fixed(part) for part in (0.96420, 1.0, 0.82491))
    return header.ljust(128, b"\0") + struct.pack(">I", len(blocks)) + table + body


def _fixed(number: float) -> bytes:
    return struct.pack(">i", round(number * 65536))


def shortened(data: bytes, share: float) -> bytes:
    """The beginning of a file, as a card that was pulled out too early leaves it."""
    return data[: int(len(data) * share)]


def closed_too_early(data: bytes, share: float) -> bytes:
    """A shortened JPEG to which a well-meaning program has added the end marker."""
    return shortened(data, share) + b"\xff\xd9"


def filled_up(data: bytes, share: float) -> bytes:
    """A file of the right length whose end is nothing but zeros, as a failed copy leaves it."""
    return shortened(data, share).ljust(len(data), b"\0")


@functools.cache
def png_of_many_pixels() -> bytes:
    """60,000 by 60,000 pixels in a file of less than half a megabyte."""
    side = 60_000
    press = zlib.compressobj(9)
    row = bytes(1 + side // 8)
    packed = b"".join([*(press.compress(row) for _ in range(side)), press.flush()])
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return _png((b"IHDR", header), (b"IDAT", packed), (b"IEND", b""))


@functools.cache
def png_of_much_text() -> bytes:
    """A plain picture with 200 MB of text pressed into some kilobytes."""
    image = _saved(motif(), "PNG")
    text = b"Comment\0\0" + zlib.compress(bytes(200_000_000), 9)
    after_header = 8 + 25
    return image[:after_header] + _chunk(b"zTXt", text) + image[after_header:]


def png_larger_than_allowed() -> bytes:
    """An honest picture of 61 megapixels, one bit each."""
    return _saved(Image.new("1", (10_000, 6_100)), "PNG")


def _png(*chunks: tuple[bytes, bytes]) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


NOT_PICTURES: Final[dict[str, bytes]] = {
    "a PDF named .jpg": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
    "SVG": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>',
    "EPS": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 96 64\nshowpage\n",
    "HTML": b"<!doctype html><title>JPEG</title><p>\xff\xd8\xff",
    "text": b"The picture is not here.",
    "a program": b"\x7fELF\x02\x01\x01" + bytes(200),
    "an icon": b"\x00\x00\x01\x00\x01\x00" + bytes(200),
    "a RIFF that is a sound": b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(40),
    "a film": b"\x00\x00\x00\x18ftypisom" + bytes(200),
    "one byte": b"\xff",
    "nothing": b"",
}
"""Files that are no pictures, whatever their names say."""

PICTURES: Final[dict[str, tuple[str, Callable[[], bytes]]]] = {
    "JPEG": ("JPEG", jpeg),
    "progressive JPEG": ("JPEG", functools.partial(jpeg, progressive=True)),
    "CMYK JPEG": ("JPEG", jpeg_cmyk),
    "grey JPEG": ("JPEG", jpeg_grey),
    "wide colour JPEG": ("JPEG", jpeg_wide_colour),
    "JPEG with another behind": ("JPEG", jpeg_with_another_behind),
    "HEIC": ("HEIF", heic),
    "PNG of a camera": ("PNG", png),
    "PNG with holes": ("PNG", png_with_holes),
    "palette PNG with a hole": ("PNG", png_palette_with_hole),
    "16-bit PNG": ("PNG", png_sixteen_bit),
    "WebP": ("WEBP", webp),
    "WebP of a phone": ("WEBP", webp_of_a_phone),
    "moving WebP": ("WEBP", webp_moving),
    "TIFF": ("TIFF", tiff),
    "TIFF of a camera": ("TIFF", tiff_of_a_camera),
    "TIFF of pages": ("TIFF", tiff_of_pages),
    "GIF": ("GIF", gif),
    "BMP": ("BMP", bmp),
}
"""Every kind of picture that is taken in: the format it counts as, and how to make one."""


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **{key: value for key, value in options.items() if value is not None})
    return file.getvalue()
