"""The people whose words are in the book."""

from concurrent.futures import Future

from memorybook.domain.changes import ChangeSet
from memorybook.domain.ids import PersonId
from memorybook.domain.people import Person
from memorybook.services.times import stamp
from memorybook.storage import people
from memorybook.storage.connection import Connection
from memorybook.storage.worker import VaultWorker
from memorybook.system.clock import Clock


class People:
    """Every method returns at once; its future resolves on the vault's thread. Any thread may call."""

    def __init__(self, worker: VaultWorker, clock: Clock) -> None:
        self._worker = worker
        self._clock = clock

    def add(self, name: str, *, origin: str = "") -> Future[Person]:
        """The person of this name, who is added when nobody has it yet. ``ValueError`` without a name."""
        name = name.strip()
        if not name:
            raise ValueError("a person has a name")
        at = stamp(self._clock)

        def work(connection: Connection) -> tuple[Person, ChangeSet | None]:
            known = people.find_person(connection, name)
            if known is not None:
                return known, None
            return people.add_person(connection, name, at), ChangeSet(people=True, origin=origin)

        return self._worker.write(work)

    def all(self) -> Future[tuple[Person, ...]]:
        """Everyone, in the order they came into the book."""
        return self._worker.browse(people.people)

    def rename(self, person_id: PersonId, name: str, *, origin: str = "") -> Future[Person]:
        """Give a person another name, which then stands on every page. LookupError when there is none.

        ``ValueError`` without a name. Two people may come to have the same name and stay two.
        """
        name = name.strip()
        if not name:
            raise ValueError("a person has a name")

        def work(connection: Connection) -> tuple[Person, ChangeSet | None]:
            kept = people.get(connection, person_id)
            renamed = people.rename(connection, person_id, name)
            return renamed, ChangeSet(people=True, origin=origin) if renamed != kept else None

        return self._worker.write(work)

    def remove(self, person_id: PersonId, *, origin: str = "") -> Future[bool]:
        """Take a person out of the book; ``False``, and nothing is changed, while a page names them.

        Pages in the drawer and earlier versions count as well. LookupError when there is no such person.
        """

        def work(connection: Connection) -> tuple[bool, ChangeSet | None]:
            people.get(connection, person_id)
            if people.is_named(connection, person_id):
                return False, None
            people.remove(connection, person_id)
            return True, ChangeSet(people=True, origin=origin)

        return self._worker.write(work)
