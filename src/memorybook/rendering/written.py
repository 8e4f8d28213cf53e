"""What a person wrote, as nodes for the template: strings and the marks on them, and nothing else."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import groupby

from memorybook.domain.markup import Block, BlockKind, Span
from memorybook.rendering.characters import clean, one_line

Node = dict[str, object]

_BEGINNING = 48
_LISTS = {BlockKind.QUOTE: "quote", BlockKind.BULLET: "bullets", BlockKind.NUMBER: "numbers"}
_EMPTY_LINES = re.compile(r"\n[ \u2003]*\n\s*")
_BREAK_LIKE = frozenset({"* * *", "***", "⁂", "– – –", "- - -", "---", "~", "—"})
_RIGHT_TO_LEFT = {"R", "AL"}


class Writer:
    """Makes nodes of what was typed. ``written`` is applied to every piece of it."""

    def __init__(self, written: Callable[[str], str]) -> None:
        self._written = written

    def line(self, text: str) -> str:
        """One line, without blanks around it."""
        return self._written(one_line(text))

    def lines(self, text: str) -> list[str]:
        """Every line of it; nothing of an empty text."""
        text = clean(text).strip("\n ")
        return [self._written(line.strip()) for line in text.split("\n")] if text else []

    def text(self, text: str) -> Node:
        """A text within a line of facts."""
        return self._spans(Block(BlockKind.PARAGRAPH, (Span(clean(text).strip("\n ")),)))

    def paragraphs(self, text: str) -> list[Node]:
        """What was typed into a plain field: an empty line parts paragraphs."""
        parts = _EMPTY_LINES.split(clean(text).strip("\n "))
        return self.blocks(tuple(Block(BlockKind.PARAGRAPH, (Span(part),)) for part in parts))

    def blocks(self, blocks: tuple[Block, ...]) -> list[Node]:
        """A text with its marks. Levels of headings begin at 1 and leave none out."""
        nodes: list[Node] = []
        levels: list[int] = []
        for kind, group in groupby(_without_empty_edges(blocks), key=lambda block: block.kind):
            run = list(group)
            if kind in _LISTS:
                nodes.append({"kind": _LISTS[kind], "items": [self._spans(block) for block in run]})
            elif kind is BlockKind.HEADING:
                for block in run:
                    levels = [level for level in levels if level < block.level] + [block.level]
                    nodes.append({"kind": "heading", "level": len(levels), **self._spans(block)})
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
        return {"spans": [node for span in block.spans for node in self._span(span)], "rtl": is_rtl(text)}

    def _span(self, span: Span) -> Iterator[list[object]]:
        """Pieces of ``[style, text]``, 1 bold and 2 italic; a line break is a piece of nothing."""
        style = int(span.bold) + 2 * int(span.italic)
        for number, line in enumerate(self._written(clean(span.text)).split("\n")):
            if number:
                yield []
            if line:
                yield [style, line]


def shortened(words: str) -> str:
    """The first words of a text, as bookmarks and contents call what has no title."""
    if len(words) <= _BEGINNING:
        return words
    cut = words[:_BEGINNING].rpartition(" ")[0] or words[:_BEGINNING]
    return cut.rstrip(" ,;:.–—") + "…"


def is_rtl(text: str) -> bool:
    """Whether a paragraph runs from right to left: its first strong character decides, as everywhere."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in _RIGHT_TO_LEFT:
            return True
        if direction == "L":
            return False
    return False


def _without_empty_edges(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    filled = [number for number, block in enumerate(blocks) if clean(block.text).strip()]
    return blocks[filled[0] : filled[-1] + 1] if filled else ()
