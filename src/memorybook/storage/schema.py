"""What the tables of a book have to be: the text of each, as the migrations up to a version make it."""

from functools import cache

from sqlcipher3 import dbapi2

from memorybook.storage.connection import Connection
from memorybook.storage.migrate import migrate

Definitions = frozenset[tuple[str, str, str, str | None]]
"""Type, name, table and SQL of everything in a database; ``None`` for an index that SQLite makes itself."""


@cache
def expected(version: int) -> Definitions:
    """What is in a database of this version, and nothing else. Made in memory; any thread."""
    connection: Connection = dbapi2.connect(":memory:", isolation_level=None)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        migrate(connection, version)
        return of(connection)
    finally:
        connection.close()


def of(connection: Connection) -> Definitions:
    """What is in this database. Raises the database errors of a damaged first page."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema")
    return frozenset((row[0], row[1], row[2], row[3]) for row in rows)
