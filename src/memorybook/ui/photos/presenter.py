"""All photos of the book: which of them are shown, and what can be done with several at once."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from memorybook.domain.changes import ChangeSet
from memorybook.domain.ids import PhotoId
from memorybook.domain.people import Baby
from memorybook.domain.photo import Photo, PhotoDraft, PhotoFilter, PhotoKind, PhotoRow
from memorybook.domain.wording import DEFAULT, WORD
from memorybook.errors import MemoryBookError
from memorybook.services.album import Album
from memorybook.services.preferences import OFF, Preferences
from memorybook.services.record import Record
from memorybook.ui.core.delivery import Deliver
from memorybook.ui.core.showing import Showing, may_show, photo_key
from memorybook.ui.photos.taking_in import ORIGIN, TakingIn, TakingInView

SCAN_HINT = "scan hint"
"""The key of whether the words about ultrasound prints were put away for good: the value is OFF then."""

TILE_SIZE = "photo tiles"
"""The key of how large the tiles of the grid are."""

ALL = PhotoFilter()

_PUTTING_AWAY = "photos put away"
"""Who asked when photos go into the drawer from here; all else that happens in it is done elsewhere."""


class PhotosView(TakingInView, Protocol):
    """What the presenter tells the page."""

    def show_rows(self, rows: Sequence[PhotoRow], all_of_them: int) -> None:
        """These are the photos to show, of so many in the book."""

    def show_filter(self, wanted: PhotoFilter, kinds: frozenset[PhotoKind]) -> None:
        """What the photos are chosen by, and the kinds there are."""

    def show_babies(self, babies: Sequence[Baby], word: str) -> None:
        """By whom photos can be chosen: nobody unless there are several."""

    def show_size(self, size: int) -> None:
        """How large the tiles are."""

    def show_hint(self, *, on: bool) -> None:
        """The words about prints that fade, or no more."""

    def hold_pixels(self, photos: frozenset[PhotoId]) -> None:
        """These have changed: none of their pixels is fetched before it is known how."""

    def renew_pixels(self) -> None:
        """How they have changed is known, and is told next."""

    def show_covered_again(self) -> None:
        """Other photos may be shown than before, or fewer."""

    def show_put_away(self, ids: tuple[PhotoId, ...]) -> None:
        """These were put away and can be brought back."""

    def forget_put_away(self, photos: frozenset[PhotoId]) -> None:
        """These were brought back in the drawer, or deleted there."""

    def show_brought_back(self) -> None:
        """What was put away is here again."""


class PhotosPresenter:
    """Drives one :class:`PhotosView`. GUI thread. A late answer to an earlier question is dropped.

    ``elapsed`` are seconds of a clock that only goes forward.
    """

    def __init__(
        self,
        view: PhotosView,
        *,
        album: Album,
        record: Record,
        preferences: Preferences,
        showing: Showing,
        deliver: Deliver,
        elapsed: Callable[[], float],
    ) -> None:
        self._view = view
        self._album = album
        self._record = record
        self._preferences = preferences
        self._showing = showing
        self._deliver = deliver
        self._filter = ALL
        self._all: tuple[PhotoRow, ...] = ()
        self._of_baby: frozenset[PhotoId] | None = None
        self._question = 0
        self._reading = self._again = False
        self._in_sight = self._fresh = self._begun = False
        self.taking_in = TakingIn(view, album=album, deliver=deliver, elapsed=elapsed, read=self._read)

    # reading

    def show(self) -> None:
        """The place is turned to: read again what has changed since."""
        self._in_sight = True
        if not self._begun:
            self._begun = True
            self._deliver(self._preferences.get(TILE_SIZE), self._size_known, self._problem)
            self._deliver(self._preferences.get(SCAN_HINT), self._hint_known, self._problem)
        if not self._fresh:
            self._read()
            self._read_babies()

    def leave(self) -> None:
        """The place is left: what changes is read when it is turned to again."""
        self._in_sight = False

    def changed(self, changes: ChangeSet) -> None:
        """Something in the book changed, here or elsewhere."""
        if changes.photos:
            self._view.hold_pixels(changes.photos)
        if changes.drawer and changes.origin != _PUTTING_AWAY:
            self._view.forget_put_away(changes.photos)
        if not (changes.photos or changes.drawer or changes.record or changes.preferences):
            return
        if changes.origin == ORIGIN and not (changes.photos or changes.drawer or changes.record):
            return  # what is kept of this place's own looks changes nothing that is read
        self._fresh = False
        if self._in_sight and not self.taking_in.tells(changes):
            self._read()
            if changes.record or changes.preferences:
                self._read_babies()

    def uncovered_changed(self) -> None:
        """Some photos were uncovered, or covered again."""
        self._view.show_covered_again()

    def shows(self, row: PhotoRow) -> bool:
        """Whether the pixels of a photo may be fetched and painted."""
        return may_show(self._showing, photo_key(row.id), covered=row.covered)

    def uncover(self, photo: PhotoId) -> None:
        """The person chose to look at a covered photo."""
        self._showing.uncover(photo_key(photo))

    def _read(self) -> None:
        """One question at a time: while photos come in there would be one for each of them."""
        if self._reading:
            self._again = True
            return
        self._reading, self._again, self._fresh = True, False, True
        self._question += 1
        question = self._question

        def read(rows: tuple[PhotoRow, ...]) -> None:
            self._all = rows
            if self._filter.baby is None:
                done()
            else:
                asked = PhotoFilter(baby=self._filter.baby)
                self._deliver(self._album.rows(asked), of_baby, failed)

        def of_baby(rows: tuple[PhotoRow, ...]) -> None:
            if question == self._question:
                self._of_baby = frozenset(row.id for row in rows)
            done()

        def done() -> None:
            self._reading = False
            if self._again:  # what was read is old already: one of them may be covered by now
                self._read()
                return
            self._view.renew_pixels()
            self._show()

        def failed(error: MemoryBookError) -> None:
            self._reading = False
            self._fresh = False
            self._problem(error)

        self._deliver(self._album.rows(ALL), read, failed)

    def _show(self) -> None:
        kinds = frozenset(row.kind for row in self._all)
        if self._filter.kind is not None and self._filter.kind not in kinds:
            self._filter = replace(self._filter, kind=None)
        self._view.show_filter(self._filter, kinds)
        rows = [row for row in self._all if self._fits(row)]
        self._view.show_rows(rows, len(self._all))

    def _fits(self, row: PhotoRow) -> bool:
        wanted = self._filter
        return (
            (wanted.kind is None or row.kind is wanted.kind)
            and (wanted.covered is None or row.covered == wanted.covered)
            and (wanted.in_book is None or row.in_book == wanted.in_book)
            and (wanted.baby is None or self._of_baby is None or row.id in self._of_baby)
        )

    def choose_by(self, wanted: PhotoFilter) -> None:
        """Show the photos that are like this."""
        other_baby = wanted.baby != self._filter.baby
        self._filter = wanted
        if wanted.baby is None:
            self._of_baby = None
        if other_baby and wanted.baby is not None:
            self._of_baby = frozenset()
            self._question += 1
            self._read()
        else:
            self._show()

    def _read_babies(self) -> None:
        def known(babies: tuple[Baby, ...]) -> None:
            self._deliver(
                self._preferences.get(WORD),
                lambda word: self._know(babies, word or DEFAULT),
                self._problem,
            )

        self._deliver(self._record.babies(), known, self._problem)

    def _know(self, babies: tuple[Baby, ...], word: str) -> None:
        self._view.show_babies(babies, word)
        if self._filter.baby is not None and self._filter.baby not in {baby.id for baby in babies}:
            self.choose_by(replace(self._filter, baby=None))

    # sizes and hints

    def _size_known(self, kept: str | None) -> None:
        if kept and kept.isdecimal():
            self._view.show_size(int(kept))

    def keep_size(self, size: int) -> None:
        """Tiles of this size from now on."""
        self._deliver(
            self._preferences.put(TILE_SIZE, str(size), origin=ORIGIN), lambda _: None, self._problem
        )

    def _hint_known(self, kept: str | None) -> None:
        self._view.show_hint(on=kept != OFF)

    def dismiss_hint(self) -> None:
        """The words about prints that fade have been read; they do not come again."""
        self._view.show_hint(on=False)
        self._deliver(self._preferences.put(SCAN_HINT, OFF, origin=ORIGIN), lambda _: None, self._problem)

    # several at once

    def cover(self, ids: Sequence[PhotoId], *, covered: bool) -> None:
        """Have photos shown only when they are asked for, or always."""
        if ids:
            self._deliver(self._album.cover(tuple(ids), covered), lambda _: None, self._problem)

    def put_in_book(self, ids: Sequence[PhotoId], *, in_book: bool) -> None:
        """Have photos printed, or kept for the book alone."""

        def known(photos: tuple[Photo, ...]) -> None:
            for photo in photos:
                if photo.draft.in_book != in_book:
                    draft: PhotoDraft = replace(photo.draft, in_book=in_book)
                    self._deliver(self._album.keep(photo.id, draft), lambda _: None, self._problem)

        if ids:
            self._deliver(self._album.photos(tuple(ids)), known, self._problem)

    def put_away(self, ids: Sequence[PhotoId]) -> None:
        """Put photos into the drawer. They are shown nowhere until they are brought back."""
        going = tuple(ids)
        if going:
            self._deliver(
                self._album.put_away(going, origin=_PUTTING_AWAY),
                lambda _: self._view.show_put_away(going),
                self._problem,
            )

    def bring_back(self, ids: Sequence[PhotoId]) -> None:
        """Bring photos back from the drawer."""
        self._deliver(
            self._album.bring_back(tuple(ids)), lambda _: self._view.show_brought_back(), self._problem
        )

    def _problem(self, error: MemoryBookError) -> None:
        self._view.show_problem(error)
