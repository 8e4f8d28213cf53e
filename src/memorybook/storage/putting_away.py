"""Rows that wait in the drawer: away and back, and gone for ever, in whatever table they are."""

from collections.abc import Iterable

from memorybook.storage.connection import Connection


def set_put_away(connection: Connection, table: str, row_id: int, at: str | None) -> bool:
    """Put it away at a time in UTC, or bring it back with ``None``; ``False`` when it was so already.

    ``table`` is a constant. Raises LookupError when there is none.
    """
    row = connection.execute(
        f"SELECT deleted_at FROM {table} WHERE id = :id",  # noqa: S608
        {"id": row_id},
    ).fetchone()
    if row is None:
        raise LookupError(f"no such {table}")
    if (row["deleted_at"] is None) == (at is None):
        return False
    connection.execute(
        f"UPDATE {table} SET deleted_at = :at WHERE id = :id",  # noqa: S608
        {"at": at, "id": row_id},
    )
    return True


def destroy(connection: Connection, table: str, row_id: int, *, links: Iterable[str] = ()) -> bool:
    """Delete for ever what was put away; ``False`` when it was not.

    ``links`` are the tables that join it to others, each by a column with the name of ``table``.
    """
    values = {"id": row_id}
    waiting = connection.execute(
        f"SELECT 1 FROM {table} WHERE id = :id AND deleted_at IS NOT NULL",  # noqa: S608
        values,
    )
    if waiting.fetchone() is None:
        return False
    for link in links:
        connection.execute(f"DELETE FROM {link} WHERE {table} = :id", values)  # noqa: S608
    connection.execute(f"DELETE FROM {table} WHERE id = :id", values)  # noqa: S608
    return True
