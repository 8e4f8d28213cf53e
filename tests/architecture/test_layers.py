"""The layers are what pyproject.toml says they are, and its contracts notice when they are not."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]

# For each contract, one import that breaks it and nothing else that is meant by it.
BROKEN = {
    "layers point downwards": ("domain", "import memorybook.services"),
    "only ui knows Qt": ("rendering", "import PySide6.QtGui"),
    "only storage knows SQLCipher": ("services", "import sqlcipher3"),
    "only system.keyring knows the password store": ("services", "import keyring"),
    "ui reaches data through services": ("ui.lock", "import memorybook.storage"),
    "ui features do not know one another": ("ui.write", "import memorybook.ui.story"),
    "presenters know no Qt": ("ui.story.presenter", "import PySide6.QtCore"),
    "domain is the standard library": ("domain", "import cryptography"),
}


def lint(folder: Path, sources: Path) -> subprocess.CompletedProcess[str]:
    """import-linter on the contracts of the pyproject.toml in ``folder``."""
    return subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(sources), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def modules_named(contract: object) -> set[str]:
    """Every module that a contract names, below memorybook and without it."""
    if isinstance(contract, dict):
        return set().union(*(modules_named(value) for value in contract.values()))
    if isinstance(contract, list):
        return set().union(*(modules_named(value) for value in contract))
    name = str(contract)
    return {name.removeprefix("memorybook.")} if name.startswith("memorybook.") else set()


@pytest.fixture
def skeleton(tmp_path: Path) -> Path:
    """The app with every module that the contracts name, all of them empty."""
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    layers = next(contract["layers"] for contract in CONTRACTS if contract["type"] == "layers")
    named = {name.strip() for layer in layers for name in layer.split("|")} | modules_named(CONTRACTS)
    for name in named | {"ui.story.presenter"}:
        if "*" not in name:
            module = tmp_path / "memorybook" / Path(*name.split(".")) / "__init__.py"
            module.parent.mkdir(parents=True, exist_ok=True)
            module.touch()
    (tmp_path / "memorybook" / "__init__.py").touch()
    return tmp_path


def test_the_app_keeps_its_layers() -> None:
    done = lint(ROOT, ROOT / "src")
    assert done.returncode == 0, done.stdout + done.stderr


def test_empty_layers_are_clean(skeleton: Path) -> None:
    done = lint(skeleton, skeleton)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("contract", [contract["name"] for contract in CONTRACTS])
def test_a_contract_notices_what_breaks_it(contract: str, skeleton: Path) -> None:
    module, broken_by = BROKEN[contract]
    (skeleton / "memorybook" / Path(*module.split(".")) / "__init__.py").write_text(broken_by + "\n")
    done = lint(skeleton, skeleton)
    assert done.returncode == 1
    assert f"{contract} BROKEN" in done.stdout
