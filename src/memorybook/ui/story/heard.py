"""The recordings of the page of the story that is read."""

from collections.abc import Collection, Sequence
from typing import Protocol

from memorybook.domain.entry import Entry
from memorybook.domain.ids import RecordingId
from memorybook.domain.recording import Recording
from memorybook.errors import MemoryBookError
from memorybook.services.recordings import Playback, Recordings
from memorybook.ui.core.delivery import Deliver
from memorybook.ui.core.showing import AllCovered, Showing, may_show, recording_key


class HeardView(Protocol):
    """What is told about recordings."""

    def show_recordings(self, recordings: Sequence[Recording]) -> None:
        """Show the recordings of the page, in order."""

    def show_picture(self, recording: RecordingId, waveform: bytes, poster: bytes) -> None:
        """What is to be seen of one has come."""

    def show_covered(self, recording: RecordingId, waveform: bytes) -> None:
        """The picture of one is covered."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read or played."""


class Heard:
    """Drives one :class:`HeardView`. GUI thread. The answer for a page that is no longer read is dropped."""

    def __init__(
        self, view: HeardView, *, recordings: Recordings, deliver: Deliver, showing: Showing | None = None
    ) -> None:
        self._view = view
        self._recordings = recordings
        self._deliver = deliver
        self._showing = showing or AllCovered()
        self._shown: tuple[Recording, ...] = ()
        self._asked: tuple[RecordingId, ...] = ()
        self._question = 0

    def show(self, entry: Entry | None) -> None:
        """Another page is read now, or none."""
        self._asked = () if entry is None else entry.draft.recordings
        self._read(())

    def _read(self, until_then: tuple[Recording, ...]) -> None:
        self._question += 1
        question = self._question
        self._shown = until_then
        self._view.show_recordings(self._shown)
        if not self._asked:
            return

        def known(found: tuple[Recording, ...]) -> None:
            if question == self._question:
                self._shown = found
                self._view.show_recordings(found)
                for recording in found:
                    self._load(recording)

        self._deliver(self._recordings.get(self._asked), known, self._view.show_problem)

    def changed(self, recordings: Collection[RecordingId]) -> None:
        """Something is known of these that was not, or they are covered, put away or brought back."""
        if any(each in recordings for each in self._asked):
            self._read(self._shown)

    def covering_changed(self) -> None:
        """Some are uncovered, or covered again."""
        for recording in self._shown:
            if recording.draft.covered:
                self._load(recording)

    def uncover(self, recording: RecordingId) -> None:
        """The person chose to look at this one."""
        self._showing.uncover(recording_key(recording))

    def open(self, recording: RecordingId) -> Playback:
        """Something that plays one of them."""
        return self._recordings.open(recording)

    def _load(self, recording: Recording) -> None:
        question = self._question

        def come(picture: tuple[bytes, bytes]) -> None:
            if question != self._question:
                return
            waveform, poster = picture
            if may_show(self._showing, recording_key(recording.id), covered=recording.draft.covered):
                self._view.show_picture(recording.id, waveform, poster)
            else:
                self._view.show_covered(recording.id, waveform)

        self._deliver(self._recordings.picture(recording.id), come, self._view.show_problem)
