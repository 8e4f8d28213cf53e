"""A new book put together from the rows of a damaged one: what each thing may be made of, and what proves it.

A row goes in as it was when the thing it belongs to agrees with its digest; the very functions that read a
book say so. What is sure and does not agree, because something that hangs on it is gone, goes in as well and
says that it is not whole.
"""

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from sqlcipher3 import dbapi2

from memorybook.domain.ids import BabyId, MediaId
from memorybook.domain.people import Baby, BabyDraft
from memorybook.domain.salvage import SalvageMarks, Tally
from memorybook.errors import BookDamaged
from memorybook.storage import babies
from memorybook.storage.btree import Value
from memorybook.storage.connection import Connection
from memorybook.storage.lenient import baby_of, text_of
from memorybook.storage.rows import Carved, Found, Source, Values

T = TypeVar("T")

_FEW = 4
"""Of so many babies at most every order is tried, when it is not known which ones a thing is about."""

_AT_ONCE = 200

INDEX_OF = {
    "entry_baby": "entry_baby_baby",
    "photo_baby": "photo_baby_baby",
    "recording_baby": "recording_baby_baby",
    "keepsake_baby": "keepsake_baby_baby",
    "entry_photo": "entry_photo_photo",
    "entry_recording": "entry_recording_recording",
    "keepsake_photo": "keepsake_photo_photo",
}
"""The index that says once more which two belong together."""


@dataclass(frozen=True, slots=True)
class File:
    """A media file that was copied: the SHA-256 of its content, nothing when not all of it verifies."""

    digest: bytes = field(repr=False)
    length: int
    head: bytes = field(default=b"", repr=False)


@dataclass
class Counts:
    """What became of the things of one kind; ``known`` are all that left a trace."""

    whole: set[int] = field(default_factory=set)
    in_part: set[int] = field(default_factory=set)
    known: set[int] = field(default_factory=set)

    @property
    def tally(self) -> Tally:
        """In figures."""
        lost = self.known - self.whole - self.in_part
        return Tally(len(self.whole), len(self.in_part - self.whole), len(lost))


class Rebuilding:
    """Writes into a new, empty book. One thread; database errors, and what ``glance`` raises, pass through.

    ``at`` is now, in UTC; ``plain`` takes the styles off a page's text.
    """

    def __init__(
        self,
        connection: Connection,
        carved: Carved,
        sources: Sequence[Source],
        *,
        at: str,
        marks: SalvageMarks,
        plain: Callable[[str], str],
        glance: Callable[[], object],
    ) -> None:
        self.connection = connection
        self.at = at
        self.marks = marks
        self.plain = plain
        self.counts: dict[str, Counts] = defaultdict(Counts)
        self._carved = carved
        self._sources = sources
        self._glance = glance
        self._steps = 0
        self._ids: dict[str, list[int]] = {}
        self._links: dict[str, dict[int, list[Values]]] = {}

    def begin(self) -> None:
        """Everything between this and :meth:`end` is committed in parts."""
        self.connection.execute("BEGIN IMMEDIATE")

    def end(self) -> None:
        """Commit what is left."""
        self.connection.execute("COMMIT")

    def step(self) -> None:
        """One thing is done."""
        self._glance()
        self._steps += 1
        if self._steps % _AT_ONCE == 0:
            self.connection.execute("COMMIT")
            self.connection.execute("BEGIN IMMEDIATE")

    def ids(self, table: str) -> list[int]:
        """The numbers of all rows of a table that were found."""
        if table not in self._ids:
            self._ids[table] = sorted(set().union(*(source.ids(table) for source in self._sources)))
        return self._ids[table]

    def indexed(self, name: str) -> Iterator[Sequence[Value]]:
        """The rows of an index, as far as they are sure."""
        return self._carved.indexed(name)

    def named(self, table: str) -> set[int]:
        """The numbers of rows that were there once, as indexes say."""
        return set().union(*(source.named(table) for source in self._sources))

    def candidates(self, table: str, number: int) -> list[Found]:
        """What there is of a row: the newest first, and of those the one that is sure."""
        found: list[Found] = []
        for source in self._sources:
            found.extend(row for row in source.rows(table, number) if row not in found)
            if any(row.is_sure for row in found):
                break
        found.sort(key=lambda row: row.is_sure, reverse=True)
        found.sort(key=lambda row: str(row.values.get("changed_at") or ""), reverse=True)
        return sorted(found, key=lambda row: bool(row.in_part))

    def all(self, table: str) -> Iterator[Found]:
        """The rows of a table without numbers, each once."""
        seen = set()
        for source in self._sources:
            for row in source.all(table):
                if not row.in_part and (key := (row.is_sure, *row.values.values())) not in seen:
                    seen.add(key)
                    yield row

    def tried(self, table: str, row: Found) -> bool:
        """Whether the row could be inserted."""
        return self.attempt(partial(self.put, table, row.values)) is not None

    def put(self, table: str, values: Values) -> bool:
        """Insert a row. Raises a database error when the table refuses it."""
        names = ", ".join(values)
        places = ", ".join(f":{name}" for name in values)
        self.connection.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", values)  # noqa: S608
        return True

    def attempt(self, work: Callable[[], T]) -> T | None:
        """What ``work`` returns; ``None`` when what it wrote is not whole, and then it wrote nothing."""
        self.connection.execute("SAVEPOINT thing")
        try:
            result = work()
        except (BookDamaged, LookupError, ValueError, TypeError, dbapi2.IntegrityError):
            self.connection.execute("ROLLBACK TO thing")
            self.connection.execute("RELEASE thing")
            return None
        self.connection.execute("RELEASE thing")
        return result

    def has(self, table: str, number: object) -> bool:
        """Whether the new book has this row."""
        row = self.connection.execute(f"SELECT 1 FROM {table} WHERE id = :id", {"id": number})  # noqa: S608
        return row.fetchone() is not None

    def links(self, table: str, owner: int) -> list[Values]:
        """What hangs on something, in its order: what is sure, and behind it what an index alone says."""
        if table not in self._links:
            self._links[table] = self._read_links(table)
        return self._links[table].get(owner, [])

    def owners(self, table: str) -> set[int]:
        """Everything that something hangs on."""
        self.links(table, 0)
        return set(self._links[table])

    def babies_in_doubt(self, table: str, owner: int) -> Iterator[tuple[BabyId, ...]]:
        """Which babies something may be about: those that are known, or else any in any order."""
        known = tuple(BabyId(each) for each in self.linked(table, owner))
        yield known
        some = {*known, *(BabyId(each) for each in self.ids("baby"))}
        few = sorted(some) if len(some) <= _FEW else sorted(set(known))[:_FEW]
        for count in range(len(few) + 1):
            for chosen in itertools.permutations(few, count):
                if chosen != known:
                    yield chosen

    def linked(self, table: str, owner: int) -> tuple[int, ...]:
        """The numbers of what hangs on something, in its order."""
        item = table.partition("_")[2]
        return tuple(int(str(row[item])) for row in self.links(table, owner))

    def link(self, table: str, number: int, items: Iterable[int]) -> None:
        """Hang these on something, in this order; those that the new book does not have are left out."""
        owner, _, item = table.partition("_")
        for position, each in enumerate(dict.fromkeys(items)):
            if self.has(item, each):
                self.put(table, {owner: number, item: each, "position": position})

    def need_baby(self, number: int) -> None:
        """Have a baby of this number, also when nothing is left of it: then it is not shown."""
        if not self.has("baby", number):
            self._place_for_baby(number)
            babies.set_removed(self.connection, BabyId(number), self.at)

    def need_person(self, number: Value) -> None:
        """Have a person of this number, also when the name is gone."""
        if number is not None and not self.has("person", number):
            self.put("person", {"id": number, "name": self.marks.someone, "created_at": self.at})

    def people(self) -> None:
        """Everyone who writes in the book. Their names have no digest: sure is what is on a whole page."""
        counts = self.counts["person"]
        counts.known.update(self.ids("person"))
        for number in self.ids("person"):
            rows = [row for row in self.candidates("person", number) if row.is_sure]
            if any(self.tried("person", row) for row in rows):
                counts.whole.add(number)
            self.step()

    def babies(self) -> None:
        """The babies, with what was measured."""
        counts = self.counts["baby"]
        counts.known.update(self.ids("baby"))
        for number in self.ids("baby"):
            rows = self.candidates("baby", number)
            if any(self.attempt(partial(self._baby, number, row)) for row in rows):
                counts.whole.add(number)
            elif left := [row for row in rows if row.is_sure or row.in_part]:
                self._part_of_baby(number, left[0].values)
                counts.in_part.add(number)
            self.step()

    def settings(self) -> None:
        """What was chosen, the family's own words, and where the numbers of things go on."""
        for table in ("preference", "spelling_word"):
            for row in self.all(table):
                if row.is_sure:
                    self.tried(table, row)
        for row in self.all("meta"):
            if row.is_sure and str(row.values["key"]).startswith(("book_id", "created", "edit wanted ")):
                self.tried("meta", row)

    def numbering(self) -> None:
        """No new thing gets a number that an old one had."""
        highest: dict[str, int] = {}
        for row in self.all("sqlite_sequence"):
            if row.is_sure:
                name, number = text_of(row.values, "name"), row.values["seq"]
                highest[name] = max(highest.get(name, 0), int(str(number)))
        for name, counts in self.counts.items():
            highest[name] = max([highest.get(name, 0), *counts.known])
        for name, number in highest.items():
            self.connection.execute(
                "UPDATE sqlite_sequence SET seq = max(seq, :number) WHERE name = :name",
                {"name": name, "number": number},
            )

    def _baby(self, number: int, row: Found) -> bool:
        self.put("baby", row.values)
        for each in self.links("measurement", number):
            self.put("measurement", each)
        babies.get(self.connection, BabyId(number))
        return True

    def _part_of_baby(self, number: int, values: Values) -> None:
        kept = self._place_for_baby(number)
        draft = babies.normal(baby_of(values, self.links("measurement", number), self.marks))
        babies.change(self.connection, kept, draft, self.at)
        self.connection.execute(
            "UPDATE baby SET position = :position, deleted_at = :deleted_at WHERE id = :id",
            {"position": values["position"], "deleted_at": values["deleted_at"], "id": number},
        )

    def _place_for_baby(self, number: int) -> Baby:
        """An empty baby of this number."""
        made = babies.add(self.connection, BabyDraft(), self.at)
        self.connection.execute(
            "UPDATE baby SET id = :id WHERE id = :made", {"id": number, "made": made.id}
        )
        return babies.get(self.connection, BabyId(number))

    def _read_links(self, table: str) -> dict[int, list[Values]]:
        found: dict[int, list[tuple[int, Values]]] = defaultdict(list)
        owner, _, item = table.partition("_") if "_" in table else ("baby", "", "")
        for row in self.all(table):
            if row.is_sure:
                number, place = int(str(row.values[owner])), int(str(row.values["position"]))
                found[number].append((place, row.values))
        if table in INDEX_OF:
            for values in self._carved.indexed(INDEX_OF[table]):
                if len(values) >= 2 and isinstance(values[0], int) and isinstance(values[1], int):
                    there = found[values[1]]
                    if all(row[item] != values[0] for _, row in there):
                        there.append((1 << 32, {owner: values[1], item: values[0], "position": 1 << 32}))
        return {
            number: [row for _, row in sorted(rows, key=lambda each: (each[0], str(each[1].get(item))))]
            for number, rows in found.items()
            if rows
        }


Files = Mapping[MediaId, File]
"""The media files that were copied, by their names."""
