"""What holds for every test: a seat of its own at a private desktop."""

import pytest

from tests.books import decoder, library, nothing_left_open, vault
from tests.desktop import worker

__all__ = ["decoder", "library", "nothing_left_open", "vault"]

worker.settle()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Say what a desktop test needs, where it would otherwise fail in some way of its own."""
    if item.get_closest_marker("desktop") and not worker.has_desktop():
        pytest.fail("needs a desktop: python -m tests.desktop python -m pytest ...", pytrace=False)
