"""Choosing what goes into a printed book, in bulk and one by one: plain functions over what can go in.

Nothing here reads or writes. A thing that is not ``in_book`` is never chosen, whatever is asked for.
"""

import calendar
import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from memorybook.domain.book import CoveredPhotos, Edition
from memorybook.domain.dates import VagueDate
from memorybook.domain.ids import BabyId, CeremonyId, EntryId, KeepsakeId, PhotoId, RecordingId
from memorybook.domain.material import Item, Key, Material, Only, Part
from memorybook.domain.tags import folded


@dataclass(frozen=True, slots=True)
class Figure:
    """So many of so many go in. Things that are for the parent alone are not counted."""

    chosen: int
    of: int


def matching(items: Iterable[Item], only: Only) -> tuple[Item, ...]:
    """Those of these that are meant, in their order."""
    return tuple(item for item in items if _is_meant(item, only))


def people(items: Iterable[Item]) -> tuple[str, ...]:
    """Everybody who wrote, took, recorded or gave one of these, once, in the order they come."""
    return tuple(dict.fromkeys(item.person for item in items if item.person))


def kinds(items: Iterable[Item]) -> tuple[str, ...]:
    """The kinds that are among these, once, in the order they come."""
    return tuple(dict.fromkeys(item.kind for item in items if item.kind))


def tags(items: Iterable[Item]) -> tuple[str, ...]:
    """The tags that are on these, each as it stands on the first of them."""
    found: dict[str, str] = {}
    for item in items:
        for tag in item.tags:
            found.setdefault(folded(tag), tag)
    return tuple(found.values())


def chosen(edition: Edition, material: Material) -> frozenset[Key]:
    """What of all this goes in: also photos that come with a page or a keepsake, and covered ones."""
    here = {item.key: item for item in material.items if item.in_book}
    by_themselves = {key for key in _named(edition) if key in here}
    coming = {
        (Part.PHOTOS, photo)
        for key in by_themselves
        for photo in here[key].photos
        if photo not in edition.left_out
    }
    return frozenset(by_themselves | (coming & here.keys()))


def figures(edition: Edition, material: Material) -> Mapping[Part, Figure]:
    """How many of each part go in. Covered photos do not while they are left out."""
    going = chosen(edition, material)
    if edition.covered is CoveredPhotos.LEAVE_OUT:
        going -= {item.key for item in material.of(Part.PHOTOS) if item.covered}
    return {
        part: Figure(
            chosen=sum(item.key in going for item in material.of(part)),
            of=sum(item.in_book for item in material.of(part)),
        )
        for part in Part
    }


def choose(edition: Edition, material: Material, keys: Iterable[Key]) -> Edition:
    """The edition with these things too, each where it belongs while its part is in the order of the offer or
    the newest first; in an order of the parent's own they come behind the others.

    A photo of a page or a keepsake that goes in comes back to it; another stands by itself.
    """
    wanted = set(keys)
    items = [item for item in material.items if item.key in wanted and item.in_book]
    known = _named(edition)
    more: dict[Part, list[int]] = {part: [] for part in Part}
    for item in items:
        if item.key not in known and item.part is not Part.PHOTOS:
            more[item.part].append(item.id)
    edition = _with(
        edition, {part: _put(_ids(edition, part), more[part], material, part) for part in more if more[part]}
    )
    pictures = {PhotoId(item.id) for item in items if item.part is Part.PHOTOS}
    edition = replace(edition, left_out=edition.left_out - pictures)
    going = chosen(edition, material)
    alone = [it.id for it in items if it.part is Part.PHOTOS and it.key not in going]
    return _with(edition, {Part.PHOTOS: _put(edition.photos, alone, material, Part.PHOTOS)})


def leave(edition: Edition, material: Material, keys: Iterable[Key]) -> Edition:
    """The edition without these things. A photo is left out of the pages and keepsakes it is on, too."""
    unwanted = set(keys)
    rest = {part: tuple(it for it in _ids(edition, part) if (part, it) not in unwanted) for part in Part}
    edition = _with(edition, rest)
    going = chosen(edition, material)
    coming = {PhotoId(id_) for part, id_ in unwanted if part is Part.PHOTOS and (part, id_) in going}
    return replace(edition, left_out=edition.left_out | coming) if coming else edition


def marked(edition: Edition, material: Material) -> Edition:
    """The edition with everything that is marked for the book, in the order of time, and nothing else.

    Photos that are on no page and with no keepsake stand by themselves, those of pages that are for the
    parent alone do not. Covered ones are among them: whether they go in, and where, is asked of all together.
    """
    bare = replace(_with(edition, dict.fromkeys(Part, ())), left_out=frozenset())
    return choose(bare, material, (item.key for item in material.items if item.offered))


def move(edition: Edition, keys: Sequence[Key], place: int) -> Edition:
    """The edition with these things of one part together, the first at ``place`` among the others of it.

    ``place`` counts those that stay: 0 is in front of all of them, past the end behind. Their own order stays
    that of ``keys``. Things of another part than that of the first, and what is not chosen, are passed over.
    """
    if not keys:
        return edition
    part = keys[0][0]
    ids = _ids(edition, part)
    moved = [id_ for of, id_ in dict.fromkeys(keys) if of is part and id_ in ids]
    rest = [id_ for id_ in ids if id_ not in moved]
    place = max(0, place)
    return _with(edition, {part: (*rest[:place], *moved, *rest[place:])})


def _is_meant(item: Item, only: Only) -> bool:
    return (
        (only.part is None or item.part is only.part)
        and (only.baby is None or only.baby in item.babies)
        and (only.person is None or only.person.casefold() == item.person.casefold())
        and (only.kind is None or only.kind == item.kind)
        and (not only.tag.strip() or folded(only.tag) in map(folded, item.tags))
        and (only.covered is None or only.covered is item.covered)
        and (only.in_book is None or only.in_book is item.in_book)
        and _is_within(item.day, only.first, only.last)
    )


def _is_within(day: VagueDate, first: datetime.date | None, last: datetime.date | None) -> bool:
    if first is None and last is None:
        return True
    if day.year is None:
        return False
    begins = datetime.date(day.year, day.month or 1, day.day or 1)
    month = day.month or 12
    ends = datetime.date(day.year, month, day.day or calendar.monthrange(day.year, month)[1])
    return (last is None or begins <= last) and (first is None or ends >= first)


def _oldest_first(items: Sequence[Item]) -> dict[int, int]:
    """The place of each by its day; those without one come last."""
    by_day = sorted(items, key=lambda item: (not item.day.is_known, item.day.sort_key))
    return {item.id: place for place, item in enumerate(by_day)}


def _newest_first(items: Sequence[Item]) -> dict[int, int]:
    """The same the other way round, but those without a day, which come last again, as they are offered."""
    known = sum(item.day.is_known for item in items)
    places = _oldest_first(items)
    return {id_: known - 1 - place if place < known else place for id_, place in places.items()}


def _put(ids: tuple[int, ...], more: Sequence[int], material: Material, part: Part) -> tuple[int, ...]:
    """``more`` among ``ids`` where it belongs, if those have an order that we know, else behind them."""
    items = material.of(part)
    for rank in ({item.id: place for place, item in enumerate(items)}, _newest_first(items)):
        places = [rank[id_] for id_ in ids if id_ in rank]
        if places == sorted(places):
            break
    else:
        return (*ids, *more)
    if len(places) == len(ids):
        return tuple(sorted((*ids, *more), key=rank.__getitem__))
    whole = list(ids)
    for new in more:  # what is gone keeps its place between the others
        behind = (n for n, id_ in enumerate(whole) if rank.get(id_, -1) > rank[new])
        whole.insert(next(behind, len(whole)), new)
    return tuple(whole)


def _named(edition: Edition) -> frozenset[Key]:
    return frozenset((part, id_) for part in Part for id_ in _ids(edition, part))


def _ids(edition: Edition, part: Part) -> tuple[int, ...]:
    ids: tuple[int, ...] = getattr(edition, part.value)
    return ids


def _with(edition: Edition, ids: Mapping[Part, tuple[int, ...]]) -> Edition:
    """The edition with other ids in some of its parts."""
    return replace(
        edition,
        entries=tuple(map(EntryId, ids.get(Part.ENTRIES, edition.entries))),
        photos=tuple(map(PhotoId, ids.get(Part.PHOTOS, edition.photos))),
        keepsakes=tuple(map(KeepsakeId, ids.get(Part.KEEPSAKES, edition.keepsakes))),
        recordings=tuple(map(RecordingId, ids.get(Part.RECORDINGS, edition.recordings))),
        babies=tuple(map(BabyId, ids.get(Part.BABIES, edition.babies))),
        ceremonies=tuple(map(CeremonyId, ids.get(Part.CEREMONIES, edition.ceremonies))),
    )
