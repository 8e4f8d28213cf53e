"""Ceremonies and farewells as rows. Each is compared with its digest when it is read."""

from dataclasses import replace

from memorybook.domain.dates import VagueDate
from memorybook.domain.ids import BabyId, CeremonyId
from memorybook.domain.people import Ceremony, CeremonyDraft
from memorybook.errors import BookDamaged
from memorybook.storage.connection import Connection, Row
from memorybook.storage.digest import digest_of
from memorybook.storage.text import storable
from memorybook.storage.whole import Damaged, read_each


def normal(draft: CeremonyDraft) -> CeremonyDraft:
    """The draft as the database holds it: writing it and reading it back gives an equal one."""
    return replace(
        draft,
        label=storable(draft.label),
        place=storable(draft.place),
        readings=storable(draft.readings),
        music=storable(draft.music),
        who=storable(draft.who),
        rests=storable(draft.rests),
        notes=storable(draft.notes),
    )


def add(connection: Connection, draft: CeremonyDraft, at: str) -> Ceremony:
    """A ceremony or farewell. ``draft`` is :func:`normal`, ``at`` the time in UTC."""
    cursor = connection.execute(
        """
        INSERT INTO ceremony (day, day_key, baby_id, in_book, created_at, changed_at, digest, label, place,
                              readings, music, who, rests, notes)
        VALUES (:day, :day_key, :baby_id, :in_book, :at, :at, :digest, :label, :place,
                :readings, :music, :who, :rests, :notes)
        """,
        _values(draft, at),
    )
    return get(connection, CeremonyId(cursor.lastrowid))


def change(connection: Connection, kept: Ceremony, draft: CeremonyDraft, at: str) -> Ceremony:
    """Put ``draft`` in the place of what ``kept`` holds."""
    connection.execute(
        """
        UPDATE ceremony SET day = :day, day_key = :day_key, baby_id = :baby_id, in_book = :in_book,
               changed_at = :at, digest = :digest, label = :label, place = :place, readings = :readings,
               music = :music, who = :who, rests = :rests, notes = :notes
        WHERE id = :id
        """,
        {**_values(draft, at), "id": kept.id},
    )
    return get(connection, kept.id)


def get(connection: Connection, ceremony_id: CeremonyId) -> Ceremony:
    """One, removed or not. LookupError when there is none, BookDamaged when it is not as it was kept."""
    row = connection.execute("SELECT * FROM ceremony WHERE id = :id", {"id": ceremony_id}).fetchone()
    if row is None:
        raise LookupError("no such ceremony")
    return _ceremony(row)


def all_of_them(connection: Connection, damaged: Damaged | None = None) -> tuple[Ceremony, ...]:
    """All that were not removed, in the order of the calendar; those without a day come last.

    ``damaged`` as with :func:`whole.read_each`.
    """
    rows = connection.execute(
        "SELECT * FROM ceremony WHERE deleted_at IS NULL ORDER BY day_key = 0, day_key, id"
    ).fetchall()
    return read_each(rows, _ceremony, damaged)


def removed(connection: Connection) -> tuple[Ceremony, ...]:
    """Those that were removed, the last one first."""
    rows = connection.execute(
        "SELECT * FROM ceremony WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC"
    ).fetchall()
    return tuple(_ceremony(row) for row in rows)


def set_removed(connection: Connection, ceremony_id: CeremonyId, at: str | None) -> bool:
    """Remove it at a time in UTC, or bring it back with ``None``; ``False`` when it was so already.

    Raises LookupError when there is none.
    """
    row = connection.execute("SELECT deleted_at FROM ceremony WHERE id = :id", {"id": ceremony_id}).fetchone()
    if row is None:
        raise LookupError("no such ceremony")
    if (row["deleted_at"] is None) == (at is None):
        return False
    connection.execute("UPDATE ceremony SET deleted_at = :at WHERE id = :id", {"at": at, "id": ceremony_id})
    return True


def destroy(connection: Connection, ceremony_id: CeremonyId) -> bool:
    """Delete a removed one for ever; ``False`` when it is not among the removed."""
    row = connection.execute(
        "SELECT 1 FROM ceremony WHERE id = :id AND deleted_at IS NOT NULL", {"id": ceremony_id}
    ).fetchone()
    if row is not None:
        connection.execute("DELETE FROM ceremony WHERE id = :id", {"id": ceremony_id})
    return row is not None


def _values(draft: CeremonyDraft, at: str) -> dict[str, object]:
    return {
        "day": str(draft.day),
        "day_key": draft.day.sort_key,
        "baby_id": draft.baby,
        "in_book": int(draft.in_book),
        "at": at,
        "digest": _digest(draft),
        "label": draft.label,
        "place": draft.place,
        "readings": draft.readings,
        "music": draft.music,
        "who": draft.who,
        "rests": draft.rests,
        "notes": draft.notes,
    }


def _ceremony(row: Row) -> Ceremony:
    try:
        draft = CeremonyDraft(
            label=row["label"],
            day=VagueDate.parse(row["day"]),
            place=row["place"],
            readings=row["readings"],
            music=row["music"],
            who=row["who"],
            rests=row["rests"],
            notes=row["notes"],
            baby=None if row["baby_id"] is None else BabyId(row["baby_id"]),
            in_book=bool(row["in_book"]),
        )
    except ValueError:
        raise BookDamaged from None
    if _digest(draft) != row["digest"]:
        raise BookDamaged
    return Ceremony(CeremonyId(row["id"]), draft)


def _digest(draft: CeremonyDraft) -> bytes:
    return digest_of(
        str(draft.day),
        "" if draft.baby is None else str(int(draft.baby)),
        "1" if draft.in_book else "0",
        draft.label,
        draft.place,
        draft.readings,
        draft.music,
        draft.who,
        draft.rests,
        draft.notes,
    )
