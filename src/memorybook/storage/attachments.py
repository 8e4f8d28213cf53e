"""Photos and recordings on pages, in their order; those that are put away keep their places."""

from collections.abc import Sequence
from dataclasses import replace

from memorybook.domain.entry import EntryDraft
from memorybook.domain.ids import EntryId, PhotoId, RecordingId
from memorybook.storage import links, search
from memorybook.storage.connection import Connection

SHOWN_PHOTOS = """
    SELECT entry_photo.* FROM entry_photo JOIN photo ON photo.id = entry_photo.photo
    WHERE photo.deleted_at IS NULL
"""
"""Which photos stand on which pages, without those that are put away, in SQL."""


def photos_of(connection: Connection, entry_id: EntryId) -> tuple[PhotoId, ...]:
    """The photos of a page in the order they are shown, without those that are put away."""
    rows = connection.execute(
        f"SELECT photo FROM ({SHOWN_PHOTOS}) WHERE entry = :entry ORDER BY position, photo",  # noqa: S608
        {"entry": entry_id},
    )
    return tuple(PhotoId(row["photo"]) for row in rows)


def photos_by_entry(connection: Connection) -> dict[EntryId, tuple[PhotoId, ...]]:
    """The photos of every page that has any, as :func:`photos_of`."""
    found: dict[EntryId, list[PhotoId]] = {}
    rows = connection.execute(
        f"SELECT entry, photo FROM ({SHOWN_PHOTOS}) ORDER BY entry, position, photo"  # noqa: S608
    )
    for row in rows:
        found.setdefault(EntryId(row["entry"]), []).append(PhotoId(row["photo"]))
    return {entry: tuple(photos) for entry, photos in found.items()}


def recordings_of(connection: Connection, entry_id: EntryId) -> tuple[RecordingId, ...]:
    """The recordings of a page in the order they are shown, without those that are put away."""
    rows = connection.execute(
        """
        SELECT recording FROM entry_recording JOIN recording ON recording.id = entry_recording.recording
        WHERE entry = :entry AND deleted_at IS NULL ORDER BY position, recording
        """,
        {"entry": entry_id},
    )
    return tuple(RecordingId(row["recording"]) for row in rows)


def with_what_is_shown(connection: Connection, draft: EntryDraft) -> EntryDraft:
    """The draft without photos and recordings put away or destroyed since it was begun, or was kept."""
    return replace(
        draft,
        photos=links.not_put_away(connection, "photo", draft.photos),
        recordings=links.not_put_away(connection, "recording", draft.recordings),
    )


def attach(connection: Connection, entry_id: EntryId, photo_id: PhotoId, at: str) -> bool:
    """Put a photo behind the others of a page; ``False`` when it is there already.

    A photo that was on its way when the page was deleted follows it into the drawer. Raises LookupError when
    there is no such page.
    """
    return _attach(connection, links.ENTRY_PHOTO, entry_id, photo_id, at)


def attach_recording(
    connection: Connection, entry_id: EntryId, recording_id: RecordingId, at: str
) -> bool:
    """Put a recording behind the others of a page, as :func:`attach` does with a photo."""
    return _attach(connection, links.ENTRY_RECORDING, entry_id, recording_id, at)


def _attach(connection: Connection, link: links.Link, entry_id: EntryId, item: int, at: str) -> bool:
    if not links.append(connection, link, entry_id, item):
        return False
    connection.execute(
        "UPDATE entry SET is_empty = 0, changed_at = :at WHERE id = :entry", {"entry": entry_id, "at": at}
    )
    search.index(connection, entry_id)
    return True


def put_photos(connection: Connection, entry_id: EntryId, photos: Sequence[PhotoId]) -> None:
    """Those that are in the book: an earlier version may name one that was deleted for ever since."""
    connection.executemany(
        """
        INSERT INTO entry_photo (entry, photo, position)
        SELECT :entry, id, :position FROM photo WHERE id = :photo
        """,
        [{"entry": entry_id, "photo": photo, "position": n} for n, photo in enumerate(photos)],
    )


def put_recordings(connection: Connection, entry_id: EntryId, recordings: Sequence[RecordingId]) -> None:
    """Those that are in the book: an earlier version may name one that was deleted for ever since."""
    connection.executemany(
        """
        INSERT INTO entry_recording (entry, recording, position)
        SELECT :entry, id, :position FROM recording WHERE id = :recording
        """,
        [{"entry": entry_id, "recording": each, "position": n} for n, each in enumerate(recordings)],
    )


def order_photos(connection: Connection, entry_id: EntryId, photos: Sequence[PhotoId]) -> None:
    """Have a page show these photos; one that is put away stays behind the photo it stood behind."""
    found = connection.execute(
        "SELECT photo FROM entry_photo WHERE entry = :entry ORDER BY position, photo", {"entry": entry_id}
    ).fetchall()
    shown = set(photos_of(connection, entry_id))
    whole = list(photos)
    place = 0
    for row in found:
        photo = PhotoId(row["photo"])
        if photo not in shown and photo not in photos:
            whole.insert(place, photo)
        if photo in whole:
            place = whole.index(photo) + 1
    connection.execute("DELETE FROM entry_photo WHERE entry = :entry", {"entry": entry_id})
    put_photos(connection, entry_id, whole)


def order_recordings(
    connection: Connection, entry_id: EntryId, recordings: Sequence[RecordingId]
) -> None:
    """Have a page show these recordings; the places of those that are put away are kept for them."""
    found = connection.execute(
        "SELECT recording FROM entry_recording WHERE entry = :entry ORDER BY position, recording",
        {"entry": entry_id},
    ).fetchall()
    shown = set(recordings_of(connection, entry_id))
    whole = list(recordings)
    for place, row in enumerate(found):
        if row["recording"] not in shown and row["recording"] not in recordings:
            whole.insert(place, RecordingId(row["recording"]))
    connection.execute("DELETE FROM entry_recording WHERE entry = :entry", {"entry": entry_id})
    put_recordings(connection, entry_id, whole)
