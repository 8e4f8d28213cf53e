"""Ceremonies, days, keepsakes and editions of a damaged book in the new one."""

from collections.abc import Callable
from functools import partial

from memorybook.domain.dates import UNKNOWN
from memorybook.domain.ids import BabyId, CeremonyId, EditionId, KeepsakeId, OccasionId
from memorybook.domain.keepsake import Keepsake, KeepsakeDraft
from memorybook.domain.occasion import Occasion, OccasionDraft
from memorybook.domain.people import Ceremony, CeremonyDraft
from memorybook.storage import ceremonies, editions, keepsakes, occasions
from memorybook.storage.lenient import ceremony_of, keepsake_of, occasion_of
from memorybook.storage.rebuilding import Rebuilding
from memorybook.storage.rows import Found, Values

Put = Callable[[Rebuilding, int, Found], bool]


def rebuild(new: Rebuilding) -> None:
    """Put in all of these of which a row is left."""
    for table, put, put_part in (
        ("ceremony", _put_ceremony, _put_part_of_ceremony),
        ("occasion", _put_occasion, _put_part_of_occasion),
        ("keepsake", _put_keepsake, _put_part_of_keepsake),
        ("edition", _put_edition, None),
    ):
        _rebuild(new, table, put, put_part)


def _rebuild(new: Rebuilding, table: str, put: Put, put_part: Put | None) -> None:
    counts = new.counts[table]
    counts.known |= {*new.ids(table), *new.named(table)}
    for number in new.ids(table):
        rows = new.candidates(table, number)
        if any(new.attempt(partial(put, new, number, row)) for row in rows if not row.in_part):
            counts.whole.add(number)
        elif put_part and any(
            new.attempt(partial(put_part, new, number, row)) for row in rows if row.is_sure or row.in_part
        ):
            counts.in_part.add(number)
        new.step()


def _put_ceremony(new: Rebuilding, number: int, row: Found) -> bool:
    _need_baby(new, row.values)
    new.put("ceremony", row.values)
    ceremonies.get(new.connection, CeremonyId(number))
    return True


def _put_part_of_ceremony(new: Rebuilding, number: int, row: Found) -> bool:
    draft = ceremonies.normal(ceremony_of(row.values, _baby(new, row.values), new.marks))
    new.put("ceremony", _bare(row.values, ("label", "place", "readings", "music", "who", "rests", "notes")))
    ceremonies.change(new.connection, Ceremony(CeremonyId(number), CeremonyDraft()), draft, new.at)
    return True


def _put_occasion(new: Rebuilding, number: int, row: Found) -> bool:
    _need_baby(new, row.values)
    new.put("occasion", row.values)
    occasions.get(new.connection, OccasionId(number))
    return True


def _put_part_of_occasion(new: Rebuilding, number: int, row: Found) -> bool:
    draft = occasion_of(row.values, _baby(new, row.values), new.marks)
    values = _bare(row.values, ("label", "note", "reminder_words"))
    new.put("occasion", values)
    was = Occasion(OccasionId(number), OccasionDraft(), str(values["created_at"]), None, str(values["uid"]))
    occasions.change(new.connection, was, occasions.normal(draft), new.at)
    return True


def _put_keepsake(new: Rebuilding, number: int, row: Found) -> bool:
    for babies in new.babies_in_doubt("keepsake_baby", number):
        if new.attempt(partial(_put_keepsake_of, new, number, row, babies)):
            return True
    raise LookupError("no babies fit")


def _put_keepsake_of(new: Rebuilding, number: int, row: Found, babies: tuple[BabyId, ...]) -> bool:
    new.put("keepsake", row.values)
    for baby in babies:
        new.need_baby(baby)
    new.link("keepsake_baby", number, babies)
    new.link("keepsake_photo", number, new.linked("keepsake_photo", number))
    keepsakes.get(new.connection, KeepsakeId(number))
    return True


def _put_part_of_keepsake(new: Rebuilding, number: int, row: Found) -> bool:
    babies = tuple(BabyId(each) for each in new.linked("keepsake_baby", number) if new.has("baby", each))
    draft = keepsake_of(row.values, babies, new.marks)
    values = _bare(row.values, ("kind", "title", "words", "kept", "given_by"))
    new.put("keepsake", values)
    was = Keepsake(KeepsakeId(number), KeepsakeDraft(), str(values["created_at"]), None)
    keepsakes.change(new.connection, was, keepsakes.normal(draft), new.at)
    new.link("keepsake_photo", number, new.linked("keepsake_photo", number))
    return True


def _put_edition(new: Rebuilding, number: int, row: Found) -> bool:
    new.put("edition", row.values)
    editions.get(new.connection, EditionId(number))
    return True


def _bare(values: Values, texts: tuple[str, ...]) -> Values:
    """The row without what is to be written into it."""
    return {
        **values,
        **dict.fromkeys(texts, ""),
        "day": str(UNKNOWN),
        "day_key": 0,
        **({"baby_id": None} if "baby_id" in values else {}),
    }


def _need_baby(new: Rebuilding, values: Values) -> None:
    if values["baby_id"] is not None:
        new.need_baby(int(str(values["baby_id"])))


def _baby(new: Rebuilding, values: Values) -> BabyId | None:
    number = values["baby_id"]
    return BabyId(int(str(number))) if number is not None and new.has("baby", number) else None
