"""Photographs are in the PDF as they are kept, byte for byte, one in memory at a time."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from memorybook.domain.ids import PhotoId
from memorybook.errors import MediaDamaged, PagesNotMade
from memorybook.rendering.pdf import Typesetter
from tests.corpus import pictures as corpus
from tests.unit.rendering.pages import (
    CREATED,
    digests,
    entry,
    images,
    opened,
    pdf,
    photograph,
    picture,
    plan,
    qpdf_complaints,
)


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_every_kind_of_jpeg_goes_in_unchanged() -> None:
    given = {
        1: photograph(seed=1),
        2: photograph(seed=2, progressive=True),
        3: photograph(seed=3, mode="L"),
        4: photograph(seed=4, mode="L", progressive=True),
        5: photograph(seed=5, subsampling=0, quality=100),
        6: photograph(seed=6) + b"a phone's trailer",
        7: corpus.jpeg(corpus.motif(300, 200)),
    }
    data = pdf(plan(*(entry("", picture(number)) for number in given)), given)
    assert qpdf_complaints(data) == ""
    with opened(data) as document:
        assert digests(document) == sorted(map(sha, given.values()))
        for image in images(document):
            assert [int(image[k]) for k in ("/Width", "/Height", "/BitsPerComponent")] == [300, 200, 8]
            assert image.Filter == "/DCTDecode"
            assert "/Interpolate" not in image
            grey = sha(image.read_raw_bytes()) in {sha(given[3]), sha(given[4])}
            if grey:
                assert image.ColorSpace == "/DeviceGray"
            else:
                assert image.ColorSpace[0] == "/ICCBased"
                assert image.ColorSpace[1].N == 3
            assert pikepdf.PdfImage(image).as_pil_image().mode == ("L" if grey else "RGB")
        assert document.Root.OutputIntents[0].DestOutputProfile.N == 3


def test_a_picture_on_two_pages_is_stored_once() -> None:
    data = pdf(plan(entry("a", picture(1)), entry("b", picture(1))), {1: photograph()})
    with opened(data) as document:
        assert len(images(document)) == 1


def test_a_picture_made_smaller_for_print_is_taken() -> None:
    given = photograph(100, 67)
    with opened(pdf(plan(entry("", picture(1, 3000, 2000))), {1: given})) as document:
        assert digests(document) == [sha(given)]


@pytest.mark.parametrize(
    "given",
    [
        corpus.jpeg_cmyk(),
        photograph(200, 300),
        corpus.png_with_holes(),
        corpus.heic(),
        b"",
    ],
)
def test_a_picture_that_is_not_as_agreed_is_refused(given: bytes) -> None:
    with pytest.raises(PagesNotMade):
        pdf(plan(entry("", picture(1, corpus.WIDTH, corpus.HEIGHT))), {1: given})


def test_a_picture_that_cannot_be_read_says_so() -> None:
    def damaged(photo: PhotoId) -> bytes:
        raise MediaDamaged

    with pytest.raises(MediaDamaged):
        pdf(plan(entry("", picture(1))), damaged)


def test_pictures_are_asked_for_one_by_one_and_progress_is_told() -> None:
    asked: list[int] = []
    told: list[tuple[int, int]] = []

    def give(photo: PhotoId) -> bytes:
        asked.append(photo)
        return photograph(seed=photo)

    pieces = iter(
        Typesetter().pdf(
            plan(*(entry("", picture(number)) for number in (1, 2, 3))),
            pictures=give,
            created=CREATED,
            progress=lambda done, total: told.append((done, total)),
        )
    )
    assert asked == []
    while not asked:
        next(pieces)
    assert len(asked) == 1
    for _ in pieces:
        assert len(asked) - told[-1][0] <= 1
    assert sorted(asked) == [1, 2, 3]
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_it_can_be_given_up_before_and_between() -> None:
    book = plan(entry("", picture(1)), entry("", picture(2)))
    asked: list[int] = []

    def give(photo: PhotoId) -> bytes:
        asked.append(photo)
        return photograph(seed=photo)

    with pytest.raises(PagesNotMade):
        Typesetter().pdf(book, pictures=give, created=CREATED, cancelled=lambda: True)
    with pytest.raises(PagesNotMade):
        b"".join(Typesetter().pdf(book, pictures=give, created=CREATED, cancelled=lambda: bool(asked)))
    assert len(asked) == 1


def test_the_same_pictures_make_the_same_file_and_others_another_name() -> None:
    book = plan(entry("", picture(1)))
    first, again, other = (pdf(book, {1: photograph(seed=seed)}) for seed in (1, 1, 2))
    assert first == again
    with opened(first) as one, opened(other) as two:
        assert one.trailer.ID != two.trailer.ID


MEASURED = """
import resource
from tests.unit.rendering.pages import CREATED, entry, photograph, picture, plan
from memorybook.rendering.pdf import Typesetter

book = plan(*(entry("Words.", picture(n, 3000, 2000)) for n in range(1, 31)))
one = photograph(3000, 2000)
padding = bytes(4_000_000)
give = lambda photo: one + photo.to_bytes(2, "big") + padding
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
written = sum(map(len, Typesetter().pdf(book, pictures=give, created=CREATED)))
assert written > 30 * 4_000_000
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_thirty_photographs_take_the_memory_of_a_few() -> None:
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", MEASURED], cwd=root, env={"PYTHONPATH": f"{root / 'src'}:{root}"},
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert int(done.stdout) < 60_000, "kilobytes; thirty pictures together have 130,000"
