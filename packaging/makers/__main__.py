"""``python packaging/makers COMMAND``: makes the program as a folder, and every package from that."""

import sys
from collections.abc import Callable, Sequence
from importlib import import_module

import places

COMMANDS = {
    "freeze": ("frozen", "the program as one folder, which every package is made from"),
    "gate": ("gate", "hold that folder to what may be in it; --write renews the list"),
    "deb": ("deb", "the package for Debian and Ubuntu"),
    "rpm": ("rpm", "the package for Fedora and openSUSE"),
    "tar": ("tarball", "an archive with an installer for one account, without root"),
    "appimage": ("appimage", "one file that runs where it lies"),
    "flatpak": ("flatpak", "the description for Flatpak, checked as far as it goes here"),
    "windows": ("windows", "the installer for Windows, made on Linux"),
    "licences": ("licences", "the licences of everything that is shipped"),
    "sbom": ("sbom", "the list of everything that is shipped, for machines"),
    "twice": ("twice", "all of it two times, and every difference"),
    "source": ("source", "the sources of this version, which lie beside the packages"),
    "sums": ("sums", "SHA256SUMS of everything in dist"),
}
"""Each is a module here whose ``main`` takes the arguments and returns the exit code."""

ALL = ("freeze", "gate", "licences", "deb", "rpm", "tar", "appimage", "flatpak", "sbom", "source",
       "sums")  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """Carry out one command; 0 when it did what was asked."""
    if not arguments or arguments[0] not in {*COMMANDS, "all"}:
        print("python packaging/makers COMMAND")
        for name, (_, what) in {**COMMANDS, "all": ("", f"one after another: {', '.join(ALL)}")}.items():
            print(f"  {name:10}{what}")
        return 2
    try:
        if arguments[0] != "all":
            return _command(arguments[0])(arguments[1:])
        return next((code for code in (_command(name)([]) for name in ALL) if code), 0)
    except places.Stopped as stopped:
        print(stopped, file=sys.stderr)
        return 1


def _command(name: str) -> Callable[[Sequence[str]], int]:
    made: Callable[[Sequence[str]], int] = import_module(COMMANDS[name][0]).main
    return made


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
