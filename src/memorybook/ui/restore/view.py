"""The screen on which a book is brought back: one card in the middle, a step at a time."""

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from memorybook.domain.archive import ArchiveReport
from memorybook.domain.restoring import Copy, Restored
from memorybook.domain.salvage import SalvageMarks, SalvageReport
from memorybook.errors import MemoryBookError
from memorybook.ui.core import closed_messages, copy_words, dialogs
from memorybook.ui.core.course import Course
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.passphrases import Remark
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.card_page import CardPage
from memorybook.ui.kit.fields import passphrase_remark
from memorybook.ui.kit.progress_sheet import ProgressSheet
from memorybook.ui.kit.word_lines import WordList
from memorybook.ui.restore import presenter as presenting
from memorybook.ui.restore import wording
from memorybook.ui.restore.copies_card import CopiesCard
from memorybook.ui.restore.key_card import KeyCard
from memorybook.ui.restore.long_work import Kind
from memorybook.ui.restore.looking import Found
from memorybook.ui.restore.new_book_card import NewBookCard
from memorybook.ui.restore.result_card import DoneCard, Findings, ResultCard
from memorybook.ui.restore.source_card import SourceCard

_BY_WORDS = True


class RestorePage(CardPage):
    """Shows what :class:`~memorybook.ui.restore.presenter.RestorePresenter` says.

    ``openWanted`` carries the folder of the book that is back and whether its words have to open it;
    ``backWanted`` leads to where one came from. ``opened`` is for the page inside an open book.
    """

    openWanted = Signal(Path, bool)
    backWanted = Signal()
    presenter: presenting.RestorePresenter

    def __init__(
        self,
        words: WordList,
        *,
        now: Callable[[], datetime.datetime],
        opened: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ground="paper" if opened else "linen", parent=parent)
        self._source, self._copies, self._key = SourceCard(), CopiesCard(), KeyCard(words)
        self._new_book, self._result, self._done = NewBookCard(), ResultCard(), DoneCard()
        self.set_cards(
            self._source, self._copies, self._key, self._new_book, self._result, self._done
        )
        self._now, self._opened = now, opened
        self._sheet: ProgressSheet | None = None
        self._take: Callable[[], object] = lambda: None
        self._back = Button(tr("Back"), self._go_back, name="restore-back", variant="support", icon="back",
                            tint="sage")  # fmt: skip
        self.put_below(self._back)
        self._connect()

    def _connect(self) -> None:
        source, copies, key = self._source, self._copies, self._key
        source.folderWanted.connect(self._choose_folder)
        source.fileWanted.connect(self._choose_file)
        source.foundChosen.connect(lambda number: self.presenter.use_found(number))
        source.rescueWanted.connect(lambda: self.presenter.gather())
        copies.chosen.connect(lambda number: self.presenter.choose(number))
        copies.otherWanted.connect(lambda: self.presenter.start_again())
        key.passphraseGiven.connect(lambda text: self.presenter.give_passphrase(text))
        key.wordsGiven.connect(lambda text: self.presenter.give_words(text))
        key.placeWanted.connect(self._choose_place)
        self._new_book.placeWanted.connect(self._choose_place)
        self._new_book.given.connect(lambda *typed: self.presenter.make_book(*typed))
        self._result.takeWanted.connect(lambda: self._take())
        self._result.leaveWanted.connect(lambda: self.presenter.leave())
        self._done.openWanted.connect(lambda: self._take())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._go_back()
        else:
            super().keyPressEvent(event)

    def _go_back(self) -> None:
        """One step back; from the first and the last one to where one came from."""
        if self.shown is self._done:
            self._take()
        elif self.shown is self._source:
            self.presenter.drop()
            self.backWanted.emit()
        elif self.shown is self._result:
            self.presenter.leave()
        else:
            self.presenter.start_again()

    def _choose_folder(self) -> None:
        dialogs.choose_folder(
            self,
            tr("Choose the folder with the copy"),
            Path.home(),
            lambda path: self.presenter.look_at(path),
        )

    def _choose_file(self) -> None:
        dialogs.choose_source(
            self, tr("Choose the copy"), Path.home(), lambda path: self.presenter.look_at(path)
        )

    def _choose_place(self) -> None:
        dialogs.choose_folder(
            self,
            tr("Choose where the book is kept"),
            Path.home(),
            lambda folder: self.presenter.choose_place(folder),
        )

    # what the presenter says

    def show_source(self, book: Path | None, reason: presenting.Reason) -> None:
        """Ask where the copy is."""
        title, about = wording.source(book, reason)
        self._source.ask(title, about, rescue=reason == "damaged")
        self.turn_to(self._source)

    def show_found(self, found: Sequence[Found]) -> None:
        """Offer places that hold copies."""
        self._source.rest()
        self._source.show_found([wording.found(each, self._now()) for each in found])

    def show_looking(self) -> None:
        """Wait for an answer."""
        self.shown.work()

    def show_copies(self, found: Found) -> None:
        """Ask which copy."""
        rows = [wording.row(copy, self._now()) for copy in found.copies]
        whole = [number for number, copy in enumerate(found.copies) if copy.looks_complete]
        self._copies.show_copies(str(found.place), rows, whole[0] if whole else 0)
        self.turn_to(self._copies)

    def show_key(self, copy: Copy, target: Path) -> None:
        """Ask for the passphrase or the words of a copy."""
        self._key.ask(
            tr("Open the copy"),
            wording.key(copy, self._now()),
            tr("Check it and bring it back"),
            str(target),
        )
        self.turn_to(self._key)

    def show_gather_key(self, target: Path) -> None:
        """Ask for the passphrase or the words of the damaged book."""
        self._key.ask(
            tr("Gather what can be read"),
            tr(
                "The passphrase or the recovery words are needed to read what is left. The same ones open "
                "the new book."
            ),
            tr("Gather it"),
            str(target),
        )
        self.turn_to(self._key)

    def show_new_book(self, target: Path, *, locked: bool) -> None:
        """Ask for the passphrase of the new book."""
        self._new_book.ask(str(target), locked=locked)
        self.turn_to(self._new_book)

    def show_place(self, target: Path) -> None:
        """The book goes there; what is asked for can be given again."""
        self.shown.rest()
        self._key.show_place(str(target))
        self._new_book.show_place(str(target))

    def show_remark(self, remark: Remark) -> None:
        """The passphrase cannot be taken yet, or is worth a second thought."""
        self._new_book.notice.say(passphrase_remark(remark))
        self.scrolled.bring_into_view(self._new_book.notice)

    def show_course(self, course: Course, kind: Kind) -> None:
        """Something long has begun."""
        title, meaning = wording.title_of(kind)
        self.shown.notice.hide()
        self._sheet = ProgressSheet(
            self, title, meaning, course, lambda step: wording.step(kind, step), name="restoring"
        )
        self._sheet.open()

    def hide_course(self) -> None:
        """It has ended."""
        if self._sheet is not None:
            self._sheet.finish()
            self._sheet = None

    def show_result(self, restored: Restored, *, replaces: bool) -> None:
        """What was brought back, and whether it takes the place of a book that is there."""
        self._show_findings(
            wording.restored(restored, self._now(), replaces=replaces, opened=self._opened),
            lambda: self.presenter.take(),
        )

    def show_read_in(self, target: Path, report: ArchiveReport) -> None:
        """The new book is there."""
        self._show_findings(
            wording.read_in(target, report), lambda: self.openWanted.emit(target, not _BY_WORDS)
        )

    def show_gathered(self, book: Path, report: SalvageReport) -> None:
        """What is in the new book, and what is not."""
        self._show_findings(
            wording.gathered(book, report),
            lambda: self.openWanted.emit(report.folder, not report.has_passphrase),
        )

    def _show_findings(self, findings: Findings, take: Callable[[], object]) -> None:
        self._take = take
        self._result.show_findings(findings)
        self.turn_to(self._result)

    def show_done(self, target: Path, kept: Path | None, *, by_words: bool) -> None:
        """The book is back."""
        before = ""
        if kept is not None:
            before = tr(
                "The book that was there before is kept beside it, in “{name}”. Nothing of it was deleted."
            ).format(name=kept.name)
        where = tr("It is in {folder}.").format(folder=target)
        if by_words:
            words = tr("Its recovery words open it. A new passphrase can be chosen then.")
            where = f"{where} {words}"
        self._done.tell(tr("Your book is back"), where, before)
        self._take = lambda: self.openWanted.emit(target, by_words)
        self.turn_to(self._done)

    def kept_name(self, name: str, day: datetime.date) -> str:
        """What the folder of a book is called from now on that another one took the place of."""
        return copy_words.kept_name(name, day)

    def marks(self) -> SalvageMarks:
        """The words that mark what is not whole."""
        return wording.marks()

    def show_problem(self, error: MemoryBookError) -> None:
        """Say what happened, on the card that is shown."""
        self.shown.rest()
        if self.shown is self._key:
            self._key.say(error)
        else:
            self.shown.notice.say(closed_messages.sentence(error))
            self.shown.setFocus()
        self.scrolled.bring_into_view(self.shown.notice)

    def show_copy_problem(self, error: MemoryBookError, copy: Copy) -> None:
        """A copy will not do; what can be read of it can be gathered."""
        self.shown.notice.say(
            closed_messages.sentence(error),
            action=tr("Gather what can be read of it"),
            acts=lambda: self.presenter.gather(copy),
        )
        self.scrolled.bring_into_view(self.shown.notice)


if TYPE_CHECKING:
    _: type[presenting.RestoreView] = RestorePage
