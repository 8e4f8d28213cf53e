"""The recordings of the page as cards below its pictures, and the ways to put one there."""

import mimetypes
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from memorybook.domain.ids import RecordingId
from memorybook.domain.recording import Recording
from memorybook.errors import MemoryBookError
from memorybook.ui.core import dialogs, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.recording_words import title_of
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.player import Playable
from memorybook.ui.kit.recording_card import RecordingCard
from memorybook.ui.kit.recording_cards import RecordingCards
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
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        self._cards = RecordingCards(play, name="page-recording", made=self._equip)
        self._cards.failed.connect(self.show_problem)
        self._cards.uncoverWanted.connect(lambda chosen: self._acts().uncover(RecordingId(chosen)))
        column.addWidget(self._cards)
        self._add = Button(
            tr("Add a recording"), self._offer, name="add-recording", variant="link", icon="recordings",
            tint="dusk",
        )  # fmt: skip
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeading)

    def show_recordings(self, recordings: Sequence[Recording]) -> None:
        """One card for each recording, in order."""
        self._cards.show_recordings(recordings)

    def _equip(self, card: RecordingCard) -> None:
        chosen = card.recording.id
        card.largeWanted.connect(lambda _: self._show_film(card))
        off = Button(
            "",
            lambda: self._acts().take_off(chosen),
            name=f"page-recording-{chosen}-off",
            variant="quiet",
            icon="remove",
            tint="ink_soft",
            says=tr("Take it off this page: {title}").format(title=title_of(card.recording)),
        )
        card.buttons.addWidget(off, 0, Qt.AlignmentFlag.AlignTop)

    def _show_film(self, card: RecordingCard) -> None:
        self._cards.player.stop()
        show_film(self, card.recording, card.picture, self._play, failed=self.show_problem)

    def show_picture(self, recording: RecordingId, waveform: bytes, poster: bytes) -> None:
        """What is to be seen of one has come."""
        self._cards.show_picture(recording, waveform, poster)

    def show_covered(self, recording: RecordingId, waveform: bytes) -> None:
        """The picture of one is covered."""
        self._cards.show_covered(recording, waveform)

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
        """From this computer or from the book."""
        menu = QMenu(self)
        menu.setObjectName("add-recording-menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("From this computer…"), self._choose_files)
        menu.addAction(tr("From the book…"), lambda: self._acts().others(self._choose_from_book))
        menu.popup(self._add.mapToGlobal(self._add.rect().bottomLeft()))

    def _choose_from_book(self, others: Sequence[Recording]) -> None:
        choose_from_book(self, others, lambda ids: self._acts().put(ids))

    def _choose_files(self) -> None:
        dialogs.choose_recordings(self, Path.home(), self.take)


if TYPE_CHECKING:
    _: type[presenting.RecordingsOnPageView] = RecordingArea
