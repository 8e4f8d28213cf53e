"""The card of the words used in this book: the one for a baby, and the name under one's own letters."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.cards import SettingsCard
from memorybook.ui.kit.fields import LabelledLine
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.word_choice import WordChoice

_PAUSE_MS = 700
_LONGEST = 200


class WordsCard(SettingsCard):
    """``word_kept`` and ``name_kept`` store what is chosen or typed; either may be empty.

    Only what the person touched is stored, and nothing is shown over it: the other one may not be read yet.
    """

    def __init__(self, *, word_kept: Callable[[str], object], name_kept: Callable[[str], object]) -> None:
        super().__init__(tr("The words used in this book"), name="settings-words")
        self._word_kept, self._name_kept = word_kept, name_kept
        self.column.addWidget(
            label(tr("Where there is no name, this word stands in its place, here and in print."), "soft")
        )
        self._word = WordChoice(name="book-word")
        self.column.addWidget(self._word)
        self._name = LabelledLine(tr("The name under your own letters, in print"), name="own-name")
        self._name.line.setMaxLength(_LONGEST)
        self.column.addWidget(self._name)
        self.column.addWidget(label(tr("It may stay empty: then nothing stands there."), "small"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._keep)
        self._touched: set[QWidget] = set()
        self._word.changed.connect(lambda: self._touch(self._word))
        self._name.line.textEdited.connect(lambda: self._touch(self._name))
        self._name.line.editingFinished.connect(self.keep_now)

    def _touch(self, part: QWidget) -> None:
        self._touched.add(part)
        self._pause.start()

    def keep_now(self) -> None:
        """Store what was chosen and typed, without waiting for the pause."""
        if self._pause.isActive():
            self._pause.stop()
            self._keep()

    def _keep(self) -> None:
        touched, self._touched = self._touched, set()
        word = self._word.word()
        if self._word in touched and word:  # an own word that is not typed yet leaves the one from before
            self._word_kept(word)
        if self._name in touched:
            self._name_kept(self._name.text().strip())

    def show_words(self, word: str, name: str) -> None:
        """What is kept; what was touched since stays as it is."""
        if self._word not in self._touched and not self._word.line_has_focus:
            self._word.show_word(word)
        if self._name not in self._touched and self._name.text().strip() != name:
            self._name.line.setText(name)
