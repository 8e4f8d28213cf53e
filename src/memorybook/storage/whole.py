"""Reading rows one by one, so that one that is not as it was kept does not take the others with it."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from memorybook.errors import BookDamaged
from memorybook.storage.connection import Row

T = TypeVar("T")

Damaged = Callable[[int], object]
"""Told the id of a row that differs from its digest. It is passed over then, and nothing of it is shown."""


def read_each(rows: Iterable[Row], read: Callable[[Row], T], damaged: Damaged | None) -> tuple[T, ...]:
    """What ``read`` makes of these rows. Without ``damaged`` the first that is not whole raises BookDamaged.

    What a damaged page of the file does to a row is found out afterwards, as with every read: by the
    sentinel, or by the database itself. Then the whole read fails.
    """
    found: list[T] = []
    for row in rows:
        try:
            found.append(read(row))
        except BookDamaged:
            if damaged is None:
                raise
            damaged(row["id"])
    return tuple(found)
