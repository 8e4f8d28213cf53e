"""The list of organisations that comes with the program. It needs no book and no connection."""

import json
import re
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from memorybook import resources
from memorybook.domain.dates import VagueDate
from memorybook.domain.search import fold
from memorybook.domain.support import (
    INTERNATIONAL,
    Confidence,
    Country,
    Need,
    Opening,
    OpenTime,
    Organisation,
    OrganisationKind,
    PhoneLine,
    TextLine,
    usefulness,
)
from memorybook.errors import SupportListDamaged
from memorybook.services import reading_json
from memorybook.services.reading_json import ENGLISH, sources, strings, text, translated

_LOCALE = re.compile(r"[a-z]{2,3}(?:[_-][A-Za-z]{4})?[_-]([A-Z]{2})(?![A-Za-z])")


class Support:
    """Reads the list when it is first asked for, once a language. Any thread; raises SupportListDamaged.

    ``language`` is an ISO 639-1 code; what is not translated into it is in English and says so
    (``Organisation.written_in``).
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._lists: dict[str, _List] = {}

    def languages(self) -> tuple[str, ...]:
        """The codes of the languages that the list can be read in, English first."""
        return reading_json.languages(self._place.parent, self._place.stem)

    def countries(self, language: str = ENGLISH) -> tuple[Country, ...]:
        """The countries that can be chosen, by name; the last, ``INT``, stands for every other."""
        return self._list(language).countries

    def organisations(self, country_code: str, language: str = ENGLISH) -> tuple[Organisation, ...]:
        """Those of a country, most useful first, and behind them those that are there for everyone."""
        there = {country_code, INTERNATIONAL}
        return tuple(
            each
            for each in self.all(language)
            if each.country in there or country_code in each.also_in
        )

    def all(self, language: str = ENGLISH) -> tuple[Organisation, ...]:
        """Those of every country, most useful first, and behind them those that are there for everyone."""
        return self._list(language).organisations

    def crisis(self, country_code: str, language: str = ENGLISH) -> Organisation | None:
        """The first crisis line of a country that can be called; ``None`` when none is known."""
        return next(
            (
                each
                for each in self.organisations(country_code, language)
                if each.kind is OrganisationKind.CRISIS and each.country == country_code and each.phones
            ),
            None,
        )

    def spoken(self, country_code: str) -> tuple[str, ...]:
        """The codes of the languages in which somebody in or for this country listens, in their order."""
        return tuple(sorted({code for each in self.organisations(country_code) for code in each.languages}))

    def country_for_locale(self, locale: str) -> str | None:
        """The country to propose for ``en_GB``, ``de-AT`` and the like, if it is in the list."""
        found = _LOCALE.match(locale)
        return found[1] if found and any(each.code == found[1] for each in self.countries()) else None

    @property
    def _place(self) -> Path:
        return self._file or resources.folder("support") / "organisations.json"

    def _list(self, language: str) -> "_List":
        if language not in self._lists:
            self._lists[language] = _read(self._place, language)
        return self._lists[language]


@dataclass(frozen=True, slots=True)
class _List:
    countries: tuple[Country, ...]
    organisations: tuple[Organisation, ...]


def _read(file: Path, language: str) -> _List:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        said = _Said(
            language,
            translated(file.parent, file.stem, language),
            translated(file.parent, "sources", language),
            content.get("zones", {}),
        )
        read = VagueDate.parse(text(content, "read", ""))
        return _List(
            _in_order([_country(each, said) for each in content["countries"]]),
            tuple(
                sorted((_organisation(each, said, read) for each in content["organisations"]), key=usefulness)
            ),
        )
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise SupportListDamaged from None


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of one language: a description by the id of its organisation, all else by the English words.

    ``sources`` are the words that sources have in common; ``zones`` are the English names of the time zones'
    times.
    """

    language: str
    texts: dict[str, str]
    sources: dict[str, str]
    zones: dict[str, str]

    def __call__(self, found: dict[str, Any], key: str) -> str:
        english = text(found, key, "")
        return self.texts.get(english, english)


def _in_order(countries: list[Country]) -> tuple[Country, ...]:
    """By name, accents set aside, and the rest of the world last."""
    return tuple(sorted(countries, key=lambda each: (each.code == INTERNATIONAL, fold(each.name))))


def _country(found: dict[str, Any], said: _Said) -> Country:
    text(found, "name")
    return Country(text(found, "code"), said(found, "name"), said(found, "emergency"))


def _organisation(found: dict[str, Any], said: _Said, read: VagueDate) -> Organisation:
    id_ = text(found, "id")
    return Organisation(
        id=id_,
        name=text(found, "name"),
        country=text(found, "country"),
        kind=OrganisationKind(found["kind"]),
        serves=tuple(map(Need, found["serves"])),
        languages=strings(found["languages"]),
        description=said.texts.get(id_) or text(found, "description"),
        sources=sources(found["sources"], said.sources),
        confidence=Confidence(found["confidence"]),
        as_of=VagueDate.parse(text(found, "as_of")),
        phones=tuple(PhoneLine(text(each, "number"), said(each, "note")) for each in found.get("phone", ())),
        texts=tuple(
            TextLine(text(each, "number"), text(each, "words", ""), said(each, "note"))
            for each in found.get("text", ())
        ),
        chat=text(found, "chat", ""),
        email=text(found, "email", ""),
        web=text(found, "web", ""),
        hours=said(found, "hours"),
        cost=said(found, "cost"),
        region=said(found, "region"),
        more_languages=said(found, "more_languages"),
        also_in=strings(found.get("also_in", [])),
        web_only=found.get("web_only") is True,
        opening=_opening(found.get("opening", {}), said),
        read=read,
        written_in=said.language if id_ in said.texts else ENGLISH,
    )


def _opening(found: dict[str, Any], said: _Said) -> Opening:
    zone = text(found, "zone", "")
    return Opening(
        always=found.get("always") is True,
        times=tuple(map(_open_time, found.get("times", ()))),
        zone=zone,
        clock=said(said.zones, zone) if zone else "",
    )


def _open_time(found: dict[str, Any]) -> OpenTime:
    days = text(found, "days")
    if not days or not set(days) <= set("1234567"):
        raise ValueError("a day of the week is 1 to 7")
    opens, closes = (time.fromisoformat(text(found, key)) for key in ("from", "to"))
    return OpenTime(frozenset(map(int, days)), opens, closes)
