"""One recording plays at a time, what it comes to is told, and a silent computer is mentioned once."""

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from memorybook.domain.ids import RecordingId
from memorybook.errors import MediaDamaged, MemoryBookError, NoSoundDevice, RecordingDamaged
from memorybook.ui.core.recording_words import clock
from memorybook.ui.kit.player import Player
from memorybook.ui.kit.waveform import Waveform

ONE, OTHER = RecordingId(1), RecordingId(2)


@dataclass
class Shown:
    """One picture of a video."""

    width: int = 2
    height: int = 1
    rgb: bytes = b"\xff\x00\x00\x00\x00\xff"


@dataclass
class Tape:
    """Something to play, whose time is moved by the test."""

    position: int = 0
    is_playing: bool = False
    ended: bool = False
    problem: MemoryBookError | None = None
    pictures: list[Shown] = field(default_factory=list)
    box: tuple[int, int] = (0, 0)
    closed: bool = False

    def start(self) -> None: ...

    def play(self) -> None:
        self.is_playing = True

    def pause(self) -> None:
        self.is_playing = False

    def seek(self, milliseconds: int) -> None:
        self.position, self.ended = milliseconds, False

    def frame(self) -> Shown | None:
        return self.pictures.pop() if self.pictures else None

    def fit(self, width: int, height: int) -> None:
        self.box = (width, height)

    def close(self) -> None:
        self.closed, self.is_playing = True, False


@pytest.fixture(name="tapes")
def _tapes() -> dict[RecordingId, Tape]:
    return {ONE: Tape(), OTHER: Tape()}


@pytest.fixture(name="player")
def _player(dressed: QApplication, tapes: dict[RecordingId, Tape]) -> Player:
    return Player(lambda recording: tapes[recording], dressed)


def test_beginning_another_lets_go_of_the_first(player: Player, tapes: dict[RecordingId, Tape]) -> None:
    player.toggle(ONE)
    assert player.is_playing(ONE)
    player.toggle(OTHER)
    assert tapes[ONE].closed
    assert not player.is_playing(ONE)
    assert player.is_playing(OTHER)
    player.stop()
    assert tapes[OTHER].closed


def test_one_that_has_ended_begins_again(player: Player, tapes: dict[RecordingId, Tape]) -> None:
    player.toggle(ONE)
    tapes[ONE].position, tapes[ONE].ended, tapes[ONE].is_playing = 3_000, True, False
    player.toggle(ONE)
    assert player.position(ONE) == 0
    assert player.is_playing(ONE)
    player.stop()


def test_going_somewhere_in_one_that_rests_does_not_make_it_heard(
    player: Player, tapes: dict[RecordingId, Tape]
) -> None:
    player.seek(ONE, 1_500)
    assert player.position(ONE) == 1_500
    assert not player.is_playing(ONE)
    player.stop()


def test_its_pictures_keep_their_colours_and_the_size_that_is_asked_for(
    player: Player, tapes: dict[RecordingId, Tape]
) -> None:
    seen: list[QImage] = []
    player.pictured.connect(lambda _, image: seen.append(image))
    tapes[ONE].pictures.append(Shown())
    player.toggle(ONE)
    player.fit(ONE, 640, 360)
    assert tapes[ONE].box == (640, 360)
    assert [seen[0].pixelColor(x, 0).name() for x in (0, 1)] == ["#ff0000", "#0000ff"]
    player.stop()


def test_a_computer_without_sound_is_mentioned_once_and_plays_on(
    player: Player, tapes: dict[RecordingId, Tape]
) -> None:
    told: list[object] = []
    player.failed.connect(lambda _, error: told.append(type(error)))
    for tape in tapes.values():
        tape.problem = NoSoundDevice()
    player.toggle(ONE)
    player.toggle(OTHER)
    assert told == [NoSoundDevice]
    assert player.is_playing(OTHER)
    player.stop()


@pytest.mark.parametrize("problem", [RecordingDamaged(), MediaDamaged()], ids=["at once", "on the way"])
def test_what_cannot_go_on_is_closed_and_its_reason_told(
    player: Player, tapes: dict[RecordingId, Tape], problem: MemoryBookError
) -> None:
    told: list[object] = []
    player.failed.connect(lambda _, error: told.append(type(error)))
    tapes[ONE].problem = problem
    player.toggle(ONE)
    assert told == [RecordingDamaged]
    assert tapes[ONE].closed
    assert player.current is None


@pytest.mark.parametrize(
    ("milliseconds", "said"), [(0, "0:00"), (42_900, "0:42"), (3_723_000, "1:02:03"), (-5, "0:00")]
)
def test_times_are_written_as_on_a_clock(milliseconds: int, said: str) -> None:
    assert clock(milliseconds) == said


def test_a_waveform_is_a_slider_in_seconds_that_is_sought_in_by_keys_and_by_a_screen_reader(
    dressed: QApplication,
) -> None:
    wave = Waveform(name="wave")
    wave.show_length(60_500)
    sought: list[int] = []
    wave.sought.connect(sought.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Home):
        QTest.keyClick(wave, key)
    wave.setValue(7)  # as an accessibility bridge does
    assert sought == [5_000, 20_000, 15_000, 60_500, 0, 7_000]
    wave.show_position(30_000)
    assert wave.value() == 30
    assert len(sought) == 6
    assert wave.accessibleDescription() == "0:30 of 1:00"
    wave.deleteLater()
