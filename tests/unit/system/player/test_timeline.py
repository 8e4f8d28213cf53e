"""The time in a recording: led by the sound card where there is one, and passing by itself where not."""

from itertools import pairwise

import pytest

from memorybook.system.player.protocol import RATE, SAMPLE, Frame, Opened, Pcm
from memorybook.system.player.timeline import FRAMES_AHEAD, Timeline

CARD = 120.0
TENTH = RATE // 10


def line(*, sound: bool = True, pictures: bool = False, card: bool = True) -> Timeline:
    made = Timeline()
    made.facts = Opened(1000, 4, 2, sound, pictures)
    made.latency = CARD if card else None
    return made


def heard(number: int, milliseconds: float) -> Pcm:
    return Pcm(milliseconds, bytes([number]) * (TENTH * SAMPLE))


def seen(milliseconds: int) -> Frame:
    return Frame(4, 2, bytes(24), milliseconds)


def filled(timeline: Timeline, tenths: int = 10, start: int = 0) -> None:
    for number in range(tenths):
        timeline.add_sound(heard(number + 1, start + number * 100))


def test_the_time_is_that_of_what_the_card_took_less_what_it_holds() -> None:
    timeline = line()
    timeline.play(0.0)
    assert timeline.supply(TENTH, 0.0) == b""  # nothing is ready: silence, and the time stands
    assert timeline.position(5.0) == 0
    filled(timeline)
    for number in range(4):
        at = 10 + number / 10
        assert timeline.supply(TENTH, at) == bytes([number + 1]) * (TENTH * SAMPLE)
        assert timeline.position(at) == pytest.approx(max(0, number * 100 - CARD))
    assert timeline.position(10.35) == pytest.approx(300 - CARD + 50)
    assert timeline.position(99.0) == 400  # no later than what it was given


def test_the_time_never_goes_back_while_it_plays() -> None:
    timeline = line()
    filled(timeline, 40)
    timeline.play(0.0)
    times, at = [], 0.0
    for number in range(35):
        at += 0.1 + (0.03 if number % 3 else -0.06)
        timeline.supply(TENTH, at)
        times += [timeline.position(at), timeline.position(at + 0.05)]
    assert all(before <= after for before, after in pairwise(times))
    assert times[-1] > 3000


def test_parts_of_any_size_come_out_in_order_and_once() -> None:
    timeline = line()
    filled(timeline)
    timeline.end_sound()
    timeline.play(0.0)
    parts = [timeline.supply(size, 0.0) for size in (1, 7, 4799, 100, 9000, 50_000, 10)]
    assert b"".join(parts) == b"".join(bytes([number + 1]) * (TENTH * SAMPLE) for number in range(10))


def test_where_there_is_nothing_ready_the_time_stands_and_goes_on() -> None:
    timeline = line()
    filled(timeline, 3)
    timeline.play(0.0)
    timeline.supply(3 * TENTH, 0.0)
    assert timeline.supply(TENTH, 0.3) == b""
    assert timeline.position(7.0) == 300
    timeline.add_sound(heard(9, 300))
    assert timeline.supply(TENTH, 7.0) == b""  # too little to begin with
    timeline.add_sound(heard(9, 400))
    assert timeline.supply(TENTH, 7.1) != b""
    assert timeline.position(7.3) > 300


def test_behind_the_end_of_the_sound_the_time_passes_by_itself() -> None:
    timeline = line(pictures=True)
    filled(timeline, 3)
    timeline.end_sound()
    for milliseconds in (0, 300, 600):
        timeline.add_frame(seen(milliseconds))
    timeline.end_pictures()
    timeline.play(0.0)
    timeline.supply(3 * TENTH, 0.0)
    frame = timeline.frame(0.0)
    assert frame is not None
    assert frame.milliseconds == 0
    frame = timeline.frame(0.75)
    assert frame is not None
    assert frame.milliseconds == 600
    assert timeline.is_playing
    timeline.position(2.0)
    assert (timeline.is_playing, timeline.has_ended) == (False, True)
    assert timeline.position(3.0) == 1000


def test_without_a_card_the_time_passes_once_there_is_something() -> None:
    timeline = line(card=False, pictures=True)
    timeline.play(0.0)
    assert timeline.position(1.0) == 0
    filled(timeline, 10)
    timeline.end_sound()
    assert timeline.position(2.0) == 0
    timeline.add_frame(seen(0))
    timeline.end_pictures()
    assert timeline.position(3.0) == 0
    assert timeline.position(3.5) == pytest.approx(500)
    assert timeline.wants_sound is False
    timeline.position(4.1)
    assert timeline.has_ended


def test_a_card_that_is_lost_leaves_the_time_where_it_was() -> None:
    timeline = line()
    filled(timeline, 10)
    timeline.play(0.0)
    timeline.supply(5 * TENTH, 0.0)
    timeline.without_card(0.3)
    assert timeline.supply(TENTH, 0.3) == b""
    assert timeline.position(0.3) == pytest.approx(180)
    assert timeline.position(0.4) == pytest.approx(280)


def test_stopping_keeps_the_time_and_the_sound() -> None:
    timeline = line()
    filled(timeline)
    timeline.play(0.0)
    timeline.supply(2 * TENTH, 0.0)
    timeline.supply(2 * TENTH, 0.2)
    timeline.pause(0.25)
    assert timeline.supply(TENTH, 0.3) == b""
    stopped = timeline.position(9.0)
    assert stopped == pytest.approx(200 - CARD + 50)
    timeline.play(9.0)
    assert timeline.supply(TENTH, 9.0)[:1] == bytes([5])
    assert timeline.position(9.0) >= stopped


def test_pictures_come_when_they_are_due_and_only_the_newest() -> None:
    timeline = line(sound=False, pictures=True, card=False)
    for number in range(FRAMES_AHEAD):
        assert timeline.wants_pictures
        timeline.add_frame(seen(number * 40))
    assert not timeline.wants_pictures
    first = timeline.frame(0.0)
    assert first is not None
    assert first.milliseconds == 0
    assert timeline.frame(0.0) is None
    timeline.play(0.0)
    assert timeline.frame(0.0) is None
    late = timeline.frame(0.13)
    assert late is not None
    assert late.milliseconds == 120
    assert timeline.wants_pictures
    assert timeline.frame(0.135) is None


def test_the_first_picture_after_a_wish_is_given_whenever_it_is_due() -> None:
    timeline = line(sound=False, pictures=True, card=False)
    timeline.restart(500)
    assert timeline.position(0.0) == 500
    timeline.add_frame(seen(520))
    frame = timeline.frame(0.0)
    assert frame is not None
    assert frame.milliseconds == 520


def test_a_window_that_does_not_look_does_not_keep_it_from_ending() -> None:
    timeline = line(sound=False, pictures=True, card=False)
    timeline.play(0.0)
    shown, at = 0, 0.0
    while not timeline.has_ended:
        timeline.position(at)
        while timeline.wants_pictures and shown < 1000:
            timeline.add_frame(seen(shown))
            shown += 40
        if shown >= 1000:
            timeline.end_pictures()
        at += 0.05
        assert at < 5
    assert timeline.position(at) == 1000


def test_a_video_too_heavy_for_the_computer_ends_all_the_same() -> None:
    timeline = line(sound=False, pictures=True, card=False)
    timeline.add_frame(seen(0))
    timeline.play(0.0)
    timeline.frame(0.0)
    assert timeline.position(1.5) == 1000  # no later than its end
    assert timeline.is_playing
    assert timeline.position(2.1) == 1000
    assert timeline.has_ended


def test_nothing_at_all_ends_at_once() -> None:
    timeline = line()
    timeline.end_sound()
    timeline.play(0.0)
    timeline.position(0.1)
    assert timeline.has_ended
