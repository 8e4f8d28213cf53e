"""The keepsakes that are listed, the one that is open, and what is put away or brought back."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from memorybook.domain.changes import ChangeSet
from memorybook.domain.ids import BabyId, KeepsakeId, PhotoId
from memorybook.domain.keepsake import Keepsake, KeepsakeDraft
from memorybook.domain.people import Baby
from memorybook.domain.photo import Photo
from memorybook.domain.wording import WORD
from memorybook.errors import MemoryBookError
from memorybook.services.album import Album
from memorybook.services.keepsakes import Keepsakes
from memorybook.services.preferences import Preferences
from memorybook.services.record import Record
from memorybook.ui.core.delivery import Deliver
from memorybook.ui.core.keeping import FormView, Keeping
from memorybook.ui.core.showing import AllCovered, Showing
from memorybook.ui.keepsakes.opened import Opened
from memorybook.ui.keepsakes.pictures import FormPictures
from memorybook.ui.keepsakes.small import PicturesView, SmallPictures

ORIGIN = "keepsakes"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything the place lists: ``photos`` are those of the keepsakes, ``word`` the book's for a baby.

    ``away`` are those that wait in the drawer.
    """

    keepsakes: tuple[Keepsake, ...] = ()
    away: frozenset[KeepsakeId] = frozenset()
    photos: Mapping[PhotoId, Photo] = field(default_factory=dict)
    babies: tuple[Baby, ...] = ()
    word: str = ""

    def front(self, keepsake: Keepsake) -> Photo | None:
        """The picture on its card."""
        known = (self.photos.get(photo) for photo in keepsake.draft.photos)
        return next((photo for photo in known if photo is not None), None)


class KeepsakesView(FormView, PicturesView, Protocol):
    """What the presenter tells the screen."""

    def show_shelf(self, shelf: Shelf) -> None:
        """List everything, in the parent's order."""

    def show_form(
        self, keepsake: KeepsakeId | None, draft: KeepsakeDraft, babies: Sequence[Baby], word: str
    ) -> None:
        """Open the form of a keepsake; ``None`` for one that is not in the book yet."""

    def show_list(self) -> None:
        """Leave the form that is open."""

    def draft(self) -> KeepsakeDraft:
        """What the form holds now but its pictures."""

    def show_put_away(self, keepsake: KeepsakeId, bring_back: Callable[[], None]) -> None:
        """A keepsake is not listed any more; offer to bring it back."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read or done."""


class KeepsakesPresenter:
    """Drives one :class:`KeepsakesView`. GUI thread."""

    def __init__(
        self,
        view: KeepsakesView,
        *,
        keepsakes: Keepsakes,
        album: Album,
        record: Record,
        preferences: Preferences,
        deliver: Deliver,
        now: Callable[[], datetime.datetime],
        showing: Showing | None = None,
    ) -> None:
        self._view = view
        self._keepsakes = keepsakes
        self._album = album
        self._record = record
        self._preferences = preferences
        self._deliver = deliver
        self._now = now
        self._shelf = Shelf()
        self._moving = self._acts = 0
        self._keeping: Keeping[KeepsakeDraft, Keepsake | None] | None = None
        showing = showing or AllCovered()
        self.small = SmallPictures(view, album=album, deliver=deliver, showing=showing)
        self.pictures = FormPictures(
            view,
            keepsakes=keepsakes,
            album=album,
            deliver=deliver,
            small=self.small,
            keep=self.keep,
            origin=ORIGIN,
        )

    # listing

    def show(self) -> None:
        """Read everything anew; a form that is open stays as it is."""
        shelf, acts = Shelf(), self._acts
        failed = self._view.show_problem

        def babies_found(babies: tuple[Baby, ...]) -> None:
            nonlocal shelf
            shelf = replace(shelf, babies=babies)

        def word_found(word: str | None) -> None:
            nonlocal shelf
            shelf = replace(shelf, word=word or "")

        def away_found(keepsakes: tuple[Keepsake, ...]) -> None:
            nonlocal shelf
            shelf = replace(shelf, away=frozenset(each.id for each in keepsakes))

        def found(keepsakes: tuple[Keepsake, ...]) -> None:
            nonlocal shelf
            shelf = replace(shelf, keepsakes=keepsakes)
            wanted = tuple(dict.fromkeys(photo for each in keepsakes for photo in each.draft.photos))
            self._deliver(self._album.photos(wanted), photos_found, failed)

        def photos_found(photos: tuple[Photo, ...]) -> None:
            if self._moving or acts != self._acts:  # it is behind what was done here, and is read again
                return
            self._show_shelf(replace(shelf, photos={photo.id: photo for photo in photos}))

        # The vault answers in the order in which it is asked.
        self._deliver(self._record.babies(), babies_found, failed)
        self._deliver(self._preferences.get(WORD), word_found, failed)
        self._deliver(self._keepsakes.put_away_rows(), away_found, failed)
        self._deliver(self._keepsakes.all(), found, failed)

    def _show_shelf(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self.small.know(shelf.photos.values())
        self._view.show_shelf(shelf)

    def changed(self, changes: ChangeSet) -> None:
        """Something in the book changed, here or in another place."""
        if changes.photos:
            self.pictures.changed(changes.photos, drawer=changes.drawer)
        if self._keeping is not None and changes.origin == ORIGIN:
            return  # it is read when the form is left
        photos = changes.photos and (changes.drawer or not changes.photos.isdisjoint(self._shelf.photos))
        if changes.keepsakes or photos or changes.record or changes.preferences:
            self.show()

    def covering_changed(self) -> None:
        """Something was uncovered, or is covered again."""
        self.small.covering_changed()

    # the form

    def add(self) -> None:
        """Begin a new keepsake. Nothing is kept until something is typed or a picture comes."""
        self._begin(Opened(None, []), KeepsakeDraft())

    def open(self, keepsake_id: KeepsakeId) -> None:
        """Open a keepsake that is listed."""
        found = next((each for each in self._shelf.keepsakes if each.id == keepsake_id), None)
        if found is not None:
            known = (self._shelf.photos.get(photo) for photo in found.draft.photos)
            self._begin(Opened(found.id, [photo for photo in known if photo is not None]), found.draft)

    def _begin(self, opened: Opened, draft: KeepsakeDraft) -> None:
        self._view.show_form(opened.id, draft, self._shelf.babies, self._shelf.word)
        self.pictures.open(opened)

        def read() -> KeepsakeDraft:
            return replace(self._view.draft(), photos=tuple(photo.id for photo in opened.photos))

        def written(result: Keepsake | None) -> None:
            if result is not None:
                opened.id = result.id
                rows = tuple(result if each.id == result.id else each for each in self._shelf.keepsakes)
                self._shelf = replace(self._shelf, keepsakes=rows)
                self._acts += 1

        self._keeping = Keeping(
            self._view,
            read(),  # as the form gives it back when nothing is typed
            read=read,
            write=lambda typed: self._keepsakes.keep(opened.id, typed, origin=ORIGIN),
            written=written,
            deliver=self._deliver,
            now=self._now,
        )

    def keep(self) -> None:
        """Keep the form that is open, now."""
        if self._keeping is not None:
            self._keeping.keep()

    def flush(self, then: Callable[[bool], None]) -> None:
        """Keep the form that is open and call ``then``: with ``True`` when all of it is kept."""
        if self._keeping is None:
            then(True)  # noqa: FBT003 - as every such callback is told
        else:
            self._keeping.flush(then)

    def leave(self) -> None:
        """Go back to the cards once the form is kept; it stays open while it is not."""

        def kept(all_of_it: bool, /) -> None:
            if all_of_it:
                self._close()

        self.flush(kept)

    def _close(self) -> None:
        if self.pictures.opened is not None:  # it may be opened again before all is read
            known = {photo.id: photo for photo in self.pictures.opened.photos}
            self._shelf = replace(self._shelf, photos={**self._shelf.photos, **known})
        self._keeping = None
        self.pictures.open(None)
        self._view.show_list()
        self.show()

    # order, putting away, bringing back

    def move(self, keepsake_id: KeepsakeId, step: int) -> None:
        """Put a keepsake so many places further on, or back."""
        order = list(self._shelf.keepsakes)
        at = next((at for at, each in enumerate(order) if each.id == keepsake_id), -1)
        if at < 0 or not 0 <= at + step < len(order):
            return
        order.insert(at + step, order.pop(at))
        # Shown at once, so that the next press goes on from here and not from the order on the disk.
        self._show_shelf(replace(self._shelf, keepsakes=tuple(order)))
        self._moving += 1
        self._acts += 1

        def moved() -> None:
            self._moving -= 1
            self.show()

        def failed(error: MemoryBookError) -> None:
            moved()
            self._view.show_problem(error)

        future = self._keepsakes.move(keepsake_id, at + step, origin=ORIGIN)
        self._deliver(future, lambda _: moved(), failed)

    def put_away(self) -> None:
        """Take what is open off the shelf. It stays in the book and can be brought back."""

        def kept(all_of_it: bool, /) -> None:
            opened = self.pictures.opened
            if not all_of_it or opened is None:
                return
            if opened.id is None:
                self._close()  # nothing was typed
                return
            away = opened.id

            def done(_: None) -> None:
                self._view.show_put_away(away, lambda: self.bring_back(away))

            self._acts += 1
            future = self._keepsakes.put_away([away], origin=ORIGIN)
            self._close()  # at once, so that nobody goes on writing in what goes
            self._deliver(future, done, self._view.show_problem)

        self.flush(kept)

    def bring_back(self, keepsake_id: KeepsakeId) -> None:
        """Put a keepsake back in its place."""
        future = self._keepsakes.bring_back([keepsake_id], origin=ORIGIN)
        self._deliver(future, lambda _: self.show(), self._view.show_problem)


def names_shown(shelf: Shelf, names: Mapping[BabyId, str], keepsake: Keepsake) -> tuple[str, ...]:
    """Whose a keepsake is, where the book is about several."""
    if len(shelf.babies) < 2:
        return ()
    return tuple(names[baby] for baby in keepsake.draft.babies if baby in names)
