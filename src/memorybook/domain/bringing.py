"""What comes of bringing files into the book: how far it is, and a plain account at the end."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from memorybook.errors import MemoryBookError

Id = TypeVar("Id", bound=int)


@dataclass(frozen=True, slots=True)
class BringProgress:
    """How many of how many files have been dealt with; ``total`` is 0 while folders are looked through."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Refused:
    """One file that was not taken in. ``name`` is without its folder, and empty for what was pasted."""

    name: str = field(repr=False)
    error: MemoryBookError


@dataclass(frozen=True, slots=True)
class BringAccount(Generic[Id]):
    """What came of it. ``added`` are new in the book, ``known`` were in it already, in the order they came.

    ``back`` are those of ``known`` that had been put away and are shown again. ``others`` counts the files
    in folders that are nothing of the kind, hidden ones included; ``closed_folders`` the folders that could
    not be read. ``not_taken`` counts what was left when it was cancelled or ``stopped_by`` something that
    concerns every file, such as a full disk.
    """

    added: tuple[Id, ...] = ()
    known: tuple[Id, ...] = ()
    refused: tuple[Refused, ...] = ()
    others: int = 0
    not_taken: int = 0
    back: tuple[Id, ...] = ()
    closed_folders: int = 0
    stopped_by: MemoryBookError | None = None

    @property
    def ids(self) -> tuple[Id, ...]:
        """All that are in the book now, those that were in it already behind the new ones."""
        return self.added + self.known
