"""Which book it is and when it was begun, kept within it too: key files that are made anew need both."""

from dataclasses import dataclass

from memorybook.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class Origin:
    """``book_id`` is 32 hex digits, ``created`` ISO 8601 in UTC."""

    book_id: str
    created: str


def get(connection: Connection) -> Origin | None:
    """``None`` when the book does not say."""
    rows = connection.execute("SELECT key, value FROM meta WHERE key IN ('book_id', 'created')").fetchall()
    found = {str(row["key"]): str(row["value"]) for row in rows}
    return Origin(found["book_id"], found["created"]) if len(found) == 2 else None


def put(connection: Connection, origin: Origin) -> None:
    """Say it, in a book that does not yet."""
    connection.executemany(
        "INSERT INTO meta (key, value) VALUES (:key, :value)",
        [{"key": "book_id", "value": origin.book_id}, {"key": "created", "value": origin.created}],
    )
