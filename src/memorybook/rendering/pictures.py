"""The photographs in the finished PDF: each as the very JPEG it is kept as, one in memory at a time.

Typst sets the pages with stand-ins. The result is written out in the plainest form a PDF can have, one
object after another with a table of their places at the end. So the file can be given out again object
by object: the photograph in the place of its stand-in, and the table with the new places. Nothing is
kept twice and nothing is left behind, as it would be in a file that was changed by adding to it.
"""

import hashlib
import io
import re
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pikepdf

from memorybook.domain.book import PlannedPicture
from memorybook.domain.ids import PhotoId
from memorybook.errors import PagesNotMade
from memorybook.rendering import password, stand_ins
from memorybook.rendering.images import Image, Place

_ENTRY_LENGTH = 20
_TABLE = re.compile(rb"xref\n0 (\d+)\n")
_START = re.compile(rb"startxref\n(\d+)\n%%EOF\n?\Z")
_TELLING = 32 * 1024
_SIZE = re.compile(rb"/Size \d+")
_ID = re.compile(rb"/ID \[\s*<[0-9a-f]*>\s*<[0-9a-f]*>\s*\]")

_PLAIN: dict[str, Any] = {
    "object_stream_mode": pikepdf.ObjectStreamMode.disable,
    "fix_metadata_version": False,
}


class Frame:
    """A typeset PDF whose stand-ins have been found."""

    def __init__(
        self,
        typeset: bytes,
        photographs: Mapping[PhotoId, PlannedPicture],
        *,
        finish: Callable[[pikepdf.Pdf], None] | None = None,
        secret: str | None = None,
    ) -> None:
        """``finish`` may change the pages; with ``secret`` the file opens with this password alone.

        Raises PagesNotMade when a stand-in is not in it, ``ValueError`` for a password that is none.
        """
        plain = io.BytesIO()
        with pikepdf.open(io.BytesIO(typeset)) as pdf:
            if finish is not None:
                finish(pdf)
            if secret is None:
                pdf.save(plain, **_PLAIN, deterministic_id=True)
            else:
                password.claim_no_archive(pdf)
                pdf.save(plain, **_PLAIN, encryption=password.encryption(secret))
        self.data = plain.getvalue()
        with pikepdf.open(io.BytesIO(self.data), password=password.normal(secret) if secret else "") as pdf:
            self.places = _places(pdf, photographs)
            self.key = pdf.encryption.encryption_key if secret is not None else None
        if {place.picture.photo for place in self.places.values()} != set(photographs):
            raise PagesNotMade
        self.offsets, self.table_at, self.trailer = _table(self.data)


def _places(pdf: pikepdf.Pdf, photographs: Mapping[PhotoId, PlannedPicture]) -> dict[int, Place]:
    """The object numbers of all stand-ins."""
    digests = {stand_ins.digest(stand_ins.stand_in(photo)): photo for photo in photographs}
    places = {}
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image":
            photo = digests.get(stand_ins.digest(item.read_raw_bytes()))
            if photo is not None:
                places[item.objgen[0]] = Place(photographs[photo], item["/ColorSpace"].unparse())
    return places


def _table(data: bytes) -> tuple[list[int], int, bytes]:
    """Where each object begins (0 for one that is not there), where the table begins, what follows it."""
    found = _START.match(data, max(0, data.rfind(b"startxref")))
    header = _TABLE.match(data, int(found[1])) if found is not None else None
    if found is None or header is None:
        raise PagesNotMade
    offsets = []
    for number in range(int(header[1])):
        entry = data[header.end() + number * _ENTRY_LENGTH :][:_ENTRY_LENGTH]
        offsets.append(int(entry[:10]) if entry[17:18] == b"n" else 0)
    behind = header.end() + len(offsets) * _ENTRY_LENGTH
    return offsets, int(found[1]), data[behind : found.start()]


class Photographs:
    """The finished file in pieces. Each time it is gone through, every photograph is asked for again.

    Up to ``ahead`` photographs are asked for at a time, each on a thread of its own, before their turn.
    """

    def __init__(
        self,
        frame: Frame,
        pictures: Callable[[PhotoId], bytes],
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        *,
        ahead: int = 0,
    ) -> None:
        self._frame = frame
        self._pictures = pictures
        self._progress = progress or _unheard
        self._cancelled = cancelled or _never
        self._ahead = ahead

    def __iter__(self) -> Iterator[bytes]:
        """Raises PagesNotMade, or what ``pictures`` raises."""
        digest = hashlib.sha256()
        offsets = [0] * len(self._frame.offsets)
        written = 0
        for number, piece in self._pieces():
            if number >= len(offsets):
                offsets.append(written)
            elif number and not offsets[number]:
                offsets[number] = written
            _note(digest, piece)
            written += len(piece)
            yield piece
        name = digest.hexdigest()[:32].encode("ascii")
        rows = [b"0000000000 65535 f \n"]
        rows += [b"%010d 00000 n \n" % at if at else rows[0] for at in offsets[1:]]
        trailer = _ID.sub(b"/ID [<%b><%b>]" % (name, name), self._frame.trailer)
        trailer = _SIZE.sub(b"/Size %d" % len(rows), trailer)
        yield b"xref\n0 %d\n%b%bstartxref\n%d\n%%%%EOF\n" % (len(rows), b"".join(rows), trailer, written)

    def _pieces(self) -> Iterator[tuple[int, bytes]]:
        """Each object with its number; the head of the file is number 0. New numbers follow one another."""
        frame = self._frame
        starts = sorted((offset, number) for number, offset in enumerate(frame.offsets) if offset)
        ends = [offset for offset, _ in starts[1:]] + [frame.table_at]
        self._progress(0, len(frame.places))
        yield 0, frame.data[: starts[0][0]]
        done, unused = 0, len(frame.offsets)
        order = [frame.places[number].picture.photo for _, number in starts if number in frame.places]
        with closing(self._given(order)) as given:
            for (start, number), end in zip(starts, ends, strict=True):
                place = frame.places.get(number)
                if place is None:
                    yield number, frame.data[start:end]
                    continue
                if self._cancelled():
                    raise PagesNotMade
                image = Image.of(next(given), place, frame.key)
                lies = number
                if image.orientation != 1:
                    lies, unused = unused, unused + 1
                    yield number, image.turning(number, lies)
                for piece in image.pieces(lies):
                    yield lies, piece
                del image
                done += 1
                self._progress(done, len(frame.places))

    def _given(self, order: Sequence[PhotoId]) -> Generator[bytes]:
        """The photographs in this order."""
        if not self._ahead:
            for photo in order:
                yield self._pictures(photo)
            return
        pool = ThreadPoolExecutor(self._ahead, thread_name_prefix="memorybook-printing")
        waiting = deque(pool.submit(self._pictures, photo) for photo in order[: self._ahead])
        try:
            for following in [*order[self._ahead :], *[None] * len(waiting)]:
                data = waiting.popleft().result()
                if following is not None:
                    waiting.append(pool.submit(self._pictures, following))
                yield data
                del data
        finally:
            pool.shutdown(cancel_futures=True)


def _note(digest: "hashlib._Hash", piece: bytes) -> None:
    """What the name of the file is made of: all of what is short, of a photograph its length and its ends.

    It tells one version of a file from another, and protects nothing: hashing hundreds of megabytes for
    that would take a tenth of the time.
    """
    if len(piece) <= 2 * _TELLING:
        digest.update(piece)
    else:
        digest.update(b"%d" % len(piece))
        digest.update(piece[:_TELLING])
        digest.update(piece[-_TELLING:])


def _unheard(done: int, total: int) -> None:
    del done, total


def _never() -> bool:
    return False
