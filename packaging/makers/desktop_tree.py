"""Lays out the program as Linux systems want it: the ``usr`` folder that .deb and .rpm are made from."""

import datetime
import gzip
import os
import shutil
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import changelog
import icons
import places

LINUX = places.PACKAGING / "linux"


def install_tree(target: Path, frozen: Path = places.FROZEN) -> None:
    """The whole program below ``target/usr``, which is empty; nothing of it tells of this machine."""
    program = target / "usr" / "lib" / places.NAME
    shutil.copytree(frozen, program, symlinks=True)
    command = target / "usr" / "bin" / places.NAME
    command.parent.mkdir(parents=True)
    command.symlink_to(Path("..", "lib", places.NAME, places.NAME))
    install_share(target / "usr" / "share")
    settle(target)


def install_share(share: Path) -> None:
    """What makes the program known to a desktop, below any ``share``: entry, icons, MIME type, man page."""
    entry, mime = (LINUX / f"{places.APP_ID}.{ending}" for ending in ("desktop", "mime.xml"))
    _write(share / "applications" / entry.name, entry.read_bytes())
    _write(share / "metainfo" / f"{places.APP_ID}.metainfo.xml", metainfo().encode())
    _write(share / "mime" / "packages" / f"{places.APP_ID}.xml", mime.read_bytes())
    _write(share / "man" / "man1" / f"{places.NAME}.1.gz", packed(man_page()))
    icons.write_hicolor(share)


def man_page() -> str:
    """The page, with the version and the day of the sources."""
    day = datetime.datetime.fromtimestamp(places.source_date_epoch(), datetime.UTC).date()
    text = (LINUX / f"{places.NAME}.1").read_text(encoding="utf-8")
    return text.replace("@DATE@", day.isoformat()).replace("@VERSION@", places.VERSION)


def metainfo(addresses: dict[str, str] | None = None) -> str:
    """The description for software centres, with the versions of the CHANGELOG.

    ``addresses`` are the ``[project.urls]`` of pyproject.toml unless they are given. Software centres fetch
    screenshots from an address: where ``Screenshots`` says the one of packaging/screenshots, its pictures are
    named. Until the project has such an address they are left out.
    """
    addresses = project_addresses() if addresses is None else addresses
    tree = ElementTree.parse(LINUX / f"{places.APP_ID}.metainfo.xml")  # noqa: S314 - our own file
    root = tree.getroot()
    for place, element in enumerate(root):
        if element.tag == "releases":
            root[place] = changelog.appstream()
    shots = root.find("screenshots")
    if shots is not None:
        if "Screenshots" in addresses:
            for image in shots.iter("image"):
                image.text = f"{addresses['Screenshots'].rstrip('/')}/{image.text}"
        else:
            root.remove(shots)
    if "Homepage" in addresses:
        ElementTree.SubElement(root, "url", type="homepage").text = addresses["Homepage"]
    ElementTree.indent(tree)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def project_addresses() -> dict[str, str]:
    """Where the project can be found, as pyproject.toml says; nothing where it says nothing."""
    project = tomllib.loads((places.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: dict[str, str] = project.get("urls", {})
    return found


def packed(text: str) -> bytes:
    """As gzip wants it in Debian: tightly, without name and time."""
    return gzip.compress(text.encode(), 9, mtime=0)


def settle(folder: Path) -> None:
    """Give everything in a folder, and it, the rights of a package and the time of the sources."""
    epoch = places.source_date_epoch()
    for file in [*folder.rglob("*"), folder]:
        if not file.is_symlink():
            runs = file.is_dir() or (os.access(file, os.X_OK) and ".so" not in file.name)
            file.chmod(0o755 if runs else 0o644)
        os.utime(file, (epoch, epoch), follow_symlinks=False)


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
