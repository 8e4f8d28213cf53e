"""The head of the support pane: its title, what to look for, the language and the country."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from memorybook.domain.support import Country
from memorybook.ui.core import theme
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.fields import OWN_WORDS
from memorybook.ui.kit.flow import FlowLayout, lie_or_stand
from memorybook.ui.kit.labels import LineLabel, label
from memorybook.ui.support import tongue, wording
from memorybook.ui.support.tongue import tr

_LEAST = 200  # pixels as drawn, of a list to choose from
_ONE_LINE = 860  # pixels at 100 %, of the whole pane
_PAUSE_MS = 150  # between a letter and what it asks for
_SEARCH_WIDTH = 220


class Head(QWidget):
    """``backWanted`` comes from a closed book only; ``entered`` when Return is pressed in the search."""

    backWanted = Signal()
    lookedFor = Signal(str)
    entered = Signal()
    languageChosen = Signal(str)
    countryChosen = Signal(str)

    def __init__(self, *, closed: bool) -> None:
        super().__init__()
        px = theme.current().px
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._head.setContentsMargins(0, 0, 0, 0)
        self._head.setSpacing(px(8))
        titled = QHBoxLayout()
        titled.setSpacing(px(12))
        if closed:
            back = Button(
                tr("Back"), self.backWanted.emit, name="support-back", variant="quiet", icon="back"
            )
            titled.addWidget(back)
        titled.addWidget(LineLabel(tr("Support"), "title"), 1)
        self._head.addLayout(titled, 1)
        fields = QWidget()
        self._fields = FlowLayout(fields, gap=px(8), one_line=True)
        self.search = SearchLine()
        self.search.lookedFor.connect(self.lookedFor)
        self.search.returnPressed.connect(self.entered)
        self._fields.addWidget(self.search)
        self.language = ChoiceBox("support-language", tr("Language"))
        for code in tongue.languages():
            self.language.addItem(wording.LANGUAGE_NAMES.get(code, code), code)
        self.language.setCurrentIndex(self.language.findData(tongue.current()))
        self.language.settled.connect(self.languageChosen)
        self._fields.addWidget(self.language)
        self.country = ChoiceBox("support-country", tr("Country"))
        self.country.settled.connect(self.countryChosen)
        self._fields.addWidget(self.country)
        for box in (self.language, self.country):
            # A list to choose from is read with its value for a name; its label tells what it is about.
            named = label(box.accessibleName(), parent=fields)
            named.setBuddy(box)
            named.hide()
        self._head.addWidget(fields)

    def show_countries(self, countries: Sequence[Country]) -> None:
        """The countries that can be chosen."""
        self.country.clear()
        for country in countries:
            self.country.addItem(wording.country_text(country), country.code)

    def arrange(self, room: int) -> None:
        """Fit into a pane of this width, in pixels as drawn."""
        narrow = room < theme.current().px(_ONE_LINE)
        lie_or_stand(self._head, narrow=narrow)
        self._fields.put(trailing=not narrow)


class SearchLine(QLineEdit):
    """What is looked for, a moment after the last letter. Escape empties it. It is never learned."""

    lookedFor = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("support-search")
        self.setPlaceholderText(tr("Search these pages"))
        self.setAccessibleName(tr("Search these pages"))
        self.setInputMethodHints(OWN_WORDS)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)  # a row that wraps makes narrower what says so
        self.setSizePolicy(policy)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.look_now)
        self.textEdited.connect(lambda _: self._pause.start())

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        wanted = max(theme.current().px(_SEARCH_WIDTH), words + theme.current().px(48))
        return QSize(wanted, super().sizeHint().height())

    def heightForWidth(self, _: int) -> int:
        """One line at any width, in pixels."""
        return self.sizeHint().height()

    def look_now(self) -> None:
        """Look for what stands there, without waiting."""
        self._pause.stop()
        self.lookedFor.emit(self.text())

    def forget(self) -> None:
        """Empty it, its history with it."""
        self._pause.stop()
        self.setText("")
        self.setModified(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.forget()
            self.look_now()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.look_now()
            self.returnPressed.emit()
        else:
            super().keyPressEvent(event)


class ChoiceBox(QComboBox):
    """Scrolling the page past it changes nothing. A long name is shortened in a narrow place.

    ``settled`` carries the data of what was chosen, once no other key follows: whoever types the first
    letters of a name, or goes down the list, is not held up by everything between.
    """

    settled = Signal(str)

    def __init__(self, name: str, says: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(says)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.currentTextChanged.connect(self.setToolTip)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.settled.emit(self.currentData()))
        self.activated.connect(lambda _: self._pause.start())

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(min(least.width(), _LEAST), least.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
