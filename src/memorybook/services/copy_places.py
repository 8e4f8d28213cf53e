"""Where copies of a book are kept: remembered inside the book, and found again wherever the drive is now."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path, PurePath
from typing import Any

from memorybook.domain.backup import BackupPlace, BookCounts, Snapshot
from memorybook.domain.ids import PlaceId
from memorybook.storage.backup_format import is_place_name
from memorybook.system.volumes import Volume, Volumes

FIRST = PlaceId(1)
"""The place every book has from the beginning."""

COUNTS = tuple(each.name for each in fields(BookCounts))


@dataclass(frozen=True, slots=True)
class Remembered:
    """A place as the book keeps it. ``below`` is the way to it from where its volume appears, ``chosen``
    whether a person said that the first place is to be here and nowhere else.

    ``mark`` is the digest of what the book said when its newest copy here was made, ``state`` how often it
    had been changed, ``sequence`` the number of that copy.
    """

    id: PlaceId
    path: str = field(repr=False)
    volume: str = field(default="", repr=False)
    below: str = field(default="", repr=False)
    automatic: bool = False
    chosen: bool = False
    elsewhere: bool = False
    mark: str = ""
    state: str = ""
    sequence: int = 0
    made_at: str = ""
    checked_at: str = ""
    counts: tuple[int | str, ...] = ()

    @property
    def last(self) -> Snapshot | None:
        """The newest copy that was made here, as far as the book knows."""
        if not self.sequence:
            return None
        return Snapshot(self.sequence, self.made_at, self.checked_at, _counts(self.counts))

    def after(self, snapshot: Snapshot, mark: str, state: str) -> "Remembered":
        """The same place with this copy as its newest."""
        made = snapshot.counts
        counts = tuple(getattr(made, name) for name in COUNTS) if made is not None else ()
        return replace(
            self,
            mark=mark,
            state=state,
            sequence=snapshot.sequence,
            made_at=snapshot.made_at,
            checked_at=snapshot.checked_at,
            counts=counts,
        )


def written(places: Sequence[Remembered]) -> str:
    """As one line of JSON, for a preference."""
    return json.dumps([asdict(each) for each in places], ensure_ascii=True, separators=(",", ":"))


def read(text: str | None) -> tuple[Remembered, ...]:
    """What :func:`written` wrote. What cannot be read is passed over."""
    try:
        rows = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return ()
    found = [_remembered(row) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return tuple({each.id: each for each in found if each is not None}.values())


def _remembered(row: dict[str, Any]) -> Remembered | None:
    known = {each.name: row[each.name] for each in fields(Remembered) if each.name in row}
    if type(known.get("id")) is not int or type(known.get("path")) is not str:
        return None
    texts = ("volume", "below", "mark", "state", "made_at", "checked_at")
    choices = ("automatic", "chosen", "elsewhere")
    kinds = {**dict.fromkeys(texts, str), **dict.fromkeys(choices, bool), "sequence": int, "counts": list}
    if any(name in known and type(known[name]) is not kind for name, kind in kinds.items()):
        return None
    return Remembered(**{**known, "id": PlaceId(known["id"]), "counts": tuple(known.get("counts", ()))})


def _counts(values: Sequence[int | str]) -> BookCounts | None:
    known = dict(zip(COUNTS, values, strict=False))
    newest = known.pop("newest", None)
    numbers = {name: value for name, value in known.items() if isinstance(value, int)}
    if not isinstance(newest, str) or len(numbers) != len(COUNTS) - 1:
        return None
    return BookCounts(newest=newest, **numbers)


class Whereabouts:
    """Finds places. It may wait for drives that are slow: not for the window's thread, nor the vault's."""

    def __init__(self, volumes: Volumes, book: Path) -> None:
        self._volumes = volumes
        self._book = book

    def remember(self, place: PlaceId, folder: Path, *, automatic: bool) -> Remembered:
        """What has to be known to find ``folder`` again."""
        volume = self._volumes.of(folder)
        return Remembered(
            place,
            str(folder),
            volume.id,
            _below(folder, volume),
            automatic=automatic,
            elsewhere=not volume.shares_disk(self._volumes.of(self._book)),
        )

    def find(self, place: Remembered) -> Path | None:
        """Where the folder is now, ``None`` when its drive or the folder is not there.

        On a drive that is known by its name, the folder itself may have been removed: it is made anew by
        who writes. Where a drive has no name, a folder that is missing may be one that is not mounted now.
        """
        folder = Path(place.path)
        if not place.volume:
            is_there = folder.is_dir() or (place.id == FIRST and folder.parent.is_dir())
            return folder if is_there and not self._is_not_mounted(place, folder) else None
        if self._volumes.of(folder).id == place.volume:
            return folder
        found = [each.mount / place.below for each in self._volumes.find(place.volume)]
        return next((each for each in found if each.is_dir()), next(iter(found), None))

    def _is_not_mounted(self, place: Remembered, folder: Path) -> bool:
        """Whether this is the empty folder in which a drive without a name appears when it is there."""
        return (
            place.elsewhere
            and place.sequence > 0
            and not self.is_elsewhere(folder)
            and not any(is_place_name(item.name) for item in folder.glob("*"))
        )

    def show(self, place: Remembered, copies: int) -> BackupPlace:
        """The place as people see it. ``copies`` is how many there are."""
        found = self.find(place)
        return BackupPlace(
            id=place.id,
            folder=found or Path(place.path),
            volume=place.volume,
            is_there=found is not None,
            is_own_disk=not self.is_elsewhere(found) if found else not place.elsewhere,
            is_automatic=place.automatic,
            copies=copies,
            last=place.last,
        )

    def is_elsewhere(self, folder: Path) -> bool:
        """Whether what is there outlasts the disk the book is on."""
        return not self._volumes.of(folder).shares_disk(self._volumes.of(self._book))

    def longest(self, folder: Path) -> int | None:
        """Bytes of the longest file the drive holds, where that is little."""
        return self._volumes.of(folder).longest

    def that_can_be_taken_away(self) -> tuple[Volume, ...]:
        """Drives that are there now and can be taken away, but for the one the book is on."""
        own = self._volumes.of(self._book)
        offered = [each for each in self._volumes.mounted() if _is_offered(each, own)]
        return tuple({each.id or str(each.mount): each for each in offered}.values())


def _is_offered(volume: Volume, own: Volume) -> bool:
    return volume.can_be_taken_away and not volume.shares_disk(own) and volume.mount != Path("/")


def _below(folder: Path, volume: Volume) -> str:
    real = folder.resolve()
    below = real.relative_to(volume.mount) if real.is_relative_to(volume.mount) else PurePath(real.name)
    return str(below)
