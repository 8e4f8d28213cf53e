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
    return Country(_text(found, "code"), _text(found, "name"), _text(found, "emergency", ""))


def _organisation(found: dict[str, Any]) -> Organisation:
    return Organisation(
        id=_text(found, "id"),
        name=_text(found, "name"),
        country=_text(found, "country"),
        kind=OrganisationKind(found["kind"]),
        serves=tuple(map(Need, found["serves"])),
        languages=_texts(found["languages"]),
        description=_text(found, "description"),
        sources=_texts(found["sources"]),
        confidence=Confidence(found["confidence"]),
        as_of=VagueDate.parse(_text(found, "as_of")),
        phones=tuple(
            PhoneLine(_text(each, "number"), _text(each, "note", "")) for each in found.get("phone", ())
        ),
        texts=tuple(
            TextLine(_text(each, "number"), _text(each, "words", ""), _text(each, "note", ""))
            for each in found.get("text", ())
        ),
        chat=_text(found, "chat", ""),
        email=_text(found, "email", ""),
        web=_text(found, "web", ""),
        hours=_text(found, "hours", ""),
        cost=_text(found, "cost", ""),
        region=_text(found, "region", ""),
        more_languages=_text(found, "more_languages", ""),
        also_in=_texts(found.get("also_in", [])),
        web_only=found.get("web_only") is True,
    )


def _text(found: dict[str, Any], key: str, default: str | None = None) -> str:
    """A text of the file; ``TypeError`` when it is something else, ``KeyError`` when it has to be there."""
    value = found[key] if default is None else found.get(key, default)
    if not isinstance(value, str):
        raise TypeError(key)
    return value


def _texts(found: object) -> tuple[str, ...]:
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise TypeError
    return tuple(found)
