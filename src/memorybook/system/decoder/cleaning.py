"""A copy of a picture that says nothing but what it shows. Runs inside the worker only.

The pixels stay as they are coded wherever the format lets them: JPEG, PNG, WebP, GIF and TIFF are taken apart
and put together again from the parts that a viewer needs. What is not known to be needed is left out, so that
a kind of description nobody has heard of yet is left out too. What is inside the coded pixels themselves (a
watermark, a name written across the picture) is part of what the picture shows.
"""

import io
import struct
import zlib
from contextlib import suppress
from typing import Final

from PIL import Image

from memorybook.domain import jpeg
from memorybook.errors import PictureDamaged
from memorybook.system.decoder import clean_tiff, developing, exif, protocol
from memorybook.system.decoder.recognising import recognise

QUALITY: Final = 95
"""Of the JPEG that is made where a format cannot be taken apart."""

_PNG_KEPT: Final = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD",
     b"pHYs", b"cICP", b"mDCV", b"cLLI", b"acTL", b"fcTL", b"fdAT")
)  # fmt: skip
_WEBP_KEPT: Final = frozenset((b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_WEBP_FRAME_KEPT: Final = frozenset((b"VP8 ", b"VP8L", b"ALPH"))
_WEBP_EXIF: Final = 0x08
_WEBP_XMP: Final = 0x04
_GIF_KEPT: Final = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")
"""How often the pictures are repeated, and a colour profile."""


def warm() -> None:
    """Make one copy of each format, so that nothing is left to be loaded later."""
    drawing = Image.new("RGBA", (16, 16), "white")
    for kind in ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP"):
        file = io.BytesIO()
        (drawing.convert("RGB") if kind == "JPEG" else drawing).save(file, kind)
        clean(file.getvalue())


def clean(data: bytes) -> tuple[str, bytes]:
    """Format and bytes of the copy. Raises as ``developing.decode``.

    What is put together is opened once more: a file whose parts contradict one another, or that only a
    forgiving viewer reads, becomes a JPEG of what it shows.
    """
    kind = recognise(data)
    try:
        image = developing.opened(data, kind)
        if kind == "BMP":
            return _bmp(image)
        shape, turn = (image.size, image.mode), exif.orientation(image)
        del image  # two pictures at once would be too many for the largest of them
        with suppress(*developing.BROKEN, PictureDamaged):
            copy = _put_together(kind, data, turn)
            if copy:
                again = developing.opened(copy, kind)
                again.load()
                if shape == (again.size, again.mode):
                    return kind, copy
        return "JPEG", developing.printable(data, protocol.LONGEST_EDGE, QUALITY)
    except developing.BROKEN as error:
        raise developing.refusal(error) from None


def _put_together(kind: str, data: bytes, turn: int) -> bytes | None:
    """The needed parts of the file, or ``None`` where they cannot be told from the others."""
    match kind:
        case "JPEG":
            return jpeg.bare(data, turn)
        case "PNG":
            return _png(data, jpeg.orientation_alone(turn))
        case "WEBP":
            return _webp(data, jpeg.orientation_alone(turn))
        case "GIF":
            return _gif(data)
        case "TIFF":
            return clean_tiff.clean(data)
        case _:
            return None


def _bmp(image: Image.Image) -> tuple[str, bytes]:
    """Written anew: there is a name of a file in some headers. Few programs read transparency from BMP."""
    resolution = image.info.get("dpi", (96, 96))
    picture = image.copy()  # one that is tied to its file asks for the folder it lies in when it is written
    picture.info = {}
    kind = "PNG" if picture.mode == "RGBA" else "BMP"
    file = io.BytesIO()
    picture.save(file, kind, dpi=resolution)
    return kind, file.getvalue()


def _png(data: bytes, turned: bytes) -> bytes:
    parts, position = [data[:8]], 8
    name = b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", data, position)
        end = position + 12 + length
        if end > len(data):
            raise PictureDamaged
        if name in _PNG_KEPT:
            parts.append(data[position:end])
        if name == b"IHDR" and turned:
            parts.append(_png_chunk(b"eXIf", turned))
        position = end
    return b"".join(parts)


def _png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _webp(data: bytes, turned: bytes) -> bytes:
    length = int.from_bytes(data[4:8], "little")
    parts = []
    for name, body in _riff(data[12 : 8 + length]):
        if name == b"VP8X":
            flags = body[0] & ~(_WEBP_EXIF | _WEBP_XMP) | (_WEBP_EXIF if turned else 0)
            parts.append(_riff_chunk(name, bytes((flags,)) + body[1:]))
        elif name == b"ANMF":
            inner = (_riff_chunk(part, what) for part, what in _riff(body[16:]) if part in _WEBP_FRAME_KEPT)
            parts.append(_riff_chunk(name, body[:16] + b"".join(inner)))
        elif name in _WEBP_KEPT:
            parts.append(_riff_chunk(name, body))
    if turned:
        parts.append(_riff_chunk(b"EXIF", turned))
    chunks = b"".join(parts)
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WEBP" + chunks


def _riff(data: bytes) -> list[tuple[bytes, bytes]]:
    found, position = [], 0
    while position + 8 <= len(data):
        name, length = struct.unpack_from("<4sI", data, position)
        if position + 8 + length > len(data):
            raise PictureDamaged
        found.append((name, data[position + 8 : position + 8 + length]))
        position += 8 + length + length % 2
    return found


def _riff_chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def _gif(data: bytes) -> bytes:
    end = 13 + _gif_colours(data[10])
    parts, control = [data[:end]], b""
    position = end
    while data[position : position + 1] in (b"!", b","):
        begins = position
        if data[position] == ord("!"):
            label = data[position + 1]
            position = _gif_blocks_end(data, position + 2)
            block = data[begins:position]
            if label == 0xF9:
                control = block  # it belongs to the picture that follows
            elif label == 0xFF and block[3:14] in _GIF_KEPT:
                parts.append(block)
            elif label == 0x01:
                control = b""
        else:
            pixels = position + 10 + _gif_colours(data[position + 9]) + 1
            position = _gif_blocks_end(data, pixels)
            parts += [control, data[begins:position]]
            control = b""
    return b"".join(parts) + b";"


def _gif_colours(flags: int) -> int:
    """How many bytes the colours take that these flags announce."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _gif_blocks_end(data: bytes, position: int) -> int:
    while data[position]:
        position += 1 + data[position]
    return position + 1
