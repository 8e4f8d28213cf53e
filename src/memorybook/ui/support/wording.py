"""The words of the support pane."""

from memorybook.domain.dates import VagueDate
from memorybook.domain.guidance import Line
from memorybook.domain.support import INTERNATIONAL, Confidence, Country, Organisation
from memorybook.errors import (
    ExportNeedsRoom,
    MemoryBookError,
    PagesNotMade,
    PagesNotSaved,
    SupportListDamaged,
)
from memorybook.ui.core import messages
from memorybook.ui.support import tongue
from memorybook.ui.support.people import EVERYWHERE, Help, Part
from memorybook.ui.support.tongue import day_text, tr
from memorybook.ui.support.topics import Topic, is_for
from memorybook.ui.support.ways import Way, WayKind

LANGUAGE_NAMES = {"en": "English", "es": "Español"}
"""The languages of the pane as those who speak them write them."""

_OUR_OWN = "our own words"
"""How the guidance names the source of what was written for it."""


def topic_text(topic: Topic) -> str:
    """What a person may be looking for, as it stands on its chip."""
    return {
        Topic.MISCARRIAGE: tr("Miscarriage"),
        Topic.STILLBIRTH: tr("Stillbirth"),
        Topic.BABY: tr("A baby who died"),
        Topic.MEDICAL: tr("Ending a wanted pregnancy"),
        Topic.AGAIN: tr("Pregnancy after loss"),
        Topic.PARTNERS: tr("Partners"),
        Topic.GRANDPARENTS: tr("Grandparents"),
        Topic.SIBLINGS: tr("Brothers and sisters"),
        Topic.FAITH: tr("Faith"),
        Topic.NIGHT: tr("At night"),
        Topic.OWN_LANGUAGE: tr("In English"),
        Topic.LANGUAGES: tr("In several languages"),
    }[topic]


def country_text(country: Country) -> str:
    """A country as it stands in the list to choose from."""
    return tr("Everywhere") if country.code == EVERYWHERE else country.name


def place_text(country: Country) -> str:
    """Where an organisation is, on its card."""
    return tr("from anywhere") if country.code == INTERNATIONAL else country.name


def heading_text(heading: Part | Country) -> str:
    """The heading of a part of the list."""
    if isinstance(heading, Country):
        return heading.name
    return {
        Part.NOW: tr("At any hour"),
        Part.LOSS: tr("After the loss of a pregnancy or a baby"),
        Part.MORE: tr("More help"),
        Part.WORLD: tr("From anywhere in the world"),
    }[heading]


def alone_text(shown: Help) -> str:
    """Says so where nobody in a country is there for this loss; nothing where somebody is."""
    if not shown.alone:
        return ""
    if shown.country.code == INTERNATIONAL:
        return tr(
            "Other countries have no list of their own here yet. What follows can be reached from anywhere, "
            "or knows where to turn in many countries."
        )
    return tr(
        "Nobody in {country} who is there for this loss in particular is in this list yet. What follows can "
        "be reached from anywhere, or knows where to turn in many countries."
    ).format(country=shown.country.name)


def found_by(organisation: Organisation, country: str) -> str:
    """The words by which an organisation is found beside its own: its country, and whom it is for."""
    needs = [
        topic_text(topic)
        for topic in Topic
        if topic not in {Topic.OWN_LANGUAGE, Topic.LANGUAGES} and is_for(organisation, topic, "")
    ]
    return "\n".join([country, *needs, *map(language_name, organisation.languages)])


def as_of(day: VagueDate, read: VagueDate) -> str:
    """How old the newest source is, or when it was ``read`` where it does not say."""
    if not day.is_known:
        return tr("read in {month}").format(month=day_text(read))
    return tr("as of {date}").format(date=day_text(day))


def details(organisation: Organisation, place: str = "") -> str:
    """Where, when, at what cost and in which languages, as far as it is known. ``place`` names a country."""
    parts = (place, _hours(organisation), organisation.cost, organisation.region, _languages(organisation))
    return " · ".join(
        _capital(part) if number == 0 else part for number, part in enumerate(filter(None, parts))
    )


def sources(organisation: Organisation) -> str:
    """Where it is from, and whether that is much."""
    return _origin(organisation.sources, organisation.as_of, organisation.read, organisation.confidence)


def line_age(line: Line, read: VagueDate) -> str:
    """How old the newest source of a line is, or when it was ``read`` where it does not say."""
    if _is_our_own(line):
        return tr("our own words")
    return as_of(line.as_of, read)


def line_sources(line: Line, read: VagueDate) -> str:
    """Where a line is from, how old that is and how sure; ``read`` is when its sources were read."""
    if _is_our_own(line):
        return tr("We wrote this line for these pages. It is not from a source.")
    return _origin(line.sources, line.as_of, read, line.confidence)


def _origin(sources: tuple[str, ...], newest: VagueDate, read: VagueDate, sure: Confidence) -> str:
    parts = [tr("From: {sources}.").format(sources="; ".join(sources))]
    if not newest.is_known:
        parts.append(
            tr("Read in {month}; the page has no date.").format(month=day_text(read))
            if len(sources) == 1
            else tr("Read in {month}; the pages have no date.").format(month=day_text(read))
        )
    return " ".join([*parts, _confidence(sure)])


def way_text(way: Way) -> str:
    """A way to reach somebody, as it is read."""
    match way.kind:
        case WayKind.TEXT if way.words:
            return tr("Text {words} to {number}").format(words=way.words, number=way.shown)
        case WayKind.TEXT:
            return tr("Text {number}").format(number=way.shown)
        case WayKind.CHAT:
            return tr("Chat at {site}").format(site=way.shown)
        case _:
            return way.shown


def crisis_text(crisis: Organisation | None, country: Country) -> str:
    """What the quiet crisis line says beside its number."""
    danger = (
        tr("If you are in danger, call the emergency number: {number}.").format(number=country.emergency)
        if country.emergency
        else tr("If you are in danger, call your local emergency number.")
    )
    if country.code == EVERYWHERE:
        there = tr("Choose your country above, and the line to call stands here.")
    elif crisis is None:
        there = tr("No crisis line is listed here for this country. Find A Helpline, below, knows many more.")
    elif not crisis.opening.always:
        there = tr("You can talk to someone.")
    elif crisis.cost in {"free", tr("free")}:
        there = tr("You can talk to someone now, any hour, free.")
    else:
        there = tr("You can talk to someone now, any hour.")
    return f"{there} {danger}"


def problem_text(error: MemoryBookError) -> str:
    """What happened, what is safe, what to do, in the language of the pane."""
    said = {
        SupportListDamaged: tr(
            "The list of people to talk to could not be read. Your book is safe. Installing Memory Book "
            "once more brings the list back. If you are in danger, please call your emergency number."
        ),
        ExportNeedsRoom: tr(
            "There is no room left there, and nothing was saved. Please choose another place."
        ),
        PagesNotMade: tr("The page could not be made this time. Please try once more."),
        PagesNotSaved: tr(
            "The PDF could not be saved there. No part of it was left behind. Please choose another place."
        ),
    }
    return said.get(type(error)) or messages.sentence(error)


def language_name(code: str) -> str:
    """A language in the words of the pane, or its code."""
    return {
        "cy": tr("Welsh"),
        "de": tr("German"),
        "en": tr("English"),
        "es": tr("Spanish"),
        "fr": tr("French"),
        "hi": tr("Hindi"),
        "it": tr("Italian"),
        "ja": tr("Japanese"),
        "mi": tr("Māori"),
        "nl": tr("Dutch"),
        "pt": tr("Portuguese"),
    }.get(code, code)


def _confidence(confidence: Confidence) -> str:
    return {
        Confidence.HIGH: tr("This is well confirmed."),
        Confidence.MEDIUM: tr("Few sources confirm this."),
        Confidence.LOW: tr("This is not certain."),
    }[confidence]


def _is_our_own(line: Line) -> bool:
    return line.sources == (_OUR_OWN,)


def _hours(organisation: Organisation) -> str:
    """In their own time, and with a word of caution where there are times that may change."""
    opening = organisation.opening
    if not opening.times:
        return organisation.hours
    if opening.clock:
        said = tr("{hours}, {clock} (may have changed)")
        return said.format(hours=organisation.hours, clock=opening.clock)
    return tr("{hours} (may have changed)").format(hours=organisation.hours)


def _languages(organisation: Organisation) -> str:
    """Named when it is not the language of the pane alone."""
    if organisation.languages == (tongue.current(),) and not organisation.more_languages:
        return ""
    names = [language_name(code) for code in organisation.languages]
    spoken = tr("in {languages}").format(languages=tongue.locale().createSeparatedList(names))
    return f"{spoken} ({_small(organisation.more_languages)})" if organisation.more_languages else spoken


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
