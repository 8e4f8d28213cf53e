"""Which drive a folder is on, so that a memory stick is known again under another path.

On Linux this reads ``/proc/self/mountinfo``, ``/dev/disk/by-uuid`` and ``/sys/dev/block``. What macOS and
Windows are asked is written from their documentation, and has not been run there: where it does not answer,
a drive has no name, and its copies are found by their path alone.
"""

import os
import plistlib
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "davfs", "fuse.sshfs", "9p"}
_SMALL_FILES = {"vfat", "msdos", "fat", "fat32", "fat16"}
_NO_DRIVES = {
    "autofs", "binfmt_misc", "bpf", "cgroup", "cgroup2", "configfs", "debugfs", "devpts", "devtmpfs",
    "efivarfs", "fuse.gvfsd-fuse", "fuse.portal", "fusectl", "hugetlbfs", "mqueue", "nsfs", "overlay",
    "proc", "pstore", "ramfs", "securityfs", "squashfs", "sysfs", "tmpfs", "tracefs",
}  # fmt: skip
_ESCAPED = re.compile(r"\\([0-7]{3})")
_MOUNT = re.compile(
    r"\d+ \d+ (?P<number>\d+:\d+) (?P<within>\S+) (?P<at>\S+) "
    r"(?:.*? )?- (?P<kind>\S+) (?P<source>\S*)(?: .*)?"
)
_SECONDS = 10.0

LONGEST_ON_FAT = (1 << 32) - 1
"""Bytes of the longest file that FAT32 holds."""


@dataclass(frozen=True, slots=True)
class Volume:
    """A file system that is there. ``id`` names it wherever it appears, and is empty where nothing does.

    ``disks`` are the devices it lies on, as far as that is known. ``can_be_taken_away`` is a memory stick, a
    card or a drive on a cable; ``longest`` is the longest file it holds, in bytes, if there is a limit.
    """

    id: str = field(repr=False)
    mount: Path = field(repr=False)
    kind: str
    disks: frozenset[str]
    can_be_taken_away: bool
    is_network: bool

    @property
    def longest(self) -> int | None:
        """Bytes of the longest file it can hold, where that is little."""
        return LONGEST_ON_FAT if self.kind in _SMALL_FILES else None

    @property
    def name(self) -> str:
        """What people know it by: the last part of where it appears."""
        return self.mount.name or str(self.mount)

    def shares_disk(self, other: "Volume") -> bool:
        """Whether both go when one disk does, as far as that can be known."""
        if self.disks and other.disks:
            return bool(self.disks & other.disks)
        return self.mount == other.mount or bool(self.id and self.id == other.id)


class Volumes:
    """The drives of this computer. Every method looks anew, and may wait for a drive that is slow.

    ``root`` is where ``proc``, ``sys`` and ``dev`` are: another folder in tests.
    """

    def __init__(self, root: Path = Path("/")) -> None:
        self._root = root

    def of(self, path: Path) -> Volume:
        """The volume that ``path`` is on, or its nearest folder that is there. Never raises."""
        there = path.absolute()
        while not there.exists() and there != there.parent:
            there = there.parent
        with suppress(OSError):
            there = there.resolve()
        if sys.platform == "win32":
            return _of_windows(there)
        if sys.platform == "darwin":
            return _of_mac(_mount_above(there))
        nearest = ""
        for line in self._lines():  # of several at the same place the last one hides the others
            mount = _mount_in(line)
            if there.is_relative_to(mount) and (not nearest or mount.is_relative_to(_mount_in(nearest))):
                nearest = line
        return self._volume(nearest, self._uuids()) or _nameless(_mount_above(there))

    def mounted(self) -> tuple[Volume, ...]:
        """Every volume that is there now, in the order they came. Never raises."""
        if sys.platform == "win32":
            return tuple(_windows_drives())
        if sys.platform == "darwin":
            with suppress(OSError):
                return tuple(_of_mac(each) for each in Path("/Volumes").iterdir())
            return ()
        uuids = self._uuids()
        volumes = (self._volume(line, uuids) for line in self._lines())
        return tuple(each for each in volumes if each is not None)

    def find(self, volume_id: str) -> tuple[Volume, ...]:
        """Where the volume with this id is now; it may appear in more than one place."""
        return tuple(each for each in self.mounted() if volume_id and each.id == volume_id)

    def _lines(self) -> list[str]:
        """A line for each mount, in the order they came; none that cannot be read."""
        try:
            text = (self._root / "proc/self/mountinfo").read_text("utf-8", "surrogateescape")
        except OSError:
            return []
        return [line for line in text.splitlines() if _MOUNT.fullmatch(line)]

    def _volume(self, line: str, uuids: dict[str, str]) -> Volume | None:
        """One line: ``36 35 98:0 /root /mount options optional... - kind source super-options``."""
        match = _MOUNT.fullmatch(line)
        if match is None:
            return None
        number, within, kind = match["number"], match["within"], match["kind"]
        mount, source = _mount_in(line), _plain(match["source"])
        is_network = kind in _NETWORK
        device = self._number_of(source) or number
        disks = frozenset(self._disks(device)) if not is_network else frozenset[str]()
        if is_network:
            name = f"net {kind} {source}"
        elif device in uuids:
            name = f"uuid {uuids[device]}"
        else:
            name = ""
        if name and within != "/":
            name += f" {_plain(within)}"  # a part of a volume that is mounted as if it were one
        can_go = any(self._can_go(each) for each in disks)
        return Volume(name, mount, kind, disks, can_go and kind not in _NO_DRIVES, is_network)

    def _uuids(self) -> dict[str, str]:
        found = {}
        with suppress(OSError):
            for link in sorted((self._root / "dev/disk/by-uuid").iterdir()):
                number = self._number_of(str(link.readlink().name))
                if number is not None:
                    found[number] = link.name
        return found

    def _number_of(self, source: str) -> str | None:
        """Major and minor number of a block device by its name or path."""
        name = Path(source).name
        with suppress(OSError):
            if source.startswith("/dev/mapper/"):
                number = (self._root / source.lstrip("/")).stat().st_rdev
                return f"{os.major(number)}:{os.minor(number)}"
            return (self._root / "sys/class/block" / name / "dev").read_text("ascii").strip()
        return None

    def _disks(self, number: str) -> Iterator[str]:
        """The whole devices behind a partition, and behind what is stacked on several."""
        with suppress(OSError):
            device = (self._root / "sys/dev/block" / number).resolve(strict=True)
            below = list((device / "slaves").iterdir()) if (device / "slaves").is_dir() else []
            for each in below:
                yield from self._disks((each / "dev").read_text("ascii").strip())
            if not below:
                yield device.parent.name if (device / "partition").exists() else device.name

    def _can_go(self, disk: str) -> bool:
        with suppress(OSError):
            device = self._root / "sys/class/block" / disk
            if (device / "removable").read_text("ascii").strip() == "1":
                return True
            return "/usb" in str(device.resolve())
        return False


def _mount_in(line: str) -> Path:
    match = _MOUNT.fullmatch(line)
    return Path(_plain(match["at"]) if match is not None else "/")


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 8)), text)


def _mount_above(path: Path) -> Path:
    while not path.is_mount() and path != path.parent:
        path = path.parent
    return path


def _nameless(mount: Path) -> Volume:
    return Volume("", mount, "", frozenset(), can_be_taken_away=False, is_network=False)


def _of_mac(mount: Path) -> Volume:
    """What ``diskutil info -plist`` says. From its documentation; not run."""
    try:
        said = subprocess.run(
            ["/usr/sbin/diskutil", "info", "-plist", str(mount)],
            capture_output=True,
            check=True,
            timeout=_SECONDS,
        ).stdout
        known = plistlib.loads(said)
    except (OSError, subprocess.SubprocessError, ValueError, plistlib.InvalidFileException):
        return _nameless(mount)
    name = known.get("VolumeUUID") or known.get("DiskUUID")
    disk = known.get("ParentWholeDisk")
    return Volume(
        f"uuid {name}" if name else "",
        mount,
        "vfat" if known.get("FilesystemType") == "msdos" else str(known.get("FilesystemType", "")),
        frozenset({str(disk)} if disk else ()),
        can_be_taken_away=not known.get("Internal", True),
        is_network=known.get("BusProtocol") is None and disk is None,
    )


def _kernel() -> Any:
    import ctypes

    return ctypes.windll.kernel32  # type: ignore[attr-defined, unused-ignore]


def _windows_drives() -> Iterator[Volume]:
    letters = _kernel().GetLogicalDrives()
    for number in range(26):
        if letters >> number & 1:
            yield _of_windows(Path(f"{chr(ord('A') + number)}:\\"))


def _of_windows(path: Path) -> Volume:
    """What the volume functions of Windows say. From their documentation; not run."""
    import ctypes

    mount = Path(path.anchor)
    kernel = _kernel()
    found = ctypes.create_unicode_buffer(64)
    kind = ctypes.create_unicode_buffer(64)
    root = f"{mount.drive}\\"
    named = kernel.GetVolumeNameForVolumeMountPointW(root, found, len(found))
    kernel.GetVolumeInformationW(root, None, 0, None, None, None, kind, len(kind))
    sort = kernel.GetDriveTypeW(root)
    return Volume(
        f"uuid {found.value}" if named else "",
        mount,
        kind.value.lower(),
        frozenset(),
        can_be_taken_away=sort == 2,
        is_network=sort == 4,
    )
