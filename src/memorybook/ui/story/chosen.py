"""The page of the story that is read: its words, then its pictures as they come."""

from collections.abc import Collection

from memorybook.domain.entry import Entry
from memorybook.domain.ids import EntryId, PhotoId
from memorybook.domain.paging import Cursor
from memorybook.domain.photo import Photo
from memorybook.services.album import Album
from memorybook.services.journal import Journal
from memorybook.ui.core.delivery import Deliver, or_none
from memorybook.ui.core.showing import AllCovered, Showing, may_show, photo_key
from memorybook.ui.story.heard import Heard
from memorybook.ui.story.screen import StoryView


class ChosenPage:
    """``id`` is the page that is read, ``at`` where it stood in the list. GUI thread.

    The answer for a page that is no longer the chosen one is dropped.
    """

    def __init__(
        self,
        view: StoryView,
        *,
        journal: Journal,
        album: Album,
        deliver: Deliver,
        showing: Showing | None = None,
        heard: Heard | None = None,
    ) -> None:
        self._view = view
        self._heard = heard
        self._showing = showing or AllCovered()
        self._photos: tuple[Photo, ...] = ()
        self._asked: set[PhotoId] = set()
        self._journal = journal
        self._album = album
        self._deliver = deliver
        self.id: EntryId | None = None
        self.at: Cursor | None = None

    def choose(self, entry_id: EntryId) -> None:
        """Show one page to read; the one that is read already stays as it is."""
        if entry_id != self.id:
            self.id = entry_id
            self._deliver(or_none(self._journal.entry(entry_id)), self._read, self._view.show_problem)

    def forget(self) -> None:
        """Whatever is chosen next is read, also the same page again: its words may be others."""
        self.id = None

    def read_again(self, entry_id: EntryId) -> None:
        """The words of a page may be others; read them if it is still the one that is shown."""
        if entry_id == self.id:
            self.forget()
            self.choose(entry_id)

    def choose_none(self) -> None:
        """Show no page."""
        self.forget()
        self._photos = ()
        self._view.show_no_entry()
        if self._heard is not None:
            self._heard.show(None)

    def _read(self, entry: Entry | None) -> None:
        if entry is None or entry.id != self.id:  # deleted this moment: the list is read again
            return
        self.at = Cursor(entry.draft.day.sort_key, entry.id)

        def show(found: tuple[Photo, ...]) -> None:
            if entry.id != self.id:
                return
            photos = tuple(photo for photo in found if photo.deleted_at is None)
            self._view.show_entry(entry, photos)
            if self._heard is not None:
                self._heard.show(entry)
            self._photos, self._asked = photos, set()
            self.show_pictures()

        self._deliver(self._album.photos(entry.draft.photos), show, self._view.show_problem)

    def show_pictures(self) -> None:
        """Fetch the pictures that may be seen, and cover those that may not, or no longer."""
        if self.id is None:
            return
        for photo in self._photos:
            if not self._may_show(photo):
                self._asked.discard(photo.id)
                self._view.show_covered(photo)
            elif photo.id not in self._asked:
                self._asked.add(photo.id)
                self._load(self.id, photo)

    def photos_changed(self, photos: Collection[PhotoId]) -> None:
        """Some photos look different, or are covered: so are they here at once, also while nobody is here."""
        entry = self.id
        concerned = [photo.id for photo in self._photos if photo.id in photos]

        def known(found: tuple[Photo, ...] | None) -> None:
            if entry == self.id and found is not None:
                again = {photo.id: photo for photo in found}
                self._photos = tuple(again.get(photo.id, photo) for photo in self._photos)
                self._asked.difference_update(concerned)
                self.show_pictures()

        if concerned:
            self._deliver(or_none(self._album.photos(concerned)), known, self._view.show_problem)

    def uncover(self, photo: PhotoId) -> None:
        """The person chose to look at this picture."""
        self._showing.uncover(photo_key(photo))

    def cover_again(self, photo: PhotoId) -> None:
        """She has looked at it."""
        self._showing.cover_again([photo_key(photo)])

    def _may_show(self, photo: Photo) -> bool:
        return may_show(self._showing, photo_key(photo.id), covered=photo.covered)

    def _load(self, entry_id: EntryId, photo: Photo) -> None:
        def show(jpeg: bytes) -> None:
            if entry_id == self.id and self._may_show(photo):  # it may have been covered meanwhile
                self._view.show_picture(photo.id, jpeg)

        self._deliver(self._album.rendition(photo.id), show, self._view.show_problem)
