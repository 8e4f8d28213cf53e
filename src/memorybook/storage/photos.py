"""What is known of the pictures, as rows; the small pictures too. The large ones are media files."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from memorybook.domain.dates import VagueDate
from memorybook.domain.edit import Edit
from memorybook.domain.ids import BabyId, EntryId, MediaId, PhotoId
from memorybook.domain.photo import DecodedPicture, Photo, PhotoDraft, PhotoKind
from memorybook.errors import BookDamaged
from memorybook.storage import search
from memorybook.storage.connection import Connection, Row
from memorybook.storage.digest import digest_of
from memorybook.storage.text import storable


def insert(
    connection: Connection,
    picture: DecodedPicture,
    *,
    media: MediaId,
    rendition: MediaId,
    digest: bytes,
    byte_size: int,
    at: str,
) -> PhotoId:
    """A new photo whose media files are on the disk already. ``digest`` is SHA-256 of the original."""
    draft = PhotoDraft(taken=picture.taken)
    cursor = connection.execute(
        """
        INSERT INTO photo (media, rendition, digest, format, byte_size, width, height, orientation,
                           colour_mode, icc, per_mm, edit, kind, covered, in_book, taken, day_key,
                           taken_by, who, caption, description, created_at, changed_at, words_digest)
        VALUES (:media, :rendition, :digest, :format, :byte_size, :width, :height, :orientation,
                :colour_mode, :icc, :per_mm, '', :kind, :covered, :in_book, :taken, :day_key,
                :taken_by, :who, :caption, :description, :at, :at, :words_digest)
        """,
        {
            **_values(draft, at),
            "media": media,
            "rendition": rendition,
            "digest": digest,
            "format": picture.format,
            "byte_size": byte_size,
            "width": picture.width,
            "height": picture.height,
            "orientation": picture.orientation,
            "colour_mode": picture.colour_mode,
            "icc": int(picture.icc),
            "per_mm": picture.per_mm,
            "at": at,
        },
    )
    photo_id = PhotoId(cursor.lastrowid)
    connection.execute(
        "INSERT INTO thumbnail (photo, digest, jpeg) VALUES (:photo, :digest, :jpeg)",
        {
            "photo": photo_id,
            "digest": hashlib.sha256(picture.thumbnail).digest(),
            "jpeg": picture.thumbnail,
        },
    )
    return photo_id


def renew(connection: Connection, photo_id: PhotoId, media: MediaId, rendition: MediaId) -> None:
    """Name other media files of the same picture, which are on the disk already."""
    connection.execute(
        "UPDATE photo SET media = :media, rendition = :rendition WHERE id = :id",
        {"media": media, "rendition": rendition, "id": photo_id},
    )


def find(connection: Connection, digest: bytes) -> PhotoId | None:
    """The photo whose original has this SHA-256, if it is in the book."""
    row = connection.execute("SELECT id FROM photo WHERE digest = :digest", {"digest": digest}).fetchone()
    return None if row is None else PhotoId(row["id"])


def get(connection: Connection, photo_id: PhotoId) -> Photo:
    """One photo. Raises LookupError when there is none."""
    return _photo(connection, _row(connection, photo_id))


def get_many(connection: Connection, photo_ids: Sequence[PhotoId]) -> tuple[Photo, ...]:
    """These photos, in this order. Raises LookupError when one is not there."""
    return tuple(get(connection, photo_id) for photo_id in photo_ids)


def media_of(connection: Connection, photo_id: PhotoId) -> tuple[MediaId, MediaId]:
    """The media files of the original and of the picture for the screen."""
    row = _row(connection, photo_id)
    return MediaId(row["media"]), MediaId(row["rendition"])


def passes_unchanged(connection: Connection, photo_id: PhotoId) -> bool:
    """Whether the original is an upright RGB or grey JPEG without a colour profile of its own."""
    row = _row(connection, photo_id)
    return (
        row["format"] == "JPEG"
        and row["orientation"] == 1
        and row["colour_mode"] in {"RGB", "L"}
        and not row["icc"]
    )


def thumbnail(connection: Connection, photo_id: PhotoId) -> bytes:
    """The small JPEG. Raises LookupError when there is none, BookDamaged when it is not as it was kept."""
    row = connection.execute(
        "SELECT digest, jpeg FROM thumbnail WHERE photo = :photo", {"photo": photo_id}
    ).fetchone()
    if row is None:
        raise LookupError("no such photo")
    jpeg = bytes(row["jpeg"])
    if hashlib.sha256(jpeg).digest() != row["digest"]:
        raise BookDamaged
    return jpeg


def describe(connection: Connection, photo_id: PhotoId, caption: str, description: str) -> list[EntryId]:
    """Put words to a photo. Returns the entries it is on, whose index is brought up to date."""
    photo = get(connection, photo_id)
    draft = replace(photo.draft, caption=storable(caption), description=storable(description))
    connection.execute(
        """
        UPDATE photo SET kind = :kind, covered = :covered, in_book = :in_book, taken = :taken,
               day_key = :day_key, taken_by = :taken_by, who = :who, caption = :caption,
               description = :description, words_digest = :words_digest
        WHERE id = :id
        """,
        {**_values(draft, photo.created_at), "id": photo_id},
    )
    rows = connection.execute("SELECT entry FROM entry_photo WHERE photo = :photo", {"photo": photo_id})
    entries = [EntryId(row["entry"]) for row in rows.fetchall()]
    for entry_id in entries:
        search.index(connection, entry_id)
    return entries


def _row(connection: Connection, photo_id: PhotoId) -> Row:
    row = connection.execute("SELECT * FROM photo WHERE id = :id", {"id": photo_id}).fetchone()
    if row is None:
        raise LookupError("no such photo")
    return row


def _values(draft: PhotoDraft, created_at: str) -> dict[str, object]:
    return {
        "kind": draft.kind.value,
        "covered": int(draft.covered),
        "in_book": int(draft.in_book),
        "taken": str(draft.taken),
        "day_key": _day_key(draft.taken, created_at),
        "taken_by": draft.taken_by,
        "who": draft.who,
        "caption": draft.caption,
        "description": draft.description,
        "words_digest": _digest(draft, created_at),
    }


def _day_key(taken: VagueDate, created_at: str) -> int:
    """Where it stands among the others: by its date, or by the day it came in where that is unknown."""
    return taken.sort_key or int(created_at[:10].replace("-", ""))


def _digest(draft: PhotoDraft, created_at: str) -> bytes:
    return digest_of(
        created_at,
        draft.kind.value,
        "1" if draft.covered else "0",
        "1" if draft.in_book else "0",
        str(draft.taken),
        draft.taken_by,
        draft.who,
        draft.caption,
        draft.description,
        *map(str, draft.babies),
    )


def _photo(connection: Connection, row: Row) -> Photo:
    babies = connection.execute(
        "SELECT baby FROM photo_baby WHERE photo = :photo ORDER BY position", {"photo": row["id"]}
    ).fetchall()
    try:
        draft = PhotoDraft(
            caption=row["caption"],
            description=row["description"],
            taken=VagueDate.parse(row["taken"]),
            taken_by=row["taken_by"],
            who=row["who"],
            kind=PhotoKind(row["kind"]),
            babies=tuple(BabyId(each["baby"]) for each in babies),
            covered=bool(row["covered"]),
            in_book=bool(row["in_book"]),
        )
        edit = Edit.parse(row["edit"])
    except ValueError:
        raise BookDamaged from None
    if _digest(draft, row["created_at"]) != row["words_digest"]:
        raise BookDamaged
    return Photo(
        id=PhotoId(row["id"]),
        media=MediaId(row["media"]),
        format=row["format"],
        byte_size=row["byte_size"],
        width=row["width"],
        height=row["height"],
        digest=bytes(row["digest"]).hex(),
        draft=draft,
        edit=edit,
        per_mm=row["per_mm"],
        created_at=row["created_at"],
        deleted_at=row["deleted_at"],
    )
