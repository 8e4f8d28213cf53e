"""The days the family keeps, as rows."""

from memorybook.domain.dates import VagueDate
from memorybook.domain.ids import BabyId, OccasionId
from memorybook.domain.occasion import Occasion, OccasionDraft, OccasionKind
from memorybook.errors import BookDamaged
from memorybook.storage.connection import Connection, Row
from memorybook.storage.text import storable


def add(connection: Connection, draft: OccasionDraft, at: str) -> Occasion:
    """A new day. ``at`` is the time in UTC."""
    cursor = connection.execute(
        """
        INSERT INTO occasion (label, day, day_key, kind, yearly, note, baby_id, created_at, changed_at)
        VALUES (:label, :day, :day_key, :kind, :yearly, :note, :baby_id, :at, :at)
        """,
        _values(draft, at),
    )
    return get(connection, OccasionId(cursor.lastrowid))


def get(connection: Connection, occasion_id: OccasionId) -> Occasion:
    """One day. Raises LookupError when there is none."""
    row = connection.execute("SELECT * FROM occasion WHERE id = :id", {"id": occasion_id}).fetchone()
    if row is None:
        raise LookupError("no such occasion")
    return _occasion(row)


def change(connection: Connection, occasion_id: OccasionId, draft: OccasionDraft, at: str) -> Occasion:
    """Put ``draft`` in the place of what was there. Raises LookupError when there is no such day."""
    connection.execute(
        """
        UPDATE occasion SET label = :label, day = :day, day_key = :day_key, kind = :kind, yearly = :yearly,
               note = :note, baby_id = :baby_id, changed_at = :at
        WHERE id = :id
        """,
        {**_values(draft, at), "id": occasion_id},
    )
    return get(connection, occasion_id)


def put_away(connection: Connection, occasion_id: OccasionId, at: str | None) -> Occasion:
    """Take a day off the list at a time in UTC, or put it back with ``None``. LookupError without it."""
    connection.execute("UPDATE occasion SET deleted_at = :at WHERE id = :id", {"at": at, "id": occasion_id})
    return get(connection, occasion_id)


def all_of_them(connection: Connection) -> tuple[Occasion, ...]:
    """Every day on the list, in the order of the calendar; those nobody knows come first."""
    rows = connection.execute("SELECT * FROM occasion WHERE deleted_at IS NULL ORDER BY day_key, id")
    return tuple(_occasion(row) for row in rows)


def _values(draft: OccasionDraft, at: str) -> dict[str, object]:
    return {
        "label": storable(draft.label),
        "day": str(draft.day),
        "day_key": draft.day.sort_key,
        "kind": draft.kind.value,
        "yearly": int(draft.yearly),
        "note": storable(draft.note),
        "baby_id": draft.baby,
        "at": at,
    }


def _occasion(row: Row) -> Occasion:
    try:
        draft = OccasionDraft(
            label=row["label"],
            day=VagueDate.parse(row["day"]),
            kind=OccasionKind(row["kind"]),
            yearly=bool(row["yearly"]),
            note=row["note"],
            baby=None if row["baby_id"] is None else BabyId(row["baby_id"]),
        )
    except ValueError:
        raise BookDamaged from None
    return Occasion(OccasionId(row["id"]), draft)
