"""Marks words on a page that no dictionary knows, quietly, and offers others where the person asks.

Only what is in sight is looked at, so a page may be as long as it likes. Nothing is written into the
document: marks are not undone, kept or copied, and they stay away from what an input method is composing.
"""

from concurrent.futures import Future
from typing import Final

from PySide6.QtCore import QEvent, QLocale, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu

from memorybook.domain.changes import ChangeSet
from memorybook.domain.spelling import LONGEST_WORD, words_in
from memorybook.services.spelling import Spelling, SpellingState
from memorybook.ui.core import theme
from memorybook.ui.core.delivery import Deliver
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.editor import Mark, PageText
from memorybook.ui.write.verdicts import Verdicts
from memorybook.ui.write.word_menu import WordMenu

NEXT_KEY: Final = QKeySequence(Qt.Key.Key_F7)
"""What leads to the next marked word, as in other programs."""

_LAYER: Final = "spelling"
_MENU: Final = "spelling-menu"
_PAUSE_MS: Final = 150
_PIECE: Final = 2_000  # characters that are looked at in one go while the next marked word is searched for
_EDGE: Final = LONGEST_WORD + 2


class PageSpelling(QObject):
    """The spelling of one page. It lives as long as the page; GUI thread."""

    def __init__(self, page: PageText, *, spelling: Spelling, deliver: Deliver) -> None:
        super().__init__(page)
        self._page = page
        self._spelling = spelling
        self._deliver = deliver
        self._verdicts = Verdicts(self._ask, deliver, self._told)
        self._on = False
        self._reading = 0
        self._shown: list[tuple[int, int]] = []
        self._sight = QRect()
        self._typing = False
        self._seeking: tuple[int, bool] | None = None
        self._revision = page.document().revision()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE_MS)
        self._soon.timeout.connect(self._look)
        page.document().contentsChange.connect(lambda *_: self._edited())
        page.cursorPositionChanged.connect(self._moved)
        page.menuOpening.connect(self._add_to)
        page.viewport().installEventFilter(self)
        theme.current().changed.connect(self._dress)
        following = QShortcut(NEXT_KEY, page)
        following.setContext(Qt.ShortcutContext.WidgetShortcut)
        following.activated.connect(self.seek_next)
        self.read()

    def read(self) -> None:
        """Find out what holds now: which dictionary, if any."""

        def known(state: SpellingState) -> None:
            self._on = state.active is not None
            self._verdicts.forget()
            self._soon.start()
            done()

        def done() -> None:
            self._reading -= 1
            self._seek()

        self._reading += 1
        self._deliver(self._spelling.state(QLocale().name()), known, lambda _: done())

    @property
    def is_on(self) -> bool:
        """Whether words are looked up, as far as is known now."""
        return self._on and not self._reading

    def changed(self, changes: ChangeSet) -> None:
        """The dictionary, a word of the family or a name may be another one."""
        if changes.spelling or changes.people or changes.record or changes.preferences:
            self.read()

    # what is in sight

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and self._in_sight() != self._sight:
            self._soon.start()
        return super().eventFilter(watched, event)

    def _in_sight(self) -> QRect:
        return self._page.viewport().visibleRegion().boundingRect()

    def _look(self) -> None:
        """Mark the words in sight that are known to be wrong, and ask about those nothing is known of."""
        self._sight = self._in_sight()
        found = self._words(*self._span_in_sight()) if self._on and not self._sight.isEmpty() else []
        self._verdicts.settle(word for _, _, word in found)
        marks = [
            (start, end)
            for start, end, word in found
            if self._verdicts.is_wrong(word) and not self._is_being_written(start, end)
        ]
        if marks != self._shown:
            self._shown = marks
            self._page.show_marks(_LAYER, [self._mark(start, end) for start, end in marks])

    def _span_in_sight(self) -> tuple[int, int]:
        """The first and the last position of the lines in sight."""
        ends = []
        for corner, last in ((self._sight.topLeft(), False), (self._sight.bottomRight(), True)):
            cursor = self._page.cursorForPosition(corner)
            block = cursor.block()
            line = block.layout().lineForTextPosition(cursor.positionInBlock())
            at = line.textStart() + (line.textLength() if last else 0) if line.isValid() else 0
            ends.append(block.position() + at)
        return ends[0], ends[1]

    def _words(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """The words between two positions of the document. Those that are cut by them are found whole."""
        last = self._page.document().characterCount() - 1
        first, stop = max(start - _EDGE, 0), min(end + _EDGE, last)
        cursor = QTextCursor(self._page.document())
        cursor.setPosition(first)
        cursor.setPosition(stop, QTextCursor.MoveMode.KeepAnchor)
        text = cursor.selectedText()
        wide = bool(text) and max(text) > "\uffff"  # Qt counts such signs as two
        found = []
        for begin, finish in words_in(text):
            word = text[begin:finish]
            at = first + (_units(text[:begin]) if wide else begin)
            length = _units(word) if wide else len(word)
            if at + length > start and at < end and (at > first or first == 0):
                found.append((at, at + length, word))
        return found

    def _is_being_written(self, start: int, end: int) -> bool:
        """Whether the caret is in the word and the last thing was typing, or something is being composed."""
        cursor = self._page.textCursor()
        if not self._page.hasFocus():
            return False
        composing = cursor.block().layout().preeditAreaText()
        if composing and cursor.block().contains(start):
            return True
        return self._typing and start <= cursor.position() <= end

    def _mark(self, start: int, end: int) -> Mark:
        style = QTextCharFormat()
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        style.setUnderlineColor(theme.current().colour("sage"))
        return self._page.mark(start, end, style)

    def _edited(self) -> None:
        self._typing = True
        self._seeking = None
        self._soon.start()

    def _moved(self) -> None:
        revision = self._page.document().revision()
        if revision == self._revision and self._typing:  # moved, and not by typing
            self._typing = False
            self._soon.start()
        self._revision = revision

    def _dress(self) -> None:
        self._shown = []
        self._soon.start()

    # what the process says

    def _ask(self, words: object) -> Future[dict[str, bool]]:
        return self._spelling.check(words)  # type: ignore[arg-type]

    def _told(self) -> None:
        self._look()
        if self._seeking is not None:
            self._seek()

    # one word

    def _add_to(self, menu: QMenu, position: int) -> None:
        found = [each for each in self._words(position, position + 1) if each[0] <= position <= each[1]]
        if found and self._on and self._verdicts.is_wrong(found[0][2]):
            self._word_menu(menu, *found[0])

    def _word_menu(self, menu: QMenu, start: int, end: int, word: str) -> WordMenu:
        def replace(other: str) -> None:
            cursor = QTextCursor(self._page.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            if cursor.selectedText() != word:  # something else is there by now
                return
            letters = QTextCursor(self._page.document())
            letters.setPosition(start + 1)
            cursor.insertText(other, letters.charFormat())
            self._page.setTextCursor(cursor)

        additions = WordMenu(
            menu, replace=replace, keep=lambda: self._deliver(self._spelling.keep(word), _ignore, _ignore)
        )
        self._deliver(self._spelling.suggest(word), additions.show_words, lambda _: additions.show_words(()))
        return additions

    def seek_next(self) -> None:
        """Go to the next marked word after the caret, from the end on to the first, and offer others."""
        for menu in self._page.findChildren(QMenu, _MENU):  # the key works in the menu as well, and leaves it
            menu.close()
        if not self._page.isReadOnly():
            self._seeking = (self._page.textCursor().selectionEnd(), False)
            self._seek()

    def _seek(self) -> None:
        if self._seeking is None or self._reading:  # it goes on when it is known what holds
            return
        if not self._on:
            self._seeking = None
            return
        start, again = self._seeking
        last = self._page.document().characterCount() - 1
        found = self._words(start, min(start + _PIECE, last))
        if not self._verdicts.settle(word for _, _, word in found):
            return  # told when the answers are there
        wrong = [each for each in found if each[0] >= start and self._verdicts.is_wrong(each[2])]
        if wrong:
            self._seeking = None
            self._stop_at(*wrong[0])
        elif start + _PIECE < last:
            self._seeking = (start + _PIECE, again)
            QTimer.singleShot(0, self, self._seek)
        elif not again:
            self._seeking = (0, True)
            QTimer.singleShot(0, self, self._seek)
        else:
            self._seeking = None
            self._say_there_is_none()

    def _stop_at(self, start: int, end: int, word: str) -> None:
        self._typing = False
        cursor = self._page.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._page.setTextCursor(cursor)
        self._look()
        menu = self._menu(tr("Other words for “{word}”").format(word=word))
        additions = self._word_menu(menu, start, end, word)
        menu.addAction(tr("Leave it as it is"))
        menu.addAction(tr("Next marked word"), self.seek_next).setShortcut(NEXT_KEY)
        menu.popup(self._below_caret())
        additions.reach()

    def _say_there_is_none(self) -> None:
        menu = self._menu(tr("Spelling"))
        menu.setActiveAction(menu.addAction(tr("No other word is marked on this page")))
        menu.popup(self._below_caret())

    def _menu(self, name: str) -> QMenu:
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setObjectName(_MENU)
        menu.setAccessibleName(name)
        return menu

    def _below_caret(self) -> QPoint:
        return self._page.viewport().mapToGlobal(self._page.cursorRect().bottomLeft())


def _units(text: str) -> int:
    """How long Qt says that a text is."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _ignore(_: object) -> None:
    """What comes of it is seen by the mark, which goes or stays."""
