"""What the pictures are painted with: noise, gradients, glows, masks and a lens."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Point = tuple[float, float]
Size = tuple[int, int]


def noise(size: Size, cell: Point, random: Random) -> Image.Image:
    """Soft grey noise whose spots are about ``cell`` pixels wide and high."""
    across, down = max(2, round(size[0] / cell[0])), max(2, round(size[1] / cell[1]))
    dots = Image.frombytes("L", (across, down), random.randbytes(across * down))
    return dots.resize(size, Image.Resampling.BICUBIC)


def clouds(size: Size, cell: Point, random: Random, octaves: int = 4) -> Image.Image:
    """Noise of several sizes on top of one another, from 0 to 255, most of it in the middle."""
    made = noise(size, cell, random)
    for octave in range(1, octaves):
        finer = noise(size, (max(1, cell[0] / 2**octave), max(1, cell[1] / 2**octave)), random)
        made = Image.blend(made, finer, 0.5 ** (octave + 0.5))
    return made


def levels(image: Image.Image, low: float, high: float, gamma: float = 1.0) -> Image.Image:
    """Stretch the greys so that ``low`` becomes black and ``high`` white."""
    span = high - low
    return image.point([round(255 * min(1, max(0, (grey - low) / span)) ** gamma) for grey in range(256)])


def dimmed(mask: Image.Image, strength: float) -> Image.Image:
    """A mask with ``strength`` times its weight."""
    return mask.point([min(255, round(grey * strength)) for grey in range(256)])


def fade(size: Size, stops: Sequence[tuple[float, Colour]]) -> Image.Image:
    """Colours from top to bottom: each stop is a height from 0 to 1 and its colour."""
    column = Image.new("RGB", (1, 512))
    for y in range(512):
        at = y / 511
        for (above, first), (below, second) in pairwise(stops):
            if above <= at <= below:
                part = (at - above) / max(below - above, 1e-6)
                part = part * part * (3 - 2 * part)
                column.putpixel((0, y), blended(first, second, part))
    return column.resize(size, Image.Resampling.BICUBIC)


def blended(first: Colour, second: Colour, part: float) -> Colour:
    """The colour that lies ``part`` of the way from the first to the second."""
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(first, second, strict=True))
    return red, green, blue


def glow(size: Size, centre: Point, radius: Point, power: float = 1.6) -> Image.Image:
    """A mask that is white in the centre and fades out at ``radius``."""
    disc = ImageChops.invert(Image.radial_gradient("L"))
    disc = disc.point([round(255 * max(0, (grey - 74) / 181) ** power) for grey in range(256)])
    mask = Image.new("L", size)
    box = (round(radius[0] * 2), round(radius[1] * 2))
    mask.paste(
        disc.resize(box, Image.Resampling.BICUBIC),
        (round(centre[0] - radius[0]), round(centre[1] - radius[1])),
    )
    return mask


def wash(image: Image.Image, colour: Colour, mask: Image.Image) -> Image.Image:
    """Paint one colour through a mask."""
    return Image.composite(Image.new("RGB", image.size, colour), image, mask)


def light(image: Image.Image, colour: Colour, mask: Image.Image) -> Image.Image:
    """Add light of one colour through a mask."""
    lamp = Image.composite(
        Image.new("RGB", image.size, colour), Image.new("RGB", image.size, (0, 0, 0)), mask
    )
    return ImageChops.screen(image, lamp)


def shade(image: Image.Image, mask: Image.Image, depth: float) -> Image.Image:
    """Darken where the mask is white, by ``depth`` at most."""
    dark = mask.point([round(255 - grey * depth) for grey in range(256)])
    return ImageChops.multiply(image, Image.merge("RGB", (dark, dark, dark)))


def soft(image: Image.Image, radius: float) -> Image.Image:
    """Out of focus."""
    return image.filter(ImageFilter.GaussianBlur(radius))


def drawn(size: Size, shapes: Callable[[ImageDraw.ImageDraw], object], blur: float = 0) -> Image.Image:
    """A mask with something drawn on it in white."""
    mask = Image.new("L", size)
    shapes(ImageDraw.Draw(mask))
    return soft(mask, blur) if blur else mask


def developed(image: Image.Image, random: Random, grain: float = 0.06, vignette: float = 0.25) -> Image.Image:
    """What a camera adds: grain, and corners that are a little darker."""
    corners = ImageChops.invert(
        glow(image.size, (image.width / 2, image.height / 2), (image.width * 0.85, image.height * 0.85), 0.5)
    )
    image = shade(image, corners, vignette)
    grains = Image.merge("RGB", [soft(noise(image.size, (1.6, 1.6), random), 0.7)] * 3)
    return Image.blend(image, ImageChops.overlay(image, grains), grain)


def mesh(image: Image.Image, size: Size, place: Callable[[float, float], Point], steps: Size) -> Image.Image:
    """Bend a picture: ``place`` says, for a point of the new one (0 to 1), where it lies in the old."""
    pieces = []
    for row in range(steps[1]):
        for column in range(steps[0]):
            left, right = column / steps[0], (column + 1) / steps[0]
            top, bottom = row / steps[1], (row + 1) / steps[1]
            corners = [place(left, top), place(left, bottom), place(right, bottom), place(right, top)]
            quad = [value for x, y in corners for value in (x * (image.width - 1), y * (image.height - 1))]
            box = (
                round(left * size[0]),
                round(top * size[1]),
                round(right * size[0]),
                round(bottom * size[1]),
            )
            pieces.append((box, tuple(quad)))
    return image.transform(size, Image.Transform.MESH, pieces, Image.Resampling.BILINEAR)


def fade_mask(size: Size, end: float) -> Image.Image:
    """Black at the top, white from ``end`` of the height on."""
    column = Image.new("L", (1, 256))
    for y in range(256):
        column.putpixel((0, y), min(255, round(y / end)))
    return column.resize(size)


def toned(grey: Image.Image, tones: Sequence[Colour]) -> Image.Image:
    """Grey turned to colour, from the first tone for black to the last for white."""
    tables: list[list[int]] = [[], [], []]
    for value in range(256):
        at = value / 255 * (len(tones) - 1)
        first = min(int(at), len(tones) - 2)
        for table, part in zip(tables, blended(tones[first], tones[first + 1], at - first), strict=True):
            table.append(part)
    return Image.merge("RGB", [grey.point(table) for table in tables])


def spline(points: Sequence[Point], steps: int = 24) -> list[Point]:
    """A curve through points (Catmull-Rom)."""
    ends = [points[0], *points, points[-1]]
    curve: list[Point] = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(steps):
            t = step / steps
            curve.append(
                tuple(  # type: ignore[arg-type]  # two of them
                    0.5
                    * (
                        2 * q
                        + (r - p) * t
                        + (2 * p - 5 * q + 4 * r - s) * t**2
                        + (3 * q - p - 3 * r + s) * t**3
                    )
                    for p, q, r, s in zip(a, b, c, d, strict=True)
                )
            )
    return [*curve, points[-1]]
