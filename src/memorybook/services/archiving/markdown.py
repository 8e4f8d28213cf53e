"""One Markdown file for each page: its words as they are kept, and where its pictures and recordings are."""

from collections.abc import Iterator

from memorybook.domain.archive_names import Names, link
from memorybook.domain.markup import Block, BlockKind, Span
from memorybook.services import markup
from memorybook.services.archiving.contents import Contents, day_of
from memorybook.services.archiving.lines import recording_title
from memorybook.services.archiving.originals import ArchivedFile
from memorybook.storage.archive_rows import Item


def files(contents: Contents, names: Names) -> Iterator[ArchivedFile]:
    """The pages that are not put away. Each item says afterwards where its file is."""
    for page in contents.pages():
        words = page["title"].strip() or page["kind"]
        page["file"] = names.of("pages", day_of(page), words, ".md")
        yield ArchivedFile(page["file"], iter([_text(page, contents).encode("utf-8")]), is_text=True)


def _text(page: Item, contents: Contents) -> str:
    parts = [_line(BlockKind.HEADING, contents.title_of(page))]
    facts = contents.facts(page)
    if facts:
        parts.append(_line(BlockKind.PARAGRAPH, " · ".join(facts), italic=True))
    if page["body"].strip():
        parts.append(page["body"].rstrip("\n") + "\n")
    for photo in contents.photos(page["photos"]):
        words = photo["description"].strip() or photo["caption"].strip() or "Photograph"
        mark = "" if photo["covered"] else "!"  # what is covered is a link, and no picture
        parts.append(f"{mark}[{_inline(words)}]({_link(photo['shown'] or photo['file'])})\n")
        if photo["caption"].strip():
            parts.append(_line(BlockKind.PARAGRAPH, photo["caption"], italic=True))
    parts += [
        f"[{_inline(recording_title(recording))}]({_link(recording['file'])})\n"
        for recording in contents.recordings(page["recordings"])
    ]
    if page["tags"]:
        parts.append(_line(BlockKind.PARAGRAPH, " ".join(f"#{tag}" for tag in page["tags"])))
    return "\n".join(parts)


def _line(kind: BlockKind, text: str, *, italic: bool = False) -> str:
    return markup.write([Block(kind, (Span(text, italic=italic),), 1)])


def _inline(text: str) -> str:
    return _line(BlockKind.PARAGRAPH, " ".join(text.split())).strip()


def _link(file: str) -> str:
    return "../" + link(file)
