"""The card that asks for the passphrase or the words of what is brought back, and says where it will be."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from memorybook.errors import MemoryBookError, RecoveryWordsMistyped, RecoveryWordsOther
from memorybook.ui.core import closed_messages, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.closed_card import Card
from memorybook.ui.kit.fields import PassphraseLine, passphrase_remark
from memorybook.ui.kit.labels import ElidedLabel, label
from memorybook.ui.kit.word_lines import WordList
from memorybook.ui.kit.words_entry import WordsEntry


class KeyCard(Card):
    """``passphraseGiven`` and ``wordsGiven`` carry what was typed; words stay until they opened something."""

    passphraseGiven = Signal(str)
    wordsGiven = Signal(str)
    placeWanted = Signal()

    width_wanted = 580

    def __init__(self, words: WordList) -> None:
        super().__init__(name="key")
        self._title = label("", "title")
        self.lines.addWidget(self._title)
        self._about = label("", "soft")
        self.lines.addWidget(self._about)
        self.passphrase = PassphraseLine(tr("Passphrase"), name="restore-passphrase")
        self.passphrase.line.returnPressed.connect(self._go_on)
        self._words_about = label(
            tr("The first four letters of each word are enough. Pasting all of them at once works too."),
            "soft",
        )
        self.entry = WordsEntry(words, name="restore-word")
        self.entry.entered.connect(self._go_on)
        self.lines.addWidget(self.notice)
        self.lines.addWidget(self.passphrase)
        self.lines.addWidget(self._words_about)
        self.lines.addWidget(self.entry)
        self._where = self._place_row()
        self.lines.addWidget(self._where)
        self._button = Button("", self._go_on, name="restore-go-on", variant="primary")
        self.lines.addWidget(self._button)
        self._other = Button("", self._switch, name="restore-use-other", variant="link")
        self.lines.addWidget(self._other, 0, Qt.AlignmentFlag.AlignHCenter)
        self._by_words = False
        self._ask(by_words=False)

    def _place_row(self) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.current().px(8))
        across.addWidget(label(tr("It is put into"), "field", wraps=False))
        self._place = ElidedLabel("", "small", elide=Qt.TextElideMode.ElideMiddle)
        self._place.setObjectName("restore-place")
        across.addWidget(self._place, 1)
        across.addWidget(
            Button(tr("Change"), self.placeWanted.emit, name="restore-change-place", variant="link")
        )
        return row

    def ask(self, title: str, about: str, go_on: str, place: str) -> None:
        """Begin anew, with nothing typed."""
        self.forget()
        self._title.setText(title)
        self._about.setText(about)
        self._button.setText(go_on)
        self._button.setAccessibleName(go_on)
        self.show_place(place)
        self.notice.hide()
        self._ask(by_words=self._by_words)
        self.rest()

    def show_place(self, place: str) -> None:
        """Where the book that is brought back will be."""
        self._place.show_text(place)

    def forget(self) -> None:
        self.passphrase.forget()
        self.entry.forget()

    def say(self, error: MemoryBookError) -> None:
        """What happened, and where there is one, which word to look at again."""
        self.rest()
        if isinstance(error, RecoveryWordsMistyped | RecoveryWordsOther) and error.position is not None:
            self.notice.say(
                tr("Nothing was changed. Please look at word {number} again.").format(
                    number=error.position + 1
                )
            )
            self.entry.point_to(error.position)
            return
        self.notice.say(closed_messages.sentence(error))
        self.setFocus()

    def _switch(self) -> None:
        self.notice.hide()
        self.forget()
        self._ask(by_words=not self._by_words)
        self.setFocus()

    def _ask(self, *, by_words: bool) -> None:
        self._by_words = by_words
        self.passphrase.setVisible(not by_words)
        self.entry.setVisible(by_words)
        self._words_about.setVisible(by_words)
        if by_words:
            self.entry.use_code(used=False)
        self.begin_at(self.entry if by_words else self.passphrase)
        text = tr("Use the passphrase instead") if by_words else tr("Use the recovery words instead")
        self._other.setText(text)
        self._other.setAccessibleName(text)

    def _go_on(self) -> None:
        if not self._by_words:
            typed = self.passphrase.text()
            if typed:
                self.passphrase.forget()
                self.passphraseGiven.emit(typed)
            else:
                self.notice.say(passphrase_remark("missing"))
            return
        empty = self.entry.first_empty()
        if empty is None:
            self.wordsGiven.emit(self.entry.text())
        elif self.entry.uses_code:
            self.notice.say(tr("Please type the code first."))
        else:
            self.notice.say(tr("Word {number} is still empty.").format(number=empty + 1))
            self.entry.point_to(empty)
