"""The description for Flatpak: what it may do and no more, and that what it does with the archive works."""

import subprocess
from pathlib import Path

import pytest

import flatpak
import places
import tarball

pytestmark = [pytest.mark.packaging]

_PROGRAM = "#!/bin/sh\necho it runs\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """As the maker makes it, with a small program in it."""
    (tmp_path / "program").mkdir()
    (tmp_path / "program" / "memorybook").write_text(_PROGRAM)
    (tmp_path / "program" / "memorybook").chmod(0o755)
    return tarball.build(tmp_path / "dist", tmp_path / "program", level=1)


def test_its_own_tool_reads_it_and_it_asks_for_little(archive: Path) -> None:
    assert flatpak.main(["--to", str(archive.parent)]) == 0
    found = flatpak.read(archive.parent / f"{places.APP_ID}.yml")
    assert (found["id"], found["command"]) == (places.APP_ID, places.NAME)
    asked = set(found["finish-args"])
    assert not [each for each in asked if "network" in each]
    reaches = {each for each in asked if each.startswith("--filesystem")}
    places_reached = {each.partition("=")[2] for each in reaches}
    documents = {f"xdg-{name}" for name in ("documents", "download", "pictures", "videos", "music:ro")}
    assert places_reached == documents | {"/media", "/run/media"}
    assert asked - reaches == {
        "--socket=wayland",
        "--socket=fallback-x11",
        "--share=ipc",
        "--device=dri",
        "--socket=pulseaudio",
        "--persist=.",
        "--talk-name=org.freedesktop.secrets",
        "--talk-name=org.freedesktop.ScreenSaver",
        "--talk-name=org.gnome.ScreenSaver",
        "--system-talk-name=org.freedesktop.login1",
    }


def test_what_it_does_with_the_archive_gives_a_program_and_its_entry(archive: Path, tmp_path: Path) -> None:
    found = flatpak.read(flatpak.write(archive.parent))
    (module,) = found["modules"]
    (source,) = module["sources"]
    assert source["path"] == archive.name
    unpacked = tmp_path / "unpacked"
    unpacked.mkdir()
    # As flatpak-builder does: without the archive's outermost folder.
    unpack = ["tar", "--extract", "--file", archive.parent / source["path"], "--strip-components=1"]
    subprocess.run(unpack, cwd=unpacked, check=True)
    app = tmp_path / "app"
    for command in module["build-commands"]:
        subprocess.run(["sh", "-ec", command.replace("/app/", f"{app}/")], cwd=unpacked, check=True)
    assert subprocess.check_output([app / "bin" / found["command"]], text=True) == "it runs\n"
    # Only what bears the id is shown outside of the sandbox.
    share = app / "share"
    assert (share / "applications" / f"{places.APP_ID}.desktop").is_file()
    assert (share / "metainfo" / f"{places.APP_ID}.metainfo.xml").is_file()
    assert (share / "mime" / "packages" / f"{places.APP_ID}.xml").is_file()
    assert (share / "icons" / "hicolor" / "256x256" / "apps" / f"{places.APP_ID}.png").is_file()


def test_without_the_archive_there_is_no_description(tmp_path: Path) -> None:
    with pytest.raises(places.Stopped, match="please make it first"):
        flatpak.write(tmp_path)
