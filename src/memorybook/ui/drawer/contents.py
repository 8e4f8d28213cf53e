"""Reads everything that waits in the drawer, of whatever sort it is."""

from collections.abc import Callable, Sequence

from memorybook.domain.drawer import DrawerRow
from memorybook.domain.keepsake import Keepsake
from memorybook.domain.occasion import Occasion
from memorybook.domain.photo import Photo
from memorybook.domain.recording import Recording
from memorybook.errors import MemoryBookError
from memorybook.services.album import Album
from memorybook.services.journal import Journal
from memorybook.services.keepsakes import Keepsakes
from memorybook.services.occasions import Occasions
from memorybook.services.recordings import Recordings
from memorybook.ui.core.delivery import Deliver
from memorybook.ui.drawer.waiting import Waiting

Found = Callable[[tuple[Waiting, ...]], None]


class Contents:
    """What cannot be read is said, and the rest is shown all the same."""

    def __init__(
        self,
        *,
        journal: Journal,
        album: Album,
        recordings: Recordings,
        keepsakes: Keepsakes,
        occasions: Occasions,
        deliver: Deliver,
    ) -> None:
        self._journal = journal
        self._album = album
        self._recordings = recordings
        self._keepsakes = keepsakes
        self._occasions = occasions
        self._deliver = deliver

    def read(self, found: Found, failed: Callable[[MemoryBookError], None]) -> None:
        """``found`` gets everything, the last one first; ``failed`` what could not be read."""
        gathered: list[Waiting] = []
        left = 5

        def one_less() -> None:
            nonlocal left
            left -= 1
            if not left:
                found(tuple(sorted(gathered, key=lambda each: each.at, reverse=True)))

        def stumbled(error: MemoryBookError) -> None:
            one_less()
            failed(error)

        def take(rows: Sequence[DrawerRow | Photo | Recording | Occasion]) -> None:
            gathered.extend(Waiting(row) for row in rows)
            one_less()

        def take_keepsakes(keepsakes: tuple[Keepsake, ...]) -> None:
            fronts = {each.id: each.draft.photos[0] for each in keepsakes if each.draft.photos}

            def known(photos: tuple[Photo, ...]) -> None:
                by_keepsake = dict(zip(fronts, photos, strict=True))
                gathered.extend(Waiting(each, by_keepsake.get(each.id)) for each in keepsakes)
                one_less()

            self._deliver(self._album.photos(list(fronts.values())), known, stumbled)

        self._deliver(self._journal.drawer(), take, stumbled)
        self._deliver(self._album.put_away_rows(), take, stumbled)
        self._deliver(self._recordings.put_away_rows(), take, stumbled)
        self._deliver(self._occasions.put_away_rows(), take, stumbled)
        self._deliver(self._keepsakes.put_away_rows(), take_keepsakes, stumbled)
