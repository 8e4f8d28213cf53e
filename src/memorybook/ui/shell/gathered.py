"""The places of what was gathered beside the words: photos, recordings and keepsakes."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from memorybook.domain.changes import ChangeSet
from memorybook.services.vault import Vault
from memorybook.ui.core.delivery import Deliver
from memorybook.ui.core.uncovered import Uncovered
from memorybook.ui.keepsakes.presenter import KeepsakesPresenter
from memorybook.ui.keepsakes.view import KeepsakesPage
from memorybook.ui.photos.looking import LargePresenter
from memorybook.ui.photos.presenter import PhotosPresenter
from memorybook.ui.photos.view import PhotosPage
from memorybook.ui.recordings.presenter import RecordingsPresenter
from memorybook.ui.recordings.view import RecordingsPage
from memorybook.ui.shell.surroundings import Surroundings

Flush = Callable[[Callable[[bool], None]], None]


class Gathered:
    """Their pages by key, joined with their presenters; made once for each open book. GUI thread."""

    def __init__(self, vault: Vault, around: Surroundings, uncovered: Uncovered, deliver: Deliver) -> None:
        self.photos = PhotosPage(vault.album, uncovered)
        self.recordings = RecordingsPage(vault.recordings.open)
        self.keepsakes = KeepsakesPage()
        self.viewing = PhotosPresenter(
            self.photos,
            album=vault.album,
            record=vault.record,
            preferences=vault.preferences,
            showing=uncovered,
            deliver=deliver,
            elapsed=around.elapsed,
        )
        self.photos.presenter = self.viewing
        self.looking = LargePresenter(
            self.photos.large,
            album=vault.album,
            record=vault.record,
            preferences=vault.preferences,
            showing=uncovered,
            deliver=deliver,
            now=around.now,
        )
        self.photos.large.presenter = self.looking
        self.hearing = RecordingsPresenter(
            self.recordings,
            recordings=vault.recordings,
            record=vault.record,
            preferences=vault.preferences,
            deliver=deliver,
            now=around.now,
            showing=uncovered,
        )
        self.recordings.presenter = self.hearing
        self.holding = KeepsakesPresenter(
            self.keepsakes,
            keepsakes=vault.keepsakes,
            album=vault.album,
            record=vault.record,
            preferences=vault.preferences,
            deliver=deliver,
            now=around.now,
            showing=uncovered,
        )
        self.keepsakes.presenter = self.holding
        uncovered.changed.connect(self._covering_changed)

    @property
    def pages(self) -> dict[str, QWidget]:
        """The pages in the order of the places."""
        return {"photos": self.photos, "recordings": self.recordings, "keepsakes": self.keepsakes}

    @property
    def arrivals(self) -> dict[str, Callable[[], None]]:
        """What each does when it is turned to."""
        return {
            "photos": self.viewing.show,
            "recordings": self.hearing.show,
            "keepsakes": self.holding.show,
        }

    def changed(self, changes: ChangeSet) -> None:
        """Something in the book changed: each follows what concerns it."""
        self.viewing.changed(changes)
        self.looking.changed(changes)
        self.hearing.changed(changes)
        self.holding.changed(changes)

    def _covering_changed(self) -> None:
        """The photos follow by themselves."""
        self.hearing.covering_changed()
        self.holding.covering_changed()

    @property
    def flushes(self) -> tuple[Flush, ...]:
        """What keeps all that was typed in these places."""
        return (self.looking.flush, self.hearing.flush, self.holding.flush)


def flush_all(flushes: Sequence[Flush], then: Callable[[bool], None]) -> None:
    """One after the other; ``then`` is called with ``True`` when everything is kept."""
    if not flushes:
        then(True)  # noqa: FBT003 - as every such callback is told
        return
    first, *others = flushes
    first(lambda kept: flush_all(others, lambda rest: then(kept and rest)))
