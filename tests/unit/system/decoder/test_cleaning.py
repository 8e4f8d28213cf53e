"""A copy to give away shows the same and says nothing: no place, no camera, no name, no time."""

import io
import struct
import zlib
from collections.abc import Callable, Iterator

import pytest
from PIL import Image, ImageChops, ImageSequence

from memorybook.errors import PictureDamaged, PictureNotRecognised
from memorybook.system.decoder import Decoder
from tests.corpus import pictures
from tests.unit.system.decoder.measures import is_motif, opened
from tests.unit.system.decoder.test_formats import TURNED

SECRET = b"Canary Wharf"
TOLD = (SECRET, b"2026:10", b"Exif", b"xmpmeta", b"8BIM")


def frames(data: bytes) -> Iterator[Image.Image]:
    """Every picture of a file, as other programs show it."""
    with Image.open(io.BytesIO(data)) as image:
        for frame in ImageSequence.Iterator(image):
            yield frame.convert("RGBA")


def shows_the_same(first: bytes, second: bytes) -> bool:
    return all(a.tobytes() == b.tobytes() for a, b in zip(frames(first), frames(second), strict=True))


@pytest.mark.parametrize("name", [name for name in pictures.PICTURES if name != "HEIC"])
def test_it_shows_the_same_and_tells_nothing(name: str, decoder: Decoder) -> None:
    kind, make = pictures.PICTURES[name]
    data = make()
    copy, ending = decoder.clean(data)
    assert ending == {"JPEG": ".jpg", "TIFF": ".tif"}.get(kind, f".{kind.lower()}")
    assert not [told for told in TOLD if told in copy]
    assert decoder.decode(copy).rendition == decoder.decode(data).rendition
    if name != "JPEG with another behind":
        assert shows_the_same(data, copy)
    assert len(copy) <= len(data)
    assert decoder.clean(copy) == (copy, ending)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("make", TURNED)
def test_it_stays_upright(make: Callable[..., bytes], orientation: int, decoder: Decoder) -> None:
    copy, _ = decoder.clean(make(orientation=orientation))
    picture = decoder.decode(copy)
    assert (picture.width, picture.height) == (pictures.WIDTH, pictures.HEIGHT)
    assert is_motif(opened(picture.rendition))
    assert SECRET not in copy
    with Image.open(io.BytesIO(copy)) as image:
        assert set(image.getexif()) - set(range(254, 285)) - {296} <= {0x0112}
        assert not image.getexif().get_ifd(pictures.GPS)


def test_heic_becomes_an_upright_jpeg(decoder: Decoder) -> None:
    copy, ending = decoder.clean(pictures.heic(pictures.motif(800, 600), orientation=6))
    assert ending == ".jpg"
    assert opened(copy).size == (800, 600)
    assert is_motif(opened(copy))
    assert set(opened(copy).info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_the_colours_of_a_phone_stay_what_they_are(decoder: Decoder) -> None:
    copy, _ = decoder.clean(pictures.jpeg_wide_colour())
    assert opened(copy).info["icc_profile"] == pictures.display_p3()


def test_the_resolution_of_a_scan_stays(decoder: Decoder) -> None:
    for kind in ("JPEG", "PNG", "TIFF", "BMP"):
        file = io.BytesIO()
        pictures.motif().save(file, kind, dpi=(600, 600))
        copy, _ = decoder.clean(file.getvalue())
        assert decoder.decode(copy).per_mm == pytest.approx(600 / 25.4, rel=1e-3)


def test_a_small_picture_in_the_header_goes(decoder: Decoder) -> None:
    """It may show what was cut off since."""
    small = b"JFIF\0\1\2\1\x02\x58\x02\x58\2\2" + b"\xaa\xbb\xcc" * 4
    plain = io.BytesIO()
    pictures.motif().save(plain, "JPEG", dpi=(600, 600))
    data = plain.getvalue()
    with_small = data[:2] + b"\xff\xe0" + struct.pack(">H", len(small) + 2) + small + data[20:]
    copy, _ = decoder.clean(with_small)
    assert b"\xaa\xbb\xcc" not in copy
    assert decoder.decode(copy).per_mm == pytest.approx(600 / 25.4)
    assert shows_the_same(with_small, copy)


def hidden_in_jpeg() -> Iterator[bytes]:
    yield pictures.jpeg() + SECRET
    yield pictures.jpeg() + pictures.jpeg()
    for marker in (*range(0xE0, 0xF0), 0xFE):
        yield pictures.jpeg_with_segment(marker, SECRET * 3)
    yield pictures.jpeg_with_xmp('GPSLatitude="51,30.3N" note="Canary Wharf"')
    yield pictures.jpeg_with_iptc((90, SECRET), (120, SECRET))
    data = pictures.jpeg()
    yield data[:2] + data[2:].replace(b"\xff\xdb", SECRET + b"\xff\xdb", 1)  # between two segments


def hidden_in_png() -> Iterator[bytes]:
    data = pictures.png()
    yield data + SECRET
    for name in (b"tEXt", b"zTXt", b"iTXt", b"tIME", b"caBX", b"prVt", b"eXIf", b"iDOT", b"dSIG"):
        chunk = struct.pack(">I", len(SECRET)) + name + SECRET + struct.pack(">I", zlib.crc32(name + SECRET))
        yield data[:33] + chunk + data[33:]


def hidden_in_webp() -> Iterator[bytes]:
    for make in (pictures.webp_of_a_phone, pictures.webp_moving):
        data = make()
        yield data + SECRET
        chunks = data[12:] + b"XTRA" + struct.pack("<I", len(SECRET)) + SECRET
        yield b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks


def hidden_in_gif() -> Iterator[bytes]:
    data = pictures.gif()
    yield data + SECRET
    name = bytes((11,)) + b"XMP DataXMP"
    yield data[:-1] + b"!\xff" + name + bytes((len(SECRET),)) + SECRET + b"\0;"
    plain_text = b"!\x01\x0c" + bytes(12) + bytes((len(SECRET),)) + SECRET + b"\0"
    yield data[:-1] + b"!\xf9\4\0\0\0\0\0" + plain_text + b";"


def hidden_in_tiff() -> Iterator[bytes]:
    yield pictures.tiff() + SECRET
    tags = pictures.exif()
    tags[0x0132], tags[0x013B], tags[0x8298] = pictures.TAKEN, pictures.PLACE, pictures.PLACE
    tags[0x02BC] = b"<x:xmpmeta>" + SECRET
    for mode in ("RGB", "I;16B", "I;16", "L"):
        for big in (False, True) if mode != "I;16B" else (False,):
            file = io.BytesIO()
            image = pictures.motif().convert("I" if "I" in mode else mode).convert(mode)
            told = {"description": pictures.PLACE} if big else {"exif": tags.tobytes()}
            image.save(file, "TIFF", big_tiff=big, **told)
            yield file.getvalue()
    file = io.BytesIO()
    pictures.motif().save(file, "TIFF", compression="jpeg", description=pictures.PLACE)
    yield file.getvalue()


@pytest.mark.parametrize(
    "hidden", [hidden_in_jpeg, hidden_in_png, hidden_in_webp, hidden_in_gif, hidden_in_tiff]
)
def test_no_hiding_place_is_left(hidden: Callable[[], Iterator[bytes]], decoder: Decoder) -> None:
    tried = 0
    for data in hidden():
        copy, _ = decoder.clean(data)
        assert SECRET not in copy
        assert pictures.TAKEN.encode() not in copy
        assert decoder.decode(copy).rendition == decoder.decode(data).rendition
        tried += SECRET in data
    assert tried >= 2


def test_a_file_that_contradicts_itself_becomes_a_picture_of_what_it_shows(decoder: Decoder) -> None:
    """What only a forgiving viewer reads cannot be taken apart."""
    data = pictures.png()
    for spoiled in (data[:-12], data[:-4], pictures.gif().replace(b";", b"", 1)):
        copy, ending = decoder.clean(spoiled)
        assert ending in {".jpg", ".gif"}
        assert SECRET not in copy
        assert is_motif(opened(decoder.decode(copy).rendition))


def test_a_bmp_with_transparency_becomes_a_png(decoder: Decoder) -> None:
    image = pictures.motif().convert("RGBA")
    image.putalpha(128)
    masks = struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    header = struct.pack("<IiiHHIIiiII", 108, *image.size, 1, 32, 3, 0, 11811, 11811, 0, 0) + masks
    pixels = image.transpose(Image.Transpose.FLIP_TOP_BOTTOM).tobytes("raw", "BGRA")
    body = header.ljust(108, b"\0") + pixels
    data = b"BM" + struct.pack("<IHHI", 14 + len(body), 0, 0, 14 + 108) + body
    copy, ending = decoder.clean(data)
    assert ending == ".png"
    (found,) = frames(copy)
    assert not ImageChops.difference(found, image).getbbox()


def test_what_is_no_picture_or_damaged_is_refused(decoder: Decoder) -> None:
    with pytest.raises(PictureNotRecognised):
        decoder.clean(b"%PDF-1.7")
    for make in (pictures.jpeg, pictures.heic):
        with pytest.raises(PictureDamaged):
            decoder.clean(pictures.shortened(make(), 0.7))
