"""Lists over what can be read of a damaged book: copies of its smaller tables without what is lost.

A damaged page fails every statement that meets it, and the connection after it. So the rows that were read
and found whole are copied into temporary tables, which stay in memory, under the names of those in the book:
SQLite looks for a name among the temporary ones first. Nothing can be written through such a connection.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from memorybook.storage.connection import Connection, for_upkeep
from memorybook.storage.entries import UNPROVED

_NEW = re.compile(r"CREATE (UNIQUE )?(TABLE|INDEX) ")

_COPIED: tuple[tuple[str, str, str], ...] = (
    ("person", "person", "id"),
    ("baby", "baby", "id"),
    ("measurement", "baby", "baby"),
    ("ceremony", "ceremony", "id"),
    ("photo", "photo", "id"),
    ("photo_baby", "photo", "photo"),
    ("recording", "recording", "id"),
    ("recording_baby", "recording", "recording"),
    ("occasion", "occasion", "id"),
    ("edition", "edition", "id"),
    ("keepsake", "keepsake", "id"),
    ("keepsake_photo", "keepsake", "keepsake"),
    ("keepsake_baby", "keepsake", "keepsake"),
    ("entry", "entry", "id"),
    ("entry_baby", "entry", "entry"),
    ("entry_tag", "entry", "entry"),
    ("entry_photo", "entry", "entry"),
    ("entry_recording", "entry", "entry"),
    ("entry_version", "entry_version", "id"),
)
"""A table, the one whose rows it belongs to, and the column with their ids."""

_TOO_LARGE = {("entry_version", "body")}
"""What lists do not need; who reads one version whole finds that it differs, and reads the book's own."""


@dataclass(frozen=True, slots=True)
class Veil:
    """What is shown: of each table looked at the ids that are whole, and the highest of all there were.

    What came later is shown too, unless that is ``None``. Of the tables that are ``empty`` nothing is, since
    they could not be read; ``unlinked`` are, by a table that says what belongs to what, those of which it
    says it no more. ``unproved`` are pages whose tags or babies went with that: their digest is over these
    too, so that nothing but the pages of the file, each authenticated, proves their words.
    """

    whole: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    highest: Mapping[str, int | None] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()
    unlinked: Mapping[str, frozenset[int]] = field(default_factory=dict)
    unproved: frozenset[int] = frozenset()


def copied_with(owner: str) -> tuple[tuple[str, str], ...]:
    """The tables that show rows of ``owner``, itself among them, and the column with their ids."""
    return tuple((table, column) for table, of, column in _COPIED if of == owner)


def draw(connection: Connection, veil: Veil) -> None:
    """Have this connection show what ``veil`` says until it is closed. The vault's thread, a new connection.

    Rows that came into the book since are shown too. Raises database errors when it is more damaged than is
    known.
    """
    with for_upkeep(connection):
        connection.execute("PRAGMA foreign_keys = OFF")
        for table, owner, column in _COPIED:
            if owner in veil.whole and table not in veil.empty:
                without = veil.unlinked.get(table, frozenset())
                whole = [each for each in veil.whole[owner] if each not in without]
                _begin(connection, table)
                highest = veil.highest[owner]
                _fill(connection, table, column, whole, None if highest in without else highest)
                _order(connection, table)
        for table in sorted(veil.empty):
            _begin(connection, table)
        if veil.unproved:
            connection.execute(f"CREATE TEMP TABLE {UNPROVED} (entry INTEGER PRIMARY KEY)")
            connection.execute(
                f"INSERT INTO temp.{UNPROVED} SELECT value FROM json_each(:ids)",  # noqa: S608
                {"ids": json.dumps(sorted(veil.unproved))},
            )
        connection.execute("PRAGMA query_only = ON")


def _begin(connection: Connection, table: str) -> None:
    row = connection.execute(
        "SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND name = :name", {"name": table}
    ).fetchone()
    if row is not None:
        connection.execute(_NEW.sub("CREATE TEMP TABLE ", row["sql"], count=1))


def _order(connection: Connection, table: str) -> None:
    """The indexes by name, since lists ask for them."""
    rows = connection.execute(
        "SELECT sql FROM main.sqlite_schema WHERE type = 'index' AND tbl_name = :name AND sql IS NOT NULL",
        {"name": table},
    )
    for row in rows.fetchall():
        connection.execute(_NEW.sub(r"CREATE \1INDEX temp.", row["sql"], count=1))


def _fill(
    connection: Connection, table: str, column: str, whole: Sequence[int], highest: int | None
) -> None:
    rows = connection.execute(f"PRAGMA main.table_info({table})")
    columns = ", ".join(
        "''" if (table, row["name"]) in _TOO_LARGE else f"kept.{row['name']}" for row in rows.fetchall()
    )
    connection.execute(
        f"""
        INSERT INTO temp.{table} SELECT {columns}
        FROM json_each(:whole) AS chosen CROSS JOIN main.{table} AS kept ON kept.{column} = chosen.value
        """,  # noqa: S608 - the names above
        {"whole": json.dumps(whole)},
    )
    if highest is None:
        return
    connection.execute(
        f"INSERT INTO temp.{table} SELECT {columns} FROM main.{table} AS kept WHERE kept.{column} > :highest",  # noqa: S608
        {"highest": highest},
    )
