"""One photo after the other, large: its pixels, its words, and what is done to it."""

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path

from memorybook.domain.changes import ChangeSet
from memorybook.domain.edit import Crop, Edit
from memorybook.domain.ids import BabyId, PhotoId
from memorybook.domain.people import Baby
from memorybook.domain.photo import Photo, PhotoDraft
from memorybook.domain.wording import DEFAULT, WORD
from memorybook.services.album import Album
from memorybook.services.preferences import Preferences
from memorybook.services.record import Record
from memorybook.ui.core.called import names
from memorybook.ui.core.delivery import Deliver, or_none
from memorybook.ui.core.keeping import Keeping
from memorybook.ui.core.showing import may_show, photo_key
from memorybook.ui.photos.changing import Changing
from memorybook.ui.photos.large_screen import Covers, LargeScreen
from memorybook.ui.photos.pixels import Pixels
from memorybook.ui.photos.turning import cropped

ORIGIN = "photo"


class LargePresenter:
    """Drives one :class:`LargeScreen`. GUI thread."""

    def __init__(
        self,
        view: LargeScreen,
        *,
        album: Album,
        record: Record,
        preferences: Preferences,
        showing: Covers,
        deliver: Deliver,
        now: Callable[[], datetime.datetime],
    ) -> None:
        self._view = view
        self._album = album
        self._record = record
        self._preferences = preferences
        self._showing = showing
        self._deliver = deliver
        self._now = now
        self._pixels = Pixels(view, album=album, deliver=deliver, showing=showing)
        self._ids: tuple[PhotoId, ...] = ()
        self._wanted: PhotoId | None = None
        self._photo: Photo | None = None
        self._babies: dict[BabyId, str] = {}
        self._keeping: Keeping[PhotoDraft, Photo] | None = None
        self._changing: Changing | None = None

    @property
    def photo_id(self) -> PhotoId | None:
        """The photo that is turned to, if there is one."""
        return self._wanted

    # turning to a photo

    def show(self, photo: PhotoId, ids: Sequence[PhotoId]) -> None:
        """Turn to a photo; ``ids`` are those that can be turned to from it, in their order."""
        self._ids = tuple(ids)
        self._turn_to(photo)
        self._read_babies()

    def step(self, by: int) -> None:
        """Turn to the next photo, or with -1 to the one before. Nothing happens at the ends."""
        if self._wanted not in self._ids:
            return
        at = self._ids.index(self._wanted) + by
        if 0 <= at < len(self._ids):
            self._once_kept(lambda: self._turn_to(self._ids[at]))

    def leave(self, then: Callable[[], None]) -> None:
        """Call ``then`` once the words are kept, and hold no photo any more; while they are not, it stays."""

        def go() -> None:
            then()
            self._turn_to(None)

        self._once_kept(go)

    def changed(self, changes: ChangeSet) -> None:
        """Something in the book changed, here or in another place."""
        if self._wanted in changes.photos and changes.origin != ORIGIN:
            self._read()
        if changes.record or changes.preferences:
            self._read_babies()

    def _turn_to(self, photo: PhotoId | None) -> None:
        self._wanted, self._photo = photo, None
        self._keeping = self._changing = None
        self._pixels.turn_to(None)
        if photo is None:
            self._view.show_none()
        else:
            self._read()

    def _read(self) -> None:
        wanted = self._wanted

        def found(photos: tuple[Photo, ...] | None) -> None:
            if wanted != self._wanted:
                return
            if photos is None or photos[0].deleted_at is not None:  # put away in another place
                self._turn_to(None)
            else:
                self._take(photos[0])

        if wanted is not None:
            self._deliver(or_none(self._album.photos([wanted])), found, self._view.show_problem)

    def _take(self, photo: Photo) -> None:
        """Show a photo that was read; words that are being typed stay."""
        first = self._photo is None
        typing = self._photo is not None and self._view.draft() != self._photo.draft
        said = self._photo is None or self._photo.draft != photo.draft
        self._photo = photo
        at = self._ids.index(photo.id) if photo.id in self._ids else 0
        self._view.show_shown(photo, at, len(self._ids))
        if said and not typing:
            self._begin_form(photo)
        if first or self._changing is None or not self._changing.is_working:
            self._begin_changing(photo)
        self._pixels.turn_to(photo)

    # words

    def _begin_form(self, photo: Photo) -> None:
        self._view.show_draft(photo.draft, self._babies)

        def written(kept: Photo) -> None:
            if self._photo is not None and kept.id == self._photo.id:
                self._photo = kept
                self._pixels.note(kept)

        self._keeping = Keeping(
            self._view,
            self._view.draft(),  # as the form gives it back when nothing is typed
            read=self._view.draft,
            write=lambda typed: self._album.keep(photo.id, typed, origin=ORIGIN),
            written=written,
            deliver=self._deliver,
            now=self._now,
        )

    def _read_babies(self) -> None:
        def known(babies: tuple[Baby, ...]) -> None:
            self._deliver(
                self._preferences.get(WORD),
                lambda word: named(names(babies, word or DEFAULT)),
                self._view.show_problem,
            )

        def named(babies: dict[BabyId, str]) -> None:
            if babies == self._babies:
                return
            self._babies = babies
            if self._photo is not None and self._view.draft() == self._photo.draft:
                self._begin_form(self._photo)

        self._deliver(self._record.babies(), known, self._view.show_problem)

    def keep(self) -> None:
        """Keep the words, now."""
        if self._keeping is not None:
            self._keeping.keep()

    def flush(self, then: Callable[[bool], None]) -> None:
        """Keep what was typed and call ``then``: with ``True`` when all of it is kept."""
        if self._keeping is None:
            then(True)  # noqa: FBT003 - as every such callback is told
        else:
            self._keeping.flush(then)

    def _once_kept(self, go: Callable[[], None]) -> None:
        def kept(all_of_it: bool, /) -> None:
            if all_of_it:
                go()

        if self._keeping is None:
            go()
        else:
            self._keeping.flush(kept)

    # looking

    def uncover(self) -> None:
        """The person chose to look at the photo that is turned to."""
        if self._wanted is not None:
            self._showing.uncover(photo_key(self._wanted))

    def cover_again(self) -> None:
        """Cover the photo that was uncovered."""
        if self._wanted is not None:
            self._showing.cover_again([photo_key(self._wanted)])

    def uncovered_changed(self) -> None:
        """Some photos were uncovered, or covered again."""
        self._pixels.show()

    def compare(self, *, on: bool) -> None:
        """Show the photo as it came, or as it is shown."""
        self._pixels.compare(on=on)

    def come_closer(self) -> None:
        """There are more pixels on the screen than in the picture that is shown."""
        self._pixels.come_closer()

    # changing

    def _begin_changing(self, photo: Photo) -> None:
        def current() -> bool:
            return self._changing is changing

        def said() -> None:
            if current():
                self._show_edit()

        def made(again: Photo) -> None:
            if current() and self._photo is not None:
                self._photo = again
                at = self._ids.index(again.id) if again.id in self._ids else 0
                self._view.show_shown(again, at, len(self._ids))
                self._pixels.turn_to(again)

        changing = self._changing = Changing(
            photo,
            album=self._album,
            deliver=self._deliver,
            origin=ORIGIN,
            said=said,
            made=made,
            failed=self._view.show_problem,
        )
        self._show_edit()

    def _show_edit(self) -> None:
        changing = self._changing
        if changing is not None:
            self._view.show_edit(changing.edit, can_undo=changing.can_undo, working=changing.is_working)

    def change(self, edit: Edit) -> None:
        """Show the photo so from now on."""
        if self._changing is not None:
            self._changing.change(edit)

    def undo(self) -> None:
        """Take the last step back."""
        if self._changing is not None:
            self._changing.undo()

    def begin_crop(self) -> None:
        """Fetch the whole of the photo, so that what was cut off can come back.

        It stays grey and soft: who made it so may not want to see it otherwise.
        """
        photo, changing = self._photo, self._changing
        if photo is None or changing is None:
            return
        if not may_show(self._showing, photo_key(photo.id), covered=photo.covered):
            return

        def come(jpeg: bytes) -> None:
            if photo.id == self._wanted:
                self._view.show_crop(jpeg, changing.edit)

        self._deliver(self._album.uncut(photo.id, changing.edit), come, self._view.show_problem)

    def crop(self, seen: Crop | None) -> None:
        """Cut the photo to this, as it lies on the screen; leave it as it was without."""
        if self._changing is not None and seen is not None:
            self._changing.change(cropped(self._changing.edit, seen))
        self._pixels.show()

    def measure(self, per_mm: float | None) -> None:
        """Keep how many pixels one millimetre has."""

        def done(photo: Photo) -> None:
            if self._photo is not None and photo.id == self._photo.id:
                self._take(photo)

        if self._photo is not None:
            future = self._album.measure(self._photo.id, per_mm, origin=ORIGIN)
            self._deliver(future, done, self._view.show_problem)

    # out of sight, and out of the book

    def put_away(self) -> None:
        """Take the photo out of sight. It stays in the book and can be brought back."""
        photo = self._wanted
        if photo is None:
            return
        before = self._ids

        def bring_back() -> None:
            def back(_: object) -> None:
                self._ids = before
                self._turn_to(photo)

            self._deliver(self._album.bring_back([photo], origin=ORIGIN), back, self._view.show_problem)

        def done(_: object) -> None:
            at = before.index(photo) if photo in before else 0
            self._ids = tuple(each for each in before if each != photo)
            self._turn_to(self._ids[min(at, len(self._ids) - 1)] if self._ids else None)
            self._view.show_put_away(bring_back)

        self._once_kept(
            lambda: self._deliver(
                self._album.put_away([photo], origin=ORIGIN), done, self._view.show_problem
            )
        )

    def copy(self, target: Path, *, clean: bool) -> None:
        """Save a copy outside of the book, without place and camera data when it is ``clean``."""
        if self._wanted is not None:
            self._deliver(
                self._album.export(self._wanted, target, clean=clean),
                lambda _: self._view.show_copied(clean=clean),
                self._view.show_problem,
            )
