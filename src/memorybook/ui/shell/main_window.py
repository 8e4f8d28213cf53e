"""The one window: the closed book, support without a book, or an open book."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from memorybook.errors import MemoryBookError
from memorybook.services.recovery import RecoveryWords
from memorybook.services.vault import Library, Vault
from memorybook.ui.core import clipboard, closing, dialogs, theme
from memorybook.ui.core.i18n import tr
from memorybook.ui.core.tasks import delivery_to
from memorybook.ui.lock.presenter import LockPresenter
from memorybook.ui.lock.view import LockScreen
from memorybook.ui.shell.open_book import OpenBook, Surroundings
from memorybook.ui.support.view import SupportPage

_SMALLEST = QSize(640, 480)
_FIRST = QSize(1280, 800)


class MainWindow(QMainWindow):
    """Its title is always "Memory Book": a task list must not show whose book it is.

    ``ended`` is emitted once the window is closed and no book is open any more.
    """

    ended = Signal()

    def __init__(self, library: Library, around: Surroundings, *, home: Path) -> None:
        super().__init__()
        self._around = around
        self._open: OpenBook | None = None
        self._closing = False
        self._ending = False
        self.setWindowTitle("Memory Book")
        self.setWindowIcon(theme.current().icon("memory-book", "sage"))
        self.setMinimumSize(_SMALLEST)
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self._library, self._home = library, home
        self._words = RecoveryWords()
        self._make_closed_pages()
        self._place_window()
        closing.current().wanted.connect(self.close_book)

    def _make_closed_pages(self) -> None:
        around = self._around
        self._lock = LockScreen(self._words)
        self._support = SupportPage(around.support, around.device, closed=True)
        self._support.backWanted.connect(self._show_lock)
        self._lock.supportWanted.connect(lambda: self._stack.setCurrentWidget(self._support))
        self._stack.addWidget(self._lock)
        self._stack.addWidget(self._support)
        self.locking = LockPresenter(
            self._lock,
            library=self._library,
            words=self._words,
            device=around.device,
            run=around.background.run,
            deliver=delivery_to(self._lock),
            opened=self._opened,
            refused=self._refused,
            home=self._home,
        )
        self._lock.presenter = self.locking

    def rebuild(self) -> None:
        """Lay everything out anew, for another size of the text, with the book open where it was."""
        closed = (self._lock, self._support)
        shown = self._stack.currentWidget()
        self._make_closed_pages()
        self.locking.start(None)
        if shown in closed:
            self._show_lock()
        for page in closed:
            self._stack.removeWidget(page)
            page.deleteLater()
        book = self._open
        if book is not None:
            book.when_idle(
                lambda: book.writing.flush(lambda kept: self._lay_out_again(book) if kept else None)
            )

    def _lay_out_again(self, book: OpenBook) -> None:
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

    def _place_window(self) -> None:
        screen = QGuiApplication.primaryScreen().availableGeometry().size()
        width, height = self._around.device.window_size
        wanted = QSize(width, height) if width and height else _FIRST
        self.resize(wanted.expandedTo(_SMALLEST).boundedTo(screen.expandedTo(_SMALLEST)))
        if self._around.device.window_maximised:
            self.showMaximized()

    def _show_lock(self) -> None:
        self._stack.setCurrentWidget(self._lock)

    def _refused(self) -> None:
        if self._ending and self._open is None and not self._closing:
            self.ended.emit()

    def _opened(self, vault: Vault) -> None:
        if self._ending:  # the window was closed while the book was being opened
            future = self._around.background.run_closing(vault.close)
            delivery_to(self)(future, lambda _: self.ended.emit(), lambda _: self.ended.emit())
            return
        self._show_book(vault).begin()

    def _show_book(self, vault: Vault) -> OpenBook:
        book = self._open = OpenBook(vault, self._around, self._words)
        book.closeWanted.connect(self.close_book)
        book.writtenAnew.connect(self._written_anew)
        self._stack.addWidget(book)
        self._stack.setCurrentWidget(book)
        return book

    def close_book(self) -> None:
        """Hide everything at once, keep the last words, close the book."""
        book = self._open
        if book is None or self._closing:
            return
        self._closing = True
        closing.put_away_dialogs(self)
        clipboard.current().clear_if_ours()
        self._lock.show_closing(book.vault.folder)
        self._show_lock()
        book.writing.flush(lambda kept: self._close(book) if kept else self._could_not_keep(book))

    def _written_anew(self, unreadable: int) -> None:
        """The open book is not the one in the folder any more: close it, and say what became of it."""
        book = self._open
        if book is None or self._closing:
            return
        self._closing = True
        closing.put_away_dialogs(self)
        clipboard.current().clear_if_ours()
        self._lock.show_closing(book.vault.folder)
        self._show_lock()
        self._close(book, lambda: self._lock.show_written_anew(unreadable))

    def _close(self, book: OpenBook, closed: Callable[[], object] = lambda: None) -> None:
        book.leave()
        self._open = None
        folder = book.vault.folder
        self._stack.removeWidget(book)
        future = self._around.background.run_closing(book.vault.close)
        book.deleteLater()

        def done() -> None:
            self._closing = False
            if self._ending:
                self.ended.emit()
            else:
                self.locking.choose_book(folder)
                closed()

        def failed(error: MemoryBookError) -> None:
            done()
            self._lock.show_problem(error)

        delivery_to(self)(future, lambda _: done(), failed)

    def _could_not_keep(self, book: OpenBook) -> None:
        """The last words are not on the disk yet: the book stays open, so that they are not lost."""
        self._closing = False
        self._stack.setCurrentWidget(book)
        book.take_focus()
        if self._ending:
            self._ending = False
            dialogs.ask(
                self,
                tr("The last words are not kept yet"),
                tr("If the window closes now, what was written since the last time it was kept is lost."),
                yes=tr("Close all the same"),
                no=tr("Stay here"),
                name="close-anyway",
                agreed=lambda: self._end_without(book),
            )

    def _end_without(self, book: OpenBook) -> None:
        self._ending = self._closing = True
        self._close(book)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._remember_window()
        if self._open is None and not self._closing and not self.locking.is_busy:
            event.accept()
            self.ended.emit()
            return
        event.ignore()
        self._ending = True
        self._library.stop_asking()
        self.close_book()
        if self._open is None:  # nothing to show while the last thing is being finished
            self.hide()

    def _remember_window(self) -> None:
        device = self._around.device
        device.window_maximised = self.isMaximized()
        if not self.isMaximized():
            device.window_size = (self.width(), self.height())
        device.save()
