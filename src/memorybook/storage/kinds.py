"""What sorts of things a book holds: how each is read whole, how it is found, and how it is named."""

from collections.abc import Callable
from dataclasses import dataclass

from memorybook.domain.health import SMALL_PICTURE, WORDS, Thing
from memorybook.domain.ids import (
    BabyId,
    CeremonyId,
    EditionId,
    EntryId,
    KeepsakeId,
    OccasionId,
    PersonId,
    PhotoId,
    RecordingId,
    VersionId,
)
from memorybook.storage import (
    babies,
    ceremonies,
    editions,
    entries,
    keepsakes,
    occasions,
    people,
    photo_files,
    photos,
    recordings,
    versions,
)
from memorybook.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class Kind:
    """``read`` gives one thing whole, or raises BookDamaged, or LookupError when there is none.

    ``ids`` are statements that give the ids there are, each from other pages of the file than the one before;
    ``names`` give the title and the day of one, the day as EDTF or as a key of the lists. ``lost`` is how
    much of it is gone when it does not read. What ``goes_with`` another table is looked at by its ids.
    """

    thing: Thing
    table: str
    read: Callable[[Connection, int], object]
    ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    lost: str = WORDS
    goes_with: str = ""


def _entry(connection: Connection, row_id: int) -> object:
    return entries.get(connection, EntryId(row_id), in_drawer=True)


KINDS = (
    Kind(
        Thing.PERSON,
        "person",
        lambda connection, row_id: people.get(connection, PersonId(row_id)),
        names=("SELECT name, '' FROM person WHERE id = :id",),
    ),
    Kind(
        Thing.BABY,
        "baby",
        lambda connection, row_id: babies.get(connection, BabyId(row_id)),
        names=("SELECT names, '' FROM baby WHERE id = :id",),
    ),
    Kind(
        Thing.CEREMONY,
        "ceremony",
        lambda connection, row_id: ceremonies.get(connection, CeremonyId(row_id)),
        names=("SELECT label, day FROM ceremony WHERE id = :id",),
    ),
    Kind(
        Thing.DAY,
        "occasion",
        lambda connection, row_id: occasions.get(connection, OccasionId(row_id)),
        ids=("SELECT id FROM occasion INDEXED BY sqlite_autoindex_occasion_1",),
        names=("SELECT label, day FROM occasion WHERE id = :id",),
    ),
    Kind(
        Thing.EDITION,
        "edition",
        lambda connection, row_id: editions.get(connection, EditionId(row_id)),
        names=("SELECT name, '' FROM edition WHERE id = :id",),
    ),
    Kind(
        Thing.PHOTO,
        "photo",
        lambda connection, row_id: photos.get(connection, PhotoId(row_id)),
        ids=("SELECT id FROM photo INDEXED BY sqlite_autoindex_photo_1", "SELECT photo FROM thumbnail"),
        names=(
            "SELECT caption, taken FROM photo WHERE id = :id",
            "SELECT '', day_key FROM photo INDEXED BY photo_grid WHERE deleted_at IS NULL AND id = :id",
        ),
    ),
    Kind(
        Thing.RECORDING,
        "recording",
        lambda connection, row_id: recordings.get(connection, RecordingId(row_id)),
        ids=(
            "SELECT id FROM recording INDEXED BY sqlite_autoindex_recording_1",
            "SELECT recording FROM recording_picture",
        ),
        names=("SELECT title, taken FROM recording WHERE id = :id",),
    ),
    Kind(
        Thing.KEEPSAKE,
        "keepsake",
        lambda connection, row_id: keepsakes.get(connection, KeepsakeId(row_id)),
        names=("SELECT title, day FROM keepsake WHERE id = :id",),
    ),
    Kind(
        Thing.PAGE,
        "entry",
        _entry,
        ids=("SELECT entry FROM entry_text",),
        names=(
            "SELECT title, day FROM entry WHERE id = :id",
            "SELECT title, day FROM entry_version WHERE entry = :id ORDER BY id DESC LIMIT 1",
            """
            SELECT '', day_key FROM entry INDEXED BY entry_story
            WHERE is_empty = 0 AND deleted_at IS NULL AND id = :id
            """,
        ),
    ),
    Kind(
        Thing.EARLIER_VERSION,
        "entry_version",
        lambda connection, row_id: versions.get(connection, VersionId(row_id)),
        ids=("SELECT id FROM entry_version INDEXED BY entry_version_entry",),
        names=("SELECT title, day FROM entry_version WHERE id = :id",),
    ),
    Kind(
        Thing.PHOTO,
        "thumbnail",
        lambda connection, row_id: photo_files.thumbnail(connection, PhotoId(row_id)),
        names=("SELECT caption, taken FROM photo WHERE id = :id",),
        lost=SMALL_PICTURE,
        goes_with="photo",
    ),
    Kind(
        Thing.RECORDING,
        "recording_picture",
        lambda connection, row_id: recordings.picture(connection, RecordingId(row_id)),
        names=("SELECT title, taken FROM recording WHERE id = :id",),
        lost=SMALL_PICTURE,
        goes_with="recording",
    ),
)
"""In an order in which those that show others come behind them."""

SHOWN_BY_OTHERS = ("person", "photo", "recording")
"""What pages and keepsakes show of other tables."""

LINKS_OF = {
    "entry": ("entry_photo", "entry_recording", "entry_baby", "entry_tag"),
    "keepsake": ("keepsake_photo", "keepsake_baby"),
}
"""The tables that say what belongs to something. Without them its digest shows whether the rest is whole."""

IN_DIGEST = {"entry_tag": "entry_tag_folded", "entry_baby": "entry_baby_baby"}
"""Those of them that the digest of a page is over, with an order that names the same pages once more."""

PLAIN_TABLES = ("preference", "spelling_word")
"""Without digests: what was chosen, and the family's own words."""
