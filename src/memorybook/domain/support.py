"""Organisations that listen and help, country by country, as they are shown without a connection."""

import datetime
import enum
from dataclasses import dataclass

from memorybook.domain.dates import UNKNOWN, VagueDate

INTERNATIONAL = "INT"
"""The code of what can be reached from anywhere, and of a country that is not listed."""


class Need(enum.StrEnum):
    """What or whom an organisation is for. The value is what the list of organisations holds."""

    MISCARRIAGE = "miscarriage"
    ECTOPIC = "ectopic"
    MOLAR = "molar"
    STILLBIRTH = "stillbirth"
    NEONATAL = "neonatal"
    INFANT = "infant"
    MEDICAL_REASONS = "tfmr"
    PREGNANCY_AFTER = "pregnancy-after-loss"
    KEEPSAKES = "photography-keepsakes"
    MILK = "lactation-after-loss"
    PARTNER = "partner"
    GRANDPARENT = "grandparent"
    SIBLING = "sibling"
    LGBTQ = "lgbtq"
    FAITH = "faith-based"
    PEERS = "peer-support"
    COUNSELLING = "counselling"
    BEREAVEMENT = "general-bereavement"
    MEDICAL_ADVICE = "medical-advice"
    CRISIS = "crisis"


OF_LOSS = frozenset(
    {
        Need.MISCARRIAGE,
        Need.ECTOPIC,
        Need.MOLAR,
        Need.STILLBIRTH,
        Need.NEONATAL,
        Need.INFANT,
        Need.MEDICAL_REASONS,
        Need.PREGNANCY_AFTER,
        Need.KEEPSAKES,
        Need.MILK,
    }
)
"""The needs that come with the loss of a pregnancy or a baby, and not with any grief."""


class OrganisationKind(enum.StrEnum):
    """What one finds there: someone at any hour, support, pages to read, or a list of more places."""

    CRISIS = "crisis"
    SUPPORT = "support"
    INFORMATION = "information"
    FINDER = "finder"


class Confidence(enum.StrEnum):
    """How well the sources agree."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Country:
    """A country one can choose. ``code`` is ISO 3166-1 alpha-2 or ``INT``; ``emergency`` may be empty."""

    code: str
    name: str
    emergency: str = ""


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """A number to call. ``note`` tells what is special about it."""

    number: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A number to send a message to, and the words to send, if it wants some."""

    number: str
    words: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OpenTime:
    """On these days of the week (1 is Monday) from one time to another.

    An end that is not after the beginning is on the day that follows; midnight ends a day.
    """

    days: frozenset[int]
    opens: datetime.time
    closes: datetime.time

    def covers(self, time: datetime.time) -> bool:
        """Whether somebody is there at this time, on one day of the week or more."""
        if self.opens < self.closes:
            return self.opens <= time < self.closes
        return time >= self.opens or time < self.closes


@dataclass(frozen=True, slots=True)
class Opening:
    """When somebody is there, as far as the sources say it: ``always``, or at ``times``, or not known.

    ``zone`` is the IANA name of the time zone in which the times are, ``clock`` how its time is called
    ("London time"); both are empty where no times are.
    """

    always: bool = False
    times: tuple[OpenTime, ...] = ()
    zone: str = ""
    clock: str = ""

    @property
    def at_night(self) -> bool:
        """Whether somebody is there in the depth of the night."""
        return self.always or any(time.covers(DEPTH_OF_NIGHT) for time in self.times)


DEPTH_OF_NIGHT = datetime.time(3)
"""Whoever is there now is there at night; an evening line is not."""

NOT_KNOWN = Opening()


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation, with what is known of it on the day ``as_of``. Empty texts are not known.

    ``web_only`` means that no number was confirmed: its website is the way to it. ``sources`` are
    addresses and names of pages in words, not links; ``read`` is the month in which they were read, which is
    all there is to say where none bears a date. ``hours`` say in words what ``opening`` says in
    figures, or what cannot be said in figures. ``written_in`` is the language of all these words
    (``en`` where they were not translated); ``languages`` are those in which they listen.
    """

    id: str
    name: str
    country: str
    kind: OrganisationKind
    serves: tuple[Need, ...]
    languages: tuple[str, ...]
    description: str
    sources: tuple[str, ...]
    confidence: Confidence
    as_of: VagueDate = UNKNOWN
    phones: tuple[PhoneLine, ...] = ()
    texts: tuple[TextLine, ...] = ()
    chat: str = ""
    email: str = ""
    web: str = ""
    hours: str = ""
    cost: str = ""
    region: str = ""
    more_languages: str = ""
    also_in: tuple[str, ...] = ()
    web_only: bool = False
    opening: Opening = NOT_KNOWN
    read: VagueDate = UNKNOWN
    written_in: str = "en"

    @property
    def at_night(self) -> bool:
        """Whether somebody can be reached in the depth of the night."""
        return self.opening.at_night

    def speaks(self, language: str) -> bool:
        """Whether they are known to listen in the language with this ISO 639-1 code."""
        return language in self.languages

    @property
    def answers(self) -> bool:
        """Whether a person can be reached, and not only a website."""
        return bool(self.phones or self.texts or self.chat or self.email)

    @property
    def is_of_loss(self) -> bool:
        """Whether it is for the loss of a pregnancy or a baby in particular."""
        return not OF_LOSS.isdisjoint(self.serves)


def usefulness(organisation: Organisation) -> tuple[int, int, bool]:
    """The key that sorts organisations: the country's own before those that are anywhere, a crisis line
    first, then what is for this loss, then what is for any, and in each those that answer first.
    """
    match organisation.kind:
        case OrganisationKind.CRISIS:
            group = 0
        case OrganisationKind.SUPPORT if organisation.is_of_loss:
            group = 1
        case OrganisationKind.SUPPORT:
            group = 2
        case _:
            group = 3
    return int(organisation.country == INTERNATIONAL), group, not organisation.answers
