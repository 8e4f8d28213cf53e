"""The list of organisations that comes with the program. It needs no book and no connection."""

import json
import re
from functools import cached_property
from pathlib import Path
from typing import Any

from memorybook import resources
from memorybook.domain.dates import VagueDate
from memorybook.domain.support import (
    INTERNATIONAL,
    Confidence,
    Country,
    Need,
    Organisation,
    OrganisationKind,
    PhoneLine,
    TextLine,
    usefulness,
)
from memorybook.errors import SupportListDamaged
from memorybook.services.reading_json import strings, text

_LOCALE = re.compile(r"[a-z]{2,3}(?:[_-][A-Za-z]{4})?[_-]([A-Z]{2})(?![A-Za-z])")


class Support:
    """Reads the list when it is first asked for, once. Any thread; raises SupportListDamaged."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file

    def countries(self) -> tuple[Country, ...]:
        """The countries that can be chosen, by name; the last, ``INT``, stands for every other."""
        return self._list[0]

    def organisations(self, country_code: str) -> tuple[Organisation, ...]:
        """Those of a country, most useful first, and behind them those that are there for everyone."""
        there = {country_code, INTERNATIONAL}
        return tuple(
            sorted(
                (each for each in self._list[1] if each.country in there or country_code in each.also_in),
                key=usefulness,
            )
        )

    def crisis(self, country_code: str) -> Organisation | None:
        """The first crisis line of a country that can be called; ``None`` when none is known."""
        return next(
            (
                each
                for each in self.organisations(country_code)
                if each.kind is OrganisationKind.CRISIS and each.country == country_code and each.phones
            ),
            None,
        )

    def country_for_locale(self, locale: str) -> str | None:
        """The country to propose for ``en_GB``, ``de-AT`` and the like, if it is in the list."""
        found = _LOCALE.match(locale)
        return found[1] if found and any(each.code == found[1] for each in self.countries()) else None

    @cached_property
    def _list(self) -> tuple[tuple[Country, ...], tuple[Organisation, ...]]:
        try:
            file = self._file or resources.folder("support") / "organisations.json"
            content = json.loads(file.read_text(encoding="utf-8"))
            return (
                tuple(map(_country, content["countries"])),
                tuple(map(_organisation, content["organisations"])),
            )
        except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
            raise SupportListDamaged from None


def _country(found: dict[str, Any]) -> Country:
    return Country(text(found, "code"), text(found, "name"), text(found, "emergency", ""))


def _organisation(found: dict[str, Any]) -> Organisation:
    return Organisation(
        id=text(found, "id"),
        name=text(found, "name"),
        country=text(found, "country"),
        kind=OrganisationKind(found["kind"]),
        serves=tuple(map(Need, found["serves"])),
        languages=strings(found["languages"]),
        description=text(found, "description"),
        sources=strings(found["sources"]),
        confidence=Confidence(found["confidence"]),
        as_of=VagueDate.parse(text(found, "as_of")),
        phones=tuple(
            PhoneLine(text(each, "number"), text(each, "note", "")) for each in found.get("phone", ())
        ),
        texts=tuple(
            TextLine(text(each, "number"), text(each, "words", ""), text(each, "note", ""))
            for each in found.get("text", ())
        ),
        chat=text(found, "chat", ""),
        email=text(found, "email", ""),
        web=text(found, "web", ""),
        hours=text(found, "hours", ""),
        cost=text(found, "cost", ""),
        region=text(found, "region", ""),
        more_languages=text(found, "more_languages", ""),
        also_in=strings(found.get("also_in", [])),
        web_only=found.get("web_only") is True,
    )

