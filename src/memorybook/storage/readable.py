"""Which readable files this book has begun to write outside itself, under names that nobody asked for.

Where a drive knows no files without a name, an export has such a name until it is whole. The name is in the
book before the file is on the drive, and goes when the file has its own name or is gone. What a process that
was ended leaves stands here, and the next opening removes it. A drive that is not there keeps its line.
"""

import os
from pathlib import Path

from memorybook.storage.connection import Connection

KEY = "readable "
"""How the key of each note in ``meta`` begins."""


def note(connection: Connection, file: Path) -> None:
    """A file of this name is about to be written."""
    connection.execute(
        "INSERT INTO meta (key, value) VALUES (:key, :value) ON CONFLICT (key) DO NOTHING",
        {"key": KEY + file.name, "value": os.fsencode(file.parent).hex()},
    )


def settle(connection: Connection, file: Path) -> None:
    """There is no file of this name any more."""
    connection.execute("DELETE FROM meta WHERE key = :key", {"key": KEY + file.name})


def left(connection: Connection) -> tuple[Path, ...]:
    """The names that stand here."""
    rows = connection.execute("SELECT key, value FROM meta WHERE key GLOB :pattern", {"pattern": f"{KEY}*"})
    return tuple(_folder(row["value"]) / row["key"].removeprefix(KEY) for row in rows.fetchall())


def _folder(value: str) -> Path:
    return Path(os.fsdecode(bytes.fromhex(value)))
