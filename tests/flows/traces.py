"""Looks for words that must not be readable, in every file below some folders, in several disguises."""

import base64
import errno
import os
import re
import stat
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

_LARGEST_INFLATED = 64 * 1024 * 1024


def disguises(word: str) -> dict[str, list[bytes]]:
    """The forms in which a word could lie in a file: plain, UTF-16, and base64 at each alignment."""
    plain = word.encode()
    shifted = [base64.b64encode(b"\0" * shift + plain) for shift in range(3)]
    return {
        "utf-8": [plain],
        "utf-16": [word.encode("utf-16-le")],
        "base64": [code[4 if shift else 0 : -4] for shift, code in enumerate(shifted)],
    }


def _streams(data: bytes) -> Iterator[bytes]:
    """Every zlib stream that begins somewhere in ``data``, inflated as far as it goes."""
    for header in (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda"):
        start = data.find(header)
        while start >= 0:
            inflating = zlib.decompressobj()
            try:
                found = inflating.decompress(data[start:], _LARGEST_INFLATED)
            except zlib.error:
                found = b""
            if len(found) > 8:
                yield found
            start = data.find(header, start + 1)


def found_in(data: bytes, word: str) -> set[str]:
    """The disguises in which ``word`` is in ``data``."""
    forms = disguises(word)
    hits = {name for name, needles in forms.items() if any(needle in data for needle in needles)}
    if any(needle in stream for stream in _streams(data) for needle in (*forms["utf-8"], *forms["utf-16"])):
        hits.add("zlib")
    return hits


def pieces(data: bytes, length: int = 48) -> list[bytes]:
    """Some stretches of a file, by which a copy of it, or of a part, is known again."""
    return [
        data[at : at + length] for at in range(len(data) // 4, len(data) - length, max(len(data) // 5, 1))
    ]


def copies(
    folders: Iterable[Path], originals: Iterable[Path], *, apart_from: Iterable[Path] = ()
) -> set[Path]:
    """Files that hold a stretch of one of ``originals``, as it is."""
    needles = [piece for original in originals for piece in pieces(original.read_bytes())]
    left_out = list(apart_from)
    return {
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and not any(path == other or other in path.parents for other in left_out)
        if any(needle in data for data in [path.read_bytes()] for needle in needles)
    }


def search(folders: Iterable[Path], word: str, *, apart_from: Iterable[Path] = ()) -> dict[Path, set[str]]:
    """Files whose content or name holds ``word``, with the disguises it was found in."""
    left_out = list(apart_from)
    hits: dict[Path, set[str]] = {}
    for folder in folders:
        for path in folder.rglob("*"):
            if any(path == other or other in path.parents for other in left_out):
                continue
            found = found_in(path.read_bytes(), word) if path.is_file() and not path.is_symlink() else set()
            if word in path.name:
                found.add("name")
            if found:
                hits[path] = found
    return hits


@dataclass
class Descriptors:
    """What this process has open at several moments: files that have lost their name have no other place.

    ``looks`` counts the moments, ``nameless`` the files without a name that were read, ``hits`` says where
    one of the words was.
    """

    words: list[str]
    looks: int = 0
    nameless: int = 0
    hits: list[str] = field(default_factory=list)

    def look(self, moment: str) -> None:
        """Read every file without a name, and what the system tells others of this process."""
        self.looks += 1
        for number in [int(path.name) for path in Path("/proc/self/fd").iterdir()]:
            try:
                self._look_at(number, moment)
            except OSError as error:
                if error.errno not in {errno.ENOENT, errno.EBADF}:  # closed meanwhile
                    raise
        for told in ("cmdline", "environ"):
            self._search(Path(f"/proc/self/{told}").read_bytes(), f"{moment}: {told}")

    def _look_at(self, number: int, moment: str) -> None:
        name = Path(f"/proc/self/fd/{number}").readlink()
        found = os.fstat(number)
        if stat.S_ISREG(found.st_mode) and found.st_nlink == 0:
            self.nameless += 1
            self._search(_contents(number, found.st_size), f"{moment}: {name}")

    def _search(self, data: bytes, where: str) -> None:
        self.hits += [f"{where}: {form}" for word in self.words for form in sorted(found_in(data, word))]


def _contents(descriptor: int, size: int) -> bytes:
    """All of an open file, without moving its place in it."""
    try:
        return os.pread(descriptor, size, 0)
    except OSError:  # open for writing alone
        return Path(f"/proc/self/fd/{descriptor}").read_bytes()


_CALL = re.compile(
    r'(?:openat2?|open|creat|mknod|mknodat)\((?:\S+?<(?P<folder>[^>]*)>, )?"(?P<path>[^"]+)"(?P<rest>[^\n]*)'
)
_RENAMED = re.compile(r'rename(?:at2?)?\([^"]*"([^"]+)"[^"]*"([^"]+)"')
_TO_WRITE = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TMPFILE|S_IFREG")
_NOWHERE = ("/dev/", "/proc/", "/sys/")


def written(log: str) -> set[Path]:
    """Every file that was made or opened for writing, as ``strace -f -y`` saw it, by its first name.

    Not the program itself, which Python writes down compiled where it is run for the first time.
    """
    found = set()
    for call in _CALL.finditer(log):
        made = call[0].startswith("creat") or _TO_WRITE.search(call["rest"])
        if made and "= -1 E" not in call["rest"] and not call["path"].startswith(_NOWHERE):
            found.add(Path(call["folder"] or "/", call["path"]))
    return {path for path in found if path.parent.name != "__pycache__"}


def renamed(log: str) -> dict[Path, Path]:
    """Which file took which name afterwards."""
    return {Path(old): Path(new) for old, new in _RENAMED.findall(log)}
