"""A damaged thing of the open book that is whole in a copy, and what became of it."""

from dataclasses import dataclass, field
from typing import Literal

from memorybook.domain.health import DamagedThing
from memorybook.domain.restoring import Copy

LOOKING, BRINGING = "looking", "bringing"
"""The stages that are told: copies that were looked into, things that were brought back."""

How = Literal["put back", "beside", "not"]
"""In its place as it was in the copy; as a new thing, since its place in the file is damaged; or not."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One damaged thing that is whole in ``copy``, with its title and day (EDTF) there."""

    thing: DamagedThing
    copy: Copy
    title: str = field(repr=False)
    day: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mended:
    """What became of a thing that was to be brought back."""

    thing: DamagedThing
    how: How
