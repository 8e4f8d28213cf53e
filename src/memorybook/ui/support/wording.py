"""The words of the support screen."""

from PySide6.QtCore import QLocale

from memorybook.domain.support import Confidence, Country, Organisation
from memorybook.ui.core import i18n
from memorybook.ui.core.i18n import tr
from memorybook.ui.support.presenter import Part, Topic, Way, WayKind

_NIGHT_AND_DAY = "24 hours"


def topic_text(topic: Topic) -> str:
    """What a person may be looking for, as it stands on its chip."""
    return {
        Topic.MISCARRIAGE: tr("Miscarriage"),
        Topic.STILLBIRTH: tr("Stillbirth"),
        Topic.BABY: tr("A baby who died"),
        Topic.MEDICAL: tr("Ending for medical reasons"),
        Topic.AGAIN: tr("Pregnancy after loss"),
        Topic.PARTNERS: tr("Partners"),
        Topic.GRANDPARENTS: tr("Grandparents"),
        Topic.SIBLINGS: tr("Brothers and sisters"),
    }[topic]


def part_text(part: Part) -> str:
    """The heading of a part of the list."""
    return {
        Part.NOW: tr("At any hour"),
        Part.LOSS: tr("After the loss of a pregnancy or a baby"),
        Part.MORE: tr("More help"),
        Part.WORLD: tr("From anywhere in the world"),
    }[part]


def as_of(organisation: Organisation) -> str:
    """How old what is written there is."""
    if not organisation.as_of.is_known:
        return tr("date of source not known")
    return tr("as of {date}").format(date=i18n.day_text(organisation.as_of))


def details(organisation: Organisation) -> str:
    """When, at what cost, where and in which languages, as far as it is known."""
    parts = (organisation.hours, organisation.cost, organisation.region, _languages(organisation))
    return " · ".join(
        _capital(part) if place == 0 else part for place, part in enumerate(filter(None, parts))
    )


def sources(organisation: Organisation) -> str:
    """Where it is from, and whether that is much."""
    text = tr("From: {sources}.").format(sources="; ".join(organisation.sources))
    if organisation.confidence is Confidence.HIGH:
        return text
    return f"{text} {tr('Few sources confirm this.')}"


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
    if crisis is None:
        there = tr("No crisis line is listed here for this country. Find A Helpline, below, knows many more.")
    elif not crisis.hours.startswith(_NIGHT_AND_DAY):
        there = tr("You can talk to someone.")
    elif crisis.cost == "free":
        there = tr("You can talk to someone now, any hour, free.")
    else:
        there = tr("You can talk to someone now, any hour.")
    return f"{there} {danger}"


def _languages(organisation: Organisation) -> str:
    """Named when it is not English alone, the language of this list."""
    if organisation.languages == ("en",) and not organisation.more_languages:
        return ""
    names = [QLocale.languageToString(QLocale.codeToLanguage(code)) for code in organisation.languages]
    spoken = tr("in {languages}").format(languages=QLocale().createSeparatedList(names))
    return f"{spoken} ({_small(organisation.more_languages)})" if organisation.more_languages else spoken


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
