"""The recordings of the page as cards below its pictures, and the ways to put one there."""

import mimetypes
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from memorybook.domain.ids import RecordingId
from memorybook.domain.recording import Recording
from memorybook.errors import MemoryBookError
from memorybook.ui.core import dialogs, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.recording_words import title_of
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.player import Playable, Player
from memorybook.ui.kit.recording_card import RecordingCard
from memorybook.ui.kit.recording_sheets import choose_from_book, show_film
from memorybook.ui.write import recordings as presenting
from memorybook.ui.write.saying import Saying

_ENDINGS = {".m4a", ".amr", ".3ga", ".opus", ".caf", ".mka", ".mkv", ".mts", ".m2ts"}
"""What the tables of endings of some systems do not know."""


def is_recording(source: Path | bytes) -> bool:
    """Whether a file that is dropped among pictures is meant as a recording, going by its ending."""
    if isinstance(source, bytes):
        return False
    kind = mimetypes.guess_type(source.name)[0] or ""
    return kind.startswith(("audio/", "video/")) or source.suffix.lower() in _ENDINGS


class RecordingArea(QWidget):
    """``acts`` is what does as the person asks, ``play`` opens a recording; both once they are there."""

    taken = Signal()

    def __init__(
        self,
        acts: Callable[[], presenting.PageRecordings],
        play: Callable[[RecordingId], Playable],
        says: Callable[[], Saying],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._acts, self._play, self._says = acts, play, says
        self._player = Player(play, self)
        self._player.failed.connect(lambda _, error: self.show_problem(error))
        self._cards: dict[RecordingId, RecordingCard] = {}
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(px(10))
        column.addLayout(self._rows)
        self._add = Button(
            tr("Add a recording"), self._offer, name="add-recording", variant="link", icon="recordings",
            tint="dusk",
        )  # fmt: skip
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeading)

    def show_recordings(self, recordings: Sequence[Recording]) -> None:
        """One card for each recording, in order; cards that are there already go on playing."""
        for gone in self._cards.keys() - {recording.id for recording in recordings}:
            card = self._cards.pop(gone)
            if self._player.current == gone:
                self._player.stop()
            self._rows.removeWidget(card)
            card.hide()
            card.deleteLater()
        for place, recording in enumerate(recordings):
            card = self._cards.get(recording.id) or self._make_card(recording)
            card.show_recording(recording)
            if self._rows.indexOf(card) != place:
                self._rows.removeWidget(card)
                self._rows.insertWidget(place, card)
                card.show()

    def _make_card(self, recording: Recording) -> RecordingCard:
        card = RecordingCard(recording, self._player, name="page-recording")
        card.uncoverWanted.connect(lambda chosen: self._acts().uncover(RecordingId(chosen)))
        card.largeWanted.connect(lambda _: self._show_film(card))
        off = Button(
            "",
            lambda: self._acts().take_off(recording.id),
            name=f"page-recording-{recording.id}-off",
            variant="quiet",
            icon="remove",
            tint="ink_soft",
            says=tr("Take it off this page: {title}").format(title=title_of(recording)),
        )
        card.buttons.addWidget(off, 0, Qt.AlignmentFlag.AlignTop)
        self._cards[recording.id] = card
        return card

    def _show_film(self, card: RecordingCard) -> None:
        self._player.stop()
        show_film(self, card.recording, self._play, failed=self.show_problem)

    def show_picture(self, recording: RecordingId, waveform: bytes, poster: bytes) -> None:
        """What is to be seen of one has come."""
        if recording in self._cards:
            self._cards[recording].show_picture(waveform, poster)

    def show_covered(self, recording: RecordingId, waveform: bytes) -> None:
        """The picture of one is covered."""
        if recording in self._cards:
            self._cards[recording].show_picture(waveform, b"")
            self._cards[recording].show_covered()

    def show_adding(self, waiting: int) -> None:
        """Say on the button that recordings are being brought in."""
        self._add.setText(tr("Adding…") if waiting else tr("Add a recording"))
        if not waiting:
            self._says().all_added()

    def show_refused(self, error: MemoryBookError, name: str) -> None:
        """One could not be added."""
        self._says().refused(error, name)

    def show_taken_off(self, recording: RecordingId) -> None:
        """One is no longer on the page; it can be put back."""
        self._says().recording_taken_off(lambda: self._acts().put((recording,)))

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read, played or done."""
        self._says().problem(error)

    def take(self, sources: Sequence[Path]) -> None:
        """Put these on the page."""
        if sources:
            self._acts().add(sources)
            self.taken.emit()

    def _offer(self) -> None:
        """From this computer or from the book: asked where there is anything in the book to choose."""
        self._acts().others(self._ask)

    def _ask(self, others: Sequence[Recording]) -> None:
        if not others:
            self._choose_files()
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("From this computer…"), self._choose_files)
        menu.addAction(
            tr("From the book…"), lambda: choose_from_book(self, others, lambda ids: self._acts().put(ids))
        )
        menu.popup(self._add.mapToGlobal(self._add.rect().bottomLeft()))

    def _choose_files(self) -> None:
        dialogs.choose_recordings(self, Path.home(), self.take)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._player.stop()  # what was listened to here is not heard in another place


if TYPE_CHECKING:
    _: type[presenting.RecordingsOnPageView] = RecordingArea
