"""What is said while photos come in, and the account when they are in."""

from memorybook.domain.bringing import BringAccount, BringProgress
from memorybook.domain.ids import PhotoId
from memorybook.ui.core.i18n import tr
from memorybook.ui.kit.bringing_bar import BringingBar
from memorybook.ui.photos.account import reasons, summary


class PhotosBar(BringingBar):
    """The bar of the photos."""

    def __init__(self) -> None:
        super().__init__("photos", coming=tr("Photos coming in"), no_more=tr("Take no more photos in"))

    def show_progress(self, progress: BringProgress) -> None:
        """So many of so many."""
        if progress.total:
            line = tr("Bringing photos in: {done} of {all}")
            self.move_on(progress, line.format(done=progress.done, all=progress.total))
        else:
            self.move_on(progress, tr("Looking through what was chosen"))
        self.cancel.setEnabled(True)

    def show_stopping(self) -> None:
        """No more will come."""
        self.stop(tr("Stopping. The photo that was begun is finished first."))

    def show_account(self, account: BringAccount[PhotoId]) -> None:
        """What came of it."""
        self.tell(summary(account), "\n".join(reasons(account)))
