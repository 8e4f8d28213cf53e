"""What computer this is, and what else it was doing."""

import os
import platform
import resource
from pathlib import Path

import PySide6
from sqlcipher3 import dbapi2

from memorybook import __version__


def description() -> str:
    """One line about the computer and one about the parts the program stands on."""
    processor = _field("/proc/cpuinfo", "model name") or platform.machine()
    memory = int((_field("/proc/meminfo", "MemTotal") or "0").split()[0]) / 1024**2
    sqlcipher = dbapi2.connect(":memory:").execute("PRAGMA cipher_version").fetchone()[0]
    system = f"{platform.system()} {platform.release()}"
    return (
        f"{os.cpu_count()} processors ({processor}), {memory:.0f} GiB, {system}\n"
        f"Memory Book {__version__}, Python {platform.python_version()}, Qt {PySide6.__version__}, "
        f"SQLCipher {sqlcipher}"
    )


def _field(path: str, name: str) -> str:
    for line in Path(path).read_text().splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return ""


class Neighbours:
    """How much of the processors other programs have used since this was made."""

    def __init__(self) -> None:
        self._begin = self._now()

    def _now(self) -> tuple[float, float, float]:
        ticks = [int(number) for number in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
        idle = ticks[3] + ticks[4]
        second = os.sysconf("SC_CLK_TCK")
        own = sum(
            usage.ru_utime + usage.ru_stime
            for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        )
        return sum(ticks) / second, (sum(ticks) - idle) / second, own

    def share(self) -> float:
        """Between 0 and 1. The X server, which draws for the window, counts among the others."""
        total, busy, own = (now - begin for now, begin in zip(self._now(), self._begin, strict=True))
        return max(busy - own, 0) / total if total else 0

    @staticmethod
    def running() -> int:
        """Processes that want a processor at this moment, without this one."""
        return int(Path("/proc/loadavg").read_text().split()[3].partition("/")[0]) - 1
