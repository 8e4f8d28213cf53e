"""Which page of the support pane is shown, for which country, and what is found in all of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from memorybook.domain.dates import VagueDate
from memorybook.domain.guidance import GuidancePage
from memorybook.domain.search import Query, spans, understand
from memorybook.domain.support import INTERNATIONAL, Country, Organisation, OrganisationKind
from memorybook.errors import MemoryBookError, SupportListDamaged
from memorybook.rendering.handover import Paper, handover_pdf
from memorybook.services import exporting
from memorybook.services.guidance import guidance
from memorybook.services.support import Support
from memorybook.services.support_search import PEOPLE, Hit, search
from memorybook.services.support_words import everyday_words
from memorybook.ui.core.delivery import Deliver, Run
from memorybook.ui.core.device import DeviceSettings
from memorybook.ui.support.people import EVERYWHERE, Help, help_everywhere, help_in
from memorybook.ui.support.topics import Topic

MOST_FOUND = 40
"""Of what is found no more is shown at once: another word finds less."""

_LEAST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """A page of guidance as it holds for a country, and the month in which its sources were read."""

    page: GuidancePage
    read: VagueDate


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in all pages, the country's own first; ``more`` when that is not all of it.

    ``far`` are the organisations, by their ids, that are there for other countries, none of which was named.
    """

    hits: tuple[Hit, ...] = field(repr=False)
    titles: dict[str, str]
    read: VagueDate
    countries: dict[str, Country] = field(repr=False)
    home: str
    more: bool
    far: frozenset[str] = field(default=frozenset(), repr=False)


class SupportView(Protocol):
    """What the presenter tells the screen."""

    def speak(self, language: str) -> None:
        """Make everything anew in this language. Called before anything else."""

    def show_choices(self, countries: Sequence[Country], pages: Sequence[tuple[str, str]]) -> None:
        """The countries and the pages (id and title) that can be chosen."""

    def show_country(
        self, country: Country, crisis: Organisation | None, finder: Organisation | None
    ) -> None:
        """The country that is chosen now, and its crisis line, or who knows of one where none is listed."""

    def show_page(self, page: str) -> None:
        """The page that is chosen now, by its id."""

    def show_help(self, shown: Help) -> None:
        """People to talk to."""

    def show_reading(self, shown: Reading) -> None:
        """A page to read."""

    def show_found(self, shown: Found) -> None:
        """What has the words in it that were looked for."""

    def forget(self) -> None:
        """Take everything off the screen that tells what was looked at."""

    def show_problem(self, error: SupportListDamaged) -> None:
        """The list cannot be read; the emergency number is what is left to say."""

    def show_saving(self) -> None:
        """The page to hand over is being made."""

    def show_saved(self, name: str) -> None:
        """It is where it was asked for."""

    def show_not_saved(self, error: MemoryBookError) -> None:
        """It is not."""


class SupportPresenter:
    """Drives one :class:`SupportView`. GUI thread.

    ``locale`` ("en_GB") is where the country is proposed from until the person has chosen one, ``proposed``
    the language of the pane until then. Both choices are remembered on the device, and nothing else is,
    nor is anything kept in memory once the pane is left. ``words_for`` gives the words of the screen by
    which an organisation is found.
    """

    def __init__(
        self,
        view: SupportView,
        *,
        support: Support,
        device: DeviceSettings,
        locale: str,
        proposed: str,
        words_for: Callable[[Organisation, str], str],
        run: Run,
        deliver: Deliver,
    ) -> None:
        self._view = view
        self._support = support
        self._device = device
        self._locale = locale
        self._proposed = proposed
        self._words_for = words_for
        self._run = run
        self._deliver = deliver
        self._language = ""
        self._countries: dict[str, Country] = {}
        self._forget()

    def _forget(self) -> None:
        self._page = PEOPLE
        self._topic: Topic | None = None
        self._query = ""
        self._shown: tuple[object, ...] = ()

    @property
    def language(self) -> str:
        """The code of the language of the pane."""
        return self._device.support_language or self._proposed

    def show(self) -> None:
        """Show the country that was chosen here or in another window, or the one that is proposed."""
        try:
            self._speak()
            self._go()
        except SupportListDamaged as error:
            self._view.show_problem(error)

    def leave(self) -> None:
        """The pane is left: what was looked at is nobody's business any more."""
        self._forget()
        self._view.forget()

    def choose_language(self, code: str) -> None:
        """The person chose a language of the pane: remember it and show everything in it."""
        if code != self.language:
            self._device.support_language = code
            self._device.save()
            self._query = ""
            self.show()

    def choose_country(self, code: str) -> None:
        """The person chose a country: remember it and show it."""
        if code not in self._countries:
            return
        if code != self._device.support_country:
            self._device.support_country = code
            self._device.save()
        self._go()

    def choose_page(self, page: str) -> None:
        """Turn to a page; what was looked for is put away."""
        self._page, self._query = page, ""
        self._go()

    def choose_topic(self, topic: Topic | None) -> None:
        """Show only what is for one topic, or everything again."""
        self._topic = topic
        self._go()

    def look_for(self, typed: str) -> None:
        """Show what has these words in it, or the page again when there are none."""
        typed = typed.strip()
        self._query = typed if len(typed) >= _LEAST_LETTERS else ""
        self._go()

    def save_handover(self, path: Path, paper: Paper) -> None:
        """Make the page to hand over as a PDF, in the language of the pane, and put it at ``path``."""
        language = self._language
        self._view.show_saving()

        def write() -> None:
            exporting.save_pdf(path, [handover_pdf(language, paper=paper)])

        self._deliver(self._run(write), lambda _: self._view.show_saved(path.name), self._view.show_not_saved)

    def _speak(self) -> None:
        if self._language == self.language:
            return
        self._view.speak(self.language)
        countries = self._support.countries(self.language)
        pages = guidance(self.language).pages
        self._language, self._shown = self.language, ()
        self._countries = {each.code: each for each in (*countries, Country(EVERYWHERE, ""))}
        self._view.show_choices(
            tuple(self._countries.values()), [(PEOPLE, ""), *((page.id, page.title) for page in pages)]
        )

    def _code(self) -> str:
        chosen = self._device.support_country or self._support.country_for_locale(self._locale)
        return chosen if chosen in self._countries else INTERNATIONAL

    def _go(self) -> None:
        code, language = self._code(), self._language
        wanted = (code, language, self._page, self._topic, self._query)
        if self._shown == wanted:
            return
        crisis = None if code == EVERYWHERE else self._support.crisis(code, language)
        finder = None if crisis is not None or code == EVERYWHERE else self._finder()
        self._view.show_country(self._countries[code], crisis, finder)
        self._view.show_page(self._page if not self._query else "")
        if self._query:
            self._view.show_found(self._found(code))
        elif self._page == PEOPLE:
            shown = self._help(code, crisis)
            self._topic = shown.topic
            self._view.show_help(shown)
        else:
            read = guidance(language)
            self._view.show_reading(Reading(_held(read.page(self._page), code), read.read))
        self._shown = (code, language, self._page, self._topic, self._query)

    def _help(self, code: str, crisis: Organisation | None) -> Help:
        if code == EVERYWHERE:
            everyone = self._support.all(self._language)
            return help_everywhere(self._countries, everyone, self._topic, self._language)
        there = self._support.organisations(code, self._language)
        return help_in(self._countries[code], there, crisis, self._topic, self._language)

    def _finder(self) -> Organisation | None:
        world = self._support.organisations(INTERNATIONAL, self._language)
        return next((each for each in world if each.kind is OrganisationKind.FINDER), None)

    def _found(self, code: str) -> Found:
        everyone = sorted(self._support.all(self._language), key=lambda each: _distance(each, code))
        read = guidance(self._language)
        hits = search(
            self._query,
            everyone,
            [_held(page, code) for page in read.pages],
            lambda each: self._words_for(each, self._countries[each.country].name),
            everyday_words(self._language),
        )
        # What matters where the person is comes before the same words in the title of something far away.
        near = sorted(hits, key=lambda hit: (not hit.urgent, _distance(hit.organisation, code) > 1))
        return Found(
            tuple(near[:MOST_FOUND]),
            {page.id: page.title for page in read.pages},
            read.read,
            self._countries,
            code,
            more=len(hits) > MOST_FOUND,
            far=frozenset(
                each.id
                for each in everyone
                if _distance(each, code) > 1 and not _is_named(self._countries[each.country], self._query)
            ),
        )


def _held(page: GuidancePage, code: str) -> GuidancePage:
    """What holds in a country; everything for who looks everywhere."""
    return page if code == EVERYWHERE else page.for_country(code)


def _is_named(country: Country, typed: str) -> bool:
    return any(spans(country.name, Query((phrase,))) for phrase in understand(typed).phrases)


def _distance(organisation: Organisation | None, code: str) -> int:
    if organisation is None or code == EVERYWHERE:
        return 0
    if organisation.country == code or code in organisation.also_in:
        return 0
    return 1 if organisation.country == INTERNATIONAL else 2
