"""The choices for a printed book, in one column that scrolls, above what saves it."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QVBoxLayout, QWidget

from memorybook.ui.book.cover_picture import CoverPicture
from memorybook.ui.book.edition_bar import EditionBar
from memorybook.ui.book.findings_card import FindingsCard
from memorybook.ui.book.made_for import MadeFor
from memorybook.ui.book.selection import Section
from memorybook.ui.book.what_goes_in import WhatGoesIn
from memorybook.ui.book.words_on import BookTitle, BookWords
from memorybook.ui.core import theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.checks import CheckBox
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.labels import label, surface
from memorybook.ui.kit.notice import Notice

_BAR = 12  # pixels that the bar beside the column takes, at every size of the text


class BookPanel(QFrame):
    """Lays the parts out; what they do is joined by the page that has it."""

    def __init__(self, put: Callable[[Section, bool], object], edited: Callable[..., object]) -> None:
        """``put`` and ``edited`` as of :class:`WhatGoesIn`."""
        super().__init__()
        px = theme.current().px
        self.setProperty("surface", "panel")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, px(16))
        outer.setSpacing(px(10))
        self.scrolling = ScrollColumn()
        # Nearly always it scrolls, and then its fields end where the button below them does.
        self.scrolling.set_margins(px(26), px(24), px(26) - _BAR, px(12))
        outer.addWidget(self.scrolling, 1)
        column = self.scrolling.column
        column.setSpacing(px(14))
        column.addWidget(label(tr("Make a book"), "title"))
        self.bar = EditionBar()
        self.came = Notice(name="book-came", stands=True)
        self.title = BookTitle()
        self.words = BookWords()
        self.cover = CoverPicture()
        self.goes_in_caption = label(tr("What goes in"), "field")
        self.goes_in = WhatGoesIn(put, edited)
        self.made_for = MadeFor(edited)
        self.password = CheckBox(tr("Ask for a password to open the PDF"), name="book-password")
        self.findings = FindingsCard()
        self.not_locked, self._not_locked_words = _quiet()
        for part in (self.bar, self.came, self.title):
            column.addWidget(part)
        inside = QVBoxLayout()
        inside.setSpacing(px(6))
        inside.addWidget(self.goes_in_caption)
        inside.addWidget(self.goes_in)
        column.addLayout(inside)
        column.addWidget(self.made_for)
        column.addWidget(self.words)
        column.addWidget(self.cover)
        column.addWidget(self.password)
        column.addWidget(self.findings)
        column.addWidget(self.not_locked)
        column.addStretch(1)
        outer.addLayout(self._foot())
        self.say_locked(locked=False)
        for unknown in (self.goes_in_caption, self.goes_in, self.made_for, self.cover, self.password):
            unknown.hide()  # until it is known what can go in

    def _foot(self) -> QVBoxLayout:
        px = theme.current().px
        foot = QVBoxLayout()
        foot.setContentsMargins(px(26), 0, px(26), 0)
        foot.setSpacing(px(6))
        self.notice = Notice(name="book-notice", passing=True)
        foot.addWidget(self.notice)
        self.progress = QProgressBar()
        self.progress.setObjectName("book-progress")
        self.progress.setAccessibleName(tr("How much of the PDF is made"))
        self.progress.setTextVisible(False)
        self.progress.hide()
        foot.addWidget(self.progress)
        self.save = Button(tr("Save as PDF…"), name="save-pdf", variant="primary")
        foot.addWidget(self.save)
        self.stop = Button(tr("Stop"), name="book-stop", variant="link")
        self.stop.hide()
        foot.addWidget(self.stop)
        return foot

    def take_preview(self, preview: QWidget) -> None:
        """Have the pages among the choices, behind the title, where there is no room beside them."""
        column = self.scrolling.column
        column.insertWidget(column.indexOf(self.title) + 1, preview)

    def say_locked(self, *, locked: bool) -> None:
        """Say what whoever holds the file can do with it."""
        self._not_locked_words.setText(
            tr("Whoever has the file and its password can read the PDF. The password is kept nowhere.")
            if locked
            else tr(
                "The PDF is an ordinary file that anyone holding it can open. "
                "It leaves the locked book only when you save it."
            )
        )


def _quiet() -> tuple[QFrame, QLabel]:
    """What to know before saving, said where it is decided."""
    px = theme.current().px
    note = surface("quiet")
    held = QVBoxLayout(note)
    held.setContentsMargins(px(14), px(10), px(14), px(10))
    words = label("", "small")
    held.addWidget(words)
    return note, words
