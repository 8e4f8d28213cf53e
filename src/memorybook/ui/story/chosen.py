"""The page of the story that is read: its words, then its pictures as they come."""

from concurrent.futures import Future

from memorybook.domain.entry import Entry
from memorybook.domain.ids import EntryId, PhotoId
from memorybook.domain.paging import Cursor
from memorybook.domain.photo import Photo
from memorybook.services.album import Album
from memorybook.services.journal import Journal
from memorybook.ui.core.delivery import Deliver
from memorybook.ui.story.screen import StoryView


class ChosenPage:
    """``id`` is the page that is read, ``at`` where it stood in the list. GUI thread.

    The answer for a page that is no longer the chosen one is dropped.
    """

    def __init__(self, view: StoryView, *, journal: Journal, album: Album, deliver: Deliver) -> None:
        self._view = view
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

    def choose_none(self) -> None:
        """Show no page."""
        self.forget()
        self._view.show_no_entry()

    def _read(self, entry: Entry | None) -> None:
        if entry is None or entry.id != self.id:  # deleted this moment: the list is read again
            return
        self.at = Cursor(entry.draft.day.sort_key, entry.id)

        def show(photos: tuple[Photo, ...]) -> None:
            if entry.id != self.id:
                return
            self._view.show_entry(entry, photos)
            for photo in photos:
                self._load(entry.id, photo.id)

        self._deliver(self._album.photos(entry.draft.photos), show, self._view.show_problem)

    def _load(self, entry_id: EntryId, photo: PhotoId) -> None:
        def show(jpeg: bytes) -> None:
            if entry_id == self.id:
                self._view.show_picture(photo, jpeg)

        self._deliver(self._album.rendition(photo), show, self._view.show_problem)


def or_none(future: "Future[Entry]") -> "Future[Entry | None]":
    """The answer, or ``None`` for a page that was put away or is gone for ever."""
    answer: Future[Entry | None] = Future()

    def pass_on(done: "Future[Entry]") -> None:
        error = None if done.cancelled() else done.exception()
        if done.cancelled():
            answer.cancel()
        elif isinstance(error, LookupError):
            answer.set_result(None)
        elif error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(done.result())

    future.add_done_callback(pass_on)
    return answer
