"""The pages of a book for the screen: set part by part without pictures, drawn with them when looked at."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from memorybook.domain.book import BookPlan
from memorybook.domain.ids import PhotoId
from memorybook.rendering import parts, typesetter
from memorybook.rendering.glimpse import Glimpse, Spot, find, page_of
from memorybook.rendering.parts import Line, Part
from memorybook.rendering.setting import Known, Memory, Setter, each_picture

__all__ = ["Glimpse", "Preview", "Spot", "each_picture"]

_TRIES = 5
_NEAR = 6
_NEAR_LINES = 600


@dataclass(frozen=True, slots=True)
class _Layout:
    """Every part with the page it begins on, counted from 1, and the number of all pages."""

    parts: Sequence[Part]
    firsts: Sequence[int]
    count: int


class Preview:
    """Real pages, the same that the PDF will have once it is cut. Any thread; every call blocks.

    After a change only the parts that it touches are set again, and the contents where anything moved. What
    that takes is measured by ``python -m tests.benchmarks.preview``.
    """

    def __init__(
        self, plan: BookPlan, thumbnails: Callable[[PhotoId], bytes], *, before: "Preview | None" = None
    ) -> None:
        """``thumbnails`` gives JPEGs when a page is drawn; ``before`` was there before a change.

        No page is set yet, words with unusual letters apart. Raises PagesNotMade.
        """
        self.memory: Memory = before.memory if before is not None else Memory()
        self._setter = Setter(plan, thumbnails, self.memory)
        letters = self._setter.letters
        self._book = parts.parted(plan, letters.naming, system=letters.system)
        self._layout: _Layout | None = None

    # setting

    def settle(self, cancelled: Callable[[], bool] | None = None) -> bool:
        """Set all that is not known yet; ``False`` when it was ``cancelled`` before. Raises PagesNotMade."""
        if self._layout is None:
            for _ in self._steps():
                if cancelled is not None and cancelled():
                    return False
            typesetter.let_go()
        return True

    def settle_if_near(self) -> bool:
        """The same, unless it is so much that it cannot be waited for. Raises PagesNotMade."""
        if self._layout is None:
            shapes = {shape for shape, _ in self.memory.known}
            if sum(it.shape not in shapes for it in self._book.parts) > _NEAR + 1:  # one is the contents
                return False
            for number, part in enumerate(self._steps()):
                long = part.kind == "contents" and len(self._book.lines) > _NEAR_LINES
                if long or number >= _NEAR:
                    return False
        return True

    @property
    def is_settled(self) -> bool:
        """Whether it is known where every page of the book is."""
        return self._layout is not None

    def _steps(self) -> Iterator[Part]:
        """Every part that has to be set, before it is. Contents come last: they say where all others are."""
        setter, memory, layout = self._setter, self.memory, None
        for _ in range(_TRIES):
            done, firsts, at, place = list(self._book.parts), list[int](), 1, None
            for number, part in enumerate(done):
                firsts.append(at)
                if part.kind == "contents":
                    place = number
                    at += memory.contents
                    continue
                if setter.known(part, at) is None:
                    yield part
                at += setter.known_or_set(part, at).count
            found = memory.contents
            if place is not None:
                done[place] = parts.with_lines(done[place], self._numbered(firsts))
                if setter.known(done[place], firsts[place]) is None:
                    yield done[place]
                found = setter.known_or_set(done[place], firsts[place]).count
            settled = found == memory.contents
            memory.contents = found
            if self._book.even and at % 2 == 0:
                done.append(self._book.blank)
                firsts.append(at)
                at += 1
            layout = _Layout(done, firsts, at - 1)
            if settled:
                break
        self._layout = layout

    def _numbered(self, firsts: Sequence[int]) -> Iterator[tuple[Line, str]]:
        """The lines of the contents, each with the page on which that begins."""
        known: dict[int, Known] = {}
        for place, line in self._book.lines:
            if place not in known:
                known[place] = self._setter.known_or_set(self._book.parts[place], firsts[place])
            yield line, str(firsts[place] + known[place].begins.get(line.mark, 0))

    def _settled(self) -> _Layout:
        self.settle()
        if self._layout is None:
            raise RuntimeError("nobody cancelled it")
        return self._layout

    # looking

    @property
    def page_count(self) -> int:
        """How many pages the book has."""
        return self._settled().count

    def png(self, index: int, ppi: float) -> bytes:
        """Page ``index``, counted from 0, at ``ppi`` pixels to the inch. IndexError beyond the book.

        Raises PagesNotMade, or what the thumbnails raise.
        """
        layout = self._settled()
        if not 0 <= index < layout.count:
            raise IndexError(index)
        place = bisect_right(layout.firsts, index + 1) - 1
        part, first = layout.parts[place], layout.firsts[place]
        if part is self._book.blank:
            first = 1
        page = index + 1 - layout.firsts[place]
        return self._setter.png(part, first, page, ppi, numbered=True)

    # finding again

    def spot(self, index: int) -> Spot:
        """What page ``index`` is of."""
        layout = self._settled()
        place = max(0, bisect_right(layout.firsts, index + 1) - 1)
        part, page = layout.parts[place], index + 1 - layout.firsts[place]
        if not part.entries:
            return Spot(part.kind, part.number, None, page)
        begins = self._setter.known_or_set(part, layout.firsts[place]).begins
        number = max(
            (n for n in range(len(part.entries)) if begins.get(f"entry-{n}", 0) <= page), default=0
        )
        begin = begins.get(f"entry-{number}", 0)
        return Spot(part.kind, part.number + number, part.entries[number], page - begin)

    def index_of(self, spot: Spot) -> int:
        """On which page that is now; the nearest one when it is there no more."""
        layout = self._settled()
        place, mark = find(self._book, spot)
        known = self._setter.known_or_set(layout.parts[place], layout.firsts[place])
        return layout.firsts[place] - 1 + page_of(known, mark, spot.page)

    def glimpse(self, spot: Spot | None, index: int) -> Glimpse:
        """The pages around a spot while it is not known yet where in the book they are.

        Without a spot those at the beginning. ``index`` is where they are shown until then.
        """
        return Glimpse(self._setter, self._book, spot, index)
