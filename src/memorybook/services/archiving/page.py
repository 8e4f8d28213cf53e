"""The page of an archive, for any browser: no script, nothing from elsewhere, everything beside it."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from memorybook import resources
from memorybook.domain.archive_names import is_shown_by_browsers, link
from memorybook.domain.edit import Edit
from memorybook.domain.markup import Block, BlockKind, cleaned
from memorybook.services import markup
from memorybook.services.archiving import lines
from memorybook.services.archiving.contents import WORDS, Contents, Line, day_of
from memorybook.storage.archive_rows import Item

_LISTS = {BlockKind.BULLET: "ul", BlockKind.NUMBER: "ol"}
_WITH_PICTURES = "video"


def written(contents: Contents, notes: Iterable[str]) -> Iterator[bytes]:
    """The page piece by piece. ``notes`` are said at its end."""
    for piece in _page(contents, notes):
        yield piece.encode("utf-8")


def _page(contents: Contents, notes: Iterable[str]) -> Iterator[str]:
    style = (resources.folder("archive") / "page.css").read_text("utf-8")
    title = _plain(contents.title)
    sections = list(_sections(contents))
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f'<header>\n<h1 dir="auto">{title}</h1>\n</header>\n'
    )
    if len(sections) > 1:
        yield '<nav aria-label="In this book">\n<ul>\n'
        for number, (name, _) in enumerate(sections):
            yield f'<li><a href="#part-{number}">{escape(name)}</a></li>\n'
        yield "</ul>\n</nav>\n"
    yield "<main>\n"
    for number, (name, parts) in enumerate(sections):
        yield f'<section id="part-{number}">\n<h2>{escape(name)}</h2>\n'
        yield from parts
        yield "</section>\n"
    yield "</main>\n<footer>\n"
    for note in notes:
        yield f"<p>{_plain(note)}</p>\n"
    yield "</footer>\n</body>\n</html>\n"


def _sections(contents: Contents) -> Iterator[tuple[str, Iterator[str]]]:
    if babies := contents.babies():
        yield "Our family" if len(babies) > 1 else "The record", _each(_baby(it, contents) for it in babies)
    for year, pages in groupby(contents.pages(), key=lambda page: day_of(page).year):
        name = "Pages without a year" if year is None else str(year)
        yield name, _each([_entry(page, contents) for page in pages])
    if photos := contents.other_photos():
        yield WORDS.photographs, _each(map(_photo, photos))
    if recordings := contents.other_recordings():
        yield WORDS.recordings.heading, _each(map(_recording, recordings))
    if keepsakes := contents.keepsakes():
        yield WORDS.keepsakes.heading, _each(_keepsake(it, contents) for it in keepsakes)
    if ceremonies := contents.ceremonies():
        yield "Farewells", _each(_ceremony(it, contents) for it in ceremonies)
    if days := contents.days():
        yield WORDS.days, _each(_day(it, contents) for it in days)


def _each(parts: Iterable[Iterator[str]]) -> Iterator[str]:
    for part in parts:
        yield from part


def _baby(item: Item, contents: Contents) -> Iterator[str]:
    name = contents.baby(item["id"])
    yield f'<article>\n<h3 dir="auto">{_plain(name[:1].upper() + name[1:])}</h3>\n'
    yield _lines(lines.of_baby(item))
    yield _words(item["notes"]) + "</article>\n"


def _ceremony(item: Item, contents: Contents) -> Iterator[str]:
    yield f'<article>\n<h3 dir="auto">{_plain(item["label"].strip() or "A farewell")}</h3>\n'
    yield _lines(lines.of_ceremony(item, contents))
    yield _words(item["notes"]) + "</article>\n"


def _day(item: Item, contents: Contents) -> Iterator[str]:
    yield f'<article>\n<h3 dir="auto">{_plain(lines.day_title(item))}</h3>\n'
    yield _lines(lines.of_day(item, contents))
    yield _words(item["note"]) + "</article>\n"


def _keepsake(item: Item, contents: Contents) -> Iterator[str]:
    yield f'<article>\n<h3 dir="auto">{_plain(lines.keepsake_title(item))}</h3>\n'
    yield _words(item["words"])
    yield _lines(lines.of_keepsake(item))
    yield from _each(map(_photo, contents.photos(item["photos"])))
    yield "</article>\n"


def _entry(page: Item, contents: Contents) -> Iterator[str]:
    private = "" if page["in_book"] else ' class="private"'
    yield f'<article{private}>\n<h3 dir="auto">{_plain(contents.title_of(page))}</h3>\n'
    if facts := contents.facts(page):
        yield f'<p class="facts" dir="auto">{_plain(" · ".join(facts))}</p>\n'
    yield _body(page["body"])
    yield from _each(map(_photo, contents.photos(page["photos"])))
    yield from _each(map(_recording, contents.recordings(page["recordings"])))
    if page["tags"]:
        yield f'<p class="facts" dir="auto">{_plain(" · ".join(page["tags"]))}</p>\n'
    yield "</article>\n"


def _photo(item: Item) -> Iterator[str]:
    figure = "".join(_figure(item))
    if not item["covered"]:
        yield figure
    else:
        yield f"<details>\n<summary>A covered photo</summary>\n{figure}</details>\n"


def _figure(item: Item) -> Iterator[str]:
    original = item["file"] or item["shown"]
    shown = item["shown"] or (item["file"] if is_shown_by_browsers(item["format"]) else None)
    caption, credit = item["caption"].strip(), lines.credit(item)
    words = item["description"].strip() or caption or WORDS.photograph
    yield "<figure>\n"
    if shown is None:
        yield f'<p><a href="{link(original)}">{_plain(words)}</a></p>\n'
    else:
        width, height = Edit.parse(item["edit"]).size(item["width"], item["height"])
        yield (
            f'<a href="{link(original)}"><img src="{link(shown)}" alt="{_plain(words)}" '
            f'width="{width}" height="{height}" loading="lazy" decoding="async"></a>\n'
        )
    if caption or credit:
        yield '<figcaption dir="auto">'
        yield _plain(caption) + (f' <span class="facts">{_plain(credit)}</span>' if credit else "")
        yield "</figcaption>\n"
    yield "</figure>\n"


def _recording(item: Item) -> Iterator[str]:
    name = lines.recording_title(item)
    tag = "video" if item["sort"] == _WITH_PICTURES else "audio"
    seen = (
        f'<figure>\n<figcaption dir="auto">{_plain(name)}</figcaption>\n'
        f'<{tag} controls preload="none" src="{link(item["file"])}" aria-label="{_plain(name)}"></{tag}>\n'
        f'<p><a href="{link(item["file"])}">Open the file</a></p>\n'
        f"{_lines(lines.of_recording(item))}{_words(item['notes'])}</figure>\n"
    )
    if item["covered"]:
        yield f"<details>\n<summary>A covered recording</summary>\n{seen}</details>\n"
    else:
        yield seen


def _lines(found: Iterable[Line]) -> str:
    rows = "".join(
        f'<div><dt dir="auto">{_plain(line.label)}</dt>\n'
        f'<dd dir="auto">{_broken(line.value.strip())}</dd></div>\n'
        for line in found
    )
    return f"<dl>\n{rows}</dl>\n" if rows else ""


def _words(text: str) -> str:
    """Words that are no Markdown: a blank line begins a paragraph."""
    paragraphs = (each for each in cleaned(text).strip().split("\n\n") if each.strip())
    return "".join(f'<p dir="auto">{_broken(each)}</p>\n' for each in paragraphs)


def _body(markdown: str) -> str:
    parts = []
    for kind, run in groupby(markup.parse(markdown), key=lambda block: block.kind):
        blocks = list(run)
        if kind in _LISTS:
            points = "".join(f'<li dir="auto">{_spans(block)}</li>\n' for block in blocks)
            parts.append(f"<{_LISTS[kind]}>\n{points}</{_LISTS[kind]}>\n")
        elif kind is BlockKind.QUOTE:
            said = "".join(f'<p dir="auto">{_spans(block)}</p>\n' for block in blocks)
            parts.append(f"<blockquote>\n{said}</blockquote>\n")
        elif kind is BlockKind.HEADING:
            parts += [f'<h4 dir="auto">{_spans(block)}</h4>\n' for block in blocks if block.text.strip()]
        else:
            parts += [f'<p dir="auto">{_spans(block)}</p>\n' for block in blocks]
    return "".join(parts)


def _spans(block: Block) -> str:
    parts = []
    for span in block.spans:
        text = _broken(span.text)
        text = f"<em>{text}</em>" if span.italic else text
        parts.append(f"<strong>{text}</strong>" if span.bold else text)
    return "".join(parts)


def _broken(text: str) -> str:
    return _plain(text).replace("\n", "<br>\n")


def _plain(text: str) -> str:
    return escape(cleaned(text))
