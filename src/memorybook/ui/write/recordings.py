"""The recordings of the page that is open: bringing them in, choosing them from the book, taking them off."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from memorybook.domain.bringing import BringAccount
from memorybook.domain.changes import ChangeSet
from memorybook.domain.entry import Entry
from memorybook.domain.ids import EntryId, RecordingId
from memorybook.domain.recording import Recording
from memorybook.errors import MemoryBookError
from memorybook.services.journal import Journal
from memorybook.services.recordings import Playback, Recordings
from memorybook.ui.core.delivery import Deliver
from memorybook.ui.core.showing import AllCovered, Showing, may_show, recording_key
from memorybook.ui.write.page import Page


class RecordingsOnPageView(Protocol):
    """What is told about recordings."""

    def show_recordings(self, recordings: Sequence[Recording]) -> None:
        """Show the recordings of the page, in order."""

    def show_picture(self, recording: RecordingId, waveform: bytes, poster: bytes) -> None:
        """What is to be seen of one has come."""

    def show_covered(self, recording: RecordingId, waveform: bytes) -> None:
        """The picture of one is covered."""

    def show_adding(self, waiting: int) -> None:
        """So many files are still being brought in; 0 when all are."""

    def show_refused(self, error: MemoryBookError, name: str) -> None:
        """One could not be added. ``name`` is its file's."""

    def show_taken_off(self, recording: RecordingId) -> None:
        """One is no longer on the page; offer to put it back."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read or done; what is on the page is not in question."""


class PageRecordings:
    """Drives the recordings of whatever page is open. GUI thread."""

    def __init__(
        self,
        view: RecordingsOnPageView,
        *,
        journal: Journal,
        recordings: Recordings,
        deliver: Deliver,
        now: Callable[[], datetime.datetime],
        page: Callable[[], Page],
        keep: Callable[[], None],
        origin: str,
        showing: Showing | None = None,
    ) -> None:
        self._view = view
        self._journal = journal
        self._recordings = recordings
        self._deliver = deliver
        self._now = now
        self._page = page
        self._keep = keep
        self._origin = origin
        self._showing = showing or AllCovered()

    # what is shown

    def show(self) -> None:
        """Show the recordings of the page that has been turned to."""
        self._view.show_recordings(self._page().recordings)
        for recording in self._page().recordings:
            self._load(recording)
        self._show_adding(self._page())

    def covering_changed(self) -> None:
        """Some are uncovered, or covered again."""
        for recording in self._page().recordings:
            if recording.draft.covered:
                self._load(recording)

    def uncover(self, recording: RecordingId) -> None:
        """The person chose to look at this one."""
        self._showing.uncover(recording_key(recording))

    def _load(self, recording: Recording) -> None:
        def come(picture: tuple[bytes, bytes]) -> None:
            waveform, poster = picture
            if may_show(self._showing, recording_key(recording.id), covered=recording.draft.covered):
                self._view.show_picture(recording.id, waveform, poster)
            else:
                self._view.show_covered(recording.id, waveform)

        self._deliver(self._recordings.picture(recording.id), come, self._view.show_problem)

    def changed(self, changes: ChangeSet) -> None:
        """Recordings changed in another place: follow what concerns this page."""
        page = self._page()
        if page.id is None or page.id not in changes.entries or changes.origin == self._origin:
            return

        def read(entry: Entry) -> None:
            self._deliver(self._recordings.get(entry.draft.recordings), known, self._view.show_problem)

        def known(found: tuple[Recording, ...]) -> None:
            page.recordings = list(found)
            if page.kept is not None:
                page.kept = replace(page.kept, recordings=tuple(each.id for each in found))
            if page is self._page():
                self.show()

        self._deliver(self._journal.entry(page.id, in_drawer=True), read, self._view.show_problem)

    # coming in

    def add(self, sources: Sequence[Path]) -> None:
        """Bring these in, at the end of the page."""
        page = self._page()
        page.recordings_waiting.extend(sources)
        self._show_adding(page)
        if page.id is None:
            self._keep()
        else:
            self.take_in(page)

    def take_in(self, page: Page) -> None:
        """Bring in what waits for ``page``, as soon as it has an id."""
        if page.id is None or not page.recordings_waiting:
            return
        sources = tuple(page.recordings_waiting)
        page.recordings_waiting.clear()
        page.recordings_adding += len(sources)
        self._show_adding(page)

        def done(account: BringAccount[RecordingId]) -> None:
            page.recordings_adding -= len(sources)
            for refused in account.refused:
                self._view.show_refused(refused.error, refused.name)
            if account.stopped_by is not None:
                self._view.show_problem(account.stopped_by)
            self._show_adding(page)
            self._put(page, account.ids)

        def failed(error: MemoryBookError) -> None:
            page.recordings_adding -= len(sources)
            self._view.show_problem(error)
            self._show_adding(page)

        bringing = self._recordings.bring(sources, entry=page.id, origin=self._origin)
        self._deliver(bringing.done, done, failed)

    def _show_adding(self, page: Page) -> None:
        if page is self._page():
            self._view.show_adding(page.recordings_adding + len(page.recordings_waiting))

    def _put(self, page: Page, ids: Sequence[RecordingId]) -> None:
        """These are on the page in the book already: show them on it, too."""
        wanted = [each for each in dict.fromkeys(ids) if all(each != known.id for known in page.recordings)]
        if not wanted:
            return

        def known(found: tuple[Recording, ...]) -> None:
            page.recordings += found
            self._changed(page)

        self._deliver(self._recordings.get(wanted), known, self._view.show_problem)

    def _changed(self, page: Page) -> None:
        """The recordings of the page are kept as they are now; words may still wait."""
        if page.kept is not None:
            page.kept = replace(page.kept, recordings=tuple(each.id for each in page.recordings))
        page.kept_at = self._now()
        if page is self._page():
            self.show()
            self._keep()

    def open(self, recording: RecordingId) -> Playback:
        """Something that plays one of them."""
        return self._recordings.open(recording)

    # from the book, and off the page

    def others(self, show: Callable[[Sequence[Recording]], object]) -> None:
        """The recordings of the book that are not on this page."""
        here = {recording.id for recording in self._page().recordings}

        def known(rows: tuple[Recording, ...]) -> None:
            show([recording for recording in rows if recording.id not in here])

        self._deliver(self._recordings.rows(), known, self._view.show_problem)

    def put(self, ids: Sequence[RecordingId]) -> None:
        """Put recordings of the book on the page, behind the others."""
        page = self._page()

        def known(found: tuple[Recording, ...]) -> None:
            if page is self._page():
                here = {recording.id for recording in page.recordings}
                page.recordings += [recording for recording in found if recording.id not in here]
                self.show()
                self._keep()

        self._deliver(self._recordings.get(ids), known, self._view.show_problem)

    def take_off(self, recording: RecordingId) -> None:
        """Take one off the page. It stays in the book and can be put back."""
        page = self._page()
        if page.id is None:
            return

        def done(entry: Entry) -> None:
            page.recordings = [each for each in page.recordings if each.id in entry.draft.recordings]
            self._changed(page)
            if page is self._page():
                self._view.show_taken_off(recording)

        future = self._journal.take_off_recording(EntryId(page.id), recording, origin=self._origin)
        self._deliver(future, done, self._view.show_problem)
