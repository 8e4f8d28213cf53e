"""The sea after sunset, and a candle at a window."""

import math
from random import Random

from brushes import (
    Point,
    Size,
    clouds,
    developed,
    dimmed,
    drawn,
    fade,
    fade_mask,
    glow,
    levels,
    light,
    shade,
    soft,
    wash,
)
from PIL import Image, ImageChops, ImageDraw


def sea(random: Random) -> Image.Image:
    """The sea after sunset."""
    size = width, height = 2400, 1600
    horizon = 930
    sky = fade(
        (width, horizon),
        [
            (0, (122, 134, 158)),
            (0.35, (176, 160, 172)),
            (0.68, (222, 182, 166)),
            (0.9, (243, 208, 172)),
            (1, (240, 196, 160)),
        ],
    )
    for low, tint, strength in ((150, (233, 190, 180), 0.5), (165, (120, 116, 142), 0.38)):
        streaks = levels(clouds((width, horizon), (900, 60), random, 5), low - 28, low + 40)
        fading = Image.linear_gradient("L").resize((width, horizon))
        sky = wash(sky, tint, dimmed(ImageChops.multiply(streaks, ImageChops.invert(fading)), strength))
    sun = 1560
    sky = light(sky, (255, 214, 160), dimmed(glow(sky.size, (sun, horizon + 10), (1100, 520), 1.5), 0.55))
    sky = light(sky, (255, 238, 208), dimmed(glow(sky.size, (sun, horizon + 4), (330, 150), 1.6), 0.7))
    water = fade(
        (width, height - horizon),
        [(0, (186, 164, 162)), (0.12, (134, 136, 154)), (0.5, (88, 102, 126)), (1, (58, 74, 98))],
    )
    waves = swell((width, height - horizon), random)
    water = shade(water, levels(waves, 96, 30), 0.42)
    water = wash(water, (206, 184, 182), dimmed(levels(waves, 138, 220), 0.5))
    path = Image.new("L", water.size)
    ImageDraw.Draw(path).polygon(
        [(sun - 70, 0), (sun + 70, 0), (sun + 420, water.height), (sun - 420, water.height)], fill=255
    )
    path = ImageChops.multiply(soft(path, 70), ImageChops.invert(fade_mask(water.size, 0.95)))
    water = light(water, (255, 214, 170), dimmed(ImageChops.multiply(path, levels(waves, 112, 205)), 0.9))
    picture = Image.new("RGB", size)
    picture.paste(sky, (0, 0))
    picture.paste(water, (0, horizon))
    edge = drawn(size, lambda draw: draw.rectangle((0, horizon - 3, width, horizon + 5), fill=255), 4)
    picture = Image.composite(soft(picture, 3), picture, edge)
    return developed(picture, random, 0.05, 0.14)


def swell(size: Size, random: Random) -> Image.Image:
    """Waves that grow towards the beholder."""
    water = Image.new("L", size, 128)
    top = 0.0
    height = 3.0
    while top < size[1]:
        band = (size[0], math.ceil(height * 6))
        strip = clouds(band, (height * 13, height * 1.1), random, 5)
        blend = fade_mask(band, 0.4)
        place = (0, round(top))
        under = water.crop((0, place[1], size[0], place[1] + band[1]))
        water.paste(Image.composite(strip, under, blend), place)
        top += height * 3
        height *= 1.17
    return water


def candle(random: Random) -> Image.Image:
    """A candle at a dark window, seven in the evening."""
    size = width, height = 2000, 1500
    picture = fade(size, [(0, (26, 26, 32)), (0.6, (34, 31, 33)), (1, (24, 21, 20))])
    middle, top = 1040, 820
    dusk = glow(size, (420, 300), (900, 560), 1.4)
    picture = light(picture, (44, 54, 74), dimmed(dusk, 0.6))
    frame = drawn(size, lambda draw: draw.rectangle((660, 0, 724, 1240), fill=255), 7)
    picture = wash(picture, (24, 20, 19), dimmed(frame, 0.92))
    flame = (middle, top - 170)
    for radius, colour, strength in (
        ((1250, 1150), (150, 86, 36), 0.6),
        ((720, 700), (196, 122, 56), 0.55),
        ((330, 360), (240, 178, 96), 0.5),
    ):
        picture = light(picture, colour, dimmed(glow(size, flame, radius, 1.9), strength))
    mirrored = glow(size, (380, top - 210), (60, 120), 1.3)
    picture = light(picture, (210, 140, 80), dimmed(mirrored, 0.4))
    sill = drawn(size, lambda draw: draw.rectangle((0, 1235, width, height), fill=255), 5)
    wood = fade(size, [(0, (92, 62, 42)), (0.82, (92, 62, 42)), (1, (40, 28, 22))])
    fibre = levels(clouds(size, (700, 9), random, 3), 60, 200)
    wood = shade(wood, fibre, 0.3)
    wood = shade(wood, ImageChops.invert(glow(size, (middle, 1260), (980, 330), 1.2)), 0.82)
    picture = Image.composite(wood, picture, sill)
    picture = wax(picture, middle, top)
    picture = burning(picture, middle, top)
    return developed(picture, random, 0.07, 0.3)


def wax(picture: Image.Image, middle: int, top: int) -> Image.Image:
    """The body of the candle, lit from above through the wax."""
    size = picture.size
    half, foot = 92, 1300

    def body(draw: ImageDraw.ImageDraw) -> None:
        draw.rectangle((middle - half, top, middle + half, foot), fill=255)
        draw.ellipse((middle - half, foot - 22, middle + half, foot + 22), fill=255)
        draw.ellipse((middle - half, top - 22, middle + half, top + 22), fill=255)

    stick = fade(
        size,
        [
            (0, (250, 212, 150)),
            (top / size[1], (250, 212, 150)),
            (0.66, (214, 170, 122)),
            (0.78, (168, 134, 104)),
            (0.9, (126, 104, 86)),
            (1, (110, 92, 78)),
        ],
    )
    sides = Image.new("L", (256, 1))
    for x in range(256):
        sides.putpixel((x, 0), round(255 * abs((x - 118) / 138) ** 2.4))
    across = Image.new("L", size, 255)
    across.paste(sides.resize((half * 2, size[1]), Image.Resampling.BICUBIC), (middle - half, 0))
    stick = shade(stick, across, 0.62)
    shadow = glow(size, (middle + 10, foot + 16), (300, 56), 1.2)
    picture = shade(picture, shadow, 0.6)
    picture = Image.composite(stick, picture, drawn(size, body, 1.6))
    pool = drawn(size, lambda draw: draw.ellipse((middle - 82, top - 18, middle + 82, top + 18), fill=255), 3)
    return wash(picture, (255, 226, 164), dimmed(pool, 0.85))


def burning(picture: Image.Image, middle: int, top: int) -> Image.Image:
    """The wick and its flame."""
    size = picture.size
    wick = [(middle - 2, top + 4), (middle - 1, top - 30), (middle + 5, top - 58)]
    picture = wash(picture, (38, 26, 20), drawn(size, lambda draw: draw.line(wick, fill=255, width=9), 1.5))
    tip = top - 352

    def flame(swelling: float, lift: float) -> list[Point]:
        points: list[Point] = []
        for side in (-1, 1):
            steps = range(61) if side == -1 else range(60, -1, -1)
            for step in steps:
                part = step / 60
                breadth = 66 * swelling * math.sin(math.pi * part**0.62) ** 0.9 * (1 - part * 0.25)
                points.append(
                    (
                        middle + 3 + side * breadth + 7 * math.sin(part * 2.6),
                        top - 22 - lift - part * (top - 22 - lift - tip - (1 - swelling) * 80),
                    )
                )
        return points

    for swelling, lift, colour, blur, strength in (
        (1.25, 0, (236, 140, 52), 26, 0.8),
        (1.0, 4, (255, 190, 92), 9, 1.0),
        (0.8, 16, (255, 226, 150), 9, 1.0),
        (0.52, 40, (255, 248, 222), 12, 1.0),
    ):
        outline = flame(swelling, lift)
        mask = drawn(size, lambda draw, line=outline: draw.polygon(line, fill=255), blur)  # type: ignore[misc]
        picture = light(picture, colour, dimmed(mask, strength))
    base = glow(size, (middle + 2, top - 34), (52, 46), 1.1)
    return wash(picture, (96, 92, 142), dimmed(base, 0.42))
