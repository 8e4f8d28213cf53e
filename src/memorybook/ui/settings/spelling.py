"""The card of the spelling: which dictionary, another one from a file, and the words that were kept."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from memorybook.domain.spelling import Dictionary
from memorybook.errors import MemoryBookError
from memorybook.services.spelling import OFF, SpellingState
from memorybook.ui.core import dialogs, messages, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.cards import CardButton, SettingsCard
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label, tool_tip
from memorybook.ui.kit.notice import Notice
from memorybook.ui.settings import spelling_presenter as presenting


class SpellingCard(SettingsCard):
    """Shows what :class:`~memorybook.ui.settings.spelling_presenter.SpellingPresenter` says."""

    presenter: presenting.SpellingPresenter

    def __init__(self) -> None:
        super().__init__(tr("Spelling"), name="settings-spelling")
        self.column.addWidget(
            label(
                tr(
                    "Words that the dictionary does not know are underlined while you write. Nothing is "
                    "changed by itself. Names that stand in your book are never underlined."
                ),
                "soft",
            )
        )
        above = label(tr("Dictionary"))
        self.column.addWidget(above)
        self._box = _DictionaryBox()
        above.setBuddy(self._box)  # what a screen reader says before the value
        self._box.activated.connect(lambda at: self.presenter.choose(str(self._box.itemData(at))))
        self.column.addWidget(self._box)
        self._state = label("", "small")
        self._state.setObjectName("spelling-state")
        self.column.addWidget(self._state)
        self._bring = CardButton(
            tr("Add a dictionary from a file"), self._choose_file, name="spelling-bring", variant="link"
        )
        self.column.addWidget(self._bring, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(
            label(
                tr(
                    "Dictionaries that are installed on this computer are found by themselves. One can also "
                    "be added from a file ending in .oxt, as LibreOffice offers them, or in .dic with the "
                    ".aff file beside it. It is copied into the app’s own folder on this computer; the words "
                    "you keep are in this book alone."
                ),
                "small",
            )
        )
        self._kept = _KeptWords(lambda word: self.presenter.forget(word))
        self.column.addWidget(self._kept)
        self.notice = Notice(name="spelling-notice")
        self.column.addWidget(self.notice)

    def _choose_file(self) -> None:
        self.notice.hide()
        dialogs.choose_dictionary(self, Path.home(), lambda file: self.presenter.bring(file))

    # what the presenter says

    def show_state(self, state: SpellingState) -> None:
        """What can be chosen, and what holds."""
        self._box.clear()
        self._box.addItem(tr("None: nothing is underlined"), OFF)
        self._box.addItem(tr("The language of this computer"), "")
        names = sorted((dictionary_name(each.name), each.name) for each in state.found)
        for name, value in names:
            self._box.addItem(name, value)
        if state.is_missing:
            self._box.addItem(dictionary_name(state.choice), state.choice)
        self._box.setCurrentIndex(self._box.findData(state.choice))
        self._state.setText(_told(state))
        self._state.setVisible(bool(self._state.text()))

    def show_words(self, words: Sequence[str]) -> None:
        """The words that the family spells its own way."""
        self._kept.show_words(words)

    def show_brought(self, dictionaries: Sequence[Dictionary]) -> None:
        """These dictionaries can be chosen from now on."""
        names = ", ".join(dictionary_name(each.name) for each in dictionaries)
        self.notice.say(tr("Added: {names}.").format(names=names))

    def show_forgotten(self, word: str) -> None:
        """A word is compared with the dictionary again."""
        self.notice.say(
            tr("“{word}” is off the list.").format(word=word),
            action=tr("Put it back"),
            acts=lambda: self.presenter.keep(word),
        )

    def show_problem(self, error: MemoryBookError) -> None:
        """What did not work."""
        self.notice.say(messages.sentence(error))


class _DictionaryBox(QComboBox):
    """The choice of a dictionary. The wheel scrolls the page, also while the box has the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("spelling-dictionary")
        self.setAccessibleName(tr("Dictionary"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.currentTextChanged.connect(lambda text: self.setToolTip(tool_tip(text)))
        self.setMinimumContentsLength(12)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _KeptWords(QWidget):
    """The kept words, each a button that takes it off the list. It is there once there is one."""

    def __init__(self, forget: Callable[[str], object]) -> None:
        super().__init__()
        self._forget = forget
        px = theme.current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(6), 0, 0)
        column.setSpacing(px(6))
        column.addWidget(label(tr("Words you keep")))
        self._words = QWidget()
        self._flow = FlowLayout(self._words, gap=px(8))
        self._buttons: list[CardButton] = []
        column.addWidget(self._words)
        self.hide()

    def show_words(self, words: Sequence[str]) -> None:
        for old in self._buttons:
            old.hide()
            old.deleteLater()
        self._buttons.clear()
        for word in words:
            button = CardButton(
                word.replace("&", "&&"),
                partial(self._forget, word),
                name="spelling-kept-word",
                variant="chip",
                icon="remove",
                tint="ink_soft",
                says=tr("Take “{word}” off the list").format(word=word),
            )
            button.setToolTip(button.accessibleName())
            self._flow.addWidget(button)
            self._buttons.append(button)
        self.setVisible(bool(words))


def dictionary_name(name: str) -> str:
    """A dictionary's language and country as its speakers write them, or its own name."""
    locale = QLocale(name.replace("-", "_"))
    language = locale.nativeLanguageName()
    if not language or locale.language() is QLocale.Language.C:
        return name
    country = locale.nativeTerritoryName() if {"_", "-"} & set(name) else ""
    text = f"{language} ({country})" if country and not _says_country(locale) else language
    return text[:1].upper() + text[1:]


def _says_country(locale: QLocale) -> bool:
    """Whether the name of the language is that of one country alone, as American English is."""
    every = QLocale.matchingLocales(locale.language(), locale.script(), QLocale.Country.AnyTerritory)
    return sum(other.nativeLanguageName() == locale.nativeLanguageName() for other in every) == 1


def _told(state: SpellingState) -> str:
    if state.is_missing:
        return tr("This dictionary is not on this computer, so nothing is underlined.")
    if state.choice:
        return ""
    if state.active is None:
        return tr("There is no dictionary for this language here, so nothing is underlined.")
    return tr("This is {name} at present.").format(name=dictionary_name(state.active.name))


if TYPE_CHECKING:
    _: type[presenting.SpellingView] = SpellingCard
