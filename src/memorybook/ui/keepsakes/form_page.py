"""The page on which one keepsake is written: its form, and what is said and done around it."""

import datetime
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from memorybook.domain.keepsake import KeepsakeDraft
from memorybook.domain.people import Baby
from memorybook.ui.core import i18n, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.keepsake_words import title_of
from memorybook.ui.core.long_words import breakable
from memorybook.ui.keepsakes.form import KeepsakeForm
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.checks import CheckBox
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.labels import LineLabel, label, surface
from memorybook.ui.kit.notice import Notice

_WIDTH = 680


class FormPage(ScrollColumn):
    """``leaveWanted`` leads back to the cards, ``awayWanted`` puts the keepsake away."""

    leaveWanted = Signal()
    awayWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(width=_WIDTH, parent=parent)
        column = self.column
        head = QHBoxLayout()
        back = Button(
            tr("Keepsakes"), self.leaveWanted.emit, name="keepsake-back", variant="quiet", icon="back"
        )
        head.addWidget(back)
        self._state = LineLabel("", "small")
        self._state.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self._state.setObjectName("keepsake-state")
        head.addWidget(self._state, 1)
        column.addLayout(head)
        self._title = label("", "title")
        self._title.setObjectName("keepsake-heading")
        column.addWidget(self._title)
        self.notice = Notice(name="keepsake-notice")
        column.addWidget(self.notice)
        self.form = KeepsakeForm()
        self.form.leftOut.connect(self._left_out)
        column.addWidget(self.form)
        column.addSpacing(theme.current().px(10))
        column.addWidget(surface("rule"))
        self._in_book = CheckBox(tr("In our book, when pages are printed"), name="keepsake-in-book")
        self._in_book.clicked.connect(lambda on: self.form.set_in_book(on=on))
        column.addWidget(self._in_book)
        foot = QHBoxLayout()
        self._away = Button(
            tr("Put this away"), self.awayWanted.emit, name="keepsake-away", variant="link"
        )
        foot.addWidget(self._away)
        foot.addStretch(1)
        column.addLayout(foot)
        column.addStretch(1)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.leaveWanted)

    def begin(self, draft: KeepsakeDraft, babies: Sequence[Baby], word: str, *, is_kept: bool) -> None:
        """Fill the page with another keepsake."""
        self.notice.hide()
        self._away.setVisible(is_kept)
        self.form.show_draft(draft, babies, word)
        self.show_title(draft)
        self._in_book.setChecked(draft.in_book)
        self._state.setText("")
        self.verticalScrollBar().setValue(0)

    def focus_first(self) -> None:
        """Put the keyboard into the first field."""
        first = self.form.findChild(QWidget, "keepsake-title")
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_title(self, draft: KeepsakeDraft) -> None:
        """What it is called while it is written."""
        title = title_of(draft) or tr("A keepsake")
        self._title.setText(breakable(title))
        self._title.setAccessibleName(title)

    def say_state(self, text: str) -> None:
        """Whether what was typed is kept."""
        self._state.setText(text)

    def show_kept(self, at: datetime.datetime | None) -> None:
        """All that was typed is kept, unless a date is half typed."""
        if not self.form.is_whole:
            self._state.setText(tr("Not kept yet"))
            return
        self._away.setVisible(at is not None or not self._away.isHidden())
        self._state.setText(tr("Kept at {time}").format(time=i18n.clock_time(at)) if at else "")

    def _left_out(self) -> None:
        self._in_book.setChecked(False)
        self.notice.say(
            tr("Medical papers stay out of a printed book, unless you put them in at the end of this page.")
        )
