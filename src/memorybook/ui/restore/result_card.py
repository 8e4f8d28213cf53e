"""The cards that say what was found in a copy, what it replaces, and that the book is back."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from memorybook.ui.core import theme
from memorybook.ui.core.i18n import count_text, tr
from memorybook.ui.core.long_words import breakable
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.closed_card import Card
from memorybook.ui.kit.labels import label, surface

_MANY = 12  # things that are named one by one


@dataclass(frozen=True, slots=True)
class Findings:
    """What is said of something that was gathered. ``missing`` names what did not come, one after another.

    ``follows`` says what happens to the book that is there now; empty where there is none.
    """

    title: str
    amount: str
    newest: str
    missing: Sequence[str]
    follows: str
    take: str
    leave: str


def _short(missing: Sequence[str]) -> list[str]:
    """Their names, and of very many the number of those that are not named."""
    more = len(missing) - _MANY
    if more <= 0:
        return list(missing)
    return [*missing[:_MANY], count_text("and {n} more", "and {n} more", more)]


class ResultCard(Card):
    """``takeWanted`` is the consent; ``leaveWanted`` throws away what was copied and changes nothing."""

    takeWanted = Signal()
    leaveWanted = Signal()

    width_wanted = 580

    def __init__(self) -> None:
        super().__init__(name="result")
        px = theme.current().px
        self._title = label("", "title")
        self.lines.addWidget(self._title)
        self._amount = label("", "strong")
        self._amount.setObjectName("restore-amount")
        self.lines.addWidget(self._amount)
        self._newest = label("", "soft")
        self._newest.setObjectName("restore-newest")
        self.lines.addWidget(self._newest)
        self._missing = surface("quiet")
        self._missing_lines = QVBoxLayout(self._missing)
        self._missing_lines.setContentsMargins(px(16), px(12), px(16), px(12))
        self._missing_lines.setSpacing(px(4))
        self._missing_lines.addWidget(label(tr("What could not be read"), "section"))
        self._named: list[QWidget] = []
        self.lines.addWidget(self._missing)
        self._follows = label("")
        self._follows.setObjectName("restore-follows")
        self.lines.addWidget(self._follows)
        self.lines.addWidget(self.notice)
        self._take = Button("", self.takeWanted.emit, name="restore-take", variant="primary")
        self.lines.addWidget(self._take)
        self._leave = Button("", self.leaveWanted.emit, name="restore-leave", variant="link")
        self.lines.addWidget(self._leave, 0, Qt.AlignmentFlag.AlignHCenter)
        self.begin_at(self._take)

    def show_findings(self, found: Findings) -> None:
        """Say it, and what can be done now."""
        self._title.setText(found.title)
        for line, text in ((self._amount, found.amount), (self._newest, found.newest)):
            line.setText(text)
            line.setVisible(bool(text))
        for named in self._named:
            self._missing_lines.removeWidget(named)
            named.deleteLater()
        self._named = [label(breakable(text)) for text in _short(found.missing)]
        for named in self._named:
            self._missing_lines.addWidget(named)
        self._missing.setVisible(bool(found.missing))
        self._follows.setText(breakable(found.follows))
        self._follows.setAccessibleName(found.follows)
        self._follows.setVisible(bool(found.follows))
        for button, text in ((self._take, found.take), (self._leave, found.leave)):
            button.setText(text)
            button.setAccessibleName(text)
            button.setVisible(bool(text))
        self.notice.hide()
        self.rest()


class DoneCard(Card):
    """The book is where it belongs. ``openWanted`` leads to it."""

    openWanted = Signal()

    width_wanted = 580

    def __init__(self) -> None:
        super().__init__(name="done")
        self._title = label("", "title")
        self.lines.addWidget(self._title)
        self._text = label("")
        self._text.setObjectName("restore-done")
        self.lines.addWidget(self._text)
        self._kept = label("", "soft")
        self._kept.setObjectName("restore-kept")
        self.lines.addWidget(self._kept)
        self.lines.addWidget(self.notice)
        self._open = Button(tr("Open the book"), self.openWanted.emit, name="restore-open", variant="primary")
        self.lines.addWidget(self._open)
        self.begin_at(self._open)

    def tell(self, title: str, text: str, kept: str) -> None:
        """What was done, and where the book is that was there before."""
        self._title.setText(title)
        for line, said in ((self._text, text), (self._kept, kept)):
            line.setText(breakable(said))
            line.setAccessibleName(said)
        self._kept.setVisible(bool(kept))
        self.notice.hide()
        self.rest()
