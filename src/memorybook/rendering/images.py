"""One photograph as an object of a PDF: the very JPEG it is given as, turned by the page if it has to be."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self

from memorybook.domain import jpeg
from memorybook.domain.book import PlannedPicture
from memorybook.errors import PagesNotMade
from memorybook.rendering import password

_SHAPE_TOLERANCE = 0.02

_MATRICES = {
    2: b"-1 0 0 1 1 0",
    3: b"-1 0 0 -1 1 1",
    4: b"1 0 0 -1 0 1",
    5: b"0 -1 -1 0 1 1",
    6: b"0 -1 1 0 0 1",
    7: b"0 1 1 0 0 0",
    8: b"0 1 -1 0 1 0",
}
"""How the unit square that a picture fills is laid, by the EXIF orientation of the picture."""


@dataclass(frozen=True, slots=True)
class Image:
    """A photograph that fits its place. ``colours`` names those it has, if any; ``key`` encrypts it."""

    data: bytes = field(repr=False)
    facts: jpeg.JpegFacts
    colours: bytes
    key: bytes | None = field(repr=False)

    @classmethod
    def of(cls, data: bytes, planned: PlannedPicture, colours: bytes, key: bytes | None) -> Self:
        """Raises PagesNotMade for a picture that is not as agreed."""
        facts = jpeg.read(data)
        if facts is None or not facts.stands_in_pdf or not _same_shape(facts, planned):
            raise PagesNotMade
        return cls(data, facts, colours, key)

    @property
    def orientation(self) -> int:
        """How it has to be turned, as EXIF counts; 1 for not at all."""
        return self.facts.orientation

    def turning(self, number: int, image: int) -> bytes:
        """Object ``number``, which shows object ``image`` upright."""
        content = self._sealed(b"/P Do")
        return (
            b"%d 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Matrix [%b]"
            b" /Resources << /XObject << /P %d 0 R >> >> /Length %d >>\nstream\n%b\nendstream\nendobj\n"
        ) % (number, _MATRICES[self.orientation], image, len(content), content)

    def pieces(self, number: int) -> Iterator[bytes]:
        """Object ``number``, the picture as it lies."""
        # Grey numbers mean the greys of the output intent, which is sRGB.
        colours = self.colours if self.facts.components == 3 else b"/DeviceGray"
        data = self._sealed(self.data)
        yield (
            b"%d 0 obj\n<< /Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8"
            b" /ColorSpace %b /Filter /DCTDecode /Length %d >>\nstream\n"
        ) % (number, self.facts.width, self.facts.height, colours, len(data))
        yield data
        yield b"\nendstream\nendobj\n"

    def _sealed(self, data: bytes) -> bytes:
        return data if self.key is None else password.encrypted(data, self.key)


def _same_shape(facts: jpeg.JpegFacts, picture: PlannedPicture) -> bool:
    """Whether the planned room is of this picture's shape, give or take a pixel."""
    width, height = facts.width, facts.height
    if facts.orientation >= 5:
        width, height = height, width
    planned, given = width * picture.height, height * picture.width
    return abs(planned - given) <= max(_SHAPE_TOLERANCE * given, picture.width, picture.height)
