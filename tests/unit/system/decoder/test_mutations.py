"""Pictures with random damage: taken in or refused, and nothing else."""

from collections import Counter

import pytest

from memorybook.errors import PictureDamaged, PictureNotRecognised, PictureTooManyPixels
from memorybook.system.decoder import Decoder
from tests.corpus import pictures
from tests.unit.system.decoder.measures import opened

SECONDS: float = 10.0


@pytest.mark.parametrize(("count", "seed"), [(60, 20261003), pytest.param(300, 5, marks=pytest.mark.slow)])
def test_damage_never_hangs_or_stops_the_worker(count: int, seed: int) -> None:
    """A worker that ends in the middle would be ``PictureWorkerStopped``, which is not expected here."""
    outcomes: Counter[str] = Counter()
    with Decoder(patience=SECONDS) as decoder:
        for data in pictures.mutated(count, seed):
            try:
                picture = decoder.decode(data)
            except (PictureDamaged, PictureNotRecognised, PictureTooManyPixels) as refusal:
                outcomes[str(refusal)] += 1
            else:
                outcomes["taken in"] += 1
                assert opened(picture.rendition).size == (picture.width, picture.height)
                assert pictures.PLACE.encode() not in picture.rendition
    assert outcomes.total() == count
    assert outcomes["taken in"]
    assert outcomes["PictureDamaged"]
