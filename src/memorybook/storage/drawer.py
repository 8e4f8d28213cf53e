"""The drawer: where pages that were deleted wait, inside the book, to be brought back or destroyed."""

from collections.abc import Sequence

from memorybook.domain.dates import VagueDate
from memorybook.domain.drawer import DrawerRow
from memorybook.domain.ids import EntryId
from memorybook.errors import BookDamaged
from memorybook.storage import search
from memorybook.storage.attachments import SHOWN_PHOTOS
from memorybook.storage.connection import Connection
from memorybook.storage.versions import LAST_WITH_WORDS

_BELONGING = ("entry_version", "entry_photo", "entry_recording", "entry_baby", "entry_tag", "entry_text")


def put_away(connection: Connection, entry_id: EntryId, at: str) -> bool:
    """Put a page into the drawer; ``False`` when it is there already. LookupError without such a page."""
    return _move(connection, entry_id, at)


def bring_back(connection: Connection, entry_id: EntryId) -> bool:
    """Take a page out of the drawer; ``False`` when it was not in it. LookupError without such a page."""
    return _move(connection, entry_id, None)


def rows(connection: Connection) -> tuple[DrawerRow, ...]:
    """What is in the drawer, the last one first. Pages that never held anything are not shown.

    One that everything was taken off waits here too, deleted or not, with the last words it had.
    """
    found = connection.execute(
        f"""
        SELECT id, title, excerpt, day, deleted_at AS put_away,
               (SELECT count(*) FROM ({SHOWN_PHOTOS}) AS photo WHERE photo.entry = entry.id) AS photo_count
        FROM entry WHERE deleted_at IS NOT NULL AND is_empty = 0
        UNION ALL {_emptied("deleted_at IS NOT NULL")} UNION ALL {_emptied("deleted_at IS NULL")}
        ORDER BY put_away DESC, id DESC
        """  # noqa: S608 - constants
    )
    try:
        return tuple(
            DrawerRow(
                id=EntryId(row["id"]),
                title=row["title"],
                excerpt=row["excerpt"],
                day=VagueDate.parse(row["day"]),
                deleted_at=row["put_away"],
                photo_count=row["photo_count"],
            )
            for row in found
        )
    except ValueError:
        raise BookDamaged from None


def destroy(connection: Connection, ids: Sequence[EntryId]) -> tuple[EntryId, ...]:
    """Delete those of these pages that are in the drawer, with their versions and their traces in the index.

    What they said is overwritten in the file, since SQLCipher keeps ``secure_delete`` on. The pictures that
    were on them stay in the book. Returns the pages that are gone.
    """
    gone = tuple(entry_id for entry_id in dict.fromkeys(ids) if _is_in_drawer(connection, entry_id))
    for entry_id in gone:
        for table in _BELONGING:
            connection.execute(f"DELETE FROM {table} WHERE entry = :entry", {"entry": entry_id})  # noqa: S608
        connection.execute("DELETE FROM entry WHERE id = :entry", {"entry": entry_id})
    if gone:
        search.rebuild(connection)
    return gone


def _emptied(where: str) -> str:
    """The pages with nothing on them that have an earlier version, in SQL."""
    return f"""
        SELECT entry.id, version.title, version.excerpt, entry.day,
               ifnull(entry.deleted_at, entry.changed_at) AS put_away, 0 AS photo_count
        FROM entry JOIN entry_version AS version ON version.id = ({LAST_WITH_WORDS})
        WHERE entry.is_empty = 1 AND entry.{where}
        """  # noqa: S608 - constants


def _is_in_drawer(connection: Connection, entry_id: EntryId) -> bool:
    row = connection.execute(
        """
        SELECT 1 FROM entry WHERE id = :id
          AND (deleted_at IS NOT NULL
               OR is_empty = 1 AND EXISTS (SELECT 1 FROM entry_version WHERE entry = entry.id))
        """,
        {"id": entry_id},
    ).fetchone()
    return row is not None


def _move(connection: Connection, entry_id: EntryId, deleted_at: str | None) -> bool:
    row = connection.execute("SELECT deleted_at FROM entry WHERE id = :id", {"id": entry_id}).fetchone()
    if row is None:
        raise LookupError("no such entry")
    if (row["deleted_at"] is None) == (deleted_at is None):
        return False
    connection.execute(
        "UPDATE entry SET deleted_at = :at WHERE id = :id", {"at": deleted_at, "id": entry_id}
    )
    search.index(connection, entry_id)
    return True
