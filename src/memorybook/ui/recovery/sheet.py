"""The recovery sheet: the twelve words to see, to save and to type back from paper."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from memorybook.domain.dates import VagueDate
from memorybook.errors import MemoryBookError, RecoveryWordsMistyped, RecoveryWordsOther
from memorybook.rendering.recovery_sheet import SheetSize
from memorybook.services.recovery import RecoverySheet
from memorybook.services.ways_in import SheetState
from memorybook.ui.core import dialogs, messages, paper, theme
from memorybook.ui.core.i18n import day_text, tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label, surface
from memorybook.ui.kit.notice import Notice
from memorybook.ui.kit.word_lines import WordList
from memorybook.ui.kit.words_entry import WordsEntry
from memorybook.ui.recovery import presenter as presenting
from memorybook.ui.recovery.words_shown import WordsShown

FILE_NAME = "Memory Book recovery page.pdf"


class SheetPage(QWidget):
    """Shows what :class:`SheetPresenter` says. ``finished`` when the person wants to go on.

    The words are gone from the page as soon as it is left, covered or closed.
    """

    finished = Signal()
    presenter: presenting.SheetPresenter

    def __init__(self, words: WordList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder = Path.home()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scroll = ScrollColumn(width=640)
        outer.addWidget(self._scroll)
        column = self._scroll.column
        column.setSpacing(theme.current().px(14))
        column.addWidget(label(tr("Your recovery sheet"), "title"))
        self._what = label("", "soft")
        column.addWidget(self._what)
        self._state = label("", "small")
        self._state.setObjectName("sheet-page-state")
        column.addWidget(self._state)
        self._reading = self._make_reading()
        self._typing = self._make_typing(words)
        self._typing.hide()
        column.addWidget(self._reading)
        column.addWidget(self._typing)
        self._notice = Notice(name="sheet-page-notice", passing=True)
        column.addWidget(self._notice)
        column.addWidget(self._make_buttons())
        self._where = label(tr("The settings show this sheet again at any time."), "small")
        self._where.setObjectName("sheet-later-where")
        column.addWidget(self._where)
        column.addStretch(1)
        self.set_up(first=False)

    def _make_reading(self) -> QWidget:
        px = theme.current().px
        card = surface("card")
        lines = QVBoxLayout(card)
        lines.setContentsMargins(px(28), px(22), px(28), px(22))
        self.words = WordsShown()
        lines.addWidget(self.words)
        self._show = Button(tr("Show the words"), lambda: self.presenter.show(), name="sheet-show")
        self._show.hide()
        lines.addWidget(self._show, 0, Qt.AlignmentFlag.AlignHCenter)
        return card

    def _make_typing(self, words: WordList) -> QWidget:
        px = theme.current().px
        card = surface("card")
        lines = QVBoxLayout(card)
        lines.setContentsMargins(px(28), px(22), px(28), px(22))
        lines.setSpacing(px(14))
        self.entry = WordsEntry(words, name="back-word")
        self.entry.entered.connect(self._confirm)
        lines.addWidget(self.entry)
        return card

    def _make_buttons(self) -> QWidget:
        row = QWidget()
        buttons = FlowLayout(row, gap=theme.current().px(10))

        def add(text: str, pressed: Callable[[], object], name: str, variant: str = "") -> Button:
            button = Button(text, pressed, name=name, variant=variant)
            buttons.addWidget(button)
            return button

        self._save = add(tr("Save this sheet as a PDF to print"), self._choose_place, "sheet-save", "primary")
        self._back = add(
            tr("Type them back to be sure"), lambda: self.presenter.type_back(), "sheet-type-back"
        )
        self._check = add(tr("Check the words"), self._confirm, "sheet-check", "primary")
        self._see = add(tr("See the words again"), self._see_again, "sheet-see-again")
        self._code = add("", self._switch, "sheet-use-code", "link")
        self._done = add(tr("Go on"), self.finished.emit, "sheet-done", "primary")
        self._later = add(tr("Later"), self.finished.emit, "sheet-later", "link")
        self.entry.codeUsed.connect(self._say_which)
        self._say_which()
        return row

    @property
    def in_setup(self) -> bool:
        """Whether it is shown as the second step of beginning a book."""
        return self._in_setup

    def set_up(self, *, first: bool) -> None:
        """Before it is shown: ``first`` right after the book was begun, otherwise from the settings."""
        self._in_setup = first
        self._notice.hide()
        self._state.hide()
        self._turn_to("reading")
        self._show.hide()
        text = tr("Later") if first else tr("Back to the settings")
        self._later.setText(text)
        self._later.setAccessibleName(text)

    def _turn_to(self, part: str) -> None:
        """Words to read, fields to type them into, or the end of it."""
        reading, typing = part == "reading", part == "typing"
        self._part = part
        self._reading.setVisible(reading)
        self._typing.setVisible(typing)
        for button in (self._save, self._back):
            button.setVisible(reading)
        for button in (self._check, self._see, self._code):
            button.setVisible(typing)
        self._done.setVisible(part == "done")
        self._later.setVisible(part != "done")
        self._where.setVisible(part != "done" and self._in_setup)
        self._what.setVisible(part != "done")
        self._rest()
        self._say_what()

    def _say_what(self) -> None:
        if self._part == "typing":
            self._what.setText(
                tr(
                    "Please type the words from your paper. Four letters of a word are enough. "
                    "Nothing happens if one is not right: you can look again as often as you like."
                )
            )
        else:
            self._what.setText(
                tr(
                    "These twelve words open your book if the passphrase is forgotten or a file is lost. "
                    "Print this sheet or write the words by hand, and keep it in a memory box or wherever "
                    "only people you trust can find it. Nobody else can make these words again for you."
                )
            )

    # what the presenter says

    def show_sheet(self, sheet: RecoverySheet) -> None:
        """The words and the code are on the screen."""
        self._show.hide()
        self.words.show_sheet(sheet)
        self._rest()

    def show_hidden(self) -> None:
        """Neither words nor code are on the screen any more."""
        self.words.forget()
        self.entry.forget()
        self._show.setVisible(self._part == "reading")
        self._rest()

    def show_state(self, state: SheetState) -> None:
        """What was done with the sheet before; nothing right after the book was begun."""
        self._state.setVisible(state.confirmed is not None and not self._in_setup)
        if state.confirmed is not None:
            day = day_text(VagueDate.parse(state.confirmed))
            self._state.setText(tr("You typed them back from paper on {day}.").format(day=day))

    def show_typing_back(self) -> None:
        """The words are hidden and asked for."""
        self._notice.hide()
        self.entry.use_code(used=False)
        self._turn_to("typing")
        self.entry.setFocus()

    def show_checking(self) -> None:
        """What was typed is compared with the sheet."""
        self._notice.hide()
        self._check.setEnabled(False)

    def show_confirmed(self) -> None:
        """Every word was right."""
        self.entry.forget()
        self._turn_to("done")
        self._notice.say(
            tr("Every word is right. This sheet will open your book. Please put it where it is safe.")
        )
        self._done.setFocus()

    def show_misread(self, error: MemoryBookError, position: int | None) -> None:
        """Not as it stands on the sheet."""
        self._rest()
        if position is not None:
            said = tr("Not quite as it stands on the sheet. Please look at word {number} again.")
            self._notice.say(said.format(number=position + 1))
            self.entry.point_to(position)
        elif isinstance(error, RecoveryWordsMistyped | RecoveryWordsOther):
            self._notice.say(
                tr("The code is not quite as it stands on the sheet. Take your time.")
                if self.entry.uses_code
                else tr("Not quite as it stands on the sheet. More than one word differs; take your time.")
            )
            self.entry.setFocus()
        else:
            self._notice.say(messages.sentence(error))

    def show_saving(self) -> None:
        """The PDF is being made."""
        self._notice.hide()
        self._save.setEnabled(False)
        self._save.setText(tr("Making the PDF…"))

    def show_saved(self, name: str) -> None:
        """The PDF is where it was asked for."""
        self._rest()
        said = tr(
            "Saved as {name}. This file is not locked: anyone who has it can open the book. "
            "Please print it, then delete it."
        )
        self._notice.say(said.format(name=name))
        self._scroll.bring_into_view(self._notice)

    def show_problem(self, error: MemoryBookError) -> None:
        """Something did not work."""
        self._rest()
        self._notice.say(messages.sentence(error))
        self._scroll.bring_into_view(self._notice)

    def _rest(self) -> None:
        self._save.setText(tr("Save this sheet as a PDF to print"))
        self._save.setEnabled(self.words.is_shown)
        self._check.setEnabled(True)

    # what the person does

    def hideEvent(self, event: QHideEvent) -> None:
        """Leaving the page takes the words off it."""
        super().hideEvent(event)
        self.hide_words()

    def hide_words(self) -> None:
        """Take the words off the screen; what was typed back so far goes too."""
        self.presenter.hide()

    def _choose_place(self) -> None:
        title = tr("Save your recovery sheet")
        dialogs.choose_pdf(self, self.folder / FILE_NAME, self._save_at, title=title)

    def _save_at(self, path: Path) -> None:
        self.folder = path.parent
        if self.words.is_shown:
            self.presenter.save(path, paper_size())
            return
        # They were covered while the place was being chosen.
        self._notice.say(
            tr("Nothing was saved: the words are hidden. Please show them, then save the sheet.")
        )
        self._scroll.bring_into_view(self._notice)

    def _see_again(self) -> None:
        self._notice.hide()
        self._turn_to("reading")
        self.presenter.show()

    def _switch(self) -> None:
        self.entry.forget()
        self.entry.use_code(used=not self.entry.uses_code)
        self.entry.setFocus()

    def _say_which(self) -> None:
        text = tr("Use the words instead") if self.entry.uses_code else tr("Use the code instead")
        self._code.setText(text)
        self._code.setAccessibleName(text)

    def _confirm(self) -> None:
        empty = self.entry.first_empty()
        if empty is None:
            self.presenter.confirm(self.entry.text())
            return
        self._notice.say(
            tr("Please type the code first.")
            if self.entry.uses_code
            else tr("Word {number} is still empty.").format(number=empty + 1)
        )
        self.entry.point_to(empty)


def paper_size() -> SheetSize:
    """What printers hold where the person lives."""
    return "Letter" if paper.holds_letter() else "A4"


if TYPE_CHECKING:
    _: type[presenting.SheetView] = SheetPage
