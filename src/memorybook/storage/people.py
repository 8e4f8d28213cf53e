"""The people who write in the book and the babies it is about, as rows."""

from memorybook.domain.ids import BabyId, PersonId
from memorybook.domain.people import Baby, Person
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


def people(connection: Connection) -> tuple[Person, ...]:
    """Everyone, in the order they came into the book."""
    rows = connection.execute("SELECT id, name FROM person ORDER BY id")
    return tuple(Person(PersonId(row["id"]), row["name"]) for row in rows)


def add_baby(connection: Connection, name: str, at: str) -> Baby:
    """A baby or a pregnancy; the name may be empty."""
    values = {"name": storable(name), "at": at}
    cursor = connection.execute("INSERT INTO baby (name, created_at) VALUES (:name, :at)", values)
    return Baby(BabyId(cursor.lastrowid), storable(name))


def babies(connection: Connection) -> tuple[Baby, ...]:
    """All of them, in the order they came into the book."""
    rows = connection.execute("SELECT id, name FROM baby ORDER BY id")
    return tuple(Baby(BabyId(row["id"]), row["name"]) for row in rows)
