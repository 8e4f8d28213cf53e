"""How often a book was changed: known without reading it, so that a copy that lacks something is known."""

from memorybook.storage.connection import Connection

KEY = "changes"
"""The key of the count in ``meta``."""


def count(connection: Connection) -> None:
    """Something is changed in this transaction."""
    connection.execute(
        "INSERT INTO meta (key, value) VALUES (:key, '1') ON CONFLICT (key) DO UPDATE SET value = value + 1",
        {"key": KEY},
    )


def put(connection: Connection, value: str) -> None:
    """Begin to count at a number that no copy knows."""
    connection.execute("INSERT INTO meta (key, value) VALUES (:key, :value)", {"key": KEY, "value": value})


def number(connection: Connection) -> str:
    """The same as before when nothing was changed since; empty for a book that never was."""
    row = connection.execute("SELECT value FROM meta WHERE key = :key", {"key": KEY}).fetchone()
    return "" if row is None else str(row["value"])
