"""What the support screen shows, without a screen."""

from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pytest

from memorybook.domain.support import INTERNATIONAL, Country, Organisation, OrganisationKind
from memorybook.errors import MemoryBookError, PagesNotSaved, SupportListDamaged
from memorybook.services.guidance import guidance
from memorybook.services.support import Support
from memorybook.services.support_search import PEOPLE, search
from memorybook.services.support_words import everyday_words
from memorybook.system.settings import Settings
from memorybook.ui.support import tongue, wording
from memorybook.ui.support.people import EVERYWHERE, Help, Part
from memorybook.ui.support.presenter import MOST_FOUND, Found, Reading, SupportPresenter
from memorybook.ui.support.topics import Topic
from memorybook.ui.support.ways import Way, WayKind, site, ways
from tests.unit.ui import immediate


class Seen:
    """A screen of which one sees only what it was told."""

    def __init__(self) -> None:
        self.countries: Sequence[Country] = ()
        self.pages: Sequence[tuple[str, str]] = ()
        self.country: Country | None = None
        self.crisis: Organisation | None = None
        self.finder: Organisation | None = None
        self.page = ""
        self.languages: list[str] = []
        self.shown: list[Help] = []
        self.readings: list[Reading] = []
        self.founds: list[Found] = []
        self.said: list[str] = []
        self.forgotten = 0
        self.problems: list[MemoryBookError] = []

    def speak(self, language: str) -> None:
        self.languages.append(language)

    def show_choices(self, countries: Sequence[Country], pages: Sequence[tuple[str, str]]) -> None:
        self.countries, self.pages = countries, pages

    def show_country(
        self, country: Country, crisis: Organisation | None, finder: Organisation | None
    ) -> None:
        self.country, self.crisis, self.finder = country, crisis, finder

    def show_page(self, page: str) -> None:
        self.page = page

    def show_help(self, shown: Help) -> None:
        self.shown.append(shown)

    def show_reading(self, shown: Reading) -> None:
        self.readings.append(shown)

    def show_found(self, shown: Found) -> None:
        self.founds.append(shown)

    def forget(self) -> None:
        self.forgotten += 1

    def show_problem(self, error: SupportListDamaged) -> None:
        self.problems.append(error)

    def show_saving(self) -> None:
        self.said.append("saving")

    def show_saved(self, name: str) -> None:
        self.said.append(name)

    def show_not_saved(self, error: MemoryBookError) -> None:
        self.problems.append(error)

    @property
    def now(self) -> Help:
        return self.shown[-1]

    def ids(self, part: Part | None = None) -> list[str]:
        return [
            organisation.id
            for section in self.now.sections
            for organisation in section.organisations
            if part in {None, section.heading}
        ]


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def device(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.json")


def made(
    seen: Seen,
    device: Settings,
    locale: str = "en_GB",
    file: Path | None = None,
    proposed: str = "en",
) -> SupportPresenter:
    return SupportPresenter(
        seen,
        support=Support(file),
        device=device,
        locale=locale,
        proposed=proposed,
        words_for=lambda organisation, country: " ".join([country, *organisation.serves]),
        run=immediate.run,
        deliver=immediate.deliver,
    )


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
    assert seen.crisis is not None
    assert seen.crisis.id not in seen.ids()
    assert [section.heading for section in seen.now.sections] == list(Part)
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
        expected = [each.id for each in support.organisations(country.code) if each != seen.crisis]
        assert sorted(seen.ids()) == sorted(expected)


def test_a_topic_shows_those_it_is_about_and_leaves_the_crisis_line(seen: Seen, device: Settings) -> None:
    presenter = made(seen, device)
    presenter.show()
    presenter.choose_topic(Topic.GRANDPARENTS)
    assert "gb-sands" in seen.ids()
    assert "gb-arc" not in seen.ids()
    assert seen.crisis is not None
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


def test_the_language_is_proposed_and_a_chosen_one_is_remembered(
    seen: Seen, device: Settings, tmp_path: Path
) -> None:
    presenter = made(seen, device, "es_MX", proposed="es")
    presenter.show()
    assert seen.languages == ["es"]
    assert dict(seen.pages)["body"] == "Tu cuerpo después"
    assert next(each.name for each in seen.countries if each.code == "ES") == "España"
    assert device.support_language == ""
    presenter.choose_page("body")
    presenter.choose_language("en")
    assert seen.languages == ["es", "en"]
    assert seen.readings[-1].page.title == "Your body afterwards"
    again = Seen()
    made(again, Settings(tmp_path / "settings.json"), "es_MX", proposed="es").show()
    assert again.languages == ["en"]


def test_a_page_holds_what_is_true_in_the_country(seen: Seen, device: Settings) -> None:
    presenter = made(seen, device)
    presenter.show()
    presenter.choose_page("facts")
    regions = {region for section in seen.readings[-1].page.sections for line in section.lines
               for region in line.regions}  # fmt: skip
    assert "GB" in regions
    presenter.choose_country("US")
    lines = [line for section in seen.readings[-1].page.sections for line in section.lines]
    assert lines
    assert all("US" in line.regions for line in lines if line.regions)
    presenter.choose_country(EVERYWHERE)
    assert seen.page == "facts"
    everything = [line for section in seen.readings[-1].page.sections for line in section.lines]
    assert len(everything) > len(lines)


def test_everywhere_is_every_country_under_its_name(seen: Seen, device: Settings) -> None:
    presenter = made(seen, device)
    presenter.show()
    presenter.choose_country(EVERYWHERE)
    assert seen.crisis is None
    assert sorted(seen.ids()) == sorted(each.id for each in Support().all())
    assert seen.now.sections[0].heading is Part.WORLD
    named = [each.heading.name for each in seen.now.sections if isinstance(each.heading, Country)]
    assert named == sorted(named)
    presenter.choose_topic(Topic.PARTNERS)
    assert "ie-feileacain" in seen.ids()


def test_where_a_country_has_nothing_the_finders_are_first(seen: Seen, device: Settings) -> None:
    presenter = made(seen, device, "nb_NO")
    presenter.show()
    assert seen.now.alone
    assert seen.now.sections[0].heading is Part.WORLD
    first = seen.now.sections[0].organisations[0]
    assert first.kind is OrganisationKind.FINDER
    presenter.choose_country("GB")
    assert not seen.now.alone


def test_what_is_found_is_of_all_pages_the_own_country_first(seen: Seen, device: Settings) -> None:
    presenter = made(seen, device, "en_IE")
    presenter.show()
    presenter.look_for("partner")
    found = seen.founds[-1]
    people = [hit.organisation.country for hit in found.hits if hit.organisation is not None]
    assert people[0] == "IE"
    assert "GB" in people
    assert {hit.page for hit in found.hits} > {PEOPLE}
    assert seen.page == ""
    presenter.look_for("p")
    assert seen.page == PEOPLE, "one letter looks for nothing"


def test_who_is_there_for_other_countries_only_is_far_unless_they_are_named(
    seen: Seen, device: Settings
) -> None:
    presenter = made(seen, device, "en_IE")
    presenter.show()
    presenter.look_for("milk")
    assert {"ca-milkbank-ontario", "us-milkbank-austin"} <= seen.founds[-1].far
    presenter.look_for("milk canada")
    assert "ca-milkbank-ontario" not in seen.founds[-1].far
    presenter.look_for("partner")
    assert not {"ie-feileacain", "int-pals"} & seen.founds[-1].far
    assert "gb-sands" in seen.founds[-1].far


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_other_word_for_something_finds_it(language: str) -> None:
    tongue.speak(language)
    names = {country.code: country.name for country in Support().countries(language)}
    everyone, pages = Support().all(language), guidance(language).pages
    try:
        nothing = {
            f"{said}: {other}"
            for said, others in everyday_words(language).also.items()
            for other in others
            if not search(
                f"“{other}”", everyone, pages, lambda each: wording.found_by(each, names[each.country])
            )
        }
    finally:
        tongue.speak("en")
    assert nothing == set()


def test_where_no_crisis_line_is_listed_somebody_who_knows_one_is_there(seen: Seen, device: Settings) -> None:
    presenter = made(seen, device, "es_AR")
    presenter.show()
    assert [each and each.id for each in (seen.crisis, seen.finder)] == [None, "int-find-a-helpline"]
    presenter.choose_country("IE")
    assert [each and each.id for each in (seen.crisis, seen.finder)] == ["ie-samaritans", None]


def test_signs_that_cannot_wait_are_found_first(seen: Seen, device: Settings) -> None:
    presenter = made(seen, device)
    presenter.show()
    presenter.look_for("BLEED")
    assert seen.founds[-1].hits[0].urgent


def test_more_than_can_be_shown_is_said(seen: Seen, device: Settings) -> None:
    presenter = made(seen, device)
    presenter.show()
    presenter.look_for("th")
    assert len(seen.founds[-1].hits) == MOST_FOUND
    assert seen.founds[-1].more
    presenter.look_for("no such words")
    assert seen.founds[-1].hits == ()


def test_nothing_of_what_was_looked_at_is_left(seen: Seen, device: Settings, tmp_path: Path) -> None:
    presenter = made(seen, device)
    presenter.show()
    presenter.choose_topic(Topic.MEDICAL)
    presenter.choose_page("body")
    presenter.look_for("grandparents")
    device.save()
    before = (tmp_path / "settings.json").read_bytes()
    presenter.leave()
    assert seen.forgotten == 1
    held = repr({name: getattr(presenter, name) for name in vars(presenter) if name != "_view"})
    assert "grandparents" not in held
    assert "MEDICAL" not in held
    assert "body" not in held
    presenter.show()
    assert (seen.page, seen.now.topic) == (PEOPLE, None)
    device.save()
    assert (tmp_path / "settings.json").read_bytes() == before


def test_a_page_to_hand_over_is_saved_in_the_language_of_the_pane(
    seen: Seen, device: Settings, tmp_path: Path
) -> None:
    presenter = made(seen, device, proposed="es")
    presenter.show()
    presenter.save_handover(tmp_path / "page.pdf", "letter")
    assert seen.said == ["saving", "page.pdf"]
    with pikepdf.open(tmp_path / "page.pdf") as pdf:
        assert str(pdf.Root.Lang).startswith("es")
        assert [float(side) for side in pdf.pages[0].mediabox] == [0, 0, 612, 792]
    presenter.save_handover(tmp_path / "no such folder" / "page.pdf", "a4")
    assert isinstance(seen.problems[-1], PagesNotSaved)
