"""The pages that somebody looks at, before it is known where in the changed book they are."""

from dataclasses import dataclass, field

from memorybook.domain.book import PlannedEntry
from memorybook.rendering import parts
from memorybook.rendering.parts import Part, Parted
from memorybook.rendering.setting import Known, Setter

_KINDS = (
    *("alone", "cover", "dedication", "contents", "record", "dates"),
    *("entries", "keepsakes", "photos", "recordings", "covered", "colophon", "blank"),
)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a book somebody looks, to be found again when it is another one.

    ``number`` is that of the entry or page of the record, ``page`` counted from where it begins.
    """

    kind: str
    number: int
    entry: PlannedEntry | None = field(repr=False)
    page: int


def find(book: Parted, spot: Spot) -> tuple[int, str]:
    """The part that a spot is in, and the mark where it begins there; the nearest one when it is gone."""
    kinds = [_KINDS.index(part.kind) for part in book.parts]
    kind = min(kinds, key=lambda it: abs(it - _KINDS.index(spot.kind)))
    number = spot.number
    if spot.entry is not None:
        same = (
            part.number + inside
            for part in book.parts
            for inside, entry in enumerate(part.entries)
            if entry == spot.entry
        )
        number = min(same, key=lambda it: abs(it - spot.number), default=number)
    here = [place for place, it in enumerate(kinds) if it == kind]
    place = max((it for it in here if book.parts[it].number <= number), default=here[0])
    part = book.parts[place]
    inside = min(number - part.number, len(part.entries) - 1)
    return place, f"entry-{inside}" if part.entries else ""


def page_of(known: Known, mark: str, page: int) -> int:
    """On which page of its part something is that begins at ``mark`` and is some pages further on."""
    begin = known.begins.get(mark, 0)
    behind = min((it for it in known.begins.values() if it > begin), default=known.count)
    return min(begin + page, behind - 1)


class Glimpse:
    """A few pages before the others are set, without numbers where those are not known. As ``Preview``."""

    def __init__(self, setter: Setter, book: Parted, spot: Spot | None, index: int) -> None:
        """Set what is looked at: ``spot``, or the beginning. ``index`` is where it is shown meanwhile."""
        self._setter, self._book = setter, book
        self._place, mark = (0, "") if spot is None else find(book, spot)
        first = self._exact(self._place)
        self._numbered = first is not None
        known = self._known(self._place, first or index + 1)
        page = 0 if spot is None else page_of(known, mark, spot.page)
        if first is None:
            first = index + 1 - page
            while first < 2:
                first += 2
        self._first = first
        self.index = first - 1 + page
        """Where the page is shown that is looked at."""
        ends = self._place + 1 == len(book.parts) and page + 1 == known.count
        self.page_count = self.index + (1 if ends else 2)

    def _exact(self, place: int) -> int | None:
        """On which page a part begins, if all before it are known."""
        at = 1
        for part in self._book.parts[:place]:
            known = None if part.kind == "contents" else self._setter.known(part, at)
            if known is None:
                return None
            at += known.count
        return at

    def _part(self, place: int) -> Part:
        part = self._book.parts[place]
        if part.kind != "contents":
            return part
        return parts.with_lines(part, ((line, "") for _, line in self._book.lines))

    def _known(self, place: int, first: int) -> Known:
        return self._setter.known_or_set(self._part(place), first, numbered=self._numbered)

    def _locate(self, index: int) -> tuple[Part, int]:
        """The part that a page is of, and on which page that begins. IndexError beyond the book."""
        place, first = self._place, self._first
        while index + 1 < first:
            if place == 0:
                raise IndexError(index)
            place -= 1
            first -= self._known(place, first - 1).count
        while index + 1 >= first + (count := self._known(place, first).count):
            place, first = place + 1, first + count
            if place == len(self._book.parts):
                raise IndexError(index)
        return self._part(place), first

    def png(self, index: int, ppi: float) -> bytes:
        """Page ``index``, as with :class:`Preview`."""
        part, first = self._locate(index)
        return self._setter.png(part, first, index + 1 - first, ppi, numbered=self._numbered)
