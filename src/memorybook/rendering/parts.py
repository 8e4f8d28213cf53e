"""A book in parts that are set by themselves: what each begins with begins on a page of its own.

Together their pages are those of the whole, since nothing but the contents, the numbers of the pages and the
side on which they lie depends on what comes before. A part that did not change need not be set again.
"""

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from memorybook.domain.book import BookPlan, PlannedEntry, Style
from memorybook.rendering import plan_json

_MOST = 32
_MEAN = 12
"""Pages of the story that are set together: setting any takes as long as five more of them."""

_EDGE = '"edge": true'  # nothing that was written can look so: its quotation marks are escaped

_NOTHING: dict[str, Any] = {
    "alone": False,
    "contents": "",
    "cover": None,
    "colophon": [],
    "covered": {"heading": "", "begins": "", "note": "", "plates": []},
    "dates": [],
    "days": "",
    "dedication": [],
    "entries": [],
    "even": False,
    "head": "",
    "keepsakes": {"heading": "", "begins": "", "items": []},
    "listed": None,
    "marked": True,
    "name": "",
    "photos": {"heading": "", "begins": "", "plates": []},
    "record": [],
    "recordings": {"heading": "", "items": []},
    "spread": {"gap": 0.0, "sunk": False},
    "subtitle": "",
    "tinted": True,
    "title": "",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the contents; ``mark`` is where in its part that begins."""

    name: str = field(repr=False)
    day: str
    mark: str
    is_chapter: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Some pages of a book. ``kind`` says which, ``number`` is that of the first entry or page of the record.

    ``shape`` is the same where the same comes out, but for the running head and the numbers of the pages;
    ``sided`` when it may take more pages on one side than on the other.
    """

    kind: str
    number: int
    shape: bytes
    head: str = field(repr=False)
    sided: bool
    lines: tuple[Line, ...] = field(repr=False)
    entries: tuple[PlannedEntry, ...] = field(repr=False)
    content: dict[str, Any] = field(repr=False)

    def data(self, first: int, *, numbered: bool) -> bytes:
        """For the template: the part as it is when it begins on page ``first`` of the book."""
        whole = self.content | {"head": self.head, "first": first, "numbered": numbered}
        return json.dumps(whole, ensure_ascii=False, sort_keys=True).encode("utf-8")


@dataclass(frozen=True, slots=True)
class Parted:
    """A whole book. ``even`` when it ends with an empty page if it has to."""

    parts: tuple[Part, ...]
    even: bool
    blank: Part
    lines: tuple[tuple[int, Line], ...] = field(repr=False)
    """What the contents list, each with the part that it is in."""


def parted(plan: BookPlan, written: Callable[[str], str], *, system: bool) -> Parted:
    """The parts of a book as it will be cut. ``system`` when the fonts of the computer are looked at."""
    book = plan_json.book(plan, written, bleed=False)
    maker = _Maker(plan, book, system=system)
    blank = maker.part("blank", {})
    alone = [maker.part("alone", book | {"even": False})] if plan.alone else []
    found = tuple(alone or maker.parts()) or (blank,)
    lines = tuple((place, line) for place, part in enumerate(found) for line in part.lines)
    return Parted(found, bool(book["even"]), blank, lines)


def with_lines(contents: Part, lines: Iterable[tuple[Line, str]]) -> Part:
    """The contents with these lines, each with the number of its page as it is printed."""
    listed = [{"name": it.name, "day": it.day, "part": it.is_chapter, "page": page} for it, page in lines]
    digest = hashlib.sha256(contents.shape + json.dumps(listed).encode("utf-8")).digest()
    return replace(contents, shape=digest, content=contents.content | {"listed": listed})


class _Maker:
    def __init__(self, plan: BookPlan, book: dict[str, Any], *, system: bool) -> None:
        self._plan = plan
        self._book = book
        self._head = book["head"] if plan.style is Style.CLASSIC else ""
        self._has_chapters = any(node["chapter"] for node in book["entries"])
        self._common = _NOTHING | {name: book[name] for name in ("language", "region", "page")}
        self._base = json.dumps([self._common, system], sort_keys=True).encode("utf-8")

    def part(
        self,
        kind: str,
        content: dict[str, Any],
        *,
        number: int = 0,
        lines: Sequence[Line] = (),
        entries: Sequence[PlannedEntry] = (),
        texts: Sequence[str] = (),
    ) -> Part:
        """``texts`` are those that ``content`` is in JSON, if they are known."""
        said = "\n".join(texts or [json.dumps(content, ensure_ascii=False, sort_keys=True)])
        shape = hashlib.sha256(self._base + b"\n" + kind.encode("ascii") + said.encode("utf-8")).digest()
        head = self._head if kind in {"entries", "alone"} else ""
        whole = self._common | content
        return Part(kind, number, shape, head, _EDGE in said, tuple(lines), tuple(entries), whole)

    def parts(self) -> Iterator[Part]:
        book = self._book
        if book["title"] or book["subtitle"] or book["cover"] is not None:
            names = ("name", "title", "subtitle", "cover", "tinted")
            yield self.part("cover", {name: book[name] for name in names})
        if book["dedication"]:
            yield self.part("dedication", {"dedication": book["dedication"]})
        if book["contents"]:
            yield self.part("contents", {name: book[name] for name in ("contents", "spread")})
        for number, page in enumerate(book["record"]):
            line = self._line(page["heading"] or page["name"])
            yield self.part("record", {"record": [page]}, number=number, lines=[line])
        if book["dates"]:
            content = {name: book[name] for name in ("dates", "days")}
            yield self.part("dates", content, lines=[self._line(book["days"])])
        yield from self._entries()
        for kind, within in (
            ("keepsakes", "items"), ("photos", "plates"), ("recordings", "items"), ("covered", "plates"),
        ):  # fmt: skip
            if book[kind][within]:
                yield self.part(kind, {kind: book[kind]}, lines=[self._line(book[kind]["heading"])])
        if book["colophon"]:
            yield self.part("colophon", {"colophon": book["colophon"]})

    def _line(self, name: str, mark: str = "") -> Line:
        # What has no chapter is listed as a chapter is, but for pages of the story.
        return Line(name, "", mark, is_chapter=self._has_chapters)

    def _entries(self) -> Iterator[Part]:
        """Runs of entries, which end where an entry says so: a change in one moves no other run's ends."""
        nodes, begin, texts = self._book["entries"], 0, list[str]()
        # In the order of the chapters, as the nodes are.
        entries = plan_json.in_order(self._plan)
        for place, node in enumerate(nodes):
            text = json.dumps(node, ensure_ascii=False, sort_keys=True)
            begins = zlib.crc32(text.encode("utf-8")) % _MEAN == 0 or bool(node["chapter"])
            if texts and (begins or len(texts) == _MOST):
                yield self._run(nodes[begin:place], texts, begin, entries)
                begin, texts = place, []
            texts.append(text)
        if texts:
            yield self._run(nodes[begin:], texts, begin, entries)

    def _run(
        self, nodes: list[dict[str, Any]], texts: list[str], begin: int, entries: Sequence[PlannedEntry]
    ) -> Part:
        lines = []
        for number, node in enumerate(nodes):
            if node["chapter"]:
                lines.append(self._line(node["chapter"], f"chapter-{number}"))
            if node["name"]:
                day = "" if node["name"] == node["day"] else node["day"]
                lines.append(Line(node["name"], day, f"entry-{number}", is_chapter=False))
        of = entries[begin : begin + len(nodes)]
        return self.part("entries", {"entries": nodes}, number=begin, lines=lines, entries=of, texts=texts)
