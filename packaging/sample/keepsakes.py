"""A scan, footprints and a blanket."""

import math
from random import Random

from brushes import (
    Point,
    Size,
    clouds,
    developed,
    dimmed,
    drawn,
    fade_mask,
    glow,
    levels,
    light,
    mesh,
    noise,
    shade,
    soft,
    toned,
    wash,
)
from PIL import Image, ImageChops, ImageDraw, ImageEnhance


def scan(random: Random) -> Image.Image:
    """A fan of echoes in the dark, with a small curled shape in it."""
    size = width, height = 1800, 1350
    flat = Image.new("L", (1200, 900), 96)
    tissue = levels(clouds(flat.size, (130, 34), random, 5), 30, 225)
    flat = Image.blend(flat, tissue, 0.75)

    def blob(box: tuple[int, int, int, int], grey: int, blur: float) -> None:
        nonlocal flat
        mask = drawn(flat.size, lambda draw: draw.ellipse(box, fill=255), blur)
        flat = Image.composite(Image.new("L", flat.size, grey), flat, mask)

    blob((250, 250, 970, 720), 10, 34)
    blob((300, 220, 920, 300), 150, 30)
    blob((220, 690, 1000, 790), 168, 34)
    for box, grey, blur in (
        ((540, 486, 800, 594), 112, 12),
        ((560, 520, 740, 612), 104, 16),
        ((770, 446, 822, 530), 104, 12),
        ((806, 430, 862, 470), 112, 10),
        ((588, 440, 616, 506), 108, 9),
        ((566, 424, 604, 456), 112, 8),
        ((398, 410, 552, 566), 148, 9),
        ((414, 428, 536, 550), 98, 12),
        ((420, 520, 540, 562), 130, 14),
        ((576, 592, 748, 608), 190, 8),
        ((560, 486, 650, 498), 160, 8),
    ):
        blob(box, grey, blur)
    speckle = noise(flat.size, (3.2, 2.0), random)
    fine = noise(flat.size, (1.6, 1.2), random)
    grains = levels(Image.blend(speckle, fine, 0.4), 40, 215, 1.4)
    flat = ImageChops.multiply(flat, grains.point([round(70 + grey * 0.9) for grey in range(256)]))
    flat = ImageChops.add(flat, flat.point([round(grey * 0.45) for grey in range(256)]))
    deep = ImageChops.invert(Image.linear_gradient("L")).resize(flat.size)
    flat = ImageChops.multiply(flat, deep.point([round(110 + grey * 0.57) for grey in range(256)]))
    apex, near, far, spread = (width / 2, -210.0), 330.0, 1480.0, math.radians(39)

    def place(x: float, y: float) -> Point:
        across, down = x * width - apex[0], y * height - apex[1]
        angle = math.atan2(across, down)
        return (angle / spread + 1) / 2, (math.hypot(across, down) - near) / (far - near)

    bent = mesh(flat, size, place, (90, 68))

    def fan(draw: ImageDraw.ImageDraw) -> None:
        arc = [
            (apex[0] + math.sin(angle) * radius, apex[1] + math.cos(angle) * radius)
            for radius, angles in (
                (near, [spread * (step / 40 - 1) for step in range(81)]),
                (far - 6, [spread * (1 - step / 40) for step in range(81)]),
            )
            for angle in angles
        ]
        draw.polygon(arc, fill=255)

    bent = Image.composite(bent, Image.new("L", size), drawn(size, fan, 2))
    tinted = Image.merge(
        "RGB",
        [
            bent.point([min(255, round(grey * part + base)) for grey in range(256)])
            for part, base in ((0.96, 6), (0.95, 6), (0.98, 8))
        ],
    )
    return soft(tinted, 0.7)


def prints(random: Random) -> Image.Image:
    """Two small footprints in ink on a card."""
    size = 2000, 1500
    paper = Image.new("RGB", size, (246, 239, 227))
    paper = shade(paper, levels(clouds(size, (4, 4), random, 3), 90, 250), 0.04)
    paper = shade(paper, levels(clouds(size, (900, 900), random, 2), 60, 210), 0.07)
    card = drawn(size, lambda draw: draw.rectangle((190, 150, 1810, 1350), fill=255))
    shadow = soft(ImageChops.offset(card, 10, 16), 22)
    ground = shade(
        Image.new("RGB", size, (214, 204, 188)), levels(clouds(size, (900, 7), random, 3), 60, 250), 0.12
    )
    ground = shade(ground, shadow, 0.28)
    picture = Image.composite(paper, ground, soft(card, 1.2))
    left = foot((600, 800), random)
    right = foot((600, 800), random).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    ink = Image.new("L", size)
    for print_, centre, turn in ((left, (740, 765), 6), (right, (1250, 748), -7)):
        turned = print_.rotate(turn, Image.Resampling.BICUBIC, expand=True)
        ink.paste(255, (centre[0] - turned.width // 2, centre[1] - turned.height // 2), turned)
    picture = wash(picture, (62, 58, 66), dimmed(ink, 0.9))
    return developed(picture, random, 0.05, 0.1)


def foot(size: Size, random: Random) -> Image.Image:
    """The print of one left foot, as ink leaves it: full here, thin there."""
    width, height = size

    def sole(draw: ImageDraw.ImageDraw) -> None:
        for x, y, across, down in (
            (0.490, 0.390, 0.205, 0.120),
            (0.400, 0.385, 0.120, 0.105),
            (0.600, 0.420, 0.120, 0.110),
            (0.560, 0.500, 0.165, 0.120),
            (0.570, 0.585, 0.140, 0.120),
            (0.560, 0.670, 0.136, 0.120),
            (0.535, 0.760, 0.160, 0.125),
            (0.525, 0.800, 0.150, 0.110),
        ):
            draw.ellipse(
                ((x - across) * width, (y - down) * height, (x + across) * width, (y + down) * height),
                fill=255,
            )

    def toes(draw: ImageDraw.ImageDraw) -> None:
        for x, y, across, down in (
            (0.318, 0.208, 0.074, 0.066),
            (0.462, 0.182, 0.046, 0.045),
            (0.572, 0.196, 0.042, 0.040),
            (0.668, 0.226, 0.038, 0.036),
            (0.748, 0.270, 0.034, 0.032),
        ):
            draw.ellipse(
                ((x - across) * width, (y - down) * height, (x + across) * width, (y + down) * height),
                fill=255,
            )

    shape = levels(drawn(size, sole, 34), 112, 138)
    shape = ImageChops.lighter(shape, levels(drawn(size, toes, 5), 100, 150))
    ragged = levels(Image.blend(soft(shape, 6), clouds(size, (14, 14), random, 3), 0.22), 95, 150)
    shape = ImageChops.multiply(soft(shape, 1.5), ragged)
    skin = levels(
        Image.blend(noise(size, (5, 2.6), random), clouds(size, (70, 90), random, 4), 0.55), 78, 152
    )
    pressed = ImageChops.subtract(shape, dimmed(soft(ImageChops.invert(shape), 26), 0.15))
    inked = ImageChops.multiply(pressed, skin.point([round(118 + grey * 0.54) for grey in range(256)]))
    arch = glow(size, (width * 0.36, height * 0.60), (width * 0.36, height * 0.24), 0.7)
    worn = Image.blend(
        ImageChops.invert(dimmed(arch, 0.85)), Image.blend(skin, noise(size, (4, 2.2), random), 0.5), 0.5
    )
    return ImageChops.multiply(inked, levels(worn, 96, 150))


def blanket(random: Random) -> Image.Image:
    """A yellow knitted blanket, close, in soft folds."""
    size = 2000, 1500
    stitch = (66, 50)
    columns, rows = 38, 38
    yarn = Image.new("L", (columns * stitch[0], rows * stitch[1]), 84)
    legs = [leg(stitch, random) for _ in range(12)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns):
            for side in (0, 1):
                mark, mask = legs[random.randrange(len(legs))]
                if side:
                    mark, mask = (part.transpose(Image.Transpose.FLIP_LEFT_RIGHT) for part in (mark, mask))
                place = (
                    column * stitch[0] + side * stitch[0] // 2 - 7 + random.randint(-1, 1),
                    row * stitch[1] - 18 + random.randint(-1, 1),
                )
                yarn.paste(mark, place, mask)
    hair = levels(clouds(yarn.size, (2, 5), random, 2), 30, 230)
    yarn = Image.blend(yarn, ImageChops.multiply(yarn, hair), 0.35)

    def fold(x: float, y: float) -> Point:
        bend = math.sin(x * 4.4 + y * 2.2) * 0.020 + math.sin(x * 9 - y * 3 + 1) * 0.006
        return 0.05 + x * 0.9 + math.sin(y * 3.1 + x * 2) * 0.016, 0.06 + y * 0.88 + bend

    knit = mesh(yarn, size, fold, (50, 40))
    tones = [(132, 98, 48), (212, 172, 96), (244, 214, 142), (253, 238, 194)]
    picture = toned(knit, tones)
    folds = Image.new("L", (200, 150))
    for y in range(150):
        for x in range(200):
            u, v = x / 199, y / 149
            height = math.sin(u * 5.2 + v * 3.4 + 0.4) + 0.5 * math.sin(u * 2.1 - v * 4.4)
            folds.putpixel((x, y), round(128 + 80 * height / 1.5))
    folds = folds.resize(size, Image.Resampling.BICUBIC)
    picture = shade(picture, levels(folds, 150, 30), 0.36)
    picture = light(picture, (255, 232, 190), dimmed(levels(folds, 110, 230), 0.3))
    near = fade_mask(size, 0.3)
    picture = Image.composite(picture, soft(picture, 7), near)
    return developed(picture, random, 0.05, 0.18)


def leg(stitch: Size, random: Random) -> tuple[Image.Image, Image.Image]:
    """One half of a knitted stitch and its outline: a slanted strand, lit from the upper left."""
    scale = 4
    width, height = (stitch[0] // 2 + 14) * scale, (stitch[1] + 36) * scale
    strand = Image.new("L", (width, height))
    draw = ImageDraw.Draw(strand)
    draw.ellipse((width * 0.17, height * 0.02, width * 0.83, height * 0.98), fill=255)
    mask = strand.rotate(21, Image.Resampling.BICUBIC)
    round_ = soft(strand, 24)
    lit = levels(ImageChops.subtract(round_, ImageChops.offset(round_, 30, 36), 1.8, 128), 30, 225)
    twist = Image.new("L", (width, height), 128)
    lines = ImageDraw.Draw(twist)
    for y in range(-height, height * 2, 30):
        lines.line((0, y + random.randint(-3, 3), width, y - width * 0.8), fill=84, width=9)
    body = Image.blend(lit, soft(twist, 4), 0.34)
    body = ImageEnhance.Brightness(body).enhance(1.16 + random.uniform(-0.05, 0.05))
    body = body.rotate(21, Image.Resampling.BICUBIC, fillcolor=110)
    small = (width // scale, height // scale)
    return body.resize(small, Image.Resampling.LANCZOS), mask.resize(small, Image.Resampling.LANCZOS)
