"""The people who write in the book or are quoted in it, as rows."""

from memorybook.domain.ids import PersonId
from memorybook.domain.people import Person
from memorybook.storage.connection import Connection
from memorybook.storage.text import storable


def add_person(connection: Connection, name: str, at: str) -> Person:
    """A person under the name they chose. ``at`` is the time in UTC."""
    values = {"name": storable(name), "at": at}
    cursor = connection.execute("INSERT INTO person (name, created_at) VALUES (:name, :at)", values)
    return Person(PersonId(cursor.lastrowid), storable(name))


def find_person(connection: Connection, name: str) -> Person | None:
    """The person with exactly this name, the first one when there are several."""
    row = connection.execute(
        "SELECT id, name FROM person WHERE name = :name ORDER BY id LIMIT 1", {"name": storable(name)}
    ).fetchone()
    return None if row is None else Person(PersonId(row["id"]), row["name"])


def get(connection: Connection, person_id: PersonId) -> Person:
    """One person. Raises LookupError when there is none."""
    row = connection.execute("SELECT id, name FROM person WHERE id = :id", {"id": person_id}).fetchone()
    if row is None:
        raise LookupError("no such person")
    return Person(PersonId(row["id"]), row["name"])


def rename(connection: Connection, person_id: PersonId, name: str) -> Person:
    """Give a person another name, on every page at once. Raises LookupError when there is none."""
    connection.execute(
        "UPDATE person SET name = :name WHERE id = :id", {"name": storable(name), "id": person_id}
    )
    return get(connection, person_id)


def is_named(connection: Connection, person_id: PersonId) -> bool:
    """Whether a page names this person: one that is listed or not, in the drawer, or as it was before."""
    row = connection.execute(
        """
        SELECT EXISTS (SELECT 1 FROM entry WHERE author_id = :id)
            OR EXISTS (SELECT 1 FROM entry_version WHERE author_id = :id)
        """,
        {"id": person_id},
    ).fetchone()
    return row is not None and bool(row[0])


def remove(connection: Connection, person_id: PersonId) -> None:
    """Take a person whom nothing names out of the book. A person who is named stays, by the database."""
    connection.execute("DELETE FROM person WHERE id = :id", {"id": person_id})


def people(connection: Connection) -> tuple[Person, ...]:
    """Everyone, in the order they came into the book."""
    rows = connection.execute("SELECT id, name FROM person ORDER BY id")
    return tuple(Person(PersonId(row["id"]), row["name"]) for row in rows)
