"""What was chosen for a printed book as text: JSON with its version, and nothing in it left to guess."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from memorybook.domain.book import Chapters, CoveredPhotos, Edition, PageSize, Paper, Preset, Purpose, Style
from memorybook.domain.ids import BabyId, CeremonyId, EntryId, KeepsakeId, PhotoId, RecordingId
from memorybook.domain.material import Key, Part

VERSION = 1

_WORDS = ("title", "subtitle", "dedication", "language", "colophon")
_SWITCHES = ("with_dates", "large_print", "booklet", "with_password")
_LISTS = tuple(part.value for part in Part)
_SETS = ("left_out", "decorative", "smaller")
_CODES = ("page_size", "covered", "style", "chapters", "preset", "paper")


@dataclass(frozen=True, slots=True)
class Choices:
    """An edition, and everything that could have been chosen when it was last looked through."""

    edition: Edition
    known: frozenset[Key] = frozenset()


def write(choices: Choices) -> str:
    """The same choices give the same text."""
    edition = choices.edition
    content: dict[str, Any] = {name: getattr(edition, name) for name in (*_WORDS, *_SWITCHES)}
    content |= {name: list(getattr(edition, name)) for name in _LISTS}
    content |= {name: sorted(getattr(edition, name)) for name in _SETS}
    content |= {name: getattr(edition, name).value for name in _CODES}
    content["cover"] = edition.cover
    content["sizes"] = {purpose.value: size.value for purpose, size in sorted(edition.sizes)}
    known = {part.value: sorted(id_ for of, id_ in choices.known if of is part) for part in Part}
    whole = {"version": VERSION, "edition": content, "known": known}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(text: str) -> Choices:
    """Raises ``ValueError``, without the text, for anything that :func:`write` did not make."""
    try:
        whole = _object(json.loads(text), ("version", "edition", "known"))
    except RecursionError:
        raise ValueError("not an edition") from None
    except json.JSONDecodeError:
        raise ValueError("not an edition") from None  # the error would quote the text
    if type(whole["version"]) is not int or whole["version"] != VERSION:
        raise ValueError("another version of an edition")
    inner = whole["edition"]
    if isinstance(inner, dict):
        inner = {"sizes": {}} | inner  # the first ones that were kept had none
    found = _object(inner, (*_WORDS, *_SWITCHES, *_LISTS, *_SETS, *_CODES, "cover", "sizes"))
    known = _object(whole["known"], _LISTS)
    plain: dict[str, Any] = {name: _text(found[name]) for name in _WORDS}
    plain |= {name: _switch(found[name]) for name in _SWITCHES}
    lists = {name: _ids(found[name]) for name in _LISTS}
    edition = Edition(
        **plain,
        entries=tuple(map(EntryId, lists["entries"])),
        photos=tuple(map(PhotoId, lists["photos"])),
        keepsakes=tuple(map(KeepsakeId, lists["keepsakes"])),
        recordings=tuple(map(RecordingId, lists["recordings"])),
        babies=tuple(map(BabyId, lists["babies"])),
        ceremonies=tuple(map(CeremonyId, lists["ceremonies"])),
        left_out=frozenset(map(PhotoId, _ids(found["left_out"]))),
        decorative=frozenset(map(PhotoId, _ids(found["decorative"]))),
        smaller=frozenset(map(PhotoId, _ids(found["smaller"]))),
        cover=None if found["cover"] is None else PhotoId(_id(found["cover"])),
        page_size=PageSize(_text(found["page_size"])),
        covered=CoveredPhotos(_text(found["covered"])),
        style=Style(_text(found["style"])),
        chapters=Chapters(_text(found["chapters"])),
        preset=Preset(_text(found["preset"])),
        paper=Paper(_text(found["paper"])),
        sizes=frozenset(_sizes(found["sizes"])),
    )
    return Choices(edition, frozenset((part, id_) for part in Part for id_ in _ids(known[part.value])))


def keys(edition: Edition) -> frozenset[Key]:
    """Everything that an edition names, photos that stand by themselves among it."""
    return frozenset((part, id_) for part in Part for id_ in getattr(edition, part.value))


def _object(value: object, names: Collection[str]) -> dict[str, Any]:
    if not isinstance(value, dict) or value.keys() != set(names):
        raise ValueError("not an edition")
    return value


def _sizes(value: object) -> Iterable[tuple[Purpose, PageSize]]:
    if not isinstance(value, dict):
        raise ValueError("not an edition")  # noqa: TRY004 - one kind of error for whatever is wrong
    return ((Purpose(_text(purpose)), PageSize(_text(size))) for purpose, size in value.items())


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not an edition")  # noqa: TRY004 - one kind of error for whatever is wrong
    return value


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("not an edition")  # noqa: TRY004
    return value


def _ids(value: object) -> tuple[int, ...]:
    if not isinstance(value, list):
        raise ValueError("not an edition")  # noqa: TRY004
    return tuple(_each(value))


def _each(values: Iterable[object]) -> Iterable[int]:
    return dict.fromkeys(map(_id, values))


def _id(value: object) -> int:
    if type(value) is not int:
        raise ValueError("not an edition")
    return value
