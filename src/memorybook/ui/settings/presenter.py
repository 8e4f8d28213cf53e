"""What the settings decide about the ways into a book: what is checked, what is said, what is shown anew."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol, TypeVar

from memorybook.domain.backup import Step
from memorybook.errors import KeyringError, MemoryBookError
from memorybook.services.ways_in import KeyringState, SheetState, WayIn, WaysIn
from memorybook.ui.core.course import Course
from memorybook.ui.core.delivery import Deliver
from memorybook.ui.core.passphrases import PassphraseCheck, Remark

T = TypeVar("T")

_WRITING = "writing"


@dataclass(frozen=True, slots=True)
class WayRow:
    """One passphrase as it is listed. ``label`` may be empty; ``last`` ones cannot be removed."""

    id: str
    label: str
    since: str
    last: bool


class PassphraseForm(Protocol):
    """A small window in which a passphrase is chosen, twice, and perhaps whose it is."""

    def show_remark(self, remark: Remark) -> None:
        """The passphrase cannot be taken yet, or is worth a second thought."""

    def show_saving(self) -> None:
        """It is being kept; the window stays alive."""

    def show_problem(self, error: MemoryBookError) -> None:
        """It was not kept; another try is possible."""

    def finish(self) -> None:
        """Go away: everything is kept, or what follows is shown elsewhere."""


class Writing(Protocol):
    """What shows how far a book is that is being written anew."""

    def finish(self) -> None:
        """Go away."""


class SettingsView(Protocol):
    """What the presenter tells the screen."""

    def show_ways(self, ways: Sequence[WayRow]) -> None:
        """The passphrases that open the book."""

    def show_way_added(self) -> None:
        """One more passphrase opens the book."""

    def show_way_changed(self) -> None:
        """Another passphrase took the place of one."""

    def show_way_removed(self) -> None:
        """A passphrase does not open the book any more."""

    def show_ways_problem(self, error: MemoryBookError) -> None:
        """Something about the passphrases did not work."""

    def show_sheet(self, state: SheetState) -> None:
        """What is known of the recovery sheet."""

    def show_sheet_problem(self, error: MemoryBookError) -> None:
        """Something about the page did not work; the book goes on as it was."""

    def show_keyring(self, *, on: bool) -> None:
        """The keyring can be used, and whether it is."""

    def show_keyring_asked(self) -> None:
        """The keyring is being asked, which may take a while."""

    def show_no_keyring(self, error: KeyringError | None, *, on: bool) -> None:
        """The keyring cannot be used, and why; ``on`` when this computer was remembered before."""

    def show_keyring_forgotten(self) -> None:
        """The computer does not open the book by itself any more."""

    def show_keyring_half_left(self) -> None:
        """The half beside the book is gone, the one in the keyring could not be reached."""

    def show_keyring_problem(self, error: MemoryBookError) -> None:
        """Something about the keyring did not work."""


class NewPassphrase:
    """One :class:`PassphraseForm` while it is open. ``take`` gets label and passphrase once they hold."""

    def __init__(self, form: PassphraseForm, take: Callable[["NewPassphrase", str, str], object]) -> None:
        self._form: PassphraseForm | None = form
        self._take = take
        self._check = PassphraseCheck()

    def give(self, label: str, passphrase: str, again: str) -> None:
        """What was typed; a short passphrase is remarked on once and taken the second time."""
        if self._form is None:
            return
        remark = self._check.remark(passphrase, again)
        if remark is not None:
            self._form.show_remark(remark)
            return
        self._form.show_saving()
        self._take(self, label.strip(), passphrase)

    def finish(self) -> None:
        """Let the window go, if it is still there."""
        form = self._form
        self.leave()
        if form is not None:
            form.finish()

    def refuse(self, error: MemoryBookError) -> bool:
        """Say in the window what happened; ``False`` when it is gone already."""
        if self._form is not None:
            self._form.show_problem(error)
        return self._form is not None

    def leave(self) -> None:
        """The window is gone: nothing that was typed is remembered, nothing more is told to it."""
        self._form = None
        self._check.forget()


class SettingsPresenter:
    """Drives one :class:`SettingsView`. All methods run on the GUI thread and return at once.

    ``withdrawn`` is called once the book was written anew and can only be opened again, with the number of
    photos that could not be read before either.
    """

    def __init__(
        self, view: SettingsView, *, ways: WaysIn, deliver: Deliver, withdrawn: Callable[[int], object]
    ) -> None:
        self._view = view
        self._ways = ways
        self._deliver = deliver
        self._withdrawn = withdrawn
        self._course: Course | None = None

    def show(self) -> None:
        """Read everything anew."""
        self._list()
        self._read_sheet()
        self._read_keyring()

    def _list(self) -> None:
        def listed(found: Sequence[WayIn]) -> None:
            passphrases = [way for way in found if way.kind == "passphrase"]
            last = len(passphrases) == 1
            self._view.show_ways([WayRow(way.id, way.label, way.created, last) for way in passphrases])

        self._deliver(self._ways.all(), listed, self._view.show_ways_problem)

    def _read_sheet(self) -> None:
        self._deliver(self._ways.sheet_state(), self._view.show_sheet, self._view.show_sheet_problem)

    # passphrases

    def add(self, form: PassphraseForm) -> NewPassphrase:
        """One more passphrase is being chosen."""

        def take(chosen: NewPassphrase, label: str, passphrase: str) -> None:
            self._keep(chosen, self._ways.add_passphrase(label, passphrase), self._view.show_way_added)

        return NewPassphrase(form, take)

    def change(self, way_id: str, form: PassphraseForm) -> NewPassphrase:
        """A passphrase that takes the place of another is being chosen. Its label stays."""

        def take(chosen: NewPassphrase, _: str, passphrase: str) -> None:
            self._keep(chosen, self._ways.change_passphrase(way_id, passphrase), self._view.show_way_changed)

        return NewPassphrase(form, take)

    def _keep(self, chosen: NewPassphrase, future: Future[T], said: Callable[[], None]) -> None:
        def kept(_: T) -> None:
            chosen.finish()
            self._list()
            said()

        def failed(error: MemoryBookError) -> None:
            self._list()
            if not chosen.refuse(error):
                self._view.show_ways_problem(error)

        self._deliver(future, kept, failed)

    def rename(self, way_id: str, label: str) -> None:
        """Call a passphrase something else, or nothing."""
        self._deliver(
            self._ways.rename(way_id, label.strip()), lambda _: self._list(), self._view.show_ways_problem
        )

    def remove(self, way_id: str) -> None:
        """Take a passphrase away, once the person has said so."""

        def removed(_: object) -> None:
            self._list()
            self._view.show_way_removed()

        def failed(error: MemoryBookError) -> None:
            self._list()
            self._view.show_ways_problem(error)

        self._deliver(self._ways.remove(way_id), removed, failed)

    # the keyring

    def look_for_keyring(self) -> None:
        """Look once more whether this computer's keyring can be used."""
        self._view.show_keyring_asked()
        self._read_keyring()

    def _read_keyring(self) -> None:
        def known(state: KeyringState) -> None:
            if state.offered:
                self._view.show_keyring(on=state.on)
            else:
                self._view.show_no_keyring(state.problem, on=state.on)

        self._deliver(self._ways.keyring_state(), known, self._view.show_keyring_problem)

    def use_keyring(self, *, on: bool) -> None:
        """Let this computer open the book without the passphrase, or no longer."""
        self._view.show_keyring_asked()

        def failed(error: MemoryBookError) -> None:
            self._read_keyring()
            if isinstance(error, KeyringError) and not on:
                self._view.show_keyring_half_left()
            else:
                self._view.show_keyring_problem(error)

        def forgotten(_: object) -> None:
            self._read_keyring()
            self._view.show_keyring_forgotten()

        if on:
            self._deliver(self._ways.remember_here(), lambda _: self._read_keyring(), failed)
        else:
            self._deliver(self._ways.forget_here(), forgotten, failed)

    # another sheet

    def withdraw(self, form: PassphraseForm, begin: Callable[[Course], Writing]) -> NewPassphrase:
        """The passphrase of a book written anew is being chosen; ``begin`` shows how far the writing is."""

        def take(chosen: NewPassphrase, label: str, passphrase: str) -> None:
            course = self._course = Course()
            future = self._ways.withdraw_sheet(
                passphrase,
                label,
                progress=lambda done, total: course.told(Step(_WRITING, done, total)),
                stop=course.stop,
            )
            chosen.finish()
            shown = begin(course)

            def done(unreadable: int) -> None:
                self._course = None
                shown.finish()
                self._withdrawn(unreadable)

            def failed(error: MemoryBookError) -> None:
                self._course = None
                shown.finish()
                self._view.show_sheet_problem(error)

            self._deliver(future, done, failed)

        return NewPassphrase(form, take)

    @property
    def is_withdrawing(self) -> bool:
        """Whether the book is being written anew, or is about to stop being so."""
        return self._course is not None

    def leave(self) -> None:
        """The book is being closed: a book that is being written anew is given up, the old one stays."""
        if self._course is not None:
            self._course.stop.set()
