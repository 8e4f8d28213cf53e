"""Written text as blocks and spans: the shape between Markdown, the editor and the printed page."""

import enum
import re
from dataclasses import dataclass, field

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
