"""Looking at what an archive says before anything of it goes into a book: shapes, sizes and checksums."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

from memorybook.domain.archive import BOOK, FORMAT, SUMS, VERSION, ArchiveSeen
from memorybook.domain.backup import BookCounts
from memorybook.domain.health import DamagedThing, Thing
from memorybook.errors import ArchiveDamaged, ArchiveNewer, NotAnArchive
from memorybook.services.archiving.data import COUNTED
from memorybook.services.archiving.source import Source, is_safe
from memorybook.storage.archive_kinds import BY_NAME, PAGES, PHOTOS, RECORDINGS, Kind
from memorybook.storage.archive_rows import Item
from memorybook.storage.text import storable

_LARGEST_PART = 64 << 20
_LARGEST_BOOK = 16 << 20
_LARGEST_NUMBER = (1 << 53) - 1
_LARGEST_ID = (1 << 24) - 1
"""The index of words has so much room for the number of a page."""

_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DIGEST = re.compile(r"[0-9a-f]{64}")

_OR_NOT = {"milliseconds", "reminder", "per_mm", "author", "baby", "deleted_at"}
_ID_LISTS = {"photos", "recordings", "babies"}


class Book:
    """What an archive says of itself, and its things, one kind after the other."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._sums = _sums(source)
        said, digest = self._object(BOOK, _LARGEST_BOOK)
        if said.get("format") != FORMAT:
            raise NotAnArchive
        if not isinstance(said.get("version"), int) or said["version"] < 1:
            raise ArchiveDamaged
        if said["version"] > VERSION:
            raise ArchiveNewer
        self._check_sum(BOOK, digest)
        try:
            self.seen = ArchiveSeen(_time(said["made_at"]), _counts(said["counts"]), source.is_locked)
            self.numbers = {str(name): _number(value) for name, value in said["numbers"].items()}
            self.left_out = tuple(map(_left_out, said["left_out"]))
            self.parts = tuple(map(_safe, said["data"]))
        except (LookupError, TypeError, ValueError, AttributeError):
            raise ArchiveDamaged from None

    def items(self, name: str) -> Iterator[tuple[Kind, Item]]:
        """The things in one file of data, each with the shape it has to have. Raises ArchiveDamaged."""
        part, digest = self._object(name, _LARGEST_PART)
        self._check_sum(name, digest)
        kind = BY_NAME.get(str(part.get("kind")))
        items = part.get("items")
        if part.get("format") != FORMAT or kind is None or not isinstance(items, list):
            raise ArchiveDamaged
        for item in items:
            try:
                checked = _checked(kind, item)
            except (LookupError, TypeError, ValueError, AttributeError):
                raise ArchiveDamaged from None
            yield kind, checked

    def _object(self, name: str, most: int) -> tuple[Mapping[str, Any], str]:
        try:
            with self._source.open(name) as file:
                data = _all(file, most)
        except LookupError:
            raise ArchiveDamaged from None
        try:
            found = json.loads(data, parse_constant=_no_number)
        except (ValueError, RecursionError):
            raise ArchiveDamaged from None
        if not isinstance(found, dict):
            raise ArchiveDamaged
        return found, hashlib.sha256(data).hexdigest()

    def _check_sum(self, name: str, digest: str) -> None:
        if self._sums.get(name) != digest:
            raise ArchiveDamaged


def _sums(source: Source) -> dict[str, str]:
    try:
        with source.open(SUMS) as file:
            lines = _all(file, _LARGEST_PART).decode("utf-8").splitlines()
    except (LookupError, UnicodeDecodeError):
        raise ArchiveDamaged from None
    found = {}
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None:
            raise ArchiveDamaged
        found[match[2]] = match[1]
    return found


def _all(file: BinaryIO, most: int) -> bytes:
    data = file.read(most + 1)
    if len(data) > most:
        raise ArchiveDamaged
    return data


def _checked(kind: Kind, item: Any) -> Item:
    if not isinstance(item, dict):
        raise TypeError
    found: Item = {}
    for column in kind.columns:
        name = kind.named(column)
        found[name] = _value(kind, column, name, item[name])
    for each in kind.lists:
        if each.key == "measurements":
            found[each.key] = [{key: _text(it[key]) for key in each.columns} for it in item[each.key]]
        else:
            found[each.key] = _list(each.key, item[each.key])
    if kind is PAGES:
        found["body"] = _text(item["body"])
    if kind in {PHOTOS, RECORDINGS}:
        found["file"] = None if item["file"] is None else _safe(item["file"])
    return found


def _value(kind: Kind, column: str, name: str, value: Any) -> object:
    if value is None and name in _OR_NOT:
        return None
    if column in kind.blobs:
        return _matching(_DIGEST, value)
    if column in kind.flags:
        return _flag(value)
    if column in kind.numbers or column in kind.lines:
        return _list(name, value)
    return _READ.get(name, _text)(value)


def _list(name: str, values: Any) -> list[Any]:
    if not isinstance(values, list):
        raise TypeError
    found = [_id(value) for value in values] if name in _ID_LISTS else [_text(value) for value in values]
    if len(set(found)) != len(found):
        raise ValueError("twice in one list")
    return found


def _text(value: Any) -> str:
    if not isinstance(value, str) or storable(value) != value:
        raise TypeError
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not -1 <= value <= _LARGEST_NUMBER:
        raise TypeError
    return value


def _measure(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value < 1e9:
        raise TypeError
    return float(value)


def _id(value: Any) -> int:
    if not 0 < _number(value) <= _LARGEST_ID:
        raise ValueError("no such number")
    return int(value)


def _time(value: Any) -> str:
    return _matching(_TIME, value)


def _matching(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or pattern.fullmatch(value) is None:
        raise ValueError("not of this shape")
    return value


def _safe(value: Any) -> str:
    if not isinstance(value, str) or not is_safe(value):
        raise ValueError("not a name")
    return value


def _counts(said: Any) -> BookCounts:
    return BookCounts(**{name: _number(said[name]) for name in COUNTED}, newest=_text(said["newest"]))


def _left_out(said: Any) -> DamagedThing:
    title, day, lost = (_text(said[name]) for name in ("title", "day", "lost"))
    return DamagedThing(Thing(said["thing"]), _number(said["id"]), title, day, lost)


def _no_number(_: str) -> float:
    raise ValueError("not a number")


_READ: Mapping[str, Callable[[Any], object]] = {
    **dict.fromkeys(("id", "page", "author", "baby"), _id),
    **dict.fromkeys(("created_at", "changed_at", "deleted_at", "kept_at", "made_at"), _time),
    **dict.fromkeys(("position", "byte_size", "width", "height", "milliseconds", "reminder"), _number),
    "per_mm": _measure,
}
"""How each is read; all others are texts."""
