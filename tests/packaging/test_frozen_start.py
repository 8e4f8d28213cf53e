"""The frozen program begun once more, and beside what would lead it astray."""

import os
import subprocess
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from memorybook.services.vault import Library
from tests.books import PASSPHRASE
from tests.desktop.environment import private_folders
from tests.keyrings import Session, bus, desktop_keyring
from tests.reliability.program import Program

__all__ = ["bus", "desktop_keyring"]
pytestmark = [pytest.mark.packaging, pytest.mark.slow, pytest.mark.timeout(1000)]


@pytest.mark.desktop
def test_a_second_start_of_it_brings_the_first_window_to_the_front(
    frozen: Path, library: Library, tmp_path: Path, qapp: QApplication
) -> None:
    book, program = tmp_path / "Memory Book", frozen / "memorybook"
    library.create(book, PASSPHRASE).close()
    environment = os.environ | private_folders(tmp_path / "person")

    def again() -> None:
        done = subprocess.run([program, book], env=environment, capture_output=True, check=False, timeout=60)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")

    with Program(book, tmp_path / "person", packaged=program) as running:
        running.unlock(PASSPHRASE)
        running.minimise()
        running.wait(lambda: not running.windows(), "a window that is put away")
        again()
        running.wait(lambda: len(running.windows()) == 1, "the open book again")
        running.lock()
        running.minimise()
        running.wait(lambda: not running.windows(), "a window that is put away")
        again()
        running.wait(lambda: len(running.windows()) == 1, "the closed book of the fresh process")
        assert running.said() == ""


def test_no_variable_file_or_package_chooses_its_keyring(
    frozen: Path, desktop_keyring: Session, tmp_path: Path
) -> None:
    """One that keeps nothing, one from elsewhere and one that leaves a mark: none of them is asked."""
    mark = tmp_path / "mark"
    (tmp_path / "elsewhere.py").write_text(f"open({str(mark)!r}, 'w').close()\n")
    package = tmp_path / "elsewhere-1.dist-info"
    package.mkdir()
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: elsewhere\nVersion: 1\n")
    (package / "entry_points.txt").write_text("[keyring.backends]\nelsewhere = elsewhere\n")
    environment = desktop_keyring.environment | {
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "PYTHONPATH": str(tmp_path),
        "KEYRING_PROPERTY_PRIORITY": "-1",
    }
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        file = Path(environment[name]) / "python_keyring" / "keyringrc.cfg"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"[backend]\ndefault-keyring=elsewhere.Keyring\nkeyring-path={tmp_path}\n")
    done = subprocess.run(
        [frozen / "memorybook", "self-test"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "keyring: something was put into" in done.stdout
    assert not mark.exists()
