"""What holds for every test: a screen and a home of its own, and desktop tests one after another."""

import pytest

from tests.books import decoder, library, nothing_left_open, vault
from tests.desktop import worker

__all__ = ["decoder", "library", "nothing_left_open", "vault"]

worker.settle()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the desktop tests on one worker, where they have keyring and accessibility bus to themselves."""
    for item in items:
        if item.get_closest_marker("desktop"):
            item.add_marker(pytest.mark.xdist_group("desktop"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Say what a desktop test needs, where it would otherwise fail in some way of its own."""
    if item.get_closest_marker("desktop") and not worker.has_desktop():
        pytest.fail("needs a desktop: python -m tests.desktop python -m pytest ...", pytrace=False)
