"""A bare Debian in a folder: made, entered, and used by somebody who has nothing but the package."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import places
from memorybook.ui.core.theme import LIGHT

SCRIPT = places.PACKAGING / "linux" / "clean-root.sh"
PERSON = "parent"
HOME = f"/home/{PERSON}"
PATIENCE_S = 400


class DebianRoot:
    """A bare Debian of ``suite`` in ``folder``, with a home for one person."""

    def __init__(self, suite: str, folder: Path) -> None:
        self.folder = folder
        subprocess.run([SCRIPT, "make", suite, folder], check=True, timeout=PATIENCE_S)

    @property
    def home(self) -> Path:
        return self.folder / HOME.lstrip("/")

    def administer(self, *command: str, lend: tuple[Path, str] | None = None) -> str:
        """What a command says that root gives, with the network of this computer."""
        lent = ["--lend", str(lend[0]), lend[1]] if lend else []
        done = subprocess.run(
            [SCRIPT, "run", self.folder, *lent, *command],
            capture_output=True, text=True, timeout=PATIENCE_S, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def give(self, *command: str, told: str = "") -> str:
        """What a command says that the person gives, without any network."""
        done = subprocess.run(
            [SCRIPT, "run", self.folder, "--no-network", *_as_the_person(), *command],
            input=told, capture_output=True, text=True, timeout=PATIENCE_S, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @contextmanager
    def window(self) -> Iterator["Window"]:
        """The program as the person starts it from the menu, without any network, on the tests' screen."""
        key = self.home / ".Xauthority"
        shutil.copyfile(os.environ["XAUTHORITY"], key)
        shutil.copystat(self.home, key)
        owner = self.home.stat()
        os.chown(key, owner.st_uid, owner.st_gid)
        screen = (f"DISPLAY={os.environ['DISPLAY']}", f"XAUTHORITY={HOME}/.Xauthority")
        sockets = "/tmp/.X11-unix"
        program = subprocess.Popen(
            [SCRIPT, "run", self.folder, "--no-network", "--lend", sockets, sockets, *_as_the_person(*screen),
             "memorybook"],
        )  # fmt: skip
        try:
            yield Window(program)
        finally:
            program.kill()  # and with it everything in there
            program.wait()


class Window:
    """The program's window, as hands and eyes have it."""

    def __init__(self, program: "subprocess.Popen[bytes]") -> None:
        self._program = program
        self.number = ""
        self.wait(self._is_there)

    def _is_there(self) -> bool:
        self.number = _hands("search", "--onlyvisible", "--class", "memorybook").split("\n")[-1]
        return bool(self.number)

    def wait(self, holds: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 120
        while not holds():
            assert self._program.poll() is None, "the program ended"
            assert time.monotonic() < deadline, "what was waited for did not come"
            time.sleep(0.1)

    def wait_closed(self) -> None:
        """Until the closed book is on the screen: linen all around its card."""
        self.wait(lambda: self._is_there() and self._colour() == LIGHT.linen)

    def wait_open(self) -> None:
        """Until the open book is on the screen: paper beside the sidebar."""
        self.wait(lambda: self._is_there() and self._colour() == LIGHT.paper)

    def _colour(self) -> str:
        """Of a place in which both have nothing but their ground."""
        seen = subprocess.run(
            ["import", "-window", self.number, "-crop", "1x1+1240+640", "+repage", "-depth", "8", "rgb:-"],
            capture_output=True, check=False,
        )  # fmt: skip
        return f"#{seen.stdout[:3].hex()}".upper()

    def type(self, words: str) -> None:
        _hands("windowfocus", "--sync", self.number)
        _hands("type", "--delay", "20", words)

    def key(self, *keys: str) -> None:
        _hands("windowfocus", "--sync", self.number)
        _hands("key", "--delay", "60", *keys)

    def process(self) -> list[str]:
        """The arguments of the process that the window belongs to."""
        entered = _child(self._program.pid)  # the script, as the first process of its namespace
        return Path("/proc", _child(int(entered)), "cmdline").read_text().split("\0")[:-1]

    def picture(self, file: Path) -> None:
        subprocess.run(["import", "-window", self.number, str(file)], check=True)


def _child(process: int) -> str:
    asked = subprocess.run(["pgrep", "--parent", str(process)], capture_output=True, text=True, check=True)
    (number,) = asked.stdout.split()
    return number


def _as_the_person(*more: str) -> list[str]:
    return ["setpriv", "--reuid", PERSON, "--regid", PERSON, "--init-groups", "env", f"HOME={HOME}", *more]


def _hands(*words: str) -> str:
    return subprocess.run(["xdotool", *words], capture_output=True, text=True, check=False).stdout.strip()
