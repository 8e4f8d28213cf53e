"""What is useful comes first."""

import datetime
from dataclasses import replace

import pytest

from memorybook.domain.support import (
    INTERNATIONAL,
    Confidence,
    Need,
    Opening,
    OpenTime,
    Organisation,
    OrganisationKind,
    PhoneLine,
    TextLine,
    usefulness,
)

SITE = Organisation(
    id="zz-site",
    name="A site",
    country="ZZ",
    kind=OrganisationKind.SUPPORT,
    serves=(Need.STILLBIRTH,),
    languages=("en",),
    description="",
    sources=("a page",),
    confidence=Confidence.HIGH,
    web="https://example.org",
    web_only=True,
)


@pytest.mark.parametrize(
    "reached",
    [
        {"phones": (PhoneLine("1"),)},
        {"texts": (TextLine("1"),)},
        {"chat": "https://example.org"},
        {"email": "a@example.org"},
    ],
)
def test_whoever_can_be_reached_answers(reached: dict[str, object]) -> None:
    assert not SITE.answers
    assert replace(SITE, **reached).answers  # type: ignore[arg-type]  # each is one of its fields


def test_help_for_any_grief_is_not_of_this_loss() -> None:
    assert SITE.is_of_loss
    assert not replace(SITE, serves=(Need.COUNSELLING, Need.SIBLING, Need.BEREAVEMENT)).is_of_loss
    assert replace(SITE, serves=(Need.COUNSELLING, Need.MILK)).is_of_loss


def test_what_is_useful_comes_first() -> None:
    line = replace(SITE, phones=(PhoneLine("1"),), web_only=False)
    order = [
        replace(line, kind=OrganisationKind.CRISIS, serves=(Need.CRISIS,)),
        line,
        SITE,
        replace(line, serves=(Need.BEREAVEMENT,)),
        replace(SITE, kind=OrganisationKind.INFORMATION),
        replace(line, country=INTERNATIONAL, kind=OrganisationKind.CRISIS),
        replace(SITE, country=INTERNATIONAL),
    ]
    backwards = order[::-1]
    assert sorted(backwards, key=usefulness) == order


@pytest.mark.parametrize(
    ("opens", "closes", "at_night"),
    [
        ("09:00", "17:00", False),
        ("18:00", "00:00", False),
        ("20:00", "06:00", True),
        ("00:00", "08:00", True),
    ],
)
def test_an_evening_is_not_the_night(opens: str, closes: str, at_night: bool) -> None:
    time = OpenTime(
        frozenset({5}), datetime.time.fromisoformat(opens), datetime.time.fromisoformat(closes)
    )
    assert replace(SITE, opening=Opening(times=(time,), zone="Europe/London")).at_night is at_night


def test_who_is_always_there_is_there_at_night_and_of_whom_nothing_is_known_is_not() -> None:
    assert replace(SITE, opening=Opening(always=True)).at_night
    assert not SITE.at_night


def test_who_listens_in_a_language() -> None:
    assert replace(SITE, languages=("en", "es")).speaks("es")
    assert not SITE.speaks("es")
