"""What the settings decide, with a real book and without a screen."""

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

import pytest

from memorybook.domain.backup import Step
from memorybook.domain.entry import EntryDraft
from memorybook.errors import (
    BookClosed,
    KeyringError,
    KeyringUnavailable,
    LastWayIn,
    MemoryBookError,
    RecoveryWordsOther,
    RenewalStopped,
    WrongPassphrase,
)
from memorybook.services.vault import Library, Vault
from memorybook.services.ways_in import SheetState
from memorybook.ui.core.course import Course
from memorybook.ui.core.passphrases import Remark
from memorybook.ui.settings.presenter import NewPassphrase, SettingsPresenter, WayRow
from tests.books import PASSPHRASE

T = TypeVar("T")
ANOTHER = "a lantern carried over water"


def deliver(
    future: Future[T], done: Callable[[T], None], failed: Callable[[MemoryBookError], None], /
) -> None:
    """At once, on this thread: what is tested is what happens with the answer."""
    error = future.exception(timeout=30)
    if error is None:
        done(future.result())
    else:
        assert isinstance(error, MemoryBookError)
        failed(error)


class Seen:
    """A screen of which one sees only what it was told."""

    def __init__(self) -> None:
        self.ways: Sequence[WayRow] = ()
        self.sheet = SheetState("never told", None)
        self.said: list[str] = []
        self.problems: list[MemoryBookError] = []

    def show_ways(self, ways: Sequence[WayRow]) -> None:
        self.ways = ways

    def show_way_added(self) -> None:
        self.said.append("added")

    def show_way_changed(self) -> None:
        self.said.append("changed")

    def show_way_removed(self) -> None:
        self.said.append("removed")

    def show_ways_problem(self, error: MemoryBookError) -> None:
        self.problems.append(error)

    def show_sheet(self, state: SheetState) -> None:
        self.sheet = state

    def show_sheet_problem(self, error: MemoryBookError) -> None:
        self.problems.append(error)

    def show_keyring(self, *, on: bool) -> None:
        self.said.append(f"keyring {'on' if on else 'off'}")

    def show_keyring_asked(self) -> None:
        self.said.append("asking")

    def show_no_keyring(self, error: KeyringError | None, *, on: bool) -> None:
        self.said.append(f"no keyring: {type(error).__name__}, {'on' if on else 'off'}")

    def show_keyring_forgotten(self) -> None:
        self.said.append("forgotten")

    def show_keyring_half_left(self) -> None:
        self.said.append("half left")

    def show_keyring_problem(self, error: MemoryBookError) -> None:
        self.problems.append(error)


class Form:
    """A small window of which one sees only what it was told."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.problems: list[MemoryBookError] = []

    def show_remark(self, remark: Remark) -> None:
        self.said.append(remark)

    def show_saving(self) -> None:
        self.said.append("saving")

    def show_problem(self, error: MemoryBookError) -> None:
        self.problems.append(error)

    def finish(self) -> None:
        self.said.append("finished")


class Shown:
    """What shows how far the writing is."""

    def __init__(self) -> None:
        self.finished = 0

    def finish(self) -> None:
        self.finished += 1


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def withdrawn() -> list[int]:
    return []


@pytest.fixture
def presenter(seen: Seen, vault: Vault, withdrawn: list[int]) -> SettingsPresenter:
    made = SettingsPresenter(
        seen, ways=vault.ways, deliver=deliver, withdrawn=withdrawn.append
    )
    made.show()
    return made


def opens(library: Library, folder: Path, passphrase: str) -> bool:
    try:
        library.open(folder, passphrase).close()
    except WrongPassphrase:
        return False
    return True


def add(presenter: SettingsPresenter, label: str, passphrase: str) -> Form:
    form = Form()
    presenter.add(form).give(label, passphrase, passphrase)
    return form


def test_the_only_passphrase_is_listed_and_cannot_be_removed(
    presenter: SettingsPresenter, seen: Seen
) -> None:
    (only,) = seen.ways
    assert only.last
    assert only.label == ""
    assert seen.sheet == SheetState(None, None)
    presenter.remove(only.id)
    assert [type(problem) for problem in seen.problems] == [LastWayIn]
    assert list(seen.ways) == [only]
    assert seen.said.count("removed") == 0


def test_a_second_passphrase_opens_the_book_and_the_first_can_go(
    presenter: SettingsPresenter, seen: Seen, vault: Vault, library: Library
) -> None:
    form = add(presenter, "  Sam’s ", ANOTHER)
    assert form.said == ["saving", "finished"]
    assert [row.label for row in seen.ways] == ["", "Sam’s"]
    assert not any(row.last for row in seen.ways)
    presenter.remove(seen.ways[0].id)
    assert [(row.label, row.last) for row in seen.ways] == [("Sam’s", True)]
    assert [said for said in seen.said if "keyring" not in said and said != "asking"] == ["added", "removed"]
    vault.close()
    assert opens(library, vault.folder, ANOTHER)
    assert not opens(library, vault.folder, PASSPHRASE)


def test_a_changed_passphrase_keeps_its_label_and_the_old_one_is_refused(
    presenter: SettingsPresenter, seen: Seen, vault: Vault, library: Library
) -> None:
    presenter.rename(seen.ways[0].id, " Mine ")
    assert [row.label for row in seen.ways] == ["Mine"]
    form = Form()
    presenter.change(seen.ways[0].id, form).give("", ANOTHER, ANOTHER)
    assert form.said == ["saving", "finished"]
    assert [row.label for row in seen.ways] == ["Mine"]
    assert "changed" in seen.said
    vault.close()
    assert opens(library, vault.folder, ANOTHER)
    assert not opens(library, vault.folder, PASSPHRASE)


def test_what_was_typed_is_looked_at_before_it_is_taken(presenter: SettingsPresenter, seen: Seen) -> None:
    form = Form()
    chosen = presenter.add(form)
    chosen.give("Sam’s", "", "")
    chosen.give("Sam’s", ANOTHER, "something else")
    chosen.give("Sam’s", "short", "short")
    assert form.said == ["missing", "differ", "short"]
    assert len(seen.ways) == 1
    chosen.give("Sam’s", "short", "short")
    assert form.said[3:] == ["saving", "finished"]
    assert len(seen.ways) == 2


def test_a_window_that_was_left_is_told_nothing_more(seen: Seen, vault: Vault) -> None:
    waiting: list[Callable[[], None]] = []

    def later(
        future: Future[T], done: Callable[[T], None], failed: Callable[[MemoryBookError], None], /
    ) -> None:
        waiting.append(lambda: deliver(future, done, failed))

    presenter = SettingsPresenter(seen, ways=vault.ways, deliver=later, withdrawn=lambda _: None)
    form = Form()
    chosen = presenter.add(form)
    chosen.give("Sam’s", ANOTHER, ANOTHER)
    chosen.leave()
    while waiting:
        waiting.pop(0)()
    assert form.said == ["saving"]
    assert [row.label for row in seen.ways] == ["", "Sam’s"]
    chosen.give("Sam’s", ANOTHER, ANOTHER)
    assert form.said == ["saving"]
    assert waiting == []


def test_a_passphrase_that_cannot_be_kept_is_told_in_its_window(
    presenter: SettingsPresenter, seen: Seen, vault: Vault
) -> None:
    vault.close()
    form = add(presenter, "Sam’s", ANOTHER)
    assert [type(problem) for problem in form.problems] == [BookClosed]
    assert form.said == ["saving"]


class Wish:
    """The window of a withdrawal up to the writing, and what stood there while the book was written."""

    def __init__(self, presenter: SettingsPresenter, *, stop: bool = False) -> None:
        self.form, self.shown = Form(), Shown()
        self.course: Course | None = None
        self._stop = stop
        self.chosen: NewPassphrase = presenter.withdraw(self.form, self._begin)

    def _begin(self, course: Course) -> Shown:
        self.course = course
        if self._stop:
            course.stop.set()
        return self.shown


def test_a_withdrawn_sheet_opens_nothing_any_more(
    presenter: SettingsPresenter, seen: Seen, vault: Vault, library: Library, withdrawn: list[int]
) -> None:
    vault.journal.keep(None, EntryDraft(title="The garden", body="We planted the maple.\n")).result()
    words = " ".join(vault.ways.sheet().result().words)
    add(presenter, "Sam’s", "one for Sam to keep")
    wish = Wish(presenter)
    wish.chosen.give("Mine", ANOTHER, ANOTHER)
    assert wish.form.said == ["saving", "finished"]
    assert wish.shown.finished == 1
    assert withdrawn == [0]
    assert wish.course is not None
    assert 0 < wish.course.step.done <= wish.course.step.total
    vault.close()
    for old in (PASSPHRASE, "one for Sam to keep"):
        assert not opens(library, vault.folder, old)
    with pytest.raises(RecoveryWordsOther):
        library.open_with_words(vault.folder, words)
    again = library.open(vault.folder, ANOTHER)
    try:
        (row,) = again.journal.all_for_book().result()
        assert row.title == "The garden"
        (way,) = again.ways.all().result()
        assert way.label == "Mine"
        assert again.ways.sheet_state().result() == SheetState(None, None)
    finally:
        again.close()


@pytest.fixture
def large(vault: Vault) -> Vault:
    """A book that takes a while to be written anew, so that it can be stopped on the way."""
    for number in range(40):
        body = os.urandom(60_000).hex()
        vault.journal.keep(None, EntryDraft(title=str(number), body=body)).result()
    return vault


def test_a_writing_that_is_stopped_leaves_the_book_as_it_was(
    presenter: SettingsPresenter, seen: Seen, large: Vault, library: Library, withdrawn: list[int]
) -> None:
    before = {path.name for path in large.folder.iterdir()}
    wish = Wish(presenter, stop=True)
    wish.chosen.give("", ANOTHER, ANOTHER)
    assert [type(problem) for problem in seen.problems] == [RenewalStopped]
    assert wish.shown.finished == 1
    assert withdrawn == []
    assert large.journal.count().result() == 40
    large.close()
    assert {path.name for path in large.folder.iterdir()} - before <= {"book.page1"}
    assert opens(library, large.folder, PASSPHRASE)
    assert not opens(library, large.folder, ANOTHER)


def test_closing_the_book_stops_the_writing(
    seen: Seen, large: Vault, library: Library, withdrawn: list[int]
) -> None:
    answers: list[Callable[[], None]] = []

    def later(
        future: Future[T], done: Callable[[T], None], failed: Callable[[MemoryBookError], None], /
    ) -> None:
        answers.append(lambda: deliver(future, done, failed))

    presenter = SettingsPresenter(
        seen, ways=large.ways, deliver=later, withdrawn=withdrawn.append
    )
    wish = Wish(presenter)
    wish.chosen.give("", ANOTHER, ANOTHER)
    presenter.leave()
    large.close()
    assert wish.course is not None
    assert wish.course.is_stopping
    assert opens(library, large.folder, PASSPHRASE)


def test_a_renewal_can_be_told_from_another_thread() -> None:
    course = Course()
    teller = threading.Thread(target=lambda: course.told(Step("writing", 3, 8)))
    teller.start()
    teller.join()
    assert (course.step.done, course.step.total) == (3, 8)


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without a session bus, so that no keyring answers."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")


@pytest.mark.usefixtures("silent")
def test_a_keyring_that_is_not_there_is_not_offered(seen: Seen, vault: Vault) -> None:
    presenter = SettingsPresenter(seen, ways=vault.ways, deliver=deliver, withdrawn=lambda _: None)
    presenter.show()
    assert seen.said == ["no keyring: KeyringUnavailable, off"]
    presenter.look_for_keyring()
    assert seen.said[1:] == ["asking", "no keyring: KeyringUnavailable, off"]
    presenter.use_keyring(on=True)
    assert [type(problem) for problem in seen.problems] == [KeyringUnavailable]
    assert seen.said[-1] == "no keyring: KeyringUnavailable, off"


@pytest.mark.desktop
def test_the_keyring_is_used_and_left_again(seen: Seen, vault: Vault, library: Library) -> None:
    presenter = SettingsPresenter(seen, ways=vault.ways, deliver=deliver, withdrawn=lambda _: None)
    presenter.show()
    assert seen.said == ["keyring off"]
    presenter.use_keyring(on=True)
    assert seen.said[1:] == ["asking", "keyring on"]
    presenter.show()
    assert len(seen.ways) == 1, "the keyring is no passphrase"
    assert library.remembers(vault.folder)
    presenter.use_keyring(on=False)
    assert seen.said[-3:] == ["asking", "keyring off", "forgotten"]
    assert not library.remembers(vault.folder)
    assert seen.problems == []


@pytest.mark.desktop
def test_a_half_that_cannot_be_removed_is_told_and_removed_later(
    seen: Seen, vault: Vault, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    presenter = SettingsPresenter(seen, ways=vault.ways, deliver=deliver, withdrawn=lambda _: None)
    presenter.use_keyring(on=True)
    with monkeypatch.context() as patched:
        patched.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
        presenter.use_keyring(on=False)
    assert seen.said[-1] == "half left"
    assert not library.remembers(vault.folder)
    presenter.use_keyring(on=False)
    assert seen.said[-1] == "forgotten"
    assert seen.problems == []
