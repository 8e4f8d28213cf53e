"""What the support screen shows, without a screen."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from memorybook.domain.support import INTERNATIONAL, Country, Organisation
from memorybook.errors import SupportListDamaged
from memorybook.services.support import Support
from memorybook.system.settings import Settings
from memorybook.ui.support.presenter import (
    Help,
    Part,
    SupportPresenter,
    Topic,
    Way,
    WayKind,
    site,
    ways,
)


class Seen:
    """A screen of which one sees only what it was told."""

    def __init__(self) -> None:
        self.countries: Sequence[Country] = ()
        self.shown: list[Help] = []
        self.problems: list[SupportListDamaged] = []

    def show_countries(self, countries: Sequence[Country]) -> None:
        self.countries = countries

    def show_help(self, shown: Help) -> None:
        self.shown.append(shown)

    def show_problem(self, error: SupportListDamaged) -> None:
        self.problems.append(error)

    @property
    def now(self) -> Help:
        return self.shown[-1]

    def ids(self, part: Part | None = None) -> list[str]:
        return [
            organisation.id
            for section in self.now.sections
            for organisation in section.organisations
            if part in {None, section.part}
        ]


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def device(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.json")


def made(seen: Seen, device: Settings, locale: str = "en_GB", file: Path | None = None) -> SupportPresenter:
    return SupportPresenter(seen, support=Support(file), device=device, locale=locale)


def named(id_: str) -> Organisation:
    country = id_.partition("-")[0].upper()
    return next(each for each in Support().organisations(country) if each.id == id_)


@pytest.mark.parametrize(("locale", "code"), [("en_GB", "GB"), ("de_CH", "CH"), ("nb_NO", INTERNATIONAL)])
def test_a_country_is_proposed_and_not_remembered(
    seen: Seen, device: Settings, locale: str, code: str
) -> None:
    made(seen, device, locale).show()
    assert seen.now.country.code == code
    assert device.support_country == ""


def test_a_chosen_country_is_remembered_for_the_next_start(
    seen: Seen, device: Settings, tmp_path: Path
) -> None:
    presenter = made(seen, device)
    presenter.show()
    presenter.choose_country("NZ")
    assert seen.now.country.code == "NZ"
    again = Seen()
    made(again, Settings(tmp_path / "settings.json")).show()
    assert again.now.country.code == "NZ"


def test_a_country_that_is_not_in_the_list_is_not_taken(seen: Seen, device: Settings) -> None:
    device.support_country = "ZZ"
    presenter = made(seen, device)
    presenter.show()
    assert seen.now.country.code == INTERNATIONAL
    presenter.choose_country("YY")
    assert device.support_country == "ZZ"
    assert len(seen.shown) == 1


def test_what_was_chosen_in_another_window_is_shown_on_coming_back(seen: Seen, device: Settings) -> None:
    presenter = made(seen, device)
    presenter.show()
    presenter.show()
    assert len(seen.shown) == 1, "nothing changed, nothing is drawn again"
    device.support_country = "IE"
    presenter.show()
    assert seen.now.country.code == "IE"


def test_the_crisis_line_stands_apart_and_the_parts_are_in_order(seen: Seen, device: Settings) -> None:
    made(seen, device).show()
    assert seen.now.crisis is not None
    assert seen.now.crisis.id not in seen.ids()
    assert [section.part for section in seen.now.sections] == list(Part)
    assert "gb-shout" in seen.ids(Part.NOW)
    assert "gb-sands" in seen.ids(Part.LOSS)
    assert "gb-cruse" in seen.ids(Part.MORE)
    assert "int-find-a-helpline" in seen.ids(Part.WORLD)


def test_everybody_in_the_list_is_shown_once(seen: Seen, device: Settings) -> None:
    presenter = made(seen, device)
    presenter.show()
    support = Support()
    for country in support.countries():
        presenter.choose_country(country.code)
        expected = [each.id for each in support.organisations(country.code) if each != seen.now.crisis]
        assert sorted(seen.ids()) == sorted(expected)


def test_a_topic_shows_those_it_is_about_and_leaves_the_crisis_line(seen: Seen, device: Settings) -> None:
    presenter = made(seen, device)
    presenter.show()
    presenter.choose_topic(Topic.GRANDPARENTS)
    assert "gb-sands" in seen.ids()
    assert "gb-arc" not in seen.ids()
    assert seen.now.crisis is not None
    presenter.choose_topic(None)
    assert "gb-arc" in seen.ids()


def test_only_topics_that_find_somebody_are_offered(seen: Seen, device: Settings) -> None:
    presenter = made(seen, device)
    presenter.show()
    for country in seen.countries:
        presenter.choose_country(country.code)
        offered = seen.now.topics
        for topic in Topic:
            presenter.choose_topic(topic)
            assert bool(seen.ids()) is (topic in offered) or topic not in offered
            assert seen.now.topic == (topic if topic in offered else None)
        presenter.choose_topic(None)


def test_a_topic_ends_where_it_finds_nobody(seen: Seen, device: Settings) -> None:
    presenter = made(seen, device)
    presenter.show()
    presenter.choose_topic(Topic.SIBLINGS)
    presenter.choose_country("IT")
    assert Topic.SIBLINGS not in seen.now.topics
    assert seen.now.topic is None


def test_a_damaged_list_is_said(seen: Seen, device: Settings, tmp_path: Path) -> None:
    made(seen, device, file=tmp_path / "gone.json").show()
    assert len(seen.problems) == 1
    assert seen.shown == []


def test_people_come_before_websites_and_no_address_comes_twice() -> None:
    assert [way.kind for way in ways(named("gb-arc"))] == [
        WayKind.CALL,
        WayKind.TEXT,
        WayKind.EMAIL,
        WayKind.WEB,
    ]
    assert [way.kind for way in ways(named("de-telefonseelsorge"))][-2:] == [WayKind.CHAT, WayKind.WEB]
    assert ways(named("gb-shout"))[0] == Way(WayKind.TEXT, "85258", "85258", words="SHOUT")
    for organisation in Support().organisations("US"):
        addresses = [(way.address, way.words, way.kind) for way in ways(organisation)]
        assert len(set(addresses)) == len(addresses) > 0


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.sands.org.uk", "sands.org.uk"),
        ("https://www.mariecurie.org.uk/support", "mariecurie.org.uk"),
        ("https://online.telefonseelsorge.de", "online.telefonseelsorge.de"),
    ],
)
def test_a_site_is_named_as_people_name_it(address: str, name: str) -> None:
    assert site(address) == name
