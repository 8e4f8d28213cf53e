"""Reads the days that many families keep, which come with the program."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from memorybook import resources
from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.occasion import OccasionDraft
from memorybook.domain.remembrance import FixedDay, NthWeekday, RemembranceDay, Rule
from memorybook.domain.support import Confidence
from memorybook.errors import SupportListDamaged
from memorybook.services.reading_json import ENGLISH, sources, strings, text, translated


@cache
def remembrance_days(language: str = ENGLISH, folder: Path | None = None) -> tuple[RemembranceDay, ...]:
    """All of them in the language with this ISO 639-1 code; what is not translated is in English.

    Any thread. Raises SupportListDamaged when the files cannot be read as they should be.
    """
    place = folder or resources.folder("support")
    try:
        content = json.loads((place / "remembrance.json").read_text(encoding="utf-8"))
        texts = translated(place, "remembrance", language)
        said = translated(place, "sources", language)
        return tuple(_day(each, texts, said) for each in content["days"])
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise SupportListDamaged from None


@cache
def rules(folder: Path | None = None) -> Mapping[str, Rule]:
    """The rule of each of them by its id, whatever the language. Raises as :func:`remembrance_days`."""
    return MappingProxyType({day.id: day.rule for day in remembrance_days(ENGLISH, folder)})


def draft_of(day: RemembranceDay) -> OccasionDraft:
    """The day as a family's own: called as it is in the language it was read in, every year, for all.

    One of the same date every year brings it along, so that it stays what it is if ever its rule is gone.
    """
    rule = day.rule
    same = VagueDate(None, rule.month, rule.day) if isinstance(rule, FixedDay) else UNKNOWN
    return OccasionDraft(day.name, same, yearly=True, remembrance=day.id)


def _day(found: dict[str, Any], texts: dict[str, str], said: dict[str, str]) -> RemembranceDay:
    day_id = text(found, "id")
    return RemembranceDay(
        day_id,
        texts.get(day_id) or text(found, "name"),
        texts.get(f"{day_id}.words") or text(found, "words"),
        _rule(found["rule"]),
        sources(found["sources"], said),
        VagueDate.parse(text(found, "as_of")),
        Confidence(found["confidence"]),
        frozenset(strings(found.get("regions", []))),
        texts.get(f"{day_id}.disagreement") or text(found, "disagreement", ""),
    )


def _rule(found: dict[str, Any]) -> Rule:
    match found:
        case {"type": "fixed", "month": int(month), "day": int(day)}:
            return FixedDay(month, day)
        case {"type": "range", "month": int(month), "day": int(day), "days": int(days)}:
            return FixedDay(month, day, days)
        case {"type": "weekday", "month": int(month), "weekday": int(weekday), "nth": int(nth)}:
            return NthWeekday(month, weekday, nth)
    raise ValueError("no such rule")
