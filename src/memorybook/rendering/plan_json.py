"""A plan of a book as the data that the template reads.

What a person wrote is only ever a string in this data. The template shows strings; it never reads them
as its own language. So nothing that is written can become a command.
"""

import json
import math
import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import groupby

from memorybook.domain.book import BookPlan, PlannedDate, PlannedEntry, PlannedPicture
from memorybook.domain.entry import EntryKind
from memorybook.domain.markup import Block, BlockKind, Span
from memorybook.rendering.characters import clean, one_line
from memorybook.rendering.dates_text import in_words
from memorybook.rendering.measures import MEASURES, Measures
from memorybook.rendering.plates import ROW_GAP, Placed, Plate, arrange
from memorybook.rendering.record import Line, RecordPage, baby_page, ceremony_page
from memorybook.rendering.stand_ins import file_name
from memorybook.rendering.words import Words, normal_language, words_for

Node = dict[str, object]

MOST_WITHOUT_CONTENTS = 5
"""A book with more entries than this has a list of them in front."""

_BEGINNING = 48
_LISTS = {BlockKind.QUOTE: "quote", BlockKind.BULLET: "bullets", BlockKind.NUMBER: "numbers"}
_EMPTY_LINES = re.compile(r"\n[ \u2003]*\n\s*")
_BREAK_LIKE = frozenset({"* * *", "***", "⁂", "– – –", "- - -", "---", "~", "—"})
_RIGHT_TO_LEFT = {"R", "AL"}


def data(plan: BookPlan, written: Callable[[str], str]) -> bytes:
    """The data for one book, in UTF-8. ``written`` is applied to all that a person wrote."""
    return json.dumps(_Composer(plan, written).book(), ensure_ascii=False, sort_keys=True).encode("utf-8")


def all_text(plan: BookPlan) -> Iterator[str]:
    """Everything a person wrote that will stand on a page, clean."""
    yield from map(clean, (plan.title, plan.subtitle, plan.dedication))
    for page in _record(plan):
        yield from map(clean, (page.heading, page.below))
        for line in page.lines + page.texts:
            yield from map(clean, (line.label, line.value))
    for date in plan.dates:
        yield from map(clean, (date.label, date.note))
    for entry in plan.entries:
        yield from map(clean, (entry.title, entry.signature, entry.recipient))
        yield from (clean(block.text) for block in entry.blocks)
        for picture in entry.pictures:
            yield from map(clean, (picture.caption, picture.description))


def _record(plan: BookPlan) -> Iterator[RecordPage]:
    language = normal_language(plan.language)
    words = words_for(language).record
    yield from (baby_page(baby, words, language) for baby in plan.babies)
    yield from (ceremony_page(ceremony, words, language) for ceremony in plan.ceremonies)


class _Composer:
    def __init__(self, plan: BookPlan, written: Callable[[str], str]) -> None:
        self._plan = plan
        self._language = normal_language(plan.language)
        self._words: Words = words_for(self._language)
        self._page: Measures = MEASURES[plan.page_size]
        self._written = written

    def book(self) -> Node:
        plan, page = self._plan, self._page
        language, _, region = self._language.partition("-")
        entries = [self._entry(entry) for entry in plan.entries]
        record = [self._record_page(it) for it in _record(plan)]
        title = self._line(plan.title)
        named = (str(page["name"]) for page in record + entries)
        return {
            "language": language,
            "region": region,
            "page": {name: getattr(page, name) for name in page.__dataclass_fields__}
            | {"measure": page.measure, "depth": page.depth},
            "name": title or next(filter(None, named), self._words.book),
            "title": title,
            "subtitle": self._line(plan.subtitle),
            "dedication": self._lines(plan.dedication),
            "contents": self._words.contents if len(entries) > MOST_WITHOUT_CONTENTS else "",
            "record": record,
            "days": self._words.days,
            "dates": [self._date(date) for date in plan.dates],
            "entries": entries,
        }

    def _date(self, date: PlannedDate) -> Node:
        return {
            "day": in_words(date.day, self._language),
            "label": self._line(date.label),
            "note": self._lines(date.note),
        }

    def _record_page(self, page: RecordPage) -> Node:
        return {
            "name": self._shortened(self._line(page.name)),
            "heading": self._line(page.heading),
            "above": page.above,
            "below": self._line(page.below),
            "lines": [{"label": self._line(it.label), **self._text(it.value)} for it in page.lines],
            "texts": [{"label": self._line(it.label), "blocks": self._paragraphs(it)} for it in page.texts],
        }

    def _text(self, text: str) -> Node:
        return self._spans(Block(BlockKind.PARAGRAPH, (Span(clean(text).strip("\n ")),)))

    def _paragraphs(self, line: Line) -> list[Node]:
        """What was typed into a plain field: an empty line parts paragraphs."""
        parts = _EMPTY_LINES.split(clean(line.value).strip("\n "))
        return self._blocks(tuple(Block(BlockKind.PARAGRAPH, (Span(part),)) for part in parts))

    def _entry(self, entry: PlannedEntry) -> Node:
        day = in_words(entry.day, self._language)
        title = self._line(entry.title)
        name = self._line(entry.recipient) if entry.kind is EntryKind.LETTER else ""
        to = self._words.to.format(name=name) if name else ""
        signature = self._line(entry.signature)
        plates = arrange(
            entry.pictures,
            self._page,
            self._room(entry, 1.7 + 1.9 * bool(title) + 1.4 * bool(to) + 2 * bool(signature)),
            below_title=not any(clean(block.text).strip() for block in entry.blocks),
        )
        return {
            "day": day,
            "title": title,
            "to": to,
            # What bookmarks and contents call it.
            "name": title or day or to or self._beginning(entry),
            "blocks": self._blocks(entry.blocks),
            "signature": signature,
            "plates": [self._plate(plate) for plate in plates],
        }

    def _beginning(self, entry: PlannedEntry) -> str:
        """The first words of a page that has neither title nor date."""
        words = next((self._line(b.text) for b in entry.blocks if self._line(b.text)), "")
        if not words:
            words = next((self._line(p.caption) for p in entry.pictures if self._line(p.caption)), "")
        if not words:
            return self._words.photograph if entry.pictures else ""
        return self._shortened(words)

    def _shortened(self, words: str) -> str:
        if len(words) <= _BEGINNING:
            return words
        cut = words[:_BEGINNING].rpartition(" ")[0] or words[:_BEGINNING]
        return cut.rstrip(" ,;:.–—") + "…"

    def _room(self, entry: PlannedEntry, around: float) -> float:
        """How much of its last page the text will leave, about, with ``around`` lines above and below it."""
        page = self._page
        per_line = page.measure / page.letter_width
        lines = sum(
            max(1, math.ceil(len(line) / per_line)) for b in entry.blocks for line in b.text.split("\n")
        )
        used = page.sink + (lines + around) * page.line_height
        return page.depth - used % page.depth - ROW_GAP - 0.3 * page.line_height

    def _blocks(self, blocks: tuple[Block, ...]) -> list[Node]:
        nodes: list[Node] = []
        levels: list[int] = []
        for kind, group in groupby(_without_empty_edges(blocks), key=lambda block: block.kind):
            run = list(group)
            if kind in _LISTS:
                nodes.append({"kind": _LISTS[kind], "items": [self._spans(block) for block in run]})
            elif kind is BlockKind.HEADING:
                for block in run:
                    levels = [level for level in levels if level < block.level] + [block.level]
                    nodes.append({"kind": "heading", "level": len(levels) + 1, **self._spans(block)})
            else:
                nodes += map(self._paragraph, run)
        return nodes

    def _paragraph(self, block: Block) -> Node:
        words = clean(block.text).strip()
        if not words:
            return {"kind": "gap"}
        if words in _BREAK_LIKE:
            return {"kind": "break", **self._spans(block)}
        return {"kind": "paragraph", "lines": "\n" in words, **self._spans(block)}

    def _spans(self, block: Block) -> Node:
        text = clean(block.text)
        return {"spans": [node for span in block.spans for node in self._span(span)], "rtl": _is_rtl(text)}

    def _span(self, span: Span) -> Iterator[list[object]]:
        """Pieces of ``[style, text]``, 1 bold and 2 italic; a line break is a piece of nothing."""
        style = int(span.bold) + 2 * int(span.italic)
        for number, line in enumerate(self._written(clean(span.text)).split("\n")):
            if number:
                yield []
            if line:
                yield [style, line]

    def _line(self, text: str) -> str:
        return self._written(one_line(text))

    def _lines(self, text: str) -> list[str]:
        text = clean(text).strip("\n ")
        return [self._written(line.strip()) for line in text.split("\n")] if text else []

    def _plate(self, plate: Plate) -> Node:
        return {
            "beside": plate.side_by_side,
            "pictures": [self._placed(placed) for placed in plate.pictures],
        }

    def _placed(self, placed: Placed) -> Node:
        picture = placed.picture
        return {
            "file": file_name(picture.photo),
            "width": round(placed.width, 3),
            "height": round(placed.height, 3),
            "alt": self._alt(picture),
            "caption": self._lines(picture.caption),
            "slot": round(placed.slot, 3),
            "together": placed.together,
        }

    def _alt(self, picture: PlannedPicture) -> str:
        """For people who cannot see it: its description, else its caption, else what it is and from when."""
        described = self._line(picture.description) or self._line(picture.caption)
        if described:
            return described
        day = in_words(picture.taken, self._language)
        return f"{self._words.photograph}, {day}" if day else self._words.photograph


def _without_empty_edges(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    filled = [number for number, block in enumerate(blocks) if clean(block.text).strip()]
    return blocks[filled[0] : filled[-1] + 1] if filled else ()


def _is_rtl(text: str) -> bool:
    """Whether a paragraph runs from right to left: its first strong character decides, as everywhere."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in _RIGHT_TO_LEFT:
            return True
        if direction == "L":
            return False
    return False
