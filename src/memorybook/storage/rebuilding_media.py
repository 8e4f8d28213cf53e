"""Photos and recordings of a damaged book in the new one: their rows, and the files that prove them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from memorybook.domain.edit import UNTOUCHED, Edit
from memorybook.domain.ids import BabyId, MediaId, PhotoId, RecordingId
from memorybook.domain.photo import DecodedPicture, Photo, PhotoDraft
from memorybook.domain.recording import Probed, Recording, RecordingDraft, Sort
from memorybook.errors import BookDamaged
from memorybook.storage import photo_files, photos, recordings
from memorybook.storage.lenient import photo_of, recording_of
from memorybook.storage.rebuilding import Files, Rebuilding
from memorybook.storage.rows import Found, Values

NOTHING_KNOWN = Probed(Sort.UNKNOWN, "", playable=False, milliseconds=None, width=0, height=0)


@dataclass(frozen=True, slots=True)
class Unsure:
    """A photo or recording in the new book whose file has to be looked at: for what it says of itself, or for
    the small picture.
    """

    id: int
    media: MediaId
    edit: Edit
    facts: bool
    picture: bool


@dataclass
class Missing:
    """What is to be looked at, and what still tells the numbers of those of which no row is left.

    ``originals`` and ``made`` are files by their names, as the indexes have them; ``thumbnails`` small
    pictures of photos by their SHA-256, ``pictures`` those of recordings by their digest, 0 where there is
    more than one.
    """

    photos: list[Unsure] = field(default_factory=list)
    recordings: list[Unsure] = field(default_factory=list)
    originals: dict[MediaId, int] = field(default_factory=dict)
    made: dict[MediaId, int] = field(default_factory=dict)
    thumbnails: dict[bytes, int] = field(default_factory=dict)
    pictures: dict[bytes, int] = field(default_factory=dict)


def rebuild(new: Rebuilding, files: Files) -> Missing:
    """Put in every photo and recording of which there is a row; what is left to be done."""
    missing = Missing()
    for index in ("sqlite_autoindex_photo_1", "sqlite_autoindex_recording_1"):
        missing.originals |= _numbers(new, index)
    for index in ("sqlite_autoindex_photo_2", "sqlite_autoindex_photo_3"):
        missing.made |= _numbers(new, index)
    for number in new.ids("photo"):
        _photo(new, number, files, missing)
        new.step()
    for number in new.ids("recording"):
        _recording(new, number, files, missing)
        new.step()
    photo_counts, recording_counts = new.counts["photo"], new.counts["recording"]
    for number in new.ids("thumbnail"):
        if not new.has("photo", number):
            jpeg = small_picture(new, number)
            if jpeg:
                missing.thumbnails[hashlib.sha256(jpeg).digest()] = number
    for number in new.ids("recording_picture"):
        if not new.has("recording", number):
            for row in new.candidates("recording_picture", number):
                digest = _bytes(row.values, "digest")
                if row.is_sure:  # of two that look the same at a glance it is not known which is which
                    missing.pictures[digest] = 0 if digest in missing.pictures else number
    photo_counts.known |= {*new.ids("photo"), *new.ids("thumbnail"), *new.named("photo")}
    recording_counts.known |= {*new.ids("recording"), *new.ids("recording_picture"), *new.named("recording")}
    for table in ("entry_photo", "keepsake_photo"):
        photo_counts.known.update(*(new.linked(table, owner) for owner in new.owners(table)))
    recording_counts.known.update(
        *(new.linked("entry_recording", owner) for owner in new.owners("entry_recording"))
    )
    return missing


def _photo(new: Rebuilding, number: int, files: Files, missing: Missing) -> None:
    for row in new.candidates("photo", number):
        has_file = _has_file(row.values, files)
        if not _is_trusted(row, number, files, missing):
            continue
        whole = any(
            new.attempt(partial(_put_photo, new, row, babies))
            for babies in new.babies_in_doubt("photo_baby", number)
        )
        if whole or (row.is_sure and new.attempt(partial(_put_part_of_photo, new, row, number))):
            pictured = any(
                new.attempt(partial(_put_thumbnail, new, found, number))
                for found in new.candidates("thumbnail", number)
            )
            counts = new.counts["photo"]
            (counts.whole if whole and has_file else counts.in_part).add(number)
            if not pictured or not row.is_sure:
                edit = photos.get(new.connection, PhotoId(number)).edit
                media = MediaId(str(row.values["media"]))
                missing.photos.append(
                    Unsure(number, media, edit, facts=not row.is_sure, picture=not pictured)
                )
            return


def _put_photo(new: Rebuilding, row: Found, babies: tuple[BabyId, ...]) -> bool:
    number = int(str(row.values["id"]))
    new.put("photo", row.values)
    for baby in babies:
        new.need_baby(baby)
    new.link("photo_baby", number, babies)
    photos.get(new.connection, PhotoId(number))
    return True


def _put_part_of_photo(new: Rebuilding, row: Found, number: int) -> bool:
    values = row.values
    new.put("photo", values)
    was = Photo(
        id=PhotoId(number),
        media=MediaId(str(values["media"])),
        format=str(values["format"]),
        byte_size=0,
        width=0,
        height=0,
        digest="",
        created_at=str(values["created_at"]),
    )
    babies = tuple(BabyId(each) for each in new.linked("photo_baby", number) if new.has("baby", each))
    photos.change(new.connection, was, photos.normal(photo_of(values, babies, new.marks)), new.at)
    photos.get(new.connection, PhotoId(number))
    return True


def _put_thumbnail(new: Rebuilding, row: Found, number: int) -> bool:
    new.put("thumbnail", row.values)
    photo_files.thumbnail(new.connection, PhotoId(number))
    return True


def small_picture(new: Rebuilding, number: int) -> bytes:
    """The small picture of a photo, as far as it agrees with its digest; nothing when there is none."""
    for row in new.candidates("thumbnail", number):
        jpeg = _bytes(row.values, "jpeg")
        if hashlib.sha256(jpeg).digest() == row.values["digest"]:
            return jpeg
    return b""


def _numbers(new: Rebuilding, index: str) -> dict[MediaId, int]:
    """The numbers of the rows that name these files."""
    return {
        MediaId(values[0]): values[1]
        for values in new.indexed(index)
        if len(values) == 2 and isinstance(values[0], str) and isinstance(values[1], int)
    }


def _is_trusted(row: Found, number: int, files: Files, missing: Missing) -> bool:
    """Whether a row is sure; or its file is the one it says, and nothing says that its number is another."""
    if row.is_sure:
        return True
    told = missing.originals.get(MediaId(str(row.values["media"])), number)
    return told == number and _has_file(row.values, files)


def _recording(new: Rebuilding, number: int, files: Files, missing: Missing) -> None:
    for row in new.candidates("recording", number):
        has_file = _has_file(row.values, files)
        if not _is_trusted(row, number, files, missing):
            continue
        whole = any(
            new.attempt(partial(_put_recording, new, row, babies))
            for babies in new.babies_in_doubt("recording_baby", number)
        )
        if whole or (row.is_sure and new.attempt(partial(_put_part_of_recording, new, row, number))):
            pictured = any(
                new.attempt(partial(_put_picture, new, found, number))
                for found in new.candidates("recording_picture", number)
            )
            counts = new.counts["recording"]
            (counts.whole if whole and has_file else counts.in_part).add(number)
            if not pictured:
                put_sound_picture(new, number, NOTHING_KNOWN)
            if not pictured or not row.is_sure:
                media = MediaId(str(row.values["media"]))
                missing.recordings.append(
                    Unsure(number, media, UNTOUCHED, facts=not row.is_sure, picture=not pictured)
                )
            return


def _put_recording(new: Rebuilding, row: Found, babies: tuple[BabyId, ...]) -> bool:
    number = int(str(row.values["id"]))
    new.put("recording", row.values)
    for baby in babies:
        new.need_baby(baby)
    new.link("recording_baby", number, babies)
    recordings.get(new.connection, RecordingId(number))
    return True


def _put_part_of_recording(new: Rebuilding, row: Found, number: int) -> bool:
    values = row.values
    new.put("recording", values)
    was = Recording(
        id=RecordingId(number),
        media=MediaId(str(values["media"])),
        sort=Sort.UNKNOWN,
        format="",
        byte_size=0,
        milliseconds=None,
        width=0,
        height=0,
        playable=False,
        digest="",
        file_name=str(values["file_name"]),
        draft=RecordingDraft(),
        created_at=str(values["created_at"]),
    )
    babies = tuple(BabyId(each) for each in new.linked("recording_baby", number) if new.has("baby", each))
    draft = recordings.normal(recording_of(values, babies, new.marks))
    recordings.change(new.connection, was, draft, new.at)
    return True


def _put_picture(new: Rebuilding, row: Found, number: int) -> bool:
    new.put("recording_picture", row.values)
    recordings.picture(new.connection, RecordingId(number))
    return True


def put_sound_picture(new: Rebuilding, number: int, probed: Probed) -> None:
    """Have this be what is heard and seen of a recording at a glance."""
    new.connection.execute("DELETE FROM recording_picture WHERE recording = :id", {"id": number})
    recordings.put_picture(new.connection, RecordingId(number), probed)


def add_photo(
    new: Rebuilding,
    picture: DecodedPicture,
    *,
    number: int | None,
    media: MediaId,
    rendition: MediaId,
    digest: bytes,
    length: int,
) -> int:
    """Put in a photo of which nothing is written down any more, covered: it may have been. Its number."""
    made = photos.insert(
        new.connection,
        picture,
        media=media,
        rendition=rendition,
        digest=digest,
        byte_size=length,
        at=new.at,
        covered=True,
    )
    kept = photos.get(new.connection, made)
    draft = PhotoDraft(description=new.marks.note, taken=picture.taken, covered=True)
    photos.change(new.connection, kept, draft, new.at)
    if number is None or new.has("photo", number):
        return int(made)
    new.connection.execute("DELETE FROM thumbnail WHERE photo = :id", {"id": made})
    new.connection.execute("UPDATE photo SET id = :id WHERE id = :made", {"id": number, "made": made})
    photo_files.put_thumbnail(new.connection, PhotoId(number), picture.thumbnail)
    return number


def add_recording(
    new: Rebuilding,
    probed: Probed,
    *,
    number: int | None,
    numbers: Mapping[bytes, int],
    media: MediaId,
    digest: bytes,
    length: int,
) -> int:
    """Put in a recording of which nothing is written down any more, covered. Its number.

    ``number`` is the one it had, or ``numbers`` are those of recordings by how they look at a glance.
    """
    made = recordings.insert(
        new.connection,
        probed,
        RecordingDraft(notes=new.marks.note, taken=probed.taken, covered=True),
        media=media,
        digest=digest,
        byte_size=length,
        file_name="",
        at=new.at,
    )
    row = new.connection.execute(
        "SELECT digest FROM recording_picture WHERE recording = :id", {"id": made}
    ).fetchone()
    number = number or (0 if row is None else numbers.get(bytes(row["digest"]), 0))
    if not number or new.has("recording", number):
        return int(made)
    new.connection.execute("DELETE FROM recording_picture WHERE recording = :id", {"id": made})
    new.connection.execute("UPDATE recording SET id = :id WHERE id = :made", {"id": number, "made": made})
    put_sound_picture(new, number, probed)
    return number


def note_facts(new: Rebuilding, number: int, picture: DecodedPicture) -> None:
    """Write down anew what the file of a photo itself says."""
    new.connection.execute(
        """
        UPDATE photo SET format = :format, width = :width, height = :height, orientation = :orientation,
               colour_mode = :colour_mode, icc = :icc WHERE id = :id
        """,
        {**photos.facts(picture), "id": number},
    )


def _has_file(values: Values, files: Files) -> bool:
    file = files.get(MediaId(str(values["media"])))
    return file is not None and file.digest != b"" and file.digest == values["digest"]


def _bytes(values: Values, name: str) -> bytes:
    value = values[name]
    if not isinstance(value, bytes):
        raise BookDamaged
    return value
