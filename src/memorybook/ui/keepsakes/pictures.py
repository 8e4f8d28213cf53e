"""The pictures of the form that is open: taking in, choosing, arranging, taking off."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from memorybook.domain.bringing import BringAccount, Refused
from memorybook.domain.ids import PhotoId
from memorybook.domain.keepsake import Keepsake, KeepsakeDraft
from memorybook.domain.photo import Photo, PhotoDraft, PhotoFilter, PhotoRow
from memorybook.errors import MemoryBookError
from memorybook.services.album import Album
from memorybook.services.keepsakes import Keepsakes
from memorybook.ui.core.delivery import Deliver
from memorybook.ui.keepsakes.opened import Opened
from memorybook.ui.keepsakes.small import PicturesView, SmallPictures


class FormPictures:
    """Drives the pictures of the form that is open. GUI thread. ``keep`` keeps the form."""

    def __init__(
        self,
        view: PicturesView,
        *,
        keepsakes: Keepsakes,
        album: Album,
        deliver: Deliver,
        small: SmallPictures,
        keep: Callable[[], None],
        origin: str,
    ) -> None:
        self._view = view
        self._keepsakes = keepsakes
        self._album = album
        self._deliver = deliver
        self._small = small
        self._keep = keep
        self._origin = origin
        self.opened: Opened | None = None
        self._offered: dict[PhotoId, PhotoRow] = {}

    def open(self, opened: Opened | None) -> None:
        """The form of another keepsake is open, or none."""
        self.opened = opened
        if opened is not None:
            self._show()
            self._view.show_adding(on=opened.adding > 0)

    def _show(self) -> None:
        if self.opened is not None:
            self._small.know(self.opened.photos)
            self._view.show_photos(tuple(self.opened.photos))

    # taking in

    def add(self, sources: Sequence[Path | bytes]) -> None:
        """Take pictures into the book and put them with the keepsake, in this order."""
        opened = self.opened
        if opened is None or not sources:
            return
        opened.adding += 1
        self._view.show_adding(on=True)

        def done(account: BringAccount[PhotoId]) -> None:
            opened.adding -= 1
            self._put_with(opened, account.ids)
            refused = account.refused
            if account.stopped_by is not None:
                refused = (*refused, Refused("", account.stopped_by))
            if refused:
                self._view.show_refused(refused)

        def failed(error: MemoryBookError) -> None:
            opened.adding -= 1
            self._view.show_adding(on=opened.adding > 0)
            self._view.show_problem(error)

        bringing = self._album.bring(
            sources, keepsake=opened.id, told=lambda _: None, origin=self._origin
        )
        self._deliver(bringing.done, done, failed)

    def _put_with(self, opened: Opened, ids: Sequence[PhotoId]) -> None:
        """Put photos of the book behind the others of a keepsake, whose form may have been left meanwhile."""
        new = tuple(each for each in ids if all(each != photo.id for photo in opened.photos))

        def known(photos: tuple[Photo, ...]) -> None:
            opened.photos.extend(photos)
            if opened is self.opened:
                self._show()
                self._view.show_adding(on=opened.adding > 0)
                self._keep()
            elif photos:
                self._put_with_one_that_is_closed(opened, new)

        self._deliver(self._album.photos(new), known, self._view.show_problem)

    def _put_with_one_that_is_closed(self, opened: Opened, new: tuple[PhotoId, ...]) -> None:
        def made(keepsake: Keepsake | None) -> None:
            opened.id = keepsake.id if keepsake is not None else None

        if opened.id is None:
            kept = self._keepsakes.keep(None, KeepsakeDraft(photos=new))
            self._deliver(kept, made, self._view.show_problem)
        else:
            put = self._keepsakes.put_with(opened.id, new)
            self._deliver(put, lambda _: None, self._view.show_problem)

    # choosing among those of the book

    def offer(self) -> None:
        """Ask which photos of the book belong to the keepsake."""
        opened = self.opened

        def found(rows: tuple[PhotoRow, ...]) -> None:
            if opened is None or opened is not self.opened:
                return
            here = {photo.id for photo in opened.photos}
            rest = tuple(row for row in rows if row.id not in here)
            self._offered = {row.id: row for row in rest}
            self._view.offer_photos(rest)

        self._deliver(self._album.rows(PhotoFilter()), found, self._view.show_problem)

    def need_offered(self, photo_id: PhotoId) -> None:
        """A photo that is offered is in sight. Of covered ones nothing is fetched: they stay covered here."""
        row = self._offered.get(photo_id)
        if row is None or row.covered:
            return

        def come(jpeg: bytes) -> None:
            self._view.show_offered(photo_id, jpeg)

        self._deliver(self._album.thumbnail(photo_id), come, self._view.show_problem)

    def choose(self, ids: Sequence[PhotoId]) -> None:
        """Put these photos of the book with the keepsake."""
        if self.opened is not None and ids:
            self._put_with(self.opened, ids)

    # what is done with one

    def look_at(self, photo_id: PhotoId) -> None:
        """Show one picture large."""
        photo = self._photo(photo_id)
        if photo is None or not self._small.may_show(photo):
            return

        def come(jpeg: bytes) -> None:
            now = self._photo(photo_id)  # what was said of it last may have been kept meanwhile
            if now is not None and self._small.may_show(now):
                self._view.show_large(now, jpeg)

        self._deliver(self._album.rendition(photo_id), come, self._view.show_problem)

    def say(self, photo_id: PhotoId, draft: PhotoDraft) -> None:
        """Keep what is said of a picture, wherever it is."""
        opened = self.opened

        def kept(photo: Photo) -> None:
            if opened is None:
                return
            opened.photos[:] = [photo if each.id == photo.id else each for each in opened.photos]
            if opened is self.opened:
                self._show()

        future = self._album.keep(photo_id, draft, origin=self._origin)
        self._deliver(future, kept, self._view.show_problem)

    def move(self, photo_id: PhotoId, step: int) -> None:
        """Put a picture so many places further on, or back. The first one stands on the card."""
        opened = self.opened
        if opened is None:
            return
        at = next((at for at, photo in enumerate(opened.photos) if photo.id == photo_id), -1)
        if at < 0 or not 0 <= at + step < len(opened.photos):
            return
        opened.photos.insert(at + step, opened.photos.pop(at))
        self._show()
        self._keep()

    def take_off(self, photo_id: PhotoId) -> None:
        """Take a picture off the keepsake. It stays in the book and can be put back."""
        opened, photo = self.opened, self._photo(photo_id)
        if opened is None or photo is None:
            return
        at = opened.photos.index(photo)
        opened.photos.remove(photo)
        self._show()

        def put_back() -> None:
            if opened is self.opened and self._photo(photo_id) is None:
                opened.photos.insert(at, photo)
                self._show()
                self._keep()

        def done(_: object) -> None:
            if opened is self.opened:
                self._keep()
                self._view.show_taken_off(put_back)

        if opened.id is None:
            done(None)
        else:
            future = self._keepsakes.take_off(opened.id, photo_id, origin=self._origin)
            self._deliver(future, done, self._view.show_problem)

    def changed(self, photos: Collection[PhotoId], *, drawer: bool) -> None:
        """Something is known of these photos that was not, or (``drawer``) they were put away or are back."""
        opened = self.opened
        if opened is None or opened.id is None:
            return
        if not drawer and not any(photo.id in photos for photo in opened.photos):
            return

        def found(keepsake: Keepsake) -> None:
            kept = keepsake.draft.photos
            here = [photo.id for photo in opened.photos if photo.id in kept]
            before: PhotoId | None = None
            for photo in kept:
                if photo in photos and photo not in here:  # it is back, behind the one it stood behind
                    here.insert(0 if before is None else here.index(before) + 1, photo)
                if photo in here:
                    before = photo
            self._deliver(self._album.photos(here), known, self._view.show_problem)

        def known(now: tuple[Photo, ...]) -> None:
            if opened is self.opened:
                opened.photos[:] = now
                self._show()

        self._deliver(self._keepsakes.keepsake(opened.id), found, self._view.show_problem)

    def _photo(self, photo_id: PhotoId) -> Photo | None:
        photos = self.opened.photos if self.opened is not None else []
        return next((photo for photo in photos if photo.id == photo_id), None)
