"""What the player's process says is checked as if a stranger had said it."""

import sys

import pytest

from memorybook.domain.dates import VagueDate
from memorybook.domain.recording import Probed, Sort
from memorybook.errors import PlayerStopped
from memorybook.system.player import Frame, process, protocol
from memorybook.system.player.protocol import Opened, ProtocolError
from tests import recordings
from tests.unit.system.player.watching import opened, until

FOUND = Probed(
    sort=Sort.VIDEO,
    format="mov",
    playable=True,
    milliseconds=2000,
    width=320,
    height=180,
    taken=VagueDate(2019, 5, 1),
    waveform=bytes(range(200)),
    poster=b"\xff\xd8\xff and so on",
)
FACTS = Opened(2000, 320, 180, has_sound=True, has_pictures=True)
NOWHERE = Opened(None, 0, 0, has_sound=True, has_pictures=False)
FRAME = Frame(4, 2, bytes(24), 1234, 40)


def test_what_is_packed_is_unpacked_the_same() -> None:
    assert protocol.unpack_probed(protocol.pack_probed(FOUND)) == FOUND
    assert protocol.unpack_probed(protocol.pack_probed(protocol.NOTHING_KNOWN)) == protocol.NOTHING_KNOWN
    assert protocol.unpack_frame(protocol.pack_frame(FRAME)) == FRAME
    for facts in (NOWHERE, FACTS):
        assert protocol.unpack_opened(protocol.pack_opened(facts)) == facts
    pcm = protocol.unpack_pcm(protocol.pack_pcm(12.345, bytes(8)))
    assert (pcm.milliseconds, pcm.data) == (12.345, bytes(8))


def test_nothing_of_a_recording_is_in_what_is_written_down() -> None:
    assert "and so on" not in repr(FOUND)
    assert "\\x00" not in repr(FRAME)


@pytest.mark.parametrize("at", range(40))
@pytest.mark.parametrize("value", [0, 1, 0x7F, 0x80, 0xFF])
def test_anything_else_is_refused_or_within_bounds(at: int, value: int) -> None:
    body = bytearray(protocol.pack_probed(FOUND))
    body[at] = value
    try:
        found = protocol.unpack_probed(bytes(body))
    except ProtocolError:
        return
    assert found.milliseconds is None or 0 <= found.milliseconds <= protocol.LONGEST
    assert max(found.width, found.height) < 1 << 16
    assert len(found.waveform) <= 1000
    assert not found.poster or found.poster.startswith(b"\xff\xd8\xff")
    assert found.format.isascii()


@pytest.mark.parametrize(
    ("unpack", "body"),
    [
        (protocol.unpack_probed, b""),
        (protocol.unpack_probed, protocol.pack_probed(FOUND)[:-1]),
        (protocol.unpack_probed, protocol.pack_probed(FOUND) + b"x"),
        (protocol.unpack_probed, protocol.pack_probed(FOUND).replace(b"mov", b"../")),
        (protocol.unpack_frame, b""),
        (protocol.unpack_frame, protocol.pack_frame(FRAME)[:-1]),
        (protocol.unpack_frame, protocol.pack_frame(Frame(0, 2, b"", 0))),
        (protocol.unpack_frame, protocol.pack_frame(Frame(2049, 1, bytes(2049 * 3), 0))),
        (protocol.unpack_frame, protocol.pack_frame(Frame(4, 2, bytes(24), -1))),
        (protocol.unpack_pcm, b"\0" * 8),
        (protocol.unpack_pcm, b"\0" * 11),
        (protocol.unpack_pcm, protocol.TIME.pack(-1) + bytes(4)),
        (protocol.unpack_opened, b""),
        (protocol.unpack_opened, protocol.pack_opened(FACTS)[:-1] + b"\2"),
        (lambda body: protocol.unpack_range(body, 100), b""),
        (lambda body: protocol.unpack_range(body, 100), protocol.RANGE.pack(101, 1)),
        (lambda body: protocol.unpack_range(body, 100), protocol.RANGE.pack(0, 0)),
        (lambda body: protocol.unpack_range(body, 100), protocol.RANGE.pack(0, protocol.RANGE_LIMIT + 1)),
    ],
)
def test_what_is_out_of_bounds_is_refused(unpack, body: bytes) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ProtocolError):
        unpack(body)


@pytest.mark.parametrize(
    "said",
    [
        b"nonsense that is longer than a header",
        protocol.HEADER.pack(protocol.RGB, 0xFFFF_FFFF),
        protocol.message(protocol.READ, protocol.RANGE.pack(1 << 40, 10)),
        protocol.message(protocol.READ, b"short"),
        protocol.message(protocol.OPENED, b"short"),
    ],
    ids=["nonsense", "endless", "beyond the file", "no range", "no facts"],
)
def test_a_process_that_was_taken_over_is_given_up(said: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    script = (
        "import sys; sys.stdout.buffer.write(bytes.fromhex(sys.argv[1])); "
        "sys.stdout.flush(); sys.stdin.read()"
    )
    monkeypatch.setattr(process, "worker_command", lambda: [sys.executable, "-c", script, said.hex()])
    with opened(recordings.wav()) as playback:
        until(lambda: isinstance(playback.problem, PlayerStopped))
