"""Every kind of picture that is taken in comes out upright, in sRGB, on white, and without metadata."""

import io
from collections.abc import Callable

import pytest
from PIL import Image, ImageCms

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.photo import RENDITION_EDGE, THUMBNAIL_EDGE
from memorybook.system.decoder import Decoder
from tests.corpus import pictures
from tests.unit.system.decoder.measures import is_motif, metadata_of, near, opened, pixel, quarters

ODD_COLOURS = {
    "CMYK JPEG",
    "grey JPEG",
    "PNG with holes",
    "palette PNG with a hole",
    "16-bit PNG",
    "wide colour JPEG",
}


TURNED = (
    pictures.jpeg,
    pictures.heic,
    pictures.tiff,
    pictures.tiff_of_a_camera,
    pictures.png,
    pictures.webp_of_a_phone,
)
"""Formats that can say which way is up."""


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_it_is_taken_in_by_its_content(name: str, decoder: Decoder) -> None:
    kind, make = pictures.PICTURES[name]
    data = make()
    picture = decoder.decode(data)
    assert (picture.format, picture.width, picture.height) == (kind, pictures.WIDTH, pictures.HEIGHT)
    for jpeg in (picture.thumbnail, picture.rendition, decoder.printable(data, longest=3000, quality=92)):
        image = opened(jpeg)
        assert (image.mode, image.size) == ("RGB", (pictures.WIDTH, pictures.HEIGHT))
        assert metadata_of(jpeg) == set()
        assert b"Exif" not in jpeg
        assert pictures.PLACE.encode() not in jpeg
        if name not in ODD_COLOURS:
            assert is_motif(image)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("make", TURNED)
def test_it_is_upright(make: Callable[..., bytes], orientation: int, decoder: Decoder) -> None:
    data = make(orientation=orientation)
    picture = decoder.decode(data)
    assert picture.orientation == orientation
    assert (picture.width, picture.height) == (pictures.WIDTH, pictures.HEIGHT)
    for jpeg in (picture.thumbnail, picture.rendition, decoder.printable(data, longest=3000, quality=92)):
        assert opened(jpeg).size == (pictures.WIDTH, pictures.HEIGHT)
        assert is_motif(opened(jpeg))


@pytest.mark.parametrize("orientation", [1, 6])
def test_large_pictures_are_made_small_in_proportion(orientation: int, decoder: Decoder) -> None:
    data = pictures.jpeg(pictures.motif(4500, 3000), orientation=orientation)
    picture = decoder.decode(data)
    assert (picture.width, picture.height) == (4500, 3000)
    assert opened(picture.thumbnail).size == (THUMBNAIL_EDGE, 427)
    assert opened(picture.rendition).size == (RENDITION_EDGE, 1365)
    assert is_motif(opened(picture.thumbnail))
    assert is_motif(opened(picture.rendition))
    printed = opened(decoder.printable(data, longest=3600, quality=90))
    assert printed.size == (3600, 2400)
    assert is_motif(printed)


@pytest.mark.parametrize("size", [(4032, 3024), (3000, 4001), (8191, 4607)])
def test_what_comes_out_almost_as_large_is_not_scaled_twice(size: tuple[int, int], decoder: Decoder) -> None:
    """A phone's picture is decoded at a half or a quarter of its size; nobody can tell 2,016 from 2,048."""
    data = pictures.jpeg(pictures.motif(*size), orientation=6)
    picture = decoder.decode(data)
    assert (picture.width, picture.height) == size
    found = opened(picture.rendition)
    assert 0.94 * RENDITION_EDGE <= max(found.size) <= RENDITION_EDGE
    assert abs(found.width / found.height - size[0] / size[1]) < 0.001
    assert max(opened(picture.thumbnail).size) == THUMBNAIL_EDGE
    assert is_motif(found)
    exact = opened(decoder.printable(data, longest=2048, quality=90))
    assert max(exact.size) == 2048


def test_a_line_of_pixels_keeps_a_width(decoder: Decoder) -> None:
    picture = decoder.decode(pictures.jpeg(pictures.motif(9000, 2)))
    assert opened(picture.thumbnail).size == (THUMBNAIL_EDGE, 1)


@pytest.mark.parametrize("size", [(4200, 2800), (3900, 2600)])
def test_fine_detail_survives_as_well_as_in_a_full_reduction(size: tuple[int, int], decoder: Decoder) -> None:
    """The quick way through a large JPEG must not be seen."""
    scene = pictures.scene(*size)
    found = opened(decoder.decode(pictures.jpeg(scene)).rendition)
    best = scene.resize(found.size, Image.Resampling.LANCZOS)
    pairs = zip(found.resize((200, 133)).tobytes(), best.resize((200, 133)).tobytes(), strict=True)
    assert sum(abs(a - b) for a, b in pairs) / (200 * 133 * 3) < 2


def test_what_is_not_there_becomes_paper(decoder: Decoder) -> None:
    image = opened(decoder.decode(pictures.png_with_holes()).rendition)
    assert near(pixel(image, 0.25, 0.25), pictures.RED)
    assert near(pixel(image, 0.75, 0.25), (255, 255, 255), 4)
    image = opened(decoder.decode(pictures.png_palette_with_hole()).rendition)
    assert near(pixel(image, 0.25, 0.5), (255, 255, 255), 4)
    assert near(pixel(image, 0.75, 0.5), pictures.BLUE)


def test_sixteen_bits_keep_their_lightness(decoder: Decoder) -> None:
    picture = decoder.decode(pictures.png_sixteen_bit())
    image = opened(picture.rendition)
    assert picture.colour_mode == "I;16"
    assert near(pixel(image, 0.25, 0.5), (0x20, 0x20, 0x20), 4)
    assert near(pixel(image, 0.75, 0.5), (0xC0, 0xC0, 0xC0), 4)


def test_cmyk_and_grey_are_told_and_turned_into_rgb(decoder: Decoder) -> None:
    cmyk, grey = decoder.decode(pictures.jpeg_cmyk()), decoder.decode(pictures.jpeg_grey())
    assert (cmyk.colour_mode, grey.colour_mode) == ("CMYK", "L")
    assert is_motif(opened(cmyk.rendition), distance=24)
    expected = quarters(pictures.motif().convert("L"))
    assert is_motif(opened(grey.rendition), expected)


def test_wide_colours_are_brought_into_srgb(decoder: Decoder) -> None:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(pictures.display_p3()))
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    expected = ImageCms.profileToProfile(pictures.motif(), profile, srgb)
    assert expected is not None
    picture = decoder.decode(pictures.jpeg_wide_colour())
    assert picture.icc
    image = opened(picture.rendition)
    wanted = quarters(expected)
    assert is_motif(image, wanted, distance=8)
    assert not near(wanted[1], pictures.GREEN)


def test_the_srgb_profile_changes_nothing(decoder: Decoder) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = decoder.decode(pictures.jpeg(icc=srgb))
    assert not picture.icc
    assert is_motif(opened(picture.rendition))


@pytest.mark.parametrize("profile", [b"nonsense", pictures.display_p3()[:200], bytes(500)])
def test_a_broken_profile_is_left_aside(profile: bytes, decoder: Decoder) -> None:
    picture = decoder.decode(pictures.jpeg(icc=profile))
    assert not picture.icc
    assert is_motif(opened(picture.rendition))


def test_a_profile_for_another_kind_of_picture_is_left_aside(decoder: Decoder) -> None:
    file = io.BytesIO()
    pictures.motif().convert("L").save(file, "JPEG", icc_profile=pictures.display_p3())
    assert not decoder.decode(file.getvalue()).icc


def test_the_day_it_was_taken(decoder: Decoder) -> None:
    for make in (pictures.jpeg, pictures.heic, pictures.tiff_of_a_camera):
        assert decoder.decode(make()).taken == VagueDate(2026, 10, 3)
    assert decoder.decode(pictures.webp()).taken == UNKNOWN


@pytest.mark.parametrize(
    "text",
    ["", "0000:00:00 00:00:00", "2026:13:01 00:00:00", "2026:02:30 00:00:00", "    :  :     :  :  ",
     "yesterday", "1601:01:01 00:00:00", "2026", b"\xff\xfe\x00", "99999:01:01 00:00:00"],
)  # fmt: skip
def test_a_day_that_makes_no_sense_is_unknown(text: str | bytes, decoder: Decoder) -> None:
    assert decoder.decode(pictures.jpeg(taken=text)).taken == UNKNOWN


def test_days_as_other_programs_write_them(decoder: Decoder) -> None:
    for text in ("2026-10-03T14:05:59", "2026:10:03", "2026/10/03 14:05"):
        assert decoder.decode(pictures.jpeg(taken=text)).taken == VagueDate(2026, 10, 3)


def test_an_orientation_that_makes_no_sense_is_upright(decoder: Decoder) -> None:
    for value in (0, 9, 65535):
        file = io.BytesIO()
        pictures.motif().save(file, "JPEG", quality=92, exif=pictures.exif(value))
        picture = decoder.decode(file.getvalue())
        assert picture.orientation == 1
        assert is_motif(opened(picture.rendition))


def test_nothing_is_told_of_a_picture_in_its_repr(decoder: Decoder) -> None:
    picture = decoder.decode(pictures.jpeg())
    assert "xff" not in repr(picture)
    assert len(repr(picture)) < 300
