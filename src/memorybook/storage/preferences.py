"""What was chosen for this book, as rows."""

from memorybook.storage.connection import Connection
from memorybook.storage.text import storable


def get(connection: Connection, key: str) -> str | None:
    """The value, or ``None`` when nothing was chosen."""
    row = connection.execute("SELECT value FROM preference WHERE key = :key", {"key": key}).fetchone()
    return None if row is None else str(row["value"])


def remove(connection: Connection, key: str) -> None:
    """Have nothing chosen."""
    connection.execute("DELETE FROM preference WHERE key = :key", {"key": key})


def put(connection: Connection, key: str, value: str) -> bool:
    """Keep the value; ``False`` when it was the same already and nothing was written."""
    if get(connection, key) == storable(value):
        return False
    connection.execute(
        "INSERT INTO preference (key, value) VALUES (:key, :value)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        {"key": key, "value": storable(value)},
    )
    return True
