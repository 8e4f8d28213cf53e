"""What is shipped beside what was researched: no number, address or figure that was not found there.

The research is held in ``data``: for each organisation whether it may be shipped with its number (``ship``),
by its website alone (``web_only``), or only without what nobody confirmed (``verify_first``); for each line
of the guidance, what the facts behind it say.
"""

import json
import re
from pathlib import Path
from typing import Any

from memorybook import resources
from memorybook.domain.guidance import Line
from memorybook.domain.support import Confidence
from memorybook.services.guidance import OUR_OWN_WORDS, guidance

DATA = Path(__file__).parent / "data"
RESEARCHED: dict[str, dict[str, str]] = json.loads(
    (DATA / "researched_organisations.json").read_text(encoding="utf-8")
)
FACTS: dict[str, Any] = json.loads((DATA / "researched_facts.json").read_text(encoding="utf-8"))
FILES = sorted(resources.folder("support").glob("*.json"))
SHIPPED: list[dict[str, Any]] = json.loads(
    (resources.folder("support") / "organisations.json").read_text(encoding="utf-8")
)["organisations"]

CONFIDENCES = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def lines() -> list[Line]:
    return [line for page in guidance().pages for section in page.sections for line in section.lines]


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def numbers_in(text: str) -> set[str]:
    """The digits of every telephone number in a text of the research, with or without its first words."""
    return {digits(found) for found in re.findall(r"\+?\d[\d -]*", text) if digits(found)}


def test_every_number_is_in_the_research_digit_for_digit_and_confirmed() -> None:
    checked = 0
    for record in SHIPPED:
        found = RESEARCHED[record["id"]]
        for kind, key in (("phone", "phone"), ("text", "sms_text")):
            # "text the same number" names none of its own
            known = numbers_in(f"{found.get(key, '')}; {found.get('phone', '')}")
            for line in record.get(kind, ()):
                assert found["recommend"] == "ship", record["id"]
                assert digits(line["number"]) in known, record["id"]
                checked += 1
    assert checked > 60


def test_every_address_is_in_the_research_and_mail_and_chat_are_confirmed() -> None:
    for record in SHIPPED:
        found = RESEARCHED[record["id"]]
        assert record.get("web") in {None, found.get("web")}, record["id"]
        for key, researched in (("email", "email"), ("chat", "chat_url")):
            if key in record:
                assert found["recommend"] == "ship", record["id"]
                assert record[key] == found.get(researched), record["id"]


def test_what_was_not_confirmed_is_there_by_its_website_alone() -> None:
    for record in SHIPPED:
        confirmed = RESEARCHED[record["id"]]["recommend"] == "ship"
        assert confirmed != record.get("web_only", False), record["id"]
        assert record["confidence"] == RESEARCHED[record["id"]]["confidence"], record["id"]


def test_no_number_that_waits_for_confirmation_is_in_any_file() -> None:
    waiting = {
        number
        for found in RESEARCHED.values()
        if found["recommend"] != "ship"
        for number in numbers_in(f"{found.get('phone', '')} {found.get('sms_text', '')}")
        if len(number) >= 6
    }
    assert len(waiting) > 10
    for file in FILES:
        written = {digits(found) for found in re.findall(r"[\d][\d ()-]*", file.read_text(encoding="utf-8"))}
        assert waiting.isdisjoint(written), file.name


def test_every_line_is_from_the_research_or_in_words_of_our_own() -> None:
    behind: dict[str, list[str]] = FACTS["lines"]
    for line in lines():
        assert line.id in behind or line.sources == (OUR_OWN_WORDS,), line.id
    assert set(behind) <= {line.id for line in lines()}
    assert {fact for facts in behind.values() for fact in facts} == set(FACTS["facts"])


def test_every_figure_is_one_of_the_research_and_no_surer_than_it_is_there() -> None:
    for line in lines():
        facts = [FACTS["facts"][fact] for fact in FACTS["lines"].get(line.id, ())]
        known = " ".join(fact["says"] for fact in facts)
        # A share is said as so many of 100, and rounded as one says it.
        rounded = {str(round(float(number))) for number in re.findall(r"(?<![\d,])\d+\.\d+", known)}
        allowed = set(_NUMBER.findall(known)) | rounded | {"100"}
        assert set(_NUMBER.findall(line.text)) <= allowed, line.id
        surest = min((CONFIDENCES.index(Confidence(fact["confidence"])) for fact in facts), default=2)
        assert CONFIDENCES.index(line.confidence) <= surest, line.id
