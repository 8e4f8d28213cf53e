"""Which words are spelled as in a dictionary, or as the family spells them.

Names of babies, of those who write, and the words on the cover are never said to be wrong.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from memorybook.domain import spelling
from memorybook.domain.changes import ChangeSet
from memorybook.domain.spelling import Dictionary
from memorybook.errors import BookClosed, DictionaryNotRecognised, SpellerStopped
from memorybook.services.pools import submit
from memorybook.services.times import stamp
from memorybook.storage import preferences
from memorybook.storage import spelling as rows
from memorybook.storage.connection import Connection
from memorybook.storage.worker import VaultWorker
from memorybook.system.clock import Clock
from memorybook.system.dictionaries import Dictionaries
from memorybook.system.speller import Speller

T = TypeVar("T")

CHOICE: Final = "spelling"
"""The key of the dictionary's name that was chosen for this book; absent means the computer's language."""

OFF: Final = "off"
"""The choice that no word is looked at."""

_FAILURES: Final = 3
"""After so many in a row the process that spells is not started again until somebody asks anew."""


@dataclass(frozen=True, slots=True)
class SpellingState:
    """What is offered and what holds. ``choice`` is empty while nobody chose.

    ``active`` is the dictionary that words are compared with. Without one no word is marked: because it was
    switched off, or because there is none for the language.
    """

    choice: str
    found: tuple[Dictionary, ...]
    active: Dictionary | None

    @property
    def is_missing(self) -> bool:
        """Whether a dictionary was chosen that is not on this computer."""
        return self.active is None and self.choice not in {"", OFF}


class Spelling:
    """Every method returns at once, from any thread; futures resolve on a thread of this service.

    They fail with a ``SpellingError``, or as those of the vault. The process that spells is started at the
    first word, and ended by ``close``.
    """

    def __init__(self, worker: VaultWorker, clock: Clock, dictionaries: Dictionaries) -> None:
        self._worker = worker
        self._clock = clock
        self._dictionaries = dictionaries
        self._lane = ThreadPoolExecutor(max_workers=1, thread_name_prefix="memorybook-spelling")
        self._speller: Speller | None = None
        self._trial: Speller | None = None
        self._failures = 0
        self._closed = False

    def state(self, locale: str) -> Future[SpellingState]:
        """What holds where the computer speaks ``locale``. Words are compared with that from now on."""

        def work() -> SpellingState:
            read = self._worker.read(lambda connection: preferences.get(connection, CHOICE))
            choice = read.result() or ""
            found = self._dictionaries.found()
            active = None if choice == OFF else self._chosen(choice, found, locale)
            self._use(active)
            return SpellingState(choice, found, active)

        return self._submit(work)

    def choose(self, choice: str) -> Future[None]:
        """Keep the name of a dictionary, ``OFF``, or an empty text for the computer's language."""

        def work(connection: Connection) -> tuple[None, ChangeSet | None]:
            return None, ChangeSet(spelling=True) if preferences.put(connection, CHOICE, choice) else None

        return self._worker.write(work)

    def check(self, words: Sequence[str]) -> Future[dict[str, bool]]:
        """For each word whether it may stay as it is. Without a dictionary all may."""
        asked = tuple(dict.fromkeys(words))

        def work() -> dict[str, bool]:
            speller = self._speller
            if speller is None or not asked:
                return dict.fromkeys(asked, True)
            kept = self._worker.read(_folded_words).result()
            verdicts = dict.fromkeys(asked, True)
            open_words = [word for word in asked if not spelling.is_kept(word, kept)]
            forms = [spelling.as_asked(word) for word in open_words]
            answers = self._trying(lambda: speller.check(forms))
            verdicts.update(zip(open_words, answers, strict=True))
            return verdicts

        return self._submit(work)

    def suggest(self, word: str) -> Future[tuple[str, ...]]:
        """A few words that may have been meant, the likeliest first."""

        def work() -> tuple[str, ...]:
            speller = self._speller
            if speller is None:
                return ()
            found = self._trying(lambda: speller.suggest(spelling.as_asked(word)))
            different = {each.casefold(): each for each in reversed(found)}
            return tuple(spelling.as_written(each, word) for each in found if each in different.values())

        return self._submit(work)

    def kept(self) -> Future[tuple[str, ...]]:
        """The words that the family spells its own way, by alphabet."""
        return self._worker.browse(rows.kept)

    def keep(self, word: str) -> Future[None]:
        """From now on this word is right, in this book."""

        def work(connection: Connection) -> tuple[None, ChangeSet | None]:
            written = rows.keep(connection, word, stamp(self._clock))
            return None, ChangeSet(spelling=True) if written else None

        return self._worker.write(work)

    def forget(self, word: str) -> Future[None]:
        """The word is compared with the dictionary again."""

        def work(connection: Connection) -> tuple[None, ChangeSet | None]:
            return None, ChangeSet(spelling=True) if rows.forget(connection, word) else None

        return self._worker.write(work)

    def bring(self, file: Path) -> Future[tuple[Dictionary, ...]]:
        """Keep a dictionary that the person has as a file: an .oxt, or a .dic or .aff beside its fellow."""
        return self._submit(lambda: self._dictionaries.bring(file, usable=self._is_usable))

    def close(self) -> None:
        """End the process and the thread; also in the middle of a word. Blocks; may be called again."""
        self._closed = True
        for speller in (self._speller, self._trial):
            if speller is not None:
                speller.close()
        self._lane.shutdown(wait=True)
        self._use(None)

    def _chosen(self, choice: str, found: tuple[Dictionary, ...], locale: str) -> Dictionary | None:
        if not choice:
            return spelling.choose(found, locale)
        return next((each for each in found if each.name == choice), None)

    def _use(self, dictionary: Dictionary | None) -> None:
        self._failures = 0
        present = self._speller
        if present is not None and present.dictionary != dictionary:
            present.close()
            self._speller = None
        if dictionary is not None and self._speller is None and not self._closed:
            self._speller = Speller(dictionary)

    def _trying(self, ask: Callable[[], T]) -> T:
        if self._failures >= _FAILURES:
            raise SpellerStopped
        try:
            answer = ask()
        except SpellerStopped:
            self._failures += 1
            raise
        self._failures = 0
        return answer

    def _is_usable(self, dictionary: Dictionary) -> bool:
        trial = self._trial = Speller(dictionary)
        try:
            return not self._closed and trial.check(["a"]) is not None
        except (DictionaryNotRecognised, SpellerStopped):
            return False
        finally:
            self._trial = None
            trial.close()

    def _submit(self, work: Callable[[], T]) -> Future[T]:
        def unless_closed() -> T:
            if self._closed:  # asked in time, but the thread had not come to it
                raise BookClosed
            return work()

        return submit(self._lane, unless_closed)


def _folded_words(connection: Connection) -> frozenset[str]:
    """The family's own words and every word of the names, as they are compared."""
    words = set(rows.kept(connection))
    for name in rows.names(connection):
        words.update(name[start:end] for start, end in spelling.words_in(name))
    return frozenset(spelling.folded(word) for word in words)
