"""The people whose words are in the book, and the babies it is about."""

from concurrent.futures import Future

from memorybook.domain.changes import ChangeSet
from memorybook.domain.people import Baby, Person
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
        return self._worker.read(people.people)

    def add_baby(self, name: str = "", *, origin: str = "") -> Future[Baby]:
        """A baby or a pregnancy; a name is not needed."""
        at = stamp(self._clock)

        def work(connection: Connection) -> tuple[Baby, ChangeSet]:
            return people.add_baby(connection, name.strip(), at), ChangeSet(people=True, origin=origin)

        return self._worker.write(work)

    def babies(self) -> Future[tuple[Baby, ...]]:
        """All of them, in the order they came into the book."""
        return self._worker.read(people.babies)
