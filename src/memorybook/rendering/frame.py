"""The typeset pages in the plainest form a PDF has, with numbers kept free for the photographs.

Typst sets the pages with stand-ins. The result is written out one object after another, with a table of
their places at the end. Whoever writes a PDF numbers its objects as they are found from the catalogue on; so
for a moment the catalogue has a list of the stand-ins as the first thing in it, and their numbers are those
of :mod:`memorybook.rendering.numbering` whatever the pages are like. A photograph can be written under its
number before the pages are set.
"""

import io
import re
from collections.abc import Callable, Iterator, Sequence

import pikepdf

from memorybook.domain.ids import PhotoId
from memorybook.errors import PagesNotMade
from memorybook.rendering import password, stand_ins
from memorybook.rendering.numbering import COLOURS, HEAD, number_of

_CATALOGUE = 1
_LIST = "/A"  # before every other name that a catalogue can have
_LISTED = re.compile(rb" /A \[[^\]]*\]")

_ENTRY_LENGTH = 20
_TABLE = re.compile(rb"xref\n0 (\d+)\n")
_START = re.compile(rb"startxref\n(\d+)\n%%EOF\n?\Z")
_OURSELVES = b"Memory Book"
_TOOL = re.compile(rb"<xmp:CreatorTool>[^<]*</xmp:CreatorTool>")

_PLAIN = pikepdf.ObjectStreamMode.disable


class Frame:
    """A typeset PDF whose stand-ins have been found.

    ``count`` is one more than the highest number, ``trailer`` what follows the table, and ``key`` encrypts
    what is put in, if there is one.
    """

    def __init__(
        self,
        typeset: bytes,
        photos: Sequence[PhotoId],
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
            _name_no_tool(pdf)
            _list_first(pdf, photos)
            if secret is None:
                pdf.save(plain, object_stream_mode=_PLAIN, fix_metadata_version=False, deterministic_id=True)
            else:
                password.claim_no_archive(pdf)
                pdf.save(
                    plain,
                    object_stream_mode=_PLAIN,
                    fix_metadata_version=False,
                    encryption=password.encryption(secret),
                )
        self._data = plain.getvalue()
        self.key = None if secret is None else _key(self._data, secret)
        offsets, self._table_at, self.trailer = _table(self._data)
        self.count = len(offsets)
        places = range(number_of(0), number_of(len(photos)))
        if not self._data.startswith(HEAD) or len(offsets) < places.stop:
            raise PagesNotMade
        self._starts = sorted((offset, number) for number, offset in enumerate(offsets) if offset)
        self._kept_free = set(places)
        self._check(photos)

    def objects(self) -> Iterator[tuple[int, bytes]]:
        """Every object with its number, but for those that are kept free."""
        for number, data in self._all():
            if number not in self._kept_free:
                yield number, _LISTED.sub(b"", data, count=1) if number == _CATALOGUE else data

    def _all(self) -> Iterator[tuple[int, bytes]]:
        ends = [offset for offset, _ in self._starts[1:]] + [self._table_at]
        for (start, number), end in zip(self._starts, ends, strict=True):
            yield number, self._data[start:end]

    def _check(self, photos: Sequence[PhotoId]) -> None:
        """Raise PagesNotMade unless each stand-in has the number of its photograph."""
        wanted = {number_of(position): photo for position, photo in enumerate(photos)}
        for number, data in self._all():
            photo = wanted.pop(number, None)
            if photo is not None and (
                b"/Subtype /Image" not in data
                or b"/ColorSpace %b" % COLOURS not in data
                or (self.key is None and stand_ins.stand_in(photo) not in data)
            ):
                raise PagesNotMade
        if wanted:
            raise PagesNotMade


def _list_first(pdf: pikepdf.Pdf, photos: Sequence[PhotoId]) -> None:
    """Give the stand-ins their numbers, and their colours theirs. Raises PagesNotMade when one is missing."""
    if not photos:
        return
    digests = {stand_ins.digest(stand_ins.stand_in(photo)): photo for photo in photos}
    found: dict[PhotoId, pikepdf.Object] = {}
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image":
            photo = digests.get(stand_ins.digest(item.read_raw_bytes()))
            if photo is not None:
                found[photo] = item
    if len(found) != len(photos):
        raise PagesNotMade
    colours = found[photos[0]].ColorSpace
    if not colours.is_indirect or any(item.ColorSpace.objgen != colours.objgen for item in found.values()):
        raise PagesNotMade
    listed = [colours]
    for photo in photos:
        listed += [found[photo], pdf.make_indirect(pikepdf.Dictionary())]
    pdf.Root[_LIST] = pikepdf.Array(listed)


def _name_no_tool(pdf: pikepdf.Pdf) -> None:
    """The file says what it is called and when it was made, and not by which version of what."""
    name = str(pdf.docinfo.get("/Creator", ""))
    if name:
        del pdf.docinfo["/Creator"]
        metadata = pdf.Root.Metadata.read_bytes()
        metadata = _TOOL.sub(b"", metadata).replace(name.encode("utf-8"), _OURSELVES)
        pdf.Root.Metadata.write(metadata)


def _key(data: bytes, secret: str) -> bytes:
    with pikepdf.open(io.BytesIO(data), password=password.normal(secret)) as pdf:
        return pdf.encryption.encryption_key


def _table(data: bytes) -> tuple[list[int], int, bytes]:
    """Where each object begins (0 for one that is not there), where the table begins, what follows it."""
    found = _START.match(data, max(0, data.rfind(b"startxref")))
    header = _TABLE.match(data, int(found[1])) if found is not None else None
    if found is None or header is None:
        raise PagesNotMade
    offsets = []
    for number in range(int(header[1])):
        entry = data[header.end() + number * _ENTRY_LENGTH : header.end() + (number + 1) * _ENTRY_LENGTH]
        offsets.append(int(entry[:10]) if entry[17:18] == b"n" else 0)
    behind = header.end() + len(offsets) * _ENTRY_LENGTH
    return offsets, int(found[1]), data[behind : found.start()]
