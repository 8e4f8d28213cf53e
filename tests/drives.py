"""A computer with drives that come and go, as Linux would tell of them; what is on them are plain folders."""

from dataclasses import dataclass, field
from pathlib import Path

from memorybook.system.volumes import Volumes


@dataclass(frozen=True)
class Plugged:
    """A partition of a drive, mounted somewhere."""

    mount: Path
    name: str
    uuid: str
    kind: str
    number: str
    disk: str
    removable: bool
    within: str = "/"


@dataclass
class Computer:
    """``root`` gets what Linux keeps in ``/proc``, ``/sys`` and ``/dev``. One disk, ``sda``, is at ``/``."""

    root: Path
    plugged: list[Plugged] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.plug(Path("/"), "sda1", "0000-own", number="8:1", removable=False, kind="ext4")

    @property
    def volumes(self) -> Volumes:
        """What the program asks."""
        return Volumes(self.root)

    def plug(
        self,
        mount: Path,
        name: str = "sdb1",
        uuid: str = "1234-ABCD",
        *,
        kind: str = "vfat",
        number: str = "8:17",
        removable: bool = True,
        within: str = "/",
    ) -> None:
        """Mount a partition at ``mount``."""
        if mount != Path("/"):
            mount.mkdir(parents=True, exist_ok=True)
        disk = name.rstrip("0123456789")
        self.plugged.append(Plugged(mount, name, uuid, kind, number, disk, removable, within))
        self._write()

    def unplug(self, mount: Path) -> None:
        """Take it away; what is in the folder has to be moved by the test."""
        self.plugged = [each for each in self.plugged if each.mount != mount]
        self._write()

    def _write(self) -> None:
        lines = []
        for each in self.plugged:
            mount = str(each.mount).replace(" ", "\\040")
            lines.append(f"30 1 {each.number} {each.within} {mount} rw - {each.kind} /dev/{each.name} rw\n")
            bus = "usb1" if each.removable else "ata1"
            device = self.root / "sys/devices" / bus / each.disk / each.name
            _file(device / "partition", "1")
            _file(device.parent / "removable", "1" if each.removable else "0")
            for link, target in (
                (self.root / "sys/dev/block" / each.number, device),
                (self.root / "sys/class/block" / each.disk, device.parent),
            ):
                link.parent.mkdir(parents=True, exist_ok=True)
                link.unlink(missing_ok=True)
                link.symlink_to(target)
            _file(self.root / "sys/class/block" / each.name / "dev", each.number)
            uuid = self.root / "dev/disk/by-uuid" / each.uuid
            uuid.parent.mkdir(parents=True, exist_ok=True)
            uuid.unlink(missing_ok=True)
            uuid.symlink_to(f"../../{each.name}")
        _file(self.root / "proc/self/mountinfo", "".join(lines))


def _file(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
