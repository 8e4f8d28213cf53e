"""The record, keepsakes and days as lines: what was written down, and nothing for what was not."""

from collections.abc import Iterable

from memorybook.domain.dates import VagueDate
from memorybook.domain.dates_text import how_far, in_words
from memorybook.domain.gestation import Gestation
from memorybook.services.archiving.contents import WORDS, Contents, Line, day_of
from memorybook.storage.archive_rows import Item


def of_baby(item: Item) -> list[Line]:
    """What is written down of one baby, but for the notes."""
    words = WORDS.record
    days = (Line(words.born, _day(item["born"])), Line(words.died, _day(item["died"])))
    how = how_far(Gestation.parse(item["gestation"])) if item["gestation"] else ""
    return _filled(
        (
            Line(words.learned, _day(item["learned"])),
            Line(words.due, _day(item["due"])),
            *(reversed(days) if _is_before(item["died"], item["born"]) else days),
            Line(words.gestation, how),
            *(Line(words.measures.get(it["what"], it["what"]), it["value"]) for it in item["measurements"]),
            Line(words.place, item["place"]),
            Line(words.carers, item["carers"]),
            Line(words.met, item["met"]),
        )
    )


def of_ceremony(item: Item, contents: Contents) -> list[Line]:
    """What is written down of a farewell, but for the notes."""
    words = WORDS.record
    name = contents.baby(item["baby"])
    return _filled(
        (
            Line("When", _day(item["day"])),
            Line("For", name),
            Line(words.where, item["place"]),
            Line(words.who, item["who"]),
            Line(words.music, item["music"]),
            Line(words.rests, item["rests"]),
            Line(words.readings, item["readings"]),
        )
    )


def of_keepsake(item: Item) -> list[Line]:
    """What is written down of a keepsake, but for its own words."""
    words = WORDS.keepsakes
    return _filled(
        (
            Line(words.day, in_words(day_of(item))),
            Line(words.kept, item["kept"]),
            Line(words.given_by, item["given_by"]),
        )
    )


def keepsake_title(item: Item) -> str:
    """What stands over a keepsake."""
    kind = WORDS.keepsakes.kinds.get(item["kind"], item["kind"]).strip()
    return item["title"].strip() or kind or "A keepsake"


def day_title(item: Item) -> str:
    """What a day is called."""
    known = {kind.value: word for kind, word in WORDS.day_kinds.items()}
    return item["label"].strip() or known.get(item["kind"], "") or "A day"


def of_day(item: Item, contents: Contents) -> list[Line]:
    """When a day is, and for whom."""
    when = in_words(day_of(item))
    every = f"{when}, every year" if item["yearly"] and when else when
    return _filled((Line("When", every), Line("For", contents.baby(item["baby"]))))


def recording_title(item: Item) -> str:
    """What a recording is called."""
    words = WORDS.recordings
    return item["title"].strip() or words.kinds.get(item["kind"], "") or words.recording


def of_recording(item: Item) -> list[Line]:
    """What is written down of a recording, but for the notes."""
    return _filled(
        (
            Line("When", in_words(day_of(item, "taken"))),
            Line("Recorded by", item["recorded_by"]),
            Line("Where", item["place"]),
        )
    )


def credit(item: Item) -> str:
    """What stands under a photo besides its caption."""
    said = (
        in_words(day_of(item, "taken")),
        item["who"].strip(),
        WORDS.credit.format(name=item["taken_by"].strip()) if item["taken_by"].strip() else "",
    )
    return " · ".join(each for each in said if each)


def _day(text: str) -> str:
    return in_words(VagueDate.parse(text))


def _is_before(one: str, other: str) -> bool:
    first, second = VagueDate.parse(one), VagueDate.parse(other)
    return first.sort_key < second.sort_key if first.year and second.year else False


def _filled(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.value.strip()]
