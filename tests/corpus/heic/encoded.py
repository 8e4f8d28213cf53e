"""The HEIC files of this folder, and what each is.

Made once from the motif of ``tests.corpus.pictures`` by ``heif-enc`` of Debian 12 (libheif 1.15.1 with x265
3.5), which writes other boxes, parameter sets and colour signalling than pillow-heif does, whose files the
other tests make as they run. ``foreign.avif`` and ``foreign.heic`` hold AV1, the second under the brand of
HEIC: whole pictures in a coding that is not taken in.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).parent

WITH: Final[Mapping[str, str]] = {
    "plain": "-q 60",
    "lossless": "-L",
    "full": "-q 60 -p chroma=444",
    "grey": "-q 60",
    "holes": "-q 60, from a PNG of which the right half is not there",
    "thumb": "-q 60 -t 48",
    "ten": "-q 60 -b 10, from grey of sixteen bits, dark on the left and light on the right",
}
"""The name of each, with the options it was written with."""

FOREIGN: Final = ("foreign.avif", "foreign.heic")


def heic(name: str) -> bytes:
    """One of those by its name."""
    return (_HERE / f"{name}.heic").read_bytes()


def foreign(name: str) -> bytes:
    """One of those that are not taken in."""
    return (_HERE / name).read_bytes()
