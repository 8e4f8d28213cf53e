"""What is said while recordings come in, and the account when they are in."""

from memorybook.domain.bringing import BringAccount, BringProgress
from memorybook.domain.ids import RecordingId
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.bringing_bar import BringingBar
from memorybook.ui.recordings.account import account_text


class RecordingsBar(BringingBar):
    """The bar of the recordings. One may be long: progress that comes after a cancel changes no words."""

    def __init__(self) -> None:
        super().__init__(
            "recordings", coming=tr("Recordings coming in"), no_more=tr("Take no more recordings in")
        )
        self.cancelWanted.connect(lambda: self.stop(tr("Stopping.")))

    def show_progress(self, progress: BringProgress) -> None:
        """So much of what was chosen."""
        if not self.is_running:
            self.cancel.setEnabled(True)
        said = tr("The recordings are being copied into your book.") if self.cancel.isEnabled() else ""
        self.move_on(progress, said)

    def show_account(self, account: BringAccount[RecordingId]) -> None:
        """What came of it."""
        self.tell(account_text(account))
        self.cancel.setEnabled(True)
