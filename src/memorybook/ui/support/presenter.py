"""Which organisations are shown for a country and a topic, and how each of them is reached."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from memorybook.domain.support import INTERNATIONAL, Country, Need, Organisation, OrganisationKind
from memorybook.errors import SupportListDamaged
from memorybook.services.support import Support
from memorybook.ui.core.device import DeviceSettings


class Topic(enum.Enum):
    """What a person may be looking for. Each stands for the needs that it holds."""

    MISCARRIAGE = frozenset({Need.MISCARRIAGE, Need.ECTOPIC, Need.MOLAR})
    STILLBIRTH = frozenset({Need.STILLBIRTH})
    BABY = frozenset({Need.NEONATAL, Need.INFANT})
    MEDICAL = frozenset({Need.MEDICAL_REASONS})
    AGAIN = frozenset({Need.PREGNANCY_AFTER})
    PARTNERS = frozenset({Need.PARTNER})
    GRANDPARENTS = frozenset({Need.GRANDPARENT})
    SIBLINGS = frozenset({Need.SIBLING})


class Part(enum.Enum):
    """The parts of the list, in their order."""

    NOW = enum.auto()
    LOSS = enum.auto()
    MORE = enum.auto()
    WORLD = enum.auto()


class WayKind(enum.Enum):
    """How somebody is reached."""

    CALL = enum.auto()
    TEXT = enum.auto()
    EMAIL = enum.auto()
    CHAT = enum.auto()
    WEB = enum.auto()


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach an organisation. ``address`` is what is copied or opened, ``shown`` is shorter."""

    kind: WayKind
    address: str
    shown: str
    words: str = ""
    note: str = ""

    @property
    def is_link(self) -> bool:
        """Whether it leads to a web page."""
        return self.kind in {WayKind.CHAT, WayKind.WEB}


@dataclass(frozen=True, slots=True)
class Section:
    """Organisations under one heading."""

    part: Part
    organisations: tuple[Organisation, ...]


@dataclass(frozen=True, slots=True)
class Help:
    """What is shown for one country and one topic, or for all. ``topics`` are those that find somebody."""

    country: Country
    crisis: Organisation | None
    topics: tuple[Topic, ...]
    topic: Topic | None
    sections: tuple[Section, ...]


class SupportView(Protocol):
    """What the presenter tells the screen."""

    def show_countries(self, countries: Sequence[Country]) -> None:
        """The countries that can be chosen. Called once, before anything else."""

    def show_help(self, shown: Help) -> None:
        """Everything for the country and the topic that are chosen now."""

    def show_problem(self, error: SupportListDamaged) -> None:
        """The list cannot be read; the emergency number is what is left to say."""


class SupportPresenter:
    """Drives one :class:`SupportView`. GUI thread.

    ``locale`` ("en_GB") is where the country is proposed from until the person has chosen one. Their
    choice is remembered on the device, and nothing else is.
    """

    def __init__(self, view: SupportView, *, support: Support, device: DeviceSettings, locale: str) -> None:
        self._view = view
        self._support = support
        self._device = device
        self._locale = locale
        self._countries: dict[str, Country] = {}
        self._shown: tuple[str, Topic | None] | None = None

    def show(self) -> None:
        """Show the country that was chosen here or in another window, or the one that is proposed."""
        try:
            if not self._countries:
                countries = self._support.countries()
                self._view.show_countries(countries)
                self._countries = {country.code: country for country in countries}
            self._go(self._current_code(), self._shown[1] if self._shown else None)
        except SupportListDamaged as error:
            self._view.show_problem(error)

    def choose_country(self, code: str) -> None:
        """The person chose a country: remember it and show it."""
        if code not in self._countries:
            return
        if code != self._device.support_country:
            self._device.support_country = code
            self._device.save()
        self._go(code, self._shown[1] if self._shown else None)

    def choose_topic(self, topic: Topic | None) -> None:
        """Show only what is for one topic, or everything again."""
        self._go(self._current_code(), topic)

    def _current_code(self) -> str:
        chosen = self._device.support_country or self._support.country_for_locale(self._locale)
        return chosen if chosen in self._countries else INTERNATIONAL

    def _go(self, code: str, topic: Topic | None) -> None:
        there = self._support.organisations(code)
        topics = tuple(each for each in Topic if any(_is_for(organisation, each) for organisation in there))
        topic = topic if topic in topics else None
        if self._shown == (code, topic):
            return
        crisis = self._support.crisis(code)
        listed = [
            organisation
            for organisation in there
            if organisation != crisis and (topic is None or _is_for(organisation, topic))
        ]
        sections = (
            Section(part, tuple(organisation for organisation in listed if _part(organisation) is part))
            for part in Part
        )
        self._shown = (code, topic)
        self._view.show_help(
            Help(
                self._countries[code],
                crisis,
                topics,
                topic,
                tuple(section for section in sections if section.organisations),
            )
        )


def ways(organisation: Organisation) -> tuple[Way, ...]:
    """How to reach an organisation: people first, its website last, no address twice."""
    found = [Way(WayKind.CALL, line.number, line.number, note=line.note) for line in organisation.phones]
    found += [
        Way(WayKind.TEXT, line.number, line.number, words=line.words, note=line.note)
        for line in organisation.texts
    ]
    if organisation.email:
        found.append(Way(WayKind.EMAIL, organisation.email, organisation.email))
    if organisation.chat and organisation.chat != organisation.web:
        found.append(Way(WayKind.CHAT, organisation.chat, site(organisation.chat)))
    if organisation.web:
        found.append(Way(WayKind.WEB, organisation.web, site(organisation.web)))
    return tuple(found)


def site(address: str) -> str:
    """The name of a web address's site, without what only a browser needs."""
    return address.removeprefix("https://").partition("/")[0].removeprefix("www.")


def _is_for(organisation: Organisation, topic: Topic) -> bool:
    return not topic.value.isdisjoint(organisation.serves)


def _part(organisation: Organisation) -> Part:
    if organisation.country == INTERNATIONAL:
        return Part.WORLD
    if organisation.kind is OrganisationKind.CRISIS:
        return Part.NOW
    return Part.LOSS if organisation.is_of_loss else Part.MORE
