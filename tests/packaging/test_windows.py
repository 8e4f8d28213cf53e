"""Which parts are shipped for Windows, how files for Windows are read, and what the installer says."""

import io
import re
import struct
import sys
import zipfile
from pathlib import Path

import pytest

import gate
import licences
import parts
import pe
import places
import windows
import windows_gate
import windows_parts
from tests.packaging import qt_set


def test_every_part_of_qt_on_the_list_has_its_name_on_windows_or_a_reason_to_be_missing() -> None:
    lines = qt_set.LIST.read_text(encoding="utf-8").splitlines()
    names = {line.split()[1] for line in lines if line and not line.startswith("#")}
    assert windows_parts.LINUX_ALONE.keys() <= names, "a name that the list does not have any more"
    chosen = windows_parts.qt()
    everything = chosen.modules | chosen.libraries | chosen.plugins
    assert len(everything) == len(names - windows_parts.LINUX_ALONE.keys())
    assert {"QtCore.pyd", "QtGui.pyd", "QtWidgets.pyd", "QtSvg.pyd"} == chosen.modules
    assert {"Qt6Core.dll", "Qt6Gui.dll", "Qt6Widgets.dll", "Qt6Svg.dll"} == chosen.libraries
    assert "plugins/platforms/qwindows.dll" in chosen.plugins
    assert not [name for name in everything if windows_parts.reaches_out(Path(name))]


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/__init__.py",
        "PySide6/QtWidgets.pyd",
        "PySide6/Qt6Core.dll",
        "PySide6/MSVCP140.dll",
        "PySide6/pyside6.abi3.dll",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/translations/qtbase_de.qm",
        "shiboken6/Shiboken.pyd",
        "keyring/backends/Windows.py",
        "win32ctypes/core/__init__.py",
        "sqlcipher3/_sqlite3.cp313-win_amd64.pyd",
        "tzdata/zoneinfo/Europe/Berlin",
        "av.libs/avcodec-62-984de33114b7fa384296817dec999c9d.dll",
    ],
)
def test_what_the_app_needs_is_shipped(name: str) -> None:
    assert windows_parts.is_wanted(name)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/QtNetwork.pyd",
        "PySide6/Qt6Network.dll",
        "PySide6/Qt6Qml.dll",
        "PySide6/opengl32sw.dll",
        "PySide6/plugins/tls/qschannelbackend.dll",
        "PySide6/plugins/platforms/qminimal.dll",
        "PySide6/translations/designer_de.qm",
        "PySide6/designer.exe",
        "PySide6/QtCore.pyi",
        "PySide6/resources/icudtl.dat",
        "PySide6/lib/Qt6Core.lib",
        "PIL/ImageTk.py",
        "keyring/backends/SecretService.py",
        "PIL/_imagingtk.cp313-win_amd64.pyd",
        "icalendar/tests/test_rfc.py",
        "lxml/includes/etree_defs.h",
        "keyring-25.7.0.dist-info/entry_points.txt",
        "bin/keyring.exe",
        "keyring/backend_complete.zsh",
        "shiboken6/lib/cmake/Shiboken6/ShibokenHelpers.cmake",
        ".lock",
        "typst/__pycache__/x.cpython-313.pyc",
    ],
)
def test_what_nothing_needs_is_left_out(name: str) -> None:
    assert not windows_parts.is_wanted(name)


def test_of_python_neither_tls_nor_its_own_programs_are_shipped() -> None:
    for name in ("_ssl.pyd", "libssl-3.dll", "_sqlite3.pyd", "_uuid.pyd", "python313._pth"):
        assert not windows_parts.is_of_python(name)
    for name in ("python313.dll", "vcruntime140.dll", "_hashlib.pyd", "libcrypto-3.dll", "_ctypes.pyd"):
        assert windows_parts.is_of_python(name)


def test_the_standard_library_is_packed_without_what_reaches_out_and_always_the_same(tmp_path: Path) -> None:
    archive = tmp_path / "python313.zip"
    names = ("ssl.pyc", "json/__init__.pyc", "http/client.pyc", "httpd.pyc", "concurrent/futures/process.pyc")
    with zipfile.ZipFile(archive, "w") as packed:
        for name in names:
            packed.writestr(name, b"compiled")
    windows.repack(archive, tmp_path / "one.zip")
    windows.repack(archive, tmp_path / "two.zip")
    with zipfile.ZipFile(tmp_path / "one.zip") as made:
        assert made.namelist() == ["httpd.pyc", "json/__init__.pyc", "urllib/request.py"]
        assert made.read("httpd.pyc") == b"compiled"
        assert b"def urlopen" in made.read("urllib/request.py")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_library_is_found_beside_who_asks_for_it_beside_the_program_and_in_windows() -> None:
    shipped = ["vcruntime140.dll", "site/av.libs/avutil-1.dll", "site/PySide6/Qt6Core.dll"]

    def missing(user: str, *asked: str) -> list[str]:
        return list(windows_parts.missing(user, asked, shipped))

    assert missing("site/av/core.pyd", "AVUTIL-1.dll", "KERNEL32.dll", "VCRUNTIME140.dll") == []
    assert missing("site/av/core.pyd", "api-ms-win-crt-heap-l1-1-0.dll") == []
    assert missing("site/av.libs/avcodec-1.dll", "avutil-1.dll") == []
    assert missing("site/PySide6/plugins/platforms/qwindows.dll", "qt6core.dll") == []
    assert missing("site/PIL/_imaging.pyd", "avutil-1.dll") == ["avutil-1.dll"]
    assert missing("site/PIL/_imaging.pyd", "MSVCP140.dll") == ["MSVCP140.dll"]


def _library(*, imports: dict[str, list[str]], exports: dict[str, bool]) -> bytes:
    """A file for 64-bit Windows, as small as they come: a part with what is called, and one with the rest."""
    calls, rest, data = 0x1000, 0x2000, io.BytesIO()

    def put(value: bytes) -> int:
        at = data.tell()
        data.write(value)
        return rest + at

    table = b""
    for library, names in imports.items():
        hints = [put(b"\0\0" + name.encode() + b"\0") for name in names]
        thunks = put(b"".join(struct.pack("<Q", hint) for hint in [*hints, (1 << 63) | 7]) + bytes(8))
        table += struct.pack("<IIIII", thunks, 0, 0, put(library.encode() + b"\0"), thunks)
    import_table = put(table + bytes(20))
    names = put(b"".join(struct.pack("<I", put(name.encode() + b"\0")) for name in exports))
    numbers = put(b"".join(struct.pack("<H", number) for number in range(len(exports))))
    where = put(b"".join(struct.pack("<I", calls if called else rest) for called in exports.values()))
    export_table = put(bytes(24) + struct.pack("<IIII", len(exports), where, names, numbers))
    directories = [(export_table, 40), (import_table, 40), *[(0, 0)] * 14]
    head = b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0"
    head += struct.pack("<HHIIIHH", 0x8664, 2, 0, 0, 0, 112 + 8 * 16, 0x2022)
    head += struct.pack("<H", 0x20B) + bytes(110)
    head += b"".join(struct.pack("<II", *each) for each in directories)
    held = data.getvalue()
    parts = (b".text", calls, 16, 0x400, 0x60000020), (b".data", rest, len(held), 0x410, 0xC0000040)
    for name, start, size, offset, kind in parts:
        head += name.ljust(8, b"\0") + struct.pack("<IIIIIIHHI", size, start, size, offset, 0, 0, 0, 0, kind)
    return head.ljust(0x400, b"\0") + bytes(16) + held


def test_what_a_file_for_windows_asks_for_and_has_is_read_out_of_it(tmp_path: Path) -> None:
    file = tmp_path / "some.dll"
    imports = {"KERNEL32.dll": ["Sleep", "Beep"], "Other.dll": []}
    file.write_bytes(_library(imports=imports, exports={"call": True, "words": False}))
    read = pe.read(file)
    assert read.imports == {"kernel32.dll": frozenset({"Sleep", "Beep"}), "other.dll": frozenset()}
    assert read.exports == {"call": True, "words": False}


def test_what_is_no_file_for_windows_is_refused(tmp_path: Path) -> None:
    whole = _library(imports={"KERNEL32.dll": ["Sleep"]}, exports={})
    other = Path(sys.executable).read_bytes()[:4096]
    for number, data in enumerate((b"", b"MZ", bytes(500), whole[:300], other)):
        file = tmp_path / f"{number}.dll"
        file.write_bytes(data)
        with pytest.raises(places.Stopped, match="is no 64-bit program"):
            pe.read(file)


def test_the_version_is_said_in_four_numbers_as_windows_wants_it() -> None:
    assert re.fullmatch(r"\d+,\d+,\d+,0", windows.version_numbers(","))
    assert places.VERSION in windows.file_name()


def test_the_installer_never_names_a_folder_of_books_as_something_to_remove() -> None:
    script = (windows.HERE / "installer.nsi").read_text(encoding="utf-8")
    removed = re.findall(r"^\s*(?:RMDir(?: /r)?|Delete) +(.+)$", script, re.MULTILINE)
    assert set(removed) == {
        '"${PROGRAM}"',
        '"${COMING}"',
        '"$SMPROGRAMS\\${NAME}.lnk"',
        '"$INSTDIR\\uninstall.exe"',
        '"$INSTDIR"',
    }
    assert '!define PROGRAM "$INSTDIR\\program"' in script
    assert '!define COMING "$INSTDIR\\program.new"' in script
    assert re.findall(r"^\s*RMDir +\"\$INSTDIR\"$", script, re.MULTILINE), "only when it is empty"
    assert "RequestExecutionLevel user" in script
    assert "HKLM" not in re.sub(r"ReadRegStr .*", "", script)
    assert "!" not in "".join(re.findall(r'(?:TEXT\w*|MessageBox \S+|TITLE) "([^"]+)"', script))


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program for Windows with a little of everything."""
    files = ("python313.dll", "site/PIL/_imaging.cp313-win_amd64.pyd", "site/PIL/Image.pyc",
             "site/av.libs/libopus-0-00112233445566778899aabbccddeeff.dll", "site/memorybook/app.pyc",
             "site/PySide6/plugins/platforms/qwindows.dll", "site/PySide6/Qt6Core.dll",
             "site/tzdata/zoneinfo/Europe/Berlin", "licences/README.txt")  # fmt: skip
    for name in files:
        file = tmp_path / "program" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"\0libopus 1.6.1\0")
    with zipfile.ZipFile(tmp_path / "program" / "python313.zip", "w") as packed:
        packed.writestr("json/__init__.pyc", b"")
        packed.writestr("json/decoder.pyc", b"")
    return tmp_path / "program"


def test_everything_that_is_in_the_program_is_on_its_list(program: Path) -> None:
    assert list(windows_gate.shipped(program, windows_gate.modules_in(program)))[2:] == [
        "library ./python313.dll",
        "data    ./python313.zip",
        "module  PIL/_imaging.pyd",
        "library PySide6/Qt6Core.dll",
        "plugin  PySide6/plugins/platforms/qwindows.dll",
        "library av.libs/libopus-0-00112233445566778899aabbccddeeff.dll",
        "data    memorybook/...",
        "data    tzdata/zoneinfo/... (1)",
        "module  PIL",
        "module  json (2)",
        "module  memorybook ...",
    ]


def test_what_comes_in_and_what_falls_out_of_the_program_is_named(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(windows_gate, "SHIPPED", tmp_path / "shipped-windows.txt")
    with pytest.raises(places.Stopped, match="gate --windows --write"):
        windows_gate.hold(program)  # which nobody has listed yet
    assert gate.main(["--windows", "--in", str(program), "--write"]) == 0
    windows_gate.hold(program)
    (program / "site" / "PySide6" / "Qt6Network.dll").write_bytes(b"")
    (program / "site" / "asyncio").mkdir()
    (program / "site" / "asyncio" / "__init__.pyc").write_bytes(b"")
    (program / "site" / "notes.txt").write_bytes(b"")
    (program / "site" / "PySide6" / "Qt6Core.dll").unlink()
    encoder = program / "site" / "av.libs" / "libx264-165-00112233445566778899aabbccddeeff.dll"
    encoder.write_bytes(bytes(1 << 17))
    capsys.readouterr()
    assert gate.main(["--windows", "--in", str(program)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "may not be shipped: PySide6/Qt6Network.dll",
        "may not be shipped: the module asyncio",
        f"no stand-in, but the library itself: av.libs/{encoder.name}",
        "fell out: library PySide6/Qt6Core.dll",
        "came in:  library PySide6/Qt6Network.dll",
        f"came in:  library av.libs/{encoder.name}",
        "came in:  data    notes.txt",
        "came in:  module  asyncio",
        "If this is meant: python packaging/makers gate --windows --write",
    ]


def test_the_list_itself_names_nothing_that_may_not_be_there() -> None:
    lines = windows_gate.SHIPPED.read_text(encoding="utf-8").splitlines()[2:]
    kinds = [line.split(maxsplit=1) for line in lines]
    modules = [name.split()[0] for kind, name in kinds if kind == "module" and not name.endswith(".pyd")]
    names = [name for kind, name in kinds if name not in modules]
    assert {"memorybook", "PySide6", "keyring", "typst"} <= set(modules)
    assert gate.refused_names(names, modules) == []
    assert not {"socket", "_socket"} & {name.removeprefix("./").removesuffix(".pyd") for name in names}


def test_what_only_windows_brings_is_told_with_whose_it_is(program: Path, tmp_path: Path) -> None:
    for name in ("vcruntime140.dll", "_decimal.pyd", "site/PySide6/msvcp140.dll"):
        (program / name).write_bytes(b"")
    (program / "site" / "av.libs" / "libx264-165-00112233445566778899aabbccddeeff.dll").write_bytes(b"")
    told = {part.name: part for part in licences.check(parts.shipped(program, tmp_path))}
    assert {"Python", "libmpdec", "Qt", "Opus", "libtiff", "Microsoft's C and C++ runtime"} <= told.keys()
    assert told["Opus"].version == "1.6.1"
    assert "x264" not in told, "what stands in its place is not it"
    assert not {"Wayland and its protocols", "libxcb"} & told.keys()
    (program / "site" / "surprise.dll").write_bytes(b"")
    with pytest.raises(places.Stopped, match=r"surprise\.dll"):
        parts.shipped(program, tmp_path)
