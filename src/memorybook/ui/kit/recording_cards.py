"""The recordings of a page, or of the book, one below the other; one of them plays at a time."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from memorybook.domain.ids import RecordingId
from memorybook.domain.recording import Recording
from memorybook.errors import MemoryBookError
from memorybook.ui.core import theme
from memorybook.ui.kit.player import Playable, Player
from memorybook.ui.kit.recording_card import RecordingCard, Shape


class RecordingCards(QWidget):
    """Cards that are there already keep what they show, and go on playing, when the list is shown again.

    ``made`` is told of each new card. What plays stops when this is hidden: what was listened to in one
    place is not heard in another. ``failed`` says why one cannot be played.
    """

    uncoverWanted = Signal(int)
    failed = Signal(object)

    def __init__(
        self,
        play: Callable[[RecordingId], Playable],
        *,
        name: str,
        shape: Shape = "tile",
        opens: bool = False,
        made: Callable[[RecordingCard], object] = lambda _: None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.player = Player(play, self)
        self.player.failed.connect(lambda _, error: self.failed.emit(error))
        self._name, self._shape, self._opens, self._made = name, shape, opens, made
        self._cards: dict[RecordingId, RecordingCard] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.current().px(12))
        self.hide()

    def show_recordings(
        self, recordings: Sequence[Recording], about: Callable[[Recording], Sequence[str]] = lambda _: ()
    ) -> None:
        """List these, in this order; ``about`` names the babies one is of."""
        sorts = {recording.id: recording.sort for recording in recordings}
        for gone in [known for known, card in self._cards.items() if sorts.get(known) != card.recording.sort]:
            card = self._cards.pop(gone)
            if self.player.current == gone:
                self.player.stop()
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        for place, recording in enumerate(recordings):
            card = self._cards.get(recording.id) or self._make(recording)
            card.show_recording(recording, about(recording))
            if self._column.indexOf(card) != place:
                self._column.removeWidget(card)
                self._column.insertWidget(place, card)
                card.show()
        self.setVisible(bool(recordings))

    def _make(self, recording: Recording) -> RecordingCard:
        card = RecordingCard(recording, self.player, name=self._name, shape=self._shape, opens=self._opens)
        card.uncoverWanted.connect(self.uncoverWanted)
        self._cards[recording.id] = card
        self._made(card)
        return card

    def show_picture(self, recording: RecordingId, waveform: bytes, poster: bytes) -> None:
        """What is to be seen of one has come."""
        if recording in self._cards:
            self._cards[recording].show_picture(waveform, poster)

    def show_covered(self, recording: RecordingId, waveform: bytes) -> None:
        """The picture of one is covered: nothing of it is on the screen."""
        if recording in self._cards:
            self._cards[recording].show_picture(waveform, b"")
            self._cards[recording].show_covered()

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read."""
        self.failed.emit(error)

    def card(self, recording: RecordingId | None) -> RecordingCard | None:
        """The card of one, if it is listed."""
        return None if recording is None else self._cards.get(recording)

    def take_focus(self) -> bool:
        """Put the keyboard on the first card, if there is one."""
        for card in self._cards.values():
            card.take_focus()
            return True
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.player.stop()
