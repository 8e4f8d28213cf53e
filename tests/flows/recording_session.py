"""A program of its own that takes in a large recording and listens to its end, to be watched from outside."""

import sys
import time
import wave
from collections.abc import Callable
from pathlib import Path

from memorybook.errors import NoSoundDevice
from memorybook.services.vault import Library
from memorybook.system.clock import SystemClock
from memorybook.system.decoder import Decoder
from tests.books import FAST, PASSPHRASE

RATE = 48_000
PATIENCE_S = 60.0


def make(path: Path, seconds: int) -> None:
    """Silence as two channels of 16 bits; most of the file is a hole, so it takes no room and no time."""
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(2)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.setnframes(seconds * RATE)
        sound.writeframesraw(b"")
    with path.open("r+b") as file:
        file.seek(0, 2)
        header = file.tell()
        length = seconds * RATE * 4
        file.truncate(header + length)
        file.seek(4)
        file.write((header + length - 8).to_bytes(4, "little"))
        file.seek(header - 4)
        file.write(length.to_bytes(4, "little"))


def memory() -> int:
    """The most that this process has had in memory so far, in KiB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0])


def _wait(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.01)


def main(book: Path, source: Path) -> None:
    with Decoder() as decoder:
        vault = Library(decoder=decoder, clock=SystemClock(), kdf=FAST).create(book, PASSPHRASE)
        small = source.with_name("small.wav")
        make(small, 2)
        vault.recordings.bring([small]).done.result()
        before = memory()
        account = vault.recordings.bring([source]).done.result()
        (added,) = account.added
        (kept,) = vault.recordings.get([added]).result()
        print(kept.milliseconds, kept.byte_size, kept.playable)
        playing = vault.recordings.open(added)
        playing.start()
        assert kept.milliseconds is not None
        _wait(lambda: playing.is_ready)
        playing.seek(kept.milliseconds - 1500)
        playing.play()
        _wait(lambda: playing.ended)
        problem = playing.problem
        assert problem is None or isinstance(problem, NoSoundDevice)  # then it is silent, and goes on
        print("ended")
        playing.close()
        print(memory() - before)
        vault.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
