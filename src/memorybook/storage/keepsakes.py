"""Keepsakes as rows, in the parent's order. Each is compared with its digest when it is read."""

from collections.abc import Sequence
from dataclasses import replace

from memorybook.domain.dates import VagueDate
from memorybook.domain.ids import BabyId, KeepsakeId, PhotoId
from memorybook.domain.keepsake import Keepsake, KeepsakeDraft
from memorybook.errors import BookDamaged
from memorybook.storage import links, putting_away
from memorybook.storage.connection import Connection, Row
from memorybook.storage.digest import digest_of
from memorybook.storage.text import storable
from memorybook.storage.whole import Damaged, read_each


def normal(draft: KeepsakeDraft) -> KeepsakeDraft:
    """The draft as the database holds it: writing it and reading it back gives an equal one."""
    return replace(
        draft,
        kind=storable(draft.kind),
        title=storable(draft.title),
        words=storable(draft.words),
        kept=storable(draft.kept),
        given_by=storable(draft.given_by),
        babies=tuple(dict.fromkeys(draft.babies)),
        photos=tuple(dict.fromkeys(draft.photos)),
    )


def add(connection: Connection, draft: KeepsakeDraft, at: str) -> Keepsake:
    """A keepsake behind the others. ``draft`` is :func:`normal`, ``at`` the time in UTC."""
    cursor = connection.execute(
        """
        INSERT INTO keepsake (position, day, day_key, in_book, created_at, changed_at, digest, kind, title,
                              words, kept, given_by)
        VALUES ((SELECT ifnull(max(position), -1) + 1 FROM keepsake), :day, :day_key, :in_book, :at, :at,
                :digest, :kind, :title, :words, :kept, :given_by)
        """,
        _values(draft, at, at),
    )
    keepsake_id = KeepsakeId(cursor.lastrowid)
    _put_babies(connection, keepsake_id, draft.babies)
    _put_photos(connection, keepsake_id, draft.photos)
    return get(connection, keepsake_id)


def change(connection: Connection, kept: Keepsake, draft: KeepsakeDraft, at: str) -> Keepsake:
    """Put ``draft`` in the place of what ``kept`` holds. Its photos that are put away stay with it."""
    connection.execute(
        """
        UPDATE keepsake SET day = :day, day_key = :day_key, in_book = :in_book, changed_at = :at,
               digest = :digest, kind = :kind, title = :title, words = :words, kept = :kept,
               given_by = :given_by
        WHERE id = :id
        """,
        {**_values(draft, kept.created_at, at), "id": kept.id},
    )
    if draft.babies != kept.draft.babies:
        connection.execute("DELETE FROM keepsake_baby WHERE keepsake = :id", {"id": kept.id})
        _put_babies(connection, kept.id, draft.babies)
    if draft.photos != kept.draft.photos:
        photos = _with_those_put_away(connection, kept.id, draft.photos)
        connection.execute("DELETE FROM keepsake_photo WHERE keepsake = :id", {"id": kept.id})
        _put_photos(connection, kept.id, photos)
    return get(connection, kept.id)


def attach(connection: Connection, keepsake_id: KeepsakeId, photo_id: PhotoId, at: str) -> bool:
    """Put a photo behind the others of a keepsake; ``False`` when it is there already.

    Raises LookupError when there is no such keepsake.
    """
    if not links.append(connection, links.KEEPSAKE_PHOTO, keepsake_id, photo_id):
        return False
    connection.execute(
        "UPDATE keepsake SET changed_at = :at WHERE id = :id", {"id": keepsake_id, "at": at}
    )
    return True


def get(connection: Connection, keepsake_id: KeepsakeId) -> Keepsake:
    """One, put away or not. LookupError when there is none, BookDamaged when it is not as it was kept."""
    row = connection.execute("SELECT * FROM keepsake WHERE id = :id", {"id": keepsake_id}).fetchone()
    if row is None:
        raise LookupError("no such keepsake")
    return _keepsake(connection, row)


def all_of_them(connection: Connection, damaged: Damaged | None = None) -> tuple[Keepsake, ...]:
    """All that were not put away, in the parent's order. Of those with nothing in them nothing is seen.

    ``damaged`` as with :func:`whole.read_each`.
    """
    rows = connection.execute(
        "SELECT * FROM keepsake WHERE deleted_at IS NULL ORDER BY position, id"
    ).fetchall()
    return _with_something(connection, rows, damaged)


def put_away(connection: Connection) -> tuple[Keepsake, ...]:
    """Those that were put away, the last one first."""
    rows = connection.execute(
        "SELECT * FROM keepsake WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC"
    ).fetchall()
    return _with_something(connection, rows)


def order(connection: Connection, ids: Sequence[KeepsakeId]) -> None:
    """Give these the order in which they stand here, in the places that they have between them."""
    places = sorted(
        row["position"]
        for row in connection.execute("SELECT id, position FROM keepsake").fetchall()
        if row["id"] in ids
    )
    connection.executemany(
        "UPDATE keepsake SET position = :position WHERE id = :id",
        [{"id": each, "position": place} for each, place in zip(ids, places, strict=True)],
    )


def set_put_away(connection: Connection, keepsake_id: KeepsakeId, at: str | None) -> bool:
    """Put it away at a time in UTC, or bring it back with ``None``; ``False`` when it was so already.

    Raises LookupError when there is none.
    """
    return putting_away.set_put_away(connection, "keepsake", keepsake_id, at)


def destroy(connection: Connection, keepsake_id: KeepsakeId) -> bool:
    """Delete one for ever that was put away; ``False`` when it was not. Its photos stay in the book."""
    links_of_it = ("keepsake_photo", "keepsake_baby")
    return putting_away.destroy(connection, "keepsake", keepsake_id, links=links_of_it)


def _with_something(
    connection: Connection, rows: Sequence[Row], damaged: Damaged | None = None
) -> tuple[Keepsake, ...]:
    """Those with words or a picture: one whose only picture is put away is seen again with it."""
    found = read_each(rows, lambda row: _keepsake(connection, row), damaged)
    return tuple(kept for kept in found if not kept.draft.is_empty)


def _with_those_put_away(
    connection: Connection, keepsake_id: KeepsakeId, photos: Sequence[PhotoId]
) -> tuple[PhotoId, ...]:
    """``photos`` with those of the keepsake that nobody sees now, each behind the one it stood behind."""
    whole: list[PhotoId] = list(photos)
    before: PhotoId | None = None
    for row in _photo_rows(connection, keepsake_id):
        photo = PhotoId(row["photo"])
        if row["deleted_at"] is not None and photo not in whole:
            whole.insert(0 if before is None else whole.index(before) + 1, photo)
        if photo in whole:
            before = photo
    return tuple(whole)


def _photo_rows(connection: Connection, keepsake_id: KeepsakeId) -> list[Row]:
    return connection.execute(
        """
        SELECT keepsake_photo.photo, photo.deleted_at
        FROM keepsake_photo JOIN photo ON photo.id = keepsake_photo.photo
        WHERE keepsake_photo.keepsake = :id ORDER BY keepsake_photo.position, keepsake_photo.photo
        """,
        {"id": keepsake_id},
    ).fetchall()


def _put_photos(connection: Connection, keepsake_id: KeepsakeId, photos: Sequence[PhotoId]) -> None:
    connection.executemany(
        "INSERT INTO keepsake_photo (keepsake, photo, position) VALUES (:id, :photo, :position)",
        [{"id": keepsake_id, "photo": photo, "position": n} for n, photo in enumerate(photos)],
    )


def _put_babies(connection: Connection, keepsake_id: KeepsakeId, babies: Sequence[BabyId]) -> None:
    connection.executemany(
        "INSERT INTO keepsake_baby (keepsake, baby, position) VALUES (:id, :baby, :position)",
        [{"id": keepsake_id, "baby": baby, "position": n} for n, baby in enumerate(babies)],
    )


def _values(draft: KeepsakeDraft, created_at: str, at: str) -> dict[str, object]:
    return {
        "day": str(draft.day),
        "day_key": draft.day.sort_key,
        "in_book": int(draft.in_book),
        "at": at,
        "digest": _digest(draft, created_at),
        "kind": draft.kind,
        "title": draft.title,
        "words": draft.words,
        "kept": draft.kept,
        "given_by": draft.given_by,
    }


def _keepsake(connection: Connection, row: Row) -> Keepsake:
    babies = connection.execute(
        "SELECT baby FROM keepsake_baby WHERE keepsake = :id ORDER BY position", {"id": row["id"]}
    ).fetchall()
    shown = [each for each in _photo_rows(connection, KeepsakeId(row["id"])) if each["deleted_at"] is None]
    try:
        draft = KeepsakeDraft(
            kind=row["kind"],
            title=row["title"],
            words=row["words"],
            day=VagueDate.parse(row["day"]),
            kept=row["kept"],
            given_by=row["given_by"],
            babies=tuple(BabyId(each["baby"]) for each in babies),
            photos=tuple(PhotoId(each["photo"]) for each in shown),
            in_book=bool(row["in_book"]),
        )
    except ValueError:
        raise BookDamaged from None
    if _digest(draft, row["created_at"]) != row["digest"]:
        raise BookDamaged
    return Keepsake(KeepsakeId(row["id"]), draft, row["created_at"], row["deleted_at"])


def _digest(draft: KeepsakeDraft, created_at: str) -> bytes:
    """Over everything a person wrote or chose but the pictures, which have digests of their own."""
    return digest_of(
        created_at,
        "1" if draft.in_book else "0",
        draft.kind,
        draft.title,
        draft.words,
        str(draft.day),
        draft.kept,
        draft.given_by,
        *(str(int(baby)) for baby in draft.babies),
    )
