"""Photos and recordings that hang on a page or a keepsake, in an order: what is the same for all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from memorybook.domain.ids import PhotoId, RecordingId
from memorybook.storage.connection import Connection

Id = TypeVar("Id", PhotoId, RecordingId)


@dataclass(frozen=True, slots=True)
class Link:
    """``owner`` and ``item`` are tables, and the columns of ``table`` that hold their ids."""

    table: str
    owner: str
    item: str


ENTRY_PHOTO = Link("entry_photo", "entry", "photo")
ENTRY_RECORDING = Link("entry_recording", "entry", "recording")
KEEPSAKE_PHOTO = Link("keepsake_photo", "keepsake", "photo")


def append(connection: Connection, link: Link, owner: int, item: int) -> bool:
    """Put an item behind the others of its owner; ``False`` when it is there already.

    Raises LookupError when there is no such owner.
    """
    ids = {"owner": owner, "item": item}
    found = connection.execute(
        f"""
        SELECT (SELECT count(*) FROM {link.table}
                WHERE {link.owner} = :owner AND {link.item} = :item) AS attached,
               (SELECT ifnull(max(position), -1) + 1 FROM {link.table}
                WHERE {link.owner} = :owner) AS following
        FROM {link.owner} WHERE id = :owner
        """,  # noqa: S608 - constants
        ids,
    ).fetchone()
    if found is None:
        raise LookupError(f"no such {link.owner}")
    if found["attached"]:
        return False
    connection.execute(
        f"INSERT INTO {link.table} ({link.owner}, {link.item}, position)"  # noqa: S608 - constants
        " VALUES (:owner, :item, :position)",
        {**ids, "position": found["following"]},
    )
    return True


def not_put_away(connection: Connection, table: str, ids: Iterable[Id]) -> tuple[Id, ...]:
    """Those of these that are in the book and not put away. ``table`` is a constant."""
    known = f"SELECT 1 FROM {table} WHERE id = :id AND deleted_at IS NULL"  # noqa: S608
    return tuple(each for each in ids if connection.execute(known, {"id": each}).fetchone() is not None)
