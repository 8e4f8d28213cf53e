"""A JPEG's own words about itself, and about a place."""

import io
import time

import pytest
from PIL import Image

from memorybook.domain import jpeg
from tests.corpus import hostile
from tests.corpus import pictures as corpus
from tests.unit.rendering.pages import photograph


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("progressive", [False, True])
def test_the_frame_is_read(mode: str, progressive: bool) -> None:
    facts = jpeg.read(photograph(31, 17, mode=mode, progressive=progressive))
    assert facts is not None
    assert (facts.width, facts.height, facts.components, facts.bits) == (31, 17, len(mode), 8)
    assert facts.stands_in_pdf is (mode != "CMYK")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_is_read(orientation: int) -> None:
    facts = jpeg.read(corpus.jpeg(orientation=orientation))
    assert facts is not None
    assert facts.orientation == orientation


def test_an_orientation_that_makes_no_sense_is_upright() -> None:
    data = corpus.jpeg()
    turned = b"\x01\x12\x00\x03\x00\x00\x00\x01\x00"
    for value in (b"\x00", b"\x09"):
        facts = jpeg.read(data.replace(turned + b"\x01", turned + value))
        assert facts is not None
        assert facts.orientation == 1


def test_which_jpegs_a_pdf_can_hold() -> None:
    plain = corpus.jpeg()
    place = plain.index(b"\xff\xc0")
    cases = {plain: True, b"\xff\xd8\xff\xff" + plain[3:]: True, corpus.jpeg_cmyk(): False}
    cases |= {plain[: place + 1] + bytes([m]) + plain[place + 2 :]: False for m in (0xC3, 0xC9, 0xCA, 0xCB)}
    cases[plain[: place + 4] + b"\x0c" + plain[place + 5 :]] = False
    for data, stands in cases.items():
        facts = jpeg.read(data)
        assert facts is not None
        assert facts.stands_in_pdf is stands


def test_what_is_no_jpeg_has_no_facts() -> None:
    for data in (
        b"",
        b"\xff\xd8",
        b"\xff\xd8\xff\xe0\0\0",
        b"\xff\xd8" + bytes(100),
        corpus.gif(),
        photograph()[:40],
        b"\xff\xd8\xff\xda\0\x08" + bytes(9),
    ):
        assert jpeg.read(data) is None


def test_damage_never_raises() -> None:
    for data in hostile.mutated(2000, seed=7):
        jpeg.read(data)
        jpeg.bare(data, 1)


PLACES = {
    "coordinates": corpus.jpeg(corpus.scene(300, 200)),
    "coordinates of a progressive one": corpus.jpeg(corpus.scene(300, 200), progressive=True),
    "coordinates beside a profile": corpus.jpeg(icc=corpus.display_p3()),
    "coordinates in a second part of EXIF": corpus.jpeg_with_segment(0xE1, corpus.exif().tobytes()),
    "coordinates of a copy behind it": corpus.jpeg(place=False) + corpus.jpeg() + b"a trailer",
    "coordinates behind a copy": corpus.jpeg() + corpus.jpeg(place=False),
    "coordinates in XMP": corpus.jpeg_with_xmp('exif:GPSLatitude="51,30.3N" exif:GPSLongitude="0,1.2W"'),
    "a city in XMP": corpus.jpeg_with_xmp('photoshop:City="Canary Wharf"'),
    "a location in XMP": corpus.jpeg_with_xmp('Iptc4xmpCore:Location="Canary Wharf"'),
    "coordinates in long XMP": corpus.jpeg_with_segment(
        0xE1, b"http://ns.adobe.com/xmp/extension/\0" + bytes(40) + b'<a exif:GPSLatitude="51,30.3N"/>'
    ),
    "a city in IPTC": corpus.jpeg_with_iptc((105, b"Headline"), (90, b"Canary Wharf")),
    "a country in IPTC": corpus.jpeg_with_iptc((101, b"United Kingdom"), name=b"four"),
}


@pytest.mark.parametrize("name", PLACES)
def test_a_place_is_left_out_and_the_pixels_stay(name: str) -> None:
    data = PLACES[name]
    plain = jpeg.bare(data, 1)
    for word in (b"Exif", b"xap", b"xmp", b"8BIM", b"GPS", b"Canary", b"Kingdom", b"trailer"):
        assert word not in plain
    before, after = opened(data), opened(plain)
    assert (after.tobytes(), after.mode) == (before.tobytes(), before.mode)
    assert after.info.get("icc_profile") == before.info.get("icc_profile")
    assert dict(after.getexif()) == {}
    scan = data[data.index(b"\xff\xdb") : data.index(b"\xff\xd9", data.index(b"\xff\xda")) + 2]
    assert plain.endswith(scan)
    assert jpeg.bare(plain, 1) == plain


@pytest.mark.parametrize(
    "data", [photograph(), photograph(mode="L", progressive=True), jpeg.bare(corpus.jpeg(orientation=6), 6)]
)
def test_of_a_picture_that_says_nothing_every_byte_stays(data: bytes) -> None:
    facts = jpeg.read(data)
    assert facts is not None
    assert jpeg.bare(data, facts.orientation) == data
    assert jpeg.bare(data + b"a clip behind it", facts.orientation) == data


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_bare_picture_says_which_way_is_up_and_nothing_else(orientation: int) -> None:
    data = corpus.jpeg(orientation=orientation, icc=corpus.display_p3())
    bare = jpeg.bare(data, orientation)
    image, found = opened(data), opened(bare)
    assert found.tobytes() == image.tobytes()
    assert found.info["icc_profile"] == corpus.display_p3()
    assert dict(found.getexif()) == ({} if orientation == 1 else {0x0112: orientation})
    assert jpeg.read(bare) == jpeg.read(data)
    assert corpus.PLACE.encode() not in bare
    assert jpeg.bare(bare + b"behind it", orientation) == bare


def test_a_file_made_to_be_slow_is_not() -> None:
    start = corpus.jpeg(place=False)
    began = time.process_time()
    for filler in (
        b"\xff",
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xda\0\2",
        b"\xff\xd8\xff\xe1\0\0",
        b"\xff\xd8\xff\x01",
    ):
        jpeg.bare(start[:-2] + filler * (2_000_000 // len(filler)) + start[-2:], 1)
        jpeg.bare(start + filler * (2_000_000 // len(filler)), 1)
    assert time.process_time() - began < 30, "seconds; what grows with the square takes hours"


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data), formats=("JPEG",))
    image.load()
    return image
