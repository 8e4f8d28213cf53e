"""What is said of a day: when it is, what sort of day, and where that is from."""

import datetime

from PySide6.QtCore import QLocale

from memorybook.domain.dates import VagueDate
from memorybook.domain.occasion import OccasionDraft, OccasionKind
from memorybook.domain.of_this_day import BabyDay
from memorybook.domain.remembrance import RemembranceDay
from memorybook.domain.support import Confidence
from memorybook.ui.core import i18n
from memorybook.ui.core.gestation_words import gestation_text
from memorybook.ui.core.i18n import tr
from memorybook.ui.dates.presenter import ShownDay


def kind_text(kind: OccasionKind) -> str:
    """What a sort of day is called."""
    return {
        OccasionKind.DUE_DATE: tr("Due date"),
        OccasionKind.ANNIVERSARY: tr("Anniversary"),
        OccasionKind.OTHER: tr("Another day"),
    }[kind]


def title_of(draft: OccasionDraft) -> str:
    """What a day is called; one of no sort has no other name than that it is a date."""
    if draft.label.strip():
        return draft.label.strip()
    return tr("A date") if draft.kind is OccasionKind.OTHER else kind_text(draft.kind)


def baby_day_text(which: BabyDay, name: str) -> str:
    """Which of a baby's dates it is, and of whom where that can be said."""
    texts = {
        BabyDay.LEARNED: (tr("When we knew"), tr("When we knew of {name}")),
        BabyDay.DUE: (tr("Due date"), tr("Due date of {name}")),
        BabyDay.BORN: (tr("Day of birth"), tr("Day of birth of {name}")),
        BabyDay.DIED: (tr("Day of death"), tr("Day of death of {name}")),
    }
    alone, named = texts[which]
    return named.format(name=name) if name else alone


def day_column(shown: ShownDay, today: datetime.date) -> str:
    """The day as it stands beside its name: with the year where it is not this one, as vague as it is."""
    when, day = shown.when, shown.occasion.draft.day
    if when is None:
        return tr("No date")
    if when.has_a_day or shown.remembrance is not None:
        text = i18n.short_day(VagueDate.of(when.begins))
        if when.begins.year != today.year:
            text = f"{text} {when.begins.year}"
        return text if when.exact else tr("about {date}").format(date=text)
    text = i18n.short_day(VagueDate(when.begins.year, day.month))
    return tr("about {date}").format(date=text) if day.about else text


def facts(shown: ShownDay, today: datetime.date) -> str:
    """The line below its name. It counts no days: neither those until it comes, nor those since."""
    draft, when = shown.occasion.draft, shown.when
    kind = kind_text(draft.kind) if draft.kind is not OccasionKind.OTHER else ""
    parts = ["" if kind == title_of(draft) else kind]
    if when is not None and when.exact:
        parts.append(QLocale().standaloneDayName(when.begins.isoweekday()))
        if today in when:
            parts.append(tr("today") if when.begins == when.ends else tr("now"))
        if when.begins != when.ends:
            parts.append(tr("until {date}").format(date=i18n.day_text(VagueDate.of(when.ends))))
    if shown.along is not None:
        along = gestation_text(shown.along)
        again = when is not None and when.begins != draft.day.as_date()
        parts.append(tr("then {weeks}").format(weeks=along) if again else along)
    if draft.comes_round:
        parts.append(tr("every year"))
    if draft.reminder is not None and when is not None and when.has_a_day and when.ends >= today:
        parts.append(_reminder(when.begins, draft.reminder))
    return " · ".join(part for part in parts if part)


def _reminder(begins: datetime.date, before: int) -> str:
    if not before:
        return tr("reminder on the day")
    try:
        day = begins - datetime.timedelta(days=before)
    except OverflowError:
        return tr("reminder on the day")
    text = VagueDate(None, day.month, day.day) if day.year == begins.year else VagueDate.of(day)
    return tr("reminder from {date}").format(date=i18n.day_text(text))


def source_text(day: RemembranceDay) -> str:
    """Where it is from, of when that is, and how sure it is."""
    sources = "; ".join(day.sources)
    if day.as_of.is_known:
        text = tr("From {sources}. As of {date}.").format(sources=sources, date=i18n.day_text(day.as_of))
    else:
        text = tr("From {sources}. No date is given there.").format(sources=sources)
    sure = {
        Confidence.HIGH: tr("Several sources say the same."),
        Confidence.MEDIUM: tr("Few sources say so, or they differ."),
        Confidence.LOW: tr("It is not certain."),
    }
    return f"{text} {sure[day.confidence]}"


def regions_text(day: RemembranceDay) -> str:
    """Where it is mostly kept; empty where that is anywhere."""
    names = [QLocale.territoryToString(QLocale.codeToTerritory(code)) for code in sorted(day.regions)]
    return tr("Mostly kept in: {countries}").format(countries=", ".join(names)) if names else ""
