"""Markdown in and out: what the editor shows and what the book stores are the same words.

It stands among the services, below the printed page and the window, because the search index and
the excerpts need the plain text too. Reading is markdown-it's; writing is ours, since no library
writes CommonMark so that every character a person typed comes back as it was.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token

from memorybook.domain.markup import (
    HEADING_LEVELS,
    Block,
    BlockKind,
    Span,
    heading_level,
    normal,
    normal_spans,
)

__all__ = ["Writer", "composed", "normal", "number_of_words", "parse", "plain", "write"]

# An empty paragraph, which Markdown would drop. A no-break space that was typed is written as itself or
# as its number, never by this name.
_EMPTY = "&nbsp;"
_BREAK = "\\\n"
_BREAK_AT_EDGE = "&#10;"  # Markdown has no break at the edge of a paragraph, and none in a heading
_LINE_START = re.compile(r"(?:([-+=])|(\d{1,9})([.)]))")
_SIGNS = "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_SIGNS}]|[^\W_{_SIGNS}](?:[^\s{_SIGNS}]*[^\W_{_SIGNS}])?")
_ESCAPED = re.compile(r"[\\`*_\[\]<>&#~|]")


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def parse(markdown: str) -> tuple[Block, ...]:
    """Read CommonMark into blocks. Never fails: what is not understood is kept as plain text.

    Links keep their words, pictures their description, code its text; nothing is loaded.
    """
    blocks: list[Block] = []
    containers: list[BlockKind] = []
    open_block: tuple[BlockKind, int] = (BlockKind.PARAGRAPH, 0)
    first_of_item = 0
    for token in _reader().parse(markdown):
        match token.type:
            case "blockquote_open":
                containers.append(BlockKind.QUOTE)
            case "bullet_list_open":
                containers.append(BlockKind.BULLET)
            case "ordered_list_open":
                containers.append(BlockKind.NUMBER)
            case "blockquote_close" | "bullet_list_close" | "ordered_list_close":
                containers.pop()
            case "list_item_open":
                first_of_item = len(blocks)
            case "list_item_close":
                if len(blocks) == first_of_item:
                    blocks.append(Block(containers[-1], ()))
            case "heading_open":
                open_block = (BlockKind.HEADING, min(int(token.tag[1]), HEADING_LEVELS))
            case "paragraph_open":
                open_block = (containers[-1] if containers else BlockKind.PARAGRAPH, 0)
            case "inline":
                spans = normal_spans(_spans(token.children or [])) if token.content != _EMPTY else ()
                blocks.append(Block(open_block[0], spans, open_block[1]))
            case "fence" | "code_block":
                spans = normal_spans([Span(token.content.rstrip("\n"))])
                blocks.append(Block(containers[-1] if containers else BlockKind.PARAGRAPH, spans))
            case "hr":
                blocks.append(Block(BlockKind.PARAGRAPH, (Span("* * *"),)))
            case _:
                pass
    return tuple(blocks)


def _spans(tokens: Iterable[Token]) -> Iterator[Span]:
    bold = italic = 0
    for token in tokens:
        match token.type:
            case "strong_open":
                bold += 1
            case "strong_close":
                bold -= 1
            case "em_open":
                italic += 1
            case "em_close":
                italic -= 1
            case "hardbreak":
                yield Span("\n", bold > 0, italic > 0)
            case "softbreak":
                yield Span(" ", bold > 0, italic > 0)
            case "text" | "text_special" | "code_inline" | "image":
                yield Span(token.content, bold > 0, italic > 0)
            case _:
                pass


def write(blocks: Iterable[Block]) -> str:
    """Write blocks as CommonMark such that ``parse(write(b)) == normal(b)``."""
    return Writer().write(blocks)


class Writer:
    """Writes one page over and over, as it is kept: paragraphs that stayed the same are not worked out anew.

    It holds the words of the page it wrote last, and is to go with what shows them.
    """

    def __init__(self) -> None:
        self._known: dict[Block, tuple[str, ...]] = {}

    def write(self, blocks: Iterable[Block]) -> str:
        """What :func:`write` gives."""
        known, self._known = self._known, {}
        lines: list[str] = []
        previous: BlockKind | None = None
        number = 0
        for block in blocks:
            kind = block.kind
            body = self._known[block] = known.get(block) or _source(block)
            number = number + 1 if kind is BlockKind.NUMBER and previous is kind else 1
            if previous is not None:
                in_list = kind is previous and kind in {BlockKind.BULLET, BlockKind.NUMBER}
                if not in_list:
                    lines.append(">" if kind is previous is BlockKind.QUOTE else "")
            first, rest = _markers(block, number)
            lines.append(first + body[0])
            lines += [rest + line for line in body[1:]]
            previous = kind
        return "\n".join(lines) + ("\n" if lines else "")


def _markers(block: Block, number: int) -> tuple[str, str]:
    """What stands before the first line of a block, and before the others."""
    match block.kind:
        case BlockKind.HEADING:
            return "#" * heading_level(block) + " ", ""
        case BlockKind.QUOTE:
            return "> ", "> "
        case BlockKind.BULLET:
            return "- ", "  "
        case BlockKind.NUMBER:
            return f"{number}. ", " " * len(f"{number}. ")
        case _:
            return "", ""


def _source(block: Block) -> tuple[str, ...]:
    """The lines of one block, without what stands before them."""
    return tuple(_inline(normal_spans(block.spans), one_line=block.kind is BlockKind.HEADING) or [_EMPTY])


def _inline(spans: tuple[Span, ...], *, one_line: bool) -> list[str]:
    """The lines of one block. Bold is written outside italic: ``**…_…_…**``."""
    if not any(span.bold or span.italic for span in spans):
        source = _plain_lines("".join(span.text for span in spans), one_line=one_line)
    else:
        source = _styled_lines(spans, one_line=one_line)
    return [_line_start(line) for line in source.split("\n")] if source else []


def _plain_lines(text: str, *, one_line: bool) -> str:
    inner = text.strip("\n")
    start = text.find(inner) if inner else len(text)
    after = len(text) - start - len(inner)
    lines = (_BREAK_AT_EDGE if one_line else _BREAK).join(map(_plain_line, inner.split("\n")))
    return _BREAK_AT_EDGE * start + lines + _BREAK_AT_EDGE * after


def _styled_lines(spans: tuple[Span, ...], *, one_line: bool) -> str:
    atoms: list[tuple[str, str]] = []  # (source, the character it stands for or "" for a delimiter)
    for bold, group in groupby(spans, key=lambda s: s.bold):
        if bold:
            atoms.append(("**", ""))
        for span in group:
            if span.italic:
                atoms.append(("_", ""))
            atoms += [(_escaped(c) if c != "\n" else _BREAK, c) for c in span.text]
            if span.italic:
                atoms.append(("_", ""))
        if bold:
            atoms.append(("**", ""))
    _open_flanks(atoms)
    _keep_edges(atoms)
    inside = [i for i, (_, character) in enumerate(atoms) if character not in {"", "\n"}]
    for i, (_, character) in enumerate(atoms):
        if character == "\n" and (one_line or not inside[0] < i < inside[-1]):
            atoms[i] = (_BREAK_AT_EDGE, character)
    return "".join(source for source, _ in atoms)


def _plain_line(line: str) -> str:
    """A line without styles, as :func:`_keep_edges` and :func:`_escaped` together would write it."""
    words = line.strip()
    start = line.find(words) if words else len(line)
    before, after = line[:start], line[start + len(words) :]
    return _entities(before) + _escaped(words) + _entities(after)


def _entities(text: str) -> str:
    return "".join(f"&#{ord(character)};" for character in text)


def _escaped(text: str) -> str:
    return _ESCAPED.sub(r"\\\g<0>", text)


def _open_flanks(atoms: list[tuple[str, str]]) -> None:
    """Write a letter outside a delimiter as an entity, so that a style may begin or end within a word.

    ``a**"b"**`` is not bold by CommonMark's flanking rules; ``&#97;**"b"**`` is, and reads the same.
    """
    opened: set[str] = set()
    for i, (source, character) in enumerate(atoms):
        if character:
            continue
        opening = source not in opened
        opened ^= {source}
        outer = i - 1 if opening else i + 1
        if 0 <= outer < len(atoms) and _is_wordlike(atoms[outer][1]):
            atoms[outer] = (f"&#{ord(atoms[outer][1])};", atoms[outer][1])


def _is_wordlike(character: str) -> bool:
    return bool(character) and not character.isspace() and unicodedata.category(character)[0] not in "PS"


def _keep_edges(atoms: list[tuple[str, str]]) -> None:
    """Write blanks at the edge of a line as entities, which Markdown does not trim."""
    for order in (range(len(atoms)), range(len(atoms) - 1, -1, -1)):
        at_edge = True
        for i in order:
            _, character = atoms[i]
            if character == "\n":
                at_edge = True
            elif character and character.isspace():
                if at_edge:
                    atoms[i] = (f"&#{ord(character)};", character)
            elif character:
                at_edge = False


def _line_start(line: str) -> str:
    match = _LINE_START.match(line)
    if match is None:
        return line
    if match[1]:
        return "\\" + line
    return f"{match[2]}\\{match[3]}{line[match.end() :]}"


def plain(markdown: str) -> str:
    """The words alone, one block a line: for the search index, for excerpts and for counting."""
    return "\n".join(block.text for block in parse(markdown))


def composed(markdown: str) -> str:
    """As :func:`plain`, with letters and their marks as one: what the book keeps to find pages by."""
    return unicodedata.normalize("NFC", plain(markdown))


def number_of_words(blocks: Iterable[Block]) -> int:
    """How many words there are; where a script has no blanks between them, how many signs."""
    return sum(len(_WORD.findall(block.text)) for block in blocks)
