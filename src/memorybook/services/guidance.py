"""Reads the guidance that comes with the program. It needs no book and no connection."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from memorybook import resources
from memorybook.domain.dates import VagueDate
from memorybook.domain.guidance import Guidance, GuidancePage, Handover, Line, Section
from memorybook.domain.support import Confidence
from memorybook.errors import SupportListDamaged
from memorybook.services import reading_json
from memorybook.services.reading_json import ENGLISH, sources, strings, text, translated

OUR_OWN_WORDS = "our own words"
"""The source of what was written for this program and says nothing that would have to be proved."""


@cache
def guidance(language: str = ENGLISH, folder: Path | None = None) -> Guidance:
    """Everything in the language with this ISO 639-1 code; what is not translated is in English.

    Any thread. Raises SupportListDamaged when the files cannot be read as they should be.
    """
    place = folder or resources.folder("support")
    try:
        content = json.loads((place / "guidance.json").read_text(encoding="utf-8"))
        texts = translated(place, "guidance", language)
        said = translated(place, "sources", language)
        pages = tuple(_page(each, texts, said) for each in content["pages"])
        return Guidance(
            VagueDate.parse(text(content, "read")), pages, _handover(content["handover"], pages, texts)
        )
    except (OSError, ValueError, TypeError, LookupError, StopIteration, AttributeError, RecursionError):
        raise SupportListDamaged from None


def languages(folder: Path | None = None) -> tuple[str, ...]:
    """The codes of the languages it can be read in, English first."""
    return reading_json.languages(folder or resources.folder("support"), "guidance")


def _page(found: dict[str, Any], texts: dict[str, str], said: dict[str, str]) -> GuidancePage:
    page_id = text(found, "id")
    return GuidancePage(
        page_id,
        texts.get(page_id) or text(found, "title"),
        texts.get(f"{page_id}.lead") or text(found, "lead"),
        tuple(_section(each, texts, said) for each in found["sections"]),
    )


def _section(found: dict[str, Any], texts: dict[str, str], said: dict[str, str]) -> Section:
    section_id = text(found, "id")
    return Section(
        section_id,
        texts.get(section_id) or text(found, "title"),
        tuple(_line(each, texts, said) for each in found["lines"]),
        urgent=found.get("urgent") is True,
    )


def _line(found: dict[str, Any], texts: dict[str, str], said: dict[str, str]) -> Line:
    line_id = text(found, "id")
    return Line(
        line_id,
        texts.get(line_id) or text(found, "text"),
        sources(found["sources"], said),
        VagueDate.parse(text(found, "as_of")),
        Confidence(found["confidence"]),
        frozenset(strings(found.get("regions", []))),
    )



def _handover(found: dict[str, Any], pages: tuple[GuidancePage, ...], texts: dict[str, str]) -> Handover:
    def said(key: str, where: dict[str, Any] = found) -> str:
        return texts.get(f"handover.{key}") or text(where, key)

    instead = {key: said(key, found["instead"]) for key in found["instead"]}
    page = next(page for page in pages if page.id == text(found, "page"))
    sections = tuple(
        replace(
            section,
            lines=tuple(replace(line, text=instead.get(line.id, line.text)) for line in section.lines),
        )
        for section in page.sections
    )
    origin = said("from").replace("{sources}", _named(sections))
    return Handover(said("above"), said("title"), said("lead"), said("own"), origin, sections)


def _named(sections: tuple[Section, ...]) -> str:
    """Who is behind the lines, each once, without the title of the page or paper."""
    names = {
        source.partition(",")[0]: None
        for section in sections
        for line in section.lines
        for source in line.sources
        if source != OUR_OWN_WORDS
    }
    return ", ".join(names)
