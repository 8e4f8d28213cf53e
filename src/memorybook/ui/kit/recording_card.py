"""One recording as a quiet card: what it is, the way to listen to it or to watch it, and how far it is."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from memorybook.domain.recording import Recording, Sort
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.recording_words import clock, line_of, title_of
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.film import Film
from memorybook.ui.kit.flow import lie_or_stand
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.player import Player
from memorybook.ui.kit.waveform import Waveform

_TILE = (208, 117)
_NARROW = 440

Shape = Literal["tile", "wide"]


class RecordingCard(QFrame):
    """``shape`` is how a video is shown: a tile, which asks for room by ``largeWanted``, or at full width.

    ``uncoverWanted`` when the still of a covered video is asked for; ``opened`` by a button that is there
    where it ``opens``. Unless it ``has_words`` its title stands above it already. Buttons of the page go into
    ``buttons``.
    """

    opened = Signal(int)
    uncoverWanted = Signal(int)
    largeWanted = Signal(int)

    def __init__(
        self,
        recording: Recording,
        player: Player,
        *,
        name: str,
        shape: Shape = "tile",
        opens: bool = False,
        has_words: bool = True,
        tallest: int = 520,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        px = theme.current().px
        self._recording, self._player, self._shape = recording, player, shape
        self._has_words = has_words
        self.picture = (b"", b"")
        self._name = f"{name}-{recording.id}"
        self.setObjectName(self._name)
        self.setProperty("surface", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        direction = QBoxLayout.Direction
        self._row = QBoxLayout(direction.LeftToRight if shape == "tile" else direction.TopToBottom, self)
        self._row.setContentsMargins(px(16), px(14), px(16), px(14))
        self._row.setSpacing(px(16))
        self._film = self._make_film(tallest) if recording.sort is Sort.VIDEO else None
        if self._film is not None:
            self._row.addWidget(self._film, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(px(4))
        self._row.addLayout(column, 1)
        head = QHBoxLayout()
        head.setSpacing(px(8))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        self._title = label("", "card-title")
        self._title.setObjectName(f"{self._name}-title")
        words.addWidget(self._title)
        self._line = label("", "small")
        words.addWidget(self._line)
        head.addLayout(words, 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(px(4))
        head.addLayout(self.buttons)
        head.setAlignment(self.buttons, Qt.AlignmentFlag.AlignTop)
        self._way_in = Button(
            tr("Open"), lambda: self.opened.emit(recording.id), name=f"{self._name}-open", variant="link"
        )
        self._way_in.setVisible(opens)
        self.buttons.addWidget(self._way_in)
        column.addLayout(head)
        self._kept = label(
            tr("It is kept as it came, and cannot be played here. A saved copy may play in another program."),
            "small",
        )
        column.addWidget(self._kept)
        column.addStretch(1)  # beside a tall picture its words stay together
        self._play, self._wave, self._time = self._make_controls(column)
        self.show_recording(recording)
        player.changed.connect(self._changed)
        player.pictured.connect(self._pictured)

    def _make_film(self, tallest: int) -> Film:
        film = Film(
            name=f"{self._name}-film",
            title=title_of(self._recording),
            edge=_TILE if self._shape == "tile" else None,
            tallest=tallest,
        )
        film.keep_room(self._recording.width, self._recording.height)
        film.pressed.connect(self.toggle)
        film.uncoverWanted.connect(lambda: self.uncoverWanted.emit(self._recording.id))
        film.resized.connect(self._fit)
        return film

    def _make_controls(self, column: QVBoxLayout) -> tuple[Button, Waveform, QLabel]:
        px = theme.current().px
        self._controls = QWidget()
        row = QHBoxLayout(self._controls)
        row.setContentsMargins(0, px(2), 0, 0)
        row.setSpacing(px(12))
        play = Button("", self.toggle, name=f"{self._name}-play", variant="round", icon="play", tint="sage")
        play.setFixedSize(px(40), px(40))
        row.addWidget(play)
        wave = Waveform(name=f"{self._name}-wave")
        wave.sought.connect(lambda place: self._player.seek(self._recording.id, place))
        row.addWidget(wave, 1)
        time = label("", "small", wraps=False)
        time.setObjectName(f"{self._name}-time")
        row.addWidget(time)
        column.addWidget(self._controls)
        return play, wave, time

    # what is shown

    @property
    def recording(self) -> Recording:
        """What the card is of."""
        return self._recording

    def show_recording(self, recording: Recording, about: Sequence[str] = ()) -> None:
        """Show what is written down of it; ``about`` are the names of the babies it is of."""
        self._recording = recording
        title, line = title_of(recording), line_of(recording, about)
        self._title.setText(title)
        self._way_in.setAccessibleName(tr("Open: {title}").format(title=title))
        self._line.setText(line)
        self._title.setVisible(self._has_words)
        self._line.setVisible(self._has_words and bool(line))
        self._kept.setVisible(not recording.playable)
        self._controls.setVisible(recording.playable)
        if self._film is not None:
            self._film.call(title)
            self._film.setVisible(recording.playable)
        self._wave.show_length(recording.milliseconds or 0)
        self._wave.setAccessibleName(tr("Where it is: {title}").format(title=title))
        self._changed(recording.id)

    def show_picture(self, waveform: bytes, poster: bytes) -> None:
        """What is to be seen of it has come."""
        self.picture = (waveform, poster)
        self._wave.show_loudness(waveform)
        if self._film is not None:
            self._film.show_still(poster)

    def show_covered(self) -> None:
        """Nothing of its picture is on the screen."""
        if self._film is not None:
            self._film.show_covered()
            if self._player.current == self._recording.id:
                self._player.stop()

    def take_focus(self) -> None:
        """Put the keyboard on the card."""
        target = self._play if self._way_in.isHidden() else self._way_in
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # what the person does

    def toggle(self) -> None:
        """Play it, or let it rest. A covered video is uncovered instead, a tile asks for room."""
        if self._film is not None and self._film.is_covered:
            self.uncoverWanted.emit(self._recording.id)
        elif self._film is not None and self._shape == "tile":
            self.largeWanted.emit(self._recording.id)
        else:
            self._player.toggle(self._recording.id)
            if self._film is not None:
                self._fit(self._film.width(), self._film.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self._recording.playable:
            self.toggle()
        else:
            super().keyPressEvent(event)

    def _fit(self, width: int, height: int) -> None:
        self._player.fit(self._recording.id, width, height)

    def _pictured(self, recording: int, image: QImage) -> None:
        if recording == self._recording.id and self._film is not None:
            self._film.show_picture(image)

    def _changed(self, recording: int) -> None:
        if recording != self._recording.id:
            return
        mine = self._recording
        goes_on = self._player.is_playing(mine.id)
        place = self._player.position(mine.id)
        self._wave.show_position(place)
        length = clock(mine.milliseconds) if mine.milliseconds is not None else ""
        shown = tr("{now} of {length}").format(now=clock(place), length=length) if length else clock(place)
        if self._time.text() != shown:
            self._time.setText(shown)
        self._play.use_icon("pause" if goes_on else "play")
        says = tr("Let it rest: {title}") if goes_on else tr("Play: {title}")
        self._play.setAccessibleName(says.format(title=title_of(mine)))
        if self._film is not None:
            self._film.show_going_on(goes_on=goes_on)
            if self._player.current != mine.id:
                self._film.show_stopped()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._shape == "tile":
            narrow = self.width() < theme.current().px(_NARROW)
            lie_or_stand(self._row, narrow=narrow)
            if self._film is not None:
                self._film.let_shrink(shrinks=narrow)
