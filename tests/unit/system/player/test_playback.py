"""A recording is played, stopped, gone about in and closed, as a window does it; without a sound card."""

import io
import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from memorybook.errors import MediaDamaged, NoSoundDevice, PlayerStopped, RecordingNotPlayable, StorageFailed
from memorybook.system.player import Playback, process
from memorybook.system.player.protocol import LONGEST_EDGE
from tests import recordings
from tests.unit.system.decoder.test_worker_life import is_gone
from tests.unit.system.player.watching import colour, next_frame, opened, until, watched


@pytest.fixture(autouse=True)
def without_a_sound_card(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere/at/all")
    monkeypatch.setattr("memorybook.system.sound.CARDS", "/nowhere/at/all")
    yield
    until(lambda: not [each for each in threading.enumerate() if each.name == "playback"])


def red_at(milliseconds: int) -> int:
    return 20 + milliseconds // 10


def test_the_first_picture_is_there_before_it_is_played() -> None:
    with opened(recordings.video()) as playback:
        frame = next_frame(playback)
        assert (frame.width, frame.height, len(frame.rgb)) == (320, 180, 320 * 180 * 3)
        assert frame.milliseconds == 0
        assert colour(frame) == pytest.approx((20, 60, 60), abs=4)
        assert colour(frame, 0.25, 0.25) == pytest.approx((20, 20, 220), abs=6)
        assert (playback.position, playback.duration, playback.is_playing) == (0, 2000, False)
        assert playback.has_sound
        assert playback.has_pictures
        assert playback.frame() is None


@pytest.mark.parametrize(
    "data",
    [
        lambda: recordings.video(with_sound=""),
        lambda: recordings.video("webm", "libvpx-vp9", with_sound="libopus"),
        lambda: recordings.video("mpegts", with_sound="ac3"),
        lambda: recordings.video(apart=True),
    ],
    ids=["silent", "webm", "camcorder", "sound behind the pictures"],
)
def test_it_plays_to_its_end_with_every_picture_in_time(data) -> None:  # type: ignore[no-untyped-def]
    with opened(data()) as playback:
        playback.play()
        seen = watched(playback)
        assert playback.position == pytest.approx(2000, abs=60)
        assert not playback.is_playing
    times = [frame.milliseconds for _, frame in seen]
    assert times == sorted(set(times))
    assert all(frame.milliseconds <= at for at, frame in seen[1:])
    assert {colour(frame)[0] for _, frame in seen} != {20}
    for _, frame in seen:
        assert colour(frame)[0] == pytest.approx(red_at(frame.milliseconds), abs=6)


def test_an_unsteady_video_keeps_its_times() -> None:
    with opened(recordings.video(every=(40, 120, 15), with_sound="", seconds=1)) as playback:
        playback.play()
        seen = watched(playback)
    assert {frame.milliseconds for _, frame in seen} <= {at for start in range(0, 1000, 175)
                                                         for at in (start, start + 40, start + 160)}


def test_without_a_sound_card_it_is_said_and_played_all_the_same() -> None:
    with opened(recordings.wav(recordings.heart(0.6))) as playback:
        playback.play()
        until(lambda: playback.ended)
        assert isinstance(playback.problem, NoSoundDevice)
        assert playback.position == 600
        assert playback.frame() is None
        assert not playback.has_pictures


@pytest.mark.parametrize("milliseconds", [0, 1, 39, 40, 730, 1000, 1555, 1999])
def test_one_can_go_anywhere_and_sees_what_is_there(milliseconds: int) -> None:
    with opened(recordings.video()) as playback:
        next_frame(playback)
        playback.seek(milliseconds)
        assert playback.position == milliseconds
        frame = next_frame(playback)
        assert frame.milliseconds == milliseconds // 40 * 40
        assert colour(frame)[0] == pytest.approx(red_at(frame.milliseconds), abs=6)


@pytest.mark.parametrize(
    "data",
    [
        lambda: recordings.video("mov", "libx265"),
        lambda: recordings.video("webm", "libsvtav1", with_sound="libopus"),
        lambda: recordings.video("avi", "mpeg4", with_sound="libmp3lame"),
        lambda: recordings.video("mpegts", with_sound="ac3"),
        lambda: recordings.video("matroska"),
        lambda: recordings.video(options=(("movflags", "frag_keyframe+empty_moov"),)),
    ],
    ids=["hevc", "av1", "avi", "camcorder", "mkv", "in pieces"],
)
def test_one_can_go_back_and_forth_in_every_kind(data) -> None:  # type: ignore[no-untyped-def]
    with opened(data()) as playback:
        next_frame(playback)
        for milliseconds in (1500, 300, 1210, 0):
            playback.seek(milliseconds)
            frame = next_frame(playback)
            assert frame.milliseconds - 10 <= milliseconds < frame.milliseconds + 80
            assert colour(frame)[0] == pytest.approx(red_at(frame.milliseconds), abs=12)


def test_many_wishes_at_once_end_with_the_last() -> None:
    with opened(recordings.video()) as playback:
        next_frame(playback)
        for milliseconds in range(0, 2000, 7):
            playback.seek(milliseconds)
        playback.seek(1240)
        assert next_frame(playback).milliseconds == 1240


def test_beyond_the_end_is_the_end() -> None:
    with opened(recordings.video()) as playback:
        next_frame(playback)
        playback.seek(99_999)
        assert playback.position == 2000
        assert next_frame(playback).milliseconds == 1960
        playback.play()
        until(lambda: playback.ended)
        playback.seek(-5)
        assert (playback.position, playback.ended) == (0, False)
        assert next_frame(playback).milliseconds == 0


def test_it_stops_where_it_is_and_goes_on_from_there() -> None:
    with opened(recordings.video(seconds=5, with_sound="")) as playback:
        playback.play()
        until(lambda: playback.position > 300)
        playback.pause()
        at = playback.position
        assert 300 < at < 5000
        while playback.frame() is not None:
            pass
        next_position = playback.position
        assert next_position == at
        playback.play()
        assert playback.position == pytest.approx(at, abs=300)
        assert at - 40 <= next_frame(playback).milliseconds
        assert playback.is_playing


def test_after_its_end_it_begins_again() -> None:
    with opened(recordings.wav(recordings.heart(0.3))) as playback:
        for _ in range(2):
            playback.play()
            assert not playback.ended
            until(lambda: playback.ended)


def test_pictures_fit_into_the_box_and_are_never_enlarged() -> None:
    with opened(recordings.video()) as playback:
        playback.fit(100, 400)
        frame = next_frame(playback)
        assert (frame.width, frame.height) == (100, 56)
        playback.fit(4000, 4000)  # while it stands, the picture comes again
        frame = next_frame(playback)
        assert (frame.width, frame.height, frame.milliseconds) == (320, 180, 0)
        playback.seek(800)
        next_frame(playback)
        playback.fit(160, 160)
        frame = next_frame(playback)
        assert (frame.width, frame.height, frame.milliseconds) == (160, 90, 800)
        playback.fit(0, -3)
        frame = next_frame(playback)
        assert max(frame.width, frame.height) <= LONGEST_EDGE


def test_a_video_that_was_held_upright_is_seen_upright() -> None:
    with opened(recordings.video(rotation=-90)) as playback:
        playback.fit(90, 90)
        frame = next_frame(playback)
        assert (frame.width, frame.height) == (50, 90)
        assert colour(frame, 0.75, 0.25)[2] > 150
        assert colour(frame, 0.25, 0.25)[2] < 150


def test_closing_ends_everything_at_once() -> None:
    playback = Playback(lambda: io.BytesIO(recordings.video()))
    playback.play()
    next_frame(playback)
    worker = playback.worker_id
    assert worker is not None
    playback.close()
    until(lambda: is_gone(worker))
    assert playback.frame() is None
    assert not playback.is_playing
    playback.play()  # it stays closed
    playback.seek(100)
    playback.fit(10, 10)
    assert not playback.is_playing
    assert playback.worker_id is None
    playback.close()


def test_closing_does_not_wait_for_a_disk_that_does_not_answer() -> None:
    answers = threading.Event()

    def slow() -> io.BytesIO:
        answers.wait()
        return io.BytesIO(recordings.wav())

    playback = Playback(slow)
    playback.play()
    playback.close()
    assert not answers.is_set()
    answers.set()


def test_one_that_nobody_has_any_more_ends() -> None:
    playback = Playback(lambda: io.BytesIO(recordings.video()))
    playback.play()
    next_frame(playback)
    worker = playback.worker_id
    assert worker is not None
    del playback
    until(lambda: is_gone(worker))


def test_one_that_was_never_started_is_closed() -> None:
    playback = Playback(lambda: io.BytesIO(b""))
    assert (playback.position, playback.duration, playback.frame()) == (0, None, None)
    playback.close()


class Damaged(io.BytesIO):
    """Whole at the beginning and damaged from ``MediaDamaged`` on."""

    def read(self, size: int | None = -1, /) -> bytes:
        part = super().read(size)
        if self.tell() > 150_000:
            raise MediaDamaged
        return part


def test_damage_is_named_where_it_begins() -> None:
    """What lies before it is played; and the damage is not taken for the end."""
    playback = Playback(lambda: Damaged(recordings.wav(recordings.tone(2, 48_000, 2), 48_000, 2)))
    playback.play()
    until(lambda: isinstance(playback.problem, MediaDamaged))
    assert not playback.ended
    assert not playback.is_playing
    playback.close()


@pytest.mark.parametrize("data", [b"", b"Dear Ada, " * 100, recordings.wav()[:30]])
def test_what_cannot_be_played_says_so(data: bytes) -> None:
    with opened(data) as playback:
        until(lambda: playback.problem is not None)
        assert isinstance(playback.problem, RecordingNotPlayable)
        playback.play()
        assert not playback.is_playing


def test_a_process_that_ends_is_named() -> None:
    with opened(recordings.video(seconds=5)) as playback:
        next_frame(playback)
        worker = playback.worker_id
        assert worker is not None
        os.kill(worker, signal.SIGKILL)
        playback.seek(1000)
        until(lambda: isinstance(playback.problem, PlayerStopped))


def test_without_a_process_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "worker_command", lambda: ["/nowhere/at/all"])
    with opened(recordings.wav()) as playback:
        until(lambda: isinstance(playback.problem, PlayerStopped))


def test_a_file_that_cannot_be_opened_says_so() -> None:
    def gone() -> io.BytesIO:
        raise FileNotFoundError

    playback = Playback(gone)
    playback.start()
    until(lambda: isinstance(playback.problem, StorageFailed))
    playback.close()


def test_the_file_is_closed_with_it() -> None:
    file = io.BytesIO(recordings.video())
    playback = Playback(lambda: file)
    playback.start()
    next_frame(playback)
    assert not file.closed
    playback.close()
    until(lambda: file.closed)


def test_the_window_is_never_kept_waiting() -> None:
    """Every call comes back while the thread is stuck in the middle of reading."""
    stuck, goes_on = threading.Event(), threading.Event()

    class Slow(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            stuck.set()
            goes_on.wait()
            return super().read(size)

    playback = Playback(lambda: Slow(recordings.video()))
    playback.play()
    stuck.wait()
    started = time.monotonic()
    playback.seek(500)
    playback.fit(50, 50)
    playback.pause()
    playback.play()
    assert (playback.frame(), playback.position) == (None, 500)
    assert playback.is_playing
    assert time.monotonic() - started < 25  # far less; what is meant is that it came back at all
    playback.close()
    goes_on.set()
