"""The AppImage's own start, before a small program: what it unpacks, checks, keeps and takes away."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import appimage
from tests.packaging.people import TIME_OF_SOURCES, Person, somebody

pytestmark = [pytest.mark.packaging]

_PROGRAM = """\
#!/bin/sh
# Says what it was given, and stays until it is told to go.
[ "$1" = --wait ] && { echo ready; read -r _; exit 0; }
cat "$APPDIR/usr/share/words"
printf '%s\\n' "$APPIMAGE" "$APPDIR" "$ARGV0" "$@"
exit 7
"""


def _join(tree: Path, target: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(*TIME_OF_SOURCES)
        return appimage.join(tree, target, level=1)


def _tree(folder: Path, words: str) -> Path:
    share = folder / "usr" / "share"
    share.mkdir(parents=True)
    (folder / "AppRun").symlink_to("usr/program")
    (folder / "usr" / "program").write_text(_PROGRAM)
    (folder / "usr" / "program").chmod(0o755)
    (share / "words").write_text(words)
    (share / "large").write_bytes(bytes(range(256)) * 12_000)
    (share / "nothing").touch()
    for file in [*folder.rglob("*"), folder]:
        os.utime(file, (1_700_000_000, 1_700_000_000), follow_symlinks=False)
    return folder


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two versions of the small program in a file each."""
    folder = tmp_path_factory.mktemp("files")
    first, second = (_tree(folder / name, f"{name}\n") for name in ("first", "second"))
    return _join(first, folder / "first.AppImage"), _join(second, folder / "second.AppImage")


@pytest.fixture
def person() -> Iterator[Person]:
    with somebody() as person:
        yield person


@pytest.fixture
def first(person: Person, files: tuple[Path, Path]) -> Path:
    return person.bring(files[0], "Down loads/first.AppImage")


@pytest.fixture
def second(person: Person, files: tuple[Path, Path]) -> Path:
    return person.bring(files[1], "Down loads/second.AppImage")


def _cache(person: Person) -> Path:
    return person.home / ".cache" / "memorybook-appimage"


def _copies(person: Person) -> set[str]:
    return {item.name for item in _cache(person).iterdir()} - {"lock"}


def _starts(person: Person, file: Path, words: str) -> Path:
    """Start the program; where it was unpacked."""
    done = person.run(file)
    assert (done.returncode, done.stderr) == (7, ""), done
    said = done.stdout.splitlines()
    assert said[0] == words
    return Path(said[2])


def test_the_program_gets_its_words_and_knows_its_file(person: Person, first: Path) -> None:
    done = person.run(first, "two words", "", "--appimage-extract")
    assert done.returncode == 7
    words, appimage, folder, name, *given = done.stdout.splitlines()
    assert (words, appimage, name) == ("first", str(first), str(first))
    assert given == ["two words", "", "--appimage-extract"]
    assert Path(folder).is_relative_to(_cache(person))
    assert _cache(person).stat().st_mode & 0o777 == 0o700
    before = {file: file.stat().st_mtime_ns for file in _cache(person).rglob("*") if file.is_file()}
    again = person.run(first, "--appimage-extract-and-run", "x")
    assert again.stdout.splitlines()[2:] == [folder, name, "x"]
    assert {file: file.stat().st_mtime_ns for file in _cache(person).rglob("*") if file.is_file()} == before
    (copy,) = _copies(person)
    assert Path(folder) == _cache(person) / copy / "tree"


def test_it_is_an_appimage_to_others(first: Path, person: Person) -> None:
    head = first.read_bytes()[:64]
    assert (head[:4], head[8:11]) == (b"\x7fELF", b"AI\x02")
    offset = int(person.run(first, "--appimage-offset").stdout)
    with first.open("rb") as file:
        file.seek(offset)
        assert file.read(4) == b"hsqs"
    reading = ["readelf", "--program-headers", str(first)]
    parts = subprocess.run(reading, capture_output=True, text=True, check=True)
    assert "INTERP" not in parts.stdout
    assert "squashfs-root" in person.run(first, "--appimage-help").stdout
    refused = person.run(first, "--appimage-mount")
    assert refused.returncode == 1
    assert "--appimage-mount is not known here" in refused.stderr
    assert not _cache(person).exists()


def test_it_can_be_unpacked_by_hand(person: Person, first: Path, files: tuple[Path, Path]) -> None:
    assert person.run(first, "--appimage-extract").stdout == "squashfs-root\n"
    folders = [person.home / "squashfs-root", files[0].with_suffix("")]
    assert subprocess.run(["diff", "--recursive", "--no-dereference", *folders], check=False).returncode == 0
    assert (person.home / "squashfs-root" / "usr" / "program").stat().st_mode & 0o777 == 0o755
    again = person.run(first, "--appimage-extract")
    assert (again.returncode, "here already" in again.stderr) == (1, True)


def test_the_same_folder_gives_the_same_file(files: tuple[Path, Path], tmp_path: Path) -> None:
    shutil.copytree(files[0].with_suffix(""), tmp_path / "elsewhere", symlinks=True)
    assert _join(tmp_path / "elsewhere", tmp_path / "again").read_bytes() == files[0].read_bytes()


@pytest.mark.parametrize("fault", ["gone", "cut", "changed", "link", "right", "all gone", "lock gone"])
def test_what_is_unpacked_is_made_whole_again(person: Person, first: Path, fault: str) -> None:
    tree = _starts(person, first, "first")
    file = tree / "usr" / "share" / "large"
    match fault:
        case "gone":
            file.unlink()
        case "cut":
            os.truncate(file, 1000)
        case "changed":
            file.write_bytes(file.read_bytes())
        case "link":
            (tree / "AppRun").unlink()
            (tree / "AppRun").symlink_to("usr/share/words")
        case "right":
            (tree / "usr" / "program").chmod(0o644)
        case "all gone":
            shutil.rmtree(tree)
        case "lock gone":
            (tree.parent / "in-use").unlink()
    assert _starts(person, first, "first") == tree
    assert file.stat().st_size == 256 * 12_000
    assert len(_copies(person)) == 1


def test_many_starts_at_once_unpack_it_one_time(person: Person, first: Path) -> None:
    running = [person.begin(first) for _ in range(6)]
    said = {process.communicate(timeout=60) for process in running}
    assert [process.returncode for process in running] == [7] * 6
    assert len(said) == 1
    assert len(_copies(person)) == 1


def test_a_start_that_was_killed_while_unpacking_leaves_nothing_behind(person: Person, first: Path) -> None:
    # The system kills what writes a longer file than it may: in the middle of the large one.
    done = person.run("prlimit", "--fsize=1000000", "--core=0", first)
    assert done.returncode == -signal.SIGXFSZ
    assert _copies(person) == {"making"}
    assert not any(_cache(person).glob("*/in-use"))
    _starts(person, first, "first")
    assert len(_copies(person)) == 1
    assert "making" not in _copies(person)


def test_a_full_disk_is_named_and_left_as_it_was(person: Person, first: Path) -> None:
    small = person.folder / "small"
    small.mkdir()
    # A disk of a megabyte, which only what follows sees.
    mount = 'mount -t tmpfs -o size=1m,mode=777 tmpfs "$0" && "$@"; code=$?; ls -A "$0"/*; exit $code'
    apart = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    done = subprocess.run(
        [*apart, "sh", "-c", mount, small, *person.command([first], {"XDG_CACHE_HOME": str(small)})],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert f"not enough room in {small}/memorybook-appimage" in done.stderr
    assert "Your books are not touched" in done.stderr
    assert done.stdout.split() == ["lock"]


def test_a_copy_stays_as_long_as_a_program_runs_from_it(person: Person, first: Path, second: Path) -> None:
    running = person.begin(first, "--wait")
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    (old,) = _copies(person)
    new = _starts(person, second, "second").parent.name
    assert _copies(person) == {old, new}
    assert person.run(second, "--appimage-clear").returncode == 0
    assert _copies(person) == {old}
    running.communicate("go\n", timeout=60)
    assert running.returncode == 0
    _starts(person, second, "second")
    assert _copies(person) == {new}
    assert person.run(second, "--appimage-clear").returncode == 0
    assert not _copies(person)


def test_a_copy_damaged_under_a_program_is_still_in_use(person: Person, first: Path, second: Path) -> None:
    running = person.begin(first, "--wait")
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    (old,) = _copies(person)
    (_cache(person) / old / "tree" / "usr" / "share" / "large").unlink()
    _starts(person, first, "first")
    _starts(person, second, "second")
    assert old in _copies(person)
    running.communicate("go\n", timeout=60)
    _starts(person, second, "second")
    assert old not in _copies(person)


def test_what_somebody_else_put_among_the_copies_stays(person: Person, first: Path, second: Path) -> None:
    _starts(person, first, "first")
    (_cache(person) / "a note").write_text("mine")
    (_cache(person) / "f00").mkdir()
    _starts(person, second, "second")
    assert {"a note", "f00"} < _copies(person)


@pytest.mark.parametrize("left", [0.0, 0.5, 0.999])
def test_a_file_that_did_not_arrive_whole_says_so(person: Person, first: Path, left: float) -> None:
    start = int(person.run(first, "--appimage-offset").stdout)
    os.truncate(first, start + int((first.stat().st_size - start) * left))
    done = person.run(first)
    assert done.returncode == 1
    assert "download it again" in done.stderr
    assert not any(person.home.glob(".cache/memorybook-appimage/*/tree"))


def test_a_changed_byte_is_found(person: Person, first: Path) -> None:
    data = bytearray(first.read_bytes())
    data[int(person.run(first, "--appimage-offset").stdout) + 300] ^= 1
    first.write_bytes(data)
    done = person.run(first)
    assert (done.returncode, "download it again" in done.stderr) == (1, True)
    assert "download it again" in person.run(first, "--appimage-extract").stderr


def test_a_folder_that_is_a_link_or_open_to_others_is_not_followed(person: Person, first: Path) -> None:
    (person.home / "elsewhere").mkdir()
    (person.home / ".cache").mkdir()
    _cache(person).symlink_to(person.home / "elsewhere")
    person.own(person.home)
    done = person.run(first)
    assert (done.returncode, "does not belong to you or is not a folder" in done.stderr) == (1, True)
    _cache(person).unlink()
    _cache(person).mkdir()
    person.own(person.home)
    _cache(person).chmod(0o777)
    done = person.run(first)
    assert (done.returncode, "Others may write into" in done.stderr) == (1, True)
    assert not any((person.home / "elsewhere").iterdir())
    _cache(person).chmod(0o755)
    _starts(person, first, "first")
    assert _cache(person).stat().st_mode & 0o777 == 0o700


def test_a_folder_of_somebody_else_is_not_followed(person: Person, first: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can make a folder that belongs to somebody else")
    _cache(person).mkdir(parents=True)
    os.chown(_cache(person), 12345, 12345)
    _cache(person).chmod(0o755)
    done = person.run(first)
    assert (done.returncode, "does not belong to you" in done.stderr) == (1, True)
    assert not any(_cache(person).iterdir())


def test_where_programs_may_not_run_another_folder_is_asked_for(person: Person, first: Path) -> None:
    place = person.folder / "no programs"
    place.mkdir()
    mount = 'mount -t tmpfs -o noexec,mode=777 tmpfs "$0" && exec "$@"'
    apart = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    done = subprocess.run(
        [*apart, "sh", "-c", mount, place, *person.command([first], {"XDG_CACHE_HOME": str(place)})],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, "may not be started from" in done.stderr) == (1, True)
    elsewhere = {"XDG_CACHE_HOME": str(person.home / "made" / "on the way")}
    assert person.run(first, more=elsewhere).returncode == 7
    assert (person.home / "made" / "on the way" / "memorybook-appimage").is_dir()


def test_somebody_who_clicked_sees_why_there_is_no_window(person: Person, first: Path) -> None:
    os.truncate(first, first.stat().st_size - 1)
    tools = person.home / "tools"
    tools.mkdir()
    (tools / "kdialog").write_text('#!/bin/sh\nprintf "%s\\n" "$@" >"$HOME/shown"\n')
    (tools / "kdialog").chmod(0o755)
    person.own(tools)
    clicked = {"PATH": f"{tools}:/bin", "DISPLAY": ":nowhere"}
    assert person.run(first, more=clicked).returncode == 1
    shown = (person.home / "shown").read_text().splitlines()
    assert shown[:3] == ["--title", "Memory Book", "--error"]
    assert "download it again" in shown[3]
