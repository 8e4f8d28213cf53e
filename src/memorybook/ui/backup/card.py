"""The card of the copies: where they are kept, what is in the last one, and one file to carry away."""

import datetime
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from memorybook.domain.backup import BackupPlace, Drive, Snapshot, Verified
from memorybook.domain.ids import PlaceId
from memorybook.errors import BookNotCopied, MemoryBookError
from memorybook.ui.backup import presenter as presenting
from memorybook.ui.backup import wording
from memorybook.ui.backup.places import PlaceLine, PlacesList
from memorybook.ui.core import dialogs, messages, theme
from memorybook.ui.core.course import Course
from memorybook.ui.core.i18n import count_text, tr
from memorybook.ui.core.long_words import breakable
from memorybook.ui.kit.buttons import Button
from memorybook.ui.kit.cards import CardButton, SettingsCard
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.notice import Notice
from memorybook.ui.kit.progress_sheet import ProgressSheet


class CopiesCard(SettingsCard):
    """Shows what :class:`~memorybook.ui.backup.presenter.CopiesPresenter` says."""

    presenter: presenting.CopiesPresenter

    def __init__(
        self, *, now: Callable[[], datetime.datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Copies of this book"), name="settings-copies", parent=parent)
        self._now = now
        self.folder = Path.home()
        self.column.addWidget(
            label(
                tr(
                    "A copy is as protected as the book: it opens with your passphrase or the twelve words, "
                    "and with nothing else. Each one is opened again and checked before it counts."
                ),
                "soft",
            )
        )
        self._buttons = FlowLayout(gap=theme.current().px(8))
        add = CardButton(
            tr("Keep copies in one more place"), self._choose_place, name="add-place", icon="add"
        )
        self._last_before = CardButton(
            tr("Save a copy as one file"), self._choose_file, name="copy-to-file"
        )
        for button in (add, self._last_before):
            self._buttons.addWidget(button)
        self._offers: list[CardButton] = []
        self.column.addLayout(self._buttons)
        self.column.addWidget(
            label(
                tr(
                    "A drive that is kept in another place, or with somebody you trust, is the best one: a "
                    "copy there outlives this computer. One file is for carrying the book to another one."
                ),
                "small",
            )
        )
        self.notice = Notice(name="copies-notice", stands=True, passing=True)
        self.column.addWidget(self.notice)
        self._places = PlacesList()
        self.column.addWidget(self._places)

    # what is asked before

    def _choose_place(self) -> None:
        self.notice.hide()
        dialogs.choose_folder(self, tr("Where copies are kept"), self.folder, self.presenter.add)

    def _choose_file(self) -> None:
        self.notice.hide()

        def chosen(file: Path) -> None:
            self.folder = file.parent
            self.presenter.copy_to_file(file)

        start = self.folder / self.presenter.suggested_name()
        # No copy is ever replaced.
        dialogs.choose_copy(self, start, chosen, title=tr("Save a copy as one file"), may_replace=False)

    def _join(self, line: PlaceLine, place: BackupPlace) -> None:
        def wanted(act: Callable[[PlaceId], object]) -> Callable[[], None]:
            def pressed() -> None:
                self.notice.hide()
                act(place.id)

            return pressed

        line.copyWanted.connect(wanted(lambda at: self.presenter.copy(at)))
        line.verifyWanted.connect(wanted(lambda at: self.presenter.verify(at)))
        line.forgetWanted.connect(wanted(lambda at: self.presenter.forget(at)))
        line.moveWanted.connect(lambda: self._choose_elsewhere(place))
        line.thinWanted.connect(lambda: self._ask_to_thin(place))
        line.olderWanted.connect(lambda number: self._ask_to_remove_older(place, number))
        line.automaticChosen.connect(lambda on: self.presenter.set_automatic(place.id, on=on))

    def _choose_elsewhere(self, place: BackupPlace) -> None:
        self.notice.hide()
        start = place.folder if place.is_there else self.folder
        dialogs.choose_folder(self, tr("Where copies are kept"), start, self.presenter.move_default)

    def _ask_to_thin(self, place: BackupPlace) -> None:
        self.notice.hide()
        dialogs.ask(
            self,
            tr("Keep only the newest copy there"),
            tr(
                "The earlier ones are deleted for ever, and with them what was deleted from the book before "
                "the newest was made. Nothing can be brought back from them any more. If something was "
                "deleted since then, please make a new copy first."
            ),
            yes=tr("Delete the earlier ones"),
            destroys=True,
            no=tr("Keep them"),
            name="thin-copies",
            agreed=lambda: self.presenter.keep_only_newest(place.id),
        )

    def _ask_to_remove_older(self, place: BackupPlace, number: int) -> None:
        self.notice.hide()
        dialogs.ask(
            self,
            tr("Copies for the withdrawn sheet"),
            count_text(
                "One copy there was made before the sheet was withdrawn. Whoever has that sheet or an old "
                "passphrase can open it. It can be deleted for ever; copies made since then stay.",
                "{n} copies there were made before the sheet was withdrawn. Whoever has that sheet or an old "
                "passphrase can open them. They can be deleted for ever; copies made since then stay.",
                number,
            ),
            yes=tr("Delete for ever"),
            destroys=True,
            no=tr("Keep them"),
            name="older-copies",
            agreed=lambda: self.presenter.remove_older_sheet(place.id),
        )

    # what the presenter says

    def show_places(self, places: Sequence[BackupPlace], drives: Sequence[Drive]) -> None:
        """Where copies are kept, and drives that are connected and hold none."""
        self._places.show_places(places, self._now(), self._join)
        for old in self._offers:
            old.hide()
            old.deleteLater()
        self._offers = []
        for number, drive in enumerate(drives, start=1):
            name = drive.name or drive.mount.name
            button = CardButton(
                tr("Keep copies on the drive “{name}”").format(name=breakable(name.replace("&", "&&"))),
                partial(self._take_drive, drive.mount),
                name=f"add-drive-{number}",
                says=tr("Keep copies on the drive “{name}”").format(name=name),
            )
            self._offers.append(button)
            self._buttons.addWidget(button)
        self._put_in_order()

    def _put_in_order(self) -> None:
        """Qt would have the keyboard come to what is made later after everything else on the screen."""
        answers = self.notice.findChildren(Button)
        for before, after in pairwise([self._last_before, *self._offers, *answers, *self._places.parts]):
            QWidget.setTabOrder(before, after)

    def _take_drive(self, mount: Path) -> None:
        self.notice.hide()
        self.presenter.add(mount)

    def show_older(self, place: PlaceId, number: int) -> None:
        """So many copies there open with a sheet that was withdrawn."""
        self._places.show_older(place, number)
        self._put_in_order()

    def show_course(self, course: Course, doing: presenting.Doing) -> ProgressSheet:
        """Something long has begun."""
        titles = {
            "copy": tr("Making a copy"),
            "file": tr("Making a copy"),
            "verify": tr("Reading the newest copy"),
        }
        sheet = ProgressSheet(
            self,
            titles[doing],
            tr("The book stays as it is, and so do the copies that are there. Stopping changes neither."),
            course,
            wording.step,
            name="copies-progress",
        )
        sheet.open()
        return sheet

    def show_copied(self, snapshot: Snapshot, file: Path | None) -> None:
        """The copy is made, opened again and counted."""
        said = wording.copied(snapshot, self._now())
        if file is not None:
            said = tr("{copied} It is in {file}.").format(copied=said, file=file)
        self.notice.say_in_sight(said)

    def show_verified(self, verified: Verified) -> None:
        """A copy was read from beginning to end."""
        self.notice.say_in_sight(wording.verified(verified))

    def show_done(self, done: presenting.Done) -> None:
        """Something about a place was changed."""
        said = {
            "added": tr("Copies are kept there too from now on. None is there yet."),
            "moved": tr("Copies are kept there from now on. Those made before stay where they are."),
            "forgotten": tr("It is off the list. The copies that are there stay, and still open."),
        }
        self.notice.say_in_sight(said[done])

    def show_removed(self, number: int) -> None:
        """So many copies are gone for ever."""
        self.notice.say_in_sight(
            count_text("One copy was deleted.", "{n} copies were deleted.", number)
            if number
            else tr("Nothing was deleted.")
        )

    def show_stopped(self, doing: presenting.Doing) -> None:
        """The person stopped it."""
        if doing == "verify":
            self.notice.say_in_sight(tr("Stopped. The copies are as they were."))
        else:
            self.notice.say_in_sight(tr("Stopped. Nothing of this copy was left behind."))

    def show_problem(self, error: MemoryBookError) -> None:
        """Something did not work."""
        self.notice.say_in_sight(messages.sentence(error))

    def ask_without_damaged(self, problem: BookNotCopied, go_on: Callable[[], object]) -> None:
        """Some originals cannot be read."""
        dialogs.ask(
            self,
            tr("Some files of the book cannot be read"),
            wording.damaged(problem),
            yes=tr("Copy the rest"),
            no=tr("Not now"),
            name="copy-without",
            agreed=go_on,
        )


if TYPE_CHECKING:
    _: type[presenting.CopiesView] = CopiesCard
