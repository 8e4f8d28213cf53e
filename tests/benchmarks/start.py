"""From the start of the program to a closed book on the screen, and what it takes of the memory then.

    python -m tests.benchmarks.start [--runs N] [--frozen FOLDER] [--no-memory]

Needs a screen with a window manager (python -m tests.desktop -- ...). The frozen program is that of FOLDER.
Both are looked at from outside, in turn: what is timed ends when the ground of the closed book is on the
screen. The first run of each is not counted: it reads everything from the disk.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from memorybook.app.command_line import SAMPLE_PASSPHRASE
from memorybook.ui.core.theme import LIGHT
from tests.benchmarks import machine
from tests.desktop.environment import private_folders

RUNS = 9
PATIENCE_S = 60.0
IDLE_S = 10.0
_SETTINGS = '{"window": [1280, 800]}'
_LOOKED_AT = (1268, 500)
"""At the edge of the screen: beside the card also when each window is put further than the one before."""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--frozen", type=Path, help="the folder of the frozen program")
    parser.add_argument("--no-memory", action="store_true")
    given = parser.parse_args()
    programs: dict[str, Sequence[str]] = {"source": [sys.executable, "-m", "memorybook"]}
    if given.frozen is not None:
        programs["frozen"] = [str(given.frozen.absolute() / "memorybook")]
    application = QGuiApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory(prefix="memorybook-start-") as name:
        print(machine.description())
        _tell_times(programs, given.runs, Path(name))
        if not given.no_memory:
            _tell_memory(programs, Path(name))
    application.quit()
    return 0


def _tell_times(programs: dict[str, Sequence[str]], runs: int, folder: Path) -> None:
    neighbours = machine.Neighbours()
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    spent: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(runs + 1):
        for name, program in programs.items():  # in turn: a noisy moment does not fall on one alone
            with _running(program, folder / name) as (process, began):
                _until_painted(process)
                seconds[name].append(time.monotonic() - began)
                spent[name].append(_processor_seconds(process.pid))
    share = neighbours.share()
    print(f"Meanwhile other programs, the X server included, used {share:.0%} of the processors.")
    for name in programs:
        warm, work = seconds[name][1:], spent[name][1:]
        print(
            f"{name}: closed book on the screen after {statistics.median(warm):.3f} s, median of {len(warm)} "
            f"({min(warm):.3f}-{max(warm):.3f}); processor time {statistics.median(work):.2f} s "
            f"({min(work):.2f} at least); first run {seconds[name][0]:.3f} s"
        )
    if "frozen" in programs:
        ratio = statistics.median(seconds["frozen"][1:]) / statistics.median(seconds["source"][1:])
        print(f"frozen / source: {ratio:.2f}")


def _tell_memory(programs: dict[str, Sequence[str]], folder: Path) -> None:
    made = [sys.executable, "-m", "memorybook", "sample", "--to", str(folder / "sample")]
    subprocess.run(made, stdout=subprocess.DEVNULL, check=True)
    for name, program in programs.items():
        with _running(program, folder / name) as (process, _):
            _until_painted(process)
            time.sleep(IDLE_S)
            _tell(f"{name}, closed", process.pid)
        book = folder / "sample" / "Memory Book"
        with _running([*program, str(book)], folder / name) as (process, _):
            _until_painted(process)
            window = _asked("xdotool", "search", "--onlyvisible", "--name", "^Memory Book$").split()[0]
            _asked("xdotool", "windowactivate", "--sync", window)
            _asked("xdotool", "type", "--delay", "5", SAMPLE_PASSPHRASE)
            _asked("xdotool", "key", "Return")
            _until(process, LIGHT.paper)
            time.sleep(IDLE_S)
            _tell(f"{name}, the sample book open", process.pid)


def _tell(what: str, process: int) -> None:
    """Pss counts what several programs share in parts, so that it adds up; Rss counts it whole."""
    told = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
    size = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in told}
    print(f"{what}, after {IDLE_S:.0f} s: Pss {size['Pss']:.0f} MiB, Rss {size['Rss']:.0f} MiB")


@contextmanager
def _running(program: Sequence[str], home: Path) -> Iterator[tuple["subprocess.Popen[bytes]", float]]:
    home.mkdir(exist_ok=True)
    environment = os.environ | private_folders(home)
    settings = Path(environment["XDG_CONFIG_HOME"]) / "memorybook" / "settings.json"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text(_SETTINGS)
    _until_gone()
    began = time.monotonic()
    process = subprocess.Popen(program, env=environment)
    try:
        yield process, began
    finally:
        process.terminate()
        process.wait()


def _until_painted(process: "subprocess.Popen[bytes]") -> None:
    _until(process, LIGHT.linen)


def _until(process: "subprocess.Popen[bytes]", colour: str) -> None:
    until = time.monotonic() + PATIENCE_S
    while _colour() != colour.upper():
        if process.poll() is not None or time.monotonic() > until:
            raise SystemExit("the program showed no window")
        time.sleep(0.002)


def _until_gone() -> None:
    while _colour() in {LIGHT.linen.upper(), LIGHT.paper.upper()}:
        time.sleep(0.01)


def _colour() -> str:
    pixel = QGuiApplication.primaryScreen().grabWindow(0, *_LOOKED_AT, 1, 1)
    return pixel.toImage().pixelColor(0, 0).name().upper()


def _processor_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _asked(*words: str) -> str:
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main())
