"""A JPEG's own words about itself."""

import pytest

from memorybook.rendering import jpeg
from tests.corpus import pictures as corpus
from tests.unit.rendering.pages import photograph


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("progressive", [False, True])
def test_the_frame_is_read(mode: str, progressive: bool) -> None:
    facts = jpeg.read(photograph(31, 17, mode=mode, progressive=progressive))
    assert facts is not None
    assert (facts.width, facts.height, facts.bits, facts.fits_pdf) == (31, 17, 8, True)
    assert facts.components == len(mode)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_is_read(orientation: int) -> None:
    facts = jpeg.read(corpus.jpeg(orientation=orientation))
    assert facts is not None
    assert facts.orientation == orientation


def test_what_is_no_jpeg_has_no_facts() -> None:
    for data in (
        b"",
        b"\xff\xd8",
        b"\xff\xd8\xff\xe0\0\0",
        corpus.gif(),
        photograph()[:40],
        b"\xff\xd8\xff\xda\0\x08" + bytes(9),
    ):
        assert jpeg.read(data) is None


def test_damage_never_raises() -> None:
    for data in corpus.mutated(2000, seed=7):
        jpeg.read(data)
