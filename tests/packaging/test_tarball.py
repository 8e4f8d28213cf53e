"""The archive with an installer for one account: put in, renewed, taken away; books stay as they are."""

import configparser
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import elf
import places
import tarball
from memorybook.services.vault import Library
from tests.packaging.made import made, own_book, use
from tests.packaging.people import TIME_OF_SOURCES, Person, somebody, sums

pytestmark = [pytest.mark.packaging]

ID = places.APP_ID
_PROGRAM = """\
#!/bin/sh
[ "$1" = --version ] && [ -f "$(dirname "$(readlink -f "$0")")/damaged" ] && exit 1
echo "{words}" "$@"
"""


@pytest.fixture
def person() -> Iterator[Person]:
    with somebody() as person:
        yield person


def _unpacked(person: Person, words: str, tmp_path: Path, version: str = places.VERSION) -> Path:
    """What is in an archive, with a small program in it."""
    program = tmp_path / words / "memorybook"
    program.parent.mkdir(parents=True)
    program.write_text(_PROGRAM.format(words=words))
    program.chmod(0o755)
    (program.parent / "_internal").mkdir()
    (program.parent / "_internal" / "part of it").write_text(words)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "VERSION", version)
        tarball.lay_out(person.folder / words, program.parent)
    return person.own(person.folder / words)


def _other(person: Person, version: str, tmp_path: Path) -> Path:
    """The small program as another version, which has a file for desktops that no other has."""
    folder = _unpacked(person, f"version {version}", tmp_path, version)
    picture = folder / "share" / "icons" / "hicolor" / version / "apps" / f"of {version}.png"
    picture.parent.mkdir(parents=True)
    picture.touch()
    person.own(folder)
    return folder


def _of_versions(person: Person) -> set[str]:
    """The files in the home that only one of the versions has, by their names."""
    return {file.name for file in person.home.rglob("of *")}


@pytest.fixture
def first(person: Person, tmp_path: Path) -> Path:
    return _unpacked(person, "first version", tmp_path)


@pytest.fixture
def second(person: Person, tmp_path: Path) -> Path:
    return _unpacked(person, "second version", tmp_path)


@pytest.fixture
def book(person: Person) -> Path:
    """Stands for a book: no installer may look into it, so anything will do."""
    folder = person.home / "Documents" / "Memory Book"
    (folder / "media").mkdir(parents=True)
    for name in ("book.db", "book.keys", "media/a.mbm"):
        (folder / name).write_bytes(name.encode() * 100)
    settings = person.home / ".config" / "memorybook" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'{{\n  "theme": "dark",\n  "last_book": "{folder}",\n  "idle_minutes": 10\n}}\n')
    (person.home / ".local" / "share" / "memorybook" / "dictionaries").mkdir(parents=True)
    person.own(person.home)
    return folder


def _install(
    person: Person, folder: Path, *words: str, more: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    return person.run("sh", folder / "install.sh", *words, more=more)


def _files(person: Person) -> set[str]:
    found = (file for file in person.home.rglob("*") if not file.is_dir() or file.is_symlink())
    return {str(file.relative_to(person.home)) for file in found}


def test_it_is_installed_started_renewed_and_taken_away(
    person: Person, first: Path, second: Path, book: Path
) -> None:
    before, files = sums(person.home), _files(person)
    done = _install(person, first)
    assert (done.returncode, done.stderr) == (0, "")
    command = person.home / ".local" / "bin" / "memorybook"
    assert str(command) in done.stdout
    assert str(book) in done.stdout
    assert person.run(command, "a b").stdout == "first version a b\n"

    app = person.home / ".local" / "share" / "memorybook-app"
    old = app / (app / "current").readlink()
    assert _install(person, second).returncode == 0
    assert person.run(command).stdout == "second version\n"
    assert (old / "_internal" / "part of it").read_text() == "first version", "it may still be running"
    assert _install(person, second).returncode == 0
    assert not old.exists()
    assert len(list(app.glob("[0-9]*"))) == 2

    done = person.run("sh", app / "install.sh", "--uninstall")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Your books and their copies stay where they are" in done.stdout
    assert str(book) in done.stdout
    after = sums(person.home)
    assert {file: after[file] for file in before} == before
    # What menus and file managers keep for themselves stays theirs; nothing in it is ours any more.
    for file in _files(person) - files:
        assert file.startswith((".local/share/mime/", ".local/share/applications/mimeinfo.cache")), file
        assert b"memorybook" not in (person.home / file).read_bytes(), file
    assert "is not installed" in _install(person, first, "--uninstall").stdout


def test_what_only_another_version_had_goes_with_it(person: Person, first: Path, tmp_path: Path) -> None:
    older, newer = (_other(person, version, tmp_path) for version in ("0.0.9", "9.9.9"))
    app = person.home / ".local" / "share" / "memorybook-app"
    command = person.home / ".local" / "bin" / "memorybook"
    steps: tuple[tuple[Path, str, set[str], set[str]], ...] = (
        (older, "0.0.9", {"0.0.9"}, {"of 0.0.9.png"}),
        (first, places.VERSION, {"0.0.9", places.VERSION}, set()),
        (newer, "9.9.9", {places.VERSION, "9.9.9"}, {"of 9.9.9.png"}),
        (older, "0.0.9", {"9.9.9", "0.0.9"}, {"of 0.0.9.png"}),
    )
    for folder, version, kept, only in steps:
        done = _install(person, folder)
        assert (done.returncode, done.stderr) == (0, "")
        assert f"Memory Book {version} is installed" in done.stdout
        assert str((app / "current").readlink()) == version
        assert {item.name for item in app.glob("[0-9]*")} == kept
        assert _of_versions(person) == only
        assert not (person.home / ".local/share/icons/hicolor/9.9.9").exists() or folder == newer
        words = "first version" if folder == first else f"version {version}"
        assert person.run(command).stdout == f"{words}\n"
    assert _install(person, older, "--uninstall").returncode == 0
    assert _of_versions(person) == set()
    assert not app.exists()


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_the_program_itself_goes_in_and_out(
    frozen: Path, person: Person, library: Library, tmp_path: Path
) -> None:
    package = made("tar", tarball.file_name())
    book = own_book(person, library, tmp_path / "Memory Book")
    brought = person.bring(package, "Downloads/archive.tar.xz")
    assert person.run("tar", "--extract", "--file", brought, cwd=brought.parent).returncode == 0
    assert _install(person, _other(person, "0.0.9", tmp_path)).returncode == 0
    assert _of_versions(person) == {"of 0.0.9.png"}
    done = _install(person, brought.parent / tarball.name())
    assert (done.returncode, done.stderr) == (0, "")
    assert _of_versions(person) == set()
    command = person.home / ".local" / "bin" / "memorybook"
    use(person, command, book)
    before = sums(book)
    assert _install(person, brought.parent / tarball.name()).returncode == 0
    assert person.run(command, "--version").stdout == f"Memory Book {places.VERSION}\n"
    assert not (person.home / ".local" / "share" / "memorybook-app" / "0.0.9").exists()
    installer = person.home / ".local" / "share" / "memorybook-app" / "install.sh"
    done = person.run("sh", installer, "--uninstall")
    assert (done.returncode, str(book.parent) in done.stdout) == (0, True), done
    assert not [file for file in person.home.glob(".local/**/*memorybook*") if "mime" not in file.parts]
    assert sums(book) == before


def test_the_menu_entry_leads_to_the_program_wherever_the_home_is(person: Person, first: Path) -> None:
    share = person.home / 'da"ta $(x) `y` 100% \\z'
    assert _install(person, first, more={"XDG_DATA_HOME": str(share)}).returncode == 0
    entry = share / "applications" / f"{ID}.desktop"
    assert subprocess.run(["desktop-file-validate", entry], capture_output=True, check=False).stdout == b""
    reader = configparser.RawConfigParser()
    reader.read(entry)
    said = reader["Desktop Entry"]["Exec"].replace("\\\\", "\\")  # as every value of the file
    quoted, _, rest = said.rpartition('" ')
    assert (quoted[0], rest) == ('"', "%f")
    place = quoted[1:].replace("%%", "%")
    for sign in '\\"`$':
        place = place.replace("\\" + sign, "\0" + str(ord(sign)) + "\0")
    for sign in '\\"`$':
        place = place.replace("\0" + str(ord(sign)) + "\0", sign)
    assert place == str(share / "memorybook-app" / "current" / "memorybook")
    assert person.run(place, "x").stdout == "first version x\n"
    icons = share / "icons" / "hicolor"
    assert len(list(icons.rglob(f"{ID}.*"))) >= 10
    assert (share / "mime" / "packages" / f"{ID}.xml").is_file()
    assert (share / "metainfo" / f"{ID}.metainfo.xml").is_file()


def test_a_file_of_another_is_left_alone(person: Person, first: Path) -> None:
    command = person.home / ".local" / "bin" / "memorybook"
    command.parent.mkdir(parents=True)
    command.write_text("of somebody else")
    person.own(person.home)
    done = _install(person, first)
    assert (done.returncode, "was left alone" in done.stdout) == (0, True)
    assert _install(person, first, "--uninstall").returncode == 0
    assert command.read_text() == "of somebody else"


@pytest.mark.parametrize(
    ("tool", "says", "told"),
    [
        ("uname", "riscv64", "is for Linux on"),
        ("getconf", "glibc 2.17", "needs a newer system"),
        ("getconf", "", "needs a system with glibc"),
    ],
)
def test_a_system_that_cannot_run_it_is_told_kindly(
    person: Person, first: Path, tool: str, says: str, told: str
) -> None:
    needs = first / "needs"
    needs.write_text(needs.read_text().replace("glibc=2.0", "glibc=2.34"))
    tools = person.home / "tools"
    tools.mkdir()
    fake = f'#!/bin/sh\n[ "$1" = -s ] && {{ echo Linux; exit; }}\necho "{says}"\n'
    (tools / tool).write_text(fake)
    (tools / tool).chmod(0o755)
    person.own(tools)
    before = _files(person)
    done = _install(person, first, more={"PATH": f"{tools}:{os.environ['PATH']}"})
    assert done.returncode == 1
    assert told in done.stderr
    assert "Nothing was changed" in done.stderr
    assert _files(person) == before


@pytest.mark.parametrize("fault", ["changed", "missing", "does not start", "no room"])
def test_a_renewal_that_goes_wrong_leaves_the_version_before(
    person: Person, first: Path, second: Path, fault: str
) -> None:
    assert _install(person, first).returncode == 0
    before = _files(person)
    command: list[str | Path] = ["sh", second / "install.sh"]
    part = second / "program" / "_internal" / "part of it"
    match fault:
        case "changed":
            part.write_text("second vers1on")
        case "missing":
            part.unlink()
        case "does not start":
            (second / "program" / "damaged").touch()
        case "no room":
            large = second / "program" / "large"
            large.write_bytes(bytes(3_000_000))
            with (second / "SHA256SUMS").open("a") as file:
                file.write(subprocess.check_output(["sha256sum", "program/large"], cwd=second, text=True))
            command = ["prlimit", "--fsize=1000000", "--core=0", *command]
    done = person.run(*command)
    assert done.returncode != 0, done
    assert "Nothing was changed" in done.stderr
    assert _files(person) == before
    assert person.run(person.home / ".local" / "bin" / "memorybook").stdout == "first version\n"


def test_what_a_killed_installer_left_is_taken_away_by_the_next(person: Person, first: Path) -> None:
    app = person.home / ".local" / "share" / "memorybook-app"
    (app / "coming.4194999").mkdir(parents=True)
    (app / "0.0.1").mkdir()
    person.own(person.home)
    assert _install(person, first).returncode == 0
    left = {item.name for item in app.iterdir()}
    assert left == {places.VERSION, "current", "install.sh", "installed-files"}


def test_the_installer_is_written_for_every_shell() -> None:
    done = subprocess.run(["shellcheck", tarball.INSTALLER], capture_output=True, text=True, check=False)
    assert done.stdout == ""
    dash = subprocess.run(["dash", "-n", tarball.INSTALLER], capture_output=True, text=True, check=False)
    assert dash.stderr == ""


def test_the_same_folder_gives_the_same_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(*TIME_OF_SOURCES)
    for name in ("one", "another"):
        (tmp_path / name / "of it").mkdir(parents=True)
        (tmp_path / name / "memorybook").write_text(_PROGRAM)
        (tmp_path / name / "memorybook").chmod(0o755)
        shutil.copy("/bin/true", tmp_path / name / "of it")
        (tmp_path / name / "link").symlink_to("of it")
    one = tarball.build(tmp_path / "here", tmp_path / "one", level=1)
    another = tarball.build(tmp_path / "there", tmp_path / "another", level=1)
    assert one.read_bytes() == another.read_bytes()
    versions = next(elf.read([Path("/bin/true")])).versions
    assert tarball.glibc(tmp_path / "one") == ".".join(map(str, max(each for kind, each in versions)))
