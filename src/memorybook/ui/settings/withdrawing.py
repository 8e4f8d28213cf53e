"""The small windows of withdrawing a sheet: what it means, and how far the new book is."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from memorybook.ui.core import copy_words
from memorybook.ui.core.course import Course
from memorybook.ui.core.dialogs import Sheet
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.labels import label
from memorybook.ui.kit.progress_sheet import ProgressSheet


def explain(parent: QWidget, go_on: Callable[[], object]) -> Sheet:
    """Say what withdrawing a sheet does; ``go_on`` is called when that is wanted."""
    sheet = Sheet(parent, tr("Withdraw this sheet"), name="withdraw-explain", width=520)
    sheet.column.addWidget(
        label(
            tr(
                "For a sheet that was lost, or seen by someone who should no longer be able to open "
                "the book: after a separation, for instance."
            )
        )
    )
    for sentence in (
        tr(
            "The book is written anew, every page and every photo. This takes about as long as copying it, "
            "and it can be stopped on the way."
        ),
        tr("Sheets printed before no longer open this book. A new one can be made afterwards."),
        tr("Other people’s passphrases and this computer’s keyring have to be set up again."),
        tr(
            "Backups and copies of the book made before still open with the old sheet and the old "
            "passphrase. Please delete those you do not want to keep."
        ),
    ):
        sheet.column.addWidget(label(sentence, "soft"))

    def agree() -> None:
        sheet.accept()
        go_on()

    sheet.add_button(tr("Not now"), sheet.reject, name="withdraw-explain-no")
    sheet.add_button(tr("Go on"), agree, name="withdraw-explain-yes", primary=True)
    sheet.open()
    return sheet


def progress(parent: QWidget, course: Course) -> ProgressSheet:
    """How far the book is that is being written anew. Leaving it in any way stops the writing.

    It stays until the writing has ended, so that nothing is written into a book that is about to be replaced.
    """
    meaning = tr(
        "The book as it was stays untouched until the new one is complete. Stopping keeps it as it is."
    )
    return ProgressSheet(
        parent,
        tr("Writing the book anew"),
        meaning,
        course,
        lambda step: copy_words.so_far(step.done, step.total),
        name="renewal",
    )
