"""What a book remembers of its copies, in preferences of its own that are no change of the book."""

import datetime
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from memorybook.domain.changes import ChangeSet
from memorybook.domain.ids import MediaId
from memorybook.services import copy_places
from memorybook.services.copy_places import Remembered
from memorybook.storage import preferences
from memorybook.storage.connection import Connection
from memorybook.storage.staging import OWN
from memorybook.storage.transcript import Contents
from memorybook.storage.worker import VaultWorker

SESSIONS = 10
"""So many times a book may be written in before it is said that there is no copy of that elsewhere."""

DAYS = 30
"""Or so long, by the clock, if it was written in since. A clock that went back says nothing."""

_PLACES, _LACKING, _SESSIONS = f"{OWN}places", f"{OWN}lacking", f"{OWN}sessions"
_ELSEWHERE, _HUSHED, _CONTENTS = f"{OWN}elsewhere", f"{OWN}hushed", f"{OWN}contents"


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was: ``at`` by the clock, ISO 8601 in UTC, and by how often the book was written in."""

    at: str = ""
    sessions: int = 0


class CopyMemory:
    """Reads and writes these preferences. Blocks for the vault; not for its thread."""

    def __init__(self, worker: VaultWorker) -> None:
        self._worker = worker

    def places(self) -> tuple[Remembered, ...]:
        """Every place that is remembered."""
        return copy_places.read(self._get(_PLACES))

    def change_places(
        self, change: Callable[[tuple[Remembered, ...]], Iterable[Remembered]]
    ) -> tuple[Remembered, ...]:
        """Put others in the place of those that are remembered; what is remembered then."""

        def work(connection: Connection) -> tuple[tuple[Remembered, ...], ChangeSet | None]:
            places = tuple(change(copy_places.read(preferences.get(connection, _PLACES))))
            preferences.put(connection, _PLACES, copy_places.written(places))
            return places, None

        return self._worker.write(work, is_note=True).result()

    def lacking(self) -> frozenset[MediaId]:
        """Originals that cannot be read any more, and without which copies are wanted all the same."""
        try:
            return frozenset(MediaId(each) for each in json.loads(self._get(_LACKING) or "[]"))
        except (ValueError, TypeError):
            return frozenset()

    def accept_lacking(self, media: Iterable[MediaId]) -> None:
        """Copies are wanted without these from now on."""
        self._write(_LACKING, json.dumps(sorted(media)))

    def contents(self) -> Contents:
        """What the tables said in the newest copy, each row of which was compared with its digest then."""
        try:
            known = json.loads(self._get(_CONTENTS) or "{}")
            return {str(table): bytes.fromhex(digest) for table, digest in known.items()}
        except (ValueError, TypeError, AttributeError):
            return {}

    def keep_contents(self, contents: Contents) -> None:
        """A copy with these was found whole."""
        known = {table: digest.hex() for table, digest in sorted(contents.items())}
        self._write(_CONTENTS, json.dumps(known, separators=(",", ":")))

    def one_session_more(self) -> None:
        """The book was written in, once more since it was opened."""

        def work(connection: Connection) -> tuple[None, None]:
            number = _number(preferences.get(connection, _SESSIONS)) + 1
            preferences.put(connection, _SESSIONS, str(number))
            return None, None

        self._worker.write(work, is_note=True).result()

    def note_elsewhere(self, at: str) -> None:
        """There is a checked copy away from the book's own disk."""
        self._note(_ELSEWHERE, at)

    def hush(self, at: str) -> None:
        """It was said that there is none, and that is enough for a while."""
        self._note(_HUSHED, at)

    def elsewhere(self) -> Moment:
        """When the last checked copy elsewhere was made."""
        return _moment(self._get(_ELSEWHERE))

    def is_long_ago(self, now: datetime.datetime) -> bool:
        """Whether it is time to say that there is no checked copy elsewhere."""
        last, hushed = self.elsewhere(), _moment(self._get(_HUSHED))
        sessions = _number(self._get(_SESSIONS)) - max(last.sessions, hushed.sessions)
        if sessions >= SESSIONS:
            return True
        days = _days_since(max(last.at, hushed.at), now)
        return sessions > 0 and days is not None and days >= DAYS

    def _note(self, key: str, at: str) -> None:
        def work(connection: Connection) -> tuple[None, None]:
            sessions = _number(preferences.get(connection, _SESSIONS))
            preferences.put(connection, key, json.dumps([at, sessions]))
            return None, None

        self._worker.write(work, is_note=True).result()

    def _get(self, key: str) -> str | None:
        return self._worker.read(lambda connection: preferences.get(connection, key)).result()

    def _write(self, key: str, value: str) -> None:
        def work(connection: Connection) -> tuple[None, None]:
            preferences.put(connection, key, value)
            return None, None

        self._worker.write(work, is_note=True).result()


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else 0


def _moment(text: str | None) -> Moment:
    try:
        at, sessions = json.loads(text or "")
    except (ValueError, TypeError):
        return Moment()
    known = isinstance(at, str) and type(sessions) is int
    return Moment(at, sessions) if known else Moment()


def _days_since(at: str, now: datetime.datetime) -> int | None:
    """``None`` for no moment, and for one that is still to come."""
    try:
        then = datetime.datetime.fromisoformat(at)
        passed = now - then
    except (ValueError, TypeError):
        return None
    return passed.days if passed >= datetime.timedelta() else None
