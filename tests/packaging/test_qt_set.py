"""The app with the parts of Qt it is shipped with: it runs, and nothing in it could reach a network."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging import qt_set

WALK_S = 240


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the listed parts, and QtTest for the hands of the test."""
    return qt_set.set_up(tmp_path_factory.mktemp("shipped"), also=("QtTest",))


def run(packages: Path, *command: str) -> subprocess.CompletedProcess[str]:
    before = os.environ.get("PYTHONPATH", "")
    paths = os.pathsep.join(filter(None, (str(packages), before)))
    environment = os.environ | {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
    command = (sys.executable, *command)
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=WALK_S, check=False
    )


def test_the_list_names_every_library_that_its_parts_need_and_no_other() -> None:
    chosen = qt_set.listed()
    support = tuple(qt_set.INSTALLED.glob("libpyside6.*"))
    assert qt_set.closure((*chosen.modules, *chosen.plugins, *support)) == set(chosen.libraries)


def test_no_part_of_the_list_needs_the_network_library() -> None:
    chosen = qt_set.listed()
    assert not [file.name for file in chosen.files if "Network" in file.name]
    assert not [file.name for file in chosen.files if any("Network" in name for name in qt_set.needed(file))]
    keyboard = qt_set.PLUGINS / "platforminputcontexts" / "libqtvirtualkeyboardplugin.so"
    assert "libQt6Network.so.6" in qt_set.needed(keyboard), "control: this part would bring it in"


def test_the_network_module_is_not_there_to_be_imported(packages: Path) -> None:
    for module in ("QtNetwork", "QtQml", "QtWebSockets", "QtPrintSupport"):
        done = run(packages, "-c", f"import PySide6.{module}")
        assert f"No module named 'PySide6.{module}'" in done.stderr
    done = run(packages, "-c", "import PySide6, PySide6.QtWidgets; print(PySide6.__file__)")
    assert done.stdout.strip() == str(packages / "PySide6" / "__init__.py")
    control = subprocess.run([sys.executable, "-c", "import PySide6.QtNetwork"], check=False)
    assert control.returncode == 0


@pytest.mark.slow
def test_the_self_test_passes_with_the_shipped_parts(packages: Path) -> None:
    done = run(packages, "-m", "memorybook", "self-test")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("All of it holds.\n")


@pytest.mark.desktop
@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_whole_walk_through_a_real_window_with_the_shipped_parts(packages: Path, tmp_path: Path) -> None:
    loaded = tmp_path / "loaded"
    walk = ("-m", "tests.flows.walk", "--folder", str(tmp_path / "walk"))
    done = run(packages, *walk, "--loaded", str(loaded))
    assert done.stdout.rstrip().endswith("walked"), done.stdout + done.stderr
    libraries = loaded.read_text().splitlines()
    qt = [name for name in libraries if "/libQt6" in name]
    assert any("libqxcb" in name for name in libraries), "the window was on a real screen"
    assert all(name.startswith(str(packages)) for name in qt), "every part of Qt came from the list"
    assert not [name for name in libraries if "Network" in name]
