"""Books to typeset, and a finished PDF read again with other people's tools."""

import datetime
import hashlib
import io
import random
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache

import pikepdf
from PIL import Image, ImageDraw, ImageFilter

from memorybook.domain.book import BookPlan, PageSize, PlannedDate, PlannedEntry, PlannedPicture
from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.entry import EntryKind
from memorybook.domain.ids import PhotoId
from memorybook.rendering.pdf import Typesetter
from memorybook.services import markup

CREATED = datetime.datetime(2026, 11, 1, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=5)))

HOSTILE = r"""#import "@preview/cetz:0.3.0": canvas
#set page(fill: red) #{ panic("no") } #eval("1+1") #read("/etc/passwd") #include "entry.typ" #image("x.png")
$x^2$ @label <label> = No heading // no comment /* none */ ] } ) ' " \u{41} \ ` ```` ~ -- --- ... (c) https://example.org
"""


def plan(
    *entries: PlannedEntry,
    title: str = "",
    subtitle: str = "",
    dedication: str = "",
    dates: tuple[PlannedDate, ...] = (),
    size: PageSize = PageSize.A5,
    language: str = "en",
) -> BookPlan:
    return BookPlan(title, subtitle, dedication, language, size, entries, dates)


def entry(
    words: str = "",
    *pictures: PlannedPicture,
    title: str = "",
    day: str = "",
    kind: EntryKind = EntryKind.ENTRY,
    signature: str = "",
    to: str = "",
) -> PlannedEntry:
    return PlannedEntry(title, VagueDate.parse(day), kind, signature, to, markup.parse(words), pictures)


def picture(
    number: int,
    width: int = 300,
    height: int = 200,
    caption: str = "",
    description: str = "",
    taken: str = "",
) -> PlannedPicture:
    day = VagueDate.parse(taken) if taken else UNKNOWN
    return PlannedPicture(PhotoId(number), width, height, caption, description, day)


def pdf(plan: BookPlan, pictures: Mapping[int, bytes] | Callable[[PhotoId], bytes] | None = None) -> bytes:
    give = pictures if callable(pictures) else (pictures or {}).__getitem__
    return b"".join(Typesetter().pdf(plan, pictures=give, created=CREATED))


def photograph(
    width: int = 300, height: int = 200, seed: int = 1, mode: str = "RGB", **options: object
) -> bytes:
    """A sea and a sky, with the grain that makes a photograph as large as it is."""
    image = _sea(width, height, seed).convert(mode)
    file = io.BytesIO()
    image.save(file, "JPEG", **{"quality": 88, **options})
    return file.getvalue()


@cache
def _sea(width: int, height: int, seed: int) -> Image.Image:
    dice = random.Random(seed)  # noqa: S311 - the same pictures every time
    horizon = int(height * dice.uniform(0.45, 0.7))
    image = Image.new("RGB", (width, height), (110, 125, 145))
    draw = ImageDraw.Draw(image)
    for y in range(horizon):
        share = y / horizon
        draw.line((0, y, width, y), fill=(int(226 - 36 * share), int(195 - 45 * share), 172))
    sun, x = max(2, width // 14), dice.randrange(width)
    draw.ellipse((x - sun, horizon - sun, x + sun, horizon + sun), fill=(250, 225, 210))
    draw.rectangle((0, horizon, width, height), fill=(100, 116, 138))
    return image.filter(ImageFilter.GaussianBlur(1))


def text(data: bytes, *options: str) -> str:
    """The words in the order in which they are read, by poppler."""
    return _run(["pdftotext", "-enc", "UTF-8", *options, "-", "-"], data).decode("utf-8")


def joined(words: str) -> str:
    """Words without what typesetting adds and takes: blanks, line ends and hyphens at line ends."""
    return "".join(words.replace("\u00ad", "").split())


def qpdf_complaints(data: bytes) -> str:
    """What qpdf finds wrong with the file; nothing when it is sound."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        found = subprocess.run(["qpdf", "--check", file.name], capture_output=True, check=False)
    return "" if found.returncode == 0 else (found.stdout + found.stderr).decode("utf-8", "replace")


def _run(command: list[str], data: bytes) -> bytes:
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def images(document: pikepdf.Pdf) -> list[pikepdf.Stream]:
    return [
        item
        for item in document.objects
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
    ]


def digests(document: pikepdf.Pdf) -> list[str]:
    """SHA-256 of every image stream as it lies in the file."""
    return sorted(hashlib.sha256(image.read_raw_bytes()).hexdigest() for image in images(document))


def tags(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every element of the structure tree, in reading order."""
    waiting = [document.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if "/S" in element:
            yield element
        children: object = element.get("/K", [])
        listed = list(children) if isinstance(children, pikepdf.Array) else [children]
        waiting += [child for child in reversed(listed) if isinstance(child, pikepdf.Dictionary)]


def tag_names(document: pikepdf.Pdf) -> list[str]:
    return [str(tag.S)[1:] for tag in tags(document)]


def alt_texts(document: pikepdf.Pdf) -> list[str]:
    return [str(tag.Alt) for tag in tags(document) if "/Alt" in tag]


def bookmarks(document: pikepdf.Pdf) -> list[str]:
    with document.open_outline() as outline:
        return [str(item.title) for item in outline.root]
