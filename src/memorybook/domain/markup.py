"""Written text as blocks and spans: the shape between Markdown, the editor and the printed page."""

import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

HEADING_LEVELS = 3

_LINE_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# No page can show them: control characters but tab and line break, halves of surrogate pairs, the mark of a
# byte order, the place of an object that is not there, and what Unicode says is no character.
_NOT_TEXT = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffc\ufdd0-\ufdef"
    + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(17))
    + "]"
)


def cleaned(text: str) -> str:
    """``text`` as a page can hold it: every kind of line break as one, without what is no text at all."""
    return _NOT_TEXT.sub("", _LINE_BREAK.sub("\n", text))


class BlockKind(enum.StrEnum):
    """What one line or paragraph is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"
    BULLET = "bullet"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style. A line break inside a paragraph is a newline character."""

    text: str = field(repr=False)
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading (``level`` 1-3), a paragraph of a quotation, or one point of a list."""

    kind: BlockKind
    spans: tuple[Span, ...]
    level: int = 0

    @property
    def text(self) -> str:
        """The words without their styles."""
        return "".join(span.text for span in self.spans)


def normal(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The same text in its one normal shape: what is written as Markdown and read from it again.

    Every character stays. Neighbouring runs of one style are joined, blanks at the edge of a styled run
    are plain, and what no page can show is dropped (:func:`cleaned`).
    """
    return tuple(
        Block(
            block.kind,
            normal_spans(block.spans),
            heading_level(block) if block.kind is BlockKind.HEADING else 0,
        )
        for block in blocks
    )


def heading_level(block: Block) -> int:
    """The level of a heading, 1 to 3."""
    return min(max(block.level, 1), HEADING_LEVELS)


def normal_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The runs of one block in their normal shape."""
    clean = [Span(cleaned(s.text), s.bold, s.italic) for s in spans]
    if not any(span.bold or span.italic for span in clean):  # nearly all there is, and quick for long pages
        text = "".join(span.text for span in clean)
        return (Span(text),) if text else ()
    characters = [(character, span.bold, span.italic) for span in clean for character in span.text]
    for style in (1, 2):
        characters = _blanks_made_plain(characters, style)
    joined = []
    for (bold, italic), run in groupby(characters, key=lambda c: (c[1], c[2])):
        joined.append(Span("".join(c[0] for c in run), bold, italic))
    return tuple(joined)


def _blanks_made_plain(characters: list[tuple[str, bool, bool]], style: int) -> list[tuple[str, bool, bool]]:
    result: list[tuple[str, bool, bool]] = []
    for styles, group in groupby(characters, key=lambda c: c[1 : style + 1]):  # italic is written inside bold
        run = list(group)
        if styles[-1]:
            solid = [i for i, c in enumerate(run) if not c[0].isspace()]
            first, last = (solid[0], solid[-1]) if solid else (len(run), -1)
            for i, (character, bold, italic) in enumerate(run):
                keep = first <= i <= last
                run[i] = (character, bold and (keep or style != 1), italic and (keep or style != 2))
        result += run
    return result
