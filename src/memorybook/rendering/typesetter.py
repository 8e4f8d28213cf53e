"""Typst: what goes in and what comes out, all of it in memory."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

import typst

from memorybook import resources
from memorybook.domain.book import BookPlan
from memorybook.errors import PagesNotMade
from memorybook.rendering import plan_json
from memorybook.rendering.characters import Naming, uncertain_words

STANDARDS = ["a-2a", "ua-1"]

_Made = bytes | list[bytes] | None

_TEMPLATES = (
    "book.typ",
    "page.typ",
    "front.typ",
    "record.typ",
    "entry.typ",
    "text.typ",
    "plates.typ",
    "sections.typ",
)
_UNDRAWN = re.compile(r'(?:the text|contains the codepoint) `"((?:[^"\\]|\\.)*)"`')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_PLAIN_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}
_TRIES = 4
_AGED_BY = 10

_TRIAL = b"""
#import "page.typ": page-of
#set document(title: "Trial")
#show: page-of.with((
  width: 148, height: 210, inside: 21, outside: 18, top: 22, bottom: 27, letters: 10.5, line: 15, bleed: 0,
  style: "quiet", large: false,
))
= Trial
#for word in json("words.json") {
  for cut in (it => it, strong, emph, it => strong(emph(it))) { par(cut(text(word))) }
}
"""


@dataclass(frozen=True, slots=True)
class Letters:
    """The fonts that one book needs, and what is named because none of them can draw it.

    ``system`` when those of the computer are among them.
    """

    fonts: typst.Fonts
    naming: Naming
    system: bool


def pdf(plan: BookPlan, pictures: Mapping[str, bytes], created: datetime) -> bytes:
    """A tagged PDF of the book. Blocking, any thread. Raises PagesNotMade.

    ``pictures`` are the SVG files the template asks for. The same plan and ``created`` give the same
    bytes, on every computer as long as the fonts that are shipped are enough.
    """
    made = _pdf(plan, pictures, created)
    let_go()
    return made


def prepare(plan: BookPlan, pictures: Mapping[str, bytes]) -> None:
    """Set the book as for its PDF: when that is asked for next, most of it is worked out. As :func:`pdf`."""
    _pdf(plan, pictures, datetime.fromtimestamp(0, UTC))


def _pdf(plan: BookPlan, pictures: Mapping[str, bytes], created: datetime) -> bytes:
    letters = letters_for(plan)
    made = _compiled(
        _book_files(plan_json.data(plan, letters.naming), pictures),
        letters.fonts,
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=int(created.timestamp()),  # seconds, so that no time zone is told
    )
    return made[0]


def svg(data: bytes, letters: Letters, pictures: Mapping[str, bytes]) -> list[bytes]:
    """Every page of a part of a book as an SVG, as it will be cut, letters as outlines.

    ``data`` is what the template reads. Blocking, any thread. Raises PagesNotMade.
    """
    return _compiled(_book_files(data, pictures), letters.fonts, format="svg")


def cover(
    plan: BookPlan, data: Callable[[Naming], bytes], pictures: Mapping[str, bytes], created: datetime
) -> bytes:
    """The cover sheet of ``plan`` as a tagged PDF; ``data`` makes cover.json. Raises PagesNotMade."""
    letters = letters_for(plan)
    files = {
        "main": (resources.folder("book") / "wrap.typ").read_bytes(),
        "page.typ": _templates()["page.typ"],
        "cover.json": data(letters.naming),
        **pictures,
    }
    made = _compiled(
        files, letters.fonts, format="pdf", pdf_standards=STANDARDS, timestamp=int(created.timestamp())
    )
    return made[0]


def single_page(template: bytes, files: Mapping[str, bytes]) -> bytes:
    """A tagged PDF from a template of its own, with the shipped fonts. Blocking. Raises PagesNotMade."""
    made = _compiled(
        {"main": template, **files}, _fonts(system=False), format="pdf", pdf_standards=STANDARDS
    )
    return made[0]


def png(page: bytes, width: float, height: float, ppi: float) -> bytes:
    """One page from :func:`svg` as pixels; lengths in millimetres. Blocking. Raises PagesNotMade."""
    files = {
        "main": (
            f"#set page(width: {width}mm, height: {height}mm, margin: 0pt)\n"
            f'#image("page.svg", width: {width}mm, height: {height}mm)'
        ).encode("ascii"),
        "page.svg": page,
    }
    return _compiled(files, _no_fonts(), format="png", ppi=ppi)[0]


def letters_for(plan: BookPlan) -> Letters:
    """Find out which fonts can draw what is written, by setting every unusual word once.

    Typst lists what it cannot draw when it makes an archival PDF, and draws empty boxes otherwise. The
    computer's own fonts are looked at only when the shipped ones lack something, so that an ordinary
    book comes out the same everywhere.
    """
    words = uncertain_words(plan_json.all_text(plan))
    naming = Naming(())
    fonts = _fonts(system=False)
    undrawn = _undrawn(words, fonts) if words else frozenset()
    if not undrawn:
        return Letters(fonts, naming, system=False)
    fonts = _fonts(system=True)
    for _ in range(_TRIES):
        undrawn = _undrawn([naming(word) for word in words], fonts)
        if not undrawn:
            return Letters(fonts, naming, system=True)
        naming = Naming(naming.characters | undrawn)
    return Letters(fonts, Naming(naming.characters | frozenset("".join(words))), system=True)


def _undrawn(words: Sequence[str], fonts: typst.Fonts) -> frozenset[str]:
    """The characters of these words that none of the fonts can draw."""
    files = {
        "main": _TRIAL,
        "page.typ": _templates()["page.typ"],
        "words.json": json.dumps(words, ensure_ascii=False).encode("utf-8"),
    }
    try:
        _compiled_as_they_are(files, fonts, format="pdf", pdf_standards=STANDARDS)
    except typst.TypstError as error:
        return frozenset("".join(map(_unescaped, _UNDRAWN.findall(error.diagnostic))))
    return frozenset()


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else _PLAIN_ESCAPES.get(m[2], m[2]), text)


def _book_files(data: bytes, pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    templates = dict(_templates())
    main = templates.pop("book.typ")
    return {"main": main, **templates, "plan.json": data, **pictures}


def _compiled(files: Mapping[str, bytes], fonts: typst.Fonts, **options: Any) -> list[bytes]:
    made: _Made = None
    # The error quotes what was written. It ends here, and nothing raised later carries it along.
    with suppress(typst.TypstError):
        made = _compiled_as_they_are(files, fonts, **options)
    if not made:
        raise PagesNotMade
    return made if isinstance(made, list) else [made]


def let_go() -> None:
    """Keep nothing of what Typst worked out for the last books.

    It lets go of it ten documents later, a megabyte for every few pages: those next to nothing count too.
    """
    for number in range(_AGED_BY):
        almost_nothing = b"#set page(width: %dmm, height: 1mm)\n" % (number + 1)
        _compiled({"main": almost_nothing}, _no_fonts(), format="svg")


def _compiled_as_they_are(files: Mapping[str, bytes], fonts: typst.Fonts, **options: Any) -> _Made:
    """Raises TypstError, whose text quotes what was written."""
    return _compile(dict(files), font_paths=fonts, ignore_system_fonts=True, **options)


# It takes a mapping of names to contents too, which its type stubs do not say.
_compile: Callable[..., _Made] = typst.compile


@cache
def _fonts(*, system: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=system, font_paths=[resources.folder("fonts")])


@cache
def _no_fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)


@cache
def _templates() -> Mapping[str, bytes]:
    folder = resources.folder("book")
    return {name: (folder / name).read_bytes() for name in _TEMPLATES}
