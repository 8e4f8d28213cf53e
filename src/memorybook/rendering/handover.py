"""The page to hand over to friends, family and people at work: what helps and what can hurt, on one sheet."""

import json
import re
from typing import Literal

from memorybook import resources
from memorybook.domain.book_words import normal_language
from memorybook.domain.guidance import Section
from memorybook.rendering import typesetter
from memorybook.services.guidance import guidance, languages
from memorybook.services.reading_json import ENGLISH

Paper = Literal["a4", "letter"]

_PAPERS: dict[Paper, str] = {"a4": "a4", "letter": "us-letter"}
_FIRST_WORDS = re.compile(r"[^.:]+[.:]")


def handover_pdf(language: str, *, paper: Paper = "a4") -> bytes:
    """One page as a tagged PDF/UA-1 and PDF/A-2a, in memory alone. Blocking, any thread; well under a second.

    In English where there is no translation. The page names nobody and the file does not say when it was
    made: everybody's is the same. Raises PagesNotMade, or SupportListDamaged when the texts cannot be read.
    """
    asked, _, region = normal_language(language).partition("-")
    code = asked if asked in languages() else ENGLISH
    page = guidance(code).handover
    content = {
        "language": code,
        "region": region if code == asked else "",
        "paper": _PAPERS[paper],
        "above": page.above,
        "title": page.title,
        "lead": page.lead,
        "own": page.own,
        "origin": page.origin,
        "sections": [_section(section) for section in page.sections],
    }
    template = (resources.folder("sheet") / "handover.typ").read_bytes()
    return typesetter.single_page(template, {"page.json": json.dumps(content).encode("ascii")})


def _section(section: Section) -> dict[str, object]:
    return {"title": section.title, "lines": [_parted(line.text) for line in section.lines]}


def _parted(text: str) -> tuple[str, str]:
    """The words up to the first full stop or colon, which are set stronger, and what follows."""
    first = _FIRST_WORDS.match(text)
    cut = first.end() if first else len(text)
    return text[:cut], text[cut:].strip()
