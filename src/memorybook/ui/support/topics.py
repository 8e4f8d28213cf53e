"""What a person may be looking for, and whom they find with it."""

import enum
from collections.abc import Sequence

from memorybook.domain.support import Need, Organisation


class Topic(enum.Enum):
    """What a person may be looking for, in the order of the chips."""

    MISCARRIAGE = enum.auto()
    STILLBIRTH = enum.auto()
    BABY = enum.auto()
    MEDICAL = enum.auto()
    AGAIN = enum.auto()
    PARTNERS = enum.auto()
    GRANDPARENTS = enum.auto()
    SIBLINGS = enum.auto()
    FAITH = enum.auto()
    NIGHT = enum.auto()
    OWN_LANGUAGE = enum.auto()
    LANGUAGES = enum.auto()


_NEEDS = {
    Topic.MISCARRIAGE: frozenset({Need.MISCARRIAGE, Need.ECTOPIC, Need.MOLAR}),
    Topic.STILLBIRTH: frozenset({Need.STILLBIRTH}),
    Topic.BABY: frozenset({Need.NEONATAL, Need.INFANT}),
    Topic.MEDICAL: frozenset({Need.MEDICAL_REASONS}),
    Topic.AGAIN: frozenset({Need.PREGNANCY_AFTER}),
    Topic.PARTNERS: frozenset({Need.PARTNER}),
    Topic.GRANDPARENTS: frozenset({Need.GRANDPARENT}),
    Topic.SIBLINGS: frozenset({Need.SIBLING}),
    Topic.FAITH: frozenset({Need.FAITH}),
}


def is_for(organisation: Organisation, topic: Topic, language: str) -> bool:
    """Whether somebody who looks for this finds it there; ``language`` is that of the pane."""
    if topic is Topic.NIGHT:
        return organisation.at_night
    if topic is Topic.OWN_LANGUAGE:
        return organisation.speaks(language)
    if topic is Topic.LANGUAGES:
        return len(organisation.languages) > 1 or bool(organisation.more_languages)
    return not _NEEDS[topic].isdisjoint(organisation.serves)


def offered(there: Sequence[Organisation], language: str) -> tuple[Topic, ...]:
    """The topics that find somebody. A language that everybody speaks is nothing to choose by."""
    found = {topic: sum(is_for(each, topic, language) for each in there) for topic in Topic}
    if found[Topic.OWN_LANGUAGE] == len(there):
        found[Topic.OWN_LANGUAGE] = 0
    return tuple(topic for topic in Topic if found[topic])
