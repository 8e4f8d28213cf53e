"""An archive as one zip file, with a password or without one, piece by piece as it is written."""

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from memorybook.services.archiving.originals import ArchivedFile

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_LARGE = 1 << 30
"""From here on the size of a file may need more than the four bytes that the first zip files had for it."""


def pieces(files: Iterator[ArchivedFile], made_at: str, password: str = "") -> Iterator[bytes]:
    """The zip file. With a password what is in it is AES-256; the names within can be read all the same.

    Pictures and sound are small already: they are stored as they are.
    """
    sink = _Sink()
    moment = _moment(made_at)
    with _opened(sink, password) as archive:
        for file in files:
            kind = zipfile.ZIP_DEFLATED if file.is_text else zipfile.ZIP_STORED
            entry = archive.zipinfo_cls(file.name, date_time=moment) if password else None
            info = entry or zipfile.ZipInfo(file.name, date_time=moment)  # type: ignore[arg-type]
            info.compress_type = kind
            info.external_attr = 0o600 << 16
            with archive.open(info, "w", force_zip64=(file.size or 0) >= _LARGE) as out:
                for chunk in file.chunks:
                    out.write(chunk)
                    yield from sink.take()
            yield from sink.take()
    yield from sink.take()


def _moment(made_at: str) -> tuple[int, ...]:
    """As zip files have it: they know no year before 1980, which a clock that lost its battery says."""
    day, time = made_at[:10].split("-"), made_at[11:19].split(":")
    found = (*map(int, day), *map(int, time))
    return found if 1980 <= found[0] <= 2107 else (1980, 1, 1, 0, 0, 0)


def _opened(sink: "_Sink", password: str) -> Any:
    if not password:
        return zipfile.ZipFile(sink, "w")
    import pyzipper

    archive = pyzipper.AESZipFile(sink, "w")
    archive.setpassword(password.encode("utf-8"))
    archive.setencryption(pyzipper.WZ_AES, nbits=256)
    return archive


class _Sink(io.RawIOBase):
    """Takes what is written to it, until that is taken away."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: "ReadableBuffer", /) -> int:
        """Keep a piece."""
        piece = bytes(data)
        self._parts.append(piece)
        return len(piece)

    def take(self) -> list[bytes]:
        """The pieces so far."""
        parts, self._parts = self._parts, []
        return parts
