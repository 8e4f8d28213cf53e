"""Whose the parts of the packaged program are, and what stops it when that is not known or unfit."""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.packaging.conftest import MAKERS, ROOT

pytestmark = pytest.mark.packaging

sys.path.append(str(MAKERS))
import licences  # noqa: E402
import parts  # noqa: E402
import places  # noqa: E402
import sbom  # noqa: E402
import sums  # noqa: E402
import twice  # noqa: E402

SITE = Path(pytest.__file__).parents[1]
PART = parts.Part(
    name="something",
    version="1.0",
    kind="generic",
    licence="MIT",
    copyright=("2020 Somebody",),
    source="https://x.invalid",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A program with two libraries in it, one out of a wheel, one that a wheel brings from elsewhere."""
    for name in ("hunspell/libhunspell-1.7.so.0", "av.libs/libopus-0011.so.0"):
        file = tmp_path / "memorybook" / "_internal" / name
        file.parent.mkdir(parents=True)
        file.write_bytes(b"\x7fELF\x00libopus 1.6.1\x00")
    return tmp_path / "memorybook"


def found(folder: Path) -> list[parts.Part]:
    return parts.shipped(folder, SITE)


def test_every_package_that_the_app_needs_is_told_with_whose_it_is(folder: Path) -> None:
    packages = [part for part in found(folder) if part.kind == "pypi"]
    told = {re.sub(r"[-_.]+", "-", part.name).lower(): part for part in packages}
    assert parts.locked(ROOT / "packaging/locked/runtime.txt") - told.keys() <= {"pywin32-ctypes"}
    assert all(licences.chosen(part) and part.copyright for part in told.values())


def test_what_is_inside_a_wheel_is_told_apart_with_its_version(folder: Path) -> None:
    told = found(folder)
    (opus,) = [part for part in told if part.name == "Opus"]
    assert (opus.version, opus.licence) == ("1.6.1", "BSD-3-Clause")
    assert any(part.name == "rustybuzz" and part.inside == "typst" for part in told)
    assert not [part for part in told if part.name == "FFmpeg"]  # no file of it is there


def test_what_stands_in_the_place_of_a_library_is_not_taken_for_it(folder: Path) -> None:
    (folder / "_internal" / "av.libs" / "libx264-d6533a8d.so.165").write_bytes(b"\x7fELF")
    assert "x264" not in {part.name for part in found(folder)}


def test_a_library_that_nobody_named_stops_the_package(folder: Path) -> None:
    (folder / "_internal" / "libsurprise.so.1").write_bytes(b"\x7fELF")
    with pytest.raises(places.Stopped, match=r"libsurprise\.so\.1"):
        found(folder)


@pytest.mark.parametrize(
    ("licence", "used"),
    [
        ("MIT", ("MIT",)),
        ("Unlicense OR MIT", ("MIT",)),
        ("Apache-2.0 OR GPL-2.0-only", ("Apache-2.0",)),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", ("Apache-2.0", "Unicode-3.0")),
        ("Apache-2.0 WITH LLVM-exception", ("Apache-2.0 WITH LLVM-exception",)),
    ],
)
def test_one_way_of_each_choice_is_taken(licence: str, used: tuple[str, ...]) -> None:
    assert licences.chosen(replace(PART, licence=licence)) == used
    assert licences.check([replace(PART, licence=licence)])


@pytest.mark.parametrize(
    "licence",
    ["", "GPL-2.0-only", "Proprietary", "MIT AND GPL-2.0-only", "CC-BY-NC-4.0", "OFL-1.1", "MIT AND ("],
)
def test_a_licence_that_is_missing_or_does_not_go_with_ours_stops_the_package(licence: str) -> None:
    with pytest.raises(places.Stopped, match=r"something 1\.0"):
        licences.check([PART, replace(PART, licence=licence)])


def test_a_licence_without_its_text_stops_the_package() -> None:
    with pytest.raises(places.Stopped, match="the text of ISC"):
        licences.check([replace(PART, licence="ISC")])


def test_a_typeface_may_lie_beside_the_program_and_not_be_a_part_of_it() -> None:
    assert licences.check([replace(PART, licence="OFL-1.1", data=True)])


def test_the_texts_are_put_into_the_program_and_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    licences.write(folder, SITE)
    target = folder / "licences"
    said = (target / "README.txt").read_text(encoding="utf-8")
    for line in re.findall(r"^    Text: (.+)$", said, re.MULTILINE):
        assert line
        assert all((target / name).stat().st_size > 100 for name in line.split(", ")), line
    assert "GNU GENERAL PUBLIC LICENSE" in (target / "LICENSE.txt").read_text(encoding="utf-8")
    assert {file.stat().st_mtime for file in target.rglob("*")} == {1700000000}


def test_the_copyright_file_of_debian_has_a_text_for_every_licence_it_names(folder: Path) -> None:
    text = licences.copyright_text(folder, SITE)
    stanzas = text.split("\n\n")
    files = [each for each in stanzas if each.startswith("Files:")]
    lines = re.findall(r"(?m)^License: (.+)$", "\n".join(files))
    texts = re.findall(r"(?m)^License: (\S+)\n ", "\n\n".join(stanzas[1 + len(files) :]))
    assert {name for line in lines for name in line.split(" and ")} == set(texts)
    assert "libopus" in text
    assert "rustybuzz" in text


def test_the_list_for_machines_is_the_same_each_time_and_keeps_to_its_schema(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    told = found(folder)
    text = sbom.text(told)
    assert text == sbom.text(told[::-1])
    said = json.loads(text)
    assert said["metadata"]["timestamp"].startswith("2023-11-14T22:13:20")
    assert {each["name"]: each for each in said["components"]}["Opus"]["version"] == "1.6.1"
    below = {each["ref"]: each.get("dependsOn", []) for each in said["dependencies"]}
    typst = next(ref for ref in below if ref.startswith("pypi/typst@"))
    assert any(ref.startswith("cargo/typst/") for ref in below[typst])
    with pytest.raises(places.Stopped, match="schema"):
        sbom.hold(text.replace('"type": "library"', '"type": "rumour"', 1))


def test_a_description_for_flatpak_is_summed_up_when_it_is_for_this_version(tmp_path: Path) -> None:
    description = tmp_path / f"{places.APP_ID}.yml"
    description.write_text(f"path: memorybook-{places.VERSION}-linux-x86_64.tar.xz\n")
    sums.write(tmp_path)
    assert sums.check(tmp_path) == 1
    description.write_text("path: memorybook-0.0.9-linux-x86_64.tar.xz\n")
    with pytest.raises(places.Stopped, match=description.name):
        sums.write(tmp_path)


def test_a_changed_byte_a_missing_and_an_added_file_are_noticed(tmp_path: Path) -> None:
    one, two = (tmp_path / f"{name}-{places.VERSION}.deb" for name in ("one", "two"))
    one.write_bytes(b"first")
    two.write_bytes(b"second")
    sums.write(tmp_path)
    assert sums.check(tmp_path) == 2
    subprocess.run(["sha256sum", "--check", "--strict", sums.SUMS], cwd=tmp_path, check=True)
    one.write_bytes(b"fIrst")
    with pytest.raises(places.Stopped, match=one.name):
        sums.check(tmp_path)
    one.unlink()
    with pytest.raises(places.Stopped, match=one.name):
        sums.check(tmp_path)
    (tmp_path / "three").touch()
    with pytest.raises(places.Stopped, match="three"):
        sums.check(tmp_path)
    with pytest.raises(places.Stopped, match="three"):
        sums.write(tmp_path)  # of another version


@pytest.fixture
def home_of_gpg(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Its agent listens in there, and a socket's name has 107 bytes at most: pytest's folder is too deep."""
    with tempfile.TemporaryDirectory() as name:
        monkeypatch.setenv("GNUPGHOME", name)
        yield Path(name)


def test_the_sums_are_signed_and_a_changed_byte_breaks_the_signature(
    tmp_path: Path, home_of_gpg: Path
) -> None:
    home = home_of_gpg
    key = "Nobody (made for a test) <nobody@memorybook.invalid>"
    new = ["gpg", "--batch", "--passphrase", "", "--quick-generate-key", key, "ed25519", "sign", "1d"]
    try:
        subprocess.run(new, check=True, capture_output=True)
        out = tmp_path / "dist"
        out.mkdir()
        (out / f"one-{places.VERSION}.deb").write_bytes(b"first")
        sums.write(out)
        assert sums.main(["--in", str(out), "--sign", "nobody@memorybook.invalid"]) == 0
        verify = ["gpg", "--batch", "--verify", sums.SIGNATURE, sums.SUMS]
        assert subprocess.run(verify, cwd=out, capture_output=True, check=False).returncode == 0
        text = (out / sums.SUMS).read_text()
        (out / sums.SUMS).write_text(text.replace(text[0], "0" if text[0] != "0" else "1", 1))
        assert subprocess.run(verify, cwd=out, capture_output=True, check=False).returncode != 0
        with pytest.raises(places.Stopped):
            sums.main(["--in", str(out), "--sign", "nobody@memorybook.invalid"])  # not what does not fit
        with pytest.raises(places.Stopped):
            sums.sign(out, "somebody-else@memorybook.invalid")
    finally:
        subprocess.run(["gpgconf", "--kill", "all"], env={**os.environ, "GNUPGHOME": str(home)}, check=False)


def test_what_differs_between_two_times_is_told_with_where_it_comes_from(tmp_path: Path) -> None:
    (tmp_path / "a.deb").write_bytes(b"1")
    first = twice.state(tmp_path)
    assert twice.differences({}, {}, first, twice.state(tmp_path)) == []
    (tmp_path / "a.deb").write_bytes(b"2")
    (line,) = twice.differences({}, {}, first, twice.state(tmp_path))
    assert line.startswith("a.deb")
    assert "own maker" in line
    (line,) = twice.differences({"b": "1"}, {"b": "2"}, first, first)
    assert line.startswith("in the program: b")
