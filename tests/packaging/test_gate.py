"""What is shipped: the list is kept, and what may not be there is found when it is put there."""

import hashlib
import importlib
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from tests.packaging import qt_set
from tests.packaging.conftest import MAKERS, make

pytestmark = [pytest.mark.packaging, pytest.mark.slow, pytest.mark.timeout(1000)]


def maker(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(MAKERS))
    return importlib.import_module(name)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    return maker("gate", monkeypatch)


@pytest.fixture
def tree(frozen: Path, tmp_path: Path) -> Path:
    """A copy to put things into: links, where the files are, so that it costs nothing."""
    shutil.copytree(frozen, tmp_path / "tree", symlinks=True, copy_function=_linked)
    return tmp_path / "tree"


def _linked(source: str, target: str) -> None:
    if Path(source).is_symlink():
        Path(target).symlink_to(Path(source).readlink())
    else:
        Path(target).hardlink_to(source)


@pytest.fixture
def listed(gate: ModuleType, frozen: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of what this very Python and system make, which may be others than those of releases."""
    lines = gate.shipped(frozen, gate.modules_in(frozen))
    (tmp_path / "shipped.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.setattr(gate, "SHIPPED", tmp_path / "shipped.txt")


def told(gate: ModuleType, folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    capsys.readouterr()
    return gate.main(["--in", str(folder)]), capsys.readouterr().out


def test_what_is_shipped_is_what_the_list_says(frozen: Path) -> None:
    make("gate")  # which fails where the list is of this Python and system and says something else


@pytest.mark.usefixtures("listed")
def test_what_comes_in_and_what_falls_out_is_named(
    gate: ModuleType, tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inside = tree / "_internal"
    assert told(gate, tree, capsys)[0] == 0, "control: the copy is as it may be"
    (network,) = qt_set.LIBRARIES.glob("libQt6Network.so.*")
    shutil.copy(network, inside / "PySide6" / "Qt" / "lib" / "libQt6Network.so.6")
    (inside / "notes.txt").write_text("?")
    (inside / "unittest").mkdir()
    (inside / "unittest" / "mock.py").write_text("")
    next(inside.glob("libxcb-cursor*")).unlink()
    code, said = told(gate, tree, capsys)
    assert code == 1
    assert "may not be shipped: PySide6/Qt/lib/libQt6Network.so.6" in said
    assert "may not be shipped: unittest/mock.py" in said
    assert "came in:  library PySide6/Qt/lib/libQt6Network.so.6" in said
    assert "came in:  data    notes.txt" in said
    assert "fell out: library libxcb-cursor.so.0" in said
    assert "not listed in host-libraries.txt: libxcb-cursor.so.0, by libQt6XcbQpa.so.6" in said
    assert "not listed in host-libraries.txt: libgssapi_krb5" in said, "what it needs is found as well"


@pytest.mark.usefixtures("listed")
def test_an_encoder_in_the_place_of_its_stand_in_is_found(
    gate: ModuleType, tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (library,) = (tree / "_internal" / "av.libs").glob("libgnutls-*")
    library.unlink()
    library.write_bytes(bytes(1 << 20))
    code, said = told(gate, tree, capsys)
    assert code == 1
    assert f"no stand-in, but the library itself: av.libs/{library.name}" in said


def test_modules_are_refused_by_name_whatever_the_list_says(gate: ModuleType, frozen: Path) -> None:
    inside = gate.modules_in(frozen)
    assert {"memorybook.app.command_line", "codecs", "keyring.backends.SecretService"} <= set(inside)
    assert gate.refused(frozen, inside) == []
    unwanted = ["ssl", "http.client", "sqlite3", "PySide6.QtNetwork", "keyring.backends.null", "unittest"]
    assert gate.refused(frozen, unwanted) == [f"may not be shipped: the module {name}" for name in unwanted]


def test_a_library_for_newer_systems_is_found(
    gate: ModuleType, frozen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert gate.host_faults(frozen) == []
    monkeypatch.setattr(gate, "NEWEST", {"GLIBC": (2, 28)})
    monkeypatch.setattr(gate, "RELEASED_ON", (9, 99))
    faults = gate.host_faults(frozen)
    assert any("needs GLIBC 2.3" in fault and "newer than the oldest" in fault for fault in faults)


def test_every_library_without_its_symbols_and_every_plugin_of_the_list(frozen: Path) -> None:
    inside = frozen / "_internal" / "PySide6"
    there = (file.relative_to(inside / "Qt" / "plugins") for file in inside.rglob("plugins/*/*"))
    plugins = {str(file.with_suffix("")) for file in there}
    listed = qt_set.listed()
    assert plugins == {str(file.relative_to(qt_set.PLUGINS).with_suffix("")) for file in listed.plugins}
    modules = {file.name for file in inside.glob("Qt*.so")}
    assert modules == {file.name for file in listed.modules}
    sections = [qt_set.sections(file) for file in sorted(inside.rglob("*.so*")) if not file.is_symlink()]
    assert sections
    assert not any(".symtab" in each or ".debug_info" in each for each in sections)


def test_frozen_in_another_folder_it_is_the_same(frozen: Path, tmp_path: Path) -> None:
    """Made of a copy at another place, of files with other times; the build happens beside where it goes."""

    def made_of(folder: Path) -> str:
        return folder.with_name(f"{folder.name}.made-of").read_text()

    def digests(folder: Path) -> dict[str, str]:
        return {
            str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in sorted(folder.rglob("*"))
            if file.is_file()
        }

    again = tmp_path / "a longer name of a folder" / "memorybook"
    again.parent.mkdir()
    make("freeze", "--to", str(again))
    while made_of(again) != made_of(frozen):  # somebody saved a file in the meantime
        make("freeze", "--if-needed")
        make("freeze", "--if-needed", "--to", str(again))
    assert digests(again) == digests(frozen)
