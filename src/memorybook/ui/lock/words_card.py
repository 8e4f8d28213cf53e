"""The card of the closed book that asks for the recovery words, or for the code beside them."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal

from memorybook.errors import MemoryBookError, RecoveryWordsMistyped, RecoveryWordsOther
from memorybook.ui.core import closed_messages, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.closed_card import Card
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import ElidedLabel, label
from memorybook.ui.kit.word_lines import WordList
from memorybook.ui.kit.words_entry import WordsEntry


class WordsCard(Card):
    """Opens the book of one folder. ``opened`` carries all that was typed, which stays until it opened.

    A slip of the pen on paper or of a finger is one word among twelve: nobody types them all again for it.
    """

    opened = Signal(str)
    passphraseWanted = Signal()

    width_wanted = 580

    def __init__(self, words: WordList) -> None:
        super().__init__(name="words")
        self.lines.addWidget(label(tr("Your recovery words"), "title"))
        self._what = label("", "soft")
        self.lines.addWidget(self._what)
        self._place = ElidedLabel("", "small", elide=Qt.TextElideMode.ElideMiddle)
        self.lines.addWidget(self._place)
        self.entry = WordsEntry(words, name="word")
        self.entry.entered.connect(self._open)
        self.begin_at(self.entry)
        self.lines.addWidget(self.notice)  # above the fields, to the first of which the keyboard goes
        self.lines.addWidget(self.entry)
        self._button = Button(tr("Open the book"), self._open, name="open-with-words", variant="primary")
        self.lines.addWidget(self._button)
        links = FlowLayout(gap=theme.current().px(6), centred=True)
        self._other = Button("", self._switch, name="use-code", variant="link")
        links.addWidget(self._other)
        links.addWidget(label("·", "soft", wraps=False))
        links.addWidget(
            Button(
                tr("Use my passphrase"), self.passphraseWanted.emit, name="use-passphrase", variant="link"
            )
        )
        self.lines.addLayout(links)
        self.entry.codeUsed.connect(self._say_which)
        self._say_which()

    def reset(self, folder: Path) -> None:
        self.forget()
        self.notice.hide()
        self._place.show_text(str(folder))
        self.entry.use_code(used=False)
        self.rest()

    def forget(self) -> None:
        self.entry.forget()

    def rest(self) -> None:
        super().rest()
        self._button.setText(tr("Open the book"))

    def work(self) -> None:
        super().work()
        self._button.setText(tr("Opening…"))

    def say(self, error: MemoryBookError) -> None:
        """Say of words or code, whichever were typed, what is known."""
        if self.entry.uses_code and isinstance(error, RecoveryWordsMistyped):
            text = tr(
                "Your book is safe. The code is not quite as it stands on the sheet. "
                "Take your time, and compare it with the paper once more."
            )
        elif self.entry.uses_code and isinstance(error, RecoveryWordsOther):
            text = tr(
                "Your book is safe. This code is whole, and it belongs to another book or to an earlier "
                "sheet. Please look for the sheet that was made last for this book."
            )
        else:
            text = closed_messages.sentence(error)
        self.notice.say(text)

    def _switch(self) -> None:
        self.notice.hide()
        self.entry.forget()
        self.entry.use_code(used=not self.entry.uses_code)
        self.entry.setFocus()

    def _say_which(self) -> None:
        code = self.entry.uses_code
        self._what.setText(
            tr("The code stands below the words on your recovery sheet. Capitals do not matter.")
            if code
            else tr(
                "They are on your recovery sheet. The first four letters of each word are enough."
            )
        )
        text = tr("Use the words instead") if code else tr("Use the code instead")
        self._other.setText(text)
        self._other.setAccessibleName(text)

    def _open(self) -> None:
        empty = self.entry.first_empty()
        if empty is not None:
            self.notice.say(
                tr("Please type the code first.")
                if self.entry.uses_code
                else tr("Word {number} is still empty.").format(number=empty + 1)
            )
            self.entry.point_to(empty)
        else:
            self.opened.emit(self.entry.text())
