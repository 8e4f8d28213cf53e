"""Plays one recording at a time for the cards of a page, and tells them how far it is."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from memorybook.domain.ids import RecordingId
from memorybook.errors import MediaDamaged, MemoryBookError, NoSoundDevice, RecordingDamaged

_GLANCE_MS = 30


class Picture(Protocol):
    """One picture of a video: ``rgb`` has three bytes for each pixel, line after line."""

    @property
    def width(self) -> int:
        """In pixels."""

    @property
    def height(self) -> int:
        """In pixels."""

    @property
    def rgb(self) -> bytes:
        """The pixels."""


class Playable(Protocol):
    """What is played. None of this waits for anything."""

    def start(self) -> None:
        """Begin to read it."""

    def play(self) -> None:
        """Let it go on."""

    def pause(self) -> None:
        """Let it rest where it is."""

    def seek(self, milliseconds: int) -> None:
        """Go to a place."""

    @property
    def position(self) -> int:
        """How far it is, in milliseconds."""

    @property
    def is_playing(self) -> bool:
        """Whether it goes on."""

    @property
    def ended(self) -> bool:
        """Whether it has come to its end."""

    def frame(self) -> Picture | None:
        """The newest picture that is due, once."""

    def fit(self, width: int, height: int) -> None:
        """How large pictures are needed at most."""

    @property
    def problem(self) -> MemoryBookError | None:
        """Why it cannot go on, if it cannot."""

    def close(self) -> None:
        """Let it go."""


class Player(QObject):
    """``changed`` tells that a recording goes on, rests or has moved; ``pictured`` brings a picture of it.

    ``failed`` says why one cannot be played. What is not on the screen any more is stopped by whoever
    shows it. GUI thread.
    """

    changed = Signal(int)
    pictured = Signal(int, QImage)
    failed = Signal(int, object)

    def __init__(self, open_recording: Callable[[RecordingId], Playable], parent: QObject) -> None:
        super().__init__(parent)
        self._open = open_recording
        self._current: RecordingId | None = None
        self._playable: Playable | None = None
        self._box = (0, 0)
        self._seen: tuple[int, bool] = (0, False)
        self._said_silent = False
        self._timer = QTimer(self)
        self._timer.setInterval(_GLANCE_MS)
        self._timer.timeout.connect(self._look)

    @property
    def current(self) -> RecordingId | None:
        """The recording that is open."""
        return self._current

    def is_playing(self, recording: RecordingId) -> bool:
        """Whether this one goes on."""
        playable = self._playable
        return recording == self._current and playable is not None and playable.is_playing

    def position(self, recording: RecordingId) -> int:
        """How far this one is, in milliseconds; 0 when it is not open."""
        return self._playable.position if recording == self._current and self._playable is not None else 0

    def toggle(self, recording: RecordingId) -> None:
        """Play it from where it is, or let it rest."""
        if self.is_playing(recording):
            self.pause()
            return
        playable = self._opened(recording)
        if playable.ended:
            playable.seek(0)
        playable.play()
        self._look()

    def pause(self) -> None:
        """Let it rest where it is."""
        if self._playable is not None:
            self._playable.pause()
            self._look()

    def seek(self, recording: RecordingId, milliseconds: int) -> None:
        """Go to a place; one that was not open rests there."""
        self._opened(recording).seek(milliseconds)
        self._look()

    def fit(self, recording: RecordingId, width: int, height: int) -> None:
        """Pictures of this one are shown in a box of so many pixels of the screen."""
        if recording == self._current and self._playable is not None and self._box != (width, height):
            self._box = (width, height)
            self._playable.fit(width, height)

    def stop(self) -> None:
        """Let go of what is open."""
        playable, current = self._playable, self._current
        self._playable = self._current = None
        self._timer.stop()
        if playable is not None and current is not None:
            playable.close()
            self.changed.emit(current)

    def _opened(self, recording: RecordingId) -> Playable:
        if recording != self._current or self._playable is None:
            self.stop()
            self._current, self._playable = recording, self._open(recording)
            self._box, self._seen = (0, 0), (-1, False)
            self._playable.start()
            self._timer.start()
            self.changed.emit(recording)
        return self._playable

    def _tell_silent(self, recording: RecordingId, problem: NoSoundDevice) -> None:
        """It goes on without being heard. That is said once, and not for every recording."""
        if not self._said_silent:
            self._said_silent = True
            self.failed.emit(recording, problem)

    def _look(self) -> None:
        playable, current = self._playable, self._current
        if playable is None or current is None:
            return
        problem = playable.problem
        if isinstance(problem, NoSoundDevice):
            self._tell_silent(current, problem)
        elif problem is not None:
            self.stop()
            # a part of the file that was damaged, met on the way
            self.failed.emit(current, RecordingDamaged() if isinstance(problem, MediaDamaged) else problem)
            return
        frame = playable.frame()
        if frame is not None:
            image = QImage(
                frame.rgb, frame.width, frame.height, frame.width * 3, QImage.Format.Format_RGB888
            )
            self.pictured.emit(current, image.copy())  # Qt does not keep the bytes
        seen = (playable.position, playable.is_playing)
        if seen != self._seen:
            self._seen = seen
            self.changed.emit(current)
