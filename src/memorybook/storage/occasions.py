"""The days the family keeps, as rows. Each is compared with its digest when it is read."""

import datetime
import secrets
from dataclasses import replace

from memorybook.domain.dates import VagueDate
from memorybook.domain.ids import BabyId, OccasionId
from memorybook.domain.occasion import Occasion, OccasionDraft, OccasionKind
from memorybook.errors import BookDamaged
from memorybook.storage import putting_away
from memorybook.storage.connection import Connection, Row
from memorybook.storage.digest import digest_of
from memorybook.storage.text import storable
from memorybook.storage.whole import Damaged, read_each


def normal(draft: OccasionDraft) -> OccasionDraft:
    """The draft as the database holds it: writing it and reading it back gives an equal one."""
    return replace(
        draft,
        label=storable(draft.label),
        note=storable(draft.note),
        remembrance=storable(draft.remembrance),
        reminder_words=storable(draft.reminder_words),
    )


def add(connection: Connection, draft: OccasionDraft, at: str) -> Occasion:
    """A new day. ``draft`` is :func:`normal`, ``at`` the time in UTC."""
    uid = secrets.token_hex(16)
    cursor = connection.execute(
        """
        INSERT INTO occasion (uid, day, day_key, kind, yearly, baby_id, remembrance, reminder, dismissed,
                              in_book, created_at, changed_at, digest, label, note, reminder_words)
        VALUES (:uid, :day, :day_key, :kind, :yearly, :baby_id, :remembrance, :reminder, '',
                :in_book, :at, :at, :digest, :label, :note, :reminder_words)
        """,
        {**_values(draft, uid, at, at), "uid": uid},
    )
    return get(connection, OccasionId(cursor.lastrowid))


def get(connection: Connection, occasion_id: OccasionId) -> Occasion:
    """One, put away or not. LookupError when there is none, BookDamaged when it is not as it was kept."""
    row = connection.execute("SELECT * FROM occasion WHERE id = :id", {"id": occasion_id}).fetchone()
    if row is None:
        raise LookupError("no such occasion")
    return _occasion(row)


def change(connection: Connection, kept: Occasion, draft: OccasionDraft, at: str) -> Occasion:
    """Put ``draft`` in the place of what ``kept`` holds."""
    connection.execute(
        """
        UPDATE occasion SET day = :day, day_key = :day_key, kind = :kind, yearly = :yearly,
               baby_id = :baby_id, remembrance = :remembrance, reminder = :reminder, in_book = :in_book,
               changed_at = :at, digest = :digest, label = :label, note = :note,
               reminder_words = :reminder_words
        WHERE id = :id
        """,
        {**_values(draft, kept.uid, kept.created_at, at), "id": kept.id},
    )
    return get(connection, kept.id)


def set_put_away(connection: Connection, occasion_id: OccasionId, at: str | None) -> bool:
    """Put it away at a time in UTC, or bring it back with ``None``; ``False`` when it was so already.

    Raises LookupError when there is none.
    """
    return putting_away.set_put_away(connection, "occasion", occasion_id, at)


def destroy(connection: Connection, occasion_id: OccasionId) -> bool:
    """Delete one for ever that was put away; ``False`` when it was not."""
    return putting_away.destroy(connection, "occasion", occasion_id)


def all_of_them(connection: Connection, damaged: Damaged | None = None) -> tuple[Occasion, ...]:
    """Every day on the list, in the order of the calendar; those nobody knows come first.

    ``damaged`` as with :func:`whole.read_each`.
    """
    rows = connection.execute("SELECT * FROM occasion WHERE deleted_at IS NULL ORDER BY day_key, id")
    return read_each(rows.fetchall(), _occasion, damaged)


def put_away(connection: Connection) -> tuple[Occasion, ...]:
    """Those that were put away, the last one first."""
    rows = connection.execute(
        "SELECT * FROM occasion WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC"
    )
    return tuple(map(_occasion, rows.fetchall()))


def of_remembrance(connection: Connection, remembrance: str) -> Occasion | None:
    """The day on the list that keeps this remembrance day, if there is one."""
    row = connection.execute(
        "SELECT * FROM occasion WHERE remembrance = :remembrance AND deleted_at IS NULL ORDER BY id LIMIT 1",
        {"remembrance": remembrance},
    ).fetchone()
    return None if row is None else _occasion(row)


def with_reminders(connection: Connection) -> tuple[tuple[Occasion, str], ...]:
    """Those on the list whose reminder is on, each with the day for which it was put aside, or nothing."""
    rows = connection.execute(
        "SELECT * FROM occasion WHERE deleted_at IS NULL AND reminder IS NOT NULL ORDER BY id"
    )
    return tuple((_occasion(row), row["dismissed"]) for row in rows.fetchall())


def dismiss(connection: Connection, occasion_id: OccasionId, begins: datetime.date) -> bool:
    """Put the reminder aside for the time that begins then; ``False`` when it was, or the day is gone."""
    values = {"begins": begins.isoformat(), "id": occasion_id}
    shown = connection.execute("SELECT 1 FROM occasion WHERE id = :id AND dismissed <> :begins", values)
    if shown.fetchone() is None:
        return False
    connection.execute("UPDATE occasion SET dismissed = :begins WHERE id = :id", values)
    return True


def _values(draft: OccasionDraft, uid: str, created_at: str, at: str) -> dict[str, object]:
    return {
        "day": str(draft.day),
        "day_key": draft.day.sort_key,
        "kind": draft.kind.value,
        "yearly": int(draft.yearly),
        "baby_id": draft.baby,
        "remembrance": draft.remembrance,
        "reminder": draft.reminder,
        "in_book": int(draft.in_book),
        "at": at,
        "digest": _digest(draft, uid, created_at),
        "label": draft.label,
        "note": draft.note,
        "reminder_words": draft.reminder_words,
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
            remembrance=row["remembrance"],
            reminder=row["reminder"],
            reminder_words=row["reminder_words"],
            in_book=bool(row["in_book"]),
        )
    except ValueError:
        raise BookDamaged from None
    if _digest(draft, row["uid"], row["created_at"]) != row["digest"]:
        raise BookDamaged
    return Occasion(OccasionId(row["id"]), draft, row["created_at"], row["deleted_at"], row["uid"])


def _digest(draft: OccasionDraft, uid: str, created_at: str) -> bytes:
    """Over everything a person wrote or chose."""
    return digest_of(
        created_at,
        uid,
        "1" if draft.in_book else "0",
        draft.label,
        str(draft.day),
        draft.kind.value,
        "1" if draft.yearly else "0",
        draft.note,
        "" if draft.baby is None else str(int(draft.baby)),
        draft.remembrance,
        "" if draft.reminder is None else str(draft.reminder),
        draft.reminder_words,
    )
