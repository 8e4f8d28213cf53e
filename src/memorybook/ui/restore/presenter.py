"""What bringing a book back does: what is looked for, which step follows, what is thrown away again."""

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, Protocol, TypeVar

from memorybook.domain.restoring import Copy, Restored
from memorybook.errors import (
    ArchiveLocked,
    CopyDamaged,
    CopyForeign,
    MemoryBookError,
    NoCopyHere,
    NotAnArchive,
    RecoveryWordsOther,
)
from memorybook.services.archiving import reading
from memorybook.services.restoring import ByPassphrase, ByWords, Way
from memorybook.services.vault import Library
from memorybook.ui.core.book_folders import (
    BOOK_FOLDER_NAME,
    free_folder,
    free_or_inside,
    has_content,
)
from memorybook.ui.core.delivery import Deliver, Run
from memorybook.ui.restore.archives import ArchiveView, ReadingIn
from memorybook.ui.restore.folders import place_for
from memorybook.ui.restore.gathering import Gathering, GatherView
from memorybook.ui.restore.long_work import CourseView, LongWork
from memorybook.ui.restore.looking import Found, Looking

T = TypeVar("T")

Reason = Literal["wanted", "missing", "damaged", "earlier"]
"""Why a book is brought back: as asked for, because it is not there or not readable, for an earlier state."""


class RestoreView(ArchiveView, GatherView, CourseView, Protocol):
    """What the presenter tells the screen."""

    def show_source(self, book: Path | None, reason: Reason) -> None:
        """Ask where the copy is."""

    def show_found(self, found: Sequence[Found]) -> None:
        """Offer places that hold copies; asked again with others when several books lie in one place."""

    def show_looking(self) -> None:
        """Wait for an answer."""

    def show_copies(self, found: Found) -> None:
        """Ask which copy."""

    def show_key(self, copy: Copy, target: Path) -> None:
        """Ask for the passphrase or the words of a copy."""

    def show_result(self, restored: Restored, *, replaces: bool) -> None:
        """What was brought back, and whether it takes the place of a book that is there."""

    def kept_name(self, name: str, day: datetime.date) -> str:
        """What the folder of a book is called from now on that another one took the place of."""

    def show_done(self, target: Path, kept: Path | None, *, by_words: bool) -> None:
        """The book is back; the one that was there is kept. ``by_words`` when no passphrase opens it yet."""

    def show_copy_problem(self, error: MemoryBookError, copy: Copy) -> None:
        """A copy will not do; another one may, and what can be read of this one can be gathered."""


class RestorePresenter:
    """Drives one :class:`RestoreView`. All methods run on the GUI thread and return at once.

    ``own`` is the way that an open book has into its copies: then nothing is asked for them, and none of
    other books than ``own_book`` are offered. ``places`` are where it is known to have some; it may block.
    ``placed`` takes over once the person has agreed to an earlier state of an open book, which has to be
    closed first; without it the book is put in its place here.
    """

    def __init__(
        self,
        view: RestoreView,
        *,
        library: Library,
        run: Run,
        deliver: Deliver,
        home: Path,
        own: Way | None = None,
        own_book: str = "",
        places: Callable[[], Sequence[Path]] = tuple,
        placed: Callable[[Restored], object] | None = None,
    ) -> None:
        self._view = view
        self._library = library
        self._run = run
        self._deliver = deliver
        self._home = home
        self._own, self._own_book = own, own_book
        self._looking = Looking(library, places)
        self._placed = placed
        self._work = LongWork(view, run, deliver)
        self._reading_in = ReadingIn(view, library=library, work=self._work)
        self._gathering = Gathering(view, library=library, work=self._work)
        self._turn = 0  # what was asked for last: a slow drive may answer late
        self._book: Path | None = None
        self._reason: Reason = "wanted"
        self._found: Sequence[Found] = ()
        self._chosen: Found | None = None
        self._copy: Copy | None = None
        self._target = Path()
        self._put_into: Callable[[Path], object] = self._put_copy_into
        self._gathers = False
        self._finding = False  # where it goes
        self._then: Callable[[], None] | None = None
        self._restored: Restored | None = None

    def begin(self, book: Path | None, reason: Reason) -> None:
        """Ask where from, and meanwhile look where copies usually are. ``book`` is the folder in question."""
        self._book, self._reason = book, reason
        self.start_again()
        turn = self._turn

        def looked(found: Sequence[Found]) -> None:
            if turn == self._turn and found:
                self._found = found
                self._view.show_found(found)

        self._deliver(self._run(lambda: self._looking.around(self._own_book)), looked, lambda _: None)

    def start_again(self) -> None:
        """Back to where from."""
        self.drop()
        self._found = ()
        self._view.show_source(self._book, self._reason)

    def look_at(self, path: Path) -> None:
        """See what is in a folder or file that was chosen: copies, or an archive."""
        turn = self._next_turn()
        self._view.show_looking()

        def look() -> Callable[[], None]:
            try:
                locked = reading.look(path).is_locked
            except ArchiveLocked:
                locked = True
            except NotAnArchive:
                found = self._looking.at(path, self._own_book)
                return lambda: self._offer(found)
            target = free_folder(self._home)
            return lambda: self._read_in(path, target, locked=locked)

        self._deliver(self._run(look), self._if_still(turn, lambda go_on: go_on()), self._unless(turn))

    def _offer(self, found: Sequence[Found]) -> None:
        if not found:
            self._view.show_problem(NoCopyHere())
        elif len(found) > 1:
            self._found = found
            self._view.show_source(self._book, self._reason)
            self._view.show_found(found)
        else:
            self._show(found[0])

    def use_found(self, number: int) -> None:
        """One of the places that were offered."""
        self._next_turn()
        self._show(self._found[number])

    def _show(self, found: Found) -> None:
        self._chosen = found
        if len(found.copies) == 1:
            self.choose(0)
        else:
            self._view.show_copies(found)

    # a copy

    def choose(self, number: int) -> None:
        """One of the copies in the place."""
        if self._chosen is None:
            return
        copy = self._copy = self._chosen.copies[number]
        turn = self._next_turn()
        self._view.show_looking()

        def settled(target: Path) -> None:
            self._target = target
            self._gathers, self._put_into = False, self._put_copy_into
            if self._own is not None and self._reason == "earlier":
                self._take(self._own)
            else:
                self._view.show_key(copy, target)

        book, sure = self._book, self._reason != "wanted"
        work = self._run(lambda: place_for(copy, book, self._library.restoring, self._home, sure=sure))
        self._deliver(work, self._if_still(turn, settled), self._unless(turn))

    def _put_copy_into(self, target: Path) -> None:
        self._target = target
        self._view.show_place(target)

    def choose_place(self, folder: Path) -> None:
        """Put it there: into the folder itself when it is empty, else into one of its own inside."""
        turn = self._next_turn()
        self._finding = True

        def found(target: Path) -> None:
            self._finding = False
            self._put_into(target)
            then, self._then = self._then, None
            if then is not None:
                then()

        def failed(error: MemoryBookError) -> None:
            self._finding, self._then = False, None
            self._view.show_problem(error)

        work = self._run(lambda: free_or_inside(folder))
        self._deliver(work, self._if_still(turn, found), self._if_still(turn, failed))

    def _once_found(self, act: Callable[[], None]) -> None:
        """Never into the place that was offered before, while another is being looked at."""
        if self._finding:
            self._then = act
            self._view.show_looking()  # nothing that is typed from now on would count
        else:
            act()

    def give_passphrase(self, passphrase: str) -> None:
        """Open the copy, or the damaged book, with a passphrase."""
        if self._gathers:
            self._once_found(lambda: self._gathering.go(passphrase=passphrase))
        else:
            self._once_found(lambda: self._take(ByPassphrase(passphrase)))

    def give_words(self, text: str) -> None:
        """The same with the words of its sheet, or the code."""
        if self._gathers:
            self._once_found(lambda: self._gathering.go(words=text))
        else:
            self._once_found(lambda: self._take(ByWords(text)))

    def _take(self, way: Way) -> None:
        copy, target = self._copy, self._target
        if copy is None:
            return

        def taken(answer: tuple[Restored, bool]) -> None:
            self._restored, replaces = answer
            self._view.show_result(self._restored, replaces=replaces)

        def failed(error: MemoryBookError) -> None:
            if isinstance(error, CopyDamaged | CopyForeign):
                self._back_to_copies()
                self._view.show_copy_problem(error, copy)
                return
            if way is self._own and isinstance(error, RecoveryWordsOther):  # a sheet was withdrawn since
                self._view.show_key(copy, target)
                return
            if way is self._own:
                self._back_to_copies()
            self._view.show_problem(error)

        def too_late(answer: tuple[Restored, bool]) -> None:
            self._discard(answer[0])
            self._back_to_copies()

        self._work.go(
            "copy",
            lambda course: (
                self._library.restoring.take(copy, target, way, course.told, course.stop),
                has_content(target),
            ),
            taken,
            failed,
            too_late,
        )

    def _back_to_copies(self) -> None:
        if self._chosen is not None and len(self._chosen.copies) > 1:
            self._view.show_copies(self._chosen)
        else:
            self._view.show_source(self._book, self._reason)
            self._view.show_found(self._found)

    def take(self) -> None:
        """The person agreed: the book that was brought back goes where it belongs."""
        restored = self._restored
        if restored is None:
            return
        self._restored = None  # from now on whoever goes back takes nothing away
        if self._placed is not None:
            self._placed(restored)
            return
        turn = self._turn
        self._view.show_looking()

        def placed(kept: Path | None) -> None:
            self._view.show_done(restored.target, kept, by_words=not restored.has_passphrase)

        def failed(error: MemoryBookError) -> None:
            if turn == self._turn:
                self._restored = restored
            else:
                self._discard(restored)
            self._view.show_problem(error)

        work = self._run(lambda: self._library.restoring.put_in_place(restored, self._view.kept_name))
        self._deliver(work, placed, failed)

    def leave(self) -> None:
        """Not this one: what was copied is taken away again, and nothing else has changed."""
        self.drop()
        self._back_to_copies()

    def drop(self) -> None:
        """What was brought back and not put in place is taken away; late answers are not heard any more."""
        self._next_turn()
        restored, self._restored = self._restored, None
        if restored is not None:
            self._discard(restored)

    def _discard(self, restored: Restored) -> None:
        work = self._run(lambda: self._library.restoring.discard(restored))
        self._deliver(work, lambda _: None, lambda _: None)

    # without a copy, and from an archive

    def gather(self, copy: Copy | None = None) -> None:
        """Gather what can be read of the damaged book, or of a copy that is damaged too."""
        damaged = copy or self._book
        if damaged is None:
            return
        turn = self._next_turn()
        self._view.show_looking()

        def found(target: Path) -> None:
            self._gathers, self._put_into = True, self._gathering.put_into
            self._gathering.begin(damaged, target)

        def free() -> Path:
            beside = self._book or self._home / BOOK_FOLDER_NAME
            return self._library.salvaging.free_folder(beside)

        self._deliver(self._run(free), self._if_still(turn, found), self._unless(turn))

    def _read_in(self, source: Path, target: Path, *, locked: bool) -> None:
        self._put_into = self._reading_in.put_into
        self._reading_in.begin(source, target, locked=locked)

    def make_book(self, password: str, passphrase: str, again: str) -> None:
        """Make a book of the archive."""
        self._once_found(lambda: self._reading_in.make(password, passphrase, again))

    def stop(self) -> None:
        """The window closes: what runs ends soon, and leaves nothing behind."""
        self._work.stop()

    @property
    def is_busy(self) -> bool:
        """Whether something long runs."""
        return self._work.is_busy

    def _next_turn(self) -> int:
        self._turn += 1
        self._finding, self._then = False, None
        return self._turn

    def _if_still(self, turn: int, act: Callable[[T], object]) -> Callable[[T], None]:
        """``act``, unless something else was asked for meanwhile."""

        def heard(answer: T) -> None:
            if turn == self._turn:
                act(answer)

        return heard

    def _unless(self, turn: int) -> Callable[[MemoryBookError], None]:
        return self._if_still(turn, self._view.show_problem)
