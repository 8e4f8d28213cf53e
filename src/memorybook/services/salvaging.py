"""Pictures and recordings taken out of single media files, with the twelve words and nothing else.

For the day on which the database is lost, or only a part of the folder was copied in time. What the files
were called and what was written about them is in the database alone.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from memorybook.errors import PictureNotRecognised
from memorybook.files import private_folder, write_readable
from memorybook.services.recovery import RecoveryWords
from memorybook.storage import salvage
from memorybook.storage.seed import Seed
from memorybook.system.decoder.recognising import ENDINGS, recognise

_RECORDINGS: tuple[tuple[int, bytes, str], ...] = (
    (8, b"WAVE", ".wav"),
    (8, b"AVI ", ".avi"),
    (8, b"M4A ", ".m4a"),
    (8, b"M4B ", ".m4a"),
    (8, b"qt  ", ".mov"),
    (4, b"ftyp", ".mp4"),
    (4, b"moov", ".mov"),
    (4, b"mdat", ".mov"),
    (4, b"wide", ".mov"),
    (0, b"ID3", ".mp3"),
    (0, b"\xff\xfb", ".mp3"),
    (0, b"\xff\xf3", ".mp3"),
    (0, b"\xff\xf1", ".aac"),
    (0, b"\xff\xf9", ".aac"),
    (0, b"OggS", ".ogg"),
    (0, b"fLaC", ".flac"),
    (0, b"#!AMR", ".amr"),
    (0, b"\x1a\x45\xdf\xa3", ".mkv"),
    (0, b"FORM", ".aiff"),
    (0, b"\x30\x26\xb2\x75", ".wmv"),
)
"""Where these bytes stand in a file, and what such a file is called; the first that fits counts."""


@dataclass(frozen=True, slots=True)
class TakenOut:
    """One file that was written. It is whole when nothing is ``lost`` (stretches of 64 KiB) nor ``cut``."""

    path: Path
    lost: int
    cut: bool

    @property
    def is_whole(self) -> bool:
        """Whether it is byte for byte what was kept."""
        return not self.lost and not self.cut


def taking_out(words: str) -> Callable[[Path, Path], TakenOut]:
    """What takes one media file out, for the book whose sheet has these words, or this code.

    It is called with the media file and the folder its content goes to, and blocks. It never replaces a
    file. What cannot be verified is zeros in what it writes, and "damaged" is added to the name.
    Raises RecoveryWordsMistyped; what is returned raises MediaMissing, MediaDamaged when these words do
    not open the file, StorageFull, BookReadOnly or StorageFailed.
    """
    seed = Seed(RecoveryWords().read(words))

    def take_out(media: Path, folder: Path) -> TakenOut:
        with salvage.broken(media, seed) as found:
            content = iter(found)
            beginning = next(content, b"")
            name = media.stem + ending(beginning)
            if not folder.is_dir():  # whose it is stays as it is: a drive may know no rights at all
                private_folder(folder)
            path = _free(folder / name)
            write_readable(path, chain([beginning], content))
            if found.lost or found.is_cut:
                path = path.rename(_free(path.with_stem(path.stem + " damaged")))
            return TakenOut(path, found.lost, found.is_cut)

    return take_out


def media_among(places: list[Path]) -> Iterator[Path]:
    """The files named, and in the place of a folder all the media files in it."""
    for place in places:
        if place.is_dir():
            yield from sorted(place.rglob("*.mbm"))
        else:
            yield place


def ending(content: bytes) -> str:
    """What a file with this beginning is called at its end; ".bin" when that is not known."""
    try:
        return ENDINGS[recognise(content)]
    except PictureNotRecognised:
        pass
    for place, signature, name in _RECORDINGS:
        if content[place : place + len(signature)] == signature:
            return name
    return ".bin"


def _free(path: Path) -> Path:
    """The path itself, or with a number behind its name where something is already."""
    number, free = 2, path
    while free.exists():
        free = path.with_stem(f"{path.stem} {number}")
        number += 1
    return free
