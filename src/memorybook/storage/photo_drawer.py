"""Photos that were put away: they are shown nowhere, and wait in the book to come back or to be destroyed.

The pages and keepsakes they belong to keep their places for them, so that each comes back to where it was.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from memorybook.domain.ids import EntryId, KeepsakeId, MediaId, PhotoId
from memorybook.domain.photo import Photo
from memorybook.storage import edit_wishes, entries, photo_files, photos, search
from memorybook.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class Moved:
    """The photos that went somewhere, and the pages and keepsakes that look different for it."""

    photos: tuple[PhotoId, ...] = ()
    entries: frozenset[EntryId] = frozenset()
    keepsakes: frozenset[KeepsakeId] = frozenset()


def put_away(connection: Connection, ids: Iterable[PhotoId], at: str) -> Moved:
    """Put photos away, but for those that are. Raises LookupError when one is not there."""
    return _move(connection, ids, at)


def bring_back(connection: Connection, ids: Iterable[PhotoId]) -> Moved:
    """Have photos shown again that were put away. Raises LookupError when one is not there."""
    return _move(connection, ids, None)


def rows(connection: Connection) -> tuple[Photo, ...]:
    """The photos that are put away, the last one first."""
    found = connection.execute(
        "SELECT id FROM photo WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC"
    ).fetchall()
    return photos.get_many(connection, [PhotoId(row["id"]) for row in found])


def destroy(
    connection: Connection, ids: Iterable[PhotoId], destroy_file: Callable[[MediaId], None]
) -> Moved:
    """Destroy those of these photos that are put away: their files first, then all that is known of them.

    Within one transaction, so that nothing can bring a photo back meanwhile. When it is not committed, what
    has no file any more is still put away, and is destroyed when that is asked for again.
    """
    waiting = {
        row["id"] for row in connection.execute("SELECT id FROM photo WHERE deleted_at IS NOT NULL")
    }
    gone = tuple(photo_id for photo_id in dict.fromkeys(ids) if photo_id in waiting)
    pages, keepsakes = _where(connection, gone)
    for photo_id in gone:
        for media in photo_files.of(connection, photo_id).all:
            destroy_file(media)
        for table in ("thumbnail", "photo_baby", "entry_photo", "keepsake_photo"):
            connection.execute(f"DELETE FROM {table} WHERE photo = :photo", {"photo": photo_id})  # noqa: S608
        edit_wishes.settle(connection, photo_id)
        connection.execute("DELETE FROM photo WHERE id = :id", {"id": photo_id})
    if gone:
        search.rebuild(connection)
    return Moved(gone, pages, keepsakes)


def _move(connection: Connection, ids: Iterable[PhotoId], deleted_at: str | None) -> Moved:
    chosen = dict.fromkeys(ids)
    moved = tuple(
        photo_id for photo_id in chosen if _is_put_away(connection, photo_id) == (deleted_at is None)
    )
    for photo_id in moved:
        connection.execute(
            "UPDATE photo SET deleted_at = :at WHERE id = :id", {"at": deleted_at, "id": photo_id}
        )
    pages, keepsakes = _where(connection, moved)
    for entry_id in pages:
        entries.refresh(connection, entry_id)
    return Moved(moved, pages, keepsakes)


def _is_put_away(connection: Connection, photo_id: PhotoId) -> bool:
    row = connection.execute("SELECT deleted_at FROM photo WHERE id = :id", {"id": photo_id}).fetchone()
    if row is None:
        raise LookupError("no such photo")
    return row["deleted_at"] is not None


def _where(
    connection: Connection, ids: Iterable[PhotoId]
) -> tuple[frozenset[EntryId], frozenset[KeepsakeId]]:
    """The pages and the keepsakes that these photos belong to."""
    pages, keepsakes = set[EntryId](), set[KeepsakeId]()
    for photo_id in ids:
        pages.update(photos.entries_with(connection, photo_id))
        found = connection.execute(
            "SELECT keepsake FROM keepsake_photo WHERE photo = :photo", {"photo": photo_id}
        )
        keepsakes.update(KeepsakeId(row["keepsake"]) for row in found.fetchall())
    return frozenset(pages), frozenset(keepsakes)
