"""What holds for every test: a seat of its own at a private desktop."""

import sys
from collections.abc import Iterator

import pytest

from memorybook import paths
from tests.books import decoder, library, nothing_left_open, vault
from tests.desktop import worker

__all__ = ["decoder", "library", "nothing_left_open", "vault"]

worker.settle()


@pytest.fixture(autouse=True)
def as_first_started() -> Iterator[None]:
    """What a test chose in the settings is not there for the next one, here or in a process it begins."""
    yield
    paths.settings_file().unlink(missing_ok=True)
    theme = sys.modules.get("memorybook.ui.core.theme")
    if theme is not None and (theme.current().scale != 1 or theme.current().palette is not theme.LIGHT):
        theme.current().apply("light", 100)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Say what a desktop test needs, where it would otherwise fail in some way of its own."""
    if item.get_closest_marker("desktop") and not worker.has_desktop():
        pytest.fail("needs a desktop: python -m tests.desktop python -m pytest ...", pytrace=False)
