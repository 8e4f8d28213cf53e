"""What is no picture, is damaged or is too large is refused with an error of its own."""

import io
from collections.abc import Callable

import pytest
from PIL import Image

from memorybook.domain.photo import BYTE_LIMIT
from memorybook.errors import (
    PictureDamaged,
    PictureError,
    PictureNotRecognised,
    PictureTooManyBytes,
    PictureTooManyPixels,
)
from memorybook.system.decoder import Decoder
from tests.corpus import pictures
from tests.unit.system.decoder.measures import opened

SCENE = pictures.scene(400, 300)


def saved(kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    SCENE.save(file, kind, **options)
    return file.getvalue()


WHOLE: dict[str, Callable[[], bytes]] = {
    "JPEG": lambda: pictures.jpeg(SCENE),
    "progressive JPEG": lambda: pictures.jpeg(SCENE, progressive=True),
    "HEIC": lambda: pictures.heic(SCENE),
    "PNG": lambda: saved("PNG"),
    "WebP": lambda: saved("WEBP"),
    "lossless WebP": lambda: saved("WEBP", lossless=True),
    "TIFF": lambda: saved("TIFF"),
    "packed TIFF": lambda: saved("TIFF", compression="tiff_lzw"),
    "GIF": lambda: saved("GIF"),
    "BMP": lambda: saved("BMP"),
}


@pytest.mark.parametrize("name", [name for name, data in pictures.NOT_PICTURES.items() if data])
def test_what_is_no_picture_is_not_recognised(name: str, decoder: Decoder) -> None:
    with pytest.raises(PictureNotRecognised):
        decoder.decode(pictures.NOT_PICTURES[name])
    with pytest.raises(PictureNotRecognised):
        decoder.printable(pictures.NOT_PICTURES[name], longest=100, quality=80)


def test_an_empty_file_is_not_recognised_and_starts_nothing() -> None:
    with Decoder() as decoder:
        with pytest.raises(PictureNotRecognised):
            decoder.decode(b"")
        assert decoder.worker_id is None


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.98])
@pytest.mark.parametrize("name", WHOLE)
def test_a_picture_that_breaks_off_is_damaged(name: str, share: float, decoder: Decoder) -> None:
    data = pictures.shortened(WHOLE[name](), share)
    with pytest.raises(PictureDamaged):
        decoder.decode(data)
    with pytest.raises(PictureDamaged):
        decoder.printable(data, longest=100, quality=80)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.6, 0.9, 0.98])
@pytest.mark.parametrize("spoil", [pictures.closed_too_early, pictures.filled_up])
def test_a_half_grey_picture_is_never_kept(
    spoil: Callable[[bytes, float], bytes], share: float, decoder: Decoder
) -> None:
    """Shortened, and then made to look whole: without care the decoder fills the rest with grey."""
    with pytest.raises(PictureDamaged):
        decoder.decode(spoil(pictures.jpeg(SCENE), share))


@pytest.mark.parametrize("share", [0.05, 0.1, 0.3, 0.5])
@pytest.mark.parametrize("spoil", [pictures.closed_too_early, pictures.filled_up])
def test_a_progressive_picture_without_its_later_scans_is_never_kept(
    spoil: Callable[[bytes, float], bytes], share: float, decoder: Decoder
) -> None:
    with pytest.raises(PictureDamaged):
        decoder.decode(spoil(pictures.jpeg(SCENE, progressive=True), share))


@pytest.mark.parametrize("subsampling", [0, 1, 2])
@pytest.mark.parametrize("size", [(1, 1), (7, 9), (8, 8), (16, 16), (17, 33), (321, 1), (300, 200)])
@pytest.mark.parametrize("kind", ["plain", "progressive", "restarting", "grey"])
def test_a_whole_jpeg_of_any_shape_is_whole(
    kind: str, size: tuple[int, int], subsampling: int, decoder: Decoder
) -> None:
    scene = pictures.scene(*size)
    file = io.BytesIO()
    options: dict[str, object] = {"quality": 80, "subsampling": subsampling}
    if kind == "progressive":
        options["progressive"] = True
    if kind == "restarting":
        options["restart_marker_blocks"] = 2
    (scene.convert("L") if kind == "grey" else scene).save(file, "JPEG", **options)
    plain = Image.open(io.BytesIO(file.getvalue())).convert("L")
    found = opened(decoder.printable(file.getvalue(), longest=1000, quality=95)).convert("L")
    assert found.size == size
    pairs = zip(found.tobytes(), plain.tobytes(), strict=True)
    assert sum(abs(a - b) for a, b in pairs) / (size[0] * size[1]) < 3


def test_what_lies_behind_a_jpeg_does_no_harm(decoder: Decoder) -> None:
    """Phones put trailers there, some of which hold a picture or the end of one."""
    whole = pictures.jpeg(SCENE)
    expected = decoder.decode(whole).rendition
    for trailer in (
        b"\0" * 5000,
        b"SEFT" + bytes(100),
        pictures.jpeg(),
        pictures.shortened(pictures.jpeg(), 0.4),
    ):
        assert decoder.decode(whole + trailer).rendition == expected


def test_a_wrong_list_of_further_pictures_does_no_harm(decoder: Decoder) -> None:
    data = pictures.jpeg_with_another_behind()
    place = data.index(b"MPF\0") + 4
    for spoiled in (data[:place] + b"\xff" * 30 + data[place + 30 :], data[: data.rindex(b"\xff\xd8")]):
        assert decoder.decode(spoiled).format == "JPEG"


@pytest.mark.parametrize("make", [pictures.png_of_many_pixels, pictures.png_larger_than_allowed])
def test_too_many_pixels_are_refused_before_they_are_decoded(
    make: Callable[[], bytes], decoder: Decoder
) -> None:
    data = make()
    assert len(data) < 500_000
    with pytest.raises(PictureTooManyPixels):
        decoder.decode(data)
    with pytest.raises(PictureTooManyPixels):
        decoder.printable(data, longest=100, quality=80)


def test_much_text_in_a_small_file_is_refused(decoder: Decoder) -> None:
    data = pictures.png_of_much_text()
    assert len(data) < 500_000
    with pytest.raises(PictureDamaged):
        decoder.decode(data)


def test_too_many_bytes_are_refused_and_start_nothing() -> None:
    with Decoder() as decoder:
        with pytest.raises(PictureTooManyBytes):
            decoder.decode(pictures.jpeg() + bytes(BYTE_LIMIT))
        assert decoder.worker_id is None


@pytest.mark.parametrize(("longest", "quality"), [(0, 80), (70_000, 80), (100, 0), (100, 96), (-1, 80)])
def test_numbers_out_of_range_are_a_mistake_of_the_caller(
    longest: int, quality: int, decoder: Decoder
) -> None:
    with pytest.raises(ValueError, match="out of range"):
        decoder.printable(pictures.jpeg(), longest=longest, quality=quality)


def test_a_refusal_tells_nothing_of_the_picture(decoder: Decoder) -> None:
    with pytest.raises(PictureError) as caught:
        decoder.decode(b"%PDF " + pictures.PLACE.encode())
    assert str(caught.value) == "PictureNotRecognised"
    assert caught.value.args == ()
