"""What makes the program known to a desktop, held to the tools of desktops and to what the program says."""

import io
import os
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

import changelog
import desktop_tree
import icons
import places
from memorybook.app import command_line
from memorybook.storage import backup_format
from tests.architecture import tone

SHOTS = places.PACKAGING / "screenshots"
COMMANDS = ("self-test", "sample", "export", "backup", "restore", "health", "archive", "unarchive", "salvage")


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desktop") / "share"
    desktop_tree.install_share(folder)
    return folder


def said(*command: str | Path, more: dict[str, str] | None = None) -> str:
    environment = {**os.environ, **(more or {})}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_menu_entry_is_valid_and_names_what_is_there(share: Path) -> None:
    entry = share / "applications" / f"{places.APP_ID}.desktop"
    assert said("desktop-file-validate", entry) == ""
    lines = dict(line.split("=", 1) for line in entry.read_text().splitlines() if "=" in line)
    assert lines["Icon"] == places.APP_ID
    assert (lines["Exec"], lines["StartupWMClass"]) == ("memorybook %f", "memorybook")
    window = (places.ROOT / "src/memorybook/ui/shell/application.py").read_text()
    assert f'setDesktopFileName("{places.APP_ID}")' in window


@pytest.mark.parametrize(
    "addresses",
    [{}, {"Homepage": "https://example.org", "Screenshots": "https://example.org/shots/"}],
    ids=["without an address", "with one"],
)
def test_the_description_leaves_nothing_to_remark(tmp_path: Path, addresses: dict[str, str]) -> None:
    file = tmp_path / f"{places.APP_ID}.metainfo.xml"
    file.write_text(desktop_tree.metainfo(addresses))
    told = said("appstreamcli", "validate", "--no-net", "--pedantic", "--no-color", file)
    assert not re.search(r"^[EWIP]: ", told, re.MULTILINE), told
    root = ElementTree.parse(file).getroot()  # noqa: S314 - our own file
    images = [image.text or "" for image in root.iter("image")]
    assert all(image.startswith("https://example.org/shots/") for image in images)
    assert bool(images) == bool(addresses)
    assert root.findtext(".//release/description/p")


def test_the_screenshots_of_the_description_are_there() -> None:
    file = desktop_tree.LINUX / f"{places.APP_ID}.metainfo.xml"
    template = ElementTree.parse(file).getroot()  # noqa: S314 - our own file
    names = [image.text or "" for image in template.iter("image")]
    assert names
    for name in names:
        with Image.open(SHOTS / name) as picture:
            width, height = picture.size
        assert width >= 1000
        assert 1 <= width / height <= 2


def test_a_copy_is_known_by_its_name_and_by_its_first_bytes(share: Path, tmp_path: Path) -> None:
    said("update-mime-database", share / "mime")
    more = {"XDG_DATA_HOME": str(share), "HOME": str(tmp_path)}
    named = tmp_path / f"ours{backup_format.FILE_ENDING}"
    unnamed = tmp_path / "ours"
    named.write_bytes(b"")
    unnamed.write_bytes(backup_format.FILE_MAGIC + b"0000000000\n")
    for file in (named, unnamed):
        told = said("mimetype", "--brief", "--magic-only" if file == unnamed else "--all", file, more=more)
        assert "application/x-memorybook-backup" in told
    entry = (share / "applications" / f"{places.APP_ID}.desktop").read_text()
    assert "MimeType=application/x-memorybook-backup;" in entry


def test_the_icon_is_there_in_every_size(share: Path) -> None:
    for size in icons.SIZES:
        file = share / "icons" / "hicolor" / f"{size}x{size}" / "apps" / f"{places.APP_ID}.png"
        with Image.open(file) as picture:
            assert picture.size == (size, size)
            pixels = picture.convert("RGBA")
        corner, ink = pixels.getpixel((0, 0)), pixels.getcolors(size * size)
        assert isinstance(corner, tuple)
        assert corner[3] < 128, "the corners are round"
        assert ink is not None
        assert len(ink) > 8
    assert (share / "icons" / "hicolor" / "scalable" / "apps" / f"{places.APP_ID}.svg").is_file()


def test_windows_and_macos_read_their_icons(tmp_path: Path) -> None:
    icons.write_ico(tmp_path / "a.ico")
    icons.write_icns(tmp_path / "a.icns")
    with Image.open(tmp_path / "a.ico") as ico, Image.open(tmp_path / "a.icns") as icns:
        assert {(16, 16), (32, 32), (48, 48), (256, 256)} <= ico.info["sizes"]
        assert (512, 512, 2) in icns.info["sizes"]
        icns.load()
        assert Image.open(io.BytesIO(icons.png(64))).size == (64, 64)


def test_the_man_page_is_without_fault(share: Path) -> None:
    page = share / "man" / "man1" / "memorybook.1.gz"
    told = subprocess.run(
        ["man", "--warnings", "--encoding", "UTF-8", "--local-file", "-Tutf8", "-Z", page],
        capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8", "MANROFFSEQ": ""}, check=True,
    )  # fmt: skip
    assert told.stderr == ""
    assert "@" not in desktop_tree.man_page()


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_man_page_names_what_the_help_names(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = desktop_tree.man_page().replace("\\-", "-")
    with pytest.raises(SystemExit):
        command_line.run([*filter(None, [command]), "--help"])
    told = capsys.readouterr().out
    if command:
        about = rf'^\.BI? "?{command}\b(?:.|\n)*?(?=^\.TP|^\.PP|^\.SH)'
        found = re.search(about, page, re.MULTILINE)
        assert found, command
        page = found[0]
    else:
        listed = " ".join(told.split("commands:")[1].partition("(each")[0].split())
        assert {part.split()[0] for part in listed.split(", ")} == set(COMMANDS)
    options = set(re.findall(r"(?<!\S)--[a-z-]+", told.replace("[", " "))) - {"--help"}
    assert {option for option in options if option not in page} == set()
    of_page = set(re.findall(r"--[a-z-]+", page)) - {"--help"} if command else set()
    assert of_page <= options


def test_the_words_keep_the_manner_of_the_app() -> None:
    page = re.sub(r"^\.\\\".*$", "", desktop_tree.man_page(), flags=re.MULTILINE)
    files = [desktop_tree.metainfo({}).split("<releases>")[0], page]
    names = (f"{places.APP_ID}.desktop", "debian/control")
    files += [(desktop_tree.LINUX / name).read_text() for name in names]
    assert [slip for text in files for slip in tone.slips(text, ours=True)] == []


def test_the_versions_are_those_of_the_changelog() -> None:
    text = "## 0.2.0 (2027-01-05)\n\nMore.\n\n- one *thing*\n  of two lines;\n- `x` too.\n\n## 0.1.0\n\nA.\n"
    newer, older = changelog.releases(text)
    assert (newer.version, newer.parts) == ("0.2.0", ("More.", ("one thing of two lines;", "x too.")))
    assert int(older.when.timestamp()) == places.source_date_epoch()
    debian = changelog.debian("A B <a@b.invalid>", (newer, older))
    assert debian.startswith("memorybook (0.2.0-1) unstable; urgency=medium\n\n  * More.\n    - one thing")
    assert " -- A B <a@b.invalid>  Tue, 05 Jan 2027 00:00:00 +0000\n\nmemorybook (0.1.0-1)" in debian
    assert [each.get("version") for each in changelog.appstream((newer, older))] == ["0.2.0", "0.1.0"]
    assert changelog.releases()[0].version == places.VERSION
