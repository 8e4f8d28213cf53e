"""Parts of a book set one by one, and what is remembered of them until the same part is asked for again."""

import base64
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from memorybook.domain.book import BookPlan, PlannedPicture
from memorybook.domain.ids import PhotoId
from memorybook.rendering import plan_json, stand_ins, typesetter
from memorybook.rendering.measures import measures_for
from memorybook.rendering.parts import Part

_PICTURE = re.compile(rb"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")
_FILE = re.compile(rb'"file": "picture-(\d+)\.svg"')  # nothing that was written can look so: see parts
_MARK = re.compile(rb'<g [^>]*><a href="begins:([a-z0-9-]+)"[^>]*><rect [^>]*/></a></g>')
_KEPT = 12


@dataclass(frozen=True, slots=True)
class Known:
    """How many pages a part takes, and on which of them, counted from 0, its things begin."""

    count: int
    begins: Mapping[str, int]


@dataclass(slots=True)
class Memory:
    """What is known of the parts of a book and of those it is changed into: numbers, and a few pages."""

    known: dict[tuple[bytes, bool], Known] = field(default_factory=dict)
    contents: int = 1
    """How many pages the contents took last."""
    pages: OrderedDict[tuple[bytes, str, int, bool], list[bytes]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Setter:
    """Sets the parts of one book. Any thread; what sets or draws blocks, and raises PagesNotMade."""

    def __init__(self, plan: BookPlan, thumbnails: Callable[[PhotoId], bytes], memory: Memory) -> None:
        self.letters = typesetter.letters_for(plan)
        self.memory = memory
        self._thumbnails = thumbnails
        self._pictures = {picture.photo: picture for picture in each_picture(plan)}
        self._page = measures_for(plan, bleed=False)

    def known(self, part: Part, first: int) -> Known | None:
        """What is known of a part that begins on page ``first``, counted from 1."""
        return self.memory.known.get(_key(part, first))

    def known_or_set(self, part: Part, first: int, *, numbered: bool = True) -> Known:
        """The same; it is set when nothing is known."""
        return self.known(part, first) or self._set(part, first, numbered=numbered)[0]

    def png(self, part: Part, first: int, page: int, ppi: float, *, numbered: bool) -> bytes:
        """A page of a part, counted from 0. Raises what the thumbnails raise, besides."""
        with self.memory.lock:
            pages = self.memory.pages.get(_look(part, first, numbered=numbered))
        if pages is None:
            _, pages = self._set(part, first, numbered=numbered)
        places = {
            base64.b64encode(stand_ins.wrapped(stand_ins.stand_in(photo), self._pictures[photo])): photo
            for photo in self._photos(part.data(first, numbered=numbered))
        }

        def with_picture(found: re.Match[bytes]) -> bytes:
            photo = places.get(found[1])
            if photo is None:
                return found[0]
            wrapped = stand_ins.wrapped(self._thumbnails(photo), self._pictures[photo])
            return b"data:image/svg+xml;base64," + base64.b64encode(wrapped)

        svg = _PICTURE.sub(with_picture, pages[page])
        return typesetter.png(svg, self._page.width, self._page.height, ppi)

    def _set(self, part: Part, first: int, *, numbered: bool) -> tuple[Known, list[bytes]]:
        data = part.data(first, numbered=numbered)
        files = stand_ins.files(self._pictures[photo] for photo in self._photos(data))
        pages = typesetter.svg(data, self.letters, files)
        if first % 2 == 0:
            del pages[0]  # an empty one, so that the others lie on their side
        begins = {
            found[1].decode("ascii"): place
            for place, page in enumerate(pages)
            for found in _MARK.finditer(page)
        }
        pages = [_MARK.sub(b"", page) for page in pages]
        known = Known(len(pages), begins)
        memory = self.memory
        with memory.lock:
            memory.known[_key(part, first)] = known
            memory.pages[_look(part, first, numbered=numbered)] = pages
            while len(memory.pages) > _KEPT:
                memory.pages.popitem(last=False)
        return known, pages

    def _photos(self, data: bytes) -> Iterator[PhotoId]:
        return (PhotoId(int(number)) for number in dict.fromkeys(_FILE.findall(data)))


def each_picture(plan: BookPlan) -> Iterator[PlannedPicture]:
    """Every different picture of the book, once, in order of appearance."""
    seen: set[PhotoId] = set()
    for picture in plan_json.all_pictures(plan):
        if picture.photo not in seen:
            seen.add(picture.photo)
            yield picture


def _key(part: Part, first: int) -> tuple[bytes, bool]:
    return part.shape, part.sided and first % 2 == 0


def _look(part: Part, first: int, *, numbered: bool) -> tuple[bytes, str, int, bool]:
    return part.shape, part.head, first, numbered
