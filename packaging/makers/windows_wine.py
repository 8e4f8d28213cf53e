"""Windows, as far as Wine has it: compiles the modules with the Python that is shipped, tries the program."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import pe
import places
import windows_libraries

HERE: Final = places.PACKAGING / "windows"

_OVERRIDES: Final = "mscoree,mshtml=;winedbg.exe=d;bcryptprimitives,icuuc,mscms=n"
_LENT: Final = ("icuuc.dll", "mscms.dll")
"""What Windows 10 has and the Wine of Debian 12 has not. Stand-ins that answer "no" do for a trial."""

_PATIENCE_S: Final = 120


class Prefix:
    """A folder that Wine takes for a computer with Windows."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.drive = folder / "drive_c"

    def make(self, program: Path | None = None) -> None:
        """Make it anew, with what ``program`` asks of Windows and Wine does not have. Raises ``Stopped``."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.run(["wineboot", "--init"])
        self.run(["winecfg", "/v", "win10"])  # the Wine of Debian 12 takes itself for Windows 7
        for link in self.drive.glob("users/*/*"):
            if link.is_symlink():  # Wine lends the folders of the person who runs it
                link.unlink()
                link.mkdir()
        system = self.drive / "windows" / "system32"
        places.run(
            [windows_libraries.GCC, "-shared", "-O2", "-s", "-o", system / "bcryptprimitives.dll",
             HERE / "wine" / "process_prng.c", "-ladvapi32"]
        )  # fmt: skip
        if program is not None:
            users = pe.below(program).values()
            for name in _LENT:
                (system / name).unlink(missing_ok=True)
                asked = windows_libraries.asked_of(name, users)
                windows_libraries.stand_in(system / name, dict.fromkeys(asked, True))

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """That of the person, with what Wine is told."""
        told = {"WINEPREFIX": str(self.folder), "WINEARCH": "win64", "WINEDEBUG": "-all",
                "WINEDLLOVERRIDES": _OVERRIDES}  # fmt: skip
        return {**places.environment(), **told, **(more or {})}

    def start(self, command: Sequence[str | Path], **more: str) -> "subprocess.Popen[bytes]":
        """Start a program for Windows; what it says on both ways out is in ``stdout``. Raises ``Stopped``."""
        try:
            return subprocess.Popen(
                ["wine", *map(str, command)],
                env=self.environment(more),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
        except FileNotFoundError:
            raise places.Stopped("wine is not installed.") from None

    def run(
        self, command: Sequence[str | Path], *, seconds: int = _PATIENCE_S, **more: str
    ) -> tuple[int, str]:
        """Run one to its end; its exit code and what it said. Raises ``Stopped`` when it takes too long."""
        process = self.start(command, **more)
        try:
            said, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            self.give_up(process)
            raise places.Stopped(f"{Path(command[0]).name} did not end within {seconds} seconds") from None
        return process.returncode, said.decode("utf-8", "replace").replace("\r\n", "\n")

    @staticmethod
    def give_up(process: "subprocess.Popen[bytes]") -> None:
        """End what was started. Wine may hold on to the pipes until it ends itself: nobody waits for them."""
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def end(self) -> None:
        """End every program in it, and wait until they are gone."""
        for way in ("--kill", "--wait"):
            subprocess.run(["wineserver", way], env=self.environment(), check=False)

    def path(self, windows: str) -> Path:
        r"""Where a file is that Windows calls ``C:\...``."""
        return self.drive.joinpath(*windows.split("\\")[1:])


def as_windows_sees(path: Path) -> str:
    """A file of this computer, as a program under Wine is told it."""
    return "Z:" + str(path.absolute()).replace("/", "\\")


def compile_modules(python: Path, site: Path) -> None:
    """Compile what is below ``site`` with the Python in ``python``. Raises ``Stopped``."""
    prefix = Prefix(python.with_name("prefix-for-compiling"))
    prefix.make()
    try:
        script = as_windows_sees(Path(__file__).with_name("windows_compile.py"))
        code, said = prefix.run([python / "python.exe", script, as_windows_sees(site)], seconds=1200)
    finally:
        prefix.end()
    if code:
        raise places.Stopped(f"The modules could not be compiled: {said}")
