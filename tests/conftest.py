"""What holds for every test: a seat of its own at a private desktop."""

import shutil
import sys
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import pytest

from memorybook import paths
from tests.books import decoder, library, nothing_left_open, vault
from tests.desktop import worker

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

__all__ = ["decoder", "library", "nothing_left_open", "vault"]

_PATIENCE_MS = 30_000

worker.settle()


def pytest_addoption(parser: pytest.Parser) -> None:
    """What ``make torture`` says: the tests of kills and power cuts do much more then."""
    parser.addoption("--torture", action="store_true", help="many more kills and power cuts; takes an hour")


@pytest.fixture
def torture(request: pytest.FixtureRequest) -> bool:
    """Whether ``make torture`` runs, and not the suite."""
    return bool(request.config.getoption("--torture"))


@pytest.fixture(autouse=True)
def as_first_started() -> Iterator[None]:
    """What a test chose in the settings is not there for the next one, here or in a process it begins.

    Nor are the copies of its books: they would be found by the next one that looks for copies.
    """
    copies = paths.default_copies_folder()
    yield
    shutil.rmtree(copies, ignore_errors=True)
    paths.settings_file().unlink(missing_ok=True)
    theme = sys.modules.get("memorybook.ui.core.theme")
    if theme is not None and (theme.current().scale != 1 or theme.current().palette is not theme.LIGHT):
        theme.current().apply("light", 100)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> "QtBot":
    """That of pytest-qt, as patient as the driver of the flows: its own 5 s say more of the machine."""
    from pytestqt.qtbot import QtBot

    made = QtBot(request)
    for name in ("waitUntil", "waitSignal", "waitActive", "waitExposed"):
        setattr(made, name, partial(getattr(made, name), timeout=_PATIENCE_MS))
    return made


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Say what a desktop test needs, where it would otherwise fail in some way of its own."""
    if item.get_closest_marker("desktop") and not worker.has_desktop():
        pytest.fail("needs a desktop: python -m tests.desktop python -m pytest ...", pytrace=False)
