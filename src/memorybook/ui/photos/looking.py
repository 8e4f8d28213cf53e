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
from memorybook.errors import MemoryBookError
from memorybook.services.album import Album
from memorybook.services.preferences import Preferences
from memorybook.services.record import Record
from memorybook.ui.core.called import names
from memorybook.ui.core.delivery import Deliver, or_none
from memorybook.ui.core.keeping import Keeping
from memorybook.ui.core.showing import photo_key
from memorybook.ui.photos.changing import Changing
from memorybook.ui.photos.large_screen import Covers, LargeScreen
from memorybook.ui.photos.pixels import Pixels
from memorybook.ui.photos.turning import cropped

ORIGIN = "photo"


class LargePresenter:
    """Drives one :class:`LargeScreen`. GUI thread.

    While another photo is turned to the one before holds until that is there: what is on the screen is what
    is written of and acted on, however late the answer comes.
    """

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
        self._wanted = photo
        if photo is not None:
            self._read()
            return
        self._photo = self._keeping = self._changing = None
        self._pixels.turn_to(None)
        self._view.show_none()

    def _read(self) -> None:
        wanted = self._wanted

        def come(photos: tuple[Photo, ...] | None) -> None:
            if wanted != self._wanted:
                return
            if photos is None or photos[0].deleted_at is not None:  # put away in another place
                self._turn_to(None)
            else:
                self._take(photos[0])

        def found(photos: tuple[Photo, ...] | None) -> None:
            if self._photo is None or self._photo.id == wanted:
                come(photos)
            else:
                self._once_kept(lambda: come(photos), stay)

        def stay() -> None:
            if wanted == self._wanted and self._photo is not None:
                self._wanted = self._photo.id

        def failed(error: MemoryBookError) -> None:
            stay()
            self._view.show_problem(error)

        if wanted is not None:
            self._deliver(or_none(self._album.photos([wanted])), found, failed)

    def _take(self, photo: Photo) -> None:
        """Show a photo that was read; words that are being typed of it stay."""
        before = self._photo if self._photo is not None and self._photo.id == photo.id else None
        typing = before is not None and self._view.draft() != before.draft
        said = before is None or before.draft != photo.draft
        self._photo = photo
        self._show_shown()
        if said and not typing:
            self._begin_form(photo)
        if before is None or self._changing is None or not self._changing.is_working:
            self._begin_changing(photo)
        self._pixels.turn_to(photo)

    def _show_shown(self) -> None:
        photo = self._photo
        if photo is not None:
            at = self._ids.index(photo.id) if photo.id in self._ids else 0
            self._view.show_shown(photo, at, len(self._ids))

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

    def _once_kept(self, go: Callable[[], None], stay: Callable[[], None] = lambda: None) -> None:
        def kept(all_of_it: bool, /) -> None:
            (go if all_of_it else stay)()

        if self._keeping is None:
            go()
        else:
            self._keeping.flush(kept)

    # looking

    def uncover(self) -> None:
        """The person chose to look at the photo."""
        if self._photo is not None:
            self._showing.uncover(photo_key(self._photo.id))

    def cover_again(self) -> None:
        """Cover the photo that was uncovered."""
        if self._photo is not None:
            self._showing.cover_again([photo_key(self._photo.id)])

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
                self._show_shown()
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
        if photo is None or changing is None or not self._pixels.may_be_seen:
            return
        edit = changing.edit

        def come(jpeg: bytes) -> None:
            here = self._photo is not None and photo.id == self._photo.id == self._wanted
            as_asked = self._changing is not None and self._changing.edit == edit
            if here and as_asked and self._pixels.may_be_seen:  # it may have been covered meanwhile
                self._view.show_crop(jpeg, edit)

        self._deliver(self._album.uncut(photo.id, edit), come, self._view.show_problem)

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
        if self._photo is None:
            return
        photo, before = self._photo.id, self._ids

        def bring_back() -> None:
            def back(_: object) -> None:
                self._ids = before
                self._turn_to(photo)

            self._deliver(self._album.bring_back([photo], origin=ORIGIN), back, self._view.show_problem)

        def go_on() -> None:
            if self._wanted == photo:
                at = before.index(photo) if photo in before else 0
                self._turn_to(self._ids[min(at, len(self._ids) - 1)] if self._ids else None)

        def done(_: object) -> None:
            self._ids = tuple(each for each in self._ids if each != photo)
            if self._photo is not None and self._photo.id in self._ids:  # another was turned to meanwhile
                self._show_shown()
            self._once_kept(go_on)
            self._view.show_put_away(bring_back)

        self._once_kept(
            lambda: self._deliver(
                self._album.put_away([photo], origin=ORIGIN), done, self._view.show_problem
            )
        )

    def copy(self, photo: PhotoId, target: Path, *, clean: bool) -> None:
        """Save a copy outside of the book, without place and camera data when it is ``clean``."""
        self._deliver(
            self._album.export(photo, target, clean=clean),
            lambda _: self._view.show_copied(clean=clean),
            self._view.show_problem,
        )
