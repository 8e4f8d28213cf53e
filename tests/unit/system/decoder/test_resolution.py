"""The resolution of a scan is believed; what cameras, phones, screens and programs write is not."""

import io

import pytest
from PIL import Image

from memorybook.system.decoder import Decoder
from tests.corpus import pictures


def scanned(kind: str, dpi: float | tuple[float, float], **tags: object) -> bytes:
    """A picture that says so many dots per inch in the way of its format, and perhaps more in EXIF."""
    file = io.BytesIO()
    both = dpi if isinstance(dpi, tuple) else (dpi, dpi)
    pictures.motif().save(file, kind, dpi=both, **tags)
    return file.getvalue()


def exif(
    dpi: float | None = None,
    *,
    unit: int = 2,
    make: str = "",
    lens: bool = False,
    source: bytes | None = None,
) -> Image.Exif:
    tags = Image.Exif()
    if dpi is not None:
        tags[0x011A] = tags[0x011B] = dpi
        tags[0x0128] = unit
    if make:
        tags[0x010F] = make
    if lens:
        tags.get_ifd(0x8769)[0x829A] = 0.01
        tags.get_ifd(0x8769)[0x920A] = 4.2
    if source is not None:
        tags.get_ifd(0x8769)[0xA300] = source
    return tags


def told(decoder: Decoder, data: bytes) -> float | None:
    """Dots per inch, as the book takes them."""
    per_mm = decoder.decode(data).per_mm
    return None if per_mm is None else per_mm * 25.4


@pytest.mark.parametrize("dpi", [150, 200, 300, 400, 600, 1200, 2400, 9600])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "BMP"])
def test_scanners_are_believed(kind: str, dpi: int, decoder: Decoder) -> None:
    assert told(decoder, scanned(kind, dpi)) == pytest.approx(dpi, rel=1e-3)


@pytest.mark.parametrize("dpi", [1, 72, 96, 100, 120, 144, 180, 192, 240, 288, 40_000])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "BMP"])
def test_screens_and_programs_are_not(kind: str, dpi: int, decoder: Decoder) -> None:
    assert told(decoder, scanned(kind, dpi)) is None


def test_both_directions_have_to_agree(decoder: Decoder) -> None:
    assert told(decoder, scanned("JPEG", (600, 300))) is None
    assert told(decoder, scanned("PNG", (600, 603))) == pytest.approx(600, rel=1e-2)


def test_exif_is_asked_first_and_may_count_in_centimetres(decoder: Decoder) -> None:
    assert told(decoder, scanned("JPEG", 72, exif=exif(600))) == pytest.approx(600)
    assert told(decoder, scanned("JPEG", 72, exif=exif(236.22, unit=3))) == pytest.approx(600, rel=1e-3)
    assert told(decoder, scanned("JPEG", 600, exif=exif(1, unit=1))) == pytest.approx(600)
    assert told(decoder, scanned("WEBP", 72, exif=exif(600))) == pytest.approx(600)


def test_what_was_taken_through_a_lens_has_none(decoder: Decoder) -> None:
    assert told(decoder, scanned("JPEG", 600, exif=exif(600, make="Apple", lens=True))) is None
    assert told(decoder, scanned("JPEG", 300, exif=exif(300, make="NIKON CORPORATION"))) is None
    assert told(decoder, scanned("JPEG", 350, exif=exif(350, make="SONY"))) is None


def test_a_scanner_that_signs_is_believed(decoder: Decoder) -> None:
    assert told(decoder, scanned("JPEG", 600, exif=exif(600, make="EPSON"))) == pytest.approx(600)
    data = scanned("JPEG", 300, exif=exif(300, make="EPSON", source=b"\x02"))
    assert told(decoder, data) == pytest.approx(300)
    assert told(decoder, scanned("JPEG", 300, exif=exif(300, make="Canon", source=b"\x03"))) is None


@pytest.mark.parametrize("value", [0, "six hundred", b"\xff\xff", float("nan"), 4_000_000_000])
def test_what_makes_no_sense_is_left_aside(value: object, decoder: Decoder) -> None:
    tags = Image.Exif()
    tags[0x011A] = tags[0x011B] = value
    try:
        data = scanned("JPEG", 72, exif=tags)
    except (TypeError, ValueError, ZeroDivisionError):
        data = scanned("JPEG", 0)  # Pillow will not write it
    assert told(decoder, data) is None


def test_pictures_of_phones_have_none(decoder: Decoder) -> None:
    for make in (pictures.jpeg, pictures.heic, pictures.gif, pictures.webp, pictures.tiff_of_a_camera):
        assert told(decoder, make()) is None
