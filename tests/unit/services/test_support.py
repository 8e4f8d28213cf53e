"""The list of organisations: what is in it, what must not be, and how it is read."""

import json
import re
import shutil
import zoneinfo
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from memorybook import resources
from memorybook.domain.dates import VagueDate
from memorybook.domain.support import (
    INTERNATIONAL,
    Confidence,
    Need,
    Organisation,
    OrganisationKind,
    usefulness,
)
from memorybook.errors import SupportListDamaged
from memorybook.services.support import Support

LIST = resources.folder("support") / "organisations.json"
CONTENT: dict[str, list[dict[str, Any]]] = json.loads(LIST.read_text(encoding="utf-8"))
RECORDS = CONTENT["organisations"]
DATA = Path(__file__).parent / "data"
KEPT_BACK: dict[str, list[str]] = json.loads((DATA / "do_not_ship.json").read_text(encoding="utf-8"))

ISO_3166 = set((DATA / "iso_3166.txt").read_text(encoding="utf-8").split())
NAMED_BY_THE_FAMILIES = {"us-mend", "us-cpfh", "us-march-of-dimes", "int-who-losing-a-baby"}


@pytest.fixture
def support() -> Support:
    return Support()


def test_the_schema_allows_what_the_program_knows() -> None:
    """The shape of an entry is the schema's to check; what it may choose from is the program's."""
    schema = json.loads((LIST.parent / "schema" / "organisations.json").read_text(encoding="utf-8"))
    allowed = schema["properties"]["organisations"]["items"]["properties"]
    assert set(allowed["serves"]["items"]["enum"]) == set(Need)
    assert set(allowed["kind"]["enum"]) == set(OrganisationKind)
    assert set(allowed["confidence"]["enum"]) == set(Confidence)


def test_a_record_is_of_a_country_and_of_a_day_that_has_been() -> None:
    read = VagueDate.parse(str(CONTENT["read"]))
    assert read.year is not None
    for record in RECORDS:
        assert {record["country"], *record.get("also_in", ())} <= ISO_3166 | {INTERNATIONAL}, record["id"]
        as_of = VagueDate.parse(record["as_of"])
        assert as_of.year is None or 2010 <= as_of.year <= read.year, record["id"]
        assert ("crisis" in record["serves"]) or record["kind"] != "crisis", record["id"]


def test_what_is_shown_speaks_to_the_reader_and_not_to_us() -> None:
    for record in RECORDS:
        shown = " ".join(
            str(record.get(key, "")) for key in ("name", "description", "hours", "cost", "region")
        )
        for remark in ("archived", "not shown", "single source", "unconfirmed", "to check", "http"):
            assert remark not in shown.lower(), record["id"]


def test_every_organisation_has_one_id_and_a_country_of_the_list() -> None:
    ids = [record["id"] for record in RECORDS]
    codes = [country["code"] for country in CONTENT["countries"]]
    assert len(set(ids)) == len(ids)
    assert len(set(codes)) == len(codes)
    there = {code for record in RECORDS for code in (record["country"], *record.get("also_in", ()))}
    assert there == set(codes)
    assert set(codes) <= ISO_3166 | {INTERNATIONAL}
    assert set(ids) >= NAMED_BY_THE_FAMILIES


def test_countries_are_in_the_order_of_their_names_and_the_rest_of_the_world_is_last(
    support: Support,
) -> None:
    *countries, elsewhere = support.countries()
    assert elsewhere.code == INTERNATIONAL
    assert [country.name for country in countries] == sorted(country.name for country in countries)
    assert {country.code: country.emergency for country in countries}["GB"] == "999 or 112"


def test_nothing_that_is_out_of_date_or_unconfirmed_is_shipped() -> None:
    found = [
        (path.name, text)
        for path in sorted(LIST.parents[1].rglob("*"))
        if path.suffix in {".json", ".md", ".txt", ".typ", ".html", ".csv", ".toml"}
        for text in kept_back(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "call 0800-456-789 now",
        "Call 020 74365881",
        "the miscarriage association helps",
        "write to JO@samaritans.org",
        "about 2.6 million babies",
    ],
)
def test_what_is_kept_back_is_found_however_it_is_written(text: str) -> None:
    assert list(kept_back(text))


def test_what_only_looks_alike_is_not() -> None:
    assert not list(kept_back("thousands, Miscarriage Association of Ireland, 10800 456 7891, 12.6 million"))


def kept_back(text: str) -> Iterator[str]:
    for phrase in (*KEPT_BACK["names"], *KEPT_BACK["addresses"], *KEPT_BACK["figures"]):
        if re.search(rf"(?<![\w.-]){re.escape(phrase)}(?!\w)", text, re.IGNORECASE):
            yield phrase
    for number in KEPT_BACK["numbers"]:
        digits = r"[ .()/-]*".join(re.sub(r"\D", "", number))
        if re.search(rf"(?<!\d){digits}(?!\d)", text):
            yield number


def test_a_country_shows_its_own_first_and_what_is_everywhere_last(support: Support) -> None:
    shown = support.organisations("GB")
    countries = [each.country for each in shown]
    assert countries == sorted(countries, key=lambda country: country == INTERNATIONAL)
    assert shown[0].id == "gb-samaritans"
    kinds = [each.kind for each in shown if each.country == "GB"]
    last_crisis = max(i for i, kind in enumerate(kinds) if kind is OrganisationKind.CRISIS)
    assert all(kind is OrganisationKind.CRISIS for kind in kinds[: last_crisis + 1])
    first = next(each for each in shown if each.kind is OrganisationKind.SUPPORT)
    assert first.is_of_loss
    assert first.answers
    ids = [each.id for each in shown]
    assert ids.index("gb-sands") < ids.index("gb-aching-arms") < ids.index("gb-cruse")


@pytest.mark.parametrize(
    ("country", "id_"), [("US", "us-988"), ("GB", "gb-samaritans"), ("CA", "ca-988"), ("FR", "fr-3114")]
)
def test_the_crisis_line_of_a_country_has_a_number(support: Support, country: str, id_: str) -> None:
    line = support.crisis(country)
    assert line is not None
    assert line.id == id_
    assert line.phones


def test_where_no_crisis_line_was_confirmed_none_is_shown(support: Support) -> None:
    assert support.crisis("IT") is None
    assert support.crisis(INTERNATIONAL) is None
    assert support.crisis("XX") is None


def test_a_country_that_is_not_listed_still_has_what_is_everywhere(support: Support) -> None:
    everywhere = support.organisations(INTERNATIONAL)
    assert everywhere
    assert support.organisations("XX") == everywhere


def test_an_organisation_is_shown_in_every_country_it_is_in(support: Support) -> None:
    def ids(found: tuple[Organisation, ...]) -> set[str]:
        return {each.id for each in found}

    assert "us-all-options" in ids(support.organisations("CA"))
    assert "au-heartfelt" in ids(support.organisations("NZ"))
    assert "us-all-options" not in ids(support.organisations("GB"))


@pytest.mark.parametrize(
    ("locale", "country"),
    [
        ("en_GB", "GB"),
        ("de-AT", "AT"),
        ("fr_CA.UTF-8", "CA"),
        ("zh_Hans_JP", "JP"),
        ("en", None),
        ("C", None),
        ("", None),
        ("en_ZZ", None),
        ("nb_NO", None),
        ("not a locale", None),
    ],
)
def test_a_country_is_proposed_from_the_locale(support: Support, locale: str, country: str | None) -> None:
    assert support.country_for_locale(locale) == country


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"countries": []}',
        b'{"countries": [], "organisations": [1]}',
        b'{"countries": [], "organisations": [{"id": "a"}]}',
        b'{"countries": [{"code": "GB", "name": 5}], "organisations": []}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_list_is_said_and_not_shown(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "organisations.json"
    file.write_bytes(content)
    with pytest.raises(SupportListDamaged) as raised:
        Support(file).countries()
    assert raised.value.__cause__ is None
    assert "emergency number" in raised.value.sentence


def test_a_record_with_one_wrong_value_is_damage(tmp_path: Path) -> None:
    for key, wrong in (
        ("name", 3),
        ("serves", ["joy"]),
        ("as_of", "soon"),
        ("languages", "en"),
        ("phone", [{}]),
    ):
        file = tmp_path / "organisations.json"
        record = RECORDS[0] | {key: wrong}
        file.write_text(json.dumps({"countries": [], "organisations": [record]}), encoding="utf-8")
        with pytest.raises(SupportListDamaged):
            Support(file).organisations("GB")


def test_a_missing_list_is_said(tmp_path: Path) -> None:
    with pytest.raises(SupportListDamaged):
        Support(tmp_path / "gone.json").crisis("GB")


def test_the_list_is_read_once(tmp_path: Path) -> None:
    file = tmp_path / "organisations.json"
    file.write_bytes(LIST.read_bytes())
    support = Support(file)
    before = support.organisations("NZ")
    file.unlink()
    assert support.organisations("NZ") == before


def clock(text: str) -> str:
    """A time of day as it is read in the list, in the form of the figures: 9.30am, 8pm."""
    hours, minutes, half = re.fullmatch(r"(\d{1,2})(?:\.(\d\d))?(am|pm)", text).groups("00")  # type: ignore[union-attr]
    return f"{int(hours) % 12 + 12 * (half == 'pm'):02}:{minutes}"


def test_hours_in_figures_are_those_in_words() -> None:
    zones = zoneinfo.available_timezones()
    in_figures = [record for record in RECORDS if "times" in record.get("opening", {})]
    assert len(in_figures) > 10
    for record in in_figures:
        words = [clock(time) for time in re.findall(r"\d{1,2}(?:\.\d\d)?(?:am|pm)", record["hours"])]
        figures = [each[key] for each in record["opening"]["times"] for key in ("from", "to")]
        assert words == figures, record["id"]
        assert record["opening"]["zone"] in zones
        assert record["opening"]["zone"] in CONTENT["zones"]
    for record in RECORDS:
        always = record.get("hours", "").startswith(("24 hours", "day and night"))
        assert always == ("always" in record.get("opening", {})), record["id"]


def test_what_is_there_at_night_is_said_so_by_its_hours(support: Support) -> None:
    there = {each.id for each in support.organisations("GB") if each.at_night}
    assert {"gb-samaritans", "gb-shout"} <= there
    assert not {"gb-sands", "gb-lullaby", "gb-cruse-scotland", "int-who-losing-a-baby"} & there
    assert all(each.at_night for each in support.all() if each.hours.startswith("24 hours"))


def test_the_languages_of_a_country_are_those_somebody_listens_in(support: Support) -> None:
    assert support.spoken("CH") == ("de", "en", "es", "fr", "it")
    assert {"en", "es"} == set(support.spoken("US"))
    assert any(each.speaks("cy") for each in support.organisations("GB"))


def test_in_spanish_all_words_are_spanish_and_names_and_numbers_are_as_they_are(support: Support) -> None:
    assert support.languages() == ("en", "es")
    texts = json.loads((LIST.parent / "organisations.es.json").read_text(encoding="utf-8"))["texts"]
    used = {record["id"] for record in RECORDS}
    for said, again in zip(support.all(), sorted(support.all("es"), key=usefulness), strict=True):
        assert again.written_in == "es"
        assert said.written_in == "en"
        assert again.description != said.description
        assert len(again.description) <= 260
        for field in ("hours", "cost", "region", "more_languages"):
            used.add(getattr(said, field))
            assert bool(getattr(said, field)) == bool(getattr(again, field))
        used.update(line.note for line in (*said.phones, *said.texts))
        assert len(again.sources) == len(said.sources)
        used.add(said.opening.clock)
        same = replace(
            again,
            description=said.description, hours=said.hours, cost=said.cost, region=said.region,
            more_languages=said.more_languages, opening=said.opening, written_in="en", sources=said.sources,
            phones=tuple(replace(line, note="") for line in again.phones),
            texts=tuple(replace(line, note="") for line in again.texts),
        )  # fmt: skip
        assert same == replace(
            said,
            phones=tuple(replace(line, note="") for line in said.phones),
            texts=tuple(replace(line, note="") for line in said.texts),
        )
    for country in support.countries():
        used |= {country.name, country.emergency}
    figures = {text for text in used if not re.search(r"[^\W\d_]", text)}
    assert set(texts) == used - figures


def test_countries_are_in_the_order_of_the_language_that_is_read(support: Support) -> None:
    names = [country.name for country in support.countries("es")]
    assert names[-1] == "Otro país"
    assert names.index("España") < names.index("Estados Unidos") < names.index("Francia")
    assert names.index("México") < names.index("Nueva Zelanda") < names.index("Países Bajos")


def test_what_is_not_translated_is_in_english_and_says_so(tmp_path: Path) -> None:
    shutil.copy(LIST, tmp_path)
    (tmp_path / "organisations.es.json").write_text(
        json.dumps({"language": "es", "texts": {"gb-sands": "Para todas."}}), encoding="utf-8"
    )
    found = {each.id: each for each in Support(tmp_path / LIST.name).organisations("GB", "es")}
    assert (found["gb-sands"].description, found["gb-sands"].written_in) == ("Para todas.", "es")
    assert found["gb-samaritans"].written_in == "en"
    assert Support().organisations("GB", "xx") == Support().organisations("GB")


def test_a_country_with_a_group_of_its_neighbours_has_that_and_what_is_everywhere(support: Support) -> None:
    ids = [each.id for each in support.organisations("PE")]
    assert ids[0] == "ar-era-en-abril"
    assert "int-find-a-helpline" in ids
