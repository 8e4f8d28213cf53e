"""What was chosen for a printed book, looked up thing by thing at one moment.

What is gone, put away, or not in the book is passed over, whatever an edition names: a page that is for the
parent alone has no way into a book but :func:`page_alone`, which makes a book of nothing else. What is not as
it was kept is passed over, too, and named: it may be marked, or covered, otherwise than it says.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from memorybook.domain import edition_text
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
from memorybook.domain.material import Key, Part
from memorybook.domain.photo import Photo
from memorybook.domain.recording import Recording, Sort
from memorybook.domain.wording import WORD, word_for
from memorybook.errors import BookDamaged
from memorybook.services import book_days, languages
from memorybook.services.parsed_pages import ParsedPages
from memorybook.services.preferences import ME
from memorybook.storage import babies, ceremonies, entries, keepsakes, photos, preferences, recordings
from memorybook.storage.connection import Connection
from memorybook.storage.whole import Damaged

Id = TypeVar("Id", bound=int)
Thing = TypeVar("Thing")


def planned(connection: Connection, edition: Edition, parsed: ParsedPages) -> BookPlan:
    """Everything the typesetter needs. Raises BookDamaged when the file itself is."""
    parsed.begin()
    lost: list[Key] = []

    def damaged(part: Part) -> Damaged:
        return lambda id_: lost.append((part, id_))

    pictures = _Pictures(connection, edition, damaged(Part.PHOTOS))
    heard = _Heard(connection, damaged(Part.RECORDINGS))
    people = _babies(connection, damaged(Part.BABIES))
    me = _me(connection)
    pages = tuple(
        page
        for entry in _each(edition.entries, lambda it: entries.get(connection, it), damaged(Part.ENTRIES))
        if entry.draft.in_book and (page := _page(entry, pictures, heard, me, parsed, edition.language))
    )
    things = tuple(
        thing
        for kept in _each(
            edition.keepsakes, lambda it: keepsakes.get(connection, it), damaged(Part.KEEPSAKES)
        )
        if kept.draft.in_book and (thing := _keepsake(kept, pictures)) is not None
    )
    alone = pictures.alone(edition.photos)
    ceremonies_ = _ceremonies(connection, edition, people, damaged(Part.CEREMONIES))
    recordings_ = heard.of(edition.recordings)
    cover = pictures.cover(edition.cover)
    named = edition_text.keys(edition)
    return BookPlan(
        title=edition.title.strip(),
        subtitle=edition.subtitle.strip(),
        dedication=edition.dedication.strip(),
        language=edition.language,
        page_size=edition.page_size,
        entries=pages,
        dates=book_days.planned(connection, lambda _: None) if edition.with_dates else (),
        babies=tuple(
            PlannedBaby(baby.draft, baby.word)
            for key, baby in people.items()
            if key in edition.babies and baby.draft.in_book and baby.draft.says_something
        ),
        ceremonies=ceremonies_,
        photos=alone,
        keepsakes=things,
        recordings=recordings_,
        covered=tuple(pictures.covered.values()),
        cover=cover,
        colophon=edition.colophon.strip(),
        style=edition.style,
        chapters=edition.chapters,
        preset=edition.preset,
        large_print=edition.large_print,
        paper=edition.paper,
        booklet=edition.booklet,
        damaged=tuple(
            key for key in dict.fromkeys(lost) if key in named or key[0] in {Part.PHOTOS, Part.RECORDINGS}
        ),
    )


def page_alone(connection: Connection, entry_id: EntryId, edition: Edition) -> BookPlan:
    """One page with its pictures and nothing else. Raises BookDamaged; LookupError when it is not there."""
    entry = entries.get(connection, entry_id)
    pictures = _Pictures(connection, edition)
    page = _page(entry, pictures, _Heard(connection), _me(connection), ParsedPages(), edition.language)
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
    damaged: Damaged | None = None
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
        found = _each(ids, lambda it: photos.get(self.connection, it), self.damaged)
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
            smaller=photo.id in self.edition.smaller,
        )


@dataclass(frozen=True, slots=True)
class _Heard:
    """The recordings of one book."""

    connection: Connection
    damaged: Damaged | None = None

    def of(self, ids: Sequence[RecordingId]) -> tuple[PlannedRecording, ...]:
        """That they exist. Covered ones too: what is covered of them is a picture, and none is printed."""
        found = _each(ids, lambda it: recordings.get(self.connection, it), self.damaged)
        return tuple(_recording(it) for it in found if it.draft.in_book and it.deleted_at is None)


def _each(ids: Iterable[Id], get: Callable[[Id], Thing], damaged: Damaged | None) -> list[Thing]:
    """What is there of these, each once. Without ``damaged`` one that is not whole raises BookDamaged."""
    found: list[Thing] = []
    for each in dict.fromkeys(ids):
        try:
            found.append(get(each))
        except LookupError:  # it is gone since it was chosen
            continue
        except BookDamaged:
            if damaged is None:
                raise
            damaged(int(each))
    return found


def _me(connection: Connection) -> str:
    return (preferences.get(connection, ME) or "").strip()


def _page(
    entry: Entry, pictures: _Pictures, recorded: _Heard, me: str, parsed: ParsedPages, books: str
) -> PlannedEntry | None:
    """``me`` is the name of whoever keeps the book, ``books`` its language.

    None for a page with nothing to read, see or hear of: whom it is to, or a tag, makes no page.
    """
    draft = entry.draft
    placed = pictures.of(draft.photos)
    heard = recorded.of(draft.recordings)
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


def _babies(connection: Connection, damaged: Damaged) -> dict[BabyId, PlannedBaby]:
    """All of them in the parent's order, each with the word used for it."""
    books = preferences.get(connection, WORD)
    return {
        baby.id: PlannedBaby(baby.draft, word_for(baby.draft.word, books))
        for baby in babies.all_of_them(connection, damaged)
    }


def _ceremonies(
    connection: Connection, edition: Edition, known: dict[BabyId, PlannedBaby], damaged: Damaged
) -> tuple[PlannedCeremony, ...]:
    """In the order of the calendar. Whose it was is said where there could be a doubt.

    The name of a baby that is for the parent alone is not said: what the parent wrote stands by itself.
    """
    named = {id_: baby for id_, baby in known.items() if baby.draft.in_book} if len(known) > 1 else {}
    chosen = (
        ceremony.draft
        for ceremony in ceremonies.all_of_them(connection, damaged)
        if ceremony.id in edition.ceremonies and ceremony.draft.in_book and not ceremony.draft.is_empty
    )
    return tuple(
        PlannedCeremony(draft, None if draft.baby is None else named.get(draft.baby))
        for draft in chosen
    )
