"""Folders, names, styles and locked versions are as they should be."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

import pytest
from PySide6.QtGui import QColor

from tests.architecture.rules import COLOUR_TEXT
from tests.architecture.source import RESOURCES, ROOT, SOURCE, TESTS

# They say how a thing is used and not what it is, and so they gather what belongs elsewhere.
EMPTY_NAMES = re.compile(r"(?:^|_)(?:common|helpers?|managers?|misc|miscellaneous|utils?|utilit(?:y|ies))$")

LOCKED = sorted((ROOT / "packaging" / "locked").glob("*.txt"))


def folders_without_init(top: Path) -> list[Path]:
    """Folders below ``top`` that hold Python, themselves or deeper, and are no package."""
    holding = {folder for file in top.rglob("*.py") for folder in (file.parent, *file.parent.parents)}
    return sorted(
        folder for folder in holding if folder.is_relative_to(top) and not (folder / "__init__.py").exists()
    )


def empty_names(paths: Iterable[PurePosixPath]) -> list[PurePosixPath]:
    return [
        path for path in paths if any(EMPTY_NAMES.search(part.removesuffix(".py")) for part in path.parts)
    ]


def colours_of_their_own(style: str) -> Iterator[str]:
    """Declarations of a style sheet that name a colour instead of taking one of the theme's."""
    named = "|".join(sorted(set(QColor.colorNames()) - {"transparent"}, key=len, reverse=True))
    of_its_own = re.compile(rf"(?<![\w$-])(?:{named})(?![\w-])", re.IGNORECASE)
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    for body in re.findall(r"\{([^{}]*)\}", style):
        for declaration in body.split(";"):
            value = re.sub(r'"[^"]*"', "", declaration.partition(":")[2])
            if COLOUR_TEXT.search(value) or of_its_own.search(value):
                yield declaration.strip()


@pytest.mark.parametrize("top", [SOURCE, TESTS], ids=["src", "tests"])
def test_every_folder_is_a_package(top: Path) -> None:
    assert folders_without_init(top) == []


def test_a_folder_that_is_no_package_is_found(tmp_path: Path) -> None:
    (tmp_path / "src" / "inner").mkdir(parents=True)
    (tmp_path / "src" / "data").mkdir()
    (tmp_path / "src" / "inner" / "thing.py").touch()
    found = folders_without_init(tmp_path / "src")
    assert found == [tmp_path / "src", tmp_path / "src" / "inner"]


def test_names_say_what_a_thing_is() -> None:
    paths = [
        PurePosixPath(path.relative_to(ROOT)) for top in (SOURCE, TESTS) for path in sorted(top.rglob("*.py"))
    ]
    assert empty_names(paths) == []


def test_an_empty_name_is_found() -> None:
    bad = [
        "ui/utils.py",
        "ui/helpers/view.py",
        "storage/key_manager.py",
        "common.py",
        "tests/photo_helper.py",
    ]
    good = ["storage/commonplace.py", "ui/manage.py", "services/vault.py"]
    assert len(empty_names(map(PurePosixPath, bad))) == len(bad)
    assert empty_names(map(PurePosixPath, good)) == []


def test_styles_take_every_colour_from_the_theme() -> None:
    styles = sorted((RESOURCES / "styles").rglob("*.qss"))
    assert styles
    found = [
        f"{style.name}: {colour}" for style in styles for colour in colours_of_their_own(style.read_text())
    ]
    assert found == []


@pytest.mark.parametrize("value", ["#fff", "rgba(0, 0, 0, 20)", "white", "1px solid Gray", "hsl(1, 2, 3)"])
def test_a_colour_in_a_style_is_found(value: str) -> None:
    assert list(colours_of_their_own(f"QLabel {{ border: {value}; }}"))


def test_a_style_without_colours_is_left_alone() -> None:
    sound = (
        'QFrame[surface="linen"]:hover { color: $linen; font-family: "Snow"; border: transparent; } /* red */'
    )
    assert not list(colours_of_their_own(sound))


@pytest.mark.parametrize("locked", LOCKED, ids=lambda path: path.stem)
def test_locked_versions_are_exact_hashed_and_name_no_host(locked: Path) -> None:
    logical = locked.read_text().replace("\\\n", " ").splitlines()
    packages = [line for line in logical if line and not line.lstrip().startswith("#")]
    assert packages
    assert [
        line for line in packages if not re.match(r"[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)
    ] == []
    assert not re.search(r"://|index-url|find-links|trusted-host", locked.read_text())


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    runtime, development = (
        _names((ROOT / "packaging" / "locked" / f"{name}.txt").read_text().splitlines())
        for name in ("runtime", "development")
    )
    assert _names(project["project"]["dependencies"]) <= runtime
    assert _names(project["dependency-groups"]["dev"]) <= development
    assert runtime <= development


def test_qt_is_held_back_where_it_would_abort() -> None:
    """PySide6 from 6.12 on drops references that are not its own on Python 3.11."""
    text = (ROOT / "packaging" / "locked" / "runtime.txt").read_text()
    assert re.search(r"^pyside6-essentials==6\.11\.\d+ ; python_full_version < '3\.12'", text, re.MULTILINE)


def _names(lines: Iterable[str]) -> set[str]:
    found = (re.match(r"[A-Za-z][\w.-]*", line) for line in lines)
    return {re.sub(r"[-_.]+", "-", name.group()).lower() for name in found if name}
