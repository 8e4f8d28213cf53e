"""Large pictures, as phones and scanners make them: 12 and 48 megapixels."""

import functools
import io
from dataclasses import dataclass
from typing import Final

import pillow_heif

from tests.corpus import pictures


@dataclass(frozen=True)
class Large:
    """How to make one. ``kind`` and ``mode`` are Pillow's names."""

    kind: str
    width: int = 4032
    height: int = 3024
    mode: str = "RGB"
    progressive: bool = False

    @functools.cache  # noqa: B019 a handful of them, for one run of the tests
    def data(self) -> bytes:
        """The file, with the motif in it."""
        pillow_heif.register_heif_opener()
        image, file = pictures.motif(self.width, self.height).convert(self.mode), io.BytesIO()
        options: dict[str, dict[str, object]] = {
            "JPEG": {"quality": 90, "progressive": self.progressive},
            "PNG": {"compress_level": 1},
            "TIFF": {"compression": "tiff_lzw"},
            "HEIF": {"quality": 50, "tile_size": 512, "enc_params": {"preset": "ultrafast"}},
            "WEBP": {"quality": 50, "method": 0},
        }
        image.save(file, self.kind, **options[self.kind])
        return file.getvalue()


QUICK: Final = {
    "a phone's JPEG": Large("JPEG"),
    "a progressive JPEG": Large("JPEG", progressive=True),
    "a JPEG for a press": Large("JPEG", mode="CMYK"),
    "a packed TIFF": Large("TIFF"),
}
SLOW: Final = {
    "a phone's HEIC": Large("HEIF"),
    "a PNG": Large("PNG"),
    "a WebP": Large("WEBP"),
    "a JPEG of 48 megapixels": Large("JPEG", 8064, 6048),
    "a progressive JPEG of 48 megapixels": Large("JPEG", 8064, 6048, progressive=True),
    "a HEIC of 48 megapixels": Large("HEIF", 8064, 6048),
}
