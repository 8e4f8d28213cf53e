"""The worker starts when it is needed, is replaced when it fails, and never outlives what it serves."""

import functools
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from memorybook.errors import PictureDamaged, PictureWorkerStopped
from memorybook.system.decoder import Decoder, client
from tests import timers
from tests.corpus import pictures

ROOT = Path(__file__).resolve().parents[4]
SOON = 20.0


def until(condition: Callable[[], bool]) -> None:
    """Wait for something that another process or thread is about to do."""
    end = time.monotonic() + SOON
    while not condition():
        assert time.monotonic() < end
        os.sched_yield()


def is_gone(process: int) -> bool:
    """Whether nothing of the process runs any more. One that waits to be counted by its parent is gone."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state.rpartition(")")[2].split()[0] in "ZX"


def worker_of(decoder: Decoder) -> int:
    process = decoder.worker_id
    assert process is not None
    return process


@contextmanager
def asked_while_they_are_held(decoder: Decoder, count: int) -> Iterator[list[BaseException]]:
    """So many pictures that are under way and do not get on, each in a thread of its own."""
    raised: list[BaseException] = []

    def ask() -> None:
        try:
            decoder.decode(pictures.bmp())
        except PictureWorkerStopped as error:
            raised.append(error)

    threads = []
    for number in range(1, count + 1):
        decoder.decode(pictures.jpeg())
        os.kill(decoder.worker_ids[number - 1], signal.SIGSTOP)
        threads.append(threading.Thread(target=ask))
        threads[-1].start()
        until(functools.partial(_so_many_wait, number))
    yield raised
    for thread in threads:
        thread.join(SOON)
        assert not thread.is_alive()


def _so_many_wait(count: int) -> bool:
    return len(timers.running()) == count


@contextmanager
def asked_while_it_is_held(decoder: Decoder) -> Iterator[list[BaseException]]:
    """A picture that is under way and does not get on."""
    with asked_while_they_are_held(decoder, 1) as raised:
        yield raised


def test_nothing_is_started_before_the_first_picture() -> None:
    with Decoder() as decoder:
        assert decoder.worker_id is None


def test_one_worker_serves_many_pictures_and_is_replaced_in_time() -> None:
    with Decoder() as decoder:
        seen = []
        for _ in range(client.PICTURES_PER_WORKER + 1):
            seen.append(decoder.worker_id)
            decoder.decode(pictures.gif())
        assert seen[:2] == [None, seen[1]]
        assert seen[1:-1] == [seen[1]] * (client.PICTURES_PER_WORKER - 1)
        # The successor is there before it is needed.
        assert seen[-1] not in (None, seen[1])
        assert decoder.worker_ids == (seen[-1],)
        assert is_gone(seen[1] or 0)


def test_two_pictures_are_looked_at_at_a_time_and_no_more() -> None:
    with Decoder(workers=2) as decoder:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda _: decoder.decode(pictures.jpeg()), range(40)))
        both = decoder.worker_ids
        assert len(both) <= 2
        with asked_while_they_are_held(decoder, 2) as raised:
            at_work = decoder.worker_ids
            assert len(set(at_work)) == 2
            third = threading.Thread(target=decoder.decode, args=(pictures.bmp(),))
            third.start()
            assert decoder.worker_ids == at_work
            os.kill(at_work[0], signal.SIGKILL)
            third.join(SOON)  # it waited for a place, not for the other picture
            assert not third.is_alive()
            assert not is_gone(at_work[1])
            os.kill(at_work[1], signal.SIGKILL)
        assert [type(error) for error in raised] == [PictureWorkerStopped] * 2


def test_one_worker_may_be_all_there_is() -> None:
    with Decoder(workers=1) as decoder, ThreadPoolExecutor(4) as pool:
        seen = set(pool.map(lambda _: (decoder.decode(pictures.jpeg()), decoder.worker_ids)[1], range(20)))
        assert len(seen) == 1


def test_the_worker_outlives_the_thread_that_started_it() -> None:
    with Decoder() as decoder:
        first = threading.Thread(target=decoder.decode, args=(pictures.jpeg(),))
        first.start()
        first.join()
        process = worker_of(decoder)
        decoder.decode(pictures.jpeg())
        assert worker_of(decoder) == process


def test_a_worker_that_is_killed_mid_way_is_told_and_replaced() -> None:
    with Decoder() as decoder:
        with asked_while_it_is_held(decoder) as raised:
            process = worker_of(decoder)
            os.kill(process, signal.SIGKILL)
        assert [type(error) for error in raised] == [PictureWorkerStopped]
        assert is_gone(process)
        assert decoder.decode(pictures.jpeg()).format == "JPEG"


def test_a_worker_that_hangs_is_ended_and_replaced() -> None:
    with Decoder(patience=1.0) as decoder:
        with asked_while_it_is_held(decoder) as raised:
            process = worker_of(decoder)
        assert [type(error) for error in raised] == [PictureWorkerStopped]
        assert is_gone(process)
        assert decoder.decode(pictures.jpeg()).format == "JPEG"


def test_a_worker_that_died_while_idle_is_replaced_without_a_word() -> None:
    with Decoder() as decoder:
        decoder.decode(pictures.jpeg())
        process = worker_of(decoder)
        os.kill(process, signal.SIGKILL)
        until(lambda: is_gone(process))
        assert decoder.decode(pictures.jpeg()).format == "JPEG"


def test_the_next_picture_after_an_interruption_is_looked_at() -> None:
    with Decoder() as decoder:
        for _ in range(8):
            assert decoder.decode(pictures.jpeg()).format == "JPEG"
            decoder.interrupt()
        decoder.rest()
        assert decoder.worker_ids == ()
        assert decoder.decode(pictures.jpeg()).format == "JPEG"


def test_a_refusal_is_followed_by_a_fresh_worker() -> None:
    with Decoder() as decoder:
        decoder.decode(pictures.jpeg())
        process = worker_of(decoder)
        with pytest.raises(PictureDamaged):
            decoder.decode(pictures.shortened(pictures.jpeg(), 0.9))
        assert is_gone(process)
        assert decoder.decode(pictures.jpeg()).format == "JPEG"
        assert worker_of(decoder) != process


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0",
        b"hello, this is not an answer",
        b"\0\xff\xff\xff\xff",
        b"\0\0\0\0\0",
        b"\0\0\0\0\x04\xff\xd8\xff\xe0",
        b"\x63\0\0\0\0",
    ],
)
def test_a_worker_that_talks_nonsense_is_not_believed(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """As one would that a hostile picture has taken over."""
    script = "import sys, os; sys.stdin.buffer.read(30); os.write(1, bytes.fromhex(sys.argv[1]))"
    monkeypatch.setattr(client, "worker_command", lambda: [sys.executable, "-I", "-c", script, answer.hex()])
    with Decoder() as decoder:
        with pytest.raises(PictureWorkerStopped):
            decoder.decode(pictures.jpeg())
        assert decoder.worker_id is None


def test_a_worker_that_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "worker_command", lambda: ["/nowhere/at/all"])
    with Decoder() as decoder, pytest.raises(PictureWorkerStopped):
        decoder.decode(pictures.jpeg())


def test_closing_ends_the_worker_even_in_the_middle_of_a_picture() -> None:
    decoder = Decoder()
    with asked_while_it_is_held(decoder) as raised:
        process = worker_of(decoder)
        decoder.close()
    assert [type(error) for error in raised] == [PictureWorkerStopped]
    assert is_gone(process)
    with pytest.raises(PictureWorkerStopped):
        decoder.decode(pictures.jpeg())
    assert decoder.worker_id is None
    decoder.close()


def test_a_forgotten_decoder_takes_its_worker_with_it() -> None:
    decoder = Decoder()
    decoder.decode(pictures.jpeg())
    process = worker_of(decoder)
    del decoder
    until(lambda: is_gone(process))


def test_many_threads_share_one_decoder() -> None:
    makers = [make for _, make in pictures.PICTURES.values()]
    kinds = [kind for kind, _ in pictures.PICTURES.values()]
    with Decoder() as decoder, ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda make: decoder.decode(make()).format, makers * 3))
    assert found == kinds * 3


def test_nothing_is_left_open() -> None:
    def open_descriptors() -> set[str]:
        return {f"{link.name} {link.readlink()}" for link in Path("/proc/self/fd").iterdir() if link.exists()}

    before = len(open_descriptors())
    for _ in range(5):
        with Decoder() as decoder:
            decoder.decode(pictures.jpeg())
            with pytest.raises(PictureDamaged):
                decoder.decode(pictures.shortened(pictures.jpeg(), 0.5))
            decoder.decode(pictures.jpeg())
            os.kill(worker_of(decoder), signal.SIGKILL)
    assert len(open_descriptors()) == before
    assert not timers.running()


PARENT = """
import sys
sys.path[:0] = sys.argv[1:3]
from memorybook.system.decoder import Decoder
from tests.corpus import pictures
decoder = Decoder()
decoder.decode(pictures.jpeg())
print(decoder.worker_id, flush=True)
sys.stdin.read()
"""


def test_the_worker_ends_with_the_app_however_the_app_ends() -> None:
    with subprocess.Popen(
        [sys.executable, "-I", "-c", PARENT, str(ROOT), str(ROOT / "src")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as app:
        assert app.stdout is not None
        process = int(app.stdout.readline())
        assert not is_gone(process)
        app.kill()
    until(lambda: is_gone(process))


def test_a_picture_without_end_ends_even_when_the_app_is_gone() -> None:
    start = (
        "import sys; sys.path[:0] = sys.argv[1:]; "
        "from tests.unit.system.decoder import probes; probes.work_without_end()"
    )
    command = [sys.executable, "-I", "-c", start, str(ROOT), str(ROOT / "src")]
    ended = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert ended.returncode == -signal.SIGALRM


def test_the_command_is_isolated_and_the_packaged_program_serves_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    command = client.worker_command()
    assert command[:2] == [sys.executable, "-I"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert client.worker_command() == [sys.executable, client.WORKER_ARGUMENT]
