"""The one window: the closed book, support without a book, or an open book."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget

from memorybook.errors import MemoryBookError, WrongPassphrase
from memorybook.services.recovery import RecoveryWords
from memorybook.ui.core import clipboard, closing, copy_words, cover, dialogs, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.tasks import delivery_to
from memorybook.ui.kit.following import FollowingWindow
from memorybook.ui.lock.presenter import LockPresenter
from memorybook.ui.shell import placing
from memorybook.ui.shell.closed_pages import ClosedPages
from memorybook.ui.shell.departure import Departure
from memorybook.ui.shell.last_copy import LastCopy

if TYPE_CHECKING:  # loaded once a book is opened: a closed one has to be there in a moment
    from memorybook.domain.restoring import Restored
    from memorybook.services.vault import Library, Vault
    from memorybook.ui.shell.open_book import OpenBook
    from memorybook.ui.shell.surroundings import Surroundings

_RETRY_MS = 3_000


class Replace(Protocol):
    """Puts a fresh process with the closed book in the place of this one; raises ``OSError`` if it cannot."""

    def __call__(self, book: Path, /, *, minimised: bool, renewed: int | None, kept: str) -> object: ...


class MainWindow(FollowingWindow):
    """Its title is always "Memory Book": a task list must not show whose book it is.

    ``ended`` is emitted once the window is closed and no book is open any more. Closing the book ends in
    ``replace``; without it, or where it fails, the closed book is shown in this process.
    """

    ended = Signal()

    def __init__(
        self, library: "Library", around: "Surroundings", *, home: Path, replace: Replace | None = None
    ) -> None:
        super().__init__()
        self._around = around
        self._replace = replace
        self._holding = False
        self._hidden: cover.HiddenDialogs | None = None
        self._open: OpenBook | None = None
        self._closing = False
        self.ending = False
        self._hurried = False
        self.setWindowTitle("Memory Book")
        self.setWindowIcon(theme.current().icon("memory-book", "sage"))
        self.setMinimumSize(placing.SMALLEST)
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self._library, self._home = library, home
        self._words = RecoveryWords()
        self._last = LastCopy(lambda *course: self.pages.show_copying(*course), self._close)
        self._make_closed_pages()
        placing.give_size(self, around.device)
        closing.current().wanted.connect(self.leave_book)
        cover.current().wanted.connect(self.cover)
        self._departure = Departure(around.device, around.elapsed, self, at_work=self._is_at_work)
        self._departure.noticed.connect(self.close_book)
        self._departure.closeWanted.connect(self.leave_book)
        self._departure.coverWanted.connect(self.cover)
        self._retry = QTimer(self)
        self._retry.setInterval(_RETRY_MS)
        self._retry.timeout.connect(self._keep_again)

    def _make_closed_pages(self) -> None:
        around = self._around
        self.pages = pages = ClosedPages(
            self._stack,
            around,
            self._words,
            library=self._library,
            home=self._home,
            admit=self._admit,
            uncover=self.uncover,
            close_book=self.leave_book,
        )
        self.locking = LockPresenter(
            pages.lock,
            library=self._library,
            words=self._words,
            device=around.device,
            run=around.background.run,
            deliver=delivery_to(pages.lock),
            opened=self._opened,
            refused=self._refused,
            home=self._home,
        )
        pages.lock.presenter = self.locking

    def rebuild(self) -> None:
        """Lay everything out anew, for another size of the text, with the book open where it was."""
        before, shown = self.pages, self.pages.is_shown
        self._make_closed_pages()
        self.locking.start(None)
        if shown:
            self.pages.show_lock()
        before.let_go()
        book = self._open
        if book is not None:
            book.when_idle(
                lambda: book.flush(lambda kept: self._lay_out_again(book) if kept else None)
            )

    def _lay_out_again(self, book: "OpenBook") -> None:
        if book is not self._open or self._closing:
            return
        place, entry = book.place, book.writing.entry_id
        book.leave()
        again = self._show_book(book.vault)
        again.take_over(book)
        self._stack.removeWidget(book)
        book.deleteLater()
        if entry is not None:
            again.writing.open(entry)
        again.turn_to(place)

    def _refused(self) -> None:
        if self.ending and self._open is None and not self._closing:
            self.ended.emit()

    def _opened(self, vault: "Vault") -> None:
        if self.ending:  # the window was closed while the book was being opened
            future = self._around.background.run_closing(vault.close)
            delivery_to(self)(future, lambda _: self.ended.emit(), lambda _: self.ended.emit())
            return
        self._show_book(vault).begin()

    def _show_book(self, vault: "Vault") -> "OpenBook":
        from memorybook.ui.shell.open_book import OpenBook

        book = self._open = OpenBook(vault, self._around, self._words)
        book.closeWanted.connect(self.leave_book)
        book.coverWanted.connect(self.cover)
        book.writtenAnew.connect(self._written_anew)
        book.earlierAgreed.connect(self._bring_earlier)
        self._stack.addWidget(book)
        self._stack.setCurrentWidget(book)
        self._departure.watch()
        return book

    @property
    def folder(self) -> Path | None:
        """Where the book lies that is open."""
        return None if self._open is None else self._open.vault.folder

    def _is_at_work(self) -> bool:
        return self._open is not None and self._open.is_at_work

    def cover(self) -> None:
        """Hide the page and every dialog at once, and close nothing; a second time brings them back."""
        book = self._open
        if self._hidden is not None:
            self.uncover()
        elif book is not None and self._stack.currentWidget() is book:
            closing.put_away_menus()
            self._hidden = cover.HiddenDialogs(self)
            self.pages.show_cover()
            self.activateWindow()
            cover.current().covered.emit()

    def uncover(self) -> None:
        """Show again what was covered."""
        hidden, self._hidden = self._hidden, None
        if hidden is not None and self._open is not None:
            self._stack.setCurrentWidget(self._open)
            hidden.bring_back()

    def close_book(self) -> None:
        """Hide everything at once, keep the last words, close the book; nothing is asked or waited for."""
        self._last.allowed = False
        self._last.wait_no_longer()
        self._begin_to_close()

    def leave_book(self) -> None:
        """As :meth:`close_book`, for somebody who is there: a last copy is made where there is something new.

        Asked for once more, it does not wait for that.
        """
        if self._closing:
            self.close_book()
        else:
            self._last.allowed = True
            self._begin_to_close()

    def _begin_to_close(self) -> None:
        book = self._open
        if book is None or self._closing or (self._holding and not self.ending):
            return
        self._closing = True
        self._hide_all(book)
        book.flush(lambda kept: self._last.make(book) if kept else self._could_not_keep(book))

    def _hide_all(self, book: "OpenBook") -> None:
        hidden, self._hidden = self._hidden, None
        closing.put_away_dialogs(self)
        if hidden is not None:
            hidden.put_away()
        clipboard.current().clear_if_ours()
        self.pages.lock.show_closing(book.vault.folder)
        self.pages.show_lock()

    def _written_anew(self) -> None:
        """The open book is not the one in the folder any more: close it."""
        book = self._open
        if book is None or self._closing:
            return
        self._closing = True
        self._hide_all(book)
        self._close(book)

    def _bring_earlier(self, restored: "Restored") -> None:
        """Keep the last words, close the book, and have an earlier state of it take its place."""
        book = self._open
        if book is None or self._closing or self._holding:
            return
        self._closing = True
        self._hide_all(book)
        book.flush(
            lambda kept: self._close(book, restored) if kept else self._could_not_keep(book)
        )

    def tell_brought_back(self, kept: str) -> None:
        """Say on the closed book that it was brought back, and what keeps the one that was there."""
        self.pages.lock.show_brought_back(kept)

    def tell_renewed(self, unreadable: int) -> None:
        """Say on the closed book that it was written anew; so many photos could not be read before either."""
        self.pages.lock.show_written_anew(unreadable)

    def _close(self, book: "OpenBook", earlier: "Restored | None" = None) -> None:
        """Close a book whose words are kept. If it was written anew, whoever sees the closed one is told.

        With an ``earlier`` state that state takes its place then; if it cannot, everything is as before.
        """
        if self.ending:
            self.hide()  # taking the book away would bring another page to the front
        else:
            self.pages.show_lock()
        book.leave()
        self._open = None
        self._let_go_of_held()
        vault = book.vault
        self._stack.removeWidget(book)
        close = vault.close if self.ending and not self._hurried else vault.close_at_once

        def work() -> Path | None:
            close()
            if earlier is None:
                return None
            return self._library.restoring.put_in_place(earlier, copy_words.kept_name)

        future = self._around.background.run_closing(work)
        book.deleteLater()

        def done(kept: Path | None = None, *, stays: bool = False) -> None:
            self._closing = False
            renewed = vault.ways.written_anew
            name = kept.name if kept is not None else ""
            if not self.ending and not stays:
                self._give_way(vault.folder, renewed, name)
            self._departure.rest()  # a sleep that waited takes what is in this memory along
            if self.ending:
                self.ended.emit()
                return
            self.locking.choose_book(vault.folder)
            if renewed is not None:
                self.tell_renewed(renewed)
            if name:
                self.tell_brought_back(name)

        def failed(error: MemoryBookError) -> None:
            done(stays=earlier is not None)  # a fresh process could not say why it is not in its place
            self.pages.lock.show_problem(error)

        delivery_to(self)(future, done, failed)

    def _give_way(self, folder: Path, renewed: int | None, kept: str) -> None:
        """Let a fresh process show the closed book: nothing of the open one is in its memory."""
        if self._replace is not None:
            placing.remember(self, self._around.device)
            with suppress(OSError):  # the program's file is gone or being replaced: this process shows it
                self._replace(folder, minimised=self.isMinimized(), renewed=renewed, kept=kept)

    # words that cannot be kept

    def _could_not_keep(self, book: "OpenBook") -> None:
        """The last words are not on the disk yet: the book stays open behind the lock, with them in it."""
        self._closing = False
        if not self.ending:
            self._hold()
            return
        self.ending = False
        if self._holding:
            self.pages.show_held()
        else:
            self._stack.setCurrentWidget(book)
            book.take_focus()
        dialogs.ask(
            self,
            tr("The last words are not kept yet"),
            tr("If the window closes now, what was written since the last time it was kept is lost."),
            yes=tr("Close all the same"),
            no=tr("Stay here"),
            name="close-anyway",
            agreed=lambda: self._end_without(book),
        )

    def _hold(self) -> None:
        self._holding = True
        self._departure.rest()
        self.pages.show_held().setFocus()
        self._retry.start()

    def _let_go_of_held(self) -> None:
        self._holding = False
        self._retry.stop()

    def _keep_again(self) -> None:
        book = self._open
        if book is not None and self._holding and not self._closing:
            book.flush(lambda kept: self._close_held(book) if kept else None)

    def _close_held(self, book: "OpenBook") -> None:
        if book is self._open and self._holding and not self._closing:
            self._closing = True
            self._hide_all(book)
            self._close(book)

    def _admit(self, passphrase: str) -> None:
        """Lead back to the words whoever knows the passphrase. No file is read: the drive may be gone."""
        book = self._open
        held = self.pages.held
        if book is None or held is None:
            return
        self._retry.stop()

        def checked(admitted: bool) -> None:
            if book is not self._open or not self._holding or self._closing:
                return
            if admitted:
                self._let_go_of_held()
                self._stack.setCurrentWidget(book)
                book.take_focus()
                self._departure.watch()
            else:
                refused(WrongPassphrase())

        def refused(error: MemoryBookError) -> None:
            held.show_problem(error)
            self._retry.start()

        future = self._around.background.run(lambda: book.vault.admits(passphrase))
        delivery_to(held)(future, checked, refused)

    def _end_without(self, book: "OpenBook") -> None:
        self.ending = self._closing = True
        self._close(book)

    def end_soon(self) -> None:
        """Close as by the button, but give up pictures that are still coming in: nobody waits for them."""
        self._hurried = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        placing.remember(self, self._around.device)
        self.pages.stop()
        if self._open is None and not self._closing and not self.locking.is_busy:
            event.accept()
            self.ended.emit()
            return
        event.ignore()
        self.ending = True
        self._library.stop_asking()
        if self._hurried:
            self.close_book()
        else:
            self.leave_book()
        if self._open is None:  # nothing to show while the last thing is being finished
            self.hide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange and self.isMinimized():
            self._departure.minimised()
