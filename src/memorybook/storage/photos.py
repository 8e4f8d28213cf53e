"""What is known of the pictures, as rows. Their files and small pictures are :mod:`photo_files`' matter."""

from collections.abc import Sequence
from dataclasses import replace

from memorybook.domain.dates import VagueDate
from memorybook.domain.edit import Edit, turned
from memorybook.domain.ids import BabyId, EntryId, MediaId, PhotoId
from memorybook.domain.photo import DecodedPicture, Photo, PhotoDraft, PhotoFilter, PhotoKind, PhotoRow
from memorybook.errors import BookDamaged
from memorybook.storage import photo_files, search
from memorybook.storage.connection import Connection, Row
from memorybook.storage.digest import digest_of
from memorybook.storage.text import storable
from memorybook.storage.whole import Damaged, read_each


def normal(draft: PhotoDraft) -> PhotoDraft:
    """The draft as the database holds it: writing it and reading it back gives an equal one."""
    return replace(
        draft,
        caption=storable(draft.caption),
        description=storable(draft.description),
        taken_by=storable(draft.taken_by),
        who=storable(draft.who),
        babies=tuple(dict.fromkeys(draft.babies)),
    )


def facts(picture: DecodedPicture) -> dict[str, str | int | None]:
    """What the file of a photo itself says, by column."""
    return {
        "format": picture.format,
        "width": picture.width,
        "height": picture.height,
        "orientation": picture.orientation,
        "colour_mode": picture.colour_mode,
        "icc": int(picture.icc),
    }


def insert(
    connection: Connection,
    picture: DecodedPicture,
    *,
    media: MediaId,
    rendition: MediaId,
    digest: bytes,
    byte_size: int,
    at: str,
    covered: bool = False,
) -> PhotoId:
    """A new photo whose media files are on the disk already. ``digest`` is SHA-256 of the original."""
    draft = PhotoDraft(taken=picture.taken, covered=covered)
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
            **facts(picture),
            "byte_size": byte_size,
            "per_mm": picture.per_mm,
            "at": at,
        },
    )
    photo_id = PhotoId(cursor.lastrowid)
    photo_files.put_thumbnail(connection, photo_id, picture.thumbnail)
    return photo_id


def find(connection: Connection, digest: bytes) -> PhotoId | None:
    """The photo whose original has this SHA-256, put away or not, if it is in the book."""
    row = connection.execute("SELECT id FROM photo WHERE digest = :digest", {"digest": digest}).fetchone()
    return None if row is None else PhotoId(row["id"])


def get(connection: Connection, photo_id: PhotoId) -> Photo:
    """One photo, put away or not. LookupError when there is none, BookDamaged when it is not as kept."""
    return _photo(connection, _row(connection, photo_id))


def get_many(connection: Connection, photo_ids: Sequence[PhotoId]) -> tuple[Photo, ...]:
    """These photos, in this order. Raises LookupError when one is not there."""
    return tuple(get(connection, photo_id) for photo_id in photo_ids)


def get_present(connection: Connection, photo_ids: Sequence[PhotoId]) -> tuple[Photo, ...]:
    """As :func:`get_many`, without those that are not there; LookupError when none of them is."""
    known = "SELECT 1 FROM photo WHERE id = :id"
    there = [each for each in photo_ids if connection.execute(known, {"id": each}).fetchone() is not None]
    return get_many(connection, there or photo_ids)


def all_of_them(connection: Connection, damaged: Damaged | None = None) -> tuple[Photo, ...]:
    """All that are not put away, as they came in.

    One that is not as it was kept is told to ``damaged``; without it BookDamaged is raised.
    """
    found = connection.execute("SELECT * FROM photo WHERE deleted_at IS NULL ORDER BY id").fetchall()
    return read_each(found, lambda row: _photo(connection, row), damaged)


def rows(connection: Connection, only: PhotoFilter) -> tuple[PhotoRow, ...]:
    """All photos that are not put away, or those of them that are asked for; the newest day first."""
    parts, values = ["deleted_at IS NULL"], dict[str, object]()
    for name, wanted in (("kind", only.kind), ("covered", only.covered), ("in_book", only.in_book)):
        if wanted is not None:
            parts.append(f"{name} = :{name}")
            values[name] = wanted.value if isinstance(wanted, PhotoKind) else int(wanted)
    if only.baby is not None:
        parts.append("id IN (SELECT photo FROM photo_baby WHERE baby = :baby)")
        values["baby"] = only.baby
    found = connection.execute(
        f"""
        SELECT id, caption, description, taken, kind, covered, in_book, width, height, edit FROM photo
        WHERE {" AND ".join(parts)} ORDER BY day_key DESC, id DESC
        """,  # noqa: S608 - made of constants
        values,
    )
    try:
        return tuple(map(_list_row, found))
    except ValueError:
        raise BookDamaged from None


def orientation_as_it_is(connection: Connection, photo_id: PhotoId) -> int | None:
    """The EXIF orientation with which the pixels of the original are the picture as it is shown.

    ``None`` when that takes other pixels: for what is no RGB or grey JPEG, for colours that are not sRGB,
    and for every edit but a turn.
    """
    row = _row(connection, photo_id)
    edit = Edit.parse(row["edit"])
    if row["format"] != "JPEG" or row["colour_mode"] not in {"RGB", "L"} or row["icc"]:
        return None
    if not replace(edit, turn=0).is_untouched:
        return None
    return turned(row["orientation"] or 1, edit.turn)


def change(connection: Connection, photo: Photo, draft: PhotoDraft, at: str) -> None:
    """Have a photo say what ``draft`` says, which is :func:`normal`; pages are found by the new words."""
    connection.execute(
        """
        UPDATE photo SET kind = :kind, covered = :covered, in_book = :in_book, taken = :taken,
               day_key = :day_key, taken_by = :taken_by, who = :who, caption = :caption,
               description = :description, words_digest = :words_digest, changed_at = :at
        WHERE id = :id
        """,
        {**_values(draft, photo.created_at), "at": at, "id": photo.id},
    )
    if draft.babies != photo.draft.babies:
        connection.execute("DELETE FROM photo_baby WHERE photo = :photo", {"photo": photo.id})
        connection.executemany(
            "INSERT INTO photo_baby (photo, baby, position) VALUES (:photo, :baby, :position)",
            [{"photo": photo.id, "baby": baby, "position": n} for n, baby in enumerate(draft.babies)],
        )
    if (draft.caption, draft.description) != (photo.caption, photo.description):
        for entry_id in entries_with(connection, photo.id):
            search.index(connection, entry_id)


def measure(connection: Connection, photo_id: PhotoId, per_mm: float | None, at: str) -> None:
    """Note how many pixels of the upright original one millimetre takes, or that it is not known."""
    connection.execute(
        "UPDATE photo SET per_mm = :per_mm, changed_at = :at WHERE id = :id",
        {"per_mm": per_mm, "at": at, "id": photo_id},
    )


def entries_with(connection: Connection, photo_id: PhotoId) -> tuple[EntryId, ...]:
    """The pages a photo is on, shown or put away."""
    found = connection.execute("SELECT entry FROM entry_photo WHERE photo = :photo", {"photo": photo_id})
    return tuple(EntryId(row["entry"]) for row in found.fetchall())


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


def _list_row(row: Row) -> PhotoRow:
    width, height = Edit.parse(row["edit"]).size(row["width"], row["height"])
    return PhotoRow(
        id=PhotoId(row["id"]),
        caption=row["caption"],
        description=row["description"],
        taken=VagueDate.parse(row["taken"]),
        kind=PhotoKind(row["kind"]),
        covered=bool(row["covered"]),
        in_book=bool(row["in_book"]),
        width=width,
        height=height,
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
