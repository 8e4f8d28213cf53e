"""What is known of the recordings, as rows. The sound and the pictures themselves are media files."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from memorybook.domain.dates import VagueDate
from memorybook.domain.ids import BabyId, EntryId, MediaId, RecordingId
from memorybook.domain.recording import Probed, Recording, RecordingDraft, RecordingKind, Sort
from memorybook.errors import BookDamaged
from memorybook.storage import putting_away
from memorybook.storage.connection import Connection, Row
from memorybook.storage.digest import digest_of
from memorybook.storage.text import storable
from memorybook.storage.whole import Damaged, read_each


def normal(draft: RecordingDraft) -> RecordingDraft:
    """The draft as the database holds it: writing it and reading it back gives an equal one."""
    return replace(
        draft,
        title=storable(draft.title),
        recorded_by=storable(draft.recorded_by),
        place=storable(draft.place),
        notes=storable(draft.notes),
        babies=tuple(dict.fromkeys(draft.babies)),
    )


def insert(
    connection: Connection,
    probed: Probed,
    draft: RecordingDraft,
    *,
    media: MediaId,
    digest: bytes,
    byte_size: int,
    file_name: str,
    at: str,
) -> RecordingId:
    """A new recording whose media file is on the disk already.

    ``draft`` is :func:`normal`, ``digest`` is SHA-256 of the original, ``at`` the time in UTC.
    """
    file_name = storable(file_name)
    cursor = connection.execute(
        """
        INSERT INTO recording (media, digest, sort, format, byte_size, milliseconds, width, height, playable,
                               kind, covered, in_book, taken, day_key, created_at, changed_at, words_digest,
                               file_name, title, recorded_by, place, notes)
        VALUES (:media, :digest, :sort, :format, :byte_size, :milliseconds, :width, :height, :playable,
                :kind, :covered, :in_book, :taken, :day_key, :at, :at, :words_digest,
                :file_name, :title, :recorded_by, :place, :notes)
        """,
        {
            **_values(draft, file_name, at),
            "media": media,
            "digest": digest,
            **_facts(probed),
            "byte_size": byte_size,
            "file_name": file_name,
            "at": at,
        },
    )
    recording_id = RecordingId(cursor.lastrowid)
    put_picture(connection, recording_id, probed)
    _put_babies(connection, recording_id, draft.babies)
    return recording_id


def put_picture(connection: Connection, recording_id: RecordingId, probed: Probed) -> None:
    """Keep what is to be heard and seen of a recording, in the place of what there may be."""
    connection.execute(
        """
        INSERT INTO recording_picture (recording, digest, waveform, poster)
        VALUES (:recording, :digest, :waveform, :poster)
        ON CONFLICT (recording) DO UPDATE
        SET digest = excluded.digest, waveform = excluded.waveform, poster = excluded.poster
        """,
        {
            "recording": recording_id,
            "digest": _picture_digest(probed.waveform, probed.poster),
            "waveform": probed.waveform,
            "poster": probed.poster,
        },
    )


def change(connection: Connection, kept: Recording, draft: RecordingDraft, at: str) -> Recording:
    """Put ``draft`` in the place of what ``kept`` holds."""
    connection.execute(
        """
        UPDATE recording SET kind = :kind, covered = :covered, in_book = :in_book, taken = :taken,
               day_key = :day_key, changed_at = :at, words_digest = :words_digest, title = :title,
               recorded_by = :recorded_by, place = :place, notes = :notes
        WHERE id = :id
        """,
        {**_values(draft, kept.file_name, kept.created_at), "at": at, "id": kept.id},
    )
    if draft.babies != kept.draft.babies:
        connection.execute("DELETE FROM recording_baby WHERE recording = :id", {"id": kept.id})
        _put_babies(connection, kept.id, draft.babies)
    return get(connection, kept.id)


def cover(connection: Connection, recording_id: RecordingId, covered: bool, at: str) -> bool:
    """Have it covered or not; ``False`` when it was so already. LookupError when there is none."""
    kept = get(connection, recording_id)
    if kept.draft.covered == covered:
        return False
    change(connection, kept, replace(kept.draft, covered=covered), at)
    return True


def renew(connection: Connection, recording_id: RecordingId, media: MediaId) -> None:
    """Name another media file of the same recording, which is on the disk already."""
    connection.execute(
        "UPDATE recording SET media = :media WHERE id = :id", {"media": media, "id": recording_id}
    )


def note(connection: Connection, recording_id: RecordingId, probed: Probed) -> None:
    """More is known of the file than when it came in: what it is, and what is to be heard and seen of it."""
    connection.execute(
        """
        UPDATE recording SET sort = :sort, format = :format, milliseconds = :milliseconds, width = :width,
               height = :height, playable = :playable
        WHERE id = :id
        """,
        {**_facts(probed), "id": recording_id},
    )
    connection.execute(
        """
        UPDATE recording_picture SET digest = :digest, waveform = :waveform, poster = :poster
        WHERE recording = :id
        """,
        {
            "digest": _picture_digest(probed.waveform, probed.poster),
            "waveform": probed.waveform,
            "poster": probed.poster,
            "id": recording_id,
        },
    )


def find(connection: Connection, digest: bytes) -> RecordingId | None:
    """The recording whose original has this SHA-256, put away or not, if it is in the book."""
    row = connection.execute("SELECT id FROM recording WHERE digest = :digest", {"digest": digest}).fetchone()
    return None if row is None else RecordingId(row["id"])


def has_size(connection: Connection, byte_size: int) -> bool:
    """Whether any recording has so many bytes: one of another size need not be compared."""
    found = connection.execute("SELECT 1 FROM recording WHERE byte_size = :size", {"size": byte_size})
    return found.fetchone() is not None


def get(connection: Connection, recording_id: RecordingId) -> Recording:
    """One recording, put away or not. LookupError without one, BookDamaged when it is not as it was kept."""
    row = connection.execute("SELECT * FROM recording WHERE id = :id", {"id": recording_id}).fetchone()
    if row is None:
        raise LookupError("no such recording")
    return _recording(connection, row)


def get_shown(connection: Connection, ids: Sequence[RecordingId]) -> tuple[Recording, ...]:
    """Those of these that are in the book and not put away, in this order."""
    shown: list[Recording] = []
    for recording_id in ids:
        row = connection.execute(
            "SELECT * FROM recording WHERE id = :id AND deleted_at IS NULL", {"id": recording_id}
        ).fetchone()
        if row is not None:
            shown.append(_recording(connection, row))
    return tuple(shown)


def all_of_them(connection: Connection, damaged: Damaged | None = None) -> tuple[Recording, ...]:
    """All that are not put away, the newest day first; ``damaged`` as with :func:`whole.read_each`."""
    rows = connection.execute(
        "SELECT * FROM recording WHERE deleted_at IS NULL ORDER BY day_key DESC, id DESC"
    ).fetchall()
    return read_each(rows, lambda row: _recording(connection, row), damaged)


def put_away_ones(connection: Connection) -> tuple[Recording, ...]:
    """Those that were put away, the last one first."""
    rows = connection.execute(
        "SELECT * FROM recording WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC"
    ).fetchall()
    return tuple(_recording(connection, row) for row in rows)


def picture(connection: Connection, recording_id: RecordingId) -> tuple[bytes, bytes]:
    """The loudness of the sound and the still of the video, as in :class:`Probed`; each may be empty.

    Raises LookupError when there is no such recording, BookDamaged when they are not as they were kept.
    """
    row = connection.execute(
        "SELECT digest, waveform, poster FROM recording_picture WHERE recording = :id", {"id": recording_id}
    ).fetchone()
    if row is None:
        raise LookupError("no such recording")
    waveform, poster = bytes(row["waveform"]), bytes(row["poster"])
    if _picture_digest(waveform, poster) != row["digest"]:
        raise BookDamaged
    return waveform, poster


def media_of(connection: Connection, recording_id: RecordingId) -> MediaId:
    """The media file of the original. LookupError when there is no such recording."""
    row = connection.execute("SELECT media FROM recording WHERE id = :id", {"id": recording_id}).fetchone()
    if row is None:
        raise LookupError("no such recording")
    return MediaId(row["media"])


def entries_of(connection: Connection, ids: Iterable[RecordingId]) -> tuple[EntryId, ...]:
    """The pages that any of these is on."""
    found: dict[EntryId, None] = {}
    for recording_id in ids:
        rows = connection.execute(
            "SELECT entry FROM entry_recording WHERE recording = :id ORDER BY entry", {"id": recording_id}
        )
        found.update((EntryId(row["entry"]), None) for row in rows)
    return tuple(found)


def set_away(connection: Connection, recording_id: RecordingId, at: str | None) -> bool:
    """Put it away at a time in UTC, or bring it back with ``None``; ``False`` when it was so already.

    Raises LookupError when there is none.
    """
    return putting_away.set_put_away(connection, "recording", recording_id, at)


def away_media(connection: Connection, ids: Sequence[RecordingId]) -> dict[RecordingId, MediaId]:
    """The media files of those of these that are put away."""
    found: dict[RecordingId, MediaId] = {}
    for recording_id in ids:
        row = connection.execute(
            "SELECT media FROM recording WHERE id = :id AND deleted_at IS NOT NULL", {"id": recording_id}
        ).fetchone()
        if row is not None:
            found[recording_id] = MediaId(row["media"])
    return found


def destroy(connection: Connection, recording_id: RecordingId) -> bool:
    """Take a recording that is put away out of the book; ``False`` when it is not among those.

    Pages it was on go without it; their earlier versions still name its number, which says nothing.
    """
    links = ("entry_recording", "recording_baby", "recording_picture")
    return putting_away.destroy(connection, "recording", recording_id, links=links)


def _facts(probed: Probed) -> dict[str, object]:
    return {
        "sort": probed.sort.value,
        "format": probed.format,
        "milliseconds": probed.milliseconds,
        "width": probed.width,
        "height": probed.height,
        "playable": int(probed.playable),
    }


def _put_babies(connection: Connection, recording_id: RecordingId, babies: Sequence[BabyId]) -> None:
    connection.executemany(
        "INSERT INTO recording_baby (recording, baby, position) VALUES (:recording, :baby, :position)",
        [{"recording": recording_id, "baby": baby, "position": n} for n, baby in enumerate(babies)],
    )


def _values(draft: RecordingDraft, file_name: str, created_at: str) -> dict[str, object]:
    return {
        "kind": draft.kind.value,
        "covered": int(draft.covered),
        "in_book": int(draft.in_book),
        "taken": str(draft.taken),
        # where it stands: by its date, or by the day it came in where that is unknown
        "day_key": draft.taken.sort_key or int(created_at[:10].replace("-", "")),
        "title": draft.title,
        "recorded_by": draft.recorded_by,
        "place": draft.place,
        "notes": draft.notes,
        "words_digest": _digest(draft, file_name, created_at),
    }


def _digest(draft: RecordingDraft, file_name: str, created_at: str) -> bytes:
    return digest_of(
        created_at,
        file_name,
        draft.kind.value,
        "1" if draft.covered else "0",
        "1" if draft.in_book else "0",
        str(draft.taken),
        draft.title,
        draft.recorded_by,
        draft.place,
        draft.notes,
        *(str(int(baby)) for baby in draft.babies),
    )


def _picture_digest(waveform: bytes, poster: bytes) -> bytes:
    return hashlib.sha256(len(waveform).to_bytes(8, "big") + waveform + poster).digest()


def _recording(connection: Connection, row: Row) -> Recording:
    babies = connection.execute(
        "SELECT baby FROM recording_baby WHERE recording = :id ORDER BY position", {"id": row["id"]}
    ).fetchall()
    try:
        draft = RecordingDraft(
            title=row["title"],
            kind=RecordingKind(row["kind"]),
            taken=VagueDate.parse(row["taken"]),
            recorded_by=row["recorded_by"],
            place=row["place"],
            notes=row["notes"],
            babies=tuple(BabyId(each["baby"]) for each in babies),
            covered=bool(row["covered"]),
            in_book=bool(row["in_book"]),
        )
        sort = Sort(row["sort"])
    except ValueError:
        raise BookDamaged from None
    if _digest(draft, row["file_name"], row["created_at"]) != row["words_digest"]:
        raise BookDamaged
    return Recording(
        id=RecordingId(row["id"]),
        media=MediaId(row["media"]),
        sort=sort,
        format=row["format"],
        byte_size=row["byte_size"],
        milliseconds=row["milliseconds"],
        width=row["width"],
        height=row["height"],
        playable=bool(row["playable"]),
        digest=bytes(row["digest"]).hex(),
        file_name=row["file_name"],
        draft=draft,
        created_at=row["created_at"],
        deleted_at=row["deleted_at"],
    )
