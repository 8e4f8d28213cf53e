"""The places in which copies of a book are kept, as the book remembers them and as they are now."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from memorybook.domain.backup import BackupPlace, Drive
from memorybook.domain.ids import PlaceId
from memorybook.errors import CopyPlaceGone, MemoryBookError, PlaceInBook
from memorybook.paths import default_copies_folder
from memorybook.services.copy_care import CopyCare
from memorybook.services.copy_memory import CopyMemory
from memorybook.services.copy_places import FIRST, Remembered, Whereabouts
from memorybook.storage import carrying


class CopyShelf:
    """Blocks for the vault and for drives: not for its thread, nor the window's.

    ``LookupError`` for the id of a place that is not remembered.
    """

    def __init__(self, folder: Path, memory: CopyMemory, where: Whereabouts, care: CopyCare) -> None:
        self._folder = folder
        self._memory = memory
        self._where = where
        self._care = care

    @property
    def default_folder(self) -> Path:
        """Where copies are kept when nothing else was chosen. Never within the book's own folder."""
        folder = default_copies_folder()
        if folder.is_relative_to(self._folder):
            folder = self._folder.parent / folder.name
        return folder

    def remembered(self) -> tuple[Remembered, ...]:
        """Every place: the one each book has from the beginning, then the others."""
        places = sorted(self._memory.places(), key=lambda each: each.id)
        first = next((each for each in places if each.id == FIRST), None)
        others = (each for each in places if each.id != FIRST)
        return (self._first(first), *others)

    def _first(self, known: Remembered | None) -> Remembered:
        """Where this computer has it, unless it was chosen: the book may come from another one."""
        if known is not None and known.chosen:
            return known
        here = self._where.remember(FIRST, self.default_folder, automatic=True)
        if known is None:
            return here
        if (known.path, known.volume) == (here.path, here.volume):
            return known
        return replace(here, automatic=known.automatic)

    def find(self, place: PlaceId) -> Remembered:
        """The place with this id."""
        for each in self.remembered():
            if each.id == place:
                return each
        raise LookupError(place)

    def there(self, place: PlaceId) -> Path:
        """Where it is now. Raises CopyPlaceGone."""
        folder = self._where.find(self.find(place))
        if folder is None:
            raise CopyPlaceGone
        return folder

    def behind(self, state: str) -> list[Remembered]:
        """Places for automatic copies that are there, and may lack a copy of what the book says now."""
        found = []
        for each in self.remembered():
            folder = self._where.find(each) if each.automatic else None
            if folder is not None and (each.state != state or not self._care.has(folder, each.sequence)):
                found.append(each)
        return found

    def has(self, remembered: Remembered, mark: str) -> bool:
        """Whether the newest copy there says what is known by this mark."""
        folder = self._where.find(remembered)
        return folder is not None and remembered.mark == mark and self._care.has(folder, remembered.sequence)

    def shown(self, remembered: Remembered) -> BackupPlace:
        """The place as people see it, with how many copies are there."""
        folder = self._where.find(remembered)
        copies = 0
        if folder is not None:
            with suppress(MemoryBookError):
                copies = self._care.count(folder)
        return self._where.show(remembered, copies)

    def change(self, place: PlaceId, change: Callable[[Remembered], Remembered]) -> None:
        """Remember something else of a place."""
        before = self.find(place)

        def changed(places: tuple[Remembered, ...]) -> list[Remembered]:
            known = {each.id: each for each in places}
            return [*(each for each in places if each.id != place), change(known.get(place, before))]

        self._memory.change_places(changed)

    def add(self, folder: Path, *, automatic: bool) -> BackupPlace:
        """Remember one more. Raises PlaceInBook, CopyPlaceGone or CopyReadOnly."""
        self._check_fit(folder)
        places = self.remembered()
        same = [each for each in places if self._where.find(each) == folder]
        if same:
            return self.shown(same[0])
        number = PlaceId(max(each.id for each in places) + 1)
        added = self._where.remember(number, folder, automatic=automatic)
        self._memory.change_places(lambda known: [*known, added])
        return self.shown(added)

    def forget(self, place: PlaceId) -> None:
        """Remember it no more; the first one only rests."""
        if place == FIRST:
            self.change(FIRST, lambda each: replace(each, automatic=False))
        else:
            self._memory.change_places(lambda known: [each for each in known if each.id != place])

    def move_first(self, folder: Path) -> BackupPlace:
        """Have the first place in another folder. Raises as :meth:`add`."""
        self._check_fit(folder)
        before = self.find(FIRST)
        moved = replace(self._where.remember(FIRST, folder, automatic=before.automatic), chosen=True)
        self.change(FIRST, lambda _: moved)
        return self.shown(moved)

    def drives(self, state: Callable[[], str]) -> tuple[Drive, ...]:
        """Drives that can be taken away and are there. ``state`` gives how often the book was changed."""
        places = self.remembered()
        found = []
        for volume in self._where.that_can_be_taken_away():
            here = [each for each in places if volume.id and each.volume == volume.id]
            is_behind = not here or all(each.state != state() for each in here)
            place = self.shown(here[0]) if here else None
            found.append(Drive(volume.mount, volume.name, place, is_behind))
        return tuple(found)

    def _check_fit(self, folder: Path) -> None:
        if folder.resolve().is_relative_to(self._folder.resolve()):
            raise PlaceInBook
        if not folder.is_dir():
            raise CopyPlaceGone
        probe = carrying.unfinished(folder)
        try:
            with carrying.on_the_drive(folder):
                carrying.write(probe, [b""])
        finally:
            with suppress(OSError):
                probe.unlink(missing_ok=True)
