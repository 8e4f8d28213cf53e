"""The tool that looks after the texts of the support pane, and the texts as it sees them."""

import datetime
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from memorybook.domain.dates import VagueDate
from tests.support_texts import __main__ as tool
from tests.support_texts import reading, sources
from tests.support_texts.faults import FILES, FOLDER, false_figures, faults, misshapen, texts
from tests.support_texts.sources import Sourced, to_read_again

TODAY = datetime.date(2026, 11, 21)

GARBLED = [
    "2.5 billion babies are stillborn each year.",
    "Cada año nacen sin vida 2.500 miles de millones de bebés.",
    "70-80 percent of women who get pregnant will have a miscarriage.",
    "Of all women, 70–80 % miscarry in the first weeks.",
    "Seventy to eighty per cent of all women miscarry.",
    "Entre 70 y 80 de cada 100 mujeres pierden un embarazo.",
    "About 2.6 million babies are stillborn each year.",
]


def content(name: str) -> dict[str, Any]:
    return dict(json.loads((FOLDER / name).read_text(encoding="utf-8")))


def test_every_file_is_looked_at() -> None:
    names = {file.name for file in FILES}
    assert names >= {"organisations.json", "guidance.json", "remembrance.json"}
    assert names >= {"organisations.es.json", "guidance.es.json", "remembrance.es.json"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_file_is_as_it_should_be(file: Path) -> None:
    assert faults(file) == []


def put_into_guidance(text: str) -> tuple[str, dict[str, Any]]:
    found = content("guidance.json")
    found["pages"][2]["sections"][1]["lines"][0]["text"] = text
    return "guidance.json", found


def put_into_a_description(text: str) -> tuple[str, dict[str, Any]]:
    found = content("organisations.json")
    found["organisations"][0]["description"] = text
    return "organisations.json", found


def put_into_a_translation(text: str) -> tuple[str, dict[str, Any]]:
    found = content("guidance.es.json")
    found["texts"]["often-known"] = text
    return "guidance.es.json", found


@pytest.mark.parametrize("put", [put_into_guidance, put_into_a_description, put_into_a_translation])
@pytest.mark.parametrize("text", GARBLED)
def test_a_garbled_figure_is_refused_by_the_schema_and_by_the_scan(
    put: Callable[[str], tuple[str, dict[str, Any]]], text: str
) -> None:
    name, found = put(text)
    place = next(where for where, each in texts(found) if each == text)
    assert any(fault.startswith(f"{place}: ") for fault in false_figures(found))
    assert misshapen(FOLDER / name, found)


def test_figures_that_only_look_alike_are_let_through() -> None:
    good = ["0870 80 70 80 90", "About 12.5 million.", "From 17 to 80 years.", "Of 100, about 80 are early."]
    assert false_figures(good) == []


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("guidance.json", lambda line: line.pop("sources")),
        ("guidance.json", lambda line: line.update(sources=[])),
        ("guidance.json", lambda line: line.update(sources=["https://example.org/page"])),
        ("guidance.json", lambda line: line.pop("as_of")),
        ("guidance.json", lambda line: line.update(as_of="last year")),
        ("guidance.json", lambda line: line.pop("confidence")),
        ("guidance.json", lambda line: line.update(text="Half, that is 50 %, of them.")),
        ("guidance.json", lambda line: line.update(hidden=True)),
        ("organisations.json", lambda each: each.pop("sources")),
        ("organisations.json", lambda each: each.pop("as_of")),
        ("organisations.json", lambda each: each.update(serves=["joy"])),
        ("organisations.json", lambda each: each.update(phone=[{"number": "0800 CALL"}])),
        ("organisations.json", lambda each: each.update(web_only=True, phone=[{"number": "0800 1"}])),
        ("organisations.json", lambda each: each.update(opening={"zone": "Europe/London"})),
        ("organisations.json", lambda each: each.update(web="http://example.org")),
    ],
)
def test_an_entry_that_is_not_whole_is_refused(name: str, spoil: Callable[[dict[str, Any]], object]) -> None:
    found = content(name)
    entry = (
        found["pages"][0]["sections"][0]["lines"][0]
        if name == "guidance.json"
        else found["organisations"][0]
    )
    assert misshapen(FOLDER / name, found) == []
    spoil(entry)
    assert misshapen(FOLDER / name, found)


@pytest.mark.parametrize(
    ("as_of", "again"),
    [
        ("", True),
        ("2025-11-20", True),
        ("2025-11-21", False),
        ("2025-11", True),
        ("2025-12", False),
        ("2025", True),
        ("2026", False),
        ("2010~", True),
        ("2026-11-21", False),
    ],
)
def test_a_line_is_read_again_a_year_after_the_earliest_day_of_its_source(as_of: str, again: bool) -> None:
    line = Sourced("a.json", "a", VagueDate.parse(as_of), ("somewhere",))
    assert to_read_again([line], TODAY) == ([line] if again else [])


def test_a_year_before_a_leap_day_there_is_a_day_too() -> None:
    line = Sourced("a.json", "a", VagueDate.parse("2027-02-28"), ("somewhere",))
    assert to_read_again([line], datetime.date(2028, 2, 29)) == []
    assert to_read_again([line], datetime.date(2028, 3, 1)) == [line]


def test_what_bears_no_date_comes_first_and_then_the_oldest() -> None:
    dates = ("2019", "", "2012-05")
    lines = [Sourced("a.json", as_of or "none", VagueDate.parse(as_of), ()) for as_of in dates]
    assert [line.id for line in to_read_again(lines, TODAY)] == ["none", "2012-05", "2019"]


def test_the_check_lists_every_old_line_with_its_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert tool.print_sources(TODAY) == 0
    printed, complaints = capsys.readouterr()
    assert complaints == ""
    rows = printed.splitlines()
    for line in sources.every():
        listed = any(f" {line.id} " in row and "; ".join(line.sources) in row for row in rows)
        assert listed == (line.since is None or line.since < datetime.date(2025, 11, 21)), line.id
    assert rows[-1].startswith("remembrance.json: ")


def test_in_ten_years_everything_ought_to_be_read_again() -> None:
    lines = list(sources.every())
    assert len(to_read_again(lines, datetime.date(2036, 11, 21))) == len(lines) > 180


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_text_can_be_read_in_grief(language: str) -> None:
    found = list(reading.every(language))
    assert len(found) > 180
    assert [f"{each.figure:.1f} {each.id}: {each.text}" for each in found if each.is_hard] == []


def test_the_figures_are_printed_text_by_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert tool.main(["reading"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == sum(len(list(reading.every(language))) for language in ("en", "es"))


def test_in_another_language_sources_are_said_in_its_words_and_names_stay() -> None:
    said = content("sources.es.json")["texts"]
    english = [part for line in sources.every() for source in line.sources for part in source.split(", ")]
    spanish = [part for line in sources.every("es") for source in line.sources for part in source.split(", ")]
    for part, again in zip(english, spanish, strict=True):
        ours = re.search(r"(?<!\w)(?:a|an|its|the|checked|how|what|why|after|about|several)(?!\w)", part)
        assert (part != again) == (part in said or re.sub(r"\d{4}", "{year}", part) in said), part
        assert part != again or not ours, part
        assert re.findall(r"\d+", part) == re.findall(r"\d+", again)
    used = set(english) | {re.sub(r"\d{4}", "{year}", part) for part in english}
    months = {key for key in said if re.fullmatch(r"[A-Z][a-z]+ \{year\}", key)}
    assert len(months) == 12
    assert set(said) - months <= used
