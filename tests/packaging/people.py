"""An ordinary person at this computer, with a home of their own, who installs the program and has a book."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

_NUMBER = 64321
"""Of nobody here: the person has no name in the lists of this computer, as in a container."""

PATIENCE_S = 300
TIME_OF_SOURCES = ("SOURCE_DATE_EPOCH", "1790000000")
"""Said where two things are made and compared: a commit in between would be another time."""


class Person:
    """Somebody with a folder of their own. When the tests run as root, their programs do not."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "a home"
        self.home.mkdir(mode=0o700)
        self.own(self.home)

    def command(self, words: Sequence[str | Path], more: Mapping[str, str] | None = None) -> list[str]:
        """``words`` as this person gives them, with nothing of the tests' own surroundings but the PATH."""
        given = {"HOME": str(self.home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **(more or {})}
        apart = ["env", "-i", *(f"{name}={value}" for name, value in given.items()), *map(str, words)]
        if os.geteuid() != 0:
            return apart
        number = str(_NUMBER)
        return ["setpriv", "--reuid", number, "--regid", number, "--clear-groups", "--inh-caps=-all", *apart]

    def run(
        self,
        *words: str | Path,
        cwd: Path | None = None,
        told: str = "",
        more: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end; ``more`` is added to its environment."""
        return subprocess.run(
            self.command(words, more),
            cwd=cwd or self.home,
            input=told,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )

    def begin(self, *words: str | Path, more: Mapping[str, str] | None = None) -> "subprocess.Popen[str]":
        """Begin a program that reads its standard input."""
        return subprocess.Popen(
            self.command(words, more),
            cwd=self.home,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def own(self, place: Path) -> Path:
        """Make ``place`` and everything below it this person's."""
        if os.geteuid() == 0:
            for each in [place, *place.rglob("*")]:
                os.chown(each, _NUMBER, _NUMBER, follow_symlinks=False)
        return place

    def bring(self, source: Path, name: str) -> Path:
        """A copy of a file or a folder in this person's home."""
        target = self.home / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, symlinks=True)
        else:
            shutil.copy2(source, target)
        self.own(self.home / Path(name).parts[0])
        return target


@contextmanager
def somebody() -> Iterator[Person]:
    """A person, for the length of a test. The folder is one that others may look through, unlike pytest's."""
    with tempfile.TemporaryDirectory(prefix="memorybook-person-", dir="/var/tmp") as name:
        Path(name).chmod(0o755)
        yield Person(Path(name))


def sums(folder: Path) -> dict[str, str]:
    """What is in every file of a folder, to tell whether anything of it changed."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
