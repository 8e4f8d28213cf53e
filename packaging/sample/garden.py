"""A window in the rain, a young maple, and leaves that were kept."""

import math
from itertools import pairwise
from random import Random

from brushes import (
    Colour,
    Point,
    blended,
    clouds,
    developed,
    dimmed,
    drawn,
    fade,
    fade_mask,
    glow,
    levels,
    light,
    noise,
    shade,
    soft,
    spline,
    toned,
    wash,
)
from PIL import Image, ImageChops, ImageDraw, ImageEnhance


def window(random: Random) -> Image.Image:
    """Rain on a window in the afternoon, the garden behind it out of focus."""
    size = width, height = 2000, 1500
    garden = fade(
        size, [(0, (176, 186, 190)), (0.45, (142, 156, 154)), (0.75, (92, 110, 100)), (1, (70, 86, 78))]
    )
    for low, tint, cell in ((136, (78, 100, 84), 420), (140, (52, 72, 62), 260), (150, (196, 200, 190), 200)):
        bushes = levels(clouds(size, (cell, cell), random, 3), low - 16, low + 26)
        lower = fade_mask(size, 0.75) if tint[0] < 100 else ImageChops.invert(fade_mask(size, 0.9))
        garden = wash(garden, tint, dimmed(ImageChops.multiply(bushes, lower), 0.75))
    for _ in range(26):
        x, y, radius = random.uniform(0, width), random.uniform(500, 1200), random.uniform(24, 62)
        tint = random.choice([(214, 190, 140), (190, 150, 116), (206, 212, 196), (170, 188, 164)])
        disc = drawn(
            size,
            lambda draw, at=(x, y), r=radius: draw.ellipse(  # type: ignore[misc]
                (at[0] - r, at[1] - r, at[0] + r, at[1] + r), fill=255
            ),
            6,
        )
        garden = light(garden, tint, dimmed(disc, random.uniform(0.1, 0.26)))
    garden = soft(garden, 16)
    picture = wash(
        garden, (206, 212, 214), dimmed(levels(clouds(size, (500, 300), random, 3), 70, 220), 0.16)
    )
    mist = levels(clouds(size, (3, 3), random, 2), 60, 250)
    picture = shade(picture, mist, 0.05)
    drops = [
        (random.uniform(0, width), random.uniform(0, height), random.uniform(2.2, 6)) for _ in range(2100)
    ]
    drops += [
        (random.uniform(0, width), random.uniform(0, height), random.uniform(6, 15)) for _ in range(420)
    ]
    drops += [
        (random.uniform(0, width), random.uniform(0, height), random.uniform(15, 27)) for _ in range(64)
    ]
    runs = []
    for _ in range(13):
        x, end = random.uniform(60, width - 60), random.uniform(380, height - 140)
        runs.append(run_of_water(x, end, random))
        drops.append((runs[-1][-1][0], end, random.uniform(17, 26)))
    for line in runs:
        mask = drawn(size, lambda draw, points=line: draw.line(points, fill=255, width=15, joint="curve"), 3)  # type: ignore[misc]
        clear = ImageEnhance.Brightness(soft(garden, 3)).enhance(0.93)
        picture = Image.composite(clear, picture, dimmed(mask, 0.8))
        edge = ImageChops.subtract(mask, ImageChops.offset(mask, -4, 0))
        picture = light(picture, (220, 226, 226), dimmed(edge, 0.5))
    upside_down = ImageEnhance.Contrast(garden.transpose(Image.Transpose.FLIP_TOP_BOTTOM)).enhance(1.35)
    small = upside_down.resize((width // 6, height // 6))
    for x, y, radius in drops:
        drop(picture, small, (x, y), radius, random)
    picture = frame_of_window(picture, random)
    return developed(picture, random, 0.05, 0.14)


def run_of_water(x: float, end: float, random: Random) -> list[Point]:
    """The way a drop took down the pane."""
    points = [(x, -20.0)]
    while points[-1][1] < end:
        points.append(
            (points[-1][0] + random.uniform(-9, 9), min(end, points[-1][1] + random.uniform(26, 64)))
        )
    return points


def drop(picture: Image.Image, behind: Image.Image, at: Point, radius: float, random: Random) -> None:
    """One drop: the garden upside down, dark at its upper edge, a light below."""
    edge = math.ceil(radius * 2.5)
    big = (edge * 3, edge * 3)
    centre = edge * 1.5
    tall = radius * random.uniform(1.0, 1.18)
    mask = drawn(
        big,
        lambda draw: draw.ellipse(
            (centre - radius * 3, centre - tall * 3, centre + radius * 3, centre + tall * 3), fill=255
        ),
    ).resize((edge, edge), Image.Resampling.LANCZOS)
    left = min(max(0, round(at[0] / 6 - radius)), behind.width - edge)
    top = min(max(0, round((picture.height - at[1]) / 6 - radius)), behind.height - edge)
    lens = behind.crop((left, top, left + edge, top + edge)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    slope = Image.linear_gradient("L").resize((edge, edge))
    lens = shade(lens, ImageChops.invert(slope), 0.3)
    lens = light(lens, (236, 242, 240), dimmed(levels(slope, 90, 255), 0.62))
    rim = ImageChops.subtract(mask, soft(mask, max(1, radius * 0.3)))
    lens = shade(lens, rim, 0.42)
    spark = glow(
        (edge, edge), (edge * 0.42, edge * 0.36), (max(2, radius * 0.36), max(2, radius * 0.28)), 1.2
    )
    lens = light(lens, (255, 255, 255), dimmed(spark, 0.7))
    picture.paste(lens, (round(at[0] - edge / 2), round(at[1] - edge / 2)), dimmed(mask, 0.8))


def frame_of_window(picture: Image.Image, random: Random) -> Image.Image:
    """The sill and one bar of the frame, painted white long ago."""
    size = width, height = picture.size
    paint = Image.new("RGB", size, (222, 218, 208))
    paint = shade(paint, levels(clouds(size, (500, 300), random, 4), 40, 240), 0.08)

    def wood(draw: ImageDraw.ImageDraw) -> None:
        draw.rectangle((1310, 0, 1382, height), fill=255)
        draw.rectangle((0, 1388, width, height), fill=255)

    bars = drawn(size, wood, 2)
    inner = ImageChops.subtract(soft(bars, 16), dimmed(bars, 0.2))
    picture = shade(picture, inner, 0.35)
    slope = Image.new("L", size)
    ImageDraw.Draw(slope).rectangle((1352, 0, 1382, 1388), fill=255)
    ImageDraw.Draw(slope).rectangle((0, 1388, width, 1402), fill=190)
    paint = shade(paint, soft(slope, 3), 0.26)
    return Image.composite(paint, picture, bars)


def maple(random: Random) -> Image.Image:
    """A young maple with its first leaves."""
    size = width, _ = 2667, 2000
    aside = 700  # how far from the left edge the tree's own space begins
    picture = fade(
        size, [(0, (206, 210, 194)), (0.5, (170, 182, 158)), (0.8, (128, 136, 110)), (1, (92, 84, 66))]
    )
    for low, tint, cell in (
        (140, (128, 148, 116), 420),
        (144, (222, 222, 200), 320),
        (146, (92, 112, 88), 240),
    ):
        patches = levels(clouds(size, (cell, cell), random, 3), low - 14, low + 30)
        picture = wash(picture, tint, dimmed(patches, 0.5))
    picture = soft(picture, 34)
    for _ in range(52):
        x, y, radius = random.uniform(0, width), random.uniform(0, 1300), random.uniform(26, 74)
        disc = drawn(
            size,
            lambda draw, at=(x, y), r=radius: draw.ellipse(  # type: ignore[misc]
                (at[0] - r, at[1] - r, at[0] + r, at[1] + r), fill=255
            ),
            5,
        )
        picture = light(picture, (226, 226, 186), dimmed(disc, random.uniform(0.05, 0.18)))
    soil = levels(clouds(size, (46, 18), random, 5), 30, 225)
    earth = toned(soil, [(44, 34, 28), (88, 68, 52), (128, 102, 78)])
    bank = drawn(size, lambda draw: draw.ellipse((-700, 1690, 3400, 2900), fill=255), 26)
    picture = Image.composite(soft(earth, 1.5), picture, bank)
    stem: list[Point] = [
        (790, 1790),
        (802, 1560),
        (786, 1300),
        (808, 1040),
        (796, 800),
        (812, 560),
        (806, 430),
    ]
    twigs: list[list[Point]] = [
        [(786, 1300), (690, 1190), (600, 1130)],
        [(806, 1070), (910, 960), (1010, 912)],
        [(797, 860), (700, 760), (610, 716)],
        [(810, 640), (900, 545), (980, 505)],
        [(811, 560), (745, 470), (690, 440)],
    ]
    bark = (104, 76, 62)

    def wood(draw: ImageDraw.ImageDraw) -> None:
        smooth = spline([(aside + x, y) for x, y in stem])
        for index, (first, second) in enumerate(pairwise(smooth)):
            draw.line((first, second), fill=255, width=max(6, round(26 - 20 * index / len(smooth))))
        for twig in twigs:
            draw.line(spline([(aside + x, y) for x, y in twig]), fill=255, width=7, joint="curve")

    timber = drawn(size, wood, 1.4)
    picture = shade(picture, soft(ImageChops.offset(timber, 14, 10), 12), 0.12)
    picture = wash(picture, bark, timber)
    gleam = ImageChops.subtract(timber, ImageChops.offset(timber, 5, 0))
    picture = wash(picture, (168, 136, 112), dimmed(gleam, 0.6))
    mound = drawn(size, lambda draw: draw.ellipse((aside + 640, 1730, aside + 980, 1860), fill=255), 14)
    picture = Image.composite(ImageEnhance.Brightness(soft(earth, 1.5)).enhance(0.94), picture, mound)
    greens: list[Colour] = [(150, 112, 62), (172, 92, 62), (134, 138, 74), (120, 140, 84), (186, 108, 66)]
    hung: list[tuple[Point, float, float]] = [
        ((786, 1290), 190, 112), ((600, 1130), 300, 236), ((690, 1190), 180, 196), ((1010, 912), 330, 118),
        ((910, 958), 200, 160), ((610, 716), 320, 242), ((700, 762), 190, 200), ((980, 505), 290, 96),
        ((896, 548), 180, 150), ((690, 440), 260, 262), ((806, 430), 330, 8),
    ]  # fmt: skip
    for number, (at, breadth, turn) in enumerate(hung):
        tint = greens[number % len(greens)]
        leaf, mask = maple_leaf(round(breadth * 1.1), tint, random)
        hang(picture, leaf, mask, (aside + at[0], at[1]), turn + random.uniform(-12, 12))
    smaller = picture.resize((2000, 1500), Image.Resampling.LANCZOS)
    return developed(smaller, random, 0.05, 0.16)


def maple_leaf(edge: int, tint: Colour, random: Random) -> tuple[Image.Image, Image.Image]:
    """A leaf with five lobes, its stalk at the middle of the lower edge, and its outline."""
    size = (edge * 2, edge * 2)
    foot_: Point = (edge, edge * 1.62)
    lobes = [(-118, 0.58), (-60, 0.92), (0, 1.12), (60, 0.92), (118, 0.58)]
    outline: list[Point] = [(foot_[0], foot_[1])]
    for number, (angle, length) in enumerate(lobes):
        for offset, part in (
            (-27, 0.60),
            (-15, 0.66),
            (-17, 0.78),
            (-6, 0.80),
            (0, 1),
            (6, 0.80),
            (17, 0.78),
            (15, 0.66),
            (27, 0.60),
        ):
            away = math.radians(angle + offset)
            reach = edge * 1.28 * length * part * (0.97 + random.random() * 0.06)
            outline.append((foot_[0] + math.sin(away) * reach, foot_[1] - math.cos(away) * reach))
        if number < len(lobes) - 1:
            away = math.radians(angle + (lobes[number + 1][0] - angle) / 2)
            reach = edge * 1.28 * 0.36
            outline.append((foot_[0] + math.sin(away) * reach, foot_[1] - math.cos(away) * reach))
    mask = levels(drawn(size, lambda draw: draw.polygon(outline, fill=255), 4), 90, 165)
    leaf = Image.new("RGB", size, tint)
    leaf = wash(
        leaf, blended(tint, (216, 158, 84), 0.6), levels(clouds(size, (edge / 2, edge / 2), random), 110, 200)
    )
    leaf = shade(leaf, levels(clouds(size, (edge / 6, edge / 6), random, 3), 90, 220), 0.2)
    leaf = shade(leaf, glow(size, foot_, (edge * 0.7, edge * 0.7), 1.4), 0.26)

    def veins(draw: ImageDraw.ImageDraw) -> None:
        for angle, length in lobes:
            away = math.radians(angle)
            end = (
                foot_[0] + math.sin(away) * edge * 1.2 * length,
                foot_[1] - math.cos(away) * edge * 1.2 * length,
            )
            draw.line((foot_, end), fill=255, width=max(3, edge // 60))
            for part in (0.35, 0.52, 0.68):
                for side in (-1, 1):
                    start = (foot_[0] + (end[0] - foot_[0]) * part, foot_[1] + (end[1] - foot_[1]) * part)
                    aside = math.radians(angle + side * 38)
                    reach = edge * 0.26 * length * (1.1 - part)
                    draw.line(
                        (start, (start[0] + math.sin(aside) * reach, start[1] - math.cos(aside) * reach)),
                        fill=170,
                        width=max(2, edge // 100),
                    )

    ribs = drawn(size, veins, 1)
    leaf = wash(leaf, blended(tint, (244, 222, 168), 0.65), dimmed(ribs, 0.65))
    leaf = shade(leaf, ImageChops.subtract(ImageChops.offset(ribs, 3, 4), ribs), 0.3)
    rounded = ImageChops.invert(levels(soft(mask, edge / 9), 70, 250))
    return shade(leaf, rounded, 0.2), mask


def hang(picture: Image.Image, leaf: Image.Image, mask: Image.Image, at: Point, turn: float) -> None:
    """Hang a leaf at a point by a thin stalk; ``turn`` is where its tip points, clockwise from above."""
    small = (round(leaf.width * 0.48), round(leaf.height * 0.55))
    border = small[1]
    pivot = (small[0] / 2 + border, small[1] * 0.81 + border)
    leaf, mask = (
        padded(part.resize(small, Image.Resampling.LANCZOS), border).rotate(
            -turn, Image.Resampling.BICUBIC, center=pivot
        )
        for part in (leaf, mask)
    )
    away = math.radians(turn)
    stalk_end = (at[0] + math.sin(away) * 44, at[1] - math.cos(away) * 44)
    ImageDraw.Draw(picture).line((at, stalk_end), fill=(140, 92, 66), width=6)
    place = (round(stalk_end[0] - pivot[0]), round(stalk_end[1] - pivot[1]))
    shadow = Image.new("L", picture.size)
    shadow.paste(mask, (place[0] + 10, place[1] + 14))
    picture.paste(shade(picture, soft(shadow, 18), 0.12))
    picture.paste(leaf, place, mask)


def padded(image: Image.Image, border: int) -> Image.Image:
    """The same picture with black around it."""
    wide = Image.new(image.mode, (image.width + 2 * border, image.height + 2 * border))
    wide.paste(image, (border, border))
    return wide


def leaves(random: Random) -> Image.Image:
    """Pressed leaves on linen."""
    size = width, height = 1600, 2000
    warp, weft = noise(size, (3, 60), random), noise(size, (60, 3), random)
    linen = Image.new("RGB", size, (243, 237, 225))
    linen = shade(linen, levels(warp, 60, 255), 0.07)
    linen = shade(linen, levels(weft, 60, 255), 0.07)
    picture = shade(linen, levels(clouds(size, (800, 600), random, 2), 70, 200), 0.08)
    tints: list[Colour] = [
        (112, 132, 104), (146, 150, 104), (176, 124, 74), (160, 92, 62), (190, 156, 92), (92, 112, 98),
        (128, 96, 84),
    ]  # fmt: skip
    laid: list[tuple[float, float, float]] = []
    tries = 0
    while len(laid) < 34 and tries < 6000:
        tries += 1
        length = random.uniform(240, 430)
        x, y = random.uniform(60, width - 60), random.uniform(60, height - 60)
        if all(math.hypot(x - a, y - b) > (length + other) * 0.43 for a, b, other in laid):
            laid.append((x, y, length))
    for x, y, length in laid:
        leaf, mask = pressed_leaf(round(length), random.uniform(0.3, 0.52), random.choice(tints), random)
        turn = random.uniform(0, 360)
        leaf, mask = (part.rotate(turn, Image.Resampling.BICUBIC, expand=True) for part in (leaf, mask))
        place = (round(x - leaf.width / 2), round(y - leaf.height / 2))
        shadow = Image.new("L", size)
        shadow.paste(mask, (place[0] + 7, place[1] + 9))
        picture = shade(picture, soft(shadow, 8), 0.34)
        picture.paste(leaf, place, mask)
    return developed(picture, random, 0.05, 0.14)


def pressed_leaf(
    length: int, breadth: float, tint: Colour, random: Random
) -> tuple[Image.Image, Image.Image]:
    """An oval leaf with its midrib, side veins and stalk, lying on its side."""
    border = 24
    size = (length + 2 * border, round(length * breadth) + 2 * border + 60)
    middle = size[1] / 2
    bow = random.uniform(-0.08, 0.08) * length
    fullest = random.uniform(0.38, 0.52)

    def spine(part: float) -> Point:
        return border + part * length, middle + bow * math.sin(math.pi * part)

    def half(part: float) -> float:
        if part < 0.14:
            return 0.0
        along = (part - 0.14) / 0.86
        shape = math.sin(math.pi * along ** (math.log(0.5) / math.log(fullest)))
        return length * breadth / 2 * math.pow(max(0.0, shape), 0.88)

    upper = [(spine(step / 80)[0], spine(step / 80)[1] - half(step / 80)) for step in range(81)]
    lower = [(spine(step / 80)[0], spine(step / 80)[1] + half(step / 80)) for step in range(80, -1, -1)]

    def outline(draw: ImageDraw.ImageDraw) -> None:
        draw.polygon(upper + lower, fill=255)
        draw.line([spine(step / 40) for step in range(13)], fill=255, width=8, joint="curve")

    mask = levels(drawn(size, outline, 1.6), 60, 190)
    leaf = Image.new("RGB", size, tint)
    turned = blended(
        tint, random.choice([(196, 150, 84), (126, 108, 78), (150, 92, 70), (150, 158, 118)]), 0.55
    )
    leaf = wash(leaf, turned, levels(clouds(size, (length / 3, length / 4), random, 4), 92, 190))
    leaf = shade(leaf, levels(clouds(size, (14, 14), random, 3), 90, 220), 0.2)

    def veins(draw: ImageDraw.ImageDraw) -> None:
        draw.line([spine(step / 60) for step in range(60)], fill=255, width=6, joint="curve")
        for step in range(11):
            part = 0.2 + step * 0.064
            root = spine(part)
            for side in (-1, 1):
                tip_ = spine(min(0.99, part + 0.13))
                reach = half(min(0.99, part + 0.13)) * 0.94
                bent = (root[0] * 0.45 + tip_[0] * 0.55, root[1] + side * reach * 0.42)
                draw.line(spline([root, bent, (tip_[0], tip_[1] + side * reach)], 8), fill=190, width=3)

    ribs = drawn(size, veins, 0.8)
    leaf = shade(leaf, ImageChops.subtract(ImageChops.offset(ribs, 2, 3), ribs), 0.35)
    leaf = wash(leaf, blended(tint, (240, 226, 190), 0.6), dimmed(ribs, 0.6))
    rim = ImageChops.invert(levels(soft(mask, 9), 60, 250))
    return shade(leaf, rim, 0.24), mask
