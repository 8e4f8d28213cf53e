"""Written text as blocks and spans: the shape between Markdown, the editor and the printed page."""

import enum
from dataclasses import dataclass, field


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
