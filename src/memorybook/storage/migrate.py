"""Brings a database to the newest version: numbered SQL, each step and its number in one transaction."""

from collections.abc import Iterator
from functools import cache
from importlib import resources

from sqlcipher3 import dbapi2

from memorybook.storage.connection import APPLICATION_ID, SENTINEL, Connection, for_upkeep, transaction

_FOLDER = "memorybook.storage.migrations"


@cache
def steps() -> tuple[tuple[int, str], ...]:
    """Every step as (version, SQL), in order and without gaps."""
    found = sorted(
        (int(item.name.partition("_")[0]), item.read_text("utf-8"))
        for item in resources.files(_FOLDER).iterdir()
        if item.name.endswith(".sql")
    )
    if [version for version, _ in found] != list(range(1, len(found) + 1)):
        raise RuntimeError("the migrations have a gap")
    return tuple(found)


def newest() -> int:
    """The version this program writes."""
    return steps()[-1][0]


def version_of(connection: Connection) -> int:
    """How many of the steps this database has had. Raises database errors."""
    row = connection.execute("PRAGMA user_version").fetchone()
    return int(row[0]) if row is not None else 0


def migrate(connection: Connection, to: int | None = None) -> None:
    """Run the steps this database has not had, all or up to a version.

    Raises database errors; a step is done or not begun.

    A database that holds a book already is copied before this, see :mod:`memorybook.storage.earlier`.
    """
    version = version_of(connection)
    for number, sql in steps():
        if version < number and (to is None or number <= to):
            with for_upkeep(connection), transaction(connection):
                for statement in _statements(sql):
                    connection.execute(statement)
                if number == 1:
                    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                    connection.execute("INSERT INTO meta VALUES ('sentinel', :value)", {"value": SENTINEL})
                connection.execute(f"PRAGMA user_version = {number}")


def _statements(sql: str) -> Iterator[str]:
    """One statement at a time: running a whole script would end the transaction around it."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if statement.strip() and dbapi2.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        raise RuntimeError("a migration ends within a statement")
