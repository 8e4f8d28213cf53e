"""The babies as rows, in the parent's order. Each is compared with its digest when it is read."""

from dataclasses import replace

from memorybook.domain.dates import VagueDate
from memorybook.domain.gestation import Gestation
from memorybook.domain.ids import BabyId
from memorybook.domain.people import Baby, BabyDraft, Measurement
from memorybook.errors import BookDamaged
from memorybook.storage.connection import Connection, Row
from memorybook.storage.digest import digest_of
from memorybook.storage.text import storable
from memorybook.storage.whole import Damaged, read_each


def normal(draft: BabyDraft) -> BabyDraft:
    """The draft as the database holds it: writing it and reading it back gives an equal one."""
    measurements = (Measurement(storable(it.what), storable(it.value)) for it in draft.measurements)
    return replace(
        draft,
        names=storable(draft.names),
        word=storable(draft.word),
        measurements=tuple(it for it in measurements if not it.is_empty),
        place=storable(draft.place),
        carers=storable(draft.carers),
        met=storable(draft.met),
        notes=storable(draft.notes),
    )


def add(connection: Connection, draft: BabyDraft, at: str) -> Baby:
    """A baby behind the others. ``draft`` is :func:`normal`, ``at`` the time in UTC."""
    cursor = connection.execute(
        """
        INSERT INTO baby (position, in_book, created_at, changed_at, digest, names, word, due, learned, born,
                          died, gestation, place, carers, met, notes)
        VALUES ((SELECT ifnull(max(position), -1) + 1 FROM baby), :in_book, :at, :at, :digest, :names, :word,
                :due, :learned, :born, :died, :gestation, :place, :carers, :met, :notes)
        """,
        _values(draft, at, at),
    )
    baby_id = BabyId(cursor.lastrowid)
    _put_measurements(connection, baby_id, draft)
    return get(connection, baby_id)


def change(connection: Connection, kept: Baby, draft: BabyDraft, at: str) -> Baby:
    """Put ``draft`` in the place of what ``kept`` holds."""
    connection.execute(
        """
        UPDATE baby SET in_book = :in_book, changed_at = :at, digest = :digest, names = :names, word = :word,
               due = :due, learned = :learned, born = :born, died = :died, gestation = :gestation,
               place = :place, carers = :carers, met = :met, notes = :notes
        WHERE id = :id
        """,
        {**_values(draft, kept.created_at, at), "id": kept.id},
    )
    if draft.measurements != kept.draft.measurements:
        connection.execute("DELETE FROM measurement WHERE baby = :baby", {"baby": kept.id})
        _put_measurements(connection, kept.id, draft)
    return get(connection, kept.id)


def get(connection: Connection, baby_id: BabyId) -> Baby:
    """One baby, removed or not. LookupError when there is none, BookDamaged when it is not as it was kept."""
    row = connection.execute("SELECT * FROM baby WHERE id = :id", {"id": baby_id}).fetchone()
    if row is None:
        raise LookupError("no such baby")
    return _baby(connection, row)


def all_of_them(connection: Connection, damaged: Damaged | None = None) -> tuple[Baby, ...]:
    """All that were not removed, in the order the parent gave them.

    ``damaged`` as with :func:`whole.read_each`.
    """
    rows = connection.execute("SELECT * FROM baby WHERE deleted_at IS NULL ORDER BY position, id").fetchall()
    return read_each(rows, lambda row: _baby(connection, row), damaged)


def removed(connection: Connection) -> tuple[Baby, ...]:
    """Those that were removed, the last one first. Of those with nothing in them there is nothing to see."""
    rows = connection.execute(
        "SELECT * FROM baby WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC"
    ).fetchall()
    return tuple(baby for baby in (_baby(connection, row) for row in rows) if not baby.draft.is_empty)


def order(connection: Connection, ids: tuple[BabyId, ...]) -> None:
    """Give the babies this order; those it does not name stay where they were."""
    connection.executemany(
        "UPDATE baby SET position = :position WHERE id = :id",
        [{"id": baby_id, "position": position} for position, baby_id in enumerate(ids)],
    )


def set_removed(connection: Connection, baby_id: BabyId, at: str | None) -> bool:
    """Remove it at a time in UTC, or bring it back with ``None``; ``False`` when it was so already.

    Raises LookupError when there is none.
    """
    row = connection.execute("SELECT deleted_at FROM baby WHERE id = :id", {"id": baby_id}).fetchone()
    if row is None:
        raise LookupError("no such baby")
    if (row["deleted_at"] is None) == (at is None):
        return False
    connection.execute("UPDATE baby SET deleted_at = :at WHERE id = :id", {"at": at, "id": baby_id})
    return True


def destroy(connection: Connection, baby_id: BabyId) -> bool:
    """Overwrite what is written down of a removed baby; ``False`` when it is not among the removed.

    Its number stays, since pages and their earlier versions name it, and says nothing.
    """
    row = connection.execute(
        "SELECT created_at FROM baby WHERE id = :id AND deleted_at IS NOT NULL", {"id": baby_id}
    ).fetchone()
    if row is None:
        return False
    connection.execute("DELETE FROM measurement WHERE baby = :baby", {"baby": baby_id})
    change(connection, Baby(baby_id, BabyDraft(), row["created_at"]), BabyDraft(), row["created_at"])
    return True


def _put_measurements(connection: Connection, baby_id: BabyId, draft: BabyDraft) -> None:
    connection.executemany(
        "INSERT INTO measurement (baby, position, what, value) VALUES (:baby, :position, :what, :value)",
        [
            {"baby": baby_id, "position": n, "what": it.what, "value": it.value}
            for n, it in enumerate(draft.measurements)
        ],
    )


def _values(draft: BabyDraft, created_at: str, at: str) -> dict[str, object]:
    return {
        "in_book": int(draft.in_book),
        "at": at,
        "digest": _digest(draft, created_at),
        "names": draft.names,
        "word": draft.word,
        "due": str(draft.due),
        "learned": str(draft.learned),
        "born": str(draft.born),
        "died": str(draft.died),
        "gestation": "" if draft.gestation is None else str(draft.gestation),
        "place": draft.place,
        "carers": draft.carers,
        "met": draft.met,
        "notes": draft.notes,
    }


def _baby(connection: Connection, row: Row) -> Baby:
    measured = connection.execute(
        "SELECT what, value FROM measurement WHERE baby = :baby ORDER BY position", {"baby": row["id"]}
    ).fetchall()
    try:
        draft = BabyDraft(
            names=row["names"],
            word=row["word"],
            due=VagueDate.parse(row["due"]),
            learned=VagueDate.parse(row["learned"]),
            born=VagueDate.parse(row["born"]),
            died=VagueDate.parse(row["died"]),
            gestation=Gestation.parse(row["gestation"]) if row["gestation"] else None,
            measurements=tuple(Measurement(it["what"], it["value"]) for it in measured),
            place=row["place"],
            carers=row["carers"],
            met=row["met"],
            notes=row["notes"],
            in_book=bool(row["in_book"]),
        )
    except ValueError:
        raise BookDamaged from None
    if _digest(draft, row["created_at"]) != row["digest"]:
        raise BookDamaged
    return Baby(BabyId(row["id"]), draft, row["created_at"])


def _digest(draft: BabyDraft, created_at: str) -> bytes:
    return digest_of(
        created_at,
        "1" if draft.in_book else "0",
        draft.names,
        draft.word,
        str(draft.due),
        str(draft.learned),
        str(draft.born),
        str(draft.died),
        "" if draft.gestation is None else str(draft.gestation),
        draft.place,
        draft.carers,
        draft.met,
        draft.notes,
        *(part for it in draft.measurements for part in (it.what, it.value)),
    )
