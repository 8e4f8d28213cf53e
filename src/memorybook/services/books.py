"""The printed book: what was chosen, read out of the vault as one plan of pure data."""

from concurrent.futures import Future
from dataclasses import replace

from memorybook.domain.book import (
    BookPlan,
    CoveredPhotos,
    Edition,
    PlannedBaby,
    PlannedCeremony,
    PlannedDate,
    PlannedEntry,
    PlannedPicture,
)
from memorybook.domain.entry import Entry, EntryDraft, EntryKind
from memorybook.domain.ids import BabyId
from memorybook.domain.occasion import OccasionDraft
from memorybook.domain.photo import Photo
from memorybook.domain.wording import WORD, word_for
from memorybook.services import markup
from memorybook.services.preferences import ME
from memorybook.storage import babies, ceremonies, entries, occasions, photos, preferences
from memorybook.storage.connection import Connection
from memorybook.storage.worker import VaultWorker


class Books:
    """Returns at once; the future resolves on the vault's thread. Any thread may call."""

    def __init__(self, worker: VaultWorker) -> None:
        self._worker = worker

    def plan(self, edition: Edition) -> Future[BookPlan]:
        """Everything the typesetter needs, as it is at one moment, entries in the order of ``edition``.

        A page with nothing on it is left out, and so is a day with neither label nor note, a baby of
        which nothing but the word is written down, what was removed from the record meanwhile, photos that
        were put away or are not in the book, and covered ones unless the edition says that they go in.
        Fails with BookDamaged, or LookupError for an entry that is not there.
        """

        def work(connection: Connection) -> BookPlan:
            chosen = [
                (entry, _pictures(connection, entry.draft, covered=edition.covered is CoveredPhotos.IN_PLACE))
                for entry in (entries.get(connection, entry_id) for entry_id in edition.entries)
            ]
            known = _babies(connection)
            me = (preferences.get(connection, ME) or "").strip()
            days = (occasion.draft for occasion in occasions.all_of_them(connection))
            return BookPlan(
                title=edition.title,
                subtitle=edition.subtitle,
                dedication=edition.dedication,
                language=edition.language,
                page_size=edition.page_size,
                entries=tuple(
                    _entry(entry, pictures, me)
                    for entry, pictures in chosen
                    if _prints(entry.draft, pictures)
                ),
                dates=_dates(tuple(days)) if edition.with_dates else (),
                babies=tuple(
                    baby for key, baby in known.items() if key in edition.babies and _says_something(baby)
                ),
                ceremonies=_ceremonies(connection, edition, known),
            )

        return self._worker.read(work)


def _babies(connection: Connection) -> dict[BabyId, PlannedBaby]:
    """All of them in the parent's order, each with the word used for it."""
    books = preferences.get(connection, WORD)
    return {
        baby.id: PlannedBaby(baby.draft, word_for(baby.draft.word, books))
        for baby in babies.all_of_them(connection)
    }


def _says_something(baby: PlannedBaby) -> bool:
    return not replace(baby.draft, word="").is_empty


def _ceremonies(
    connection: Connection, edition: Edition, known: dict[BabyId, PlannedBaby]
) -> tuple[PlannedCeremony, ...]:
    """In the order of the calendar. Whose it was is said where there could be a doubt."""
    chosen = [
        ceremony.draft
        for ceremony in ceremonies.all_of_them(connection)
        if ceremony.id in edition.ceremonies and not ceremony.draft.is_empty
    ]
    return tuple(
        PlannedCeremony(draft, known.get(draft.baby) if draft.baby is not None and len(known) > 1 else None)
        for draft in chosen
    )


def _prints(draft: EntryDraft, pictures: tuple[PlannedPicture, ...]) -> bool:
    """Whether there is something to read or to look at: whom it is to, or a tag, makes no page alone."""
    return bool(draft.title.strip() or draft.body.strip() or pictures)


def _pictures(
    connection: Connection, draft: EntryDraft, *, covered: bool
) -> tuple[PlannedPicture, ...]:
    found = photos.get_many(connection, draft.photos)
    return tuple(_picture(it) for it in found if it.draft.in_book and (covered or not it.covered))


def _entry(entry: Entry, pictures: tuple[PlannedPicture, ...], me: str) -> PlannedEntry:
    """``me`` is the name under the letters of the person who keeps the book."""
    draft = entry.draft
    return PlannedEntry(
        title=draft.title.strip(),
        day=draft.day,
        kind=draft.kind,
        signature=entry.author_name or (me if draft.kind is EntryKind.LETTER else ""),
        recipient=draft.recipient if draft.kind is EntryKind.LETTER else "",
        blocks=markup.parse(draft.body),
        pictures=pictures,
    )


def _picture(photo: Photo) -> PlannedPicture:
    width, height = photo.shown_size
    return PlannedPicture(
        photo=photo.id,
        width=width,
        height=height,
        caption=photo.caption.strip(),
        description=photo.description.strip(),
        taken=photo.taken,
        covered=photo.covered,
    )


def _dates(days: tuple[OccasionDraft, ...]) -> tuple[PlannedDate, ...]:
    """In the order of the calendar; those nobody knows come last."""
    filled = [day for day in days if day.label.strip() or day.note.strip()]
    filled.sort(key=lambda day: not day.day.is_known)
    return tuple(PlannedDate(day.day, day.label.strip(), day.note.strip()) for day in filled)
