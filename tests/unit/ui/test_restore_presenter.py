"""Which step follows while a book is brought back, with real copies below and a screen that is remembered."""

import datetime
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from memorybook import errors
from memorybook.domain.archive import ArchiveForm, ArchiveReport
from memorybook.domain.entry import EntryDraft
from memorybook.domain.restoring import Copy, Restored
from memorybook.domain.salvage import SalvageMarks, SalvageReport
from memorybook.errors import MemoryBookError
from memorybook.services.restoring import Restoring
from memorybook.services.vault import Library, Vault
from memorybook.storage.worker import carry_out
from memorybook.ui.core.course import Course
from memorybook.ui.core.passphrases import Remark
from memorybook.ui.restore.looking import Found
from memorybook.ui.restore.presenter import Reason, RestorePresenter
from tests.books import PASSPHRASE
from tests.unit.ui import immediate


class Screen:
    """What would be shown; ``card`` is the last step."""

    def __init__(self) -> None:
        self.card = ""
        self.found: Sequence[Found] = ()
        self.copies: tuple[Copy, ...] = ()
        self.target = Path()
        self.problems: list[type[MemoryBookError]] = []
        self.remarks: list[Remark] = []
        self.restored: Restored | None = None
        self.replaces = self.by_words = self.locked = self.looking = False
        self.kept: Path | None = None
        self.courses: list[str] = []
        self.gathered: SalvageReport | None = None
        self.read_in: ArchiveReport | None = None

    def show_source(self, book: Path | None, reason: Reason) -> None:
        self.card, self.found = f"source: {reason}", ()

    def show_found(self, found: Sequence[Found]) -> None:
        self.found = found

    def show_looking(self) -> None:
        self.looking = True

    def show_copies(self, found: Found) -> None:
        self.card, self.copies = "copies", found.copies

    def show_key(self, copy: Copy, target: Path) -> None:
        self.card, self.target, self.looking = "key", target, False

    def show_gather_key(self, target: Path) -> None:
        self.card, self.target = "gather", target

    def show_new_book(self, target: Path, *, locked: bool) -> None:
        self.card, self.target, self.locked = "archive", target, locked

    def show_place(self, target: Path) -> None:
        self.target, self.looking = target, False

    def show_remark(self, remark: Remark) -> None:
        self.remarks.append(remark)

    def show_course(self, course: Course, kind: str) -> None:
        self.courses.append(kind)

    def hide_course(self) -> None:
        """Nothing to remember."""

    def show_result(self, restored: Restored, *, replaces: bool) -> None:
        self.card, self.restored, self.replaces = "result", restored, replaces

    def show_read_in(self, target: Path, report: ArchiveReport) -> None:
        self.card, self.target, self.read_in = "read in", target, report

    def show_gathered(self, book: Path, report: SalvageReport) -> None:
        self.card, self.gathered = "gathered", report

    def show_done(self, target: Path, kept: Path | None, *, by_words: bool) -> None:
        self.card, self.target, self.kept, self.by_words = "done", target, kept, by_words

    def marks(self) -> SalvageMarks:
        return SalvageMarks()

    def kept_name(self, name: str, day: datetime.date) -> str:
        return f"{name} until {day.year}"

    def show_problem(self, error: MemoryBookError) -> None:
        self.problems.append(type(error))

    def show_copy_problem(self, error: MemoryBookError, copy: Copy) -> None:
        self.problems.append(type(error))


def untold(_: object) -> None:
    """Of no interest here."""


@pytest.fixture
def around(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The places in which copies are looked for unasked."""
    places: list[Path] = []
    monkeypatch.setattr(Restoring, "nearby", lambda _: tuple(places))
    return places


@pytest.fixture
def desk(library: Library, tmp_path: Path, around: list[Path]) -> tuple[Screen, RestorePresenter]:
    screen = Screen()
    return screen, made(screen, library, tmp_path)


def made(screen: Screen, library: Library, home: Path, **options: Any) -> RestorePresenter:
    return RestorePresenter(
        screen, library=library, run=immediate.run, deliver=immediate.deliver, home=home, **options
    )


def book(library: Library, folder: Path, title: str = "A page") -> Path:
    vault = library.create(folder, PASSPHRASE)
    vault.journal.keep(None, EntryDraft(title=title, body=title)).result()
    vault.close()
    return folder


@pytest.fixture
def opened(library: Library, tmp_path: Path) -> Iterator[Vault]:
    """A book with two copies in a place."""
    vault = library.create(tmp_path / "book", PASSPHRASE)
    (tmp_path / "place").mkdir()
    place = vault.backups.add_place(tmp_path / "place").result()
    for title in ("First", "Second"):
        vault.journal.keep(None, EntryDraft(title=title, body=title)).result()
        vault.backups.copy(place.id, untold, threading.Event()).result()
    yield vault
    vault.close()


def test_a_copy_takes_the_place_of_its_own_book_alone(
    library: Library, tmp_path: Path, desk: tuple[Screen, RestorePresenter]
) -> None:
    screen, presenter = desk
    ours, theirs = book(library, tmp_path / "ours"), book(library, tmp_path / "theirs")
    shutil.copytree(ours, tmp_path / "copy")
    for reason in ("wanted", "damaged"):
        presenter.begin(theirs, reason)  # type: ignore[arg-type]  # one of its values
        presenter.look_at(tmp_path / "copy")
        assert (screen.card, screen.target) == ("key", tmp_path / "Memory Book")
    presenter.begin(ours, "wanted")
    presenter.look_at(tmp_path / "copy")
    assert screen.target == ours
    presenter.choose_place(theirs)
    assert screen.target == theirs / "Memory Book", "a folder with something in it is never built over"
    presenter.begin(tmp_path / "no drive" / "book", "missing")
    presenter.look_at(tmp_path / "copy")
    assert screen.target == tmp_path / "Memory Book"


def test_a_book_goes_to_the_place_that_was_chosen_last_however_late_its_drive_answers(
    library: Library, tmp_path: Path, around: list[Path]
) -> None:
    screen = Screen()
    answers: list[Callable[[], None]] = []
    answers_late = False

    def deliver(future: Future[Any], done: Callable[[Any], None], failed: Any, /) -> None:
        answers.append(lambda: immediate.deliver(future, done, failed))
        if not answers_late:
            answers.pop()()

    presenter = RestorePresenter(screen, library=library, run=immediate.run, deliver=deliver, home=tmp_path)
    shutil.copytree(book(library, tmp_path / "ours"), tmp_path / "copy")
    presenter.begin(None, "wanted")
    presenter.look_at(tmp_path / "copy")
    assert screen.target == tmp_path / "Memory Book"
    answers_late = True
    presenter.choose_place(tmp_path / "there")
    presenter.give_passphrase(PASSPHRASE)
    assert (screen.courses, screen.looking) == ([], True)
    answers_late = False
    answers.pop()()
    assert screen.restored is not None
    assert screen.restored.target == screen.target == tmp_path / "there"
    presenter.drop()


def test_going_back_while_a_book_is_put_in_its_place_takes_nothing_away(
    library: Library, tmp_path: Path, around: list[Path]
) -> None:
    screen = Screen()
    works: list[Callable[[], None]] = []
    runs_late = False

    def run(work: Callable[[], Any], /) -> Future[Any]:
        future: Future[Any] = Future()
        works.append(lambda: carry_out(future, work))
        if not runs_late:
            works.pop()()
        return future

    def deliver(future: Future[Any], done: Callable[[Any], None], failed: Any, /) -> None:
        future.add_done_callback(lambda _: immediate.deliver(future, done, failed))

    presenter = RestorePresenter(screen, library=library, run=run, deliver=deliver, home=tmp_path)
    ours = book(library, tmp_path / "ours")
    shutil.copytree(ours, tmp_path / "copy")
    presenter.begin(ours, "wanted")
    presenter.look_at(tmp_path / "copy")
    presenter.give_passphrase(PASSPHRASE)
    assert screen.restored is not None
    before = sorted(path.name for path in screen.restored.folder.iterdir())
    runs_late = True
    presenter.take()
    presenter.leave()
    for work in reversed(works):  # on two threads, either may be the first
        work()
    assert screen.card == "done"
    assert sorted(path.name for path in ours.iterdir()) == before
    library.open(ours, PASSPHRASE).close()


def test_what_was_not_agreed_to_is_taken_away(
    library: Library, tmp_path: Path, desk: tuple[Screen, RestorePresenter]
) -> None:
    screen, presenter = desk
    ours = book(library, tmp_path / "ours")
    shutil.copytree(ours, tmp_path / "copy")
    presenter.begin(ours, "wanted")
    presenter.look_at(tmp_path / "copy")
    presenter.give_passphrase("another one")
    assert screen.problems == [errors.WrongPassphrase]
    presenter.give_passphrase(PASSPHRASE)
    assert screen.card == "result"
    assert screen.replaces
    assert screen.restored is not None
    assert screen.restored.counts.pages == 1
    presenter.leave()
    assert not screen.restored.folder.exists()
    presenter.take()
    assert screen.card == "source: wanted", "there is nothing any more that could be put in its place"

    presenter.look_at(tmp_path / "copy")
    presenter.give_passphrase(PASSPHRASE)
    presenter.take()
    assert screen.card == "done"
    assert screen.kept is not None
    assert screen.kept.name.startswith("ours until 20")
    library.open(ours, PASSPHRASE).close()
    library.open(screen.kept, PASSPHRASE).close()


def test_copies_of_several_books_are_told_apart(
    library: Library, tmp_path: Path, desk: tuple[Screen, RestorePresenter], around: list[Path]
) -> None:
    screen, presenter = desk
    stick = tmp_path / "stick"
    for name in ("one", "two"):
        book(library, stick / name)
    around.append(stick)
    presenter.begin(None, "wanted")
    assert [len(each.copies) for each in screen.found] == [1, 1]
    presenter.use_found(1)
    assert screen.card == "key"
    presenter.look_at(stick)
    assert screen.card == "source: wanted"
    assert len({each.copies[0].book for each in screen.found}) == 2


def test_an_answer_that_comes_late_changes_nothing(
    library: Library, tmp_path: Path, around: list[Path]
) -> None:
    waiting: list[Callable[[], None]] = []

    def deliver(future: Future[Any], done: Callable[[Any], None], failed: Callable[..., None], /) -> None:
        waiting.append(lambda: immediate.deliver(future, done, failed))

    screen = Screen()
    presenter = RestorePresenter(screen, library=library, run=immediate.run, deliver=deliver, home=tmp_path)
    copy = book(library, tmp_path / "copy")
    (tmp_path / "empty").mkdir()
    around.append(copy)
    presenter.begin(None, "wanted")
    presenter.look_at(tmp_path / "empty")
    presenter.look_at(copy)
    assert len(waiting) == 3
    waiting.pop(0)()
    waiting.pop(0)()
    assert not screen.found
    assert not screen.problems
    waiting.pop(0)()
    waiting.pop(0)()
    assert screen.card == "key"


def test_an_open_book_has_its_own_earlier_states_without_a_key(
    library: Library, tmp_path: Path, opened: Vault, around: list[Path]
) -> None:
    book(library, tmp_path / "place" / "another book")
    around += [tmp_path, tmp_path / "place"]
    screen, agreed = Screen(), list[Restored]()
    presenter = made(
        screen,
        library,
        tmp_path,
        own=opened.way_into_copies,
        own_book=opened.book_id,
        places=lambda: [tmp_path / "place"],
        placed=agreed.append,
    )
    presenter.begin(opened.folder, "earlier")
    (found,) = screen.found
    assert [copy.sequence for copy in found.copies] == [2, 1], "once, without the book itself or another one"
    presenter.use_found(0)
    presenter.choose(1)
    assert screen.card == "result"
    assert screen.replaces
    assert not agreed
    presenter.take()
    (restored,) = agreed
    assert restored.counts.pages == 1
    presenter.drop()
    assert restored.folder.is_dir(), "what was agreed to is not thrown away as the page is left"
    library.restoring.discard(restored)


def test_a_copy_from_before_a_sheet_was_withdrawn_asks_for_its_key(
    library: Library, tmp_path: Path, opened: Vault, around: list[Path]
) -> None:
    stop = threading.Event()
    opened.ways.withdraw_sheet("another passphrase", "", progress=lambda *_: None, stop=stop).result()
    opened.close()
    again = library.open(opened.folder, "another passphrase")
    try:
        screen = Screen()
        presenter = made(screen, library, tmp_path, own=again.way_into_copies, own_book=again.book_id)
        presenter.begin(again.folder, "earlier")
        presenter.look_at(tmp_path / "place")
        presenter.choose(0)
        assert screen.card == "key"
        assert not screen.problems
        presenter.give_passphrase(PASSPHRASE)
        assert screen.card == "result"
        presenter.leave()
    finally:
        again.close()


def test_an_archive_leads_to_a_new_book(
    library: Library, tmp_path: Path, opened: Vault, desk: tuple[Screen, RestorePresenter]
) -> None:
    screen, presenter = desk
    archive, stop = tmp_path / "archive", threading.Event()
    opened.archive.save(archive, ArchiveForm.FOLDER, told=untold, stop=stop).result()
    presenter.begin(None, "wanted")
    presenter.look_at(archive)
    assert (screen.card, screen.locked) == ("archive", False)
    presenter.make_book("", "a long passphrase", "a long one")
    presenter.make_book("", "short", "short")
    assert screen.remarks == ["differ", "short"]
    presenter.make_book("", "short", "short")
    assert screen.card == "read in"
    assert screen.read_in is not None
    assert screen.read_in.counts.pages == 2
    library.open(screen.target, "short").close()


def test_what_is_left_of_a_damaged_book_is_gathered_beside_it(
    library: Library, tmp_path: Path, desk: tuple[Screen, RestorePresenter]
) -> None:
    screen, presenter = desk
    damaged = book(library, tmp_path / "damaged")
    with (damaged / "book.db").open("r+b") as database:
        database.write(bytes(4096))
    presenter.begin(damaged, "damaged")
    presenter.gather()
    assert screen.card == "gather"
    assert screen.target.parent == tmp_path
    presenter.give_passphrase("another one")
    assert screen.problems == [errors.WrongPassphrase]
    presenter.give_passphrase(PASSPHRASE)
    assert screen.card == "gathered"
    assert screen.gathered is not None
    assert screen.gathered.pages.whole == 1
    library.open(screen.gathered.folder, PASSPHRASE).close()


def test_a_damaged_copy_leads_to_the_next_one_and_to_what_is_left_of_it(
    library: Library, tmp_path: Path, opened: Vault, desk: tuple[Screen, RestorePresenter]
) -> None:
    screen, presenter = desk
    opened.close()
    snapshots = sorted((tmp_path / "place").rglob("book.db"))
    content = bytearray(snapshots[-1].read_bytes())
    content[2 * 4096 + 100] ^= 1
    snapshots[-1].write_bytes(content)
    presenter.begin(None, "wanted")
    presenter.look_at(tmp_path / "place")
    presenter.choose(0)
    presenter.give_passphrase(PASSPHRASE)
    assert screen.problems == [errors.CopyDamaged]
    assert screen.card == "copies"
    presenter.gather(screen.copies[0])
    assert screen.card == "gather"
    presenter.give_passphrase(PASSPHRASE)
    assert screen.card == "gathered"
    assert screen.gathered is not None
    assert screen.gathered.pages.whole >= 1
    library.open(screen.gathered.folder, PASSPHRASE).close()
