"""What a parent did to a photo is in the pictures that are made of it, and in nothing else that is told."""

from collections.abc import Callable

import pytest
from PIL import Image, ImageChops, ImageStat

from memorybook.domain.edit import Crop, Edit
from memorybook.domain.photo import RENDITION_EDGE
from memorybook.system.decoder import Decoder
from tests.corpus import pictures
from tests.corpus.pictures import BLUE, GREEN, RED, WHITE
from tests.unit.system.decoder.measures import is_motif, metadata_of, near, opened, pixel
from tests.unit.system.decoder.test_formats import TURNED

RIGHT_HALF = Crop(5000, 0, 10_000, 10_000)
LOWER_LEFT = Crop(0, 5000, 5000, 10_000)


def made(decoder: Decoder, data: bytes, edit: Edit) -> list[Image.Image]:
    """Everything that is made of a picture with this edit."""
    picture = decoder.decode(data, edit)
    printed = decoder.printable(data, longest=3000, quality=92, edit=edit)
    return [opened(jpeg) for jpeg in (picture.thumbnail, picture.rendition, printed)]


@pytest.mark.parametrize(
    ("turn", "colours"),
    [
        (90, (BLUE, RED, WHITE, GREEN)),
        (180, (WHITE, BLUE, GREEN, RED)),
        (270, (GREEN, WHITE, RED, BLUE)),
    ],
)
def test_it_is_turned_clockwise(
    turn: int, colours: tuple[pictures.Colour, ...], decoder: Decoder
) -> None:
    for image in made(decoder, pictures.jpeg(orientation=6), Edit(turn)):
        assert image.size == Edit(turn).size(pictures.WIDTH, pictures.HEIGHT)
        assert is_motif(image, colours)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("make", TURNED)
def test_the_part_that_stays_is_that_of_the_upright_picture(
    make: Callable[..., bytes], orientation: int, decoder: Decoder
) -> None:
    for image in made(decoder, make(orientation=orientation), Edit(crop=LOWER_LEFT)):
        assert image.size == (pictures.WIDTH // 2, pictures.HEIGHT // 2)
        assert all(near(pixel(image, x, y), BLUE) for x in (0.1, 0.9) for y in (0.1, 0.9))
    for image in made(decoder, make(orientation=orientation), Edit(90, RIGHT_HALF)):
        assert image.size == (pictures.HEIGHT, pictures.WIDTH // 2)
        assert near(pixel(image, 0.25, 0.5), WHITE)
        assert near(pixel(image, 0.75, 0.5), GREEN)


def test_a_small_part_of_a_large_picture_has_all_its_pixels(decoder: Decoder) -> None:
    scene = pictures.scene(4032, 3024).convert("L").convert("RGB")  # colours are kept at half the size
    crop = Crop(2500, 2500, 5000, 5000)
    picture = decoder.decode(pictures.jpeg(scene, orientation=6), Edit(crop=crop))
    found = opened(picture.rendition)
    best = scene.crop(crop.box(4032, 3024))
    assert found.size == best.size == (1008, 756)
    assert max(ImageStat.Stat(ImageChops.difference(found, best)).mean) < 3


def test_a_large_part_is_made_small(decoder: Decoder) -> None:
    edit = Edit(crop=Crop(0, 0, 9000, 10_000))
    data = pictures.jpeg(pictures.motif(6000, 3000))
    picture = decoder.decode(data, edit)
    assert opened(picture.rendition).size == (RENDITION_EDGE, round(3000 * RENDITION_EDGE / 5400))
    assert opened(decoder.printable(data, longest=1000, quality=90, edit=edit)).size == (1000, 556)


def test_one_pixel_can_stay(decoder: Decoder) -> None:
    for image in made(decoder, pictures.jpeg(), Edit(crop=Crop(0, 0, 1, 1))):
        assert image.size == (1, 1)
        assert near(pixel(image, 0, 0), RED)


def test_black_and_white_has_no_colour(decoder: Decoder) -> None:
    for image in made(decoder, pictures.jpeg(), Edit(grey=True)):
        assert image.mode == "RGB"
        red, green, blue = image.split()
        assert max(ImageStat.Stat(ImageChops.difference(red, green)).extrema[0]) <= 2
        assert max(ImageStat.Stat(ImageChops.difference(red, blue)).extrema[0]) <= 2
        assert is_motif(image, [(lightness,) * 3 for lightness in (87, 116, 70, 250)])


def test_soft_takes_sharpness_and_contrast_and_leaves_paper_white(decoder: Decoder) -> None:
    data = pictures.jpeg(pictures.scene(1200, 900))
    for plain, soft in zip(made(decoder, data, Edit()), made(decoder, data, Edit(soft=True)), strict=True):
        assert plain.size == soft.size
        assert detail(soft) < 0.8 * detail(plain)
        assert max(ImageStat.Stat(soft).stddev) < 0.85 * max(ImageStat.Stat(plain).stddev)
    page = Image.new("RGB", (200, 100), "white")
    page.paste("black", (0, 0, 100, 100))
    for image in made(decoder, pictures.jpeg(page), Edit(soft=True)):
        assert near(pixel(image, 0.9, 0.5), (255, 255, 255), 2)
        assert 30 < pixel(image, 0.1, 0.5)[0] < 70


def detail(image: Image.Image) -> float:
    """How much neighbouring pixels differ."""
    shifted = ImageChops.offset(image, 1, 0)
    return ImageStat.Stat(ImageChops.difference(image.convert("L"), shifted.convert("L"))).mean[0]


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_everything_at_once_on_every_kind_of_picture(name: str, decoder: Decoder) -> None:
    kind, make = pictures.PICTURES[name]
    edit = Edit(270, LOWER_LEFT, grey=True, soft=True)
    plain, picture = decoder.decode(make()), decoder.decode(make(), edit)
    facts = (picture.format, picture.width, picture.height, picture.taken, picture.colour_mode, picture.icc)
    assert facts == (kind, plain.width, plain.height, plain.taken, plain.colour_mode, plain.icc)
    assert opened(picture.rendition).size == edit.size(plain.width, plain.height)
    assert metadata_of(picture.rendition) == set()


def test_nothing_done_is_the_picture_as_it_was(decoder: Decoder) -> None:
    data = pictures.jpeg(orientation=6)
    assert decoder.decode(data, Edit()) == decoder.decode(data)
    turned_back = decoder.printable(data, longest=500, quality=95, edit=Edit(0, Crop(0, 0, 10_000, 10_000)))
    assert turned_back == decoder.printable(data, longest=500, quality=95)
