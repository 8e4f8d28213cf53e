"""One thing that waits in the drawer: a page, a photo, a recording, a keepsake or a date."""

from dataclasses import dataclass

from memorybook.domain.drawer import DrawerRow
from memorybook.domain.keepsake import Keepsake
from memorybook.domain.occasion import Occasion
from memorybook.domain.photo import Photo
from memorybook.domain.recording import Recording, Sort
from memorybook.ui.core.showing import Key, photo_key, recording_key

Ref = tuple[str, int]
"""What sort of thing it is, and its number."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """``front`` is the picture of a keepsake, if it has one."""

    what: DrawerRow | Photo | Recording | Keepsake | Occasion
    front: Photo | None = None

    @property
    def ref(self) -> Ref:
        """What names it in the list."""
        return type(self.what).__name__, int(self.what.id)

    @property
    def at(self) -> str:
        """Since when it waits, ISO 8601 in UTC."""
        return self.what.deleted_at or ""

    @property
    def picture(self) -> Photo | Recording | None:
        """What a picture of it shows: a photo, or the video whose still picture it is."""
        if isinstance(self.what, Photo):
            return self.what
        if isinstance(self.what, Recording) and self.what.sort is Sort.VIDEO:
            return self.what
        return self.front

    @property
    def picture_key(self) -> Key | None:
        """What that picture is called among those that can be uncovered."""
        picture = self.picture
        if picture is None:
            return None
        return photo_key(picture.id) if isinstance(picture, Photo) else recording_key(picture.id)

    @property
    def covered(self) -> bool:
        """Whether its picture is shown when it is asked for only."""
        return self.picture is not None and self.picture.draft.covered


def numbers(waiting: tuple[Waiting, ...], sort: type) -> list[int]:
    """The numbers of those of one sort."""
    return [int(each.what.id) for each in waiting if isinstance(each.what, sort)]
