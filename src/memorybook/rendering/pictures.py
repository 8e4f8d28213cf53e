"""The photographs in the finished PDF: each as the very JPEG it is kept as, one in memory at a time.

They are written first, while the pages are being set (:mod:`memorybook.rendering.frame` keeps numbers free
for them); then the pages, object by object, and the table of where everything lies. Nothing is kept twice
and nothing is left behind, as it would be in a file that was changed by adding to it.
"""

import hashlib
import re
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

from memorybook.domain.book import PlannedPicture
from memorybook.domain.ids import PhotoId
from memorybook.errors import PagesNotMade
from memorybook.rendering.images import Image
from memorybook.rendering.numbering import COLOURS, HEAD, number_of

if TYPE_CHECKING:
    from memorybook.rendering.frame import Frame

_TELLING = 32 * 1024
_ID = re.compile(rb"/ID \[\s*<[0-9a-f]*>\s*<[0-9a-f]*>\s*\]")


class Photographs:
    """The finished file in pieces. Each time it is gone through, every photograph is asked for again.

    ``frame`` makes the pages, on a thread of its own, while the photographs are written in the order of
    ``planned``; those that are to be ``encrypted`` wait for it. Up to ``ahead`` photographs are asked for at
    a time, each on a thread of its own, before their turn.
    """

    def __init__(
        self,
        frame: "Callable[[], Frame]",
        planned: Sequence[PlannedPicture],
        pictures: Callable[[PhotoId], bytes],
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        *,
        encrypted: bool = False,
        ahead: int = 0,
    ) -> None:
        self._frame = frame
        self._planned = planned
        self._pictures = pictures
        self._progress = progress or _unheard
        self._cancelled = cancelled or _never
        self._encrypted = encrypted
        self._ahead = ahead

    def __iter__(self) -> Iterator[bytes]:
        """Raises PagesNotMade, or what ``pictures`` raises."""
        with ThreadPoolExecutor(1, thread_name_prefix="memorybook-typesetting") as pool:
            yield from self._file(pool.submit(self._frame))

    def _file(self, setting: "Future[Frame]") -> Iterator[bytes]:
        digest = hashlib.sha256()
        offsets: dict[int, int] = {}
        written = 0
        for number, piece in self._pieces(setting):
            offsets.setdefault(number, written)
            _note(digest, piece)
            written += len(piece)
            yield piece
        frame = setting.result()
        name = digest.hexdigest()[:32].encode("ascii")
        free = b"0000000000 65535 f \n"
        rows = [free]
        rows += [
            b"%010d 00000 n \n" % offsets[number] if number in offsets else free
            for number in range(1, frame.count)
        ]
        trailer = _ID.sub(b"/ID [<%b><%b>]" % (name, name), frame.trailer)
        yield b"xref\n0 %d\n%b%bstartxref\n%d\n%%%%EOF\n" % (len(rows), b"".join(rows), trailer, written)

    def _pieces(self, setting: "Future[Frame]") -> Iterator[tuple[int, bytes]]:
        """Each object with its number; the head of the file is number 0."""
        self._progress(0, len(self._planned))
        key = setting.result().key if self._encrypted else None
        yield 0, HEAD
        with closing(self._given([picture.photo for picture in self._planned])) as given:
            for position, picture in enumerate(self._planned):
                if setting.done():
                    setting.result()  # without pages there is nothing to write photographs for
                if self._cancelled():
                    raise PagesNotMade
                image = Image.of(next(given), picture, COLOURS, key)
                number = lies = number_of(position)
                if image.orientation != 1:
                    lies += 1
                    yield number, image.turning(number, lies)
                for piece in image.pieces(lies):
                    yield lies, piece
                del image
                self._progress(position + 1, len(self._planned))
        yield from setting.result().objects()

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
