"""The place "Recordings": a list of quiet cards, and one recording at a time with its words."""

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from memorybook.domain.bringing import BringAccount, BringProgress
from memorybook.domain.ids import BabyId, RecordingId
from memorybook.domain.people import Baby
from memorybook.domain.recording import Recording, RecordingDraft
from memorybook.errors import MemoryBookError
from memorybook.ui.core import called, dialogs, i18n, messages, theme
from memorybook.ui.core.i18n import count_text, tr
from memorybook.ui.core.keeping import AGAIN_MS
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.flow import FlowLayout, lie_or_stand
from memorybook.ui.kit.labels import LineLabel, label, surface
from memorybook.ui.kit.notice import Notice
from memorybook.ui.kit.player import Playable, Player
from memorybook.ui.kit.recording_card import RecordingCard
from memorybook.ui.kit.recording_cards import RecordingCards
from memorybook.ui.recordings import presenter as presenting
from memorybook.ui.recordings.bar import RecordingsBar
from memorybook.ui.recordings.form import RecordingForm

_WIDTH = 820
_NARROW = 520
_PAUSE_MS = 700


class RecordingsPage(QWidget):
    """Shows what :class:`~memorybook.ui.recordings.presenter.RecordingsPresenter` says.

    ``drawerWanted`` leads to what was put away.
    """

    presenter: presenting.RecordingsPresenter
    drawerWanted = Signal()
    _called = Signal(object)

    def __init__(self, play: Callable[[RecordingId], Playable], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recordings")
        self._player = Player(play, self)  # of what is open
        self._player.failed.connect(lambda _, error: self.show_problem(error))
        self._play = play
        self._called.connect(lambda call: call(), Qt.ConnectionType.QueuedConnection)
        self._open: RecordingCard | None = None
        self._put_away: RecordingId | None = None
        self._babies: dict[BabyId, str] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._pages = QStackedWidget()
        outer.addWidget(self._pages)
        self._list = self._make_list()
        self._form = RecordingForm()
        self._form_page = self._make_form_page()
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._form_page)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(lambda: self.presenter.keep())
        self.setAcceptDrops(True)

    def _make_list(self) -> ScrollColumn:
        px = theme.current().px
        scroll = ScrollColumn(width=_WIDTH)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(px(12))
        titles = FlowLayout(gap=px(12))
        titles.addWidget(label(tr("Recordings"), "title", wraps=False))
        self._count = label("", "soft", wraps=False)
        self._count.setObjectName("recordings-count")
        titles.addWidget(self._count)
        self._head.addLayout(titles, 1)
        add = Button(tr("Add recordings"), self._choose, name="recordings-add", variant="primary")
        self._head.addWidget(add, 0, Qt.AlignmentFlag.AlignLeading)
        scroll.column.addLayout(self._head)
        scroll.column.addSpacing(px(4))
        self._notice = Notice(name="recordings-notice")
        scroll.column.addWidget(self._notice)
        self._bar = RecordingsBar()
        self._bar.cancelWanted.connect(lambda: self.presenter.cancel())
        scroll.column.addWidget(self._bar)
        self._cards = RecordingCards(self._play, name="recording", opens=True, made=self._equip)
        self._cards.failed.connect(self.show_problem)
        self._cards.uncoverWanted.connect(lambda chosen: self.presenter.uncover(RecordingId(chosen)))
        scroll.column.addWidget(self._cards)
        self._nothing = label(
            tr(
                "Heartbeats, voices, music and videos can be kept here, as they are. They can be listened to "
                "and watched here, and nothing of them is written outside your book. Files can also be "
                "dropped on this page."
            ),
            "soft",
        )
        self._nothing.setObjectName("recordings-nothing")
        self._nothing.hide()
        scroll.column.addWidget(self._nothing)
        self._away = Button(
            tr("Recordings put away…"), self.drawerWanted.emit, name="recordings-drawer", variant="aside"
        )
        self._away.hide()
        scroll.column.addWidget(self._away, 0, Qt.AlignmentFlag.AlignLeading)
        scroll.column.addStretch(1)
        return scroll

    def _make_form_page(self) -> ScrollColumn:
        px = theme.current().px
        scroll = ScrollColumn(width=_WIDTH)
        column = scroll.column
        head = QHBoxLayout()
        self._back = Button(
            tr("Recordings"), lambda: self.presenter.leave(), name="recording-back", variant="quiet",
            icon="back",
        )  # fmt: skip
        head.addWidget(self._back)
        self._state = LineLabel("", "small")
        self._state.setObjectName("recording-state")
        self._state.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._state, 1)
        column.addLayout(head)
        self._form_notice = Notice(name="recording-notice")
        column.addWidget(self._form_notice)
        self._shown = QVBoxLayout()
        column.addLayout(self._shown)
        column.addSpacing(px(8))
        column.addWidget(self._form)
        column.addSpacing(px(10))
        column.addWidget(surface("rule"))
        self._origin = label("", "small")
        self._origin.setObjectName("recording-origin")
        column.addWidget(self._origin)
        foot = QHBoxLayout()
        foot.setSpacing(px(16))
        foot.addWidget(
            Button(tr("Save a copy…"), self._choose_copy, name="recording-save", variant="link")
        )
        foot.addWidget(
            Button(
                tr("Put this away"), lambda: self.presenter.put_away(), name="recording-away", variant="link"
            )
        )
        foot.addStretch(1)
        column.addLayout(foot)
        column.addWidget(
            label(tr("A copy is outside of your book. Anyone who uses this computer can open it."), "small")
        )
        column.addStretch(1)
        self._form.edited.connect(self._edited)
        self._form.unfolded.connect(scroll.bring_into_view)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), scroll)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(lambda: self.presenter.leave())
        return scroll

    # what the presenter says of the list

    def show_recordings(self, recordings: Sequence[Recording], babies: Sequence[Baby], word: str) -> None:
        """List these."""
        self._babies = called.names(babies, word)
        self._cards.show_recordings(recordings, self._names)
        for recording in recordings:
            if self._open is not None and self._open.recording.id == recording.id:
                self._open.show_recording(recording, self._names(recording))
        number = len(recordings)
        self._count.setText(count_text("{n} recording", "{n} recordings", number) if number else "")
        self._nothing.setVisible(not number)

    def _equip(self, card: RecordingCard) -> None:
        card.opened.connect(lambda chosen: self.presenter.open(RecordingId(chosen)))
        card.largeWanted.connect(self._play_large)

    def _play_large(self, recording: int) -> None:
        self.presenter.open(RecordingId(recording))
        if self._open is not None:
            self._open.toggle()

    def show_picture(self, recording: RecordingId, waveform: bytes, poster: bytes) -> None:
        """What is to be seen of one has come."""
        for card in self._of(recording):
            card.show_picture(waveform, poster)

    def show_covered(self, recording: RecordingId, waveform: bytes) -> None:
        """The picture of one is covered."""
        for card in self._of(recording):
            card.show_picture(waveform, b"")
            card.show_covered()

    def _of(self, recording: RecordingId) -> list[RecordingCard]:
        cards = [self._cards.card(recording), self._open]
        return [card for card in cards if card is not None and card.recording.id == recording]

    def show_progress(self, progress: BringProgress) -> None:
        """So much of what was chosen is in the book."""
        self._bar.show_progress(progress)

    def show_account(self, account: BringAccount[RecordingId]) -> None:
        """All that was chosen has been dealt with."""
        self._bar.show_account(account)

    def show_away(self, recordings: frozenset[RecordingId]) -> None:
        """These wait in the drawer."""
        self._away.setVisible(bool(recordings))
        if self._put_away is not None and self._put_away not in recordings:
            self._put_away = None
            self._notice.hide()  # it was brought back from the drawer, or deleted there

    def show_put_away(self, recording: RecordingId, bring_back: Callable[[], None]) -> None:
        """One is not listed any more."""
        self._put_away = recording
        self._notice.say(
            tr("The recording is put away. It waits in the drawer, where it can be brought back."),
            action=tr("Bring it back"),
            acts=bring_back,
        )

    def show_saved(self) -> None:
        """A copy is where it was asked for."""
        self._speak(
            tr("The copy is saved. Outside the book nothing protects it: who can open it can listen to it.")
        )

    def show_given_up(self, number: int) -> None:
        """So many were not taken in before the book was closed."""
        self._notice.say(
            count_text(
                "One recording was not added before the book was closed. The file is where it was; "
                "please add it once more.",
                "{n} recordings were not added before the book was closed. The files are where they were; "
                "please add them once more.",
                number,
            )
        )

    def show_problem(self, error: MemoryBookError) -> None:
        """Something could not be read, played or done."""
        self._speak(messages.sentence(error))

    def _speak(self, text: str) -> None:
        shown = self._notice if self._pages.currentWidget() is self._list else self._form_notice
        shown.say(text)

    # what the presenter says of what is open

    def show_form(self, recording: Recording) -> None:
        """Open one: large, with its words."""
        card = self._show_large(recording)
        self._form.show_recording(recording, self._babies)
        self._notice.hide()
        self._form_notice.hide()
        self._state.setText("")
        came = tr("It came into the book as {name}.").format(name=recording.file_name)
        self._origin.setText(came if recording.file_name else "")
        self._origin.setVisible(bool(recording.file_name))
        self._pages.setCurrentWidget(self._form_page)
        self._form_page.verticalScrollBar().setValue(0)
        card.take_focus()

    def show_again(self, recording: Recording) -> None:
        """More is known of the one that is open than when it was opened."""
        self._show_large(recording)

    def _show_large(self, recording: Recording) -> RecordingCard:
        self._player.stop()
        self._forget_open()
        tallest = max(self.height() - theme.current().px(280), theme.current().px(200))
        card = RecordingCard(recording, self._player, name="recording-large", shape="wide", tallest=tallest)
        card.show_recording(recording, self._names(recording))
        card.uncoverWanted.connect(lambda chosen: self.presenter.uncover(RecordingId(chosen)))
        self._open = card
        self._shown.addWidget(card)
        return card

    def show_list(self) -> None:
        """Leave what is open; the keyboard goes back to where it came from."""
        self._pause.stop()
        self._player.stop()
        came_from = self._cards.card(self._open.recording.id if self._open is not None else None)
        self._forget_open()
        self._pages.setCurrentWidget(self._list)
        if came_from is not None:
            came_from.take_focus()
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget_open(self) -> None:
        card, self._open = self._open, None
        if card is not None:
            self._shown.removeWidget(card)
            card.hide()
            card.deleteLater()

    def draft(self) -> RecordingDraft:
        """What the form holds now."""
        return self._form.draft()

    def show_kept(self, at: datetime.datetime | None) -> None:
        """All that was typed is kept, unless a date is half typed."""
        self._form_notice.hide()
        if not self._form.is_whole:
            self._state.setText(tr("Not kept yet"))
        else:
            self._state.setText(tr("Kept at {time}").format(time=i18n.clock_time(at)) if at else "")

    def show_not_kept(self, error: MemoryBookError) -> None:
        """The last words are on the screen and not in the book yet; it is tried again."""
        self._state.setText(tr("Not kept yet"))
        self._form_notice.say(messages.sentence(error))
        self._pause.start(AGAIN_MS)

    def _names(self, recording: Recording) -> list[str]:
        return [self._babies[baby] for baby in recording.draft.babies if baby in self._babies]

    # what the person does

    def take_focus(self) -> None:
        """Put the keyboard on the list, or into what is open."""
        inside = self._form_page.focusWidget() if self._open is not None else None
        if self._open is not None or not self._cards.take_focus():
            (inside or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self, sources: Sequence[Path]) -> None:
        """Bring these in."""
        if self._open is None:
            self.presenter.add(sources, self._called.emit)

    def _choose(self) -> None:
        dialogs.choose_recordings(self, Path.home(), self.add)

    def _choose_copy(self) -> None:
        if self._open is None:
            return
        recording = self._open.recording
        name = recording.file_name or f"{tr('recording')}.{recording.format or 'bin'}"
        dialogs.choose_copy(
            self,
            Path.home() / name,
            lambda target: self.presenter.save_copy(target),
            title=tr("Save a copy"),
        )

    def _edited(self) -> None:
        self._state.setText(tr("Writing…"))
        self._pause.start(_PAUSE_MS)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._player.stop()  # what was listened to here is not heard in another place
        self._bar.put_away()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        lie_or_stand(self._head, narrow=self.width() < theme.current().px(_NARROW))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._open is None and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])


if TYPE_CHECKING:
    _: type[presenting.RecordingsView] = RecordingsPage
