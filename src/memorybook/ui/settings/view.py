"""The settings screen: calm cards below one another. Every choice holds at once."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from memorybook.errors import KeyringError, MemoryBookError
from memorybook.services.ways_in import SheetState
from memorybook.ui.core import dialogs, messages
from memorybook.ui.core.course import Course
from memorybook.ui.core.device import DeviceSettings
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.column import ScrollColumn
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.notice import Notice
from memorybook.ui.kit.progress_sheet import ProgressSheet
from memorybook.ui.settings import presenter as presenting
from memorybook.ui.settings import withdrawing
from memorybook.ui.settings.about import AboutCard
from memorybook.ui.settings.appearance import TextSizeCard, ThemeCard
from memorybook.ui.settings.cover import CoverCard
from memorybook.ui.settings.keyring import KeyringCard
from memorybook.ui.settings.locking import LockingCard
from memorybook.ui.settings.of_this_book import BookCards
from memorybook.ui.settings.passphrase_sheet import PassphraseSheet
from memorybook.ui.settings.rename_sheet import rename
from memorybook.ui.settings.sheet import SheetCard
from memorybook.ui.settings.ways_in import WaysCard

_WIDTH = 680


class SettingsPage(QWidget):
    """Shows what :class:`~memorybook.ui.settings.presenter.SettingsPresenter` says.

    ``sheetWanted`` leads to the recovery sheet, ``helpWanted`` to what is protected.
    ``title_kept`` stores the words on the cover; ``of_this_book`` has the cards of what
    else is chosen for it; ``more_cards`` are those of other places.
    """

    sheetWanted = Signal()
    helpWanted = Signal()
    presenter: presenting.SettingsPresenter

    def __init__(
        self,
        device: DeviceSettings,
        *,
        restyle: Callable[[], object],
        title_kept: Callable[[str], object],
        of_this_book: BookCards | None = None,
        more_cards: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scroll = ScrollColumn(width=_WIDTH)
        outer.addWidget(self._scroll)
        column = self._scroll.column
        column.addWidget(label(tr("Settings"), "title"))
        self._cover = CoverCard(title_kept)
        self._ways = WaysCard()
        self._sheet = SheetCard()
        self._keyring = KeyringCard(device)
        self.text_size = TextSizeCard(device, restyle)
        for card in (
            self._cover,
            *(of_this_book.cards if of_this_book is not None else ()),
            self._ways,
            self._sheet,
            self._keyring,
            *more_cards,
            LockingCard(device),
            ThemeCard(device, restyle),
            self.text_size,
            AboutCard(self.helpWanted.emit),
        ):
            column.addWidget(card)
        column.addStretch(1)
        self._of_this_book = of_this_book
        self._returning = False
        self._focus_again: QWidget | None = None
        self._connect()

    def _connect(self) -> None:
        self._ways.addWanted.connect(self._add)
        self._ways.changeWanted.connect(self._change)
        self._ways.renameWanted.connect(self._rename)
        self._ways.removeWanted.connect(self._ask_to_remove)
        self._sheet.sheetWanted.connect(self.sheetWanted)
        self._sheet.withdrawWanted.connect(self._explain_withdrawal)
        self._keyring.useWanted.connect(lambda on: self.presenter.use_keyring(on=on))
        self._keyring.lookWanted.connect(lambda: self.presenter.look_for_keyring())

    def keep_now(self) -> None:
        """Store the words on the cover, without waiting for the pause."""
        self._cover.keep_now()
        if self._of_this_book is not None:
            self._of_this_book.keep_now()

    def show_title(self, title: str) -> None:
        """The words on the cover as they are kept."""
        self._cover.show_title(title)

    def show_card(self, card: QWidget) -> None:
        """Have this card in sight and the keyboard in it.

        Cards above it may still be waiting for what they show, and push it away: it is followed until the
        person scrolls or leaves.
        """
        card.setFocus()
        self._scroll.follow(card)

    def take_over(self, other: "SettingsPage") -> None:
        """Be at the size of the text when it is shown: choosing another one laid the window out anew."""
        self._returning = True
        focused: QWidget | None = other.focusWidget()
        if focused is not None and other.text_size.isAncestorOf(focused):
            self._focus_again = self.text_size.findChild(QWidget, focused.objectName())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._returning:
            self._returning = False
            self._scroll.bring_into_view(self.text_size)
            if self._focus_again is not None:  # after the place has taken the keyboard
                QTimer.singleShot(0, self._focus_again, self._focus_again.setFocus)

    # small windows

    def _choose(
        self,
        sheet: PassphraseSheet,
        begin: Callable[[presenting.PassphraseForm], presenting.NewPassphrase],
    ) -> None:
        chosen = begin(sheet)
        sheet.given.connect(lambda label, one, two: chosen.give(label, one, two))
        sheet.finished.connect(lambda _: chosen.leave())
        sheet.start()

    def _add(self) -> None:
        self._ways.notice.hide()
        sheet = PassphraseSheet(
            self,
            tr("A passphrase for someone"),
            [tr("It opens the whole book, as yours does, until it is removed.")],
            name="new-way",
            keep=tr("Add this passphrase"),
            whose=True,
        )
        self._choose(sheet, self.presenter.add)

    def _change(self, way_id: str, name: str) -> None:
        self._ways.notice.hide()
        sheet = PassphraseSheet(
            self,
            tr("Change this passphrase"),
            [
                name,
                tr(
                    "From now on the new one opens this book. Backups and copies of the book made before "
                    "keep opening with the old passphrase."
                ),
            ],
            name="change-way",
            keep=tr("Change it"),
            whose=False,
        )
        self._choose(sheet, lambda form: self.presenter.change(way_id, form))

    def _rename(self, way_id: str, text: str) -> None:
        self._ways.notice.hide()
        rename(self, text, lambda new: self.presenter.rename(way_id, new))

    def _ask_to_remove(self, way_id: str, name: str) -> None:
        self._ways.notice.hide()
        meaning = tr(
            "It will no longer open this book. Nothing in the book changes. Backups and copies made before "
            "keep opening with it, and whoever has the recovery sheet can still use that. If "
            "somebody may have copied the folder, withdraw the recovery sheet too: only then is "
            "everything that was known before of no use for what is written from now on."
        )

        def agreed() -> None:
            self._ways.wait()
            self.presenter.remove(way_id)

        dialogs.ask(
            self,
            tr("Remove this passphrase"),
            f"{name}\n\n{meaning}",
            yes=tr("Remove it"),
            no=tr("Keep it"),
            name="remove-way",
            agreed=agreed,
        )

    def _explain_withdrawal(self) -> None:
        withdrawing.explain(self, self._choose_for_anew)

    def _choose_for_anew(self) -> None:
        sheet = PassphraseSheet(
            self,
            tr("The passphrase from now on"),
            [
                tr(
                    "It is the only one that opens the book written anew. If somebody else may know the one "
                    "you have now, please choose another."
                )
            ],
            name="withdraw",
            keep=tr("Write the book anew"),
            whose=True,
        )
        self._choose(sheet, lambda form: self.presenter.withdraw(form, self._show_renewal))

    def _show_renewal(self, course: Course) -> ProgressSheet:
        sheet = withdrawing.progress(self, course)
        sheet.open()
        return sheet

    # what the presenter says

    def show_ways(self, ways: Sequence[presenting.WayRow]) -> None:
        """The passphrases that open the book."""
        self._ways.show_ways(ways)

    def show_way_added(self) -> None:
        """One more passphrase opens the book."""
        self._say(tr("Added. It opens this book from now on."))

    def show_way_changed(self) -> None:
        """Another passphrase took the place of one."""
        self._say(
            tr("Changed. Backups and copies of the book made before keep opening with the old passphrase.")
        )

    def show_way_removed(self) -> None:
        """A passphrase does not open the book any more."""
        self._say(
            tr("Removed. Backups and copies of the book made before keep opening with that passphrase.")
        )

    def show_ways_problem(self, error: MemoryBookError) -> None:
        """Something about the passphrases did not work."""
        self._say(messages.sentence(error))

    def _say(self, text: str) -> None:
        self._ways.notice.say(text)
        self._see(self._ways.notice)

    def _see(self, notice: Notice) -> None:
        """What happened is in sight, however large the text is."""
        self._scroll.bring_into_view(notice)

    def show_sheet(self, state: SheetState) -> None:
        """What is known of the recovery sheet."""
        self._sheet.show_state(state)

    def show_sheet_problem(self, error: MemoryBookError) -> None:
        """Something about the page did not work."""
        self._sheet.show_problem(error)
        self._see(self._sheet.notice)

    def show_keyring(self, *, on: bool) -> None:
        """The keyring can be used, and whether it is."""
        self._keyring.show_usable(on=on)

    def show_keyring_asked(self) -> None:
        """The keyring is being asked."""
        self._keyring.show_asked()

    def show_no_keyring(self, error: KeyringError | None, *, on: bool) -> None:
        """The keyring cannot be used, and why."""
        self._keyring.show_unusable(error, on=on)

    def show_keyring_forgotten(self) -> None:
        """The computer does not open the book by itself any more."""
        self._keyring.show_forgotten()
        self._see(self._keyring.notice)

    def show_keyring_half_left(self) -> None:
        """The half beside the book is gone, the one in the keyring could not be reached."""
        self._keyring.show_half_left()
        self._see(self._keyring.notice)

    def show_keyring_problem(self, error: MemoryBookError) -> None:
        """Something about the keyring did not work."""
        self._keyring.show_problem(error)
        self._see(self._keyring.notice)


if TYPE_CHECKING:
    _: type[presenting.SettingsView] = SettingsPage
