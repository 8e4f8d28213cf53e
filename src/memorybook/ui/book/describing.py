"""Words for a picture that are on their way into the book, and those who wait for them."""

from collections.abc import Callable
from dataclasses import replace

from memorybook.domain.book import PlannedPicture
from memorybook.domain.photo import Photo
from memorybook.errors import MemoryBookError
from memorybook.services.album import Album
from memorybook.ui.book.in_hand import ORIGIN
from memorybook.ui.core.delivery import Deliver


class Describing:
    """Keeps what a picture shows, for somebody who cannot see it. GUI thread; ``kept`` is told each time."""

    def __init__(
        self,
        album: Album,
        deliver: Deliver,
        *,
        kept: Callable[[], object],
        failed: Callable[[MemoryBookError], object],
    ) -> None:
        self._album, self._deliver = album, deliver
        self._kept, self._failed = kept, failed
        self._on_their_way = 0
        self._waiting: list[Callable[[], object]] = []

    def describe(self, picture: PlannedPicture, words: str) -> None:
        """Keep these words of a picture."""
        self._on_their_way += 1

        def failed(error: MemoryBookError) -> None:
            self._failed(error)
            self._arrived()

        def kept(_: Photo) -> None:
            self._kept()
            self._arrived()

        def known(photos: tuple[Photo, ...]) -> None:
            draft = replace(photos[0].draft, description=words)
            self._deliver(self._album.keep(picture.photo, draft, origin=ORIGIN), kept, failed)

        self._deliver(self._album.photos([picture.photo]), known, failed)

    def when_done(self, act: Callable[[], object]) -> None:
        """Do something once no words are on their way, which is now unless some are."""
        if self._on_their_way:
            self._waiting.append(act)
        else:
            act()

    def _arrived(self) -> None:
        self._on_their_way -= 1
        if not self._on_their_way:
            waiting, self._waiting = self._waiting, []
            for act in waiting:
                act()
