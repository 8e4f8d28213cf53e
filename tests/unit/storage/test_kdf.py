"""What guessing a passphrase costs is found by measuring, within bounds, and by few runs."""

import threading
import time
from collections.abc import Callable, Mapping

import pytest

from memorybook.storage.kdf import KdfCost, Stretch, derive, stretch_at, stretch_measured

MIB = 1024
FAST = KdfCost(8192, 1, 1)


class Computer:
    """Takes its time as it is told, by a clock of its own, and has as much memory as it is told."""

    def __init__(self, seconds: Callable[[KdfCost], float], *, memory_mib: int = 1024) -> None:
        self.now = 0.0
        self.runs: list[tuple[int, int]] = []
        self._seconds = seconds
        self._memory_mib = memory_mib

    def derive(self, passphrase: str, salt: bytes, cost: KdfCost) -> bytes:
        self.runs.append((cost.memory_kib // MIB, cost.iterations))
        if cost.memory_kib > self._memory_mib * MIB:
            raise MemoryError
        self.now += self._seconds(cost)
        return f"{passphrase} {salt!r} {cost}".encode()

    def stretch(self) -> Stretch:
        return stretch_measured(lambda: self.now, derive=self.derive)


def _as_fast_as(seconds: float) -> Callable[[KdfCost], float]:
    """A computer on which the standard cost takes this long."""
    return lambda cost: seconds * cost.memory_kib / (256 * MIB) * cost.iterations / 3


@pytest.mark.parametrize(
    ("standard_takes", "runs"),
    [
        (0.6, [(256, 3)]),
        (0.5, [(256, 3)]),
        (2.0, [(256, 3)]),
        (2.1, [(256, 3), (128, 3)]),
        (3.9, [(256, 3), (128, 3)]),
        (4.5, [(256, 3), (128, 3), (64, 3)]),
        (60.0, [(256, 3), (128, 3), (64, 3)]),
        (0.4, [(256, 3), (256, 5)]),
        (0.2, [(256, 3), (256, 9)]),
        (0.05, [(256, 3), (256, 10)]),
        (0.0, [(256, 3), (256, 10)]),
    ],
)
def test_a_cost_suits_the_computer(standard_takes: float, runs: list[tuple[int, int]]) -> None:
    computer = Computer(_as_fast_as(standard_takes))
    key, cost = computer.stretch()("words", b"salt")
    assert computer.runs == runs
    assert (cost.memory_kib // MIB, cost.iterations, cost.lanes) == (*runs[-1], 4)
    assert key == f"words {b'salt'!r} {cost}".encode(), "the last run is the one that is used"


@pytest.mark.parametrize(
    ("memory", "runs"), [(200, [(256, 3), (128, 3)]), (64, [(256, 3), (128, 3), (64, 3)])]
)
def test_too_little_memory_takes_less_of_it(memory: int, runs: list[tuple[int, int]]) -> None:
    computer = Computer(lambda _: 1.0, memory_mib=memory)
    _, cost = computer.stretch()("words", b"salt")
    assert computer.runs == runs
    assert cost.memory_kib // MIB == runs[-1][0]


def test_far_too_little_memory_is_said() -> None:
    computer = Computer(lambda _: 1.0, memory_mib=63)
    with pytest.raises(MemoryError):
        computer.stretch()("words", b"salt")


def test_a_computer_whose_speed_jumps_comes_to_an_end() -> None:
    times: Mapping[int, float] = {1: 0.1, 2: 5.0, 3: 0.1, 4: 5.0, 5: 0.1, 6: 0.1}
    computer = Computer(lambda _: times.get(len(computer.runs), 0.1))
    _, cost = computer.stretch()("words", b"salt")
    assert len(computer.runs) <= 5
    assert cost.memory_kib >= 64 * MIB


def test_a_real_run_is_measured_with_a_real_clock() -> None:
    key, cost = stretch_measured(time.monotonic)("words", b"s" * 16)
    assert key == derive("words", b"s" * 16, cost)
    assert cost.memory_kib // MIB in {64, 128, 256}


def test_the_rest_of_the_program_goes_on_while_a_key_is_derived() -> None:
    done = threading.Event()

    def work() -> None:
        derive("words", b"s" * 16, KdfCost.standard())
        done.set()

    thread = threading.Thread(target=work)
    thread.start()
    turns = 0
    while not done.wait(0.001):
        turns += 1
    thread.join()
    assert turns > 20, "a second of standing still"


def test_a_cost_that_is_given_is_kept() -> None:
    key, cost = stretch_at(FAST)("words", b"s" * 16)
    assert cost == FAST
    assert key == derive("words", b"s" * 16, FAST)


def test_a_cost_that_is_given_shrinks_for_lack_of_memory_alone() -> None:
    computer = Computer(lambda _: 9.0, memory_mib=128)
    _, cost = stretch_at(KdfCost.standard(), derive=computer.derive)("words", b"salt")
    assert computer.runs == [(256, 3), (128, 3)]
    assert cost.memory_kib == 128 * MIB
