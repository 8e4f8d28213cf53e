"""The card of the way out: everything in the book as ordinary files."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from memorybook.domain.archive import ArchiveForm, ArchiveReport
from memorybook.domain.backup import Step
from memorybook.errors import MemoryBookError
from memorybook.ui.backup import archiving
from memorybook.ui.core import copy_words, dialogs, messages, theme
from memorybook.ui.core.course import Course
from memorybook.ui.core.i18n import count_text, tr
from memorybook.ui.kit.cards import CardButton, SettingsCard
from memorybook.ui.kit.flow import FlowLayout
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.notice import Notice
from memorybook.ui.kit.password_sheet import PasswordSheet
from memorybook.ui.kit.progress_sheet import ProgressSheet


class ArchiveCard(SettingsCard):
    """Shows what :class:`~memorybook.ui.backup.archiving.ArchivePresenter` says."""

    presenter: archiving.ArchivePresenter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Take everything out"), name="settings-archive", parent=parent)
        self.folder = Path.home()
        self.column.addWidget(
            label(
                tr(
                    "All of it as ordinary files, which any computer opens without this program: photos and "
                    "recordings as they came, pages as text, and one page to read it all in a browser. Pages "
                    "that are for you alone go with it. The book stays as it is."
                ),
                "soft",
            )
        )
        buttons = FlowLayout(gap=theme.current().px(8))
        for text, pressed, name in (
            (tr("As a folder"), self._ask_folder, "archive-folder"),
            (tr("As a zip file"), self._ask_zip, "archive-zip"),
            (tr("As a zip file with a password"), self._ask_password, "archive-locked"),
        ):
            buttons.addWidget(CardButton(text, pressed, name=name))
        self.column.addLayout(buttons)
        self.column.addWidget(
            label(
                tr(
                    "A zip file with a password opens with 7-Zip, Keka, The Unarchiver or PeaZip. Windows "
                    "and macOS cannot open it by themselves."
                ),
                "small",
            )
        )
        self.notice = Notice(name="archive-notice", stands=True, passing=True)
        self.column.addWidget(self.notice)

    # what is asked before

    def _ask_folder(self) -> None:
        self._ask_unprotected(
            lambda: dialogs.choose_folder(
                self, tr("Where the folder is put"), self.folder, lambda at: self._save_folder(at)
            )
        )

    def _ask_zip(self) -> None:
        self._ask_unprotected(lambda: self._choose_zip(ArchiveForm.ZIP, ""))

    def _ask_unprotected(self, agreed: Callable[[], object]) -> None:
        self.notice.hide()
        dialogs.ask(
            self,
            tr("These files are not protected"),
            tr(
                "Anyone who has them can read every page and look at every photo, covered ones too. Please "
                "put them where only people you trust can reach them."
            ),
            yes=tr("Choose where they go"),
            no=tr("Not now"),
            name="archive-unprotected",
            agreed=agreed,
        )

    def _ask_password(self) -> None:
        self.notice.hide()
        PasswordSheet(
            self,
            tr("A password for this file"),
            tr(
                "Whoever opens the file is asked for it. It is kept nowhere: without it nobody can open the "
                "file, and it can be made again from here. The sizes of what is in it can be seen."
            ),
            lambda password: self._choose_zip(ArchiveForm.LOCKED_ZIP, password),
            refused=lambda _: "",
            name="archive-password",
        )

    def _choose_zip(self, form: ArchiveForm, password: str) -> None:
        def chosen(path: Path) -> None:
            self.folder = path.parent
            self.presenter.save(path, form, password)

        name = tr("Memory Book, everything")
        dialogs.choose_copy(self, self.folder / f"{name}.zip", chosen, title=tr("Save everything as a file"))

    def _save_folder(self, at: Path) -> None:
        self.folder = at
        self.presenter.save_in(at, tr("Memory Book, everything"))

    # what the presenter says

    def show_course(self, course: Course) -> ProgressSheet:
        """It is being written."""
        sheet = ProgressSheet(
            self,
            tr("Taking everything out"),
            tr("Nothing in the book changes. Stopping leaves nothing of it behind."),
            course,
            _step_words,
            name="archive-progress",
        )
        sheet.open()
        return sheet

    def show_saved(self, to: Path, form: ArchiveForm, report: ArchiveReport) -> None:
        """All of it is there; what could not be read is said."""
        said = [tr("It is in {place}: {amount}.").format(place=to, amount=copy_words.amount(report.counts))]
        if report.left_out:
            said.append(
                count_text(
                    "One thing could not be read and is not in it. Looking through the whole book names it.",
                    "{n} things could not be read and are not in it. Looking through the whole book names "
                    "them.",
                    len(report.left_out),
                )
            )
        if form is ArchiveForm.LOCKED_ZIP:
            said.append(tr("It opens with the password alone."))
        else:
            said.append(tr("It is not protected: anyone who has it can read it."))
        self.notice.say_in_sight(" ".join(said))

    def show_stopped(self) -> None:
        """The person stopped it."""
        self.notice.say_in_sight(tr("Stopped. Nothing of it was left behind."))

    def show_problem(self, error: MemoryBookError) -> None:
        """It could not be written."""
        self.notice.say_in_sight(messages.sentence(error))


def _step_words(step: Step) -> str:
    if step.stage == "looking":
        return tr("Looking at what there is…")
    return copy_words.so_far(step.done, step.total)


if TYPE_CHECKING:
    _: type[archiving.ArchiveView] = ArchiveCard
