"""A private sound server without a sound card, and what was played through it."""

import array
import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

RATE = 48_000
LONG = 60.0


class Loudspeaker:
    """Hears all that is played through one sound server, both sides, at 48 kHz."""

    def __init__(self, server: "subprocess.Popen[bytes]", address: str) -> None:
        self._server = server
        self._recorder = subprocess.Popen(
            ["parec", "--device=quiet.monitor", "--format=s16le", f"--rate={RATE}", "--channels=2",
             "--latency-msec=20"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PULSE_SERVER": address},
        )  # fmt: skip
        self._bytes = bytearray()
        self._more = threading.Condition()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        assert self._recorder.stdout is not None
        while part := os.read(self._recorder.stdout.fileno(), 1 << 16):
            with self._more:
                self._bytes += part
                self._more.notify_all()

    def wait_until_it_hears(self) -> None:
        """The first silence comes when the server runs."""
        with self._more:
            assert self._more.wait_for(lambda: self._bytes, LONG)

    def wait_for(self, condition: Callable[[list[int]], object]) -> None:
        """Until what was heard is like this. It is looked at whenever there is more, and only then."""
        with self._more:
            assert self._more.wait_for(lambda: condition(self.heard()), LONG)

    def heard(self) -> list[int]:
        """What came out on the left, without the silence before, between and after."""
        numbers = array.array("h", bytes(self._bytes[: len(self._bytes) // 4 * 4]))
        return [number for number in numbers[0::2] if number]

    def pull_the_plug(self) -> None:
        """End the server, as when it crashes."""
        self._server.kill()
        self._server.wait()

    def close(self) -> None:
        self.pull_the_plug()
        self._recorder.kill()
        self._recorder.wait()
        self._thread.join()
        assert self._recorder.stdout is not None
        self._recorder.stdout.close()


@contextmanager
def loudspeaker(folder: Path) -> Iterator[tuple[str, Loudspeaker]]:
    """A server for this test alone, and its address for ``PULSE_SERVER``.

    The socket lies apart from ``folder``: its path may have 107 bytes, and a test's folder can be longer.
    """
    with tempfile.TemporaryDirectory(prefix="sound-", dir="/tmp") as short:
        yield from _listening(folder, Path(short) / "socket")


def _listening(folder: Path, socket: Path) -> Iterator[tuple[str, Loudspeaker]]:
    address = f"unix:{socket}"
    server = subprocess.Popen(
        [
            "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
            "--high-priority=no", "--realtime=no", "--disable-shm=yes", "--log-level=error",
            "-L", f"module-null-sink sink_name=quiet rate={RATE}",
            "-L", f"module-native-protocol-unix socket={socket} auth-anonymous=1",
        ],
        env={**os.environ, "XDG_RUNTIME_DIR": str(folder), "HOME": str(folder)},
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    end = time.monotonic() + LONG
    while not socket.exists():
        assert server.poll() is None
        assert time.monotonic() < end
        os.sched_yield()
    speaker = Loudspeaker(server, address)
    try:
        speaker.wait_until_it_hears()
        yield address, speaker
    finally:
        speaker.close()
