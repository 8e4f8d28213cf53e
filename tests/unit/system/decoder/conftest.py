"""One decoder for the tests that only look at pictures."""

from collections.abc import Iterator

import pytest

from memorybook.system.decoder import Decoder


@pytest.fixture(scope="package")
def decoder() -> Iterator[Decoder]:
    with Decoder() as shared:
        yield shared
