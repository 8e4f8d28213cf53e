"""Everything that can still be read of a damaged book, in a new one. The damaged one is only read.

The rows come from SQLite, as far as it still reads the database, and from its pages one by one; each goes in
when it agrees with its digest. The photos and recordings are copied and compared, and those of which nothing
is written down any more are recognised by their files. The new book has the same key. It is made in a hidden
folder beside the place it is for, and has its name once it is whole.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from memorybook.domain.backup import Step, Told
from memorybook.domain.salvage import SalvageMarks, SalvageReport
from memorybook.errors import (
    BookMissing,
    BookOpenElsewhere,
    BookReadOnly,
    FolderInUse,
    RestoreNeedsRoom,
    StorageFull,
)
from memorybook.files import translate_os_error
from memorybook.services import salvaging_keys
from memorybook.services.salvaging_work import SalvagingWork
from memorybook.services.times import stamp
from memorybook.storage import lock, salvage_files
from memorybook.storage.book import DATABASE, MEDIA
from memorybook.storage.faults import DatabaseFault, translate
from memorybook.storage.lock import BookLock
from memorybook.system.clock import Clock
from memorybook.system.decoder import Decoder


def _nobody(_step: Step) -> None: ...


class BookSalvage:
    """Blocks: for threads that may wait, never the window's. One book at a time, in any thread."""

    def __init__(self, decoder: Decoder, clock: Clock) -> None:
        self._decoder = decoder
        self._clock = clock

    def free_folder(self, book: Path) -> Path:
        """A name for the new book beside the damaged one that nothing has yet. Nothing is made."""
        number, free = 2, book.with_name(f"{book.name} brought back")
        while os.path.lexists(free):
            free = book.with_name(f"{book.name} brought back {number}")
            number += 1
        return free

    def salvage(
        self,
        book: Path,
        to: Path,
        *,
        passphrase: str | None = None,
        words: str | None = None,
        told: Told = _nobody,
        stop: threading.Event | None = None,
        marks: SalvageMarks | None = None,
    ) -> SalvageReport:
        """Take what is left of the book in ``book`` into a new one in ``to``, which is absent or empty.

        It opens with the same passphrase and the same words. ``marks`` are what stands in it where something
        is not whole. After ``stop`` it goes no further within 100 ms, but for deriving the key and for a look
        at a recording; removing what was made may take longer.
        Raises WrongPassphrase, NoPassphrase, KeyFilesDamaged, KeyFilesMissing, RecoveryWordsMistyped,
        RecoveryWordsOther, BookMissing, BookNewer, BookOpenElsewhere, FolderInUse, NothingToSalvage,
        SalvageStopped, RestoreNeedsRoom, BookReadOnly (the folder of the new book) or StorageFailed; then no
        new book is there. ``ValueError`` unless one of passphrase and words is given.
        """
        if (passphrase is None) == (words is None):
            raise ValueError("a passphrase or words")
        book, to = book.absolute(), to.absolute()
        if to == book or book in to.parents:
            raise FolderInUse
        with self._held(book):
            if not (book / DATABASE).is_file() and not salvage_files.media_in(book / MEDIA):
                raise BookMissing
            if words is not None:
                key = salvaging_keys.by_words(book, words)
            else:
                key = salvaging_keys.by_passphrase(book, passphrase or "")
            workshop = salvage_files.workshop_for(to)
            try:
                work = SalvagingWork(
                    book,
                    workshop,
                    key,
                    self._decoder,
                    at=stamp(self._clock),
                    told=told,
                    stop=stop or threading.Event(),
                    marks=marks or SalvageMarks(),
                )
                with BookLock(workshop):
                    report = work.run(to, salvaging_keys.refuse(book, key, words))
                    salvage_files.put_new_book(workshop, to)
            except DatabaseFault as error:
                salvage_files.give_up(workshop)
                problem = translate(error, workshop / DATABASE)
                if problem is None:
                    raise
                raise (RestoreNeedsRoom() if isinstance(problem, StorageFull) else problem) from None
            except StorageFull:
                salvage_files.give_up(workshop)
                raise RestoreNeedsRoom from None
            except OSError as error:
                salvage_files.give_up(workshop)
                refused = translate_os_error(error)
                raise (RestoreNeedsRoom() if isinstance(refused, StorageFull) else refused) from None
            except BaseException:
                salvage_files.give_up(workshop)
                raise
        return report

    @contextmanager
    def _held(self, book: Path) -> Iterator[None]:
        """Nobody opens the book meanwhile, where that can be seen to without changing its folder."""
        if lock.is_held(book):
            raise BookOpenElsewhere
        with ExitStack() as held:
            if (book / lock.NAME).is_file():
                with suppress(BookReadOnly):  # nobody can open it there
                    held.enter_context(BookLock(book))
            yield
