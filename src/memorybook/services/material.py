"""What can go into a printed book, read out of the vault."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.ids import (
    BabyId,
    CeremonyId,
    EditionId,
    EntryId,
    KeepsakeId,
    PhotoId,
    RecordingId,
)
from memorybook.domain.keepsake import Keepsake
from memorybook.domain.material import Came, Item, Key, Material, Part
from memorybook.domain.people import Baby, Ceremony
from memorybook.domain.photo import Photo
from memorybook.domain.recording import Recording, Sort
from memorybook.domain.search import beginning
from memorybook.domain.wording import WORD
from memorybook.services import book_days
from memorybook.services.preferences import ME, TITLE
from memorybook.storage import (
    attachments,
    babies,
    ceremonies,
    editions,
    keepsakes,
    marks,
    photos,
    preferences,
    recordings,
    story,
)
from memorybook.storage.connection import Connection
from memorybook.storage.whole import Damaged

T = TypeVar("T")


def read(connection: Connection) -> Material:
    """All of it at one moment; what is not as it was kept is named and passed over. Raises BookDamaged."""
    lost: list[Key] = []
    lost_days: list[int] = []
    lost_editions: list[int] = []
    editions.all_of_them(connection, lost_editions.append)

    def damaged(part: Part) -> Damaged:
        return lambda id_: lost.append((part, id_))

    known = {photo.id: photo for photo in photos.all_of_them(connection, damaged(Part.PHOTOS))}
    on_pages = attachments.photos_by_entry(connection)
    private, unheard = marks.private_photos(connection), marks.private_recordings(connection)

    def printed(ids: Iterable[PhotoId]) -> tuple[PhotoId, ...]:
        return tuple(each for each in ids if each in known and known[each].draft.in_book)

    pages = tuple(
        Item(
            Part.ENTRIES,
            row.id,
            row.title.strip(),
            row.excerpt,
            row.day,
            row.kind.value,
            row.author_name or "",
            row.babies,
            row.tags,
            row.in_book,
            photos=printed(on_pages.get(row.id, ())),
        )
        for row in story.all_for_book(connection)
    )
    kept = keepsakes.all_of_them(connection, damaged(Part.KEEPSAKES))
    heard = reversed(recordings.all_of_them(connection, damaged(Part.RECORDINGS)))
    people = babies.all_of_them(connection, damaged(Part.BABIES))
    farewells = _farewells(connection, damaged(Part.CEREMONIES))
    return Material(
        items=(
            *pages,
            *(
                _photo(photo, offered=photo.id not in private)
                for photo in _oldest_first(known.values(), lambda photo: photo.taken)
            ),
            *(_keepsake(each, printed(each.draft.photos)) for each in kept),
            *(
                _recording(it, offered=it.id not in unheard)
                for it in _oldest_first(heard, lambda it: it.draft.taken)
            ),
            *(_baby(each) for each in people if each.draft.says_something),
            *map(_ceremony, _oldest_first(farewells, lambda it: it.draft.day)),
        ),
        days=len(book_days.planned(connection, lost_days.append)),
        damaged=tuple(lost),
        damaged_days=len(lost_days),
        damaged_editions=len(lost_editions),
        title=preferences.get(connection, TITLE) or "",
        word=preferences.get(connection, WORD) or "",
        me=(preferences.get(connection, ME) or "").strip(),
    )


def marked(connection: Connection) -> frozenset[Key]:
    """Everything that is marked for the book, is not put away, and is offered.

    Without keepsakes, babies and ceremonies that are not as they were kept: they can be marked no more.
    """
    return frozenset(
        {
            *((Part.ENTRIES, it) for it in marks.entries(connection)),
            *((Part.PHOTOS, it) for it in {*marks.photos(connection)} - marks.private_photos(connection)),
            *(
                (Part.RECORDINGS, it)
                for it in {*marks.recordings(connection)} - marks.private_recordings(connection)
            ),
            *(
                (Part.KEEPSAKES, it.id)
                for it in keepsakes.all_of_them(connection, _passed_over)
                if it.draft.in_book
            ),
            *(
                (Part.BABIES, it.id)
                for it in babies.all_of_them(connection, _passed_over)
                if it.draft.in_book and it.draft.says_something
            ),
            *((Part.CEREMONIES, it.id) for it in _farewells(connection, _passed_over) if it.draft.in_book),
        }
    )


def came(connection: Connection, edition_id: EditionId) -> Came:
    """What is marked now and was not known to an edition. LookupError when there is no such edition."""
    choices = editions.choices(connection, edition_id)
    new = marked(connection) - choices.known
    edition = choices.edition

    def ids(part: Part) -> list[int]:
        return sorted(id_ for of, id_ in new if of is part)

    entries = tuple(map(EntryId, ids(Part.ENTRIES)))
    kept = tuple(map(KeepsakeId, ids(Part.KEEPSAKES)))
    with_them = coming(connection, (*edition.entries, *entries), (*edition.keepsakes, *kept))
    return Came(
        entries=entries,
        photos=tuple(photo for photo in map(PhotoId, ids(Part.PHOTOS)) if photo not in with_them),
        keepsakes=kept,
        recordings=tuple(map(RecordingId, ids(Part.RECORDINGS))),
        babies=tuple(map(BabyId, ids(Part.BABIES))),
        ceremonies=tuple(map(CeremonyId, ids(Part.CEREMONIES))),
    )


def coming(
    connection: Connection, pages: Iterable[EntryId], things: Iterable[KeepsakeId]
) -> frozenset[PhotoId]:
    """The photos that come with these pages and keepsakes, those that are not in the book among them."""
    of_pages = attachments.photos_by_entry(connection)
    kept = keepsakes.all_of_them(connection, _passed_over)
    of_things = {each.id: each.draft.photos for each in kept}
    found = {photo for page in pages for photo in of_pages.get(page, ())}
    return frozenset(found | {photo for thing in things for photo in of_things.get(thing, ())})


def _farewells(connection: Connection, damaged: Damaged) -> tuple[Ceremony, ...]:
    return tuple(each for each in ceremonies.all_of_them(connection, damaged) if not each.draft.is_empty)


def _passed_over(_: int) -> None:
    """It is named where it would be chosen: by :func:`read`."""


def _oldest_first(things: Iterable[T], day: Callable[[T], VagueDate]) -> list[T]:
    """By their days, those without one last; of one day as they came into the book."""
    return sorted(things, key=lambda it: (not day(it).is_known, day(it).sort_key))


def _photo(photo: Photo, *, offered: bool) -> Item:
    draft = photo.draft
    return Item(
        Part.PHOTOS,
        photo.id,
        draft.caption.strip(),
        beginning(draft.description),
        draft.taken,
        draft.kind.value,
        draft.taken_by.strip(),
        draft.babies,
        in_book=draft.in_book,
        covered=draft.covered,
        offered=offered,
    )


def _keepsake(keepsake: Keepsake, pictures: tuple[PhotoId, ...]) -> Item:
    draft = keepsake.draft
    return Item(
        Part.KEEPSAKES,
        keepsake.id,
        draft.title.strip(),
        beginning(draft.words),
        draft.day,
        draft.kind,
        draft.given_by.strip(),
        draft.babies,
        in_book=draft.in_book,
        photos=pictures,
    )


def _recording(recording: Recording, *, offered: bool) -> Item:
    draft = recording.draft
    return Item(
        Part.RECORDINGS,
        recording.id,
        draft.title.strip(),
        beginning(draft.notes),
        draft.taken,
        draft.kind.value or (Sort.VIDEO.value if recording.sort is Sort.VIDEO else ""),
        draft.recorded_by.strip(),
        draft.babies,
        in_book=draft.in_book,
        covered=draft.covered,
        offered=offered,
    )


def _baby(baby: Baby) -> Item:
    draft = baby.draft
    day = next((each for each in (draft.born, draft.died, draft.due) if each.is_known), UNKNOWN)
    return Item(
        Part.BABIES,
        baby.id,
        draft.names.strip(),
        beginning(draft.notes),
        day,
        draft.word,
        babies=(baby.id,),
        in_book=draft.in_book,
    )


def _ceremony(ceremony: Ceremony) -> Item:
    draft = ceremony.draft
    return Item(
        Part.CEREMONIES,
        ceremony.id,
        draft.label.strip(),
        beginning(draft.place),
        draft.day,
        babies=() if draft.baby is None else (draft.baby,),
        in_book=draft.in_book,
    )
