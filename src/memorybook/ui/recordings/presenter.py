"""The recordings of the book: what is listed, what is open, what comes in and what goes out."""

import datetime
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Protocol, TypeVar

from memorybook.domain.bringing import BringAccount, BringProgress
from memorybook.domain.changes import ChangeSet
from memorybook.domain.ids import RecordingId
from memorybook.domain.people import Baby
from memorybook.domain.recording import Recording, RecordingDraft
from memorybook.domain.wording import WORD
from memorybook.errors import MemoryBookError
from memorybook.services.bringing import Bringing
from memorybook.services.preferences import RECORDINGS_GIVEN_UP, Preferences
from memorybook.services.record import Record
from memorybook.services.recordings import Recordings
from memorybook.ui.core.delivery import Deliver
from memorybook.ui.core.keeping import FormView, Keeping
from memorybook.ui.core.showing import AllCovered, Showing, may_show, recording_key

T = TypeVar("T")
ORIGIN = "recordings"


class RecordingsView(FormView, Protocol):
    """What the presenter tells the screen."""

    def show_recordings(self, recordings: Sequence[Recording], babies: Sequence[Baby], word: str) -> None:
        """List these, in this order; ``babies`` are all of the book, ``word`` is its word for one."""

    def show_picture(self, recording: RecordingId, waveform: bytes, poster: bytes) -> None:
        """What is to be seen of one has come."""

    def show_covered(self, recording: RecordingId, waveform: bytes) -> None:
        """The picture of one is covered: nothing of it is on the screen."""

    def show_form(self, recording: Recording) -> None:
        """Open one, with what is written down of it."""

    def show_again(self, recording: Recording) -> None:
        """More is known of the one that is open than when it was opened."""

    def show_list(self) -> None:
        """Leave what is open."""

    def draft(self) -> RecordingDraft:
        """What the form holds now."""

    def show_progress(self, progress: BringProgress) -> None:
        """So much of what was chosen is in the book."""

    def show_account(self, account: BringAccount[RecordingId]) -> None:
        """All that was chosen has been dealt with."""

    def show_away(self, recordings: frozenset[RecordingId]) -> None:
        """These wait in the drawer."""

    def show_put_away(self, recording: RecordingId, bring_back: Callable[[], None]) -> None:
        """One is not listed any more; offer to bring it back."""

    def show_saved(self) -> None:
        """A copy is where it was asked for."""

    def show_given_up(self, number: int) -> None:
        """So many were not taken in before the book was closed."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read or done."""


class RecordingsPresenter:
    """Drives one :class:`RecordingsView`. GUI thread; nothing here waits."""

    def __init__(
        self,
        view: RecordingsView,
        *,
        recordings: Recordings,
        record: Record,
        preferences: Preferences,
        deliver: Deliver,
        now: Callable[[], datetime.datetime],
        showing: Showing | None = None,
    ) -> None:
        self._view = view
        self._recordings = recordings
        self._record = record
        self._preferences = preferences
        self._deliver = deliver
        self._now = now
        self._showing = showing or AllCovered()
        self._rows: dict[RecordingId, Recording] = {}
        self._babies: tuple[Baby, ...] = ()
        self._word = ""
        self._bringing: Bringing[RecordingId] | None = None
        self._told = BringProgress(0, 0)
        self._keeping: Keeping[RecordingDraft, Recording] | None = None
        self._current: RecordingId | None = None

    # listing

    def show(self) -> None:
        """Read everything anew; what is open stays as it is."""

        def babies_known(found: tuple[Baby, ...]) -> None:
            self._babies = found

        def word_known(word: str | None) -> None:
            self._word = word or ""

        # The vault answers in the order in which it is asked.
        problem = self._view.show_problem
        self._deliver(self._record.babies(), babies_known, problem)
        self._deliver(self._preferences.get(WORD), word_known, problem)
        self._deliver(self._recordings.rows(), self._list, problem)
        self._deliver(self._recordings.put_away_rows(), self._list_away, problem)
        self._deliver(self._preferences.get(RECORDINGS_GIVEN_UP), self._tell_given_up, problem)

    def _list(self, rows: tuple[Recording, ...]) -> None:
        before, self._rows = self._rows, {recording.id: recording for recording in rows}
        self._view.show_recordings(rows, self._babies, self._word)
        for recording in rows:
            known = before.get(recording.id)
            seen = None if known is None else (known.draft.covered, known.playable)
            if seen != (recording.draft.covered, recording.playable):
                self._load(recording)
        if self._current is not None and self._current not in self._rows:  # put away in another place
            self.leave()

    def _list_away(self, rows: tuple[Recording, ...]) -> None:
        self._view.show_away(frozenset(recording.id for recording in rows))

    def _load(self, recording: Recording) -> None:
        """Ask for what is to be seen of one. Of a covered video the picture is let go unseen."""
        chosen = recording.id

        def come(picture: tuple[bytes, bytes]) -> None:
            waveform, poster = picture
            known = self._rows.get(chosen)
            if known is not None and may_show(
                self._showing, recording_key(chosen), covered=known.draft.covered
            ):
                self._view.show_picture(chosen, waveform, poster)
            elif known is not None:
                self._view.show_covered(chosen, waveform)

        self._deliver(self._recordings.picture(chosen), come, self._view.show_problem)

    def _tell_given_up(self, number: str | None) -> None:
        if number and number.isdigit() and int(number):
            self._view.show_given_up(int(number))
            self._and_then(self._preferences.put(RECORDINGS_GIVEN_UP, "", origin=ORIGIN), lambda _: None)

    def changed(self, changes: ChangeSet) -> None:
        """Something in the book changed, here or in another place."""
        if changes.recordings or changes.record or changes.preferences:
            self.show()

    # covered pictures

    def uncover(self, recording: RecordingId) -> None:
        """The person chose to look."""
        self._showing.uncover(recording_key(recording))

    def covering_changed(self) -> None:
        """Some are uncovered, or covered again."""
        for recording in self._rows.values():
            if recording.draft.covered:
                self._load(recording)

    def leave_place(self) -> None:
        """Another place is turned to: what was uncovered here is covered again."""
        self._showing.cover_again([recording_key(recording) for recording in self._rows])

    # coming in

    def add(self, sources: Sequence[Path], told: Callable[[Callable[[], None]], None]) -> None:
        """Bring these in. ``told`` brings a call from another thread to this one."""
        if self._bringing is not None or not sources:
            return
        latest: list[BringProgress] = []

        def show() -> None:
            if latest and self._bringing is not None:
                self._view.show_progress(latest[-1])
                latest.clear()

        def progress(now: BringProgress) -> None:
            latest[:] = [now]
            told(show)

        self._view.show_progress(BringProgress(0, 0))
        self._bringing = self._recordings.bring(tuple(sources), told=progress, origin=ORIGIN)
        self._deliver(self._bringing.done, self._brought, self._not_brought)

    def _brought(self, account: BringAccount[RecordingId]) -> None:
        self._bringing = None
        self.show()
        self._view.show_account(account)

    def _not_brought(self, error: MemoryBookError) -> None:
        self._bringing = None
        self.show()
        self._view.show_account(BringAccount(stopped_by=error))

    @property
    def is_bringing(self) -> bool:
        """Whether something is coming in."""
        return self._bringing is not None

    def cancel(self) -> None:
        """Take no more in."""
        if self._bringing is not None:
            self._bringing.cancel()

    # what is open

    def open(self, recording_id: RecordingId) -> None:
        """Open one that is listed."""
        recording = self._rows.get(recording_id)
        if recording is None:
            return
        self._current = recording_id
        self._view.show_form(recording)

        def written(now: Recording) -> None:
            self._rows[now.id] = now

        self._keeping = Keeping(
            self._view,
            self._view.draft(),  # as the form gives it back when nothing is typed
            read=self._view.draft,
            write=lambda typed: self._recordings.keep(recording_id, typed, origin=ORIGIN),
            written=written,
            deliver=self._deliver,
            now=self._now,
        )
        self._load(recording)
        if not recording.playable:
            self._look_again(recording_id)

    def _look_again(self, recording_id: RecordingId) -> None:
        """It is open and cannot be played: perhaps it can by now."""

        def known(now: Recording) -> None:
            if now.playable and self._current == recording_id:
                self._view.show_again(now)
                self._load(now)

        future = self._recordings.look_again(recording_id)
        self._deliver(future, known, self._view.show_problem)

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
        """Go back to the list once the form is kept; it stays open while it is not."""
        self.flush(lambda kept: self._close() if kept else None)

    def _close(self) -> None:
        self._keeping = self._current = None
        self._view.show_list()
        self.show()

    # going

    def put_away(self) -> None:
        """Take what is open off the list. It stays in the book and can be brought back."""
        chosen = self._current
        if chosen is None:
            return

        def done(_: None) -> None:
            self._view.show_put_away(chosen, lambda: self.bring_back((chosen,)))

        def kept(all_of_it: bool, /) -> None:
            if all_of_it:
                future = self._recordings.put_away((chosen,), origin=ORIGIN)
                self._close()  # at once, so that nobody goes on writing in what goes
                self._and_then(future, done)

        self.flush(kept)

    def bring_back(self, recordings: Collection[RecordingId]) -> None:
        """List these again."""
        self._and_then(self._recordings.bring_back(tuple(recordings), origin=ORIGIN), lambda _: self.show())

    def save_copy(self, target: Path) -> None:
        """Write the file of what is open as it came in."""
        if self._current is not None:
            self._and_then(self._recordings.export(self._current, target), lambda _: self._view.show_saved())

    def _and_then(self, future: Future[T], done: Callable[[T], object]) -> None:
        self._deliver(future, lambda result: (done(result), None)[1], self._view.show_problem)
