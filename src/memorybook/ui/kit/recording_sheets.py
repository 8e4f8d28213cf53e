"""Small windows for recordings: a video at a size to be watched at, and choosing from those of the book."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from memorybook.domain.ids import RecordingId
from memorybook.domain.recording import Recording
from memorybook.errors import MemoryBookError
from memorybook.ui.core import theme
from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.recording_words import line_of, title_of
from memorybook.ui.kit.checks import CheckBox
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.player import Playable, Player
from memorybook.ui.kit.recording_card import RecordingCard

_WIDTH = 860
_AROUND = 232
"""What stands above and below the picture in its window, in pixels at 100 %."""
_EDGE = 44  # pixels of the window behind that stay in sight


def show_film(
    parent: QWidget,
    recording: Recording,
    picture: tuple[bytes, bytes],
    play: Callable[[RecordingId], Playable],
    *,
    failed: Callable[[MemoryBookError], object],
) -> Sheet:
    """Watch a video that is not covered, or not any more. It plays as the window opens, and ends with it.

    ``picture`` is what is kept to be seen of it.
    """
    sheet = Sheet(parent, title_of(recording), name="film-sheet", width=_WIDTH)
    player = Player(play, sheet)
    tallest = max(parent.window().height() - theme.current().px(_AROUND) - _EDGE, 160)
    card = RecordingCard(recording, player, name="film", shape="wide", has_words=False, tallest=tallest)
    card.show_picture(*picture)
    sheet.column.addWidget(card)

    def stop(_: object, error: MemoryBookError) -> None:
        failed(error)

    player.failed.connect(stop)
    sheet.finished.connect(lambda _: player.stop())
    sheet.add_button(tr("Done"), sheet.accept, name="film-done", primary=True)
    sheet.open()
    card.take_focus()
    card.toggle()
    return sheet


def choose_from_book(
    parent: QWidget, recordings: Sequence[Recording], chosen: Callable[[list[RecordingId]], object]
) -> Sheet:
    """Tick some of these; ``chosen`` gets them in the order of the list."""
    sheet = Sheet(parent, tr("Recordings of the book"), name="choose-recordings-sheet", width=520)
    boxes: list[tuple[RecordingId, CheckBox]] = []
    for recording in recordings:
        box = CheckBox(title_of(recording), name=f"choose-recording-{recording.id}")
        line = line_of(recording)
        box.setAccessibleDescription(line)
        sheet.column.addWidget(box)
        if line:
            sheet.column.addWidget(label(line, "small"))
        boxes.append((recording.id, box))

    if not recordings:
        sheet.column.addWidget(label(tr("There is no other recording in the book."), "soft"))
        sheet.add_button(tr("Done"), sheet.reject, name="choose-recordings-no", primary=True)
        sheet.open()
        return sheet

    def take() -> None:
        ids = [recording for recording, box in boxes if box.isChecked()]
        sheet.accept()
        if ids:
            chosen(ids)

    sheet.add_button(tr("Not now"), sheet.reject, name="choose-recordings-no")
    sheet.add_button(tr("Put them on the page"), take, name="choose-recordings-yes", primary=True)
    sheet.open()
    return sheet
