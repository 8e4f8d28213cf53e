"""Which organisations are shown for a country and a topic, and under which headings."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from memorybook.domain.support import INTERNATIONAL, Country, Organisation, OrganisationKind
from memorybook.ui.support.topics import Topic, is_for, offered

EVERYWHERE = "ALL"
"""The code that stands for every country at once."""


class Part(enum.Enum):
    """The parts of the list of one country, in their order."""

    NOW = enum.auto()
    LOSS = enum.auto()
    MORE = enum.auto()
    WORLD = enum.auto()


@dataclass(frozen=True, slots=True)
class Section:
    """Organisations under one heading: a part of the list, or a country."""

    heading: Part | Country
    organisations: tuple[Organisation, ...]


@dataclass(frozen=True, slots=True)
class Help:
    """What is shown for one country and one topic, or for all. ``topics`` are those that find somebody.

    ``alone`` says that nobody in the country is there for this loss in particular: what can be reached
    from anywhere, and what knows of more, is first then.
    """

    country: Country
    topics: tuple[Topic, ...]
    topic: Topic | None
    sections: tuple[Section, ...]
    alone: bool = False


def help_in(
    country: Country,
    there: Sequence[Organisation],
    crisis: Organisation | None,
    topic: Topic | None,
    language: str,
) -> Help:
    """Everybody who is ``there``, apart from the crisis line, which stands on its own."""
    others = [each for each in there if each != crisis]
    topics = offered(others, language)
    topic = topic if topic in topics else None
    listed = [each for each in others if topic is None or is_for(each, topic, language)]
    alone = not any(each.is_of_loss for each in there if each.country != INTERNATIONAL)
    parts = sorted(Part, key=lambda part: alone and part is not Part.WORLD)
    sections = (Section(part, tuple(each for each in listed if _part(each) is part)) for part in parts)
    shown = (_finders_first(section) if alone else section for section in sections)
    return Help(country, topics, topic, tuple(each for each in shown if each.organisations), alone)


def help_everywhere(
    countries: Mapping[str, Country], everyone: Sequence[Organisation], topic: Topic | None, language: str
) -> Help:
    """Everybody there is, country by country, behind what can be reached from anywhere."""
    topics = offered(everyone, language)
    topic = topic if topic in topics else None
    listed = [each for each in everyone if topic is None or is_for(each, topic, language)]
    world = Section(Part.WORLD, tuple(each for each in listed if each.country == INTERNATIONAL))
    sections = [world] + [
        Section(country, tuple(each for each in listed if each.country == code))
        for code, country in countries.items()
        if code != INTERNATIONAL
    ]
    return Help(
        countries[EVERYWHERE], topics, topic, tuple(each for each in sections if each.organisations)
    )


def _finders_first(section: Section) -> Section:
    if section.heading is not Part.WORLD:
        return section
    by_use = sorted(section.organisations, key=lambda each: each.kind is not OrganisationKind.FINDER)
    return Section(Part.WORLD, tuple(by_use))


def _part(organisation: Organisation) -> Part:
    if organisation.country == INTERNATIONAL:
        return Part.WORLD
    if organisation.kind is OrganisationKind.CRISIS:
        return Part.NOW
    return Part.LOSS if organisation.is_of_loss else Part.MORE
