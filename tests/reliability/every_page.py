"""A book of more than 300 pages with something of every kind in it, and one bit of it turned over."""

import os
import random
from dataclasses import dataclass, field
from pathlib import Path

from memorybook.domain.book import Edition
from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.entry import EntryDraft
from memorybook.domain.health import Thing
from memorybook.domain.ids import BabyId, EntryId, MediaId, PhotoId, RecordingId
from memorybook.domain.keepsake import KeepsakeDraft
from memorybook.domain.occasion import OccasionDraft
from memorybook.domain.people import BabyDraft, CeremonyDraft
from memorybook.domain.photo import DecodedPicture, PhotoDraft
from memorybook.domain.recording import Probed, RecordingDraft, Sort
from memorybook.storage import (
    babies,
    ceremonies,
    editions,
    entries,
    keepsakes,
    occasions,
    people,
    photos,
    preferences,
    recordings,
    versions,
)
from memorybook.storage.book import BookFile
from memorybook.storage.connection import Connection, transaction
from memorybook.storage.header import PAGE_BYTES
from tests.unit.storage.making import AT, book_in, opened

CONTENT_BYTES = PAGE_BYTES - 80
"""Behind it stand 16 bytes of IV and 64 of HMAC."""

PLACES = {
    "header": (0, 8),
    "cell pointers": (8, 60),
    "content": (60, CONTENT_BYTES),
    "iv": (CONTENT_BYTES, CONTENT_BYTES + 16),
    "hmac": (CONTENT_BYTES + 16, PAGE_BYTES),
}
"""What stands where in a page; all of it is encrypted but the last two."""


@dataclass(frozen=True)
class Made:
    """The book, and what is in it."""

    book: BookFile
    entries: dict[EntryId, EntryDraft] = field(default_factory=dict)
    thumbnails: dict[PhotoId, bytes] = field(default_factory=dict)
    ids: dict[Thing, set[int]] = field(default_factory=dict)


def make(folder: Path) -> Made:
    """Write it, the same every time but for its bytes."""
    made = Made(book_in(folder))
    chosen = random.Random(8)  # noqa: S311 - what is to be the same every time
    connection = opened(made.book)
    made.ids.update((thing, set()) for thing in Thing)
    for _ in range(6):  # in turns, so that what is of one kind lies on pages far from one another
        with transaction(connection):
            _turn(connection, made, chosen)
    connection.close()
    made.ids[Thing.PAGE] = set(map(int, made.entries))
    made.ids[Thing.PHOTO] = set(map(int, made.thumbnails))
    return made


def _turn(connection: Connection, made: Made, chosen: random.Random) -> None:
    person = people.add_person(connection, chosen.randbytes(30).hex(), AT)
    baby = babies.add(connection, BabyDraft(names=chosen.randbytes(20).hex(), notes="n" * 400), AT)
    farewell = ceremonies.add(connection, CeremonyDraft(label="In the garden", readings="r" * 700), AT)
    kept = [_photo(connection, made, chosen, baby.id) for _ in range(4)]
    heard = _recording(connection, chosen)
    for number in range(6):
        draft = EntryDraft(
            title=f"page {chosen.random()}",
            body=chosen.randbytes(chosen.choice((200, 1_500, 7_700))).hex(),
            day=VagueDate(2026, 1 + number, 1 + chosen.randrange(28)),
            author=person.id if number % 3 else None,
            babies=(baby.id,) if number % 2 else (),
            tags=("sea", chosen.randbytes(4).hex()),
            photos=(kept[number],) if number < 4 else (),
            recordings=(heard,) if number == 5 else (),
        )
        entry_id = entries.insert(connection, draft, draft.body, AT)
        made.entries[entry_id] = draft
        if number == 1:
            entry = entries.get(connection, entry_id)
            made.ids[Thing.EARLIER_VERSION].add(versions.put(connection, entry, draft.body, AT))
    thing = keepsakes.add(connection, KeepsakeDraft(title="A hat", words="w" * 900, photos=(kept[0],)), AT)
    dated = OccasionDraft(label="A day", day=VagueDate(2026, 5, 3), note="o" * 600)
    day = occasions.add(connection, dated, AT)
    edition = editions.add(connection, "The book", Edition("Wren", tuple(made.entries)), frozenset(), AT)
    preferences.put(connection, f"key {person.id}", "value")
    for kind, row_id in (
        (Thing.PERSON, person.id),
        (Thing.BABY, baby.id),
        (Thing.CEREMONY, farewell.id),
        (Thing.RECORDING, heard),
        (Thing.KEEPSAKE, thing.id),
        (Thing.DAY, day.id),
        (Thing.EDITION, edition.id),
    ):
        made.ids[kind].add(int(row_id))


def _photo(connection: Connection, made: Made, chosen: random.Random, baby: BabyId) -> PhotoId:
    thumbnail = chosen.randbytes(13_000)
    picture = DecodedPicture(
        "JPEG", 4, 3, 1, "RGB", icc=False, taken=UNKNOWN, thumbnail=thumbnail, rendition=b""
    )
    names = [MediaId(os.urandom(16).hex()) for _ in range(2)]
    photo_id = photos.insert(
        connection, picture, media=names[0], rendition=names[1], digest=os.urandom(32), byte_size=1, at=AT
    )
    draft = PhotoDraft(caption=chosen.randbytes(40).hex(), description="d" * 300, babies=(baby,))
    photos.change(connection, photos.get(connection, photo_id), draft, AT)
    made.thumbnails[photo_id] = thumbnail
    return photo_id


def _recording(connection: Connection, chosen: random.Random) -> RecordingId:
    probed = Probed(
        Sort.SOUND, "mp3", playable=True, milliseconds=9, width=0, height=0, waveform=chosen.randbytes(999)
    )
    return recordings.insert(
        connection,
        probed,
        RecordingDraft(title="A heart", notes="h" * 500),
        media=MediaId(os.urandom(16).hex()),
        digest=os.urandom(32),
        byte_size=1,
        file_name="a.mp3",
        at=AT,
    )


def turn_over(whole: bytes, page: int, place: str, chosen: random.Random) -> bytes:
    """The file with one bit of a page, counted from 1, turned over in this place of it."""
    first, end = PLACES[place]
    if page == 1 and place in {"header", "cell pointers"}:
        first, end = first + 16, end + 16  # in front of it stands the salt
    at = (page - 1) * PAGE_BYTES + chosen.randrange(first, end)
    damaged = bytearray(whole)
    damaged[at] ^= 1 << chosen.randrange(8)
    return bytes(damaged)
