"""What is said of things that could not be read: what they are, and of which day."""

from collections.abc import Callable, Sequence

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.health import FILE, LINKS, SMALL_PICTURE, DamagedThing, Thing
from memorybook.ui.core.i18n import count_text, day_text, tr

_SHOWN = 60  # letters of a title, which can be as long as somebody liked


def named(damaged: DamagedThing) -> str:
    """ "A photo: “The first scan”, 3 May 2026", as far as title and day are known."""
    title = damaged.title.strip() if damaged.thing is not Thing.OTHER else ""
    if len(title) > _SHOWN:
        title = f"{title[:_SHOWN].rstrip()}…"
    quoted = tr("“{title}”").format(title=title) if title else ""
    details = ", ".join(part for part in (quoted, day_text(_day(damaged.day))) if part)
    what = _part(damaged) or _what(damaged.thing)
    return tr("{what}: {details}").format(what=what, details=details) if details else what


def in_all(damaged: Sequence[DamagedThing]) -> str:
    """ "One photo from 3 May 2026", or "2 pages and 1 photo"."""
    if len(damaged) == 1:
        return named(damaged[0])
    said = []
    for thing, words in _COUNTED.items():
        number = sum(each.thing is thing for each in damaged)
        if number:
            said.append(words(number))
    if len(said) == 1:
        return said[0]
    return tr("{first} and {last}").format(first=", ".join(said[:-1]), last=said[-1])


def _day(text: str) -> VagueDate:
    try:
        return VagueDate.parse(text)
    except ValueError:  # it comes out of a damaged book
        return UNKNOWN


def _part(damaged: DamagedThing) -> str:
    """What of it is lost, where that is not all of it."""
    return {
        (Thing.PHOTO, FILE): tr("The original of a photo"),
        (Thing.PHOTO, SMALL_PICTURE): tr("The small picture of a photo"),
        (Thing.PAGE, LINKS): tr("Which photos, recordings, tags or babies belong to a page"),
        (Thing.KEEPSAKE, LINKS): tr("Which photos are with a keepsake"),
        (Thing.RECORDING, FILE): tr("The original of a recording"),
        (Thing.RECORDING, SMALL_PICTURE): tr("The small picture of a recording"),
    }.get((damaged.thing, damaged.lost), "")


def _what(thing: Thing) -> str:
    return {
        Thing.PAGE: tr("A page"),
        Thing.EARLIER_VERSION: tr("An earlier version of a page"),
        Thing.PHOTO: tr("A photo"),
        Thing.RECORDING: tr("A recording"),
        Thing.KEEPSAKE: tr("A keepsake"),
        Thing.DAY: tr("A date"),
        Thing.BABY: tr("What is written of a baby"),
        Thing.CEREMONY: tr("What is written of a ceremony"),
        Thing.PERSON: tr("The name of a person"),
        Thing.EDITION: tr("A choice of pages for a printed book"),
        Thing.OTHER: tr("Something else in the book"),
    }[thing]


_COUNTED: dict[Thing, Callable[[int], str]] = {
    Thing.PAGE: lambda n: count_text("{n} page", "{n} pages", n),
    Thing.EARLIER_VERSION: lambda n: count_text(
        "{n} earlier version of a page", "{n} earlier versions of pages", n
    ),
    Thing.PHOTO: lambda n: count_text("{n} photo", "{n} photos", n),
    Thing.RECORDING: lambda n: count_text("{n} recording", "{n} recordings", n),
    Thing.KEEPSAKE: lambda n: count_text("{n} keepsake", "{n} keepsakes", n),
    Thing.DAY: lambda n: count_text("{n} date", "{n} dates", n),
    Thing.BABY: lambda n: count_text("what is written of {n} baby", "what is written of {n} babies", n),
    Thing.CEREMONY: lambda n: count_text("{n} ceremony", "{n} ceremonies", n),
    Thing.PERSON: lambda n: count_text("the name of {n} person", "the names of {n} people", n),
    Thing.EDITION: lambda n: count_text("{n} printed book", "{n} printed books", n),
    Thing.OTHER: lambda n: count_text("{n} other thing", "{n} other things", n),
}
