"""What bears the date of a day of the year, whatever the year."""

import datetime
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from memorybook.domain.dates import VagueDate
from memorybook.domain.ids import PhotoId
from memorybook.domain.of_this_day import BabyDay, DatedPhoto, OfThisDay
from memorybook.domain.people import Baby
from memorybook.errors import BookDamaged
from memorybook.storage import babies, ceremonies, keepsakes, occasions, recordings, story
from memorybook.storage.connection import Connection

T = TypeVar("T")


def find(connection: Connection, days: Sequence[VagueDate], today: datetime.date) -> OfThisDay:
    """Everything of these days, each without its year, but for what bears the date of ``today``.

    Pages and photos, of which there may be very many, come from an index of their own. Of the others one that
    is not as it was kept is passed over, and told.
    """
    lost: list[int] = []
    but = VagueDate.of(today)
    endings = [_ending(day) for day in days]

    def of_these(things: Iterable[T], day: Callable[[T], VagueDate]) -> tuple[T, ...]:
        found = [each for each in things if _ending(day(each)) in endings and day(each) != but]
        return tuple(sorted(found, key=lambda each: day(each).sort_key, reverse=True))

    known = babies.all_of_them(connection, lost.append)
    dated = [
        (baby, which, _of_baby(baby, which)) for baby in known for which in BabyDay
    ]
    found = OfThisDay(
        pages=story.of_days(connection, endings, str(but)),
        photos=_photos(connection, endings, str(but)),
        recordings=of_these(recordings.all_of_them(connection, lost.append), lambda each: each.draft.taken),
        keepsakes=of_these(keepsakes.all_of_them(connection, lost.append), lambda each: each.draft.day),
        occasions=of_these(occasions.all_of_them(connection, lost.append), lambda each: each.draft.day),
        ceremonies=of_these(ceremonies.all_of_them(connection, lost.append), lambda each: each.draft.day),
        babies=of_these(dated, lambda each: each[2]),
    )
    return replace(found, damaged=bool(lost))


def _ending(day: VagueDate) -> str:
    """ "-05-22" for 22 May of any year; something else for a date that is not exact."""
    return str(day)[4:]


def _of_baby(baby: Baby, which: BabyDay) -> VagueDate:
    draft = baby.draft
    return {
        BabyDay.LEARNED: draft.learned,
        BabyDay.DUE: draft.due,
        BabyDay.BORN: draft.born,
        BabyDay.DIED: draft.died,
    }[which]


def _photos(connection: Connection, endings: Sequence[str], but: str) -> tuple[DatedPhoto, ...]:
    rows = connection.execute(
        """
        SELECT id, taken, covered FROM photo INDEXED BY photo_of_day
        WHERE deleted_at IS NULL AND substr(taken, 5) IN (SELECT value FROM json_each(:endings))
          AND taken <> :but
        ORDER BY day_key DESC, id DESC
        """,
        {"endings": json.dumps(endings), "but": but},
    )
    try:
        return tuple(
            DatedPhoto(PhotoId(row["id"]), VagueDate.parse(row["taken"]), bool(row["covered"]))
            for row in rows
        )
    except ValueError:
        raise BookDamaged from None
