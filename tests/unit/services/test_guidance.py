"""The guidance: every line with its source, the same numbers in every language, and words one can follow."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from memorybook import resources
from memorybook.domain import dates_text
from memorybook.domain.guidance import GuidancePage, Line, Section
from memorybook.errors import SupportListDamaged
from memorybook.services import reading_json
from memorybook.services.guidance import guidance, languages
from tests import reading_ease
from tests.unit.services.test_support import ISO_3166

HARDEST_GRADE = 8.0
"""Of the American school; grief makes it hard to read."""

LEAST_EASE = {"es": 70.0}
"""By Fernández Huerta, 70 and more is what a child of eleven reads."""

every_language = pytest.mark.parametrize("language", languages())
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def lines(language: str = "en") -> Iterator[tuple[GuidancePage, Section, Line]]:
    for page in guidance(language).pages:
        for section in page.sections:
            for line in section.lines:
                yield page, section, line


def test_every_line_has_a_source_and_a_date_or_says_that_there_is_none() -> None:
    read = guidance().read
    assert read.is_known
    for _, _, line in lines():
        assert line.sources, line.id
        assert all(source.strip() == source and source for source in line.sources), line.id
        assert not re.search(r"github|archived|mirror|http", " ".join(line.sources), re.IGNORECASE), line.id
        assert line.as_of.year is None or 2008 <= line.as_of.year <= (read.year or 0), line.id
        assert line.regions <= ISO_3166, line.id


def test_every_id_is_there_once() -> None:
    ids = [
        each.id
        for page in guidance().pages
        for each in (page, *page.sections, *(line for section in page.sections for line in section.lines))
    ]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("language", languages()[1:])
def test_a_language_says_all_of_it_with_the_same_numbers(language: str) -> None:
    file = resources.folder("support") / f"guidance.{language}.json"
    texts = json.loads(file.read_text(encoding="utf-8"))["texts"]
    pages = guidance("en").pages
    wanted = {f"{page.id}.lead" for page in pages} | {page.id for page in pages}
    wanted |= {each.id for page in pages for each in page.sections} | {line.id for _, _, line in lines()}
    wanted |= {f"handover.{key}" for key in ("above", "title", "lead", "own", "from", "work-rights")}
    assert set(texts) == wanted
    for (_, _, said), (_, _, again) in zip(lines("en"), lines(language), strict=True):
        assert said.text != again.text
        assert _numbers(said.text) == _numbers(again.text), said.id


def _numbers(text: str) -> list[str]:
    """The figures of a text without what separates thousands and decimals, in any order."""
    return sorted(re.sub(r"[.,]", "", number) for number in _NUMBER.findall(text))


def test_the_garbled_figures_cannot_come_in() -> None:
    """A widely copied article speaks of billions of stillbirths and of most women losing a pregnancy."""
    for language in languages():
        for _, _, line in lines(language):
            assert not re.search(r"billion|mil millones|70\s*(?:-|–|to|a)\s*80", line.text), line.id
            assert not re.search(r"80\s*(?:%|of 100|de 100)\s+(?:wom|muj|preg|emb)", line.text), line.id
            percents = {int(number) for number in re.findall(r"(\d+)\s*%", line.text)}
            assert not percents, f"{line.id}: shares are given as so many of so many"


@every_language
def test_a_share_says_of_what(language: str) -> None:
    """What is counted stands beside the figure: of so many pregnancies, births, miscarriages or women."""
    wholes = {
        "en": r"\b[\d,]+ (?:pregnanc|women|miscarriages|births)|(?:birth|pregnancy) in \d|of all pregnancies",
        "es": r"\b[\d.]+ (?:embarazos|mujeres|abortos|nacimientos)|mitad de todos los embarazos",
    }
    shares = r"\b[Oo]f (?:\d|all\b)|\b1 (?:birth |pregnancy )?in \d|\b[Dd]e (?:cada )?\d|mitad de todos"
    said = [line for _, section, line in lines(language) if section.id == "facts-often"]
    of_something = [line for line in said if re.search(shares, line.text)]
    assert len(of_something) >= 8
    for line in of_something:
        assert re.search(wholes[language], line.text), f"{line.id}: {line.text}"


@every_language
def test_it_can_be_read_in_grief(language: str) -> None:
    for page in guidance(language).pages:
        for section in page.sections:
            text = " ".join(line.text for line in section.lines)
            if language == "en":
                found = reading_ease.grade(text)
                hard = found > HARDEST_GRADE
            else:
                found = reading_ease.huerta(text)
                hard = found < LEAST_EASE[language]
            print(f"{language} {section.id}: {found:.1f}")
            assert not hard, f"{section.id}: {found:.1f}"
            for sentence in re.split(r"(?<=[.:;])\s+", text):
                assert len(sentence.split()) <= 32, sentence


def test_what_cannot_wait_stands_first_and_apart() -> None:
    first, *others = guidance().page("body").sections
    assert first.urgent
    assert not any(section.urgent for section in others)
    assert any("emergency number" in line.text for line in first.lines)


def test_a_country_sees_what_holds_there_and_what_holds_anywhere() -> None:
    ireland = guidance().page("facts").for_country("IE")
    ids = {line.id for section in ireland.sections for line in section.lines}
    assert {"line-ie", "line-who", "often-world"} <= ids
    assert not {"line-us", "often-uk", "rights-de"} & ids
    nowhere = guidance().page("facts").for_country("INT")
    assert "line-who" in {line.id for section in nowhere.sections for line in section.lines}


@every_language
def test_the_sheet_says_when_its_sources_were_read(language: str) -> None:
    month = dates_text.in_words(guidance().read)
    said = reading_json.translated(resources.folder("support"), "sources", language)
    assert reading_json.sources([month], said)[0] in guidance(language).handover.origin


def test_an_unknown_language_is_english() -> None:
    assert guidance("xx") == guidance("en")


@pytest.mark.parametrize("content", ["", "[]", '{"read": "2026", "pages": [{"id": 3}]}', "{" * 9000])
def test_a_damaged_file_is_said_to_be(tmp_path: Path, content: str) -> None:
    (tmp_path / "guidance.json").write_text(content)
    with pytest.raises(SupportListDamaged):
        guidance("en", tmp_path)
