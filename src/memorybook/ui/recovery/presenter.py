"""What the recovery sheet does, and the choice of a new passphrase after its words were used."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from memorybook.errors import MemoryBookError, RecoveryWordsMistyped, RecoveryWordsOther
from memorybook.rendering.recovery_sheet import SheetSize, make_sheet
from memorybook.services import exporting
from memorybook.services.recovery import RecoverySheet
from memorybook.services.ways_in import SheetState, WayIn, WaysIn
from memorybook.ui.core.delivery import Deliver, Run
from memorybook.ui.core.passphrases import PassphraseCheck, Remark

T = TypeVar("T")

class SheetView(Protocol):
    """What the presenter tells the page of the recovery sheet."""

    def show_sheet(self, sheet: RecoverySheet) -> None:
        """The words and the code are on the screen."""

    def show_hidden(self) -> None:
        """The words are not on the screen any more, nor anywhere behind it."""

    def show_state(self, state: SheetState) -> None:
        """What was done with the sheet before."""

    def show_typing_back(self) -> None:
        """The words are hidden and asked for, from the paper."""

    def show_checking(self) -> None:
        """What was typed is compared with the sheet."""

    def show_confirmed(self) -> None:
        """Every word was right."""

    def show_misread(self, error: MemoryBookError, position: int | None) -> None:
        """Not as it stands on the sheet; ``position`` counts from 0 and is the one word to look at."""

    def show_saving(self) -> None:
        """The PDF is being made."""

    def show_saved(self, name: str) -> None:
        """The PDF is where it was asked for, under this name."""

    def show_problem(self, error: MemoryBookError) -> None:
        """Something did not work; the book is as it was."""


class SheetPresenter:
    """Drives one :class:`SheetView`. All methods run on the GUI thread and return at once.

    The sheet is kept for as long as it is shown and not longer.
    """

    def __init__(
        self,
        view: SheetView,
        *,
        ways: WaysIn,
        run: Run,
        deliver: Deliver,
        today: Callable[[], str],
        language: str,
    ) -> None:
        self._view = view
        self._ways = ways
        self._run = run
        self._deliver = deliver
        self._today = today
        self._language = language
        self._sheet: RecoverySheet | None = None
        self._turn = 0

    def show(self) -> None:
        """Bring the words to the screen, and note that they were shown."""
        turn = self._next_turn()

        def came(sheet: RecoverySheet) -> None:
            if turn != self._turn:
                return
            self._sheet = sheet
            self._view.show_sheet(sheet)
            self._deliver(self._ways.mark_sheet_shown(), lambda _: None, self._view.show_problem)

        self._read_state()
        self._deliver(self._ways.sheet(), came, self._view.show_problem)

    def _read_state(self) -> None:
        self._deliver(self._ways.sheet_state(), self._view.show_state, self._view.show_problem)

    def hide(self) -> None:
        """Take the words off the screen; an answer that is on its way stays away."""
        self._next_turn()
        self._sheet = None
        self._view.show_hidden()

    def type_back(self) -> None:
        """Ask for the words as they are on the paper."""
        self.hide()
        self._view.show_typing_back()

    def confirm(self, text: str) -> None:
        """Compare what was typed with the sheet."""
        turn = self._next_turn()
        self._view.show_checking()

        def right(_: None) -> None:
            if turn == self._turn:
                self._view.show_confirmed()
                self._read_state()

        def failed(error: MemoryBookError) -> None:
            if turn != self._turn:
                return
            if isinstance(error, RecoveryWordsMistyped | RecoveryWordsOther):
                self._view.show_misread(error, error.position)
            else:
                self._view.show_misread(error, None)

        self._deliver(self._ways.confirm_sheet(text), right, failed)

    def save(self, path: Path, paper: SheetSize) -> None:
        """Make the page as a PDF and put it at ``path``."""
        sheet = self._sheet
        if sheet is None:
            return
        self._view.show_saving()
        made, language = self._today(), self._language

        def write() -> None:
            exporting.save_pdf(path, [make_sheet(sheet, language=language, page_size=paper, made=made)])

        self._deliver(self._run(write), lambda _: self._view.show_saved(path.name), self._view.show_problem)

    def _next_turn(self) -> int:
        self._turn += 1
        return self._turn


class NewPassphraseView(Protocol):
    """What the presenter tells the page on which a new passphrase is chosen."""

    def show_ways(self, passphrases: Sequence[WayIn]) -> None:
        """Those that can be replaced; none when the key files were made anew and hold none yet."""

    def show_remark(self, remark: Remark) -> None:
        """The passphrase cannot be taken yet, or is worth a second thought."""

    def show_keeping(self) -> None:
        """The new passphrase is being put into the key files."""

    def show_kept(self) -> None:
        """From now on it opens the book."""

    def show_problem(self, error: MemoryBookError) -> None:
        """It was not kept; the ways into the book are as they were."""


class NewPassphrasePresenter:
    """Drives one :class:`NewPassphraseView`. All methods run on the GUI thread and return at once."""

    def __init__(self, view: NewPassphraseView, *, ways: WaysIn, deliver: Deliver) -> None:
        self._view = view
        self._ways = ways
        self._deliver = deliver
        self._check = PassphraseCheck()
        self._busy = False

    def show(self) -> None:
        """List the passphrases there are."""

        def listed(found: Sequence[WayIn]) -> None:
            self._view.show_ways([way for way in found if way.kind == "passphrase"])

        self._deliver(self._ways.all(), listed, self._view.show_problem)

    def keep(self, instead_of: str | None, passphrase: str, again: str) -> None:
        """Put a passphrase in the place of another, by its id, or beside those there are."""
        if self._busy:
            return
        remark = self._check.remark(passphrase, again)
        if remark is not None:
            self._view.show_remark(remark)
            return
        self._busy = True
        self._view.show_keeping()
        if instead_of is None:
            future = self._ways.add_passphrase("", passphrase)
        else:
            future = self._ways.change_passphrase(instead_of, passphrase)

        def kept(_: WayIn) -> None:
            self._busy = False
            self._view.show_kept()

        def failed(error: MemoryBookError) -> None:
            self._busy = False
            self._view.show_problem(error)

        self._deliver(future, kept, failed)
