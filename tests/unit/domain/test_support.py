"""What is useful comes first."""

from dataclasses import replace

import pytest

from memorybook.domain.support import (
    INTERNATIONAL,
    Confidence,
    Need,
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
