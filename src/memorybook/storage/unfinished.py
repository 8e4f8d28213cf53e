"""Which media files this book has begun to write and does not name yet, or names no more and is to destroy.

Their names are in the book before a file has one, and go with the transaction that names the files for
good. A process that is ended in between leaves a name here and perhaps a file, which the next opening
destroys. Only what stands here is destroyed: a file that no row names may belong to a younger copy of this
book.
"""

import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress

from memorybook.domain.ids import MediaId
from memorybook.errors import MemoryBookError
from memorybook.storage.connection import Connection
from memorybook.storage.media_names import named

KEY = "unfinished "
"""How the key of each note in ``meta`` begins."""


def fresh() -> MediaId:
    """A random name that no file has."""
    return MediaId(secrets.token_hex(16))


def note(connection: Connection, names: Iterable[MediaId]) -> None:
    """Files of these names are about to be written, or to be destroyed."""
    connection.executemany(
        "INSERT INTO meta (key, value) VALUES (:key, '') ON CONFLICT (key) DO NOTHING",
        [{"key": KEY + name} for name in names],
    )


def settle(connection: Connection, names: Iterable[MediaId]) -> None:
    """Files of these names are named by rows now, or are gone."""
    connection.executemany("DELETE FROM meta WHERE key = :key", [{"key": KEY + name} for name in names])


def left(connection: Connection) -> tuple[MediaId, ...]:
    """The names that stand here."""
    rows = connection.execute("SELECT key FROM meta WHERE key GLOB :pattern", {"pattern": f"{KEY}*"})
    return tuple(MediaId(row["key"].removeprefix(KEY)) for row in rows.fetchall())


def sweep(connection: Connection, destroy: Callable[[MediaId], None]) -> int:
    """Destroy what an ended process left, before anything new is begun; how many names stood here.

    What the disk does not let go stays here for the next time, and holds nothing else up.
    """
    names = left(connection)
    if names:
        kept = {name for each in named(connection) for name in each.names}
        for name in names:
            with suppress(MemoryBookError):
                if name not in kept:
                    destroy(name)
                settle(connection, [name])
    return len(names)
