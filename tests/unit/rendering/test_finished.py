"""What is done to the finished file: boxes for a print service, sheets to be folded, a password."""

import hashlib
import re
import subprocess
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageStat

from memorybook.domain import jpeg
from memorybook.domain.book import BookPlan, PageSize, Preset
from memorybook.rendering import imposition, password
from memorybook.rendering.pdf import Typesetter
from tests.corpus import pictures as corpus
from tests.unit.rendering.pages import (
    CREATED,
    digests,
    entry,
    images,
    opened,
    photograph,
    picture,
    plan,
    qpdf_complaints,
    text,
)

PICTURES = {1: photograph(seed=1), 2: photograph(seed=2)}
SECRET = "hohe Weide \N{LATIN SMALL LETTER O WITH DIAERESIS}"


def book(**changes: object) -> BookPlan:
    made = plan(
        entry("We lit the candle. " * 160, picture(1, caption="The window"), title="Wave of light"),
        entry("It rained.", picture(2), title="Rain"),
        title="For Wren",
    )
    return replace(made, **changes)


def made(of: BookPlan, **options: object) -> bytes:
    pieces = Typesetter().pdf(of, pictures=PICTURES.__getitem__, created=CREATED, **options)  # type: ignore[arg-type]
    return b"".join(pieces)


def millimetres(box: pikepdf.Object) -> list[float]:
    return [float(edge) * 25.4 / 72 for edge in box]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("size", "trim"),
    [
        (PageSize.A5, (148, 210)),
        (PageSize.SIX_NINE, (152.4, 228.6)),
        (PageSize.SQUARE, (215.9, 215.9)),
    ],
)
def test_a_print_service_finds_its_boxes_and_an_even_number_of_pages(
    size: PageSize, trim: tuple[float, float]
) -> None:
    data = made(book(preset=Preset.PRESS, page_size=size))
    assert qpdf_complaints(data) == ""
    width, height = trim
    with opened(data) as document:
        assert len(document.pages) % 2 == 0
        for page in document.pages:
            whole = [0, 0, width + 6.35, height + 6.35]
            assert millimetres(page.MediaBox) == pytest.approx(whole, abs=0.01)
            assert millimetres(page.BleedBox) == pytest.approx(whole, abs=0.01)
            cut = [3.175, 3.175, width + 3.175, height + 3.175]
            assert millimetres(page.TrimBox) == pytest.approx(cut, abs=0.01)
            assert "/CropBox" not in page


def test_nothing_for_a_print_service_is_see_through() -> None:
    with opened(made(book(preset=Preset.PRESS))) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
                assert "/SMask" not in item or str(item.SMask) == "/None"
                assert all(float(item.get(key, 1)) == 1 for key in ("/ca", "/CA"))
                assert str(item.get("/BM", "/Normal")) == "/Normal"


@pytest.mark.parametrize("pages", [1, 2, 4, 5, 23, 80, 81, 163, 600])
def test_folded_sheets_are_in_order(pages: int) -> None:
    sides = list(imposition.order(pages))
    sheets = imposition.gatherings(pages)
    assert len(sides) == 2 * sum(sheets)
    assert sorted(page for side in sides for page in side if page is not None) == list(range(pages))
    assert max(sheets) <= imposition.MOST_SHEETS
    assert max(sheets) - min(sheets) <= 1
    begun = 0
    for count in sheets:
        gathering = sides[2 * begun : 2 * (begun + count)]
        # From the outside to the fold on the right of each front and the left of each back, and out again.
        inwards = [front[1] for front in gathering[::2]], [back[0] for back in gathering[1::2]]
        read = [page for leaf in zip(*inwards, strict=True) for page in leaf]
        outwards = [back[1] for back in gathering[1::2]], [front[0] for front in gathering[::2]]
        read += [page for leaf in reversed(list(zip(*outwards, strict=True))) for page in leaf]
        filled = [page for page in read if page is not None]
        assert all(after == before + 1 for before, after in pairwise(filled))
        assert filled[:1] in ([4 * begun], [])
        begun += count


def test_a_booklet_has_two_pages_beside_one_another_in_their_true_size() -> None:
    single, folded = made(book()), made(book(), booklet=True)
    assert qpdf_complaints(folded) == ""
    with opened(single) as one, opened(folded) as two:
        assert len(two.pages) == 2 * -(-len(one.pages) // 4)
        for page in two.pages:
            assert millimetres(page.MediaBox)[2:] == pytest.approx((297, 210), abs=0.01)
            scales = re.findall(rb"q ([0-9.]+) 0 0 ([0-9.]+) ", page.Contents.read_bytes())
            assert set(scales) == {(b"1.00000", b"1.00000")}
        assert digests(two) == digests(one)
        assert "/StructTreeRoot" not in two.Root
        metadata = two.Root.Metadata.read_bytes()
        assert b"pdfuaid:part" not in metadata
        assert b"<pdfaid:conformance>B<" in metadata
    assert {"For", "Wren"} <= set(text(folded).split("\f")[0].split())
    assert sorted("".join(text(folded).split())) == sorted("".join(text(single).split()))


def test_pages_that_do_not_fit_on_half_a_sheet_become_smaller() -> None:
    with opened(made(book(page_size=PageSize.A4), booklet=True)) as document:
        assert b"q 0.70707 0 0 0.70707 " in document.pages[0].Contents.read_bytes()


def test_a_password_opens_it_and_nothing_else_does() -> None:
    data = made(book(), password=SECRET)
    plain = made(book())
    for words in (b"Wren", b"candle", b"<pdfaid:", PICTURES[1][300:400], SECRET.encode()):
        assert words not in data
    for wrong in ("", "hohe Weide", SECRET.upper()):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(BytesIO(data), password=wrong)
    with pikepdf.open(BytesIO(data), password=password.normal(SECRET)) as locked, opened(plain) as free:
        encryption = locked.encryption
        assert (encryption.R, encryption.V, encryption.bits) == (6, 5, 256)
        assert str(encryption.stream_method).endswith("aesv3")
        assert str(encryption.string_method).endswith("aesv3")
        assert all(getattr(locked.allow, name) for name in locked.allow._fields)
        metadata = locked.Root.Metadata.read_bytes()
        assert b"pdfaid" not in metadata
        assert b"<pdfuaid:part>1<" in metadata
        assert "/StructTreeRoot" in locked.Root
        assert str(locked.docinfo["/Title"]) == "For Wren"
        found = sorted(hashlib.sha256(image.read_raw_bytes()).hexdigest() for image in images(locked))
        assert found == digests(free)
        unlocked = BytesIO()
        locked.save(unlocked, encryption=False)
    assert qpdf_complaints(unlocked.getvalue()) == ""
    assert text(unlocked.getvalue()) == text(plain)
    assert made(book(), password=SECRET) != data


def test_a_password_is_the_same_however_its_letters_were_put_together() -> None:
    assert password.normal("o\N{COMBINING DIAERESIS}\N{NO-BREAK SPACE}\N{SOFT HYPHEN}x") == "\xf6 x"
    for none in ("", "\N{SOFT HYPHEN}", "x" * 128, "\N{LATIN SMALL LETTER O WITH DIAERESIS}" * 64):
        with pytest.raises(ValueError, match="password"):
            password.normal(none)


@pytest.mark.parametrize("secret", [None, "a password"])
def test_pictures_that_lie_on_their_side_are_turned_by_the_page(secret: str | None) -> None:
    looks = []
    for side in range(1, 9):
        coded = jpeg.bare(corpus.jpeg(orientation=side), side)
        of = plan(entry("", picture(1, corpus.WIDTH, corpus.HEIGHT)), size=PageSize.A5)
        pieces = Typesetter().pdf(
            of, pictures={1: coded}.__getitem__, created=CREATED, password=secret, ahead=2
        )
        with pikepdf.open(BytesIO(b"".join(pieces)), password=secret or "") as document:
            assert [image.read_raw_bytes() for image in images(document)] == [coded]
            plain = BytesIO()
            document.save(plain, encryption=False)
        assert qpdf_complaints(plain.getvalue()) == ""
        looks.append(drawn(plain.getvalue()))
    for look in looks[1:]:
        worst = max(upper for _, upper in ImageChops.difference(look, looks[0]).getextrema())
        assert worst < 90, "only the edges between the colours may differ"
        assert ImageStat.Stat(ImageChops.difference(look, looks[0])).rms[0] < 2


def drawn(data: bytes) -> Image.Image:
    """The first page, by poppler."""
    command = ["pdftoppm", "-r", "30", "-f", "1", "-l", "1", "-png", "-"]
    return Image.open(BytesIO(subprocess.run(command, input=data, capture_output=True, check=True).stdout))
