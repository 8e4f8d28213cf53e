"""What is played is heard, whole and in order, by a sound server of our own; without one it is said."""

import array
import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from memorybook.errors import NoSoundDevice
from memorybook.system import sound
from memorybook.system.player import Playback
from tests import recordings
from tests.loudspeakers import RATE, Loudspeaker, loudspeaker
from tests.unit.system.player.watching import until


@pytest.fixture
def speaker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loudspeaker]:
    with loudspeaker(tmp_path) as (address, speaker):
        monkeypatch.setenv("PULSE_SERVER", address)
        yield speaker


def stairs(seconds: float) -> array.array:  # type: ignore[type-arg]
    """A sound in which every moment is another number, and none is silent."""
    return array.array("h", [1 + at % 20_000 for at in range(round(seconds * RATE))])


def played(data: bytes) -> Playback:
    playback = Playback(lambda: io.BytesIO(data))
    playback.play()
    return playback


def test_every_moment_is_heard_once_and_in_order(speaker: Loudspeaker) -> None:
    expected = stairs(1.2).tolist()
    playback = played(recordings.wav(stairs(1.2), RATE))
    until(lambda: playback.ended)
    assert playback.problem is None
    speaker.wait_for(lambda heard: len(heard) >= len(expected))
    playback.close()
    assert speaker.heard() == expected


def test_it_is_heard_from_where_one_goes_to(speaker: Loudspeaker) -> None:
    playback = played(recordings.wav(stairs(3), RATE))
    speaker.wait_for(bool)
    playback.pause()
    playback.seek(2500)
    assert playback.position == 2500
    playback.play()
    expected = stairs(3).tolist()[RATE * 5 // 2 :]
    speaker.wait_for(lambda heard: heard[-len(expected) :] == expected)
    until(lambda: playback.ended)
    assert playback.position == 3000
    playback.close()


def test_pictures_go_with_the_sound(speaker: Loudspeaker) -> None:
    playback = played(recordings.video(seconds=1))
    frames = []

    def look() -> bool:
        frame = playback.frame()
        if frame is not None:
            frames.append((playback.position, frame.milliseconds))
        return playback.ended

    until(look)
    assert playback.problem is None
    assert all(due <= position for position, due in frames)
    assert speaker.heard()
    playback.close()


def test_after_closing_nothing_more_is_heard(speaker: Loudspeaker) -> None:
    playback = played(recordings.wav(stairs(20), RATE))
    speaker.wait_for(bool)
    playback.close()
    other = played(recordings.wav(array.array("h", [-1] * RATE), RATE))
    until(lambda: other.ended)
    speaker.wait_for(lambda heard: -1 in heard)
    other.close()
    heard = speaker.heard()
    assert set(heard[heard.index(-1) :]) == {-1}
    assert len(heard) < RATE * 10


def test_a_card_that_is_pulled_out_leaves_it_playing_in_silence(speaker: Loudspeaker) -> None:
    playback = played(recordings.wav(stairs(1), RATE))
    speaker.wait_for(bool)
    speaker.pull_the_plug()
    until(lambda: isinstance(playback.problem, NoSoundDevice))
    until(lambda: playback.ended)
    playback.close()


def test_a_card_that_was_connected_meanwhile_is_found(
    speaker: Loudspeaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = os.environ["PULSE_SERVER"]
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere/at/all")
    monkeypatch.setattr(sound, "CARDS", "/nowhere/at/all")
    playback = played(recordings.wav(stairs(30), RATE))
    until(lambda: isinstance(playback.problem, NoSoundDevice) and playback.position > 100)
    playback.pause()
    monkeypatch.setenv("PULSE_SERVER", address)
    playback.play()
    assert playback.problem is None
    speaker.wait_for(lambda heard: len(heard) > RATE // 10)
    assert playback.problem is None
    playback.close()


def test_without_a_card_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere/at/all")
    monkeypatch.setattr(sound, "CARDS", "/nowhere/at/all")
    with pytest.raises(NoSoundDevice):
        sound.Sink(lambda number: b"")
