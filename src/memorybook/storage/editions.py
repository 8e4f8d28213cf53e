"""Editions of the printed book as rows. Each is compared with its digest when it is read."""

from collections.abc import Set as AbstractSet
from dataclasses import replace

from memorybook.domain import edition_text
from memorybook.domain.book import Edition, KeptEdition
from memorybook.domain.edition_text import Choices
from memorybook.domain.ids import EditionId
from memorybook.domain.material import Key, Part
from memorybook.errors import BookDamaged
from memorybook.storage import putting_away
from memorybook.storage.connection import Connection, Row
from memorybook.storage.digest import digest_of
from memorybook.storage.text import storable
from memorybook.storage.whole import Damaged, read_each


def normal(name: str, edition: Edition) -> tuple[str, Edition]:
    """Both as the database holds them: writing them and reading them back gives equal ones."""
    named = {part.value: tuple(dict.fromkeys(getattr(edition, part.value))) for part in Part}
    return storable(name), replace(
        edition,
        title=storable(edition.title),
        subtitle=storable(edition.subtitle),
        dedication=storable(edition.dedication),
        colophon=storable(edition.colophon),
        **named,  # type: ignore[arg-type]  # each with ids of its own kind, as before
    )


def add(connection: Connection, name: str, edition: Edition, known: AbstractSet[Key], at: str) -> KeptEdition:
    """A new one. Both are :func:`normal`, ``known`` is what could be chosen, ``at`` the time in UTC."""
    choices = edition_text.write(Choices(edition, edition_text.keys(edition) | known))
    cursor = connection.execute(
        """
        INSERT INTO edition (name, choices, created_at, changed_at, digest)
        VALUES (:name, :choices, :at, :at, :digest)
        """,
        {"name": name, "choices": choices, "at": at, "digest": digest_of(at, name, choices)},
    )
    return get(connection, EditionId(cursor.lastrowid))


def change(
    connection: Connection,
    edition_id: EditionId,
    name: str,
    edition: Edition,
    *,
    known: AbstractSet[Key],
    at: str,
) -> bool:
    """Put these in the place of what is kept; ``False`` when they are the same.

    What was known stays so, ``known`` besides. LookupError when there is none.
    """
    row = _row(connection, edition_id)
    before = _choices(row)
    whole = Choices(edition, before.known | edition_text.keys(edition) | known)
    if whole == before and row["name"] == name:
        return False
    choices = edition_text.write(whole)
    connection.execute(
        """
        UPDATE edition SET name = :name, choices = :choices, changed_at = :at, digest = :digest WHERE id = :id
        """,
        {
            "name": name,
            "choices": choices,
            "at": at,
            "digest": digest_of(row["created_at"], name, choices),
            "id": edition_id,
        },
    )
    return True


def get(connection: Connection, edition_id: EditionId) -> KeptEdition:
    """One, put away or not. LookupError when there is none, BookDamaged when it is not as it was kept."""
    return _edition(_row(connection, edition_id))


def check(connection: Connection, edition_id: EditionId) -> None:
    """See that one is as it was kept, also where this version does not know what is in it.

    LookupError when there is none, BookDamaged when it is not.
    """
    row = _row(connection, edition_id)
    if digest_of(row["created_at"], row["name"], row["choices"]) != row["digest"]:
        raise BookDamaged


def choices(connection: Connection, edition_id: EditionId) -> Choices:
    """What was chosen, and what could have been. Raises as :func:`get`."""
    return _choices(_row(connection, edition_id))


def all_of_them(connection: Connection, damaged: Damaged | None = None) -> tuple[KeptEdition, ...]:
    """All that were not put away, the one that was changed last first; ``damaged`` as with ``read_each``."""
    rows = connection.execute(
        "SELECT * FROM edition WHERE deleted_at IS NULL ORDER BY changed_at DESC, id DESC"
    )
    return read_each(rows.fetchall(), _edition, damaged)


def put_away(connection: Connection, damaged: Damaged | None = None) -> tuple[KeptEdition, ...]:
    """Those that were put away, the last one first; ``damaged`` as with ``read_each``."""
    rows = connection.execute(
        "SELECT * FROM edition WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC"
    )
    return read_each(rows.fetchall(), _edition, damaged)


def set_put_away(connection: Connection, edition_id: EditionId, at: str | None) -> bool:
    """Put it away at a time in UTC, or bring it back with ``None``; ``False`` when it was so already.

    Raises LookupError when there is none.
    """
    return putting_away.set_put_away(connection, "edition", edition_id, at)


def destroy(connection: Connection, edition_id: EditionId) -> bool:
    """Delete one for ever that was put away; ``False`` when it was not. What it names stays in the book."""
    return putting_away.destroy(connection, "edition", edition_id)


def _row(connection: Connection, edition_id: EditionId) -> Row:
    row = connection.execute("SELECT * FROM edition WHERE id = :id", {"id": edition_id}).fetchone()
    if row is None:
        raise LookupError("no such edition")
    return row


def _choices(row: Row) -> Choices:
    if digest_of(row["created_at"], row["name"], row["choices"]) != row["digest"]:
        raise BookDamaged
    try:
        return edition_text.read(row["choices"])
    except ValueError:
        raise BookDamaged from None


def _edition(row: Row) -> KeptEdition:
    found = _choices(row)
    return KeptEdition(EditionId(row["id"]), row["name"], found.edition, row["changed_at"], row["deleted_at"])
