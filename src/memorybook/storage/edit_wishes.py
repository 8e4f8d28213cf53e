"""How a photo is to be shown, written down before it is made: whatever ends the process, the wish stays."""

from contextlib import suppress

from memorybook.domain.edit import Edit
from memorybook.domain.ids import PhotoId
from memorybook.storage.connection import Connection

_KEY = "edit wanted "


def note(connection: Connection, photo_id: PhotoId, edit: Edit) -> None:
    """Write down that this edit is wanted, and no other one of that photo any more, if there is one."""
    connection.execute(
        """
        INSERT INTO meta (key, value) SELECT :key, :value FROM photo WHERE id = :id
        ON CONFLICT (key) DO UPDATE SET value = excluded.value
        """,
        {"key": f"{_KEY}{int(photo_id)}", "value": str(edit), "id": photo_id},
    )


def settle(connection: Connection, photo_id: PhotoId, edit: Edit | None = None) -> None:
    """Forget this edit, or with ``None`` whichever is wanted: it is made or cannot be. Another wish stays."""
    connection.execute(
        "DELETE FROM meta WHERE key = :key AND ifnull(value = :value, 1)",
        {"key": f"{_KEY}{int(photo_id)}", "value": None if edit is None else str(edit)},
    )


def left(connection: Connection) -> dict[PhotoId, Edit]:
    """What is wanted and not made yet."""
    wishes = {}
    for row in connection.execute("SELECT key, value FROM meta WHERE key GLOB :keys", {"keys": f"{_KEY}*"}):
        with suppress(ValueError):  # one of a younger program
            wishes[PhotoId(int(row["key"].removeprefix(_KEY)))] = Edit.parse(row["value"])
    return wishes
