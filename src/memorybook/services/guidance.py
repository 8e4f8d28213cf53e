"""Reads the guidance that comes with the program. It needs no book and no connection."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from memorybook import resources
from memorybook.domain.dates import VagueDate
from memorybook.domain.guidance import Guidance, GuidancePage, Line, Section
from memorybook.domain.support import Confidence
from memorybook.errors import SupportListDamaged

ENGLISH = "en"


@cache
def guidance(language: str = ENGLISH, folder: Path | None = None) -> Guidance:
    """Everything in the language with this ISO 639-1 code; what is not translated is in English.

    Any thread. Raises SupportListDamaged when the files cannot be read as they should be.
    """
    place = folder or resources.folder("support")
    try:
        content = json.loads((place / "guidance.json").read_text(encoding="utf-8"))
        texts = _translated(place, language)
        return Guidance(
            VagueDate.parse(_text(content, "read")),
            tuple(_page(each, texts) for each in content["pages"]),
        )
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise SupportListDamaged from None


def languages(folder: Path | None = None) -> tuple[str, ...]:
    """The codes of the languages it can be read in, English first."""
    place = folder or resources.folder("support")
    return ENGLISH, *sorted(path.name.split(".")[1] for path in place.glob("guidance.*.json"))


def _translated(place: Path, language: str) -> dict[str, str]:
    if language == ENGLISH or language not in languages(place):
        return {}
    texts = json.loads((place / f"guidance.{language}.json").read_text(encoding="utf-8"))["texts"]
    if not all(isinstance(text, str) and text for text in texts.values()):
        raise TypeError(language)
    return dict(texts)


def _page(found: dict[str, Any], texts: dict[str, str]) -> GuidancePage:
    page_id = _text(found, "id")
    return GuidancePage(
        page_id,
        texts.get(page_id) or _text(found, "title"),
        texts.get(f"{page_id}.lead") or _text(found, "lead"),
        tuple(_section(each, texts) for each in found["sections"]),
    )


def _section(found: dict[str, Any], texts: dict[str, str]) -> Section:
    section_id = _text(found, "id")
    return Section(
        section_id,
        texts.get(section_id) or _text(found, "title"),
        tuple(_line(each, texts) for each in found["lines"]),
        urgent=found.get("urgent") is True,
    )


def _line(found: dict[str, Any], texts: dict[str, str]) -> Line:
    line_id = _text(found, "id")
    return Line(
        line_id,
        texts.get(line_id) or _text(found, "text"),
        tuple(_strings(found["sources"])),
        VagueDate.parse(_text(found, "as_of")),
        Confidence(found["confidence"]),
        frozenset(_strings(found.get("regions", []))),
    )


def _text(found: dict[str, Any], key: str) -> str:
    value = found[key]
    if not isinstance(value, str):
        raise TypeError(key)
    return value


def _strings(found: object) -> list[str]:
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise TypeError
    return found
