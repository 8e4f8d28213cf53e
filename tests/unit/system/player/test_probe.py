"""What is found in the recordings that people have, and in files that are none."""

import datetime
import io
import sys
from collections.abc import Callable

import pytest
from PIL import Image

from memorybook.domain.dates import UNKNOWN, VagueDate
from memorybook.domain.recording import POSTER_EDGE, WAVEFORM_POINTS, Sort
from memorybook.errors import MediaDamaged, PlayerStopped
from memorybook.system.player import probe, process
from tests import recordings
from tests.corpus import pictures

SOUNDS: dict[str, tuple[Callable[[], bytes], str, int]] = {
    "a voice memo": (lambda: recordings.sound("ipod", "aac"), "mov", 1000),
    "lossless from a phone": (lambda: recordings.sound("ipod", "alac"), "mov", 1000),
    "wav, 8 kHz": (lambda: recordings.wav(), "wav", 3000),
    "wav, stereo": (lambda: recordings.wav(recordings.tone(1, 44_100, 2), 44_100, 2), "wav", 1000),
    "mp3": (lambda: recordings.sound("mp3", "libmp3lame", layout="stereo", rate=44_100), "mp3", 1000),
    "mp3, sleeve": (lambda: recordings.sound("mp3", "libmp3lame", rate=44_100, cover=True), "mp3", 1000),
    "ogg vorbis": (lambda: recordings.sound("ogg", "vorbis", layout="stereo"), "ogg", 1000),
    "ogg opus": (lambda: recordings.sound("ogg", "libopus"), "ogg", 1006),
    "webm opus": (lambda: recordings.sound("webm", "libopus"), "matroska", 1008),
    "flac": (lambda: recordings.sound("flac", "flac"), "flac", 1000),
    "amr": (lambda: recordings.sound("amr", "libopencore_amrnb", rate=8000), "amr", 1020),
    "3gp": (lambda: recordings.sound("3gp", "libopencore_amrnb", rate=8000), "mov", 1000),
    "aiff": (lambda: recordings.sound("aiff", "pcm_s16be"), "aiff", 1000),
    "caf": (lambda: recordings.sound("caf", "pcm_s16le"), "caf", 1000),
    "bare aac": (lambda: recordings.sound("adts", "aac"), "aac", 1024),
    "wma": (lambda: recordings.sound("asf", "wmav2"), "asf", 1025),
    "5.1": (lambda: recordings.sound("ipod", "aac", layout="5.1"), "mov", 1000),
}

VIDEOS: dict[str, tuple[Callable[[], bytes], str]] = {
    "mp4, h264": (lambda: recordings.video(), "mov"),
    "mov, hevc": (lambda: recordings.video("mov", "libx265"), "mov"),
    "webm, vp9": (lambda: recordings.video("webm", "libvpx-vp9", with_sound="libopus"), "matroska"),
    "webm, av1": (lambda: recordings.video("webm", "libsvtav1", with_sound="libopus"), "matroska"),
    "avi": (lambda: recordings.video("avi", "mpeg4", with_sound="libmp3lame"), "avi"),
    "camcorder": (lambda: recordings.video("mpegts", with_sound="ac3"), "mpegts"),
    "dvd": (lambda: recordings.video("mpeg", "mpeg2video", with_sound="mp2"), "mpeg"),
    "mkv": (lambda: recordings.video("matroska"), "matroska"),
    "old camera": (lambda: recordings.video("mov", "mjpeg", with_sound="pcm_s16le"), "mov"),
    "in pieces": (lambda: recordings.video(options=(("movflags", "frag_keyframe+empty_moov"),)), "mov"),
    "unsteady": (lambda: recordings.video(every=(40, 120, 15)), "mov"),
}

NONE_AT_ALL: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "one byte": lambda: b"\0",
    "words": lambda: b"Dear Ada, the sea was grey today.\n" * 100,
    "zeros": lambda: bytes(100_000),
    "a picture": lambda: pictures.jpeg(),
    "a page": lambda: b"<html><video src='clip.mp4'></video></html>" * 20,
    "a list of recordings": lambda: b"#EXTM3U\n#EXTINF:1,\nclip.mp4\n" * 20,
    "a program": lambda: b"\x7fELF" + bytes(range(256)) * 100,
    "an archive": lambda: b"PK\x03\x04" + bytes(5000),
}


def found(data: bytes):  # type: ignore[no-untyped-def]
    return probe(io.BytesIO(data), len(data))


@pytest.mark.parametrize("name", SOUNDS)
def test_sound_is_known_and_can_be_played(name: str) -> None:
    make, container, milliseconds = SOUNDS[name]
    it = found(make())
    assert (it.sort, it.format, it.playable) == (Sort.SOUND, container, True)
    assert it.milliseconds == pytest.approx(milliseconds, abs=60)
    assert (it.width, it.height, it.poster) == (0, 0, b"")
    assert max(it.waveform) == 255
    assert 80 <= len(it.waveform) <= 400


@pytest.mark.parametrize("name", VIDEOS)
def test_a_video_is_known_and_can_be_played(name: str) -> None:
    make, container = VIDEOS[name]
    it = found(make())
    assert (it.sort, it.format, it.playable) == (Sort.VIDEO, container, True)
    assert it.milliseconds == pytest.approx(2000, abs=60)
    assert (it.width, it.height) == (320, 180)
    assert max(it.waveform) == 255
    poster = Image.open(io.BytesIO(it.poster))
    assert poster.format == "JPEG"
    assert poster.size == (320, 180)


@pytest.mark.parametrize("name", NONE_AT_ALL)
def test_what_is_no_recording_is_told_as_such(name: str) -> None:
    it = found(NONE_AT_ALL[name]())
    assert (it.playable, it.milliseconds, it.waveform, it.poster) == (False, None, b"", b"")


@pytest.mark.parametrize(
    ("rotation", "size", "blue"),
    [(0, (320, 180), (0, 0)), (90, (180, 320), (0, 1)), (-90, (180, 320), (1, 0)), (180, (320, 180), (1, 1))],
)
def test_a_video_that_was_held_upright_is_seen_upright(
    rotation: int, size: tuple[int, int], blue: tuple[int, int]
) -> None:
    it = found(recordings.video(rotation=rotation))
    assert (it.width, it.height) == size
    poster = Image.open(io.BytesIO(it.poster)).convert("RGB")
    assert poster.size == size
    for corner in ((0, 0), (1, 0), (0, 1), (1, 1)):
        colour = poster.getpixel((corner[0] * (size[0] - 10) + 5, corner[1] * (size[1] - 10) + 5))
        assert isinstance(colour, tuple)
        assert (colour[2] > 150) == (corner == blue)


def test_a_large_video_has_a_small_poster_without_a_signature() -> None:
    it = found(recordings.video(width=1280, height=720, seconds=0.2))
    assert (it.width, it.height) == (1280, 720)
    assert Image.open(io.BytesIO(it.poster)).size == (POSTER_EDGE, 360)
    assert b"Lavc" not in it.poster


def test_a_video_that_begins_in_the_dark_has_a_poster_of_a_lighter_moment() -> None:
    it = found(recordings.video(seconds=8, dark=True))
    colour = Image.open(io.BytesIO(it.poster)).convert("RGB").getpixel((300, 170))
    assert isinstance(colour, tuple)
    assert colour[0] > 100


def test_the_wide_colours_of_a_phone_become_plain_ones() -> None:
    """The colours of these are not meant for that; what counts is that they are moved, and which way."""
    def corner(bright: int) -> tuple[int, int, int]:
        it = found(recordings.video(seconds=2, dark=True, bright=bright))
        colour = Image.open(io.BytesIO(it.poster)).convert("RGB").getpixel((300, 170))
        assert isinstance(colour, tuple)
        return colour[0], colour[1], colour[2]

    plain, hlg, pq = corner(0), corner(18), corner(16)
    assert hlg[0] > plain[0]
    assert hlg[1] < plain[1]
    assert pq != hlg


def test_a_video_without_sound_has_no_waveform() -> None:
    it = found(recordings.video(with_sound=""))
    assert (it.sort, it.playable, it.waveform) == (Sort.VIDEO, True, b"")


def test_a_heart_is_seen_beating() -> None:
    it = found(recordings.wav())
    loud = [number > 128 for number in it.waveform]
    beats = sum(now and not before for before, now in zip([False, *loud], loud, strict=False))
    assert beats == 6
    assert sum(number < 10 for number in it.waveform) > len(it.waveform) / 2


def test_silence_is_flat() -> None:
    it = found(recordings.wav(recordings.tone(1, 8000, hertz=0)))
    assert it.playable
    assert set(it.waveform) == {0}


def test_a_long_recording_has_a_thousand_points_all_along() -> None:
    """An hour that is loud in its second quarter alone: too long to be heard from end to end."""
    rate = 8000
    quarter = bytes(2 * 900 * rate)
    loud = recordings.tone(1, rate).tobytes() * 900
    sound = recordings.tone(0)
    sound.frombytes(quarter + loud + quarter + quarter)
    it = found(recordings.wav(sound, rate))
    assert it.milliseconds == 3_600_000
    assert len(it.waveform) == WAVEFORM_POINTS
    assert min(it.waveform[252:498]) > 200
    assert max(it.waveform[:248]) == max(it.waveform[502:]) == 0


@pytest.mark.parametrize(
    ("metadata", "day"),
    [
        ((("creation_time", "2019-05-01T12:30:00.000000Z"),), VagueDate(2019, 5, 1)),
        ((("creation_time", "1904-01-01T00:00:00.000000Z"),), UNKNOWN),
        ((("creation_time", "2999-01-01T00:00:00.000000Z"),), UNKNOWN),
        ((), UNKNOWN),
    ],
)
def test_the_day_comes_from_the_file(metadata: tuple[tuple[str, str], ...], day: VagueDate) -> None:
    assert found(recordings.sound("ipod", "aac", metadata=metadata)).taken == day


def test_the_day_it_was_there_is_taken_before_the_one_in_greenwich() -> None:
    metadata = (
        ("creation_time", "2019-05-01T23:30:00.000000Z"),
        ("com.apple.quicktime.creationdate", "2019-05-02T09:30:00+1000"),
    )
    it = found(recordings.video("mov", metadata=metadata, options=(("movflags", "use_metadata_tags"),)))
    assert it.taken.as_date() == datetime.date(2019, 5, 2)


def test_the_year_of_a_song_is_not_the_day_of_a_recording() -> None:
    song = recordings.sound("mp3", "libmp3lame", rate=44_100, metadata=(("date", "1967"),))
    assert found(song).taken == UNKNOWN


def test_only_as_much_is_read_as_belongs_to_it() -> None:
    data = recordings.wav()
    assert probe(io.BytesIO(data + data), 100).milliseconds != 3000


def test_a_file_that_cannot_be_read_is_not_taken_for_one_that_cannot_be_played() -> None:
    class Damaged(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            part = super().read(size)
            if self.tell() > 100_000:
                raise MediaDamaged
            return part

    data = recordings.wav(recordings.tone(10))
    with pytest.raises(MediaDamaged):
        probe(Damaged(data), len(data))


def test_without_a_process_there_is_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "worker_command", lambda: ["/nowhere/at/all"])
    with pytest.raises(PlayerStopped):
        found(recordings.wav())


def test_a_file_that_stops_the_process_again_and_again_cannot_be_played(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    does = "raise SystemExit(3)"
    monkeypatch.setattr(process, "worker_command", lambda: [sys.executable, "-c", does])
    assert not found(recordings.wav()).playable
    does = "import time; time.sleep(60)"
    assert not probe(io.BytesIO(b"x"), 1, patience=0.1).playable
