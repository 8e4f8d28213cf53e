"""What was chosen for a printed book, looked up thing by thing at one moment.

What is gone, put away, or not in the book is passed over, whatever an edition names: a page that is for the
parent alone has no way into a book but :func:`page_alone`, which makes a book of nothing else.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from memorybook.domain.book import (
    BookPlan,
    CoveredPhotos,
    Edition,
    PlannedBaby,
    PlannedCeremony,
    PlannedEntry,
    PlannedKeepsake,
    PlannedPicture,
    PlannedRecording,
)
from memorybook.domain.entry import Entry, EntryKind
from memorybook.domain.ids import BabyId, EntryId, PhotoId, RecordingId
from memorybook.domain.keepsake import Keepsake
from memorybook.domain.photo import Photo
from memorybook.domain.recording import Recording, Sort
from memorybook.domain.wording import WORD, word_for
from memorybook.services import book_days, languages
from memorybook.services.parsed_pages import ParsedPages
from memorybook.services.preferences import ME
from memorybook.storage import babies, ceremonies, entries, keepsakes, photos, preferences, recordings
from memorybook.storage.connection import Connection

Id = TypeVar("Id")
Thing = TypeVar("Thing")


def planned(connection: Connection, edition: Edition, parsed: ParsedPages) -> BookPlan:
    """Everything the typesetter needs. Raises BookDamaged."""
    parsed.begin()
    pictures = _Pictures(connection, edition)
    people = _babies(connection)
    me = _me(connection)
    pages = tuple(
        page
        for entry in _each(edition.entries, lambda it: entries.get(connection, it))
        if entry.draft.in_book and (page := _page(connection, entry, pictures, me, parsed, edition.language))
    )
    things = tuple(
        thing
        for kept in _each(edition.keepsakes, lambda it: keepsakes.get(connection, it))
        if kept.draft.in_book and (thing := _keepsake(kept, pictures)) is not None
    )
    alone = pictures.alone(edition.photos)
    return BookPlan(
        title=edition.title.strip(),
        subtitle=edition.subtitle.strip(),
        dedication=edition.dedication.strip(),
        language=edition.language,
        page_size=edition.page_size,
        entries=pages,
        dates=book_days.planned(connection) if edition.with_dates else (),
        babies=tuple(
            PlannedBaby(baby.draft, baby.word)
            for key, baby in people.items()
            if key in edition.babies and baby.draft.in_book and baby.draft.says_something
        ),
        ceremonies=_ceremonies(connection, edition, people),
        photos=alone,
        keepsakes=things,
        recordings=_recordings(connection, edition.recordings),
        covered=tuple(pictures.covered.values()),
        cover=pictures.cover(edition.cover),
        colophon=edition.colophon.strip(),
        style=edition.style,
        chapters=edition.chapters,
        preset=edition.preset,
        large_print=edition.large_print,
        paper=edition.paper,
        booklet=edition.booklet,
    )


def page_alone(connection: Connection, entry_id: EntryId, edition: Edition) -> BookPlan:
    """One page with its pictures and nothing else. Raises BookDamaged; LookupError when it is not there."""
    entry = entries.get(connection, entry_id)
    pictures = _Pictures(connection, edition)
    page = _page(connection, entry, pictures, _me(connection), ParsedPages(), edition.language)
    return BookPlan(
        title="",
        subtitle="",
        dedication="",
        language=edition.language,
        page_size=edition.page_size,
        entries=() if page is None else (page,),
        dates=(),
        covered=tuple(pictures.covered.values()),
        style=edition.style,
        preset=edition.preset,
        large_print=edition.large_print,
        alone=True,
    )


@dataclass(slots=True)
class _Pictures:
    """The pictures of one book: which have their place already, and which covered ones go to the end."""

    connection: Connection
    edition: Edition
    covered: dict[PhotoId, PlannedPicture] = field(default_factory=dict)
    _placed: set[PhotoId] = field(default_factory=set)

    def of(self, ids: Sequence[PhotoId]) -> tuple[PlannedPicture, ...]:
        """Those of a page or a keepsake, in its order."""
        return self._put(photo for photo in ids if photo not in self.edition.left_out)

    def alone(self, ids: Sequence[PhotoId]) -> tuple[PlannedPicture, ...]:
        """Those of these that have no place yet. To be asked for behind pages and keepsakes."""
        return self._put(photo for photo in dict.fromkeys(ids) if photo not in self._placed)

    def cover(self, photo_id: PhotoId | None) -> PlannedPicture | None:
        """The picture on the front. A covered one is only there when covered ones stay in their places."""
        for photo in self._known(() if photo_id is None else (photo_id,)):
            if self.edition.covered is CoveredPhotos.IN_PLACE or not photo.covered:
                return self._picture(photo)
        return None

    def _put(self, ids: Iterable[PhotoId]) -> tuple[PlannedPicture, ...]:
        placed: list[PlannedPicture] = []
        for photo in self._known(ids):
            if not photo.covered or self.edition.covered is CoveredPhotos.IN_PLACE:
                self._placed.add(photo.id)
                placed.append(self._picture(photo))
            elif self.edition.covered is CoveredPhotos.LAST:
                self._placed.add(photo.id)
                self.covered.setdefault(photo.id, self._picture(photo))
        return tuple(placed)

    def _known(self, ids: Iterable[PhotoId]) -> list[Photo]:
        found = _each(ids, lambda it: photos.get(self.connection, it))
        return [photo for photo in found if photo.draft.in_book and photo.deleted_at is None]

    def _picture(self, photo: Photo) -> PlannedPicture:
        width, height = photo.shown_size
        return PlannedPicture(
            photo=photo.id,
            width=width,
            height=height,
            caption=photo.caption.strip(),
            description=photo.description.strip(),
            taken=photo.taken,
            covered=photo.covered,
            credit=photo.draft.taken_by.strip(),
            per_mm=photo.per_mm,
            decorative=photo.id in self.edition.decorative,
        )


def _each(ids: Iterable[Id], get: Callable[[Id], Thing]) -> list[Thing]:
    """What is there of these, each once."""
    found: list[Thing] = []
    for each in dict.fromkeys(ids):
        try:
            found.append(get(each))
        except LookupError:  # it is gone since it was chosen
            continue
    return found


def _me(connection: Connection) -> str:
    return (preferences.get(connection, ME) or "").strip()


def _page(
    connection: Connection, entry: Entry, pictures: _Pictures, me: str, parsed: ParsedPages, books: str
) -> PlannedEntry | None:
    """``me`` is the name of whoever keeps the book, ``books`` its language.

    None for a page with nothing to read, see or hear of: whom it is to, or a tag, makes no page.
    """
    draft = entry.draft
    placed = pictures.of(draft.photos)
    heard = _recordings(connection, draft.recordings)
    if not (draft.title.strip() or draft.body.strip() or placed or heard):
        return None
    letter = draft.kind is EntryKind.LETTER
    blocks, language = parsed.of(draft.title, draft.body)
    return PlannedEntry(
        title=draft.title.strip(),
        day=draft.day,
        kind=draft.kind,
        signature=entry.author_name or (me if letter else ""),
        recipient=draft.recipient if letter else "",
        blocks=blocks,
        pictures=placed,
        author=(entry.author_name or me).strip(),
        language=languages.unlike(language, books),
        recordings=heard,
    )


def _keepsake(kept: Keepsake, pictures: _Pictures) -> PlannedKeepsake | None:
    """None for one of which nothing is left to print."""
    if kept.deleted_at is not None:
        return None
    draft = kept.draft
    placed = pictures.of(draft.photos)
    if replace(draft, photos=()).is_empty and not placed:
        return None
    return PlannedKeepsake(
        title=draft.title.strip(),
        kind=draft.kind.strip(),
        day=draft.day,
        words=draft.words.strip(),
        kept=draft.kept.strip(),
        given_by=draft.given_by.strip(),
        pictures=placed,
    )


def _recordings(connection: Connection, ids: Sequence[RecordingId]) -> tuple[PlannedRecording, ...]:
    """That they exist. Covered ones too: what is covered of them is a picture, and none is printed."""
    found = recordings.get_shown(connection, tuple(dict.fromkeys(ids)))
    return tuple(_recording(each) for each in found if each.draft.in_book)


def _recording(recording: Recording) -> PlannedRecording:
    draft = recording.draft
    return PlannedRecording(
        title=draft.title.strip(),
        kind=draft.kind.value or (Sort.VIDEO.value if recording.sort is Sort.VIDEO else ""),
        day=draft.taken,
        who=draft.recorded_by.strip(),
        place=draft.place.strip(),
        words=draft.notes.strip(),
        length=recording.milliseconds,
    )


def _babies(connection: Connection) -> dict[BabyId, PlannedBaby]:
    """All of them in the parent's order, each with the word used for it."""
    books = preferences.get(connection, WORD)
    return {
        baby.id: PlannedBaby(baby.draft, word_for(baby.draft.word, books))
        for baby in babies.all_of_them(connection)
    }


def _ceremonies(
    connection: Connection, edition: Edition, known: dict[BabyId, PlannedBaby]
) -> tuple[PlannedCeremony, ...]:
    """In the order of the calendar. Whose it was is said where there could be a doubt."""
    chosen = (
        ceremony.draft
        for ceremony in ceremonies.all_of_them(connection)
        if ceremony.id in edition.ceremonies and ceremony.draft.in_book and not ceremony.draft.is_empty
    )
    return tuple(
        PlannedCeremony(draft, known.get(draft.baby) if draft.baby is not None and len(known) > 1 else None)
        for draft in chosen
    )
